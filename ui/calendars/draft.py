"""A calendar while it is being changed: its steps, the way back, and what differs."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from desktop.domain.calendars import CalendarSpec, Closure, Interval, Week

Weekly = Mapping[int, Sequence[Interval]]
K = TypeVar("K", bound=Hashable)
_KEPT = 200


@dataclass(frozen=True, slots=True)
class Plan:
    """What would be saved: the calendar and whose public holidays it keeps."""

    spec: CalendarSpec
    country: str | None = None
    subdivision: str | None = None


class Draft(QObject):
    """The calendar on screen; nothing is saved before somebody says so."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.base = Plan(CalendarSpec("UTC"))
        self.plan = self.base
        self._before: list[Plan] = []
        self._after: list[Plan] = []

    @property
    def spec(self) -> CalendarSpec:
        """Return the calendar as it would be saved."""
        return self.plan.spec

    @property
    def is_changed(self) -> bool:
        """Tell whether something is not saved."""
        return not is_same(self.base, self.plan)

    def load(self, plan: Plan) -> None:
        """Begin anew from what is stored."""
        self.base = self.plan = plan
        self._before, self._after = [], []
        self.changed.emit()

    def put(self, plan: Plan) -> None:
        """Take one step; one that changes nothing is none."""
        if is_same(plan, self.plan):
            return
        self._before = [*self._before[-_KEPT:], self.plan]
        self._after = []
        self.plan = plan
        self.changed.emit()

    def put_spec(self, spec: CalendarSpec) -> None:
        """Take a step that leaves the country as it is."""
        self.put(replace(self.plan, spec=spec))

    def move_onto(self, base: Plan) -> None:
        """Put what was changed here onto what somebody else saved meanwhile."""
        mine = rebased(self.base, self.plan, base)
        self.base, self.plan = base, mine
        self._before, self._after = [base], []
        self.changed.emit()

    def can_undo(self) -> bool:
        """Tell whether a step can be taken back."""
        return bool(self._before)

    def undo(self) -> bool:
        """Take the last step back."""
        return self._step(self._before, self._after)

    def redo(self) -> bool:
        """Take a step again."""
        return self._step(self._after, self._before)

    def _step(self, source: list[Plan], target: list[Plan]) -> bool:
        if not source:
            return False
        target.append(self.plan)
        self.plan = source.pop()
        self.changed.emit()
        return True

    def discard(self) -> None:
        """Go back to what is stored; this is a step too."""
        self.put(self.base)


def is_same(one: Plan, other: Plan) -> bool:
    """Tell whether two plans say the same; the version is no part of it."""
    if one.country != other.country or one.subdivision != other.subdivision:
        return False
    return _data(one.spec) == _data(other.spec)


def _data(spec: CalendarSpec) -> dict[str, object]:
    return replace(
        spec, version=0, closures=sorted(spec.closures, key=_order)
    ).to_data()


def _order(closure: Closure) -> tuple[object, ...]:
    return (
        closure.start,
        closure.end,
        closure.name,
        closure.hours,
        closure.yearly,
        closure.is_public_holiday,
    )


# ---------------------------------------------------------------- steps


def with_week(spec: CalendarSpec, since: date | None, weekly: Weekly) -> CalendarSpec:
    """Give the hours that hold from a date (None: from the beginning)."""
    if since is None:
        return replace(spec, weekly=weekly)
    others = [one for one in spec.later if one.valid_from != since]
    return replace(spec, later=(*others, Week(since, weekly)))


def without_week(spec: CalendarSpec, since: date) -> CalendarSpec:
    """Take away the hours that hold from a date."""
    kept = tuple(one for one in spec.later if one.valid_from != since)
    return replace(spec, later=kept)


def week_since(spec: CalendarSpec, since: date | None) -> Weekly:
    """Return the hours that hold from a date; those before when there are none."""
    for one in spec.later:
        if one.valid_from == since:
            return one.weekly
    return spec.weekly


