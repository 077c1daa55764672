"""Public holidays of a country or a part of it, with what they would change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from desktop.domain.calendar_changes import HolidayChanges, holiday_changes
from desktop.domain.errors import Refusal
from desktop.exchange.holiday_refresh import HolidaySource, with_fresh_holidays
from desktop.exchange.public_holidays import supported_countries
from desktop.formats import day as day_words
from desktop.i18n import gettext as _
from desktop.i18n import ngettext
from ui.calendars.draft import Plan
from ui.calendars.words import field_of
from ui.common.countries import country_names
from ui.common.dialog import Dialog
from ui.common.inputs import ChoiceInput
from ui.common.labelled import Labelled
from ui.common.labels import PlainLabel
from ui.common.lines import HEIGHT, Line, Lines
from ui.common.week.fields import side_by_side
from ui.common.week.words import closure_title, problem_of

if TYPE_CHECKING:
    from ui.operations import Operations

YEARS_AHEAD = 3
PAUSE_MS = 150


def changes_lines(changes: HolidayChanges) -> list[Line]:
    """Return what would be added, removed, renamed and worked, by date."""
    rows: list[tuple[date, Line]] = []
    for closure, icon, words in (
        *((one, "plus", _("added")) for one in changes.added),
        *((one, "minus", _("removed")) for one in changes.removed),
        *((one, "info-circle", _("closed already, stays")) for one in changes.own),
    ):
        when = day_words(closure.start, year=True)
        line = Line((icon, closure), closure_title(closure), when, words, icon)
        rows.append((closure.start, line))
    for before, after in changes.renamed:
        when = day_words(after.start, year=True)
        was = _("{date}, was {name}").format(date=when, name=closure_title(before))
        line = Line(after, closure_title(after), was, _("renamed"), "pencil")
        rows.append((after.start, line))
    for days, words in (
        (changes.worked, _("becomes a working day")),
        (changes.not_worked, _("no working day any more")),
    ):
        for day in days:
            when = day_words(day, year=True)
            rows.append((day, Line(day, when, words, _("moved"), "clock")))
    return [line for _day, line in sorted(rows, key=lambda one: one[0])]


def changes_words(changes: HolidayChanges) -> str:
    """Return what would change in a sentence."""
    if changes.is_nothing:
        return _("Nothing would change: these public holidays are in the calendar.")
    parts = []
    for number, words in (
        (len(changes.added), ngettext("{n} added", "{n} added", len(changes.added))),
        (
            len(changes.removed),
            ngettext("{n} removed", "{n} removed", len(changes.removed)),
        ),
        (
            len(changes.renamed),
            ngettext("{n} renamed", "{n} renamed", len(changes.renamed)),
        ),
    ):
        if number:
            parts.append(words.format(n=number))
    moved = len(changes.worked) + len(changes.not_worked)
    if moved:
        words = ngettext("{n} moved working day", "{n} moved working days", moved)
        parts.append(words.format(n=moved))
    return _("{changes}. Closures of your own stay.").format(changes=", ".join(parts))


class HolidaysDialog(Dialog):
    """`plan()` is the calendar with the holidays in it, once they were looked up."""

    def __init__(
        self,
        plan: Plan,
        year: int,
        operations: Operations,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            _("Public holidays"),
            _("They are copied into the calendar, where you may change them."),
            submit=_("Put them in"),
            parent=parent,
        )
        self.resize(600, 0)
        self._before = plan
        self._found: Plan | None = None
        self._operations = operations
        self._countries: Mapping[str, Sequence[str]] = {}
        self._asked = 0
        self.country = ChoiceInput(placeholder=_("Choose"))
        self.part = ChoiceInput(placeholder=_("The whole country"))
        self.years = ChoiceInput(
            [(n, _years(year, n)) for n in range(1, YEARS_AHEAD + 1)],
        )
        self.years.set_value(2)
        self._year = year
        self.boxes = {
            "country": Labelled(_("Country"), self.country),
            "subdivision": Labelled(_("Part of it"), self.part),
            "years": Labelled(_("Years"), self.years),
        }
        self.body.addLayout(
            side_by_side(self.boxes["country"], self.boxes["subdivision"])
        )
        self.body.addWidget(self.boxes["years"])
        self.sentence = PlainLabel("", wraps=True)
        self.list = Lines(_("What would change"), margin=8)
        self.list.setFixedHeight(5 * HEIGHT)
        self.body.addWidget(self.sentence)
        self.body.addWidget(self.list)
        self.submit_button.setEnabled(False)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._look_up)
        self.country.chosen.connect(lambda _code: self._choose_country())
        self.part.chosen.connect(lambda _code: self._ask())
        self.years.chosen.connect(lambda _n: self._ask())
        self.sentence.setText(_("Looking up the countries known…"))
        reading = operations.work_slowly(supported_countries)
        reading.start(self, self._show_countries, self.show_refusal)
        self.start_at(self.country)

    def _show_countries(self, known: Mapping[str, Sequence[str]]) -> None:
        self._countries = known
        self.country.set_options(country_names(list(known)))
        self.country.set_value(self._before.country)
        self.sentence.setText(_("Choose a country to see what would change."))
        self._choose_country()
        self.part.set_value(self._before.subdivision or "")
        self._ask()

    def _choose_country(self) -> None:
        parts = self._countries.get(str(self.country.value() or ""), ())
        whole: list[tuple[object, str]] = [("", _("The whole country"))]
        self.part.set_options([*whole, *((one, one) for one in parts)])
        self.part.set_value("")
        self.part.setEnabled(bool(parts))
        self._ask()

    def source(self) -> HolidaySource:
        """Return the country and part chosen."""
        country, part = self.country.value(), self.part.value()
        return HolidaySource(
            str(country) if country else None, str(part) if part else None
        )

    def _ask(self) -> None:
        self._found = None
        self.submit_button.setEnabled(False)
        if self.country.value():
            self._pause.start()

    def _look_up(self) -> None:
        self._asked += 1
        asked, source = self._asked, self.source()
        count = self.years.value()
        years = range(self._year, self._year + (count if isinstance(count, int) else 1))
        spec = self._before.spec

        def work() -> Plan:
            fresh = with_fresh_holidays(spec, source, years)
            return Plan(fresh, source.country, source.subdivision)

        def show(found: Plan) -> None:
            if asked == self._asked:
                self._show(found)

        reading = self._operations.work_slowly(work)
        reading.start(self, show, self.show_refusal)

    def _show(self, found: Plan) -> None:
        self._found = found
        for box in self.boxes.values():
            box.show_problem("")
        changes = holiday_changes(self._before.spec, found.spec)
        self.sentence.setText(changes_words(changes))
        self.list.set_lines(changes_lines(changes))
        source = (self._before.country, self._before.subdivision)
        moved = source != (found.country, found.subdivision)
        self.submit_button.setEnabled(moved or not changes.is_nothing)

    def plan(self) -> Plan | None:
        """Return the calendar with the holidays, None while they are looked up."""
        return self._found

    def show_refusal(self, refusal: Refusal) -> None:
        """Say it at the field it is about."""
        self.submit_button.setEnabled(False)
        box = self.boxes.get(field_of(refusal))
        if box is None:
            self.show_problem(problem_of(refusal))
        else:
            box.refuse(problem_of(refusal))


def _years(first: int, count: int) -> str:
    if count == 1:
        return str(first)
    return _("{first} to {last}").format(first=first, last=first + count - 1)
