"""The list below the one field: each line an icon, words, a detail and a key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from desktop.i18n import gettext as _
from ui.common.items_model import ITEM, Index, ItemsModel
from ui.common.key_caps import draw_key_caps, key_caps_width
from ui.common.painting import RIGHT, draw_frame, draw_icon, draw_text, text_width
from ui.style import dress, tokens

if TYPE_CHECKING:
    from ui.common.command_palette import PaletteItem


def _words(item: PaletteItem) -> str:
    return ", ".join(part for part in (item.words, item.detail, item.key) if part)


class _Lines(QStyledItemDelegate):
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index
    ) -> None:
        item: PaletteItem = index.data(ITEM)
        colours = tokens()
        box = QRectF(option.rect).adjusted(4, 1, -4, -1)
        if option.state & QStyle.StateFlag.State_Selected:
            draw_frame(painter, box, ground=colours.soft)
            painter.fillRect(QRectF(box.left(), box.top() + 4, 3, 26), colours.accent)
        middle = box.center().y()
        draw_icon(painter, box.left() + 12, middle - 8, item.icon, colours.text2)
        right = box.right() - 12
        if item.key:
            right -= key_caps_width(item.key)
            draw_key_caps(painter, right, middle, item.key, colours.text2)
            right -= 12
        left = box.left() + 40
        if item.detail:
            room = min(text_width(item.detail, "small"), (right - left) * 0.5)
            words = QRectF(right - room, box.top(), room, box.height())
            draw_text(
                painter, words, item.detail, colours.text2, size="small", align=RIGHT
            )
            right -= room + 12
        words = QRectF(left, box.top(), right - left, box.height())
        draw_text(painter, words, item.words, colours.text)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, PaletteSheet.ROW)


class PaletteSheet(QFrame):
    """The list on its sheet, which floats over the window."""

    ROW = 36

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2, 6, 2, 6)
        self.list = QListView(self)
        dress(self.list, "rows")
        self.list.setAccessibleName(_("What can be done"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setUniformItemSizes(True)
        self.list.setItemDelegate(_Lines(self.list))
        self.list.setMouseTracking(True)
        self.model: ItemsModel[PaletteItem] = ItemsModel(_words, self.list)
        self.list.setModel(self.model)
        layout.addWidget(self.list)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the sheet and its edge."""
        colours = tokens()
        box = QRectF(self.rect())
        draw_frame(
            QPainter(self), box, ground=colours.surface, edge=colours.edge, radius=8
        )
