"""The left side of a trial: what is tried, over which days, and the other terms."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.agreements import Target, TargetKind
from desktop.domain.errors import Invalid
from desktop.i18n import gettext as _
from desktop.queries.kept_trials import TriedSubject
from desktop.queries.replay_facts import ReplayScope
from desktop.queries.replays import Trial
from desktop.queries.try_choices import TryBoard, TryChoice
from ui.common.buttons import Button, SegmentedControl
from ui.common.flow_layout import FlowLayout
from ui.common.labels import PlainLabel
from ui.common.scroll_area import ScrollArea
from ui.common.stepped_inputs import number_input
from ui.context import Context
from ui.tries.checks import day_length_s, problem_of_targets
from ui.tries.hold_boxes import HoldBoxes
from ui.tries.hours_box import HoursBox
from ui.tries.period_box import PeriodBox
from ui.tries.subject_box import SubjectBox
from ui.tries.target_list import TargetList
from ui.tries.words import KINDS

WIDTH_PX = 360


class TermsPane(QWidget):
    """Says what is wanted each time it changes; knows nothing of figures.

    `subject_changed` when something else is tried, before `changed`.
    """

    changed = Signal()
    subject_changed = Signal()
    kind_chosen = Signal()
    people_changed = Signal()
    propose = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.subject = SubjectBox()
        self.period = PeriodBox(context)
        self.kind = SegmentedControl(
            [(one.value, _(words)) for one, words in KINDS.items()],
            name=_("Which promise"),
        )
        self.targets = TargetList()
        self.hours = HoursBox()
        self.holds = HoldBoxes()
        self.people = number_input(1, 1, 999, name=_("People at work"))
        self.kept_button = Button(_("Kept trials…"), kind="quiet", icon="list")
        self.reset = Button(_("As it is now"), kind="quiet", icon="arrow-back-up")
        self.propose_button = Button(_("Propose as a draft"), icon="file-plus")
        self.name_button = Button(_("Keep…"), icon="device-floppy")
        self.name_button.setToolTip(_("Keep this trial by name"))
        self._place()
        self._connect()

    def _place(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(24, 16, 16, 16)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.addWidget(PlainLabel(_("Try it"), size="title"), 1)
        head.addWidget(self.kept_button)
        column.addLayout(head)
        column.addWidget(self.subject)
        column.addWidget(_small(_("Period replayed")))
        column.addWidget(self.period)
        column.addWidget(_small(_("Figures are of")))
        column.addWidget(self.kind)
        column.addSpacing(8)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.targets.head, 1)
        line.addWidget(self.reset)
        column.addLayout(line)
        column.addWidget(self.targets)
        column.addSpacing(8)
        column.addWidget(PlainLabel(_("Working hours"), bold=True))
        column.addWidget(self.hours)
        column.addSpacing(8)
        column.addWidget(self.holds)
        column.addSpacing(8)
        line = QHBoxLayout()
        line.addWidget(PlainLabel(_("People at work")), 1)
        line.addWidget(self.people)
        column.addLayout(line)
        column.addStretch(1)
        self._frame(inside)

    def _frame(self, inside: QWidget) -> None:
        self.area = ScrollArea()
        self.area.setWidget(inside)
        buttons = FlowLayout(spacing=8)
        for button in (self.propose_button, self.name_button):
            buttons.addWidget(button)
        # A flow has no margins of its own.
        foot = QVBoxLayout()
        foot.setContentsMargins(24, 8, 16, 12)
        foot.addLayout(buttons)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.area, 1)
        layout.addLayout(foot)
        self.setFixedWidth(WIDTH_PX)

    def _connect(self) -> None:
        self.subject.chosen.connect(self._choose)
        self.kind.chosen.connect(lambda _name: self._choose_kind())
        for part in (self.period, self.targets, self.hours, self.holds):
            part.changed.connect(self.changed)
        self.people.valueChanged.connect(lambda _n: self.people_changed.emit())
        self.reset.clicked.connect(self.start_over)
        self.propose_button.clicked.connect(self.propose)

    # ------------------------------------------------------------ what is tried

    @property
    def choice(self) -> TryChoice | None:
        """Return what is tried."""
        return self.subject.choice

    def show_board(self, board: TryBoard, wanted: int | None = None) -> None:
        """Offer what can be tried, keeping what is chosen."""
        before = self.choice
        self.subject.show_board(board, wanted)
        self.period.show_board(board)
        self.hours.show_board(board)
        if self.choice is not None and self.choice != before:
            self._choose()

    def _choose(self) -> None:
        if self.choice is None:
            return
        self.people.blockSignals(True)
        self.people.setValue(max(1, self.choice.people))
        self.people.blockSignals(False)
        self.subject_changed.emit()
        self.start_over()

    def start_over(self) -> None:
        """Try what is agreed now."""
        choice = self.choice
        if choice is None:
            return
        day_s = day_length_s(choice.calendar)
        self.targets.set_terms(choice.terms, day_s, is_new=choice.is_new)
        self.hours.set_choice(choice)
        agreed = choice.terms.holds if choice.terms else {}
        self.holds.set_agreed(agreed, is_new=choice.is_new)
        self.holds.show_kind(self.shown_kind())
        self.changed.emit()

    def _choose_kind(self) -> None:
        self.holds.show_kind(self.shown_kind())
        self.kind_chosen.emit()

    def shown_kind(self) -> TargetKind:
        """Return the kind of promise the figures are of."""
        return TargetKind(self.kind.value())

    def show_kind(self, kind: TargetKind) -> None:
        """Show the figures of a kind of promise."""
        self.kind.set_value(kind.value)
        self._choose_kind()

    # ------------------------------------------------------------ what is wanted

    def trial(self) -> Trial | None:
        """Return the other terms, None while they make no sense: a field says why."""
        choice, span = self.choice, self.period.span()
        if choice is None or span is None:
            return None
        self.hours.set_span(span)
        self.targets.clear_problems()
        try:
            spec = self.hours.spec()
        except Invalid:
            return None
        targets = self.targets.changes()
        calendar_id = None if spec is None else self.hours.calendar_id()
        trial = Trial(targets, spec, self.holds.changes(), calendar_id)
        problem = problem_of_targets(choice, trial, span[0])
        if problem is not None:
            self.targets.row(problem.key).show_problem(problem.words)
            if problem.is_fatal:
                return None
        return trial

    def restore(self, trial: Trial) -> None:
        """Show the terms of a trial again."""
        self.targets.restore(trial.targets)
        self.hours.restore(trial.calendar, trial.calendar_id)
        self.holds.restore(trial.holds)
        self.changed.emit()

    def try_target(self, seconds: int) -> None:
        """Try one target for every promise of the kind shown."""
        self.targets.set_all(self.shown_kind(), Target(seconds))
        self.changed.emit()

    def scope(self) -> ReplayScope | None:
        """Return which promises are replayed; None while the days make no sense."""
        choice, span = self.choice, self.period.span()
        if choice is None or span is None:
            return None
        scope = ReplayScope(
            *span,
            agreement_id=choice.agreement_id,
            front_unit_id=choice.front_unit_id,
            back_unit_id=choice.back_unit_id,
            service_id=choice.service_id,
            has_updates=self._has_updates(),
        )
        return replace(scope, calendar_id=choice.calendar_id if choice.is_new else None)

    def _has_updates(self) -> bool:
        """Tell whether "keep informed" promises are looked at, agreed or tried."""
        update = TargetKind.UPDATE
        if self.shown_kind() is update:
            return True
        return any(self.targets.kinds[update].targets().values())

    def span(self) -> tuple[datetime, datetime] | None:
        """Return the period replayed."""
        return self.period.span()

    # ------------------------------------------------------------ kept trials

    def kept_subject(self) -> TriedSubject:
        """Return what is tried over which days, as it is kept."""
        name, first, last = self.period.kept()
        return replace(self.subject.subject(), period=name, first=first, last=last)

    def open_kept(self, subject: TriedSubject) -> bool:
        """Choose what was kept; False where it is not here any more."""
        if not self.subject.restore(subject):
            return False
        self.period.restore(subject.period, subject.first, subject.last)
        self._choose()
        return True


def _small(words: str) -> PlainLabel:
    return PlainLabel(words, size="small", ink="text2")
