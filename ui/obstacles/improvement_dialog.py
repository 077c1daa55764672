"""Planning an improvement: what is measured, between whom, before, after, by when."""

from __future__ import annotations

import uuid
from datetime import date, timedelta, tzinfo
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop import formats
from desktop.domain.errors import Invalid, Refusal
from desktop.domain.improvements import (
    READINGS,
    USUAL_DAYS,
    Figure,
    Measure,
    Span,
    proof_span,
    usual_baseline,
)
from desktop.domain.requests import Side
from desktop.i18n import gettext as _
from desktop.messages import refusal_words
from desktop.reports.obstacle_words import MEASURES, figure_words, of_words
from ui.common.date_input import DateInput
from ui.common.dialog import Dialog
from ui.common.inputs import ChoiceInput, LineInput, TextInput
from ui.common.labelled import Labelled
from ui.common.labels import PlainLabel

if TYPE_CHECKING:
    from desktop.queries.improvements import ImprovementChoices, ImprovementRow
    from desktop.queries.obstacle_details import ObstacleDetails
    from desktop.use_cases.improvements import NewImprovement
    from ui.context import Context
    from ui.operations import Ticket

ALL_SERVICES = 0
LOOK_MS = 300
HINTS = {
    "share": lambda: _("per cent, for example 80"),
    "seconds": lambda: _("working hours, for example 6"),
    "count": lambda: _("requests, for example 20"),
}


