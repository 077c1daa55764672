"""Runs use cases and queries off the GUI thread and brings their results back."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from typing import (
    TYPE_CHECKING,
    Any,
    Concatenate,
    Generic,
    ParamSpec,
    TypeVar,
)

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from desktop.domain.errors import Interrupted, Refusal
from ui.turns import later
from ui.workers import Courier, Line, Worker

if TYPE_CHECKING:
    from desktop.desk import Desk, Outcome

P = ParamSpec("P")
T = TypeVar("T")

Report = Callable[[BaseException, str], None]
_HAND_OVER_S = 0.00001
"""So soon a thread that computes lets the window go on: five hundred times sooner than
Python does by itself. The window asks for its turn again after each call of Qt's, so
a page painted while something is read would take twice as long or more."""

_PAUSE_MS = {Line.ADDED: 0, Line.COUNTS: 30}
"""So long these wait before they are asked: until what came before is painted.

They are asked when something arrives, and would take the processor from its painting.
A timer of no time fires once what there is to paint is painted.
"""

log = logging.getLogger(__name__)


class Ticket:
    """A started operation; cancelled, it tells nobody and may not run at all."""

    def __init__(self, owner: QObject) -> None:
        self.owner = owner
        self.is_cancelled = False

    def cancel(self) -> None:
        """Ask for no answer any more. A write already begun is still kept."""
        self.is_cancelled = True

    @property
    def is_heard(self) -> bool:
        """Tell whether somebody still waits for the answer."""
        return not self.is_cancelled and isValid(self.owner)


class Write(Generic[T]):
    """A use case with its arguments, not yet started."""

    def __init__(self, operations: Operations, call: Callable[..., Any]) -> None:
        self._operations = operations
        self._call = call

    def start(
        self,
        owner: QObject,
        done: Callable[[T], None] | None = None,
        refused: Callable[[Refusal], None] | None = None,
    ) -> Ticket:
        """Run it; `done(value)` or `refused(refusal)` follow on the GUI thread.

        Without `refused` the refusal is shown by whoever listens to
        `Operations.refused`. Nothing is told once `owner` is destroyed.
        """
        ticket = Ticket(owner)
        self._operations.start_write(ticket, self._call, done, refused)
        return ticket


class Read(Generic[T]):
    """A query with its arguments, not yet started."""

    def __init__(
        self, operations: Operations, call: Callable[[], T], line: Line = Line.ASKED
    ) -> None:
        self._operations = operations
        self._call = call
        self._line = line

    def start(
        self,
        owner: QObject,
        done: Callable[[T], None],
        refused: Callable[[Refusal], None] | None = None,
    ) -> Ticket:
        """Ask it; `done(value)` follows on the GUI thread."""
        ticket = Ticket(owner)
        self._operations.start_read(ticket, self._call, done, refused, self._line)
        return ticket


class Operations(QObject):
    """The windows' way to the desk.

    `changed(ChangeSet, initiator)` after every write, and for others' changes with
    no initiator; `happened(event)` for each thing told; `refused(Refusal)` for
    refusals nobody asked to hear. `leaving` before somebody's pages go, `closing`
    before the workspace is let go.
    """

    changed = Signal(object, object)
    happened = Signal(object)
    refused = Signal(object)
    leaving = Signal()
    closing = Signal()

    def __init__(
        self, desk: Desk, report: Report | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        sys.setswitchinterval(_HAND_OVER_S)
        self._desk = desk
        self._report = report or _log_only
        self.courier = Courier(self)
        self._writer = Worker("store")
        self._reader = Worker("queries")
        self._more: dict[Line, Worker] = {}
        self._carrier: Worker | None = None
        self._storing = 0

    @property
    def desk(self) -> Desk:
        """Return the desk, for the watcher and for work with its own thread."""
        return self._desk

    def write(
        self,
        use_case: Callable[Concatenate[Any, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> Write[T]:
        """Prepare a use case; its first argument, the unit of work, is the desk's."""
        call = _named(use_case, lambda: self._desk.run(use_case, *args, **kwargs))
        return Write(self, call)

    def read(
        self,
        query: Callable[Concatenate[Any, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> Read[T]:
        """Prepare a query; its first argument, the session, is the desk's."""
        call = _named(query, lambda: self._desk.read(query, *args, **kwargs))
        return Read(self, call)

    def read_added(
        self,
        query: Callable[Concatenate[Any, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> Read[T]:
        """Prepare a query that adds to what is shown: what is asked for goes first."""
        call = _named(query, lambda: self._desk.read(query, *args, **kwargs))
        return Read(self, call, Line.ADDED)

    def read_slowly(
        self,
        query: Callable[Concatenate[Any, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> Read[T]:
        """Prepare a query of seconds, such as a session's evidence."""
        call = _named(query, lambda: self._desk.read(query, *args, **kwargs))
        return Read(self, call, Line.SLOW)

    def read_apart(
        self,
        query: Callable[Concatenate[Any, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> Read[T]:
        """Prepare a query that computes for seconds: the desk asks it elsewhere."""
        call = _named(query, lambda: self._desk.read_apart(query, *args, **kwargs))
        return Read(self, call, Line.SLOW)

    def read_behind(
        self,
        query: Callable[Concatenate[Any, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> Read[T]:
        """Prepare a long query, such as a count, that no other read waits for."""
        call = _named(query, lambda: self._desk.read(query, *args, **kwargs))
        return Read(self, call, Line.COUNTS)

    def work(self, job: Callable[[], T]) -> Read[T]:
        """Prepare short work that is no query, behind what is asked for."""
        return Read(self, job, Line.WORK)

    def work_slowly(self, job: Callable[[], T]) -> Read[T]:
        """Prepare work of seconds, such as a print or a file."""
        return Read(self, job, Line.SLOW)

    def start_write(
        self,
        ticket: Ticket,
        call: Callable[[], Outcome[T]],
        done: Callable[[T], None] | None,
        refused: Callable[[Refusal], None] | None,
    ) -> None:
        """Put a write in line."""
        told = self._telling(ticket, done)
        self._writer.do(lambda: self._run(ticket, call, told, refused))

    def start_carrying(
        self,
        ticket: Ticket,
        call: Callable[[], Outcome[T]],
        done: Callable[[T], None] | None,
        refused: Callable[[Refusal], None] | None,
    ) -> None:
        """Put a write in a line of its own: it reads files first, and others wait not.

        Begun, it is finished even when the window closes.
        """
        told = self._telling(ticket, done)
        self._storing += 1

        def job() -> None:
            self._run(ticket, call, told, refused)
            self.courier.bring(self._stored)

        self._carry(job)

    @property
    def is_storing(self) -> bool:
        """Tell whether files are on their way into the workspace."""
        return self._storing > 0

    def _stored(self) -> None:
        self._storing -= 1

    def start_aside(
        self,
        ticket: Ticket,
        call: Callable[[], T],
        done: Callable[[T], None],
        refused: Callable[[Refusal], None] | None,
    ) -> None:
        """Put slow work with files into that same line, where nothing is stored."""

        def told(value: T) -> None:
            if ticket.is_heard:
                done(value)

        self._carry(lambda: self._run(ticket, call, told, refused))

    def _carry(self, job: Callable[[], None]) -> None:
        if self._carrier is None:
            self._carrier = Worker("files")
        self._carrier.do(job)

    def _telling(
        self, ticket: Ticket, done: Callable[[T], None] | None
    ) -> Callable[[Outcome[T]], None]:
        """Return what tells of a write that is kept."""

        def told(outcome: Outcome[T]) -> None:
            if done is not None and ticket.is_heard:
                done(outcome.value)
            initiator = ticket.owner if isValid(ticket.owner) else None
            self.changed.emit(outcome.changes, initiator)
            for event in outcome.events:
                self.happened.emit(event)

        return told

    def start_read(
        self,
        ticket: Ticket,
        call: Callable[[], T],
        done: Callable[[T], None],
        refused: Callable[[Refusal], None] | None,
        line: Line = Line.ASKED,
    ) -> None:
        """Put a read in line; what nobody waits for any more is not run at all."""

        def told(value: T) -> None:
            if ticket.is_heard:
                done(value)

        def run() -> None:
            if ticket.is_heard:
                self._run(ticket, call, told, refused)

        def put_in_line() -> None:
            if line in (Line.ASKED, Line.ADDED, Line.WORK):
                self._reader.do(run, can_wait=line is not Line.ASKED)
                return
            if line not in self._more:
                self._more[line] = Worker(line.name.lower())
            self._more[line].do(run)

        if line in _PAUSE_MS:
            later(self, _PAUSE_MS[line], put_in_line)
        else:
            put_in_line()

    def _run(
        self,
        ticket: Ticket,
        call: Callable[[], T],
        told: Callable[[T], None],
        refused: Callable[[Refusal], None] | None,
    ) -> None:
        """Make a call in a worker thread and send what came of it home."""
        try:
            value = call()
        except Refusal as refusal:
            kept = refusal
            self.courier.bring(lambda: self._refuse(ticket, kept, refused))
        except Interrupted:
            pass
        except Exception as error:  # noqa: BLE001 - whatever it is, the window stays
            broken = error
            context = getattr(call, "__name__", "work")
            self.courier.bring(lambda: self._report(broken, context))
        else:
            self.courier.bring(lambda: told(value))

    def _refuse(
        self,
        ticket: Ticket,
        refusal: Refusal,
        refused: Callable[[Refusal], None] | None,
    ) -> None:
        if refused is not None and ticket.is_heard:
            refused(refusal)
        else:
            self.refused.emit(refusal)

    def close(self) -> None:
        """Finish the writes in line, stop the threads, let go of the desk."""
        self.closing.emit()
        self._desk.stop_reading_apart()
        lines = (self._carrier, self._writer, self._reader, *self._more.values())
        for line in lines:
            if line is not None:
                line.close()
        self._desk.close()


def _named(what: Callable[..., Any], call: Callable[[], T]) -> Callable[[], T]:
    call.__name__ = getattr(what, "__name__", "work")
    return call


def _log_only(error: BaseException, context: str) -> None:
    log.error("%s failed", context, exc_info=error)