def with_closures(spec: CalendarSpec, added: Iterable[Closure]) -> CalendarSpec:
    """Close days; what is closed in the same words already stays as it is."""
    known = set(spec.closures)
    fresh = [one for one in dict.fromkeys(added) if one not in known]
    return _in_order(spec, (*spec.closures, *fresh))


def without_closure(spec: CalendarSpec, gone: Closure) -> CalendarSpec:
    """Take a closure away."""
    left = list(spec.closures)
    if gone in left:
        left.remove(gone)
    return replace(spec, closures=tuple(left))


def _in_order(spec: CalendarSpec, closures: Iterable[Closure]) -> CalendarSpec:
    return replace(spec, closures=tuple(sorted(closures, key=_order)))


def with_hours(
    spec: CalendarSpec, first: date, last: date, hours: Sequence[Interval] | None
) -> CalendarSpec:
    """Give dates hours of their own; None gives them their weekly ones again."""
    overrides = dict(spec.overrides)
    for day in days_between(first, last):
        if hours is None:
            overrides.pop(day, None)
        else:
            overrides[day] = tuple(hours)
    touched = set(days_between(first, last))
    return replace(spec, overrides=overrides, moved=spec.moved - touched)


def days_between(first: date, last: date) -> list[date]:
    """Return the days from first to last, both included."""
    return [first + timedelta(days=at) for at in range((last - first).days + 1)]


# ---------------------------------------------------------------- two at once


def rebased(base: Plan, mine: Plan, theirs: Plan) -> Plan:
    """Return theirs with what was changed from base to mine done to it.

    Where both changed the same thing (a weekday's hours, a date's hours, the name),
    mine is kept; it is shown before it is saved.
    """
    a, b, c = base.spec, mine.spec, theirs.spec
    spec = replace(
        c,
        name=b.name if b.name != a.name else c.name,
        zone=b.zone if b.zone != a.zone else c.zone,
        weekly=_merged(a.weekly, b.weekly, c.weekly),
        later=_later(a, b, c),
        overrides=_merged(a.overrides, b.overrides, c.overrides),
        closures=_closures(a, b, c),
        closed_from=b.closed_from if b.closed_from != a.closed_from else c.closed_from,
        moved=(c.moved | (b.moved - a.moved)) - (a.moved - b.moved),
    )
    has_moved = (mine.country, mine.subdivision) != (base.country, base.subdivision)
    place = mine if has_moved else theirs
    return Plan(spec, place.country, place.subdivision)


def _merged(
    base: Mapping[K, Sequence[Interval]],
    mine: Mapping[K, Sequence[Interval]],
    theirs: Mapping[K, Sequence[Interval]],
) -> dict[K, Sequence[Interval]]:
    merged = dict(theirs)
    for key in base.keys() | mine.keys():
        if base.get(key) == mine.get(key):
            continue
        if key in mine:
            merged[key] = mine[key]
        else:
            merged.pop(key, None)
    return merged


def _later(a: CalendarSpec, b: CalendarSpec, c: CalendarSpec) -> list[Week]:
    base, mine, theirs = (
        {one.valid_from: one.weekly for one in spec.later} for spec in (a, b, c)
    )
    merged = dict(theirs)
    for since in base.keys() | mine.keys():
        if base.get(since) == mine.get(since):
            continue
        if since not in mine:
            merged.pop(since, None)
        else:
            merged[since] = _merged(
                base.get(since, {}), mine[since], theirs.get(since, {})
            )
    return [Week(since, weekly) for since, weekly in merged.items()]


def _closures(a: CalendarSpec, b: CalendarSpec, c: CalendarSpec) -> list[Closure]:
    gone = set(a.closures) - set(b.closures)
    fresh = set(b.closures) - set(a.closures) - set(c.closures)
    kept = [one for one in c.closures if one not in gone]
    return sorted([*kept, *fresh], key=_order)