class ImprovementDialog(Dialog):
    """The baseline's figure is counted and shown while the days are chosen."""

    def __init__(
        self,
        context: Context,
        details: ObstacleDetails,
        choices: ImprovementChoices,
        made: ImprovementRow | None = None,
        parent: QWidget | None = None,
    ) -> None:
        number = details.row.number
        title = _("Improve #{number}") if made is None else _("Change the improvement")
        super().__init__(
            title.format(number=number),
            _(
                "The figure before is counted now from what happened. On the proof "
                "date the same figure is counted again over as many days."
            ),
            submit=_("Plan") if made is None else _("Change"),
            parent=parent,
        )
        self.setMinimumWidth(640)
        self._context, self._details, self._made = context, details, made
        self._key = uuid.uuid4()
        self._ticket: Ticket | None = None
        self._make_fields(choices)
        self._place()
        self._fill()
        self._connect()
        self._show_measure()

    # ------------------------------------------------------------ fields

    def _make_fields(self, choices: ImprovementChoices) -> None:
        self.title = LineInput()
        self.text = TextInput(lines=2)
        self.owner = ChoiceInput([(one.id, one.name) for one in choices.people])
        self.measure = ChoiceInput([(one, _(words)) for one, words in MEASURES.items()])
        sides = {
            side: [(one.id, one.name) for one in choices.units if one.side is side]
            for side in Side
        }
        self.front = ChoiceInput(sides[Side.FRONT])
        self.back = ChoiceInput(sides[Side.BACK])
        self.service = ChoiceInput(
            [(ALL_SERVICES, _("All services")), *choices.services]
        )
        self.first, self.last = DateInput(), DateInput()
        self.starts, self.proof = DateInput(), DateInput()
        self.target = LineInput(limit=12)
        self.before = PlainLabel("", ink="text2", wraps=True)
        self.fields = {
            "title": Labelled(_("What is done"), self.title),
            "owner": Labelled(_("Owner"), self.owner),
            "measure": Labelled(_("Measured by"), self.measure),
            "front_unit": Labelled(_("Front office"), self.front),
            "back_unit": Labelled(_("Back office"), self.back),
            "service": Labelled(_("Service"), self.service),
            "baseline": Labelled(_("Before, from"), self.first),
            "baseline_until": Labelled(_("until"), self.last),
            "starts_on": Labelled(_("Starts on"), self.starts),
            "proof_on": Labelled(_("Proof on"), self.proof),
            "target": Labelled(_("Target"), self.target, note=_("optional")),
            "text": Labelled(_("More about it"), self.text, note=_("optional")),
        }

    def _place(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(12)
        lines = (
            ("title",),
            ("owner", "measure"),
            ("front_unit", "back_unit"),
            ("service", "target"),
            ("baseline", "baseline_until"),
            ("starts_on", "proof_on"),
        )
        for row, names in enumerate(lines):
            for column, name in enumerate(names):
                span = 2 if len(names) == 1 else 1
                grid.addWidget(self.fields[name], row, column, 1, span)
        for column in (0, 1):
            grid.setColumnStretch(column, 1)
        self.body.addLayout(grid)
        self.body.addWidget(self.before)
        self.body.addWidget(self.fields["text"])
        self.start_at(self.title)

    def _fill(self) -> None:
        made, details = self._made, self._details
        today = self._context.ticker.now().astimezone(self._zone()).date()
        if made is not None:
            self._fill_from(made)
            return
        self.title.setText(details.proposal.split("\n")[0] or details.row.title)
        me = self._context.me.person_id
        self.owner.set_value(details.owing_id or me)
        self.measure.set_value(Measure.KEPT)
        for field in (self.front, self.back):
            for unit in (details.unit_id, details.row.owing_unit_id):
                if field.value() is None:
                    field.set_value(unit)
            if field.value() is None:
                field.setCurrentIndex(0)
        self.service.set_value(details.service_id or ALL_SERVICES)
        self._set_days(usual_baseline(today), today, today + timedelta(days=USUAL_DAYS))

    def _fill_from(self, made: ImprovementRow) -> None:
        self.title.setText(made.title)
        self.text.setPlainText(made.text)
        self.owner.set_value(made.owner_id)
        self.measure.set_value(made.measured.measure)
        self.front.set_value(made.measured.front_unit_id)
        self.back.set_value(made.measured.back_unit_id)
        self.service.set_value(made.measured.service_id or ALL_SERVICES)
        self._set_days(made.baseline, made.starts_on, made.proof_on)
        if made.target is not None:
            scale = _SCALES[READINGS[made.measured.measure].form]
            self.target.setText(f"{made.target * scale:g}")

    def _set_days(self, baseline: Span, starts_on: date, proof_on: date) -> None:
        for field, day in (
            (self.first, baseline.first),
            (self.last, baseline.last),
            (self.starts, starts_on),
            (self.proof, proof_on),
        ):
            field.set_value(day.isoformat())

    def _connect(self) -> None:
        self._looking = QTimer(self)
        self._looking.setSingleShot(True)
        self._looking.setInterval(LOOK_MS)
        self._looking.timeout.connect(self._count)
        for choice in (self.measure, self.front, self.back, self.service):
            choice.chosen.connect(lambda _one: self._show_measure())
        for day in (self.first, self.last):
            day.changed.connect(self._looking.start)
            day.submitted.connect(self.submit)
        self.starts.changed.connect(self._follow_start)
        for field in (self.title, self.target, self.text):
            field.submitted.connect(self.submit)

    def _zone(self) -> tzinfo:
        return self._context.clocks.zone

    # ------------------------------------------------------------ what is shown

    def _show_measure(self) -> None:
        form = READINGS[self._measure()].form
        self.target.setPlaceholderText(HINTS[form]())
        self._looking.start()

    def _follow_start(self) -> None:
        """Propose the first day on which as many days are over as before."""
        baseline, starts_on = self._baseline(), _day(self.starts)
        if baseline is None or starts_on is None or baseline.days < 1:
            return
        proof = _day(self.proof)
        earliest = proof_span(baseline, starts_on).last + timedelta(days=1)
        if proof is None or proof < earliest:
            self.proof.set_value(earliest.isoformat())

    def _count(self) -> None:
        """Count the figure before, as it would be kept."""
        from desktop.queries.improvements import Measured, figure_of

        if self._ticket is not None:
            self._ticket.cancel()
        baseline = self._baseline()
        front, back = _identity(self.front), _identity(self.back)
        if baseline is None or baseline.days < 1 or not front or not back:
            self.before.setText("")
            return
        self.before.setText(_("Counting the figure before …"))
        service = _identity(self.service) or None
        measured = Measured(self._measure(), front, back, service)
        read = self._context.operations.read_behind(figure_of, measured, baseline)
        self._ticket = read.start(self, self._say_before, self._say_no_figure)

    def _say_before(self, figure: Figure) -> None:
        baseline = self._baseline()
        if baseline is None:
            return
        told = _("Before: {figure}, {n}, {days}").format(
            figure=figure_words(self._measure(), figure),
            n=of_words(figure),
            days=formats.date_range(baseline.first, baseline.last),
        )
        self.before.setText(told)

    def _say_no_figure(self, refusal: Refusal) -> None:
        self.before.setText(refusal_words(refusal))

    # ------------------------------------------------------------ what is sent

    def _measure(self) -> Measure:
        return Measure(str(self.measure.value()))

    def _baseline(self) -> Span | None:
        first, last = _day(self.first), _day(self.last)
        return None if first is None or last is None else Span(first, last)

    def draft(self) -> NewImprovement | None:
        """Return what was chosen, or None with the field named that is not filled."""
        from desktop.use_cases.improvements import NewImprovement

        baseline = self._baseline()
        starts_on, proof_on = _day(self.starts), _day(self.proof)
        for name, value in (
            ("baseline", baseline),
            ("starts_on", starts_on),
            ("proof_on", proof_on),
        ):
            if value is None:
                self._complain(name, _("Choose a day."))
                return None
        is_read, target = self._target()
        if not is_read:
            self._complain("target", _("This is not a number."))
            return None
        assert baseline is not None
        assert starts_on is not None
        assert proof_on is not None
        front, back, owner = (
            _identity(one) for one in (self.front, self.back, self.owner)
        )
        return NewImprovement(
            title=self.title.text(),
            owner_id=owner,
            measure=self._measure(),
            front_unit_id=front,
            back_unit_id=back,
            baseline=baseline,
            starts_on=starts_on,
            proof_on=proof_on,
            service_id=_identity(self.service) or None,
            target=target,
            text=self.text.toPlainText(),
            key=self._key,
        )

    def beside(self) -> str:
        """Return what makes planning it again no second one."""
        return str(self._key)

    def put_beside(self, content: str) -> None:
        """Go on with one that was begun."""
        self._key = uuid.UUID(content)

    def _target(self) -> tuple[bool, float | None]:
        words = self.target.text().strip().rstrip("%").strip().replace(",", ".")
        if not words:
            return True, None
        try:
            value = float(words)
        except ValueError:
            return False, None
        return True, value / _SCALES[READINGS[self._measure()].form]

    def _complain(self, name: str, words: str) -> None:
        for one, field in self.fields.items():
            field.show_problem(words if one == name else "")
        self.fields[name].field.setFocus()
        self.grow()

    def refuse(self, refusal: Refusal) -> None:
        """Say beside the field what is wrong with it, else above the buttons."""
        self.set_busy(False)
        if isinstance(refusal, Invalid) and refusal.field in self.fields:
            self._complain(refusal.field, refusal_words(refusal))
        else:
            self.show_refusal(refusal)


_SCALES = {"share": 100.0, "seconds": 1 / 3600, "count": 1.0}


def _day(field: DateInput) -> date | None:
    try:
        return date.fromisoformat(field.value() or "")
    except ValueError:
        return None


def _identity(field: ChoiceInput) -> int:
    value = field.value()
    return value if isinstance(value, int) else 0
