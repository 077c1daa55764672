"""Asks for a new series: who meets whom, how often, where, who belongs to it."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date, time

from PySide6.QtWidgets import QGridLayout, QScrollArea, QVBoxLayout, QWidget

from desktop import formats
from desktop.domain.errors import Invalid, Refusal
from desktop.domain.requests import Side
from desktop.domain.rhythms import Rhythm, place_in_month
from desktop.domain.series_drafts import LONGEST, SHORTEST, MemberDraft, SeriesDraft
from desktop.i18n import gettext as _
from desktop.messages import refusal_words
from desktop.queries.lookups import PersonRow, UnitRow
from ui.common.dialog import Dialog
from ui.common.form import PROBLEM_WORDS, DateInput
from ui.common.inputs import CheckInput, ChoiceInput, LineInput
from ui.common.labels import PlainLabel
from ui.meetings.field_box import FieldBox, minutes_input, time_input
from ui.meetings.words import RHYTHMS


class SeriesDialog(Dialog):
    """`series()` gives what a use case takes, or None after saying what is missing."""

    def __init__(
        self,
        units: Sequence[UnitRow],
        people: Sequence[PersonRow],
        today: date,
        zone: str,
        me: int,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            _("New series"),
            _("Regular sessions of a front office and a back office."),
            submit=_("Make the series"),
            parent=parent,
        )
        self.resize(640, 0)
        self.key = uuid.uuid4()
        self._zone = zone
        self.name = LineInput()
        self.front = ChoiceInput(_units(units, "front"), placeholder=_("Choose"))
        self.back = ChoiceInput(_units(units, "back"), placeholder=_("Choose"))
        self.rhythm = ChoiceInput([(one, _(words)) for one, words in RHYTHMS.items()])
        self.rhythm.set_value("two_weeks")
        self.starts_on = DateInput()
        self.starts_on.set_value(today.isoformat())
        self.at = time_input(10)
        self.minutes = minutes_input(60, SHORTEST, LONGEST)
        self.place = LineInput()
        nobody: list[tuple[object, str]] = [(None, _("To be named"))]
        known = [*nobody, *((one.id, _person(one)) for one in people)]
        self.chair = ChoiceInput(known)
        self.chair.set_value(me if any(one.id == me for one in people) else None)
        self.taker = ChoiceInput(known)
        self.taker.set_value(None)
        self.members = {one.id: CheckInput(_person(one)) for one in people}
        self.sentence = PlainLabel("", ink="text2", wraps=True)
        self._fields()
        self.starts_on.changed.connect(self._say)
        self.rhythm.chosen.connect(lambda _one: self._say())
        self.at.timeChanged.connect(lambda _at: self._say())
        self._say()
        self.start_at(self.name)

    def _fields(self) -> None:
        holder = QWidget()
        holder.setObjectName("scrolled")
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for box in self.members.values():
            column.addWidget(box)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(holder)
        scroll.setFixedHeight(112)
        self.boxes = {
            "name": FieldBox(_("Name"), self.name, needed=True),
            "front_unit_id": FieldBox(_("Front office"), self.front, needed=True),
            "back_unit_id": FieldBox(_("Back office"), self.back, needed=True),
            "starts_on": FieldBox(_("First session"), self.starts_on, needed=True),
            "at": FieldBox(_("Begins at"), self.at),
            "rhythm": FieldBox(_("How often"), self.rhythm),
            "minutes": FieldBox(_("Length"), self.minutes),
            "place": FieldBox(_("Place or link"), self.place),
            "chair": FieldBox(_("Chair"), self.chair),
            "taker": FieldBox(_("Minute-taker"), self.taker),
            "members": FieldBox(_("Members"), scroll),
        }
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(12)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        grid.addWidget(self.boxes["name"], 0, 0, 1, 2)
        order = [name for name in self.boxes if name not in ("name", "members")]
        for number, name in enumerate(order):
            row, column_at = divmod(number, 2)
            wide = 2 if name == order[-1] and not column_at else 1
            grid.addWidget(self.boxes[name], row + 1, column_at, 1, wide)
        self.body.addLayout(grid)
        self.body.addWidget(self.boxes["members"])
        self.body.addWidget(self.sentence)

    def _day(self) -> date | None:
        try:
            return date.fromisoformat(self.starts_on.value() or "")
        except ValueError:
            return None

    def _say(self) -> None:
        """Say the rule as a sentence, so that nobody has to work it out."""
        day = self._day()
        self.boxes["starts_on"].show_problem("")
        if day is None:
            self.sentence.setText("")
            return
        words = {
            "weekly": _("Every week on the weekday of {day}, at {time}."),
            "two_weeks": _("Every two weeks from {day} on, at {time}."),
            "four_weeks": _("Every four weeks from {day} on, at {time}."),
        }
        last = _("Every month on the last such weekday, first on {day}, at {time}.")
        nth = {
            1: _("Every month on the first such weekday, first on {day}, at {time}."),
            2: _("Every month on the second such weekday, first on {day}, at {time}."),
            3: _("Every month on the third such weekday, first on {day}, at {time}."),
            4: _("Every month on the fourth such weekday, first on {day}, at {time}."),
        }
        rhythm = str(self.rhythm.value())
        told = words.get(rhythm) or nth.get(place_in_month(day), last)
        at = self.at.time().toString("HH:mm")
        self.sentence.setText(told.format(day=formats.long_day(day), time=at))

    def series(self) -> SeriesDraft | None:
        """Return what was said; None when the day is no day, which is said there."""
        day = self._day()
        if day is None:
            typed = bool(self.starts_on.value())
            code = "not_a_date" if typed else "missing"
            self.boxes["starts_on"].show_problem(_(PROBLEM_WORDS[code]))
            return None
        at = self.at.time()
        return SeriesDraft(
            name=self.name.text(),
            front_unit_id=_id(self.front.value()),
            back_unit_id=_id(self.back.value()),
            rule=_rhythm(str(self.rhythm.value()), day).rule(self._zone),
            starts_on=day,
            at=time(at.hour(), at.minute()),
            zone=self._zone,
            minutes=self.minutes.value(),
            place=self.place.text(),
            chair_id=_id(self.chair.value()),
            minute_taker_id=_id(self.taker.value()),
            members=tuple(
                MemberDraft(one, Side.FRONT)
                for one, box in self.members.items()
                if box.isChecked()
            ),
            key=self.key,
        )

    def refused(self, refusal: Refusal) -> None:
        """Say at the field what is wrong, else above the buttons."""
        self.set_busy(False)
        for box in self.boxes.values():
            box.show_problem("")
        if isinstance(refusal, Invalid) and refusal.field in self.boxes:
            self.boxes[refusal.field].show_problem(refusal_words(refusal))
        else:
            self.show_refusal(refusal)


def _units(units: Sequence[UnitRow], side: str) -> list[tuple[object, str]]:
    return [(one.id, one.name) for one in units if str(one.side) == side]


def _person(one: PersonRow) -> str:
    return f"{one.name}, {one.unit}" if one.unit else one.name


def _id(value: object) -> int | None:
    return value if isinstance(value, int) else None


def _rhythm(name: str, day: date) -> Rhythm:
    weekday = (day.weekday(),)
    if name == "monthly":
        return Rhythm("months", 1, weekday, place_in_month(day))
    return Rhythm("weeks", {"two_weeks": 2, "four_weeks": 4}.get(name, 1), weekday)
