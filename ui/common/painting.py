"""Shared painters: a clock, a ball or a person looks the same everywhere."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from desktop.domain.text import on_screen
from ui.common.clock_words import ClockWords
from ui.common.text_runs import text_run
from ui.icons import icons
from ui.style import Size, metrics, theme, tokens
from ui.style import font as font_of

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTRE = Qt.AlignmentFlag.AlignCenter
_LINE = Qt.TextFlag.TextSingleLine

CLOCK_ICONS = {
    "ok": "clock",
    "risk": "alert-triangle",
    "broken": "circle-x",
    "held": "circle-pause",
    "kept": "circle-check",
    "lost": "circle-x",
    "declined": "x",
    "none": "circle-minus",
}
"""The icon of each clock state; their outlines differ without colour."""

LEAST_NAME = 28
_CLOCK_KINDS = {"kept": "ok", "lost": "broken"}


@lru_cache(maxsize=8192)
def elided(words: str, width: int, size: Size = "body", bold: bool = False) -> str:
    """Return words cut at the end so that they fit `width` pixels."""
    flat = on_screen(" ".join(words.split()) if "\n" in words else words)
    measure = metrics(size, bold=bold)
    return measure.elidedText(flat[:1000], Qt.TextElideMode.ElideRight, max(0, width))


def draw_text(
    painter: QPainter,
    rect: QRectF | QRect,
    words: str,
    colour: QColor,
    *,
    size: Size = "body",
    bold: bool = False,
    align: Qt.AlignmentFlag = LEFT,
) -> None:
    """Draw one line of plain text, elided at its end."""
    if not words:
        return
    font = font_of(size, bold=bold)
    painter.setFont(font)
    painter.setPen(colour)
    shown = elided(words, int(rect.width()), size, bold)
    run = text_run(shown, theme().size(size), bold)
    run.draw(painter, rect, _on_one_line(align), font)


@lru_cache(maxsize=16)
def _on_one_line(align: Qt.AlignmentFlag) -> int:
    """Return the flags of one line; asking an enumeration each time costs more."""
    return int(align.value) | int(_LINE.value)


def text_width(words: str, size: Size = "body", *, bold: bool = False) -> int:
    """Return how many pixels a line of words is wide."""
    return _advance(words, theme().size(size), size, bold) + 1


@lru_cache(maxsize=2048)
def _advance(words: str, _pixels: int, size: Size, bold: bool) -> int:
    return metrics(size, bold=bold).horizontalAdvance(words)


def draw_icon(
    painter: QPainter, x: float, y: float, name: str, colour: QColor, size: int = 16
) -> None:
    """Draw an icon with its upper left corner at a point."""
    device = painter.device()
    ratio = device.devicePixelRatio() if device is not None else 1.0
    pixmap = icons().pixmap(name, colour, size, ratio)
    painter.drawPixmap(QPointF(x, y), pixmap)


def draw_ball(
    painter: QPainter, rect: QRectF, ball: str, colour: QColor | None = None
) -> None:
    """Draw who holds the ball: `front back third customer approver none`."""
    ink = colour or (tokens().text2 if ball in _OUTSIDE else tokens().accent)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    box = rect.adjusted(0.75, 0.75, -0.75, -0.75)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(ink, 1.4))
    if ball in ("third", "customer"):
        _draw_dashed_ring(painter, box)
    else:
        painter.drawEllipse(box)
    if ball in ("front", "back"):
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        painter.drawPie(box, 90 * 16, (180 if ball == "front" else -180) * 16)
    elif ball == "approver":
        _draw_tick(painter, box)
    elif ball == "none":
        middle = box.center().y()
        reach = box.width() * 0.22
        painter.drawLine(
            QPointF(box.center().x() - reach, middle),
            QPointF(box.center().x() + reach, middle),
        )
    painter.restore()


_OUTSIDE = frozenset({"third", "customer", "approver", "none"})


def _draw_dashed_ring(painter: QPainter, box: QRectF) -> None:
    parts = 8
    step = 360 * 16 // parts
    for number in range(parts):
        painter.drawArc(box, number * step + step // 5, step * 3 // 5)


def _draw_tick(painter: QPainter, box: QRectF) -> None:
    pen = painter.pen()
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    x, y, side = box.x(), box.y(), box.width()
    points = [(0.28, 0.52), (0.44, 0.68), (0.73, 0.36)]
    painter.drawPolyline([QPointF(x + a * side, y + b * side) for a, b in points])


def draw_bar(
    painter: QPainter, rect: QRectF, share: float, kind: str, *, dashed: bool = False
) -> None:
    """Draw a bar 4 px high filled to `share` (0..1) in a state's colour."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    colours = tokens()
    painter.setBrush(colours.track)
    painter.drawRoundedRect(rect, 2, 2)
    filled = QRectF(rect)
    filled.setWidth(rect.width() * min(1.0, max(0.0, share)))
    painter.setBrush(colours.bar(kind))
    if not dashed:
        if filled.width() >= 1:
            filled.setWidth(max(filled.width(), rect.height()))
            painter.drawRoundedRect(filled, 2, 2)
        painter.restore()
        return
    at = filled.left()
    while at < filled.right() - 1:
        width = min(5.0, filled.right() - at)
        painter.setBrush(colours.bar(kind))
        painter.drawRect(QRectF(at, rect.top(), width, rect.height()))
        painter.setBrush(colours.surface)
        painter.drawRect(QRectF(at + width, rect.top(), 2, rect.height()))
        at += 7
    painter.restore()


