"""One field for everything: go to a reference, find words, run any action."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop.domain.text import fold_for_search
from desktop.i18n import gettext as _
from ui.actions import Action, Actions
from ui.common.inputs import SearchField
from ui.common.key_caps import draw_key_caps, key_caps_width
from ui.style import tokens

if TYPE_CHECKING:
    from ui.common.palette_sheet import PaletteSheet

_WAIT_MS = 120
_SHOWN = 12


@dataclass(frozen=True)
class PaletteItem:
    """One line: what it is, a quiet detail, the key that does the same, and the act."""

    words: str
    act: Callable[[], object]
    detail: str = ""
    icon: str = "arrow-right"
    key: str = ""


Found = Callable[[Sequence[PaletteItem]], None]
Search = Callable[[str, Found], None]
"""Looks for words and gives what it found, later, on the GUI thread."""


def match_rank(typed: str, words: str) -> int | None:
    """Return how well words fit what was typed (0 is best), None when not at all."""
    folded, offered = fold_for_search(typed), fold_for_search(words)
    wanted = folded.split()
    if not all(part in offered for part in wanted):
        return None
    if offered.startswith(folded):
        return 0
    starts = [word for word in offered.split() if word.startswith(wanted[0])]
    return 1 if starts else 2


class CommandField(SearchField):
    """The field in the top bar; its list floats below it in the same window."""

    closed = Signal()

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        words = _("Go to a number, find words, run an action")
        super().__init__(words, parent=parent)
        self._actions = actions
        self._group: str | None = None
        self._search: Search | None = None
        self._found: Sequence[PaletteItem] = ()
        self._before: QWidget | None = None
        self.setFixedHeight(40)
        self.setTextMargins(24, 0, 56, 0)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WAIT_MS)
        self._timer.timeout.connect(self._look)
        self.textChanged.connect(self._typed)
        self._popup: PaletteSheet | None = None

    def set_search(self, search: Search | None) -> None:
        """Give the query that finds references and words."""
        self._search = search

    def set_group(self, page_id: str) -> None:
        """Offer the actions of a page, and those that work everywhere."""
        self._group = page_id

    def open(self) -> None:
        """Put the keyboard into the field and show what can be done."""
        focus = self.window().focusWidget()
        if focus is not self:
            self._before = focus
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()
        self._show_items()

    def close_list(self) -> None:
        """Put the list away and give the keyboard back."""
        self._timer.stop()
        if self._popup is not None:
            self._popup.hide()
        self.clear()
        self._found = ()
        if self._popup is not None:
            self._popup.hide()
        if self._before is not None and self.hasFocus():
            self._before.setFocus()
        self._before = None
        self.closed.emit()

    def items(self) -> list[PaletteItem]:
        """Return what the list shows."""
        return list(self._popup.model.items) if self._popup is not None else []

    def is_list_shown(self) -> bool:
        """Tell whether the list is open."""
        return self._popup is not None and self._popup.isVisible()

    # ------------------------------------------------------------ what is shown

    def _typed(self, words: str) -> None:
        self._found = ()
        if words.strip() and self._search is not None:
            self._timer.start()
        else:
            self._timer.stop()
        if self.hasFocus():
            self._show_items()

    def _look(self) -> None:
        asked = self.text()

        def found(items: Sequence[PaletteItem]) -> None:
            if self.text() == asked:
                self._found = items
                self._show_items()

        if self._search is not None:
            self._search(asked, found)

    def _show_items(self) -> None:
        sheet = self._sheet()
        typed = self.text().strip()
        actions = self._action_items(typed)
        # Its whole name asks for the action; anything less may be words of a request.
        meant = [one for one in actions if one.words.casefold() == typed.casefold()]
        rest = [one for one in actions if one not in meant]
        items = [*meant, *self._found, *rest][:40]
        if not items:
            words = _("Nothing fits yet. Write a number, a word or what to do.")
            items = [PaletteItem(words, lambda: None, icon="search")]
        sheet.model.set_items(items)
        sheet.list.setCurrentIndex(sheet.model.index(0))
        self._place(sheet)

    def _action_items(self, typed: str) -> list[PaletteItem]:
        ranked: list[tuple[int, Action]] = []
        for action in self._actions.possible(self._group):
            rank = match_rank(typed, action.shown()) if typed else 1
            if rank is not None:
                ranked.append((rank, action))
        ranked.sort(key=lambda pair: pair[0])
        return [
            PaletteItem(
                action.shown(),
                action.act,
                icon=action.icon or "arrow-right",
                key=action.shortcut,
            )
            for _rank, action in ranked
        ]

    def _sheet(self) -> PaletteSheet:
        if self._popup is None:
            # Imported when it is first opened: the shell is painted without it.
            from ui.common.palette_sheet import PaletteSheet

            self._popup = PaletteSheet(self.window())
            self._popup.list.clicked.connect(lambda index: self._run(index.row()))
        return self._popup

    def _place(self, sheet: PaletteSheet) -> None:
        corner = self.mapTo(self.window(), self.rect().bottomLeft())
        count = min(_SHOWN, len(sheet.model.items))
        height = count * sheet.ROW + 16
        height = min(height, self.window().height() - corner.y() - 16)
        sheet.setGeometry(corner.x(), corner.y() + 4, self.width(), height)
        sheet.show()
        sheet.raise_()

    def _run(self, row: int) -> None:
        items = self.items()
        if 0 <= row < len(items):
            act = items[row].act
            self.close_list()
            act()

    # ------------------------------------------------------------ keys and looks

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move in the list, run its line, or leave."""
        key = event.key()
        sheet = self._popup if self.is_list_shown() else None
        if key == Qt.Key.Key_Escape:
            self.close_list()
        elif sheet is not None and key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            step = 1 if key == Qt.Key.Key_Down else -1
            count = max(1, len(self.items()))
            row = (sheet.list.currentIndex().row() + step) % count
            sheet.list.setCurrentIndex(sheet.model.index(row))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if sheet is not None:
                self._run(sheet.list.currentIndex().row())
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Put the list away when the keyboard goes elsewhere."""
        if event.type() == QEvent.Type.FocusOut and self._popup is not None:
            self._popup.hide()
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the field and the key that leads here."""
        super().paintEvent(event)
        if not self.text():
            width = key_caps_width("Ctrl+K")
            middle = self.height() / 2
            left = self.width() - width - 16
            draw_key_caps(QPainter(self), left, middle, "Ctrl+K", tokens().text2)
