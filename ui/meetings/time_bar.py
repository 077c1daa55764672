"""The session as a bar to scale: each item's time-box, what is free, what is over."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop import formats
from desktop.i18n import gettext as _
from desktop.i18n import ngettext
from ui.common.labels import PlainLabel, StateChip
from ui.common.painting import CENTRE, draw_frame, draw_text, text_width
from ui.meetings.arrangement import Arrangement, Part
from ui.style import tokens

GAP = 2


class Bar(QWidget):
    """Paints the parts; a click chooses the item."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts: Sequence[Part] = ()
        self._length = 0
        self._selected: int | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(34)

    def sizeHint(self) -> QSize:
        """Return a bar's height."""
        return QSize(240, 34)

    def set_parts(
        self, parts: Sequence[Part], length: int, selected: int | None
    ) -> None:
        """Show other parts of a session of `length` minutes."""
        self._parts, self._length, self._selected = parts, length, selected
        self.update()

    def boxes(self) -> list[tuple[Part, QRectF]]:
        """Return each part with its place, to scale."""
        whole = max(1, sum(part.minutes for part in self._parts))
        at, found = 0.0, []
        for part in self._parts:
            width = self.width() * part.minutes / whole
            found.append((part, QRectF(at, 0, max(1.0, width - GAP), 12)))
            at += width
        return found

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint parts, their minutes below, and the end of the session."""
        painter = QPainter(self)
        colours = tokens()
        end: float | None = None
        for part, box in self.boxes():
            if part.is_over and end is None:
                end = box.left() - GAP
            draw_frame(painter, box, ground=self._colour(part), radius=2)
            chosen = part.item_id is not None and part.item_id == self._selected
            words = str(part.minutes)
            below = box.adjusted(0, 16, 0, 18)
            if text_width(words, "small", bold=chosen) <= below.width():
                ink = colours.text if chosen else colours.text2
                draw_text(
                    painter, below, words, ink, size="small", bold=chosen, align=CENTRE
                )
        if end is not None:
            painter.fillRect(QRectF(end - 0.5, -1, 2, 18), colours.text)

    def _colour(self, part: Part) -> QColor:
        colours = tokens()
        chosen = part.item_id is not None and part.item_id == self._selected
        if part.is_over:
            return colours.riskbar
        if part.item_id is None:
            return colours.track
        if chosen:
            return colours.accent
        return _mixed(colours.accent, colours.surface, 0.5)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the item under the pointer."""
        for part, box in self.boxes():
            if part.item_id is not None and (
                box.left() <= event.position().x() <= box.right()
            ):
                self.chosen.emit(part.item_id)
                return


def _mixed(ink: QColor, ground: QColor, share: float) -> QColor:
    """Return a colour between two, without making anything see-through."""
    rest = 1 - share
    return QColor(
        round(ink.red() * share + ground.red() * rest),
        round(ink.green() * share + ground.green() * rest),
        round(ink.blue() * share + ground.blue() * rest),
    )


class TimeSum(QWidget):
    """The sum in words over the bar."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sum = PlainLabel(bold=True)
        self.chip = StateChip(parent=self)
        self.bar = Bar()
        self.bar.chosen.connect(self.chosen)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.sum)
        line.addWidget(self.chip)
        line.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(line)
        layout.addWidget(self.bar)

    def show_sum(self, order: Arrangement, selected: int | None) -> None:
        """Show how the items add up against the session's length."""
        self.sum.setText(
            _("{used} of {length} min").format(
                used=formats.count(order.total), length=formats.count(order.length)
            )
        )
        words, kind, icon = verdict(order)
        self.chip.set_state(words, kind=kind, icon=icon)
        self.bar.set_parts(order.parts(), order.length, selected)
        self.bar.setAccessibleName(f"{self.sum.text()}, {words}")


def verdict(order: Arrangement) -> tuple[str, str, str]:
    """Return whether the items fit: words, kind and icon."""
    free = order.free
    if free > 0:
        words = _("Fits, {minutes} min free").format(minutes=formats.count(free))
        return words, "ok", "circle-check"
    if free == 0:
        return _("Fits exactly"), "ok", "circle-check"
    words = ngettext(
        "{minutes} min over, {count} item not reached",
        "{minutes} min over, {count} items not reached",
        order.not_reached,
    ).format(minutes=formats.count(-free), count=formats.count(order.not_reached))
    return words, "risk", "alert-triangle"
