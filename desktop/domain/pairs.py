"""What a session's evidence is asked about: the two units, the period, the requests."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from desktop.domain.agreements import AgreementTerms, TargetKind, choose
from desktop.domain.calendars import ServiceCalendar
from desktop.domain.history import HistoryEvent
from desktop.domain.promises import CalendarOf, Choose, Rules


@dataclass(frozen=True, slots=True)
class Period:
    """The span a session looks at, the one before it, and when both were read.

    ``start <= t < end`` and ``before_start <= t < start``. ``as_at`` is when the
    evidence was gathered; the period before is read as at the same distance from its
    own end, so that both are told with the same hindsight. ``next_at`` is the next
    session, where it is planned.
    """

    before_start: datetime
    start: datetime
    end: datetime
    as_at: datetime
    next_at: datetime | None = None

    @property
    def before_as_at(self) -> datetime:
        """Return when the period before was looked at."""
        return self.start + max(self.as_at - self.end, timedelta())


@dataclass(frozen=True, slots=True)
class Pair:
    """The two units of a session, with what they promised each other.

    ``terms`` are all agreement versions between the two, either way; ``calendars``
    are keyed by the id the terms name. ``calendar`` measures what no agreement does:
    silence and who held a request how long. ``calendar_of`` finds the version of a
    calendar a clock is judged under; without it all are what they are now.
    """

    front: int
    back: int
    front_name: str
    back_name: str
    terms: Sequence[AgreementTerms]
    calendars: Mapping[int, ServiceCalendar]
    calendar: ServiceCalendar
    calendar_name: str | None = None
    people: Mapping[int, str] = field(default_factory=dict)
    calendar_of: CalendarOf | None = None
    version_of: Callable[[int], AgreementTerms | None] = lambda _: None

    def rules(self, choose: Choose) -> Rules:
        """Return what the promises between the two are made by."""
        if self.calendar_of is None:
            return Rules.plain(choose, self.calendars)
        return Rules(choose, self.calendar_of, self.version_of)

    def target_s(self, kind: TargetKind, at: datetime) -> int | None:
        """Return the seconds promised where neither service nor priority is named.

        Of targets by priority only, that of the least urgent; ``None`` without any.
        """
        terms = choose(self.terms, self.front, self.back, None, at)
        if terms is None:
            return None
        named = [target for (one, _), target in terms.targets.items() if one is kind]
        return terms.target_s(kind, None) or max(named, default=None)

    def name_of(self, person: int | None) -> str | None:
        """Return a person's name, ``None`` for nobody."""
        return None if person is None else self.people.get(person)


@dataclass(frozen=True, slots=True)
class Case:
    """A request and its journal, as evidence needs it.

    ``kind`` is what it is about in the house's own words (its service, or category),
    ``place`` where it comes from. ``front_unit`` is the unit that raised it.
    ``told_by`` is the day its customer was told, ``customer`` who that is.
    """

    request_id: int
    reference: str
    kind: str
    place: str | None
    front_unit: int | None
    service: int | None
    events: Sequence[HistoryEvent]
    told_by: datetime | None = None
    customer: str = ""
