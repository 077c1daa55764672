"""Each unit's part of a request against what the customer was told: bar and lines."""

from __future__ import annotations

from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from desktop import formats
from desktop.domain.budgets import BrokenBy
from desktop.domain.text import shortened
from desktop.i18n import gettext as _
from ui.common.labels import BallLabel, PlainLabel
from ui.common.request_pane.parts_strip import PartsStrip
from ui.common.request_pane.request_words import REASONS

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
    unit = part_name(part)
    if view.why is BrokenBy.OVER_TARGET:
        over = formats.working_time(part.over_s)
        words = _("{unit} broke it, {time} beyond its own target.")
        return words.format(unit=unit, time=over)
    return _("{unit} had it when the time ran out.").format(unit=unit)


def part_name(part: BudgetPart) -> str:
    """Return whose part it is, with the request where it was split off."""
    if part.is_part:
        return _("{unit} ({reference})").format(
            unit=part.unit, reference=part.reference
        )
    return part.unit


def path_words(view: BudgetView) -> str:
    """Say which way led from the beginning to the end; empty without parts."""
    if not view.has_parts or not view.critical:
        return ""
    way = "  →  ".join(part_name(view.parts[step.part]) for step in view.critical)
    words = (
        _("What decided when it was done: {way}")
        if view.ended_at
        else _("What decides when it is done: {way}")
    )
    return words.format(way=way)


def part_words(part: BudgetPart) -> str:
    """Return what a unit used of what it promised, and how long it had to wait."""
    told = _used_words(part)
    if part.waited_s < 60:
        return told
    waited = formats.working_time(part.waited_s)
    return _("{told}; {time} more waited for others").format(told=told, time=waited)


def _used_words(part: BudgetPart) -> str:
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
        self.bar = PartsStrip()
        self.way = PlainLabel(ink="text2", size="small", wraps=True, selectable=True)
        self.way.setMinimumWidth(1)
        self._rows = QWidget()
        self.lines: list[tuple[str, str]] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(8)
        self._layout.addWidget(self.sentence)
        self._layout.addWidget(self.bar)
        self._layout.addWidget(self.way)
        self._layout.addWidget(self._rows)

    def show_budget(self, view: BudgetView, now: datetime, zone: tzinfo) -> None:
        """Show the parts as they stand at an instant."""
        self.sentence.setText(budget_sentence(view, zone))
        self.sentence.set_ink("broken" if view.is_broken else "text2")
        spoken = "; ".join(f"{part_name(one)}: {part_words(one)}" for one in view.parts)
        self.bar.set_view(view, spoken, now, zone)
        self.bar.setVisible(bool(view.parts))
        self.way.setText(path_words(view))
        self.way.setVisible(bool(self.way.text()))
        self.lines = [(part_name(part), part_words(part)) for part in view.parts]
        self._fill(view)

    def _fill(self, view: BudgetView) -> None:
        fresh = QWidget()
        grid = QGridLayout(fresh)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(2, 1)
        for line, part in enumerate(view.parts):
            ball = BallLabel(part.side.value, shortened(part_name(part), 60))
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
