"""The list in the pane: how a notice is said, and how its line is painted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, tzinfo

from PySide6.QtCore import (
    QObject,
    QRectF,
    QSize,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop.formats import short_instant
from desktop.i18n import gettext as _
from desktop.queries.notices import AnyNotice
from ui.common.items_model import ITEM, Index
from ui.common.painting import (
    RIGHT,
    draw_focus,
    draw_frame,
    draw_icon,
    draw_text,
    text_width,
)
from ui.notices.words import look, notice_words, subject_line
from ui.style import tokens

ROW_HEIGHT = 56
When = Callable[[], tuple[datetime, tzinfo]]
"""Tells what time it is, and in which zone to say so."""


def spoken(row: AnyNotice, now: datetime, zone: tzinfo) -> str:
    """Return all of a notice's words, for who listens to them."""
    words = (notice_words(row, now, zone), subject_line(row))
    shown = short_instant(row.at, now, zone)
    state = "" if row.is_read else _("not read")
    return ", ".join(part for part in (*words, shown, state) if part)


class NoticeDelegate(QStyledItemDelegate):
    """Paints icon, sentence, request, time, and a dot while it is not read."""

    def __init__(self, when: When, parent: QObject) -> None:
        super().__init__(parent)
        self._when = when

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index
    ) -> None:
        """Paint one notice."""
        row: AnyNotice = index.data(ITEM)
        now, zone = self._when()
        colours = tokens()
        box = QRectF(option.rect).adjusted(4, 1, -4, -1)
        if option.state & QStyle.StateFlag.State_Selected:
            draw_frame(painter, box, ground=colours.soft)
        if option.state & QStyle.StateFlag.State_HasFocus:
            draw_focus(painter, box)
        icon, ink = look(row)
        draw_icon(painter, box.left() + 12, box.top() + 9, icon, colours.ink(ink))
        at = short_instant(row.at, now, zone)
        width = text_width(at, "small")
        right = box.right() - 28
        place = QRectF(right - width, box.top() + 6, width, 20)
        draw_text(painter, place, at, colours.text2, size="small", align=RIGHT)
        left = box.left() + 40
        words = QRectF(left, box.top() + 6, right - width - 12 - left, 20)
        said = notice_words(row, now, zone)
        draw_text(painter, words, said, colours.text, bold=not row.is_read)
        words = QRectF(left, box.top() + 28, right - left, 18)
        draw_text(painter, words, subject_line(row), colours.text2, size="small")
        if not row.is_read:
            dot = QRectF(box.right() - 18, box.top() + 12, 8, 8)
            draw_frame(painter, dot, ground=colours.accent, radius=4)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the size of a line."""
        return QSize(200, ROW_HEIGHT)
