"""Writes a series down: who meets, when, which standing items, how it is printed."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date, time
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.domain.errors import Invalid, Refusal
from desktop.domain.print_options import PrintOptions
from desktop.domain.requests import Side
from desktop.domain.rhythms import Rhythm
from desktop.domain.series_drafts import MemberDraft, SeriesDraft, StandingDraft
from desktop.domain.series_templates import Beginning
from desktop.domain.session_days import HolidayRule
from desktop.i18n import gettext as _
from desktop.messages import refusal_words
from desktop.queries.lookups import PersonRow, UnitRow
from desktop.queries.series_editor import DaysAhead, EditorChoices
from ui.common.buttons import SegmentedControl
from ui.common.dialog import Dialog
from ui.common.inputs import CheckInput, ChoiceInput, LineInput
from ui.common.labelled import Labelled
from ui.common.labels import PlainLabel
from ui.common.room import room_for, take_room
from ui.meetings.series.beginning_field import BeginningField
from ui.meetings.series.fields import day_of, id_of, time_of
from ui.meetings.series.rows import MemberRow, Rows, StandingRow
from ui.meetings.series.when_part import WhenPart
from ui.meetings.series.words import PRINTED
from ui.meetings.words import minutes_words

WIDTH, HEIGHT = 1024, 664
ROUND = 64
"""What the dialog takes beside its parts."""
PAUSE_MS = 150
"""How long typing rests before the next days are worked out."""


class SeriesEditor(Dialog):
    """`said()` gives what a use case takes, or None after saying what is wrong.

    ``asked`` tells the days should be worked out anew; ``show_days`` shows them.
    """

    asked = Signal()

    def __init__(
        self,
        known: EditorChoices,
        said: SeriesDraft,
        *,
        is_new: bool,
        version: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            _("New series") if is_new else _("Change the series"),
            _("Regular sessions of a front office and a back office."),
            submit=_("Make the series") if is_new else _("Change it"),
            parent=parent,
        )
        self._known = known
        self._began = said
        self.version = version
        take_room(self, WIDTH, HEIGHT)
        self._who()
        self.when = WhenPart(said.zone)
        self._rows()
        self._printed()
        self._place(is_new)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.asked)
        self.when.changed.connect(self._pause.start)
        for unit in (self.front, self.back):
            unit.chosen.connect(lambda _one: self._pause.start())
        self.take(said)
        self.start_at(self.name)

    # ------------------------------------------------------------ the parts

    def _who(self) -> None:
        known = self._known
        nobody: list[tuple[object, str]] = [(None, _("To be named"))]
        people = [(one.id, _person(one)) for one in known.people]
        self._people: list[tuple[object, str]] = list(people)
        self.beginning = BeginningField(known.beginnings)
        self.beginning.chosen.connect(self._begin_like)
        self.name = LineInput()
        self.front = ChoiceInput(_units(known.units, "front"), placeholder=_("Choose"))
        self.back = ChoiceInput(_units(known.units, "back"), placeholder=_("Choose"))
        self.chair = ChoiceInput([*nobody, *people])
        self.taker = ChoiceInput([*nobody, *people])
        self.location = LineInput()
        self.link = LineInput(limit=500, placeholder="https://")
        self.boxes = {
            "beginning": Labelled(_("Begin like"), self.beginning),
            "name": Labelled(_("Name"), self.name, needed=True),
            "front_unit_id": Labelled(_("Front office"), self.front, needed=True),
            "back_unit_id": Labelled(_("Back office"), self.back, needed=True),
            "chair_id": Labelled(_("Chair"), self.chair),
            "minute_taker_id": Labelled(_("Minute-taker"), self.taker),
            "place": Labelled(_("Place"), self.location),
            "link": Labelled(_("Link"), self.link),
        }

    def _rows(self) -> None:
        sides = {one.id: one.side or Side.FRONT for one in self._known.people}
        self.members: Rows[MemberDraft] = Rows(
            lambda said: MemberRow(self._people, sides, said),
            _("Add a member"),
            _("Nobody yet. Chair and minute-taker belong to it without being named."),
        )
        self.standing: Rows[StandingDraft] = Rows(
            lambda said: StandingRow(self._people, said),
            _("Add a standing item"),
            _("No standing items. What is added here is on every agenda."),
        )
        self.total = PlainLabel("", ink="text2")
        self.standing.changed.connect(self._add_up)
        self.when.minutes.valueChanged.connect(lambda _n: self._add_up())

    def _printed(self) -> None:
        self.printed = {name: CheckInput(_(words)) for name, words in PRINTED.items()}
        self.paper = ChoiceInput([("a4", "A4"), ("letter", "Letter")])

    def _place(self, is_new: bool) -> None:
        self.tabs = SegmentedControl(
            [
                ("who", _("Who and where")),
                ("when", _("When")),
                ("members", _("Members")),
                ("standing", _("Standing items")),
                ("printed", _("On paper")),
            ],
            name=_("Parts of the series"),
        )
        self.parts = QStackedWidget()
        self._shown = ["who", "when", "members", "standing", "printed"]
        who = _grid(self.boxes, wide=("name", "beginning"))
        self.boxes["beginning"].setVisible(is_new and bool(self._known.beginnings))
        standing = _column(
            PlainLabel(_("On every agenda of this series."), ink="text2"),
            self.standing,
            self.total,
        )
        printed = _column(
            PlainLabel(_("What the print dialog begins with."), ink="text2"),
            *self.printed.values(),
            Labelled(_("Paper"), self.paper),
        )
        members = _column(
            PlainLabel(
                _("Who is invited and told. A deputy stands in for them."), ink="text2"
            ),
            self.members,
        )
        for part in (who, self.when, members, standing, printed):
            self.parts.addWidget(part)
        self.tabs.chosen.connect(self.show_part)
        self.body.addWidget(self.tabs)
        self.body.addWidget(self.parts, 1)
        self._fit()

    def _fit(self) -> None:  # words are longer in some languages
        least = self.parts.minimumSizeHint().width() + ROUND
        room = room_for(self).width()
        if least > room:
            self.when.stack()
        self.setMinimumWidth(min(max(WIDTH, least), room))

    def show_part(self, part: str) -> None:
        """Show one part of the series."""
        self.parts.setCurrentIndex(self._shown.index(part))
        self.tabs.set_value(part)

    # ------------------------------------------------------------ showing

    def take(self, said: SeriesDraft) -> None:
        """Show a series."""
        self.name.setText(said.name)
        for field, value in (
            (self.front, said.front_unit_id),
            (self.back, said.back_unit_id),
            (self.chair, said.chair_id),
            (self.taker, said.minute_taker_id),
        ):
            field.set_value(value)
        self.location.setText(said.place)
        self.link.setText(said.link)
        self.when.take(said)
        self.members.take(said.members)
        self.standing.take(said.standing)
        options = PrintOptions.of(said.options)
        for name, box in self.printed.items():
            box.setChecked(bool(getattr(options, name)))
        self.paper.set_value(options.size)

    def _begin_like(self, begun: Beginning) -> None:
        """Take what a template or another series hands on; the rest stays as typed."""
        day = self._began.starts_on
        with suppress(Invalid):
            day = day_of(self.when.starts_on, "starts_on")
        self.when.take(
            replace(
                self._began,
                starts_on=day,
                rule=begun.on(day).rule(self._began.zone),
                at=begun.at,
                minutes=begun.minutes,
                holidays=begun.holidays,
                ahead=begun.ahead,
            )
        )
        fresh = [replace(one, key=uuid.uuid4()) for one in begun.standing]
        self.standing.take(fresh)
        options = PrintOptions.of(begun.options)
        for name, box in self.printed.items():
            box.setChecked(bool(getattr(options, name)))

    def show_days(self, found: DaysAhead) -> None:
        """Show the next days of what was said."""
        self.when.days.show_days(found, self._began.zone)

    def show_no_days(self, words: str) -> None:
        """Say why no days can be shown."""
        self.when.days.show_problem(words)

    def _add_up(self) -> None:
        taken = sum(one.minutes for one in self.standing.drafts())
        words = _("Together {taken} of {all}.").format(
            taken=minutes_words(taken), all=minutes_words(self.when.minutes.value())
        )
        self.total.setText(words if taken else "")
        self.total.set_ink("risk" if taken > self.when.minutes.value() else "text2")

    # ------------------------------------------------------------ reading

    def said(self) -> SeriesDraft | None:
        """Return what was said; None when it cannot be, which is said there."""
        self._forget_problems()
        try:
            return self._said()
        except Invalid as refusal:
            self.refused(refusal)
            return None

    def draft(self) -> SeriesDraft | None:
        """Return what was said so far, None where no days come of it; quietly."""
        try:
            return self._said()
        except Invalid:
            return None

    def _said(self) -> SeriesDraft:
        when = self.when
        zone = self._began.zone
        day = day_of(when.starts_on, "starts_on")
        return replace(
            self._began,
            name=self.name.text(),
            front_unit_id=id_of(self.front.value()),
            back_unit_id=id_of(self.back.value()),
            rule=when.rhythm.rule(zone),
            starts_on=day,
            at=time_of(when.at),
            minutes=when.minutes.value(),
            place=self.location.text(),
            link=self.link.text(),
            chair_id=id_of(self.chair.value()),
            minute_taker_id=id_of(self.taker.value()),
            members=self.members.drafts(),
            skipped_days=tuple(sorted(when.skipped)),
            holidays=HolidayRule(str(when.holidays.value())),
            ahead=when.ahead.value(),
            standing=self.standing.drafts(),
            options=self._options(),
        )

    def _options(self) -> dict[str, object]:
        chosen = {name: box.isChecked() for name, box in self.printed.items()}
        size = "letter" if self.paper.value() == "letter" else "a4"
        told = PrintOptions.of({**chosen, "size": size}).content()
        beside = {
            name: value
            for name, value in self._began.options.items()
            if name not in PRINTED and name != "size"
        }
        return {**beside, **told}

    def beside(self) -> dict[str, Any]:
        """Return what makes saving it again no second one, and what it began from."""
        return {"key": str(self._began.key), "version": self.version}

    def put_beside(self, content: dict[str, Any]) -> None:
        """Go on with one that was begun; who changed it since is then told of."""
        self._began = replace(self._began, key=uuid.UUID(content["key"]))
        self.version = int(content["version"])

    # ------------------------------------------------------------ refusing

    def refused(self, refusal: Refusal) -> None:
        """Say at the field what is wrong, in the part it is in, else above all."""
        self.set_busy(False)
        self._forget_problems()
        told = self._problem_place(refusal)
        if told is None:
            self.show_refusal(refusal)
            return
        part, show = told
        self.show_part(part)
        show(refusal_words(refusal))

    def _problem_place(
        self, refusal: Refusal
    ) -> tuple[str, Callable[[str], None]] | None:
        if not isinstance(refusal, Invalid):
            return None
        head, _dot, rest = refusal.field.partition(".")
        when = {"interval": "rule", "weekdays": "rule", "until": "rule"}
        when |= {"times": "rule", "rhythm": "rule", "recurrence": "rule"}
        if head in self.boxes:
            return "who", self.boxes[head].refuse
        if when.get(head, head) in self.when.boxes:
            return "when", self.when.boxes[when.get(head, head)].refuse
        if head == "members":
            return "members", lambda words: self.members.show_problem(words, rest)
        if head == "standing":
            return "standing", lambda words: self.standing.show_problem(words, rest)
        return None

    def _forget_problems(self) -> None:
        for box in (*self.boxes.values(), *self.when.boxes.values()):
            box.show_problem("")
        self.members.show_problem("")
        self.standing.show_problem("")


def begin_series(today: date, zone: str, me: int | None) -> SeriesDraft:
    """Return a new series as it is shown before anything was said."""
    begun = Beginning()
    return SeriesDraft(
        name="",
        front_unit_id=None,
        back_unit_id=None,
        rule=Rhythm(interval=2, weekdays=(today.weekday(),)).rule(zone),
        starts_on=today,
        at=time(10),
        zone=zone,
        minutes=begun.minutes,
        holidays=HolidayRule.LATER,
        chair_id=me,
    )


def _grid(boxes: dict[str, Labelled], wide: tuple[str, ...]) -> QWidget:
    part = QWidget()
    grid = QGridLayout(part)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(12)
    grid.setColumnStretch(0, 1)
    grid.setColumnStretch(1, 1)
    row, column = 0, 0
    for name, box in boxes.items():
        if name in wide:
            grid.addWidget(box, row, 0, 1, 2)
            row, column = row + 1, 0
            continue
        grid.addWidget(box, row, column)
        row, column = (row + 1, 0) if column else (row, 1)
    grid.setRowStretch(row + 1, 1)
    return part


def _column(*widgets: QWidget) -> QWidget:
    part = QWidget()
    column = QVBoxLayout(part)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(8)
    for widget in widgets:
        column.addWidget(widget)
    column.addStretch(1)
    return part


def _units(units: Sequence[UnitRow], side: str) -> list[tuple[object, str]]:
    return [(one.id, one.name) for one in units if str(one.side) == side]


def _person(one: PersonRow) -> str:
    return f"{one.name}, {one.unit}" if one.unit else one.name
