"""Paints the week editor: the hours of the day, the rows, the open intervals."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from desktop.domain.calendars import Interval
from desktop.formats import working_time
from desktop.i18n import gettext as _
from ui.common.painting import CENTRE, draw_focus, draw_frame, draw_text, text_width
from ui.common.painting import RIGHT as TO_THE_RIGHT
from ui.common.week.hours import time_text
from ui.common.week.pieces import (
    AXIS,
    LEFT,
    RIGHT,
    Hours,
    Layout,
    Piece,
    pieces_of,
)
from ui.common.week.words import SHORT_DAYS, day_name, interval_words
from ui.style import tokens


def paint_axis(painter: QPainter, layout: Layout) -> None:
    """Paint the hours above the rows and a hairline down from each second one."""
    colours = tokens()
    every = 2 if layout.hours_width >= 560 else 4
    for hour in range(0, 25, every):
        x = layout.x(hour * 3600)
        painter.fillRect(QRectF(x, AXIS, 1, 7 * layout.row), colours.line)
        box = QRectF(x - 24, 0, 48, AXIS - 4)
        words = f"{hour:02}:00"
        draw_text(painter, box, words, colours.text2, size="small", align=CENTRE)


def paint_row(
    painter: QPainter, layout: Layout, row: int, total: int, *, is_current: bool
) -> None:
    """Paint a day's name, its line and what it adds up to."""
    colours = tokens()
    box = layout.row_box(row)
    painter.fillRect(
        QRectF(0, box.bottom() - 1, layout.width, 1),
        colours.line,
    )
    ink = colours.accent if is_current else colours.text
    name = QRectF(8, box.top(), LEFT - 16, layout.row)
    draw_text(painter, name, day_name(row), ink)

    words = working_time(total) if total else _("closed")
    ink = colours.text if total else colours.text2
    edge = QRectF(layout.width - RIGHT, box.top(), RIGHT - 8, layout.row)
    draw_text(painter, edge, words, ink, align=TO_THE_RIGHT)


def paint_pieces(
    painter: QPainter, layout: Layout, hours: Hours, current: tuple[int, int | None]
) -> None:
    """Paint the open intervals; the chosen one is filled."""
    for piece in pieces_of(hours):
        chosen = current == (piece.day, piece.at)
        _paint_piece(painter, layout, piece, hours[piece.day][piece.at], chosen)


def _paint_piece(
    painter: QPainter, layout: Layout, piece: Piece, interval: Interval, chosen: bool
) -> None:
    colours = tokens()
    box = layout.box(piece).adjusted(0.5, 0, -0.5, 0)
    ground = colours.accent if chosen else colours.soft
    edge = colours.accent
    draw_frame(painter, box, ground=ground, edge=edge, radius=4)
    ink = colours.onaccent if chosen else colours.accent
    words = _fitting(piece, interval, box.width() - 6)
    if words:
        draw_text(painter, box, words, ink, size="small", align=CENTRE)
    if chosen:
        for x in (box.left() + 3, box.right() - 5):
            painter.fillRect(QRectF(x, box.center().y() - 6, 2, 12), ink)


def _fitting(piece: Piece, interval: Interval, width: float) -> str:
    """Return as many words about an interval as fit into its block."""
    if piece.is_head:
        full = interval_words(interval)
    else:
        full = _("until {time}, from {day}").format(
            time=time_text(interval[1]), day=_(SHORT_DAYS[piece.day])
        )
    begins = time_text(interval[0] if piece.is_head else interval[1])
    plain = f"{time_text(interval[0])}\N{EN DASH}{time_text(interval[1])}"
    for words in (full, plain, begins):
        if text_width(words, "small") <= width:
            return words
    return ""


def paint_empty_focus(painter: QPainter, layout: Layout, row: int) -> None:
    """Paint the ring of the keyboard around a day without hours."""
    draw_focus(painter, layout.row_box(row).adjusted(2, 4, -2, -4))


def paint_focus(
    painter: QPainter, layout: Layout, hours: Hours, current: tuple[int, int | None]
) -> None:
    """Paint the ring of the keyboard around what is chosen."""
    if current[1] is None:
        paint_empty_focus(painter, layout, current[0])
        return
    for piece in pieces_of(hours):
        if current == (piece.day, piece.at):
            draw_focus(painter, layout.box(piece).adjusted(-4, -4, 4, 4))
