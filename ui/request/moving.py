"""Asks for another version for a request's clock, previews it, and writes the move."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from shiboken6 import isValid

from desktop.domain.errors import Refusal
from desktop.i18n import gettext as _
from desktop.messages import refusal_words
from desktop.queries.previews import preview_move
from desktop.use_cases.agreements import move_request
from desktop.use_cases.undoing import undo
from ui.request.move_dialog import MOVERS, MoveDialog, parties_of

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desktop.queries.applying import Applies
    from desktop.queries.request_details import ClockRow, RequestDetails
    from ui.context import Context


class Moving(QObject):
    """Belongs to the page of a request."""

    def __init__(self, context: Context, page: QWidget) -> None:
        super().__init__(page)
        self._context = context
        self._page = page

    def may(self, clock: ClockRow | None, applies: Applies | None) -> bool:
        """Tell whether this person may move a clock, and whether there is where to."""
        if clock is None or applies is None or clock.view.stopped_at is not None:
            return False
        return bool(MOVERS & self._context.me.roles) and bool(applies.others())

    def ask(self, details: RequestDetails, clock: ClockRow, applies: Applies) -> None:
        """Open the question."""
        units = {one.view.unit: one.unit for one in details.clocks}
        zone = self._context.clocks.zone
        dialog = MoveDialog(applies.others(), units, zone, self._page)
        unit, for_unit = parties_of(clock)

        def preview(version_id: int) -> None:
            self._context.operations.read(
                preview_move,
                details.id,
                version_id,
                unit_id=unit,
                for_unit_id=for_unit,
                now=self._context.ticker.now(),
            ).start(
                dialog,
                lambda changes: dialog.show_changes(version_id, changes),
                dialog.show_refusal,
            )

        def refused(refusal: Refusal) -> None:
            if isValid(dialog):
                dialog.show_refusal(refusal)

        def move() -> None:
            dialog.set_busy(True)
            self._context.operations.write(
                move_request,
                details.id,
                dialog.version_id(),
                unit_id=unit,
                for_unit_id=for_unit,
                expected_version=details.version,
            ).start(dialog, lambda _none: self._done(dialog, details.id), refused)

        dialog.asked.connect(preview)
        dialog.submitted.connect(move)
        dialog.ask()
        dialog.open()

    def _done(self, dialog: MoveDialog, request_id: int) -> None:
        dialog.accept()
        self._context.offer_undo(
            _("The promise is under another version"), lambda: self._undo(request_id)
        )

    def _undo(self, request_id: int) -> None:
        def done(_version: int) -> None:
            words = _("The promise is under its own version again")
            self._context.offer_undo(words, None)

        def refused(refusal: Refusal) -> None:
            self._context.tell(refusal_words(refusal), kind="broken", subject="move")

        self._context.operations.write(undo, request_id).start(
            self._page, done, refused
        )
