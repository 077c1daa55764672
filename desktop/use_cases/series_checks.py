"""Checks what a person says of a series, and keeps it in its rows."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any, get_args

from sqlalchemy import select

from desktop.domain.agenda import ItemKind
from desktop.domain.errors import Invalid
from desktop.domain.requests import Side
from desktop.domain.series_drafts import (
    LONGEST,
    MOST_AHEAD,
    MOST_MEMBERS,
    MOST_SKIPPED,
    MOST_STANDING,
    SHORTEST,
    MemberDraft,
    SeriesDraft,
    StandingDraft,
)
from desktop.entities.meetings import MeetingSeries, SeriesMember, StandingItem
from desktop.entities.units import Person, Unit
from desktop.store.recurrence import next_occurrence
from desktop.store.series_days import laid_sessions
from desktop.store.unit_of_work import UnitOfWork
from desktop.use_cases.agenda_items import LONGEST_ITEM, OUTCOMES
from desktop.use_cases.typed_words import needed_line, typed_line, typed_text

STANDING_AFTER: tuple[str, ...] = ("", *get_args(ItemKind))
_INSTANT = timedelta(microseconds=1)


def checked(
    work: UnitOfWork, said: SeriesDraft, series: MeetingSeries | None
) -> dict[str, Any]:
    """Return the columns of a series as said.

    Refuses with Invalid, naming the field: ``name front_unit_id back_unit_id rule
    starts_on zone minutes place link chair_id minute_taker_id skipped_days ahead``,
    and ``members.N.field`` and ``standing.N.field`` from 0.
    """
    values = {
        "name": _free_name(work, said.name, series),
        "front_unit_id": _unit(work, said.front_unit_id, "front_unit_id", Side.FRONT),
        "back_unit_id": _unit(work, said.back_unit_id, "back_unit_id", Side.BACK),
        "recurrence": said.rule,
        "first_at": _first_at(said),
        "zone": said.zone,
        "minutes": _within(said.minutes, "minutes", SHORTEST, LONGEST),
        "place": typed_line(said.place, "place", 200),
        "link": typed_line(said.link, "link", 500),
        "chair_id": _person(work, said.chair_id, "chair_id"),
        "minute_taker_id": _person(work, said.minute_taker_id, "minute_taker_id"),
        "skipped_days": _skipped(said),
        "holidays": said.holidays,
        "ahead": _within(said.ahead, "ahead", 1, MOST_AHEAD),
        "options": dict(said.options),
    }
    _check_members(work, said)
    _check_standing(work, said)
    _takes_place(work, said)
    return values


def _free_name(work: UnitOfWork, name: str, series: MeetingSeries | None) -> str:
    shown = needed_line(name, "name", 200)
    # Compared here: SQLite knows no capitals but those of English.
    known = work.session.execute(select(MeetingSeries.id, MeetingSeries.name))
    own = series.id if series else None
    if any(key != own and shown.casefold() == one.casefold() for key, one in known):
        raise Invalid("name", "taken", name=shown)
    return shown


def _unit(work: UnitOfWork, unit_id: int | None, where: str, side: Side) -> int:
    if unit_id is None:
        raise Invalid(where, "missing")
    if work.get(Unit, unit_id).side is not side:
        raise Invalid(where, "not_a_choice")
    return unit_id


def _first_at(said: SeriesDraft) -> datetime:
    """Return the first instant the rule gives on or after the day typed."""
    schedule = said.schedule()
    try:
        first = next_occurrence(
            schedule.rule,
            schedule.first_at,
            schedule.zone,
            schedule.first_at - _INSTANT,
        )
    except Invalid as refusal:
        raise Invalid("rule", refusal.code, **refusal.details) from refusal
    if first is None:
        raise Invalid("rule", "never")
    return first.astimezone(UTC)


def _takes_place(work: UnitOfWork, said: SeriesDraft) -> None:
    """Refuse a series all of whose days are left out or closed."""
    schedule = said.schedule()
    before = schedule.first_at - _INSTANT
    laid = laid_sessions(work.session, schedule, before, work.reference)
    if not any(one.starts_at for one in laid):
        raise Invalid("rule", "never")


def _within(number: object, where: str, least: int, most: int) -> int:
    if type(number) is not int or not least <= number <= most:
        raise Invalid(where, "out_of_range", least=least, most=most)
    return number


def _person(work: UnitOfWork, person_id: int | None, where: str) -> int | None:
    if person_id is not None and work.session.get(Person, person_id) is None:
        raise Invalid(where, "not_a_choice")
    return person_id


def _skipped(said: SeriesDraft) -> list[str]:
    days = sorted(set(said.skipped_days))
    if len(days) > MOST_SKIPPED:
        raise Invalid("skipped_days", "too_many", most=MOST_SKIPPED)
    return [one.isoformat() for one in days]


def _check_members(work: UnitOfWork, said: SeriesDraft) -> None:
    if len(said.members) > MOST_MEMBERS:
        raise Invalid("members", "too_many", most=MOST_MEMBERS)
    seen: set[int] = set()
    for place, one in enumerate(said.members):
        where = f"members.{place}"
        _person(work, one.person_id, f"{where}.person_id")
        _person(work, one.deputy_id, f"{where}.deputy_id")
        if one.person_id in seen:
            raise Invalid(f"{where}.person_id", "member_twice")
        if one.deputy_id == one.person_id:
            raise Invalid(f"{where}.deputy_id", "own_deputy")
        typed_line(one.part, f"{where}.part", 100)
        seen.add(one.person_id)


def _check_standing(work: UnitOfWork, said: SeriesDraft) -> None:
    if len(said.standing) > MOST_STANDING:
        raise Invalid("standing", "too_many", most=MOST_STANDING)
    for place, one in enumerate(said.standing):
        where = f"standing.{place}"
        needed_line(one.title, f"{where}.title", 200)
        _within(one.minutes, f"{where}.minutes", 1, LONGEST_ITEM)
        _person(work, one.leader_id, f"{where}.leader_id")
        typed_text(one.notes, f"{where}.notes")
        if one.outcome not in OUTCOMES:
            raise Invalid(f"{where}.outcome", "not_a_choice")
        if one.after not in STANDING_AFTER:
            raise Invalid(f"{where}.after", "not_a_choice")


def keep_members(work: UnitOfWork, series: MeetingSeries, said: SeriesDraft) -> bool:
    """Make the members those said, chair and minute-taker among them; tell a change."""
    wanted = list(said.members)
    named = {one.person_id for one in wanted}
    lead = dict.fromkeys((said.chair_id, said.minute_taker_id))
    missing = [one for one in lead if one is not None and one not in named]
    wanted = [MemberDraft(one, side_of(work, one)) for one in missing] + wanted
    rows = {
        one.person_id: one
        for one in work.session.scalars(
            select(SeriesMember).where(SeriesMember.series_id == series.id)
        )
    }
    gone = rows.keys() - {one.person_id for one in wanted}
    for person_id in gone:
        work.session.delete(rows[person_id])
    changed = bool(gone)
    for position, one in enumerate(wanted, 1):
        values = {
            "side": one.side,
            "part": typed_line(one.part, "members", 100),
            "position": position,
            "deputy_id": one.deputy_id,
        }
        row = rows.get(one.person_id)
        if row is None:
            row = SeriesMember(series_id=series.id, person_id=one.person_id, **values)
            work.session.add(row)
            changed = True
        changed |= _put(row, values)
    work.session.flush()
    return changed


def side_of(work: UnitOfWork, person_id: int) -> Side:
    """Return the side of a person's unit; of somebody in none, the front."""
    side = work.session.scalar(
        select(Unit.side)
        .join(Person, Person.unit_id == Unit.id)
        .where(Person.id == person_id)
    )
    return side or Side.FRONT


