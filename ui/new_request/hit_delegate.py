"""Paints a service found: its name with the matched letters bold, unit, other names."""

from __future__ import annotations

from collections.abc import Iterator
from unicodedata import bidirectional

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop.domain.text import fold_for_search
from desktop.i18n import gettext as _
from desktop.i18n import ngettext
from desktop.queries.services import ServiceHit
from ui.common.painting import RIGHT, draw_ball, draw_frame, draw_text, text_width
from ui.style import metrics, tokens

HIT_ROLE = int(Qt.ItemDataRole.UserRole) + 1
WORDS_ROLE = HIT_ROLE + 1
HEIGHT = 76
NARROW = 250

Index = QModelIndex | QPersistentModelIndex


def marked_parts(name: str, words: str) -> Iterator[tuple[str, bool]]:
    """Cut a name into parts, those that were typed marked True.

    Compared folded, letter by letter, so that accents may be left out.
    """
    folded = [fold_for_search(letter) for letter in name]
    flat = "".join(folded)
    # Which letter of the name each folded character came from.
    origin = [at for at, part in enumerate(folded) for _letter in part]
    marked = [False] * len(name)
    for word in fold_for_search(words).split():
        start = _found(flat, word)
        if start >= 0:
            for at in range(start, start + len(word)):
                marked[origin[at]] = True
    begin = 0
    for at in range(1, len(name) + 1):
        if at == len(name) or marked[at] != marked[begin]:
            yield name[begin:at], marked[begin]
            begin = at


def _found(flat: str, word: str) -> int:
    """Return where a word begins in a name, at a word's begin if it does there."""
    if flat.startswith(word):
        return 0
    inside = flat.find(f" {word}")
    return inside + 1 if inside >= 0 else flat.find(word)


class HitDelegate(QStyledItemDelegate):
    """Three lines on soft ground with an accent edge when chosen."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return a hit's height."""
        return QSize(120, HEIGHT)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index
    ) -> None:
        """Paint one hit."""
        hit: ServiceHit = index.data(HIT_ROLE)
        words: str = index.data(WORDS_ROLE)
        colours = tokens()
        box = QRectF(option.rect).adjusted(0, 0, -8, -2)
        state: QStyle.StateFlag = option.state
        if state & QStyle.StateFlag.State_Selected:
            draw_frame(painter, box, ground=colours.soft)
            edge = QRectF(box.left(), box.top() + 16, 3, box.height() - 32)
            painter.fillRect(edge, colours.accent)
        elif state & QStyle.StateFlag.State_MouseOver:
            draw_frame(painter, box, ground=colours.raised)
        inner = box.adjusted(16, 8, -12, -8)
        step = inner.height() / 3
        used = _used(hit) if box.width() >= NARROW else ""
        room = text_width(used, "small") + 8 if used else 0
        first = QRectF(inner.left(), inner.top(), inner.width() - room, step)
        _draw_name(painter, first, hit.name, words)
        if used:
            whole = QRectF(inner.left(), inner.top(), inner.width(), step)
            draw_text(painter, whole, used, colours.text2, size="small", align=RIGHT)
        second = QRectF(inner.left(), inner.top() + step, inner.width(), step)
        draw_ball(
            painter, QRectF(second.left(), second.center().y() - 6, 12, 12), "back"
        )
        unit = second.adjusted(18, 0, 0, 0)
        draw_text(painter, unit, hit.unit, colours.text2, size="small")
        third = second.translated(0, step)
        draw_text(painter, third, _also(hit), colours.text2, size="small")


def _draw_name(painter: QPainter, box: QRectF, name: str, words: str) -> None:
    parts = list(marked_parts(name[:200], words))
    if any(bidirectional(letter) in ("R", "AL") for letter in name):
        # Letters that join or run from right to left cannot be cut apart.
        parts = [(name, False)]
    left = box.left()
    for part, is_marked in _fitting(parts, int(box.width())):
        width = metrics(bold=is_marked).horizontalAdvance(part)
        # A pixel more than measured, or rounding would put an ellipsis here.
        room = QRectF(left, box.top(), width + 2, box.height())
        draw_text(painter, room, part, tokens().text, bold=is_marked)
        left += width


def _fitting(parts: list[tuple[str, bool]], width: int) -> list[tuple[str, bool]]:
    """Return the parts that fit in ``width`` pixels, an ellipsis where they do not."""
    kept: list[tuple[str, bool]] = []
    for part, is_marked in parts:
        measure = metrics(bold=is_marked)
        advance = measure.horizontalAdvance(part)
        if advance > width:
            # Room for at least the ellipsis is kept free by the parts before.
            kept.append((_cut(part, width, bold=is_marked), is_marked))
            return kept
        kept.append((part, is_marked))
        width -= advance
    return kept


def _cut(part: str, width: int, *, bold: bool) -> str:
    measure = metrics(bold=bold)
    shown = measure.elidedText(part, Qt.TextElideMode.ElideRight, max(width, 0))
    return shown or "\N{HORIZONTAL ELLIPSIS}"


def _used(hit: ServiceHit) -> str:
    if hit.template_id is not None:
        return _("template")
    if hit.used:
        return ngettext("you, {count} time", "you, {count} times", hit.used).format(
            count=hit.used
        )
    return ""


def _also(hit: ServiceHit) -> str:
    if hit.template_id is not None:
        return _("for {service}").format(service=hit.synonyms[0])
    if hit.synonyms:
        return _("also: {names}").format(names=", ".join(hit.synonyms))
    return hit.description
