"""Raising for a session from anywhere, and seeing what became of what one raised."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from desktop.domain.errors import Refusal
from desktop.i18n import gettext_noop as N_
from desktop.messages import refusal_words
from ui.actions import Action
from ui.context import Context

if TYPE_CHECKING:
    from desktop.queries.raised_items import RaisedItemRow
    from ui.common.raising.mine_dialog import MineDialog
    from ui.common.raising.raising_items import RaisingItems


class Raising:
    """What the palette offers on every page."""

    def __init__(self, context: Context, window: QWidget) -> None:
        self._context, self._window = context, window
        self.raising: RaisingItems | None = None
        self.dialog: MineDialog | None = None

    def begin(self) -> None:
        """Ask what to raise, about nothing in particular."""
        from ui.common.raising.raising_items import RaisingItems

        self.raising = RaisingItems(self._context, self._window)
        self.raising.ask()

    def mine(self) -> None:
        """Show what this person raised."""
        self._read(self._open)

    def _read(self, then: Callable[[tuple[RaisedItemRow, ...]], None]) -> None:
        from desktop.queries.raised_items import raised_by

        read = self._context.operations.read(raised_by, self._context.me.person_id)
        read.start(self._window, then, self._refuse)

    def _open(self, rows: tuple[RaisedItemRow, ...]) -> None:
        from ui.common.raising.mine_dialog import MineDialog

        self.dialog = MineDialog(rows, self._context.ticker.now(), self._window)
        self.dialog.withdraw.connect(self._withdraw)
        self.dialog.again.connect(self._again)
        self.dialog.open()

    def _withdraw(self, row: RaisedItemRow) -> None:
        from desktop.use_cases.raising_items import withdraw

        write = self._context.operations.write(withdraw, row.id)
        write.start(self._window, lambda _v: self._read(self._show), self._refuse)

    def _again(self, row: RaisedItemRow) -> None:
        from desktop.use_cases.raising_items import raise_again

        write = self._context.operations.write(raise_again, row.id)
        write.start(self._window, lambda _v: self._read(self._show), self._refuse)

    def _show(self, rows: tuple[RaisedItemRow, ...]) -> None:
        if self.dialog is not None and isValid(self.dialog):
            self.dialog.show_rows(rows)

    def _refuse(self, refusal: Refusal) -> None:
        self._context.tell(refusal_words(refusal), kind="broken", subject="raised")


def add_raising_actions(
    context: Context, window: QWidget, is_attached: Callable[[], bool]
) -> Raising:
    """Register what the palette offers wherever one is."""
    raising = Raising(context, window)
    for name, words, act in (
        ("item", N_("Raise something for the next session"), raising.begin),
        ("mine", N_("What I raised for sessions"), raising.mine),
    ):
        made = Action(f"raising.{name}", words, act, "", "users", when=is_attached)
        context.actions.add(made, window)
    return raising