def clock_kind(state: str) -> str:
    """Return the colour family (`ok risk broken held`) of a clock state."""
    return _CLOCK_KINDS.get(state, state)


def clock_inks(state: str) -> tuple[QColor, QColor, bool]:
    """Return icon colour, word colour and boldness of a clock state."""
    colours = tokens()
    icon = colours.ink(clock_kind(state))
    coloured = state in ("risk", "broken", "lost", "held")
    words = icon if coloured else colours.text
    if state in ("declined", "none"):
        words = colours.text2
    return icon, words, state == "broken"


def draw_clock(
    painter: QPainter,
    rect: QRectF,
    clock: ClockWords,
    *,
    compact: bool = False,
) -> None:
    """Draw a clock: icon, words, due time, and below them its bar.

    The cell is 34 px high in the middle of `rect`, or one line when compact.
    """
    icon, ink, bold = clock_inks(clock.state)
    height = 24.0 if compact else 34.0
    top = rect.center().y() - height / 2
    line = QRectF(rect.left(), top, rect.width(), 22)
    draw_icon(
        painter, rect.left(), line.center().y() - 8, CLOCK_ICONS[clock.state], icon
    )
    due_width = text_width(clock.due_words, "small") if clock.due_words else 0
    words_box = line.adjusted(24, 0, -due_width - (8 if due_width else 0), 0)
    wanted = text_width(clock.words, bold=bold)
    if wanted > words_box.width() and due_width:
        due_width, words_box = 0, line.adjusted(24, 0, 0, 0)
    draw_text(painter, words_box, clock.words, ink, bold=bold)
    if due_width:
        draw_text(
            painter, line, clock.due_words, tokens().text2, size="small", align=RIGHT
        )
    if clock.share_used is not None:
        bar_top = rect.bottom() - 5 if compact else top + 28
        bar = QRectF(rect.left(), bar_top, rect.width(), 3 if compact else 4)
        held = clock.state == "held"
        draw_bar(painter, bar, clock.share_used, clock_kind(clock.state), dashed=held)


def draw_two_lines(
    painter: QPainter,
    rect: QRectF,
    first: str,
    second: str,
    *,
    bold: bool = False,
    compact: bool = False,
    quiet: bool = False,
) -> None:
    """Draw a line of body text over a smaller one; only the first when compact."""
    colours = tokens()
    ink = colours.text2 if quiet else colours.text
    if compact or not second:
        draw_text(painter, rect, first, ink, bold=bold)
        return
    upper, lower = two_lines(rect)
    draw_text(painter, upper, first, ink, bold=bold)
    draw_text(painter, lower, second, colours.text2, size="small")


def two_lines(rect: QRectF) -> tuple[QRectF, QRectF]:
    """Return where a line of body text and the smaller one under it go."""
    first_height = metrics().height() + 2
    second_height = metrics("small").height()
    top = rect.center().y() - (first_height + second_height) / 2
    upper = QRectF(rect.left(), top, rect.width(), first_height)
    lower = QRectF(rect.left(), top + first_height, rect.width(), second_height)
    return upper, lower


def initials_of(name: str) -> str:
    """Return up to two letters that stand for a person's name, as written."""
    parts = [part for part in name.replace("-", " ").split() if part[0].isalnum()]
    if not parts:
        return "?"
    return parts[0][0] + (parts[-1][0] if len(parts) > 1 else "")


