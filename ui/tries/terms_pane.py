"""The left side of a trial: what is tried, over which days, and the other terms."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QSpinBox, QVBoxLayout, QWidget

from desktop.domain.agreements import Target, TargetKind
from desktop.domain.errors import Invalid
from desktop.domain.instants import FIRST_YEAR, LAST_YEAR
from desktop.domain.requests import PendingReason
from desktop.i18n import gettext as _
from desktop.i18n import gettext_noop as N_
from desktop.queries.replay_facts import ReplayScope
from desktop.queries.replays import Trial
from desktop.queries.try_choices import TryBoard, TryChoice
from ui.common.buttons import Button, SegmentedControl
from ui.common.flow_layout import FlowLayout
from ui.common.form import DateInput
from ui.common.inputs import CheckInput, ChoiceInput
from ui.common.labels import PlainLabel
from ui.common.request_pane.request_words import REASONS
from ui.context import Context
from ui.tries.hours_box import HoursBox
from ui.tries.target_list import TargetList
from ui.tries.words import KINDS, between_words, choice_words

WIDTH_PX = 352
PERIODS = (
    ("weeks", N_("Last 4 weeks"), 28),
    ("quarter", N_("Last 3 months"), 91),
    ("year", N_("Last 12 months"), 365),
    ("ever", N_("The whole history"), 0),
    ("own", N_("From day to day"), 0),
)


class TermsPane(QWidget):
    """Says what is wanted each time it changes; knows nothing of figures."""

    changed = Signal()
    kind_chosen = Signal()
    people_changed = Signal()
    propose = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._board = TryBoard((), None, None)
        self.choice: TryChoice | None = None
        self.agreement = ChoiceInput(name=_("Agreement"))
        self.between = PlainLabel("", size="small", ink="text2", wraps=True)
        self.period = ChoiceInput(
            [(name, _(words)) for name, words, _days in PERIODS], name=_("Period")
        )
        self.period.set_value("quarter")
        self.first, self.last = DateInput(name=_("From")), DateInput(name=_("Until"))
        self.kind = SegmentedControl(
            [(one.value, _(words)) for one, words in KINDS.items()],
            name=_("Which promise"),
        )
        self.targets = TargetList()
        self.hours = HoursBox()
        self.holds = {
            reason: CheckInput(_(words).capitalize())
            for reason, words in REASONS.items()
        }
        self._held: dict[TargetKind, frozenset[PendingReason]] = {}
        self.people = QSpinBox()
        self.people.setRange(1, 999)
        self.people.setFixedSize(104, 32)
        self.people.setAccessibleName(_("People at work"))
        self.reset = Button(_("As it is now"), icon="arrow-back-up")
        self.propose_button = Button(_("Propose as a draft"), icon="file-plus")
        self._place()
        self._connect()

    def _place(self) -> None:
        inside = QWidget()
        inside.setObjectName("scrolled")
        column = QVBoxLayout(inside)
        column.setContentsMargins(24, 16, 16, 16)
        column.setSpacing(8)
        column.addWidget(PlainLabel(_("Try it"), size="title"))
        column.addWidget(self.agreement)
        column.addWidget(self.between)
        column.addWidget(_small(_("Period replayed")))
        column.addWidget(self.period)
        self._days = QWidget()
        days = QVBoxLayout(self._days)
        days.setContentsMargins(0, 0, 0, 0)
        days.addWidget(self.first)
        days.addWidget(self.last)
        self._days.hide()
        column.addWidget(self._days)
        column.addWidget(_small(_("Figures are of")))
        column.addWidget(self.kind)
        column.addSpacing(8)
        column.addWidget(self.targets)
        column.addSpacing(8)
        column.addWidget(PlainLabel(_("Working hours"), bold=True))
        column.addWidget(self.hours)
        column.addSpacing(8)
        self.holds_title = PlainLabel("", bold=True, wraps=True)
        column.addWidget(self.holds_title)
        for box in self.holds.values():
            column.addWidget(box)
        column.addSpacing(8)
        line = QHBoxLayout()
        line.addWidget(PlainLabel(_("People at work")), 1)
        line.addWidget(self.people)
        column.addLayout(line)
        column.addStretch(1)
        self._frame(inside)

    def _frame(self, inside: QWidget) -> None:
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        foot = FlowLayout(spacing=8)
        foot.setContentsMargins(24, 8, 16, 12)
        foot.addWidget(self.propose_button)
        foot.addWidget(self.reset)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(area, 1)
        layout.addLayout(foot)
        self.setFixedWidth(WIDTH_PX)

    def _connect(self) -> None:
        self.agreement.chosen.connect(self._choose)
        self.period.chosen.connect(self._choose_period)
        self.kind.chosen.connect(self._choose_kind)
        for dated in (self.first, self.last):
            dated.changed.connect(self.changed)
        self.targets.changed.connect(self.changed)
        self.hours.changed.connect(self.changed)
        for box in self.holds.values():
            box.toggled.connect(lambda _is: self._hold())
        self.people.valueChanged.connect(lambda _n: self.people_changed.emit())
        self.reset.clicked.connect(self.start_over)
        self.propose_button.clicked.connect(self.propose)

    # ------------------------------------------------------------ what is tried

    def show_board(self, board: TryBoard, wanted: int | None = None) -> None:
        """Offer what can be tried, keeping what is chosen."""
        self._board = board
        options: list[tuple[object, str]] = [
            (place, choice_words(one)) for place, one in enumerate(board.choices)
        ]
        self.agreement.set_options(options)
        kept = self.choice
        ids = [(one.agreement_id, one.back_unit_id) for one in board.choices]
        place = 0
        if wanted is not None:
            place = next((n for n, one in enumerate(ids) if one[0] == wanted), 0)
        elif kept is not None and (kept.agreement_id, kept.back_unit_id) in ids:
            place = ids.index((kept.agreement_id, kept.back_unit_id))
        if not board.choices:
            self.choice = None
            return
        self.agreement.set_value(place)
        if kept != board.choices[place]:
            self._choose(place)

    def _choose(self, place: object) -> None:
        assert isinstance(place, int)
        choice = self.choice = self._board.choices[place]
        self.between.setText(between_words(choice))
        self.people.blockSignals(True)
        self.people.setValue(max(1, choice.people))
        self.people.blockSignals(False)
        self.propose_button.setEnabled(True)
        self.start_over()

    def start_over(self) -> None:
        """Try what is agreed now."""
        if self.choice is None:
            return
        self._held = {}
        self.targets.set_terms(self.choice.terms)
        self.hours.set_calendar(self.choice.calendar)
        self._show_holds()
        self.changed.emit()

    def _choose_period(self, name: object) -> None:
        self._days.setVisible(name == "own")
        if name == "own" and not self.first.value():
            scope = self.scope()
            if scope is not None:
                self.first.set_value(self._day(scope.start).isoformat())
                last = self._day(scope.end - timedelta(seconds=1))
                self.last.set_value(last.isoformat())
        self.changed.emit()

    def _choose_kind(self, _name: str) -> None:
        self._show_holds()
        self.kind_chosen.emit()

    def shown_kind(self) -> TargetKind:
        """Return the kind of promise the figures are of."""
        return TargetKind(self.kind.value())

    def _show_holds(self) -> None:
        kind = self.shown_kind()
        words = _("What stops the clock: {kind}, waiting for")
        self.holds_title.setText(words.format(kind=_(KINDS[kind])))
        held = self._held.get(kind, self._agreed_holds(kind))
        for reason, box in self.holds.items():
            box.blockSignals(True)
            box.setChecked(reason in held)
            box.setEnabled(kind is not TargetKind.ANSWER)
            box.blockSignals(False)

    def _agreed_holds(self, kind: TargetKind) -> frozenset[PendingReason]:
        terms = self.choice.terms if self.choice else None
        return terms.holds.get(kind, frozenset()) if terms else frozenset()

    def _hold(self) -> None:
        chosen = frozenset(one for one, box in self.holds.items() if box.isChecked())
        kind = self.shown_kind()
        if chosen == self._agreed_holds(kind):
            self._held.pop(kind, None)
        else:
            self._held[kind] = chosen
        self.changed.emit()

    # ------------------------------------------------------------ what is wanted

    def trial(self) -> Trial | None:
        """Return the other terms, None while they make no sense."""
        try:
            calendar = self.hours.calendar()
        except Invalid:
            return None
        return Trial(self.targets.changes(), calendar, dict(self._held))

    def restore(self, trial: Trial) -> None:
        """Show the terms of a trial again."""
        self._held = dict(trial.holds)
        self.targets.restore(trial.targets)
        self.hours.restore(trial.calendar)
        self._show_holds()
        self.changed.emit()

    def try_target(self, seconds: int) -> None:
        """Try one target for every promise of the kind shown."""
        self.targets.set_all(self.shown_kind(), Target(seconds))
        self.changed.emit()

    def scope(self) -> ReplayScope | None:
        """Return which promises are replayed; None while the days make no sense."""
        if self.choice is None:
            return None
        days = self._span()
        if days is None or days[0] > days[1]:
            return None
        if days[0].year <= FIRST_YEAR or days[1].year >= LAST_YEAR:
            return None
        zone = self._context.clocks.zone
        first, after = (
            datetime.combine(day, time(), zone).astimezone(UTC)
            for day in (days[0], days[1] + timedelta(days=1))
        )
        choice = self.choice
        scope = ReplayScope(
            first,
            after,
            agreement_id=choice.agreement_id,
            front_unit_id=choice.front_unit_id,
            back_unit_id=choice.back_unit_id,
            service_id=choice.service_id,
        )
        if choice.agreement_id is None:
            scope = replace(scope, calendar_id=choice.calendar_id)
        return scope

    def _span(self) -> tuple[date, date] | None:
        """Return first and last day, both included; the last is over."""
        chosen = self.period.value()
        today = self._day(self._context.ticker.now())
        if chosen == "own":
            try:
                return (
                    date.fromisoformat(self.first.value() or ""),
                    date.fromisoformat(self.last.value() or ""),
                )
            except ValueError:
                return None
        if chosen == "ever":
            board = self._board
            if board.first_at is None or board.last_at is None:
                return None
            return self._day(board.first_at), self._day(board.last_at)
        days = next(one for name, _words, one in PERIODS if name == chosen)
        return today - timedelta(days=days), today - timedelta(days=1)

    def _day(self, at: datetime) -> date:
        return at.astimezone(self._context.clocks.zone).date()


def _small(words: str) -> PlainLabel:
    return PlainLabel(words, size="small", ink="text2")
