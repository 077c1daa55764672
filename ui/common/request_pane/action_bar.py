"""The steps that are possible now, as buttons; what does not fit moves into More."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QPoint, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.i18n import gettext as _
from ui.actions import Action
from ui.common.buttons import Button, IconButton
from ui.common.menu import Menu
from ui.icons import icons

_GAP = 8
_SHOWN = 2
"""How many of the rest are buttons where there is nothing else."""


class ActionBar(QWidget):
    """Buttons with their keys; the first is the primary one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumWidth(200)
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(_GAP)
        self.buttons: list[Button] = []
        self._actions: list[Action] = []
        self._rest: list[Action] = []
        self._hidden: list[Action] = []
        self.more = IconButton("dots", _("More steps"))
        self.more.clicked.connect(self._open_more)
        self._layout.addWidget(self.more)
        self._layout.addStretch(1)

    def set_actions(self, actions: Sequence[Action], rest: Sequence[Action]) -> None:
        """Offer actions as buttons and the rest in the menu.

        Without actions the first of the rest are buttons, none of them primary: a menu
        alone says nothing of what is in it.
        """
        is_primary = bool(actions)
        if not actions:
            actions, rest = rest[:_SHOWN], rest[_SHOWN:]
        if [one.id for one in actions] == [one.id for one in self._actions]:
            self._rest = list(rest)
            self._fit()
            return
        for button in self.buttons:
            self._layout.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._actions, self._rest = list(actions), list(rest)
        self.buttons = []
        for number, action in enumerate(actions):
            kind: Any = "primary" if is_primary and not number else "secondary"
            button = Button(action.shown(), kind=kind, key=action.shortcut)
            button.clicked.connect(lambda _on=False, act=action: self._run(act))
            self._layout.insertWidget(number, button)
            self.buttons.append(button)
        self._fit()

    def _run(self, action: Action) -> None:
        if action.when():
            action.act()

    def _fit(self) -> None:
        more = self.more.sizeHint().width()
        room = self.width()
        widths = [button.sizeHint().width() + _GAP for button in self.buttons]
        fits_all = sum(widths) - _GAP <= room and not self._rest
        used, self._hidden = 0, []
        for button, width, action in zip(
            self.buttons, widths, self._actions, strict=True
        ):
            fits = fits_all or (used + width + more <= room and not self._hidden)
            button.setVisible(fits)
            if fits:
                used += width
            else:
                self._hidden.append(action)
        self.more.setVisible(bool(self._hidden or self._rest))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many buttons as the new width holds."""
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """Return a width at which More and the first button still stand."""
        first = self.buttons[0].sizeHint().width() + _GAP if self.buttons else 0
        return QSize(first + self.more.sizeHint().width(), 32)

    def menu_actions(self) -> list[Action]:
        """Return what the menu offers now."""
        return [*self._hidden, *self._rest]

    def _open_more(self) -> None:
        menu = Menu(self)
        for action in self.menu_actions():
            words = action.shown().replace("&", "&&")
            shown = f"{words}\t{action.shortcut}" if action.shortcut else words
            made = menu.addAction(icons().icon(action.icon), shown)
            made.triggered.connect(lambda _on=False, act=action: self._run(act))
        menu.aboutToHide.connect(menu.deleteLater)
        top = self.more.mapToGlobal(QPoint(0, 0))
        menu.popup(top - QPoint(0, menu.sizeHint().height() + 4))
