"""Work out which notices are due: of clocks in danger, and of what was done."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import and_, or_, select

from desktop.domain.agreements import WarningLevel
from desktop.domain.escalation import (
    Again,
    EscalationRule,
    NoticeKind,
    Reached,
    reached,
)
from desktop.domain.reminders import Telling, telling
from desktop.entities.base import microseconds
from desktop.entities.notices import Notice, NoticeSilence
from desktop.entities.requests import Request, RequestClock
from desktop.store.notice_people import People, Place, Someone, silences_of
from desktop.store.projection import clock_view
from desktop.store.unit_of_work import UnitOfWork
from desktop.use_cases.notice_news import NewsMaker

Row = dict[str, Any]

FIRST: Final = timedelta(days=4)
LONGEST: Final = timedelta(days=7)
"""How far the first sweep looks back (over a long weekend), and any other at most."""

BATCH: Final = 500

_REQUEST = Request.__table__.c
_CLOCK = RequestClock.__table__.c


@dataclass(frozen=True, slots=True)
class Since:
    """How far it was looked: the clocks up to ``at``, the journal to ``entry``.

    What was done before ``news_from`` is not told.
    """

    at: datetime
    entry: int
    news_from: datetime

    @classmethod
    def first(cls, until: datetime) -> Since:
        """Return where the first sweep of a workspace begins."""
        return cls(until - FIRST, 0, until - FIRST)

    @classmethod
    def of(
        cls, at: datetime, entry: int, rules_changed: bool, until: datetime
    ) -> Since:
        """Return where to go on; changed rules may have moved clocks into the past."""
        oldest = until - LONGEST
        return cls(oldest if rules_changed else max(at, oldest), entry, oldest)


@dataclass(frozen=True, slots=True)
class _Told:
    """One time one rule tells somebody of a clock."""

    telling: Telling
    mark: str
    is_repeated: bool


class NoticeMaker:
    """Reads what one sweep needs, in a fixed number of statements per 500 requests."""

    def __init__(
        self,
        work: UnitOfWork,
        since: Since,
        until: datetime,
        rules: Sequence[EscalationRule],
    ) -> None:
        self._work = work
        self._session = work.session
        self._since, self._until, self._rules = since, until, rules
        self._silences: dict[int, list[NoticeSilence]] = {}

    def rows(self) -> list[Row]:
        """Return the notices to make, as rows; some may be there already."""
        news = NewsMaker(self._session, self._since, self._until)
        entries = news.entries()
        requests = {request.id for _, request in entries}
        requests |= set(self._session.scalars(_to_see_again(self._until)))
        requests |= set(self._session.scalars(passed(self._since.at, self._until)))
        waited, unapproved = news.followed_up(), news.unapproved()
        if not (requests or waited or unapproved):
            return []
        self._people = People(self._session, self._work.reference.calendars)
        found = [*news.rows(self._people, entries, waited, unapproved)]
        wanted = sorted(requests)
        for first in range(0, len(wanted), BATCH):
            found += self._warnings(wanted[first : first + BATCH])
        return list(
            {
                (one["person_id"], one["request_id"], one["mark"]): one for one in found
            }.values()
        )

    def _warnings(self, requests: Sequence[int]) -> Iterator[Row]:
        self._silences = silences_of(self._session, requests)
        for clock in self._session.execute(_clocks(requests, self._until)):
            yield from self._warning(clock)

    def _warning(self, clock: Any) -> Iterator[Row]:
        view = clock_view(clock)
        calendars = self._work.reference.calendars
        calendar = calendars.get(view.calendar_id)
        terms = self._work.reference.version_of(view.version_id)
        levels: tuple[WarningLevel, ...] = terms.levels() if terms else ()
        if calendar is None:
            return
        got = reached(view, levels, calendar, self._until)
        if got is None:
            return
        is_new = got.since > self._since.at
        is_acted_on = clock.last_at >= got.since
        if is_acted_on and not is_new and got.kind is NoticeKind.BROKEN:
            # Somebody acted on it: whoever did knows.
            return
        mine: dict[Someone, list[_Told]] = defaultdict(list)
        place = _place(clock)
        for rule in self._rules:
            if rule.is_for(got.kind, view.kind, view.unit):
                for one, told in self._by_rule(rule, place, view.unit, clock, got):
                    if not (is_acted_on and told.is_repeated):
                        mine[one].append(told)
        for one, all_told in mine.items():
            yield self._row(one, clock, got, all_told)

    def _by_rule(
        self,
        rule: EscalationRule,
        place: Place,
        unit: int,
        clock: Any,
        got: Reached,
    ) -> Iterator[tuple[Someone, _Told]]:
        people = self._people
        silences = self._silences.get(place.request_id, ())
        for recipient in rule.tells:
            for one in people.told(recipient, place, unit, rule.person):
                hours = people.hours(rule, one, unit, got.since, clock.calendar_id)
                # The instant it came about, not the one of this sweep: every computer
                # says the same, whenever it looks.
                told = telling(rule, hours, got.since, self._until)
                at = max(told.at, self._until)
                if silences and people.is_silent(rule, one, place, unit, silences, at):
                    continue
                yield one, _Told(told, _level(rule, got, told), told.number > 0)

    def _row(
        self, one: Someone, clock: Any, got: Reached, all_told: Sequence[_Told]
    ) -> Row:
        """Return the last of what the rules tell somebody of a clock by now.

        Two rules that tell the same person the same thing tell it once.
        """
        until = self._until
        ahead = [told for told in all_told if told.telling.at > until]
        come = [told for told in all_told if told.telling.at <= until]
        if come:
            chosen = max(come, key=lambda told: (told.telling.at, told.mark))
        else:
            chosen = min(ahead, key=lambda told: (told.telling.at, told.mark))
        later = [told.telling.at for told in ahead if told is not chosen]
        later += [told.telling.next_at for told in all_told if told.telling.next_at]
        later += [got.next_at] if got.next_at else []
        mark = (
            f"{clock.kind.value}:{clock.unit_id}:{clock.for_unit_id}:"
            f"{microseconds(clock.started_at)}:{chosen.mark}"
        )
        return {
            "person_id": one.person_id,
            "request_id": clock.request_id,
            "mark": mark,
            "kind": got.kind,
            "clock_kind": clock.kind,
            "unit_id": clock.unit_id,
            "actor_id": None,
            "due_at": clock.due_at,
            "at": chosen.telling.at,
            "next_at": min(later, default=None),
        }


def _level(rule: EscalationRule, got: Reached, told: Telling) -> str:
    """Return what names one telling of one level, whatever computer made it."""
    if rule.again is Again.EACH_DAY:
        return f"{got.level}:{told.day}"
    if rule.again is Again.EVERY_HOURS:
        return f"{got.level}:{told.day}:{told.number}"
    return got.level


def _place(clock: Any) -> Place:
    return Place(
        clock.request_id,
        clock.request_unit,
        clock.front_unit_id,
        clock.requester_id,
        clock.assignee_id,
        clock.entries,
    )


def _clocks(requests: Sequence[int], until: datetime) -> Any:
    """Return what reads the clocks in danger of these requests, as plain rows."""
    return (
        select(
            *(column for column in _CLOCK if column.name != "id"),
            _REQUEST.unit_id.label("request_unit"),
            _REQUEST.front_unit_id,
            _REQUEST.requester_id,
            _REQUEST.assignee_id,
            _REQUEST.entries,
            _REQUEST.last_at,
        )
        .join(Request.__table__, _REQUEST.id == _CLOCK.request_id)
        .where(
            _CLOCK.request_id.in_(requests),
            _CLOCK.running_since.is_not(None),
            or_(_CLOCK.at_risk_at <= until, _CLOCK.due_at <= until),
        )
        .order_by(_CLOCK.id)
    )


def _to_see_again(until: datetime) -> Any:
    return select(Notice.request_id).where(Notice.next_at <= until).distinct()


def passed(since: datetime, until: datetime) -> Any:
    """Return what finds the requests with a clock whose time came in between."""
    parts = [
        select(RequestClock.request_id).where(
            and_(column > since, column <= until),
            RequestClock.running_since.is_not(None),
        )
        for column in (RequestClock.at_risk_at, RequestClock.due_at)
    ]
    return parts[0].union(parts[1])
