"""Confirming at the counter in one click, also with how the work was; what follows."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop.domain.errors import Refusal
from desktop.i18n import gettext as _
from desktop.messages import refusal_words
from desktop.use_cases.other_side import follow_up
from desktop.use_cases.requests import confirm
from desktop.use_cases.undoing import undo

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desktop.queries.counter import CounterRow
    from desktop.use_cases.raising import RaisedRequest
    from ui.context import Context
    from ui.counter.reply_panel import ReplyPanel

RATED = {"confirm": None, "top": True, "not_top": False}
"""What the buttons of a row confirm with: no rating, could not be better, could be."""


class Confirming(QObject):
    """Confirms rows of a page; `go_on` puts the keyboard on what comes next."""

    def __init__(
        self, context: Context, page: QWidget, go_on: Callable[[int], None]
    ) -> None:
        super().__init__(page)
        self._context = context
        self._go_on = go_on

    def confirm(self, row: CounterRow, act: str = "confirm") -> None:
        """Confirm a row with the rating its button stands for; it can be undone."""
        is_top = RATED[act]
        words = _("{reference} is confirmed.")
        if is_top is not None:
            words = (
                _("{reference} is confirmed: it could not be better.")
                if is_top
                else _("{reference} is confirmed: it could be better.")
            )

        def done(version: int) -> None:
            self._context.offer_undo(
                words.format(reference=row.reference),
                lambda: self._take_back(row.id, version),
            )
            self._go_on(row.id)

        self._context.operations.write(
            confirm, row.id, is_top=is_top, expected_version=row.version
        ).start(self, done)

    def _take_back(self, request_id: int, version: int) -> None:
        self._context.operations.write(
            undo, request_id, expected_version=version
        ).start(self, None, self._tell)

    def _tell(self, refusal: Refusal) -> None:
        self._context.tell(refusal_words(refusal), kind="broken", subject="refusal")

    def follow(
        self, row: CounterRow, panel: ReplyPanel, close: Callable[[], None]
    ) -> None:
        """Send what is typed in a panel as a new request that follows the row's."""

        def done(raised: RaisedRequest) -> None:
            close()
            words = _("{reference} is sent, it follows {other}")
            self._context.offer_undo(
                words.format(reference=raised.reference, other=row.reference)
            )
            self._go_on(row.id)

        def refused(refusal: Refusal) -> None:
            panel.set_busy(False)
            panel.show_problem(refusal_words(refusal))

        panel.set_busy(True)
        self._context.operations.write(follow_up, row.id, panel.text()).start(
            self, done, refused
        )
