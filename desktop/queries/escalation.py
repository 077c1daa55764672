"""The rules of escalation as their page shows them, and what a rule would have told."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import Session

from desktop.domain.escalation import (
    STANDARD,
    EscalationRule,
    KeptRule,
    NoticeKind,
)
from desktop.domain.history import History, HistoryEvent
from desktop.domain.promises import Promise, promises_of
from desktop.domain.reminders import tellings
from desktop.domain.requests import Side
from desktop.entities.journal import JournalEntry
from desktop.entities.requests import Request, RequestClock
from desktop.entities.units import Person, Unit
from desktop.store.escalation_rows import kept_rules
from desktop.store.histories import events_where
from desktop.store.notice_people import People, Place
from desktop.store.reference import load_reference

PREVIEW: Final = timedelta(days=14)
LONGEST_BACK: Final = timedelta(days=60)
BATCH: Final = 500
MOST: Final = 2_000
"""How many requests a preview folds; the newest ones where there are more."""


@dataclass(frozen=True, slots=True)
class Named:
    """Something with a name to choose."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class EscalationRules:
    """The rules in force; ``is_default`` while the house made none of its own."""

    rules: tuple[KeptRule, ...]
    is_default: bool
    units: tuple[Named, ...]
    people: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """What a rule would have told in a period: to whom how often, most first.

    ``requests`` is of how many requests; ``is_whole`` is false where only the newest
    ``MOST`` of those in question were counted.
    """

    count: int
    requests: int
    told: tuple[tuple[str, int], ...]
    is_whole: bool = True


def escalation_rules(session: Session) -> EscalationRules:
    """Return the rules with the units and people they can name."""
    kept = kept_rules(session)
    units = session.execute(
        select(Unit.id, Unit.name)
        .where(Unit.is_active)
        .order_by(Unit.side == Side.FRONT, Unit.name)
    )
    people = session.execute(
        select(Person.id, Person.name)
        .where(Person.is_active, Person.can_sign_in)
        .order_by(Person.name)
    )
    return EscalationRules(
        kept or STANDARD,
        not kept,
        tuple(Named(*row) for row in units),
        tuple(Named(*row) for row in people),
    )


def would_have_told(
    session: Session, rule: EscalationRule, now: datetime, span: timedelta = PREVIEW
) -> Preview:
    """Return what a rule would have told in the time up to ``now``, from the journal.

    Everybody is counted in the role they have today; what was silenced is counted.
    """
    start = now - span
    found = list(session.execute(_candidates(rule, start, now).limit(MOST + 1)))
    is_whole = len(found) <= MOST
    requests = found[:MOST]
    events = _events(session, [row.id for row in requests])
    teller = _Teller(session, rule, start, now)
    told: Counter[int] = Counter()
    touched = 0
    for row in requests:
        before = told.total()
        told.update(teller.told(row, events[row.id]))
        touched += told.total() > before
    people = select(Person.id, Person.name).where(Person.id.in_(told))
    names = {row.id: row.name for row in session.execute(people)}
    by_name = [(names[one], count) for one, count in told.most_common()]
    return Preview(told.total(), touched, tuple(by_name), is_whole)


def _candidates(
    rule: EscalationRule, start: datetime, now: datetime
) -> Select[int, int | None, int | None, int | None]:
    """Return what finds the requests whose clocks may have reached the rule's level."""
    back = start - min(rule.again_for or LONGEST_BACK, LONGEST_BACK)
    clock = RequestClock
    reached_at = clock.due_at if rule.notice is NoticeKind.BROKEN else clock.at_risk_at
    came = [and_(reached_at > back, reached_at <= now)]
    if rule.notice is NoticeKind.BROKEN:
        came.append(and_(clock.breached_at > back, clock.breached_at <= now))
    of_clocks = select(clock.request_id).where(
        clock.kind.in_(rule.kinds),
        clock.is_void.is_(False),
        or_(*came),
    )
    if rule.unit is not None:
        of_clocks = of_clocks.where(clock.unit_id == rule.unit)
    return (
        select(
            Request.id,
            Request.service_id,
            Request.front_unit_id,
            Request.requester_id,
        )
        .where(
            Request.id.in_(of_clocks),
            or_(Request.is_open, Request.resolved_at > back, Request.last_at > back),
        )
        .order_by(Request.id.desc())
    )


def _events(session: Session, requests: Sequence[int]) -> dict[int, list[HistoryEvent]]:
    found: dict[int, list[HistoryEvent]] = defaultdict(list)
    for first in range(0, len(requests), BATCH):
        some = requests[first : first + BATCH]
        found |= events_where(session, JournalEntry.request_id.in_(some))
    return found


class _Teller:
    """Goes through what happened and tells by one rule."""

    def __init__(
        self, session: Session, rule: EscalationRule, start: datetime, now: datetime
    ) -> None:
        self._reference = load_reference(session, 0)
        self._people = People(session, self._reference.calendars)
        self._rule, self._start, self._now = rule, start, now

    def told(self, row: Any, events: Sequence[HistoryEvent]) -> Iterator[int]:
        """Yield each person told of a request, once for each time."""
        history = History.of(events)
        rules = self._reference.rules(row.service_id)
        for promise in promises_of(history, rules, row.front_unit_id):
            if promise.is_void or not self._rule.is_for(
                self._rule.notice, promise.kind, promise.unit
            ):
                continue
            for since in self._reached(promise):
                yield from self._of(promise, since, row, events)

    def _reached(self, promise: Promise) -> Iterator[datetime]:
        """Yield when a promise's clock came to the levels the rule speaks of."""
        clock = promise.clock()
        end = min(promise.stop, self._now) if promise.stop else self._now
        if self._rule.notice is NoticeKind.BROKEN:
            broken = clock.breached_at(end)
            if broken is not None and broken <= end:
                yield broken
            return
        shares = {promise.warn_share}
        shares |= {one.share_of(promise.amount) for one in promise.terms.levels()}
        used = clock.elapsed(end)
        for share in sorted(shares):
            if share < 1 and used >= promise.amount * share:
                at = clock.reading(end, share).at_risk_at
                if at is not None and at <= end:
                    yield at

    def _of(
        self,
        promise: Promise,
        since: datetime,
        row: Any,
        events: Sequence[HistoryEvent],
    ) -> Iterator[int]:
        then = History.of([event for event in events if event.at <= since])
        place = Place(
            row.id,
            then.unit,
            row.front_unit_id,
            row.requester_id,
            then.assignee,
            then.events,
        )
        acted = min((event.at for event in events if event.at > since), default=None)
        ends = [one for one in (promise.stop, acted, self._now) if one is not None]
        for recipient in self._rule.tells:
            for one in self._people.told(
                recipient, place, promise.unit, self._rule.person
            ):
                hours = self._people.hours(
                    self._rule, one, promise.unit, since, promise.calendar_id
                )
                for number, at in enumerate(
                    tellings(self._rule, hours, since, self._now)
                ):
                    if number and at > min(ends):
                        break
                    if at > self._start:
                        yield one.person_id
