"""A year of sessions for the benchmarks: typed as minute-takers do, and sealed."""

from __future__ import annotations

from datetime import timedelta
from random import Random

from sqlalchemy import insert, select

from desktop.domain.requests import Side
from desktop.entities.meetings import (
    Action,
    ActionState,
    AgendaItem,
    Meeting,
    MeetingSeries,
    MeetingState,
    SeriesMember,
)
from desktop.entities.requests import Request
from desktop.entities.sittings import (
    AgendaItemRequest,
    Attendance,
    AttendanceState,
    Decision,
)
from desktop.store.unit_of_work import UnitOfWork
from desktop.use_cases.minutes import approve_minutes
from tests.benchmarks.house import NOW, House

SESSIONS = 26
BEHIND = 1_000
ITEMS = 12
WORDS = (
    *("promise", "counter", "registry", "parcel", "extract", "certificate", "holder"),
    *("waits", "answer", "queue", "Monday", "approval", "document", "missing", "unit"),
    *("agreement", "evidence", "handed", "back", "again"),
)


def hold_a_year(work: UnitOfWork, house: House) -> int:
    """Hold 26 sessions with 1,000 requests behind each; returns the series' id."""
    chance = Random(7)
    front, back = house.fronts[0], house.backs[0]
    series = MeetingSeries(
        name="Counter 1 with Office 5",
        front_unit_id=front,
        back_unit_id=back,
        recurrence="FREQ=WEEKLY;INTERVAL=2",
        first_at=NOW - timedelta(days=14 * SESSIONS),
        zone="UTC",
        minutes=90,
        place="Room 2.14",
        chair_id=house.people[front][0],
        minute_taker_id=house.people[front][1],
    )
    work.session.add(series)
    work.session.flush()
    people = [*house.people[front], *house.people[back]]
    for at, person in enumerate(people):
        side = Side.FRONT if at < len(house.people[front]) else Side.BACK
        work.session.add(
            SeriesMember(series_id=series.id, person_id=person, side=side, position=at)
        )
    ids = list(
        work.session.scalars(
            select(Request.id).order_by(Request.id).limit(SESSIONS * BEHIND)
        )
    )
    for number in range(SESSIONS):
        behind = ids[number * BEHIND : (number + 1) * BEHIND]
        _hold(work, series, number + 1, behind, people, chance)
    return series.id


def _hold(
    work: UnitOfWork,
    series: MeetingSeries,
    number: int,
    behind: list[int],
    people: list[int],
    chance: Random,
) -> None:
    starts_at = series.first_at + timedelta(days=14 * (number - 1))
    meeting = Meeting(
        series_id=series.id,
        number=number,
        starts_at=starts_at,
        minutes=90,
        period_start=starts_at - timedelta(days=14),
        period_end=starts_at,
        state=MeetingState.HELD,
        agenda_version=1,
        published_at=starts_at - timedelta(days=2),
        begun_at=starts_at,
        ended_at=starts_at + timedelta(minutes=84),
    )
    work.session.add(meeting)
    work.session.flush()
    for at, person in enumerate(people):
        work.session.add(
            Attendance(
                meeting_id=meeting.id,
                position=at,
                person_id=person,
                name=f"Person {person}",
                side=Side.FRONT if at < len(people) // 2 else Side.BACK,
                state=AttendanceState.PRESENT,
            )
        )
    share = len(behind) // ITEMS
    for at in range(ITEMS):
        requests = behind[at * share : (at + 1) * share]
        _item(work, series, meeting, at, requests, people, chance)
    work.session.flush()
    approve_minutes(work, meeting.id)


def _item(
    work: UnitOfWork,
    series: MeetingSeries,
    meeting: Meeting,
    at: int,
    requests: list[int],
    people: list[int],
    chance: Random,
) -> None:
    item = AgendaItem(
        meeting_id=meeting.id,
        position=at,
        kind="topic",
        subject=f"topic-{at}",
        title=_sentence(chance, 5),
        outcome="decide",
        leader="chair",
        minutes=5,
        said="\n".join(_sentence(chance, 60) for _ in range(3)),
        spent_s=290,
        is_done=True,
    )
    work.session.add(item)
    work.session.flush()
    rows = [{"agenda_item_id": item.id, "request_id": one} for one in requests]
    work.session.execute(insert(AgendaItemRequest), rows)
    work.session.add(
        Decision(
            meeting_id=meeting.id,
            agenda_item_id=item.id,
            number=at + 1,
            text=_sentence(chance, 24),
            at=meeting.starts_at,
        )
    )
    for each in range(2):
        number = (meeting.number - 1) * ITEMS * 2 + at * 2 + each + 1
        work.session.add(
            Action(
                series_id=series.id,
                meeting_id=meeting.id,
                agenda_item_id=item.id,
                number=number,
                text=_sentence(chance, 14),
                topic=_sentence(chance, 2),
                owner_id=chance.choice(people),
                due_on=(meeting.starts_at + timedelta(days=10)).date(),
                state=ActionState.DONE,
                given_at=meeting.starts_at,
                closed_at=meeting.starts_at + timedelta(days=9),
            )
        )


def _sentence(chance: Random, words: int) -> str:
    return " ".join(chance.choice(WORDS) for _ in range(words)).capitalize()
