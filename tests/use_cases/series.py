"""What tests of series share: a series as said, its sessions, who was told what."""

from __future__ import annotations

import uuid
from datetime import date, time

from sqlalchemy import select

from desktop.domain.requests import Side
from desktop.domain.rhythms import Rhythm
from desktop.domain.series_drafts import MemberDraft, SeriesDraft, StandingDraft
from desktop.entities.meetings import Meeting
from desktop.entities.outgoing import SessionNotice
from tests.small_house import ZONE, SmallHouse

TUESDAYS = Rhythm(interval=2, weekdays=(1,)).rule(ZONE.key)


def wanted(house: SmallHouse) -> SeriesDraft:
    """Let the counter and the registry meet every other Tuesday from 17 November."""
    house.me("Marko Ivić")
    people = house.people
    return SeriesDraft(
        name="Counter and registry",
        front_unit_id=house.units["Central counter"],
        back_unit_id=house.units["Land registry"],
        rule=TUESDAYS,
        starts_on=date(2026, 11, 17),
        at=time(9, 30),
        zone=ZONE.key,
        minutes=45,
        place=" Room 2 ",
        chair_id=people["Marko Ivić"],
        minute_taker_id=people["Jelena Marić"],
        members=(
            MemberDraft(people["Jelena Marić"], Side.FRONT, "minutes"),
            MemberDraft(people["Dušan Kovač"], Side.BACK, "", people["Ana Petrović"]),
        ),
        ahead=3,
        standing=(StandingDraft("Round the table", 8, key=uuid.UUID(int=8)),),
        key=uuid.UUID(int=7),
    )


def sessions(house: SmallHouse, series_id: int) -> list[Meeting]:
    """Return the sessions of a series by time."""
    wanted = (
        select(Meeting)
        .where(Meeting.series_id == series_id)
        .order_by(Meeting.starts_at, Meeting.id)
    )
    return house.read(lambda session: list(session.scalars(wanted)))


def days(house: SmallHouse, series_id: int, *states: str) -> list[str]:
    """Return the local day and time of sessions, cancelled ones left out."""
    return [
        one.starts_at.astimezone(ZONE).strftime("%d.%m. %H:%M")
        for one in sessions(house, series_id)
        if (one.state.value in states if states else one.state != "cancelled")
    ]


def told(house: SmallHouse) -> list[tuple[str, str, str]]:
    """Return who was told what, in which words."""
    names = {identity: name for name, identity in house.people.items()}
    rows = house.read(
        lambda s: list(s.scalars(select(SessionNotice).order_by(SessionNotice.id)))
    )
    return [(names[one.person_id], one.kind, one.words) for one in rows]