def keep_standing(
    work: UnitOfWork, series: MeetingSeries, wanted: tuple[StandingDraft, ...]
) -> bool:
    """Make the standing items those said; one taken out only rests. Tell a change."""
    rows = {
        one.key: one
        for one in work.session.scalars(
            select(StandingItem).where(StandingItem.series_id == series.id)
        )
    }
    changed = False
    for key in rows.keys() - {one.key for one in wanted}:
        changed |= _put(rows[key], {"is_active": False})
    for position, one in enumerate(wanted, 1):
        values = {
            "position": position,
            "title": needed_line(one.title, "standing", 200),
            "minutes": one.minutes,
            "outcome": one.outcome,
            "leader_id": one.leader_id,
            "after": one.after,
            "notes": typed_text(one.notes, "standing"),
            "is_active": True,
        }
        row = rows.get(one.key)
        if row is None:
            work.session.add(StandingItem(key=one.key, series_id=series.id, **values))
            changed = True
        else:
            changed |= _put(row, values)
    work.session.flush()
    return changed


def _put(row: object, values: dict[str, Any]) -> bool:
    """Give a row values; tell whether any differed."""
    different = {
        name: value for name, value in values.items() if getattr(row, name) != value
    }
    for name, value in different.items():
        setattr(row, name, value)
    return bool(different)
