"""Each unit's part of a request against what the customer was told: bar and lines."""

from __future__ import annotations

from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop import formats
from desktop.domain.budgets import BrokenBy
from desktop.i18n import gettext as _
from ui.common.labels import BallLabel, PlainLabel
from ui.common.painting import RIGHT, draw_frame, draw_text, text_width
from ui.common.request_pane.request_words import REASONS
from ui.style import tokens

if TYPE_CHECKING:
    from desktop.queries.budgets import BudgetPart, BudgetView

_BAR = 12
_LINE = 18


def budget_sentence(view: BudgetView, zone: tzinfo) -> str:
    """Say what the customer was told, and whether it came true; the part to blame."""
    if view.told_due_at is None:
        return _("The customer was told no time.")
    when = formats.instant(view.told_due_at, zone)
    told = _("The customer was told {when}.").format(when=when)
    if not view.is_broken:
        kept = _("It was done by then.") if view.ended_at else _("There is time left.")
        return f"{told} {kept}"
    words = [told, broken_words(view)]
    if view.waiting_for is not None:
        waited = _("It waited for {reason} then.")
        words.append(waited.format(reason=_(REASONS[view.waiting_for])))
    return " ".join(word for word in words if word)


def broken_words(view: BudgetView) -> str:
    """Name the part that broke what was told."""
    if view.broken_by is None:
        return _("It was not done by then.")
    part = view.parts[view.broken_by]
    if view.why is BrokenBy.OVER_TARGET:
        over = formats.working_time(part.over_s)
        words = _("{unit} broke it, {time} beyond its own target.")
        return words.format(unit=part.unit, time=over)
    return _("{unit} had it when the time ran out.").format(unit=part.unit)


def part_words(part: BudgetPart) -> str:
    """Return what a unit used of what it promised."""
    used = formats.working_time(part.used_s)
    if part.target_s is None:
        return _("{used}, nothing promised").format(used=used)
    target = formats.working_time(part.target_s)
    if part.over_s:
        over = formats.working_time(part.over_s)
        words = _("{used} of {target}, {over} over")
        return words.format(used=used, target=target, over=over)
    return _("{used} of {target}").format(used=used, target=target)


class PromiseBudget(QWidget):
    """A sentence, the parts to scale in the order of time, and a line for each."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sentence = PlainLabel(ink="text2", wraps=True, selectable=True)
        self.sentence.setMinimumWidth(1)  # a word that does not break is cut
        self.bar = PartsBar()
        self._rows = QWidget()
        self.lines: list[tuple[str, str]] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(8)
        self._layout.addWidget(self.sentence)
        self._layout.addWidget(self.bar)
        self._layout.addWidget(self._rows)

    def show_budget(self, view: BudgetView, now: datetime, zone: tzinfo) -> None:
        """Show the parts as they stand at an instant."""
        self.sentence.setText(budget_sentence(view, zone))
        self.sentence.set_ink("broken" if view.is_broken else "text2")
        self.bar.set_view(view, now, zone)
        self.bar.setVisible(bool(view.parts))
        self.lines = [(part.unit, part_words(part)) for part in view.parts]
        self._fill(view)

    def _fill(self, view: BudgetView) -> None:
        fresh = QWidget()
        grid = QGridLayout(fresh)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(2, 1)
        for line, part in enumerate(view.parts):
            ball = BallLabel(part.side.value, part.unit[:60])
            is_named = line == view.broken_by
            told = part_words(part)
            if is_named:
                told = _("{words}: the part that broke it").format(words=told)
            ink = "broken" if is_named or part.over_s else "text"
            grid.addWidget(ball, line, 0)
            label = PlainLabel(told, ink=ink, bold=is_named, wraps=True)
            grid.addWidget(label, line, 1, 1, 2, Qt.AlignmentFlag.AlignVCenter)
        self._layout.replaceWidget(self._rows, fresh)
        self._rows.hide()
        self._rows.deleteLater()
        self._rows = fresh


class PartsBar(QWidget):
    """The stays of the units on one line of wall-clock time, with the told instant."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._spans: list[tuple[float, float, str]] = []
        self._told: float | None = None
        self._words = ("", "", "")

    def set_view(self, view: BudgetView, now: datetime, zone: tzinfo) -> None:
        """Lay the stays out from the beginning to the end, or to what was told."""
        start = view.raised_at
        until = view.ended_at or now
        end = max(until, view.told_due_at or until)
        whole = max(1.0, (end - start).total_seconds())

        def place(at: datetime) -> float:
            return min(1.0, max(0.0, (at - start).total_seconds() / whole))

        self._spans = [
            (place(first), place(last), _colour(part, number == view.broken_by))
            for number, part in enumerate(view.parts)
            for first, last in part.spans
        ]
        self._told = place(view.told_due_at) if view.told_due_at else None
        told = ""
        if view.told_due_at is not None:
            told = _("told {when}").format(
                when=formats.short_instant(view.told_due_at, now, zone)
            )
        last = _("now") if view.ended_at is None else _("done")
        if end != until:
            last = ""
        self._words = formats.short_instant(start, now, zone), told, last
        shown = [f"{part.unit}: {part_words(part)}" for part in view.parts]
        self.setAccessibleName("; ".join(shown))
        self.update()

    def sizeHint(self) -> QSize:
        """Return room for the bar and the words below it."""
        return QSize(240, _BAR + 4 + _LINE)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the stays, the told instant, and what stands at the ends."""
        painter = QPainter(self)
        colours = tokens()
        width = float(self.width())
        draw_frame(painter, QRectF(0, 2, width, _BAR - 4), ground=colours.track)
        for first, last, ink in self._spans:
            box = QRectF(first * width, 0, max(2.0, (last - first) * width - 1), _BAR)
            draw_frame(painter, box, ground=getattr(colours, ink), radius=2)
        begun, told, last_words = self._words
        line = QRectF(0, _BAR + 4, width, _LINE)
        draw_text(painter, line, begun, colours.text2, size="small")
        if self._told is not None:
            x = min(width - 2, self._told * width)
            painter.fillRect(QRectF(x, 0, 2, _BAR + 4), colours.text)
            room = text_width(told, "small")
            least = text_width(begun, "small") + 8
            left = max(least, min(width - room, x - room / 2))
            box = QRectF(left, line.top(), room + 2, _LINE)
            draw_text(painter, box, told, colours.text, size="small")
            if left + room + text_width(last_words, "small") + 12 > width:
                last_words = ""
        draw_text(painter, line, last_words, colours.text2, size="small", align=RIGHT)


def _colour(part: BudgetPart, is_named: bool) -> str:
    if is_named:
        return "brokenbar"
    return "accent" if part.side.value == "back" else "edge"
