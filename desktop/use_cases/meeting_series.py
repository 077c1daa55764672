"""Makes a meeting series: who meets whom, how often, where, and who belongs to it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import select

from desktop.domain.errors import Invalid
from desktop.domain.requests import Side
from desktop.entities.meetings import MeetingSeries, SeriesMember
from desktop.entities.units import Person, Unit
from desktop.store.unit_of_work import UnitOfWork
from desktop.use_cases.at_the_desk import somebody
from desktop.use_cases.recurrence import rule_of
from desktop.use_cases.typed_words import needed_text, typed_line

SHORTEST, LONGEST = 5, 480
"""How many minutes a session may be given."""
FIRST_YEAR, LAST_YEAR = 2000, 2100


@dataclass(frozen=True, slots=True)
class NewSeries:
    """What a person says about a series to be made.

    ``rhythm`` is one of `recurrence.RHYTHMS`; the weekday is that of ``starts_on``.
    ``at`` is local time in ``zone``.
    """

    name: str
    front_unit_id: int | None
    back_unit_id: int | None
    rhythm: str
    starts_on: date
    at: time
    zone: str
    minutes: int = 60
    place: str = ""
    chair_id: int | None = None
    minute_taker_id: int | None = None
    member_ids: tuple[int, ...] = ()
    key: uuid.UUID = field(default_factory=uuid.uuid4)


def create_series(work: UnitOfWork, new: NewSeries) -> int:
    """Make a series and its members; returns its id, the same for the same key.

    Chair and minute-taker are members without being named twice. Refuses with Invalid
    (fields ``name front_unit_id back_unit_id rhythm starts_on zone minutes place``).
    """
    again = work.session.scalar(
        select(MeetingSeries.id).where(MeetingSeries.key == new.key)
    )
    if again is not None:
        return again
    somebody(work)
    for person_id in _named(new):
        work.get(Person, person_id)
    series = MeetingSeries(
        key=new.key,
        name=_free_name(work, new.name),
        front_unit_id=_unit(work, new.front_unit_id, "front_unit_id", Side.FRONT),
        back_unit_id=_unit(work, new.back_unit_id, "back_unit_id", Side.BACK),
        recurrence=rule_of(new.rhythm, new.starts_on),
        first_at=_first_at(new),
        zone=new.zone,
        minutes=_length(new.minutes),
        place=typed_line(new.place, "place", 200),
        chair_id=new.chair_id,
        minute_taker_id=new.minute_taker_id,
    )
    work.session.add(series)
    work.session.flush()
    _add_members(work, series, new)
    work.session.flush()
    work.record_house("series_created", {"series": series.id, "name": series.name})
    return series.id


def _free_name(work: UnitOfWork, name: str) -> str:
    shown = typed_line(needed_text(name, "name"), "name", 200)
    # Compared here: SQLite knows no capitals but those of English.
    taken = {one.casefold() for one in work.session.scalars(select(MeetingSeries.name))}
    if shown.casefold() in taken:
        raise Invalid("name", "taken", name=shown)
    return shown


def _unit(work: UnitOfWork, unit_id: int | None, where: str, side: Side) -> int:
    if unit_id is None:
        raise Invalid(where, "missing")
    if work.get(Unit, unit_id).side is not side:
        raise Invalid(where, "not_a_choice")
    return unit_id


def _first_at(new: NewSeries) -> datetime:
    if not FIRST_YEAR <= new.starts_on.year < LAST_YEAR:
        raise Invalid("starts_on", "out_of_range", least=FIRST_YEAR, most=LAST_YEAR - 1)
    try:
        zone = ZoneInfo(new.zone)
    except (KeyError, ValueError, OSError) as error:
        raise Invalid("zone", "not_a_choice") from error
    local = datetime.combine(new.starts_on, new.at, zone)
    return local.astimezone(UTC)


def _length(minutes: object) -> int:
    if type(minutes) is not int or not SHORTEST <= minutes <= LONGEST:
        raise Invalid("minutes", "out_of_range", least=SHORTEST, most=LONGEST)
    return minutes


def _named(new: NewSeries) -> tuple[int, ...]:
    """Return everybody named, each once, the chair first."""
    named = (new.chair_id, new.minute_taker_id, *new.member_ids)
    return tuple(dict.fromkeys(one for one in named if one is not None))


def _add_members(work: UnitOfWork, series: MeetingSeries, new: NewSeries) -> None:
    for position, person_id in enumerate(_named(new), 1):
        person = work.get(Person, person_id)
        unit = work.session.get(Unit, person.unit_id) if person.unit_id else None
        work.session.add(
            SeriesMember(
                series_id=series.id,
                person_id=person_id,
                side=unit.side if unit else Side.FRONT,
                position=position,
            )
        )
