"""Whom notices go to, in whose hours, and who silenced them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.agreements import TargetKind
from desktop.domain.calendars import ServiceCalendar
from desktop.domain.errors import Refusal
from desktop.domain.escalation import (
    EscalationRule,
    Hours,
    NoticeKind,
    Recipient,
    Silencer,
)
from desktop.entities.notices import NoticeSilence
from desktop.entities.requests import Request
from desktop.entities.units import Person, PersonRole, Role, Unit


@dataclass(frozen=True, slots=True)
class Someone:
    """Somebody who can be told."""

    person_id: int
    unit_id: int | None
    roles: frozenset[Role]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a request lies: what decides who is told of it."""

    request_id: int
    unit_id: int | None
    front_unit_id: int | None
    requester_id: int | None
    assignee_id: int | None
    entries: int


class People:
    """The house's people and their hours, read once for a sweep."""

    def __init__(
        self, session: Session, calendars: Mapping[int, ServiceCalendar]
    ) -> None:
        self.calendars = calendars
        self._people: dict[int, Someone] = {}
        self._members: dict[tuple[int, Role], list[Someone]] = defaultdict(list)
        self._calendar_of: dict[int, int | None] = {}
        self._read(session)

    def _read(self, session: Session) -> None:
        roles: dict[int, set[Role]] = defaultdict(set)
        for person_id, role in session.execute(
            select(PersonRole.person_id, PersonRole.role)
        ):
            roles[person_id].add(role)
        for person_id, unit_id in session.execute(
            select(Person.id, Person.unit_id)
            .where(Person.is_active, Person.can_sign_in)
            .order_by(Person.id)
        ):
            one = Someone(person_id, unit_id, frozenset(roles[person_id]))
            self._people[person_id] = one
            if unit_id is not None:
                for role in one.roles:
                    self._members[unit_id, role].append(one)
        units = session.execute(select(Unit.id, Unit.calendar_id))
        self._calendar_of = {unit.id: unit.calendar_id for unit in units}

    def named(self, person_id: int | None) -> list[Someone]:
        """Return the person of an id, if they can be told anything."""
        one = self._people.get(person_id) if person_id is not None else None
        return [one] if one is not None else []

    def told(
        self, recipient: Recipient, place: Place, unit: int | None, person: int | None
    ) -> list[Someone]:
        """Return who a rule's recipient is, of what ``unit`` owes."""
        if recipient is Recipient.PERSON:
            return self.named(person)
        if recipient is Recipient.REQUESTER:
            return self.named(place.requester_id) or self._with(
                place.front_unit_id, Role.CLERK
            )
        if recipient is Recipient.HOLDER:
            mine = self.named(place.assignee_id) if place.unit_id == unit else []
            return mine or self._with(unit, Role.AGENT)
        role = Role.MANAGER if recipient is Recipient.MANAGER else Role.CLERK
        return self._with(unit, role)

    def _with(self, unit: int | None, role: Role) -> list[Someone]:
        return self._members.get((unit, role), []) if unit is not None else []

    def hours(
        self, rule: EscalationRule, one: Someone, unit: int, at: datetime, usual: int
    ) -> ServiceCalendar | None:
        """Return the calendar in whose hours somebody is told of what came at ``at``.

        ``None``: around the clock. ``usual`` is the clock's own calendar: where the
        right one is closed for good, people are told in that one's hours.
        """
        if rule.hours is Hours.ALWAYS:
            return None
        whose = (
            unit if rule.hours is Hours.OWING or one.unit_id is None else one.unit_id
        )
        for calendar_id in (self._calendar_of.get(whose), usual):
            calendar = self.calendars.get(calendar_id) if calendar_id else None
            if calendar is not None and _opens(calendar, at):
                return calendar
        return self.calendars.get(usual)

    def own_hours(self, one: Someone) -> ServiceCalendar | None:
        """Return the calendar of somebody's unit, ``None`` where it has none."""
        own = self._calendar_of.get(one.unit_id) if one.unit_id is not None else None
        return self.calendars.get(own) if own is not None else None

    # ------------------------------------------------------------ silence

    def is_silent(
        self,
        rule: EscalationRule,
        one: Someone,
        place: Place,
        unit: int,
        silences: Iterable[NoticeSilence],
        at: datetime,
    ) -> bool:
        """Tell whether somebody who may silence this did, and it still holds."""
        standing = {
            silence.person_id
            for silence in silences
            if _stands(silence, place.entries, at)
        }
        if not standing:
            return False
        return any(
            standing & set(ids) for ids in self.silencers(rule, one, place, unit)
        )

    def silencers(
        self, rule: EscalationRule, one: Someone, place: Place, unit: int
    ) -> list[Sequence[int]]:
        """Return who may silence what a rule tells somebody, by kind of silencer."""
        found: list[Sequence[int]] = []
        if Silencer.TOLD in rule.silenced_by:
            found.append([one.person_id])
        for silencer, recipient in _FOR_ALL:
            if silencer in rule.silenced_by:
                who = self.told(recipient, place, unit, None)
                found.append([each.person_id for each in who])
        return found


def place_of(request: Request) -> Place:
    """Return where a request lies."""
    return Place(
        request.id,
        request.unit_id,
        request.front_unit_id,
        request.requester_id,
        request.assignee_id,
        request.entries,
    )


def may_silence(
    rules: Sequence[EscalationRule],
    people: People,
    person: int,
    request: Request,
    what: tuple[NoticeKind, TargetKind, int],
) -> bool:
    """Tell whether somebody may silence warnings of such a clock of a request.

    ``what`` is the level, the clock's kind and the unit that owes. Where no rule
    speaks of it any more, everybody may for themselves.
    """
    found = [rule for rule in rules if rule.is_for(*what)]
    named = people.named(person)
    if not found or not named:
        return True
    place = place_of(request)
    return any(
        person in ids
        for rule in found
        for ids in people.silencers(rule, named[0], place, what[2])
    )


def silences_of(
    session: Session, requests: Sequence[int]
) -> dict[int, list[NoticeSilence]]:
    """Return who silenced which of these requests."""
    found: dict[int, list[NoticeSilence]] = defaultdict(list)
    for one in session.scalars(
        select(NoticeSilence).where(NoticeSilence.request_id.in_(requests))
    ):
        found[one.request_id].append(one)
    return found


def _stands(silence: NoticeSilence, entries: int, at: datetime) -> bool:
    if silence.until is not None:
        return at < silence.until
    return entries == silence.entries


def _opens(calendar: ServiceCalendar, at: datetime) -> bool:
    """Tell whether a calendar is open at an instant or ever after."""
    if calendar.is_open(at):
        return True
    try:
        calendar.next_open(at)
    except Refusal:
        return False
    return True


_FOR_ALL = (
    (Silencer.HOLDER, Recipient.HOLDER),
    (Silencer.MANAGER, Recipient.MANAGER),
)
