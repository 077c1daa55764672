"""What differs between two calendars, and public holidays brought into one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from desktop.domain.calendars import CalendarSpec, Closure, Interval


@dataclass(frozen=True, slots=True)
class CalendarChanges:
    """What one version of a calendar says otherwise than another.

    ``own`` names which of name, zone, weekly, later, closed_from differ.
    """

    own: tuple[str, ...] = ()
    closed: tuple[Closure, ...] = ()
    opened: tuple[Closure, ...] = ()
    days: tuple[date, ...] = ()

    @property
    def is_nothing(self) -> bool:
        """Tell whether both say the same."""
        return not (self.own or self.closed or self.opened or self.days)

    def to_data(self) -> dict[str, object]:
        """Give a dict that JSON can hold."""
        return {
            "own": list(self.own),
            "closed": [one.to_data() for one in self.closed],
            "opened": [one.to_data() for one in self.opened],
            "days": [day.isoformat() for day in self.days],
        }


@dataclass(frozen=True, slots=True)
class HolidayChanges:
    """What refreshing public holidays would do.

    ``renamed`` pairs the old with the new closure of a date. ``own`` are holidays on
    dates that are closed already by people's own closures; both stay.
    """

    added: tuple[Closure, ...] = ()
    removed: tuple[Closure, ...] = ()
    renamed: tuple[tuple[Closure, Closure], ...] = ()
    own: tuple[Closure, ...] = ()
    worked: tuple[date, ...] = ()
    not_worked: tuple[date, ...] = ()

    @property
    def is_nothing(self) -> bool:
        """Tell whether everything is as it would be."""
        return not (
            self.added or self.removed or self.renamed or self.worked or self.not_worked
        )


def changes_between(before: CalendarSpec, after: CalendarSpec) -> CalendarChanges:
    """Return what ``after`` says otherwise than ``before``."""
    own = tuple(
        name
        for name in ("name", "zone", "weekly", "later", "closed_from")
        if getattr(before, name) != getattr(after, name)
    )
    old, new = set(before.closures), set(after.closures)
    days = {
        day
        for day in before.overrides.keys() | after.overrides.keys()
        if before.overrides.get(day) != after.overrides.get(day)
    }
    return CalendarChanges(
        own,
        _in_order(new - old),
        _in_order(old - new),
        tuple(sorted(days)),
    )


def with_holidays(
    spec: CalendarSpec,
    before: CalendarSpec,
    fresh: Iterable[Closure],
    worked: Iterable[date],
    years: Iterable[int],
) -> CalendarSpec:
    """Bring public holidays and moved working days of some years into a calendar.

    Those ``before`` had in other years stay; closures and hours of one's own do too.
    A moved working day gets the hours of the working day before it.
    """
    asked = set(years)
    kept = [
        one
        for one in before.closures
        if one.is_public_holiday and one.start.year not in asked
    ]
    own = spec.overrides.keys() - spec.moved
    moved: dict[date, Sequence[Interval]] = {
        day: before.overrides[day] for day in before.moved if day.year not in asked
    }
    for day in worked:
        moved[day] = _working_hours(spec, day)
    moved = {day: hours for day, hours in moved.items() if hours and day not in own}
    plain = [one for one in spec.closures if not one.is_public_holiday]
    return replace(
        spec,
        closures=(*plain, *fresh, *kept),
        overrides={**{day: spec.overrides[day] for day in own}, **moved},
        moved=frozenset(moved),
    )


def holiday_changes(before: CalendarSpec, after: CalendarSpec) -> HolidayChanges:
    """Return what bringing in public holidays changed."""
    old = {one.start: one for one in before.closures if one.is_public_holiday}
    new = {one.start: one for one in after.closures if one.is_public_holiday}
    closed = {
        one.start
        for one in before.closures
        if one.is_whole_day and not one.is_public_holiday and not one.yearly
    }
    return HolidayChanges(
        added=_in_order(new[day] for day in new.keys() - old.keys()),
        removed=_in_order(old[day] for day in old.keys() - new.keys()),
        renamed=tuple(
            (old[day], new[day])
            for day in sorted(old.keys() & new.keys())
            if old[day].name != new[day].name
        ),
        own=_in_order(new[day] for day in new.keys() & closed),
        worked=tuple(sorted(after.moved - before.moved)),
        not_worked=tuple(sorted(before.moved - after.moved)),
    )


def _working_hours(spec: CalendarSpec, day: date) -> Sequence[Interval]:
    """Give the hours of the nearest weekday at or before a day that has any."""
    weekly: Mapping[int, Sequence[Interval]] = spec.weekly_on(day)
    for back in range(7):
        hours = weekly.get((day.weekday() - back) % 7)
        if hours:
            return hours
    return ()


def _in_order(closures: Iterable[Closure]) -> tuple[Closure, ...]:
    return tuple(sorted(closures, key=lambda one: (one.start, one.end, one.name)))
