"""The dialogs of the calendars page, and the steps their answers are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from desktop.domain.calendars import CalendarSpec, Closure
from desktop.domain.errors import Invalid
from desktop.i18n import gettext as _
from desktop.use_cases.calendars import CalendarSaved, create_calendar
from ui.calendars.draft import (
    Draft,
    with_closures,
    with_hours,
    with_week,
    without_closure,
    without_week,
)
from ui.calendars.holidays_dialog import HolidaysDialog
from ui.calendars.import_dialog import ImportDialog
from ui.calendars.name_dialog import OFFICE_HOURS, NameDialog
from ui.calendars.words import range_words
from ui.common.dialog import Dialog, Question
from ui.common.week.dialogs import ClosureDialog, DateDialog, HoursDialog
from ui.common.week.words import problem_of

if TYPE_CHECKING:
    from ui.calendars.page import CalendarsPage
    from ui.context import Context


class Asking:
    """Each method asks, then takes a step of the page's draft."""

    def __init__(self, context: Context, page: CalendarsPage) -> None:
        self._context = context
        self._page = page

    @property
    def _draft(self) -> Draft:
        return self._page.draft

    def today(self) -> date:
        """Return the present day where the calendar is."""
        now = self._context.ticker.now()
        try:
            return now.astimezone(ZoneInfo(self._draft.spec.zone)).date()
        except (OSError, ValueError, LookupError):
            return now.date()

    def _take(self, dialog: Dialog, step: Callable[[], CalendarSpec | None]) -> None:
        """Take the step an answer is; one that is refused is said in the dialog."""

        def submit() -> None:
            try:
                spec = step()
            except Invalid as problem:
                dialog.show_problem(problem_of(problem))
                return
            if spec is not None:
                self._draft.put_spec(spec)
                dialog.accept()

        dialog.submitted.connect(submit)
        dialog.open()

    # ------------------------------------------------------------ the calendar

    def new_calendar(self) -> None:
        """Ask for a name and a zone, and make a calendar."""
        zone = self._draft.spec.zone
        dialog = NameDialog(zone if zone != "UTC" else "", None, self._page)

        def submit() -> None:
            names = dialog.names()
            if names is None:
                return
            dialog.set_busy(True)
            spec = CalendarSpec(names[1], OFFICE_HOURS, name=names[0])
            writing = self._context.operations.write(
                create_calendar, spec, key=dialog.key
            )

            def made(saved: CalendarSaved) -> None:
                dialog.accept()
                self._page.go_to(saved.calendar_id)

            writing.start(self._page, made, dialog.show_refusal)

        dialog.submitted.connect(submit)
        dialog.open()

    def rename(self) -> None:
        """Ask for another name or zone."""
        dialog = NameDialog("", self._draft.spec, self._page)

        def step() -> CalendarSpec | None:
            names = dialog.names()
            if names is None:
                return None
            return replace(self._draft.spec, name=names[0], zone=names[1])

        self._take(dialog, step)

    # ------------------------------------------------------------ the week

    def add_week(self) -> None:
        """Ask from which date on other weekly hours hold."""
        dialog = DateDialog(
            _("Other hours from a date"),
            _("They start as the hours on screen, to be changed."),
            _("They hold from"),
            self.today(),
            submit=_("Add them"),
            parent=self._page,
        )
        weekly = self._page.week_hours()

        def submit() -> None:
            day = dialog.day()
            if day is None:
                return
            spec = self._draft.spec
            if any(one.valid_from == day for one in spec.later):
                dialog.refuse(problem_of(Invalid("later", "same_date_twice")))
                return
            self._draft.put_spec(with_week(spec, day, weekly))
            dialog.accept()
            self._page.week.choose(day)

        dialog.submitted.connect(submit)
        dialog.open()

    def remove_week(self, since: date) -> None:
        """Take the hours that hold from a date away; a step like others."""
        self._draft.put_spec(without_week(self._draft.spec, since))

    # ------------------------------------------------------------ days

    def close_days(self) -> None:
        """Ask how the days chosen are closed."""
        dialog = ClosureDialog(*self._page.year.canvas.days(), None, self._page)

        def step() -> CalendarSpec | None:
            closure = dialog.closure()
            return with_closures(self._draft.spec, [closure]) if closure else None

        self._take(dialog, step)

    def give_hours(self) -> None:
        """Ask for hours of the days chosen."""
        first, last = self._page.year.canvas.days()
        self._ask_hours(first, last)

    def _ask_hours(self, first: date, last: date) -> None:
        spec = self._draft.spec
        usual = spec.weekly_on(first).get(first.weekday(), ())
        hours = tuple(spec.overrides.get(first, usual))
        dialog = HoursDialog(range_words(first, last), hours, self._page)

        def step() -> CalendarSpec | None:
            found = dialog.hours()
            if found is None:
                return None
            return with_hours(self._draft.spec, first, last, found)

        self._take(dialog, step)

    def usual_hours(self) -> None:
        """Give the days chosen their weekly hours again."""
        first, last = self._page.year.canvas.days()
        self._draft.put_spec(with_hours(self._draft.spec, first, last, None))

    def edit(self, what: object) -> None:
        """Change a row of the list of closures."""
        if isinstance(what, Closure):
            self._edit_closure(what)
        elif isinstance(what, date):
            self._ask_hours(what, what)
        else:
            self.close_for_good()

    def _edit_closure(self, kept: Closure) -> None:
        dialog = ClosureDialog(kept.start, kept.end, kept, self._page)

        def step() -> CalendarSpec | None:
            closure = dialog.closure()
            if closure is None:
                return None
            return with_closures(without_closure(self._draft.spec, kept), [closure])

        self._take(dialog, step)

    def remove(self, what: object) -> None:
        """Take a row of the list of closures away; a step like others."""
        spec = self._draft.spec
        if isinstance(what, Closure):
            self._draft.put_spec(without_closure(spec, what))
        elif isinstance(what, date):
            self._draft.put_spec(with_hours(spec, what, what, None))
        else:
            self._draft.put_spec(replace(spec, closed_from=None))

    def close_for_good(self) -> None:
        """Ask from which day on nothing opens any more."""
        day = self._draft.spec.closed_from or self._page.year.canvas.days()[0]
        dialog = DateDialog(
            _("Close for good"),
            _(
                "From this day on nothing opens any more. Promises that would fall due "
                "later do not run out; move what is open to another calendar."
            ),
            _("Closed from"),
            day,
            submit=_("Close it"),
            parent=self._page,
        )

        def step() -> CalendarSpec | None:
            found = dialog.day()
            if found is None:
                return None
            return replace(self._draft.spec, closed_from=found)

        self._take(dialog, step)

    # ------------------------------------------------------------ many at once

    def holidays(self) -> None:
        """Ask for a country, show what would change, and put it into the draft."""
        year = self._page.year.canvas.year
        dialog = HolidaysDialog(
            self._draft.plan, year, self._context.operations, self._page
        )

        def submit() -> None:
            plan = dialog.plan()
            if plan is not None:
                self._draft.put(plan)
                dialog.accept()

        dialog.submitted.connect(submit)
        dialog.open()

    def read_file(self) -> None:
        """Ask for an .ics file, show what it brings, and put it into the draft."""
        year = self._page.year.canvas.year
        dialog = ImportDialog(
            self._draft.spec, year, self._context.operations, self._page
        )

        def step() -> CalendarSpec | None:
            found = dialog.closures()
            return with_closures(self._draft.spec, found) if found else None

        self._take(dialog, step)

    def restore(self, number: int) -> None:
        """Ask once before an earlier version is brought back."""
        name = self._draft.spec.name
        dialog = Question(
            _("Bring version {number} of {name} back?").format(
                number=number, name=name
            ),
            _(
                "It becomes the newest version. Open requests stay due as promised, "
                "and it can be undone."
            ),
            submit=_("Bring it back"),
            parent=self._page,
        )

        def bring_back() -> None:
            dialog.accept()
            self._page.restore(number)

        dialog.submitted.connect(bring_back)
        dialog.open()
