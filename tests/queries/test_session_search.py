"""What did we decide about …: found in any spelling, and from the request itself."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import update

from desktop.entities.meetings import (
    Action,
    ActionState,
    AgendaItem,
    Meeting,
    MeetingSeries,
    MeetingState,
)
from desktop.entities.sittings import AgendaItemRequest, Decision
from desktop.queries.session_search import Said, SaidKind, decided_about, find_said
from desktop.store.unit_of_work import UnitOfWork
from desktop.store.verification import verify
from desktop.use_cases.obstacle_answers import answer_obstacle
from desktop.use_cases.obstacles import add_voice
from tests.small_house import SmallHouse
from tests.use_cases.test_obstacles import HOSTILE, raised


def session_held(work: UnitOfWork, front: int, back: int, person: int) -> int:
    """Write a session with an item, decisions and an action; return the item."""
    series = MeetingSeries(
        name="Counter and registry",
        front_unit_id=front,
        back_unit_id=back,
        recurrence="FREQ=WEEKLY",
        first_at=work.now,
        zone="Europe/Belgrade",
    )
    work.session.add(series)
    work.session.flush()
    meeting = Meeting(
        series_id=series.id,
        number=14,
        starts_at=work.now,
        minutes=60,
        period_start=work.now - timedelta(days=14),
        period_end=work.now,
        state=MeetingState.HELD,
    )
    work.session.add(meeting)
    work.session.flush()
    item = AgendaItem(
        meeting_id=meeting.id,
        position=3,
        kind="topic",
        title="Cadastral maps",
        outcome="decide",
        minutes=5,
        said="Everybody agreed that noon is too late",
    )
    work.session.add(item)
    work.session.flush()
    texts = ("Скенирамо карте одмах", "რუკები დილით", "Đorđe decides", HOSTILE)
    for number, text in enumerate(texts, 1):
        work.session.add(
            Decision(
                meeting_id=meeting.id,
                agenda_item_id=item.id,
                number=number,
                text=text.replace("\x00", ""),
                by_id=person,
                at=work.now,
            )
        )
    work.session.add(
        Action(
            series_id=series.id,
            meeting_id=meeting.id,
            number=7,
            text="Buy a scanner",
            topic="Cadastral maps",
            owner_id=person,
            due_on=date(2026, 12, 1),
            state=ActionState.OPEN,
            agenda_item_id=item.id,
        )
    )
    work.session.flush()
    return item.id


@pytest.fixture
def held(any_small_house: SmallHouse) -> tuple[SmallHouse, int]:
    house = any_small_house.at(9, 9).me("Marko Ivić")
    units = house.units["Central counter"], house.units["Land registry"]
    return house, house.run(session_held, *units, house.people["Marko Ivić"])


def texts(found: tuple[Said, ...]) -> list[str]:
    return [one.text for one in found]


FOUND_AS = {
    "карте СКЕНИРАМО": "Скенирамо карте одмах",
    "skeniramo": "Скенирамо карте одмах",
    "რუკები": "რუკები დილით",
    "rukebi": "რუკები დილით",
    "djordje": "Đorđe decides",
    "dorde": "Đorđe decides",
    "late noon": "Everybody agreed that noon is too late",
    "scanner": "Buy a scanner",
    "drop obstacle": HOSTILE.replace("\x00", ""),
}
NOT_FOUND = ("", "  ", "%", "_", "nowhere", "\x00", "'")


def test_it_is_found_in_any_spelling_and_order(held: tuple[SmallHouse, int]) -> None:
    house, _item = held
    found = {words: texts(house.read(find_said, words)) for words in FOUND_AS}
    assert found == {words: [text] for words, text in FOUND_AS.items()}
    assert [house.read(find_said, words) for words in NOT_FOUND] == [()] * 7


def test_a_hit_says_where_and_whose_it_is(held: tuple[SmallHouse, int]) -> None:
    house, _item = held
    (one,) = house.read(find_said, "scanner")
    assert (one.kind, one.number, one.owner) == (SaidKind.ACTION, 7, "Marko Ivić")
    assert (one.series, one.meeting_number) == ("Counter and registry", 14)
    assert (one.state, one.due_on) == ("open", date(2026, 12, 1))
    assert one.at == house.now


def test_what_was_withdrawn_or_removed_is_not_told(
    held: tuple[SmallHouse, int],
) -> None:
    house, item = held

    def take_back(work: UnitOfWork) -> None:
        for one in work.session.query(Decision):
            one.is_withdrawn = True
        work.get(AgendaItem, item).is_removed = True

    house.run(take_back)
    assert house.read(find_said, "skeniramo") == ()
    assert house.read(find_said, "noon late") == ()


def test_words_follow_what_is_written_later(held: tuple[SmallHouse, int]) -> None:
    house, item = held

    def rewrite(work: UnitOfWork) -> None:
        work.get(AgendaItem, item).said = "Ten o’clock it is"

    house.run(rewrite)
    assert texts(house.read(find_said, "clock")) == ["Ten o’clock it is"]
    assert house.read(find_said, "noon late") == ()


def test_a_request_tells_what_was_decided_about_it_and_near_it(
    held: tuple[SmallHouse, int],
) -> None:
    house, item = held
    first, second, other = (
        house.raised("One"),
        house.raised("Two"),
        house.raised("Three", service="Building permit"),
    )
    assert house.read(decided_about, first) == ()

    def put_on(work: UnitOfWork) -> None:
        work.session.add(AgendaItemRequest(agenda_item_id=item, request_id=first))

    house.run(put_on)
    own = house.read(decided_about, first)
    assert [one.kind for one in own].count(SaidKind.DECISION) == 4
    assert {SaidKind.ACTION, SaidKind.ITEM} < {one.kind for one in own}
    assert not any(one.is_near for one in own)
    near = house.read(decided_about, second)
    assert len(near) == 5
    assert all(one.is_near for one in near)
    assert house.read(decided_about, other) == ()


def test_an_answered_obstacle_is_told_on_every_request_it_was_met_on(
    any_small_house: SmallHouse,
) -> None:
    house = any_small_house.at(9, 9)
    first, second = house.raised("One"), house.raised("Two", by="Petar Ilić")
    house.me("Jelena Marić")
    more: dict[str, Any] = {"request_id": first}
    key = raised(house, "No maps", **more)
    house.me("Petar Ilić")
    house.run(add_voice, key, request_id=second)
    assert house.read(decided_about, first) == ()
    house.me("Ana Petrović")
    house.run(answer_obstacle, key, "Scanned from Monday")
    for request in (first, second):
        (one,) = house.read(decided_about, request)
        assert (one.kind, one.text) == (SaidKind.OBSTACLE, "Scanned from Monday")
        assert not one.is_near


def test_words_changed_behind_the_program_s_back_are_named(
    held: tuple[SmallHouse, int],
) -> None:
    house, item = held
    assert house.read(verify).is_sound

    def tamper(work: UnitOfWork) -> None:
        work.session.execute(update(AgendaItem).values(said="Something else"))

    house.run(tamper)
    (found,) = house.read(verify).differences
    assert (found.table, found.position, found.column) == (
        "agenda_item",
        item,
        "folded",
    )
    assert found.expected == "cadastral maps something else"
