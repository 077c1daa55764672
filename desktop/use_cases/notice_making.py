"""Work out which notices are due: of clocks in danger, and of what was done."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import and_, func, or_, select

from desktop.domain.agreements import WarningLevel
from desktop.domain.calendars import ServiceCalendar
from desktop.domain.escalation import (
    NEWS,
    EscalationRule,
    NoticeKind,
    Reached,
    Recipient,
    again_at,
    reached,
    recipients_of,
    told_at,
)
from desktop.entities.base import microseconds
from desktop.entities.journal import JournalEntry
from desktop.entities.notices import Notice, NoticeSilence
from desktop.entities.requests import Request, RequestClock
from desktop.entities.units import Person, PersonRole, Role, Unit
from desktop.store.projection import clock_view
from desktop.store.unit_of_work import UnitOfWork

Row = dict[str, Any]

FIRST: Final = timedelta(days=4)
LONGEST: Final = timedelta(days=7)
"""How far the first sweep looks back (over a long weekend), and any other at most."""

OVERLAP: Final = 200
MOST_ENTRIES: Final = 5_000
"""What is older is no news: nobody is told of a history brought in from elsewhere."""

BATCH: Final = 500
_NEWS: Final = {kind.value: told for kind, told in NEWS.items()}


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
class _Someone:
    person_id: int
    unit_id: int | None
    roles: frozenset[Role]


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
        self._people: dict[int, _Someone] = {}
        self._units: dict[int, list[_Someone]] = defaultdict(list)
        self._calendars: dict[int, int | None] = {}
        self._silences: dict[tuple[int, int], NoticeSilence] = {}
        self._acted: dict[int, datetime] = {}

    def rows(self) -> list[Row]:
        """Return the notices to make, as rows; some may be there already."""
        entries = self._entries()
        requests = {entry.request_id for entry, _ in entries}
        requests |= set(self._session.scalars(_to_see_again(self._until)))
        requests |= set(self._session.scalars(passed(self._since.at, self._until)))
        if not requests:
            return []
        self._read_house()
        found: list[Row] = []
        for entry, request in entries:
            found += self._news(entry, request)
        wanted = sorted(requests)
        for first in range(0, len(wanted), BATCH):
            found += self._warnings(wanted[first : first + BATCH])
        return list(
            {
                (one["person_id"], one["request_id"], one["mark"]): one for one in found
            }.values()
        )

    def _entries(self) -> list[Any]:
        last = self._session.scalar(select(func.max(JournalEntry.id))) or 0
        # Somebody's entry may become visible after one with a higher number.
        after = max(self._since.entry - OVERLAP, last - MOST_ENTRIES)
        return list(
            self._session.execute(
                select(JournalEntry, Request)
                .join(Request, Request.id == JournalEntry.request_id)
                .where(
                    JournalEntry.id > after,
                    JournalEntry.at > self._since.news_from,
                )
                .order_by(JournalEntry.id)
            )
        )

    def _read_house(self) -> None:
        roles: dict[int, set[Role]] = defaultdict(set)
        for person_id, role in self._session.execute(
            select(PersonRole.person_id, PersonRole.role)
        ):
            roles[person_id].add(role)
        for person_id, unit_id in self._session.execute(
            select(Person.id, Person.unit_id).where(
                Person.is_active, Person.can_sign_in
            )
        ):
            one = _Someone(person_id, unit_id, frozenset(roles[person_id]))
            self._people[person_id] = one
            if unit_id is not None:
                self._units[unit_id].append(one)
        for unit_id, calendar_id in self._session.execute(
            select(Unit.id, Unit.calendar_id)
        ):
            self._calendars[unit_id] = calendar_id

    # ------------------------------------------------------------ what was done

    def _news(self, entry: JournalEntry, request: Request) -> Iterator[Row]:
        told = _NEWS.get(entry.kind)
        if told is None:
            return
        kind, recipient = told
        if kind is NoticeKind.ASSIGNED:
            people = self._named(entry.changes.get("assignee"))
        else:
            people = self._who(recipient, request, request.unit_id)
        for one in people:
            if one.person_id != entry.actor_id:
                yield self._row(one, request, kind, f"entry:{entry.id}", entry.at) | {
                    "actor_id": entry.actor_id,
                    "unit_id": entry.unit_id,
                }

    # ------------------------------------------------------------ clocks in danger

    def _warnings(self, requests: Sequence[int]) -> Iterator[Row]:
        self._silences = {
            (one.person_id, one.request_id): one
            for one in self._session.scalars(
                select(NoticeSilence).where(NoticeSilence.request_id.in_(requests))
            )
        }
        for clock, request in self._session.execute(
            select(RequestClock, Request)
            .join(Request, Request.id == RequestClock.request_id)
            .where(
                RequestClock.request_id.in_(requests),
                RequestClock.running_since.is_not(None),
                or_(
                    RequestClock.at_risk_at <= self._until,
                    RequestClock.due_at <= self._until,
                ),
            )
            .order_by(RequestClock.id)
        ):
            yield from self._warning(clock, request)

    def _warning(self, clock: RequestClock, request: Request) -> Iterator[Row]:
        view = clock_view(clock)
        calendar = self._calendar(view.calendar_id)
        terms = self._work.reference.version_of(view.version_id)
        levels: tuple[WarningLevel, ...] = terms.levels() if terms else ()
        if calendar is None:
            return
        got = reached(view, levels, calendar, self._until)
        if got is None:
            return
        is_new = got.since > self._since.at
        is_repeated = got.kind is NoticeKind.BROKEN and not is_new
        if is_repeated and request.last_at >= got.since:
            # Somebody acted on it: whoever did knows.
            return
        tells = recipients_of(self._rules, got.kind, view.kind)
        for recipient, again_for in tells.items():
            is_over = again_for is None or self._until - got.since > again_for
            if is_repeated and is_over:
                continue
            for one in self._who(recipient, request, clock.unit_id):
                row = self._warned(one, clock, request, got, again_for)
                if row is not None:
                    yield row

    def _warned(
        self,
        one: _Someone,
        clock: RequestClock,
        request: Request,
        got: Reached,
        again_for: timedelta | None,
    ) -> Row | None:
        unit = one.unit_id if one.unit_id is not None else clock.unit_id
        calendar = self._calendar(self._calendars.get(unit) or clock.calendar_id)
        if calendar is None:
            return None
        # The instant it came about, not the one of this sweep: every computer says
        # the same, whenever it looks. Of the days after that only the day counts.
        at = told_at(calendar, got.since)
        if got.kind is NoticeKind.BROKEN and self._until > at:
            at = max(at, self._day_begun(calendar, at))
        if self._is_silent(one, request, at):
            return None
        level, next_at = got.level, got.next_at
        if got.kind is NoticeKind.BROKEN:
            level = f"{level}:{at.astimezone(calendar.zone).date()}"
            if again_for is not None:
                next_at = again_at(calendar, at)
        mark = (
            f"{clock.kind.value}:{clock.unit_id}:{clock.for_unit_id}:"
            f"{microseconds(clock.started_at)}:{level}"
        )
        return self._row(one, request, got.kind, mark, at) | {
            "clock_kind": clock.kind,
            "unit_id": clock.unit_id,
            "due_at": clock.due_at,
            "next_at": next_at,
        }

    def _day_begun(self, calendar: ServiceCalendar, at: datetime) -> datetime:
        """Return the opening of the working day it is, or of ``at`` before that."""
        midnight = self._until.astimezone(calendar.zone).replace(
            hour=0, minute=0, second=0, microsecond=0
        )
        begun = told_at(calendar, midnight)
        return begun if begun > at else at

    def _is_silent(self, one: _Someone, request: Request, at: datetime) -> bool:
        silence = self._silences.get((one.person_id, request.id))
        if silence is None:
            return False
        if silence.until is not None:
            return max(at, self._until) < silence.until
        return request.entries == silence.entries

    # ------------------------------------------------------------ who

    def _who(
        self, recipient: Recipient, request: Request, unit: int | None
    ) -> list[_Someone]:
        if recipient is Recipient.REQUESTER:
            return self._named(request.requester_id) or self._with(
                request.front_unit_id, Role.CLERK
            )
        if recipient is Recipient.HOLDER:
            named = self._named(request.assignee_id) if request.unit_id == unit else []
            return named or self._with(unit, Role.AGENT)
        role = Role.MANAGER if recipient is Recipient.MANAGER else Role.CLERK
        return self._with(unit, role)

    def _named(self, person_id: int | None) -> list[_Someone]:
        one = self._people.get(person_id) if person_id is not None else None
        return [one] if one is not None else []

    def _with(self, unit: int | None, role: Role) -> list[_Someone]:
        members = self._units.get(unit, []) if unit is not None else []
        return [one for one in members if role in one.roles]

    def _calendar(self, calendar_id: int | None) -> ServiceCalendar | None:
        if calendar_id is None:
            return None
        return self._work.reference.calendars.get(calendar_id)

    def _row(
        self, one: _Someone, request: Request, kind: NoticeKind, mark: str, at: datetime
    ) -> Row:
        return {
            "person_id": one.person_id,
            "request_id": request.id,
            "mark": mark,
            "kind": kind,
            "clock_kind": None,
            "unit_id": None,
            "actor_id": None,
            "due_at": None,
            "at": at,
            "next_at": None,
        }


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
