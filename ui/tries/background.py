"""Replays off the GUI thread: reads a scope once, tells figures while it reads."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from desktop.domain.errors import Refusal
from desktop.queries.replay_facts import ReplayScope
from desktop.queries.replay_results import Replay
from ui.operations import Operations, Ticket
from ui.workers import Line

if TYPE_CHECKING:
    from desktop.queries.replays import Replayer, Trial


class Stopped(Exception):
    """Nobody waits for the reading any more."""


@dataclass(frozen=True)
class Wanted:
    """What is to be replayed: where, under which terms, and which others beside it."""

    scope: ReplayScope
    trial: Trial
    beside: tuple[Trial, ...] = ()


class Replays(QObject):
    """Keeps the last scope read, so that its next trial needs no database.

    `replayed(Wanted, Replay)` with figures, the first ones while it still reads;
    `compared(Wanted, Replays)` with those of the trials beside it, once all is read;
    `reading(done, total)` meanwhile; `stopped()` once done, refused or cancelled.
    """

    replayed = Signal(object, object)
    compared = Signal(object, object)
    reading = Signal(int, int)
    stopped = Signal()
    refused = Signal(object)

    def __init__(self, operations: Operations, owner: QObject) -> None:
        super().__init__(owner)
        self._operations = operations
        self._known: tuple[ReplayScope, Replayer] | None = None
        self._ticket: Ticket | None = None
        self.is_busy = False

    def forget(self) -> None:
        """Read again next time: what happened has changed."""
        self._known = None

    def cancel(self) -> None:
        """Stop reading; what was counted so far stays on the screen."""
        if self._ticket is not None:
            self._ticket.cancel()
            self._ticket = None
        if self.is_busy:
            self.is_busy = False
            self.stopped.emit()

    def ask(self, wanted: Wanted, now: datetime) -> None:
        """Replay a trial; a newer question takes the place of one not answered."""
        if self._ticket is not None:
            self._ticket.cancel()
        self.is_busy = True
        known = self._known
        ticket = Ticket(self)
        if known is not None and known[0] in _wider(wanted.scope):
            replayer = known[1]
            job = self._counting(ticket, replayer, wanted)
        else:
            job = self._reading(ticket, wanted, now)
        self._ticket = ticket
        self._operations.start_read(ticket, job, self._done, self._refuse, Line.SLOW)

    def _counting(
        self, ticket: Ticket, replayer: Replayer, wanted: Wanted
    ) -> Callable[[], None]:
        def count() -> None:
            self._bring(ticket, wanted, replayer.replay(wanted.trial))
            self._compare(ticket, wanted, replayer)

        return count

    def _reading(
        self, ticket: Ticket, wanted: Wanted, now: datetime
    ) -> Callable[[], None]:
        operations = self._operations

        def progress(done: int, total: int) -> None:
            if not ticket.is_heard:
                raise Stopped
            operations.courier.bring(lambda: self._tell(ticket, done, total))

        def read(session: Any) -> None:
            from desktop.queries.replay_reading import reading_facts
            from desktop.queries.replays import Replayer

            parts = reading_facts(session, wanted.scope, now, progress=progress)
            for facts in parts:
                replayer = Replayer(facts)
                self._bring(ticket, wanted, replayer.replay(wanted.trial))
            self._compare(ticket, wanted, replayer)
            operations.courier.bring(lambda: self._keep(ticket, wanted, replayer))

        def job() -> None:
            try:
                operations.desk.read(read)
            except Stopped:
                return

        return job

    def _bring(self, ticket: Ticket, wanted: Wanted, replay: Replay) -> None:
        """Carry figures to the window, if they are still wanted."""

        def show() -> None:
            if ticket.is_heard:
                self.replayed.emit(wanted, replay)

        self._operations.courier.bring(show)

    def _compare(self, ticket: Ticket, wanted: Wanted, replayer: Replayer) -> None:
        """Count the trials beside it, unless nobody waits for them any more."""
        found = []
        for trial in wanted.beside:
            if not ticket.is_heard:
                return
            found.append(replayer.replay(trial))

        def show() -> None:
            if ticket.is_heard:
                self.compared.emit(wanted, tuple(found))

        if found:
            self._operations.courier.bring(show)

    def _tell(self, ticket: Ticket, done: int, total: int) -> None:
        if ticket.is_heard:
            self.reading.emit(done, total)

    def _keep(self, ticket: Ticket, wanted: Wanted, replayer: Replayer) -> None:
        if ticket.is_heard:
            self._known = (wanted.scope, replayer)

    def _done(self, _nothing: None) -> None:
        self.is_busy = False
        self._ticket = None
        self.stopped.emit()

    def _refuse(self, refusal: Refusal) -> None:
        self._done(None)
        self.refused.emit(refusal)


def _wider(scope: ReplayScope) -> tuple[ReplayScope, ReplayScope]:
    """Return what may be read to answer a scope: itself, and with more in it."""
    return scope, replace(scope, has_updates=True)
