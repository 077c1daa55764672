"""Pictures of the calendars page: the week, the year, the dialogs, what would move."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, timedelta
from functools import partial
from typing import TYPE_CHECKING

from desktop.domain.calendars import Closure
from ui.screenshots.scene import Scene
from ui.screenshots.studio import Studio

if TYPE_CHECKING:
    from ui.calendars.page import CalendarsPage

NOT_HOURS = "morning"
"""What somebody types who does not know how hours are written."""

REFERENCES = "LR-24003, LR-24011, LR-24017, LR-24022, LR-24030, …"

TYPED = (NOT_HOURS, "Staff day", "Fire drill", "Montenegro", REFERENCES)
"""What the scenes put in, and the country they look at."""

ICS = """BEGIN:VCALENDAR
BEGIN:VEVENT
SUMMARY:Staff day
DTSTART;VALUE=DATE:20260522
END:VEVENT
BEGIN:VEVENT
SUMMARY:Fire drill
DTSTART:20260526T100000
DTEND:20260526T110000
END:VEVENT
BEGIN:VEVENT
SUMMARY:A day nobody named
END:VEVENT
END:VCALENDAR
"""


def _page(studio: Studio, part: str) -> CalendarsPage:
    """Show the calendar most is counted by, as it is stored."""
    from desktop.queries.calendars import calendar_rows
    from ui.calendars.page import CalendarsPage

    rows = studio.desk.read(calendar_rows)
    busiest = max(rows, key=lambda row: row.agreements)
    studio.show("calendars", calendar_id=busiest.calendar_id, part=part)
    page = studio.page(CalendarsPage)
    studio.later(page.draft.discard)
    return page


def _week(studio: Studio) -> None:
    page = _page(studio, "week")
    page.week.canvas.set_day(5, [(22 * 3600, 30 * 3600)])
    page.week.canvas.choose(1, 0)
    page.week.canvas.setFocus()
    studio.settle()


def _typed(studio: Studio) -> None:
    canvas = _page(studio, "week").week.canvas
    canvas.choose(2, 0)
    canvas.type_day()
    canvas.typing.setText(NOT_HOURS)
    canvas.typing.take()
    studio.later(canvas.typing.close_line)


def _closed(page: CalendarsPage, studio: Studio) -> None:
    """Close the days after the pictures' own."""
    today = studio.at.date()
    closure = Closure(today + timedelta(days=1), today + timedelta(days=4))
    closures = (*page.draft.spec.closures, closure)
    page.draft.put_spec(replace(page.draft.spec, closures=closures))


def _year(studio: Studio) -> None:
    page = _page(studio, "year")
    spec = page.draft.spec
    eve = Closure(date(2026, 12, 24), date(2026, 12, 24), "", 43_200, 86_400)
    turn = Closure(date(2025, 12, 28), date(2025, 1, 2), "", yearly=True)
    hours = {date(2026, 6, n): ((32_400, 39_600),) for n in (1, 2, 3)}
    page.draft.put_spec(
        replace(
            spec,
            closures=(*spec.closures, eve, turn),
            overrides={**spec.overrides, **hours},
        )
    )
    page.year.canvas.choose(date(2026, 7, 6), date(2026, 7, 17))
    page.year.canvas.setFocus()
    studio.settle()


def _dialog(action: str, studio: Studio) -> None:
    _page(studio, "year")
    studio.run(f"calendars.{action}")


def _holidays(studio: Studio) -> None:
    """Look at a country next door: what would be added and removed is seen."""
    from ui.calendars.holidays_dialog import HolidaysDialog

    _dialog("holidays", studio)
    for dialog in studio.dialogs():
        assert isinstance(dialog, HolidaysDialog)
        dialog.country.set_value("ME")
        dialog.country.chosen.emit("ME")


def _file(studio: Studio) -> None:
    from ui.calendars.import_dialog import ImportDialog

    path = studio.folder / "closures.ics"
    path.write_text(ICS, encoding="utf-8")
    _dialog("read", studio)
    for dialog in studio.dialogs():
        assert isinstance(dialog, ImportDialog)
        dialog.set_path(path)


def _save(studio: Studio) -> None:
    page = _page(studio, "year")
    _closed(page, studio)
    studio.run("calendars.save")


def _refund(studio: Studio) -> None:
    """Give it to open requests, but not to the first."""
    from ui.calendars.save_dialog import SaveDialog

    _save(studio)
    for dialog in studio.dialogs():
        assert isinstance(dialog, SaveDialog)
        dialog.refund.setChecked(True)
        dialog.list.setCurrentIndex(dialog.list.model().index(0, 0))
        dialog.list.clicked.emit(dialog.list.currentIndex())


def _not_taken_back(studio: Studio) -> None:
    """Undo hours given later, which some requests were done by since."""
    from desktop.domain.errors import Conflict
    from ui.common.week.words import problem_of

    page = _page(studio, "versions")
    refusal = Conflict("refund_verdicts", references=REFERENCES, count=14)
    page.say(problem_of(refusal))
    studio.later(lambda: page.banners.withdraw("calendars"))
    studio.settle()


def _versions(studio: Studio) -> None:
    """Show what a calendar looks like that was changed twice."""
    from desktop.queries.calendars import CalendarVersionRow

    page = _page(studio, "versions")
    first = page.draft.spec
    second = replace(first, weekly={**first.weekly, 4: ((28_800, 43_200),)})
    closed = Closure(date(2026, 5, 22), date(2026, 5, 22), "Staff day")
    third = replace(second, closures=(*second.closures, closed))
    rows = [
        CalendarVersionRow(3, studio.at, "", None, third, second),
        CalendarVersionRow(2, studio.at, "", studio.at, second, first),
        CalendarVersionRow(1, studio.at, "", None, first),
    ]
    page.versions.show_versions(rows, 3, UTC)
    page.versions.list.choose(3)
    page.versions.list.chosen.emit(3)


CALENDARS = (
    Scene("calendar-week", _week),
    Scene("calendar-typed", _typed),
    Scene("calendar-year", _year),
    Scene("calendar-versions", _versions),
    *(
        Scene(f"calendar-{name}-dialog", partial(_dialog, action))
        for name, action in (
            ("new", "new"),
            ("close", "close"),
            ("hours", "hours"),
        )
    ),
    Scene("calendar-holidays-dialog", _holidays),
    Scene("calendar-file-dialog", _file),
    Scene("calendar-save-dialog", _save),
    Scene("calendar-refund-dialog", _refund),
    Scene("calendar-refund-kept", _not_taken_back),
)
