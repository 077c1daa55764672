"""Reads one session and writes what is done to it, for every window that shows it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.errors import Refusal
from desktop.messages import refusal_words
from desktop.queries.sitting import SittingBoard, sitting
from ui.common.refresher import Refresher

if TYPE_CHECKING:
    from ui.context import Context
    from ui.operations import Ticket

TABLES = (
    "meeting",
    "agenda_item",
    "decision",
    "action",
    "attendance",
    "addendum",
    "meeting_series",
    "series_member",
    "raised_item",
)


class SittingLink(QObject):
    """One session: ``changed(board)`` whenever anybody changed it, here or elsewhere.

    ``refused(words)`` for what was refused and nobody else wanted to hear.
    """

    changed = Signal(object)
    refused = Signal(str)

    def __init__(self, context: Context, widget: QWidget) -> None:
        super().__init__(widget)
        self._context = context
        self._ticket: Ticket | None = None
        self._under_way = 0
        self.meeting_id: int | None = None
        self.board: SittingBoard | None = None
        self._refresher = Refresher(widget, context.operations, TABLES, self.reread)

    def show_meeting(self, meeting_id: int) -> None:
        """Follow another session."""
        if meeting_id != self.meeting_id:
            self.board = None
        self.meeting_id = meeting_id
        self.reread()

    def reread(self) -> None:
        """Read the session anew."""
        if self.meeting_id is None:
            return
        if self._ticket is not None:
            self._ticket.cancel()
        me, now = self._context.me.person_id, self._context.ticker.now()
        read = self._context.operations.read(sitting, self.meeting_id, me, now)
        self._ticket = read.start(self, self._take, self._tell)

    def _take(self, board: SittingBoard) -> None:
        self._ticket = None
        if board.meeting_id == self.meeting_id:
            self.board = board
            self.changed.emit(board)

    @property
    def is_settled(self) -> bool:
        """Tell whether everything was written and read."""
        return not self._under_way and self._ticket is None

    def write(
        self,
        use_case: Callable[..., Any],
        *args: Any,
        done: Callable[[Any], None] | None = None,
        refused: Callable[[Refusal], None] | None = None,
        **kwargs: Any,
    ) -> None:
        """Run a use case, then read again."""
        self._under_way += 1

        def finished(value: Any) -> None:
            self._under_way -= 1
            if done is not None:
                done(value)
            self.reread()

        def failed(refusal: Refusal) -> None:
            self._under_way -= 1
            (refused or self._tell)(refusal)
            self.reread()

        write = self._context.operations.write(use_case, *args, **kwargs)
        write.start(self, finished, failed)

    def _tell(self, refusal: Refusal) -> None:
        self._ticket = None
        self.refused.emit(refusal_words(refusal))