def draw_avatar(
    painter: QPainter, rect: QRectF, name: str | None, *, own: bool = False
) -> None:
    """Draw a person's initials in a circle; an empty ring for nobody."""
    colours = tokens()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if not name:
        painter.setPen(QPen(colours.edge, 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(rect.adjusted(0.5, 0.5, -0.5, -0.5))
    else:
        # One's own has the colour of a chosen row: a ring sets it off there.
        painter.setPen(QPen(colours.accent, 1) if own else Qt.PenStyle.NoPen)
        painter.setBrush(colours.soft if own else colours.track)
        edge = 0.5 if own else 0.0
        painter.drawEllipse(rect.adjusted(edge, edge, -edge, -edge))
        ink = colours.accent if own else colours.text
        size: Size = "body" if rect.width() > 36 else "small"
        letters = initials_of(name)
        if text_width(letters, size) > rect.width():
            letters = letters[:1]
        draw_text(painter, rect, letters, ink, size=size, align=CENTRE)
    painter.restore()


def draw_person(
    painter: QPainter,
    rect: QRectF,
    name: str | None,
    shown: str,
    *,
    own: bool = False,
    compact: bool = False,
) -> None:
    """Draw an avatar and, if there is room, words beside it (a name, or "Nobody")."""
    side = 20.0 if compact else 24.0
    circle = QRectF(rect.left(), rect.center().y() - side / 2, side, side)
    draw_avatar(painter, circle, name, own=own)
    ink = tokens().text if name else tokens().text2
    words = rect.adjusted(side + 8, 0, 0, 0)
    if words.width() >= LEAST_NAME:
        draw_text(painter, words, shown, ink)


def draw_section(
    painter: QPainter,
    rect: QRectF,
    title: str,
    *,
    count: int | None = None,
    note: str = "",
    folded: bool | None = None,
    kind: str = "",
) -> None:
    """Draw a section's heading: fold arrow, bold words, count, note, hairline."""
    colours = tokens()
    at = rect.left()
    top = max(rect.top(), rect.bottom() - 36)
    box = QRectF(at, top, rect.width(), rect.bottom() - top - 2)
    if folded is not None:
        name = "chevron-right" if folded else "chevron-down"
        draw_icon(painter, at, box.center().y() - 8, name, colours.text2)
        at += 20
    ink = colours.ink(kind) if kind else colours.text
    beside = [one for one in (str(count) if count is not None else "", note) if one]
    # A title without end leaves room for what stands beside it.
    room = sum(text_width(one, "small") + 16 for one in beside[:1])
    wanted = text_width(title, bold=True)
    title_width = max(0.0, min(float(wanted), box.right() - at - room))
    draw_text(
        painter, QRectF(at, top, title_width, box.height()), title, ink, bold=True
    )
    at += title_width + 8
    for words in beside:
        box.setLeft(at)
        draw_text(painter, box, words, colours.text2, size="small")
        at += text_width(words, "small") + 16
    painter.fillRect(
        QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), colours.line
    )


def draw_frame(
    painter: QPainter,
    rect: QRectF,
    *,
    ground: QColor | None = None,
    edge: QColor | None = None,
    radius: float = 6,
    width: float = 1,
) -> None:
    """Draw a rounded box whose edge lies inside `rect`."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    half = width / 2
    box = rect.adjusted(half, half, -half, -half) if edge is not None else rect
    painter.setPen(QPen(edge, width) if edge is not None else Qt.PenStyle.NoPen)
    painter.setBrush(ground if ground is not None else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(box, radius, radius)
    painter.restore()


def draw_focus(painter: QPainter, rect: QRectF, *, radius: float = 6) -> None:
    """Draw the 2 px focus ring just inside `rect`."""
    draw_frame(painter, rect, edge=tokens().accent, radius=radius, width=2)


def draw_badge(painter: QPainter, right: float, top: float, count: int) -> None:
    """Draw a count in a filled pill 16 px high, its right upper corner given."""
    words = "99+" if count > 99 else str(count)
    width = max(18, text_width(words, "small") + 10)
    box = QRectF(right - width, top, width, 16)
    colours = tokens()
    draw_frame(painter, box, ground=colours.accent, radius=8)
    draw_text(painter, box, words, colours.onaccent, size="small", align=CENTRE)


def draw_split_bar(
    painter: QPainter, rect: QRectF, parts: Sequence[tuple[float, QColor, bool]]
) -> None:
    """Draw shares (0..1, colour, hatched) side by side with a 1 px gap."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    at = rect.left()
    for share, colour, hatched in parts:
        width = rect.width() * share
        box = QRectF(at, rect.top(), max(1.0, width - 1), rect.height())
        if hatched:
            draw_frame(
                painter, box, ground=tokens().heldbg, edge=tokens().heldbar, radius=1
            )
        else:
            draw_frame(painter, box, ground=colour, radius=1)
        at += width
    painter.restore()
