"""Runs use cases and queries off the GUI thread and brings their results back."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from queue import SimpleQueue
from typing import (
    TYPE_CHECKING,
    Any,
    ClassVar,
    Concatenate,
    Generic,
    ParamSpec,
    TypeVar,
)
from weakref import WeakSet

from PySide6.QtCore import QObject, Qt, Signal, Slot
from shiboken6 import isValid

from desktop.domain.errors import Refusal

if TYPE_CHECKING:
    from desktop.desk import Desk, Outcome

P = ParamSpec("P")
T = TypeVar("T")

Report = Callable[[BaseException, str], None]
_CLOSING_S = 10.0

log = logging.getLogger(__name__)


class Courier(QObject):
    """Carries calls from any thread to the thread it was made in, in order."""

    _arrived = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._arrived.connect(self._call, Qt.ConnectionType.QueuedConnection)

    def bring(self, call: Callable[[], None]) -> None:
        """Have a call made in the courier's own thread."""
        if isValid(self):
            self._arrived.emit(call)

    @Slot(object)
    def _call(self, call: Callable[[], None]) -> None:
        call()


class Worker:
    """One thread that does jobs in the order given; `given` counts them."""

    open_ones: ClassVar[WeakSet[Worker]] = WeakSet()

    def __init__(self, name: str) -> None:
        self.given = 0
        self._jobs: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._work, name=name, daemon=True)
        self._thread.start()
        Worker.open_ones.add(self)

    def do(self, job: Callable[[], None]) -> None:
        """Put a job at the end of the line."""
        self.given += 1
        self._jobs.put(job)

    def close(self, seconds: float = _CLOSING_S) -> None:
        """Finish what is in line, then stop; wait for it at most so long."""
        Worker.open_ones.discard(self)
        self._jobs.put(None)
        self._thread.join(seconds)

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            job()


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
        self, operations: Operations, call: Callable[[], T], *, is_behind: bool = False
    ) -> None:
        self._operations = operations
        self._call = call
        self._is_behind = is_behind

    def start(
        self,
        owner: QObject,
        done: Callable[[T], None],
        refused: Callable[[Refusal], None] | None = None,
    ) -> Ticket:
        """Ask it; `done(value)` follows on the GUI thread."""
        ticket = Ticket(owner)
        self._operations.start_read(
            ticket, self._call, done, refused, is_behind=self._is_behind
        )
        return ticket


class Operations(QObject):
    """The windows' way to the desk.

    `changed(ChangeSet, initiator)` after every write, and for others' changes with
    no initiator; `happened(event)` for each thing told; `refused(Refusal)` for
    refusals nobody asked to hear.
    """

    changed = Signal(object, object)
    happened = Signal(object)
    refused = Signal(object)

    def __init__(
        self, desk: Desk, report: Report | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._report = report or _log_only
        self.courier = Courier(self)
        self._writer = Worker("store")
        self._reader = Worker("queries")
        self._behind: Worker | None = None
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

    def read_behind(
        self,
        query: Callable[Concatenate[Any, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> Read[T]:
        """Prepare a long query, such as a count, that no other read waits for."""
        call = _named(query, lambda: self._desk.read(query, *args, **kwargs))
        return Read(self, call, is_behind=True)

    def work(self, job: Callable[[], T]) -> Read[T]:
        """Prepare slow work that is neither (a print, a file) for the read thread."""
        return Read(self, job)

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
        *,
        is_behind: bool = False,
    ) -> None:
        """Put a read in line, or in the line of those that nobody waits for."""

        def told(value: T) -> None:
            if ticket.is_heard:
                done(value)

        def run() -> None:
            if ticket.is_heard:
                self._run(ticket, call, told, refused)

        if is_behind and self._behind is None:
            self._behind = Worker("counts")
        line = self._behind if is_behind and self._behind else self._reader
        line.do(run)

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
        for line in (self._carrier, self._writer, self._reader, self._behind):
            if line is not None:
                line.close()
        self._desk.close()


def _named(what: Callable[..., Any], call: Callable[[], T]) -> Callable[[], T]:
    call.__name__ = getattr(what, "__name__", "work")
    return call


def _log_only(error: BaseException, context: str) -> None:
    log.error("%s failed", context, exc_info=error)
