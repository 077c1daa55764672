"""The keys of the page in front and of the whole window, on one sheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QDialog, QGridLayout, QVBoxLayout, QWidget

from desktop.i18n import gettext as _
from ui.actions import Action, Actions
from ui.common.key_caps import draw_key_caps, key_caps_width
from ui.common.labels import PlainLabel
from ui.common.room import take_room
from ui.common.scroll_area import ScrollArea
from ui.style import tokens


class KeyCaps(QWidget):
    """A key sequence as caps."""

    def __init__(self, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key = key
        self.setAccessibleName(key)
        self.setFixedSize(QSize(key_caps_width(key) + 2, 24))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the caps."""
        box = QRectF(self.rect())
        draw_key_caps(QPainter(self), 1, box.center().y(), self._key, tokens().text2)


class ShortcutsSheet(QDialog):
    """Lists actions and their keys under headings; any of its own keys closes it."""

    def __init__(
        self,
        groups: Sequence[tuple[str, Sequence[Action]]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Keys"))
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 24, 8, 24)
        outer.setSpacing(16)
        outer.addWidget(PlainLabel(_("Keys"), size="title"))
        inner = QWidget()
        grid = QGridLayout(inner)
        grid.setContentsMargins(0, 0, 16, 0)
        grid.setHorizontalSpacing(32)
        grid.setVerticalSpacing(4)
        row = 0
        for title, actions in groups:
            row = self._add_group(grid, row, title, actions)
        grid.setRowStretch(row, 1)
        grid.setColumnStretch(0, 1)
        area = ScrollArea()
        area.setWidget(inner)
        outer.addWidget(area)
        take_room(self, 480, min(720, 140 + row * 30))

    def _add_group(
        self, grid: QGridLayout, row: int, title: str, actions: Sequence[Action]
    ) -> int:
        with_keys = [action for action in actions if action.shortcut]
        if not with_keys:
            return row
        heading = PlainLabel(title, bold=True)
        heading.setContentsMargins(0, 12 if row else 0, 0, 4)
        grid.addWidget(heading, row, 0, 1, 2)
        for number, action in enumerate(with_keys, row + 1):
            grid.addWidget(PlainLabel(action.shown()), number, 0)
            grid.addWidget(
                KeyCaps(action.shortcut), number, 1, Qt.AlignmentFlag.AlignRight
            )
        return row + len(with_keys) + 1

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close on F1, ? and Escape."""
        if event.key() in (Qt.Key.Key_F1, Qt.Key.Key_Question, Qt.Key.Key_Escape):
            self.reject()
        else:
            super().keyPressEvent(event)


def keys_sheet(
    actions: Actions, page_id: str, pages: Mapping[str, str], parent: QWidget
) -> ShortcutsSheet:
    """Make the sheet of a page's keys, and below of those that work everywhere."""
    everywhere = [one for one in actions.all("everywhere") if one.id != "keys_mark"]
    groups = [(_("Everywhere"), everywhere)]
    if page_id:
        groups.insert(0, (pages.get(page_id, ""), actions.all(page_id)))
    return ShortcutsSheet(groups, parent)
