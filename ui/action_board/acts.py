"""What is done to actions chosen on the board: done, dropped, changed, decided."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from desktop import formats
from desktop.domain.action_words import Owner
from desktop.domain.errors import Refusal
from desktop.i18n import gettext as _
from desktop.i18n import ngettext
from desktop.queries.action_board import ActionLine, owners_of
from desktop.use_cases.meeting_actions import (
    Closing,
    change_action,
    close_actions,
    reopen_actions,
)
from ui.common.action_dialogs import (
    ChangeActionDialog,
    DecideActionDialog,
)

if TYPE_CHECKING:
    from ui.context import Context

Asking = ChangeActionDialog | DecideActionDialog


class ActionActs(QObject):
    """Writes, says what was done, and offers the way back."""

    def __init__(self, context: Context, page: QWidget) -> None:
        super().__init__(page)
        self._context = context
        self._page = page

    def close(self, closings: Sequence[Closing], done: Callable[[], None]) -> None:
        """Close several at once; ``done()`` once they are."""

        def closed(ids: tuple[int, ...]) -> None:
            dropped = {one.action_id for one in closings if one.dropped}
            self._context.offer_undo(
                _closed_words(len(ids), all_dropped=set(ids) <= dropped),
                lambda: self.reopen(ids),
            )
            done()

        self._context.operations.write(close_actions, closings).start(self, closed)

    def finish(self, rows: Sequence[ActionLine], *, dropped: bool = False) -> None:
        """Say of those that are open that they are done, or will not be."""
        closings = [Closing(row.id, dropped) for row in rows if row.is_open]
        if closings:
            self.close(closings, lambda: None)

    def reopen(self, ids: Sequence[int]) -> None:
        """Take back that they were closed."""
        if ids:
            self._context.operations.write(reopen_actions, ids).start(self)

    def change(self, row: ActionLine) -> None:
        """Ask for another day or owner."""
        self._ask(row, lambda owners: ChangeActionDialog(row, owners, self._page))

    def decide(self, row: ActionLine) -> None:
        """Ask what is decided of an action."""
        self._ask(row, lambda owners: DecideActionDialog(row, owners, self._page))

    def _ask(
        self,
        row: ActionLine,
        make: Callable[[tuple[Owner, ...]], Asking],
    ) -> None:
        def show(owners: tuple[Owner, ...]) -> None:
            dialog = make(owners)
            dialog.submitted.connect(lambda: self._write(dialog))
            dialog.open()

        read = self._context.operations.read(owners_of, row.series_id)
        read.start(self, show)

    def _write(self, dialog: Asking) -> None:
        wanted = dialog.wanted()
        if wanted is None:
            return
        dialog.set_busy(True)
        use_case, args, more = wanted
        row = dialog.line

        def done(_value: Any) -> None:
            if isValid(dialog):
                dialog.accept()
            back = None
            if use_case is change_action:
                back = self._back(row)
            words = _("Changed: {label} {text}")
            self._context.offer_undo(
                words.format(label=row.label, text=row.text[:80]), back
            )

        def refused(refusal: Refusal) -> None:
            if isValid(dialog):
                dialog.refused(refusal)

        write = self._context.operations.write(use_case, *args, **more)
        write.start(self, done, refused)

    def _back(self, row: ActionLine) -> Callable[[], None]:
        def undo() -> None:
            change: Callable[..., Any] = change_action
            write = self._context.operations.write(
                change,
                row.id,
                due_on=row.due_on,
                owner_id=row.owner_id,
                owner_unit_id=row.owner_unit_id,
            )
            write.start(self)

        return undo


def _closed_words(count: int, *, all_dropped: bool) -> str:
    words = (
        ngettext("{n} action dropped.", "{n} actions dropped.", count)
        if all_dropped
        else ngettext("{n} action done.", "{n} actions done.", count)
    )
    return words.format(n=formats.count(count))
