"""The sweep tells whom the rules name, in their hours, once, on both databases."""

from __future__ import annotations

import threading
from collections.abc import Sequence

import pytest
from sqlalchemy import Engine, event, func, select

from desktop.domain.errors import Forbidden
from desktop.domain.requests import PendingReason
from desktop.entities.journal import JournalEntry
from desktop.entities.notices import Notice
from desktop.entities.units import Person, PersonRole, Role
from desktop.queries.notices import Inbox, inbox, is_sweep_due
from desktop.store.unit_of_work import UnitOfWork
from desktop.use_cases.notice_acts import mark_read, silence
from desktop.use_cases.notice_making import passed
from desktop.use_cases.notices import sweep
from desktop.use_cases.requests import (
    answer,
    ask,
    assign,
    comment,
    hold,
    resolve,
    resume,
    take,
)
from desktop.use_cases.undoing import undo
from tests.small_house import SmallHouse

CLERK, AGENT, OTHER = "Jelena Marić", "Dušan Kovač", "Ana Petrović"
MANAGER = "Nada Pavlović"


@pytest.fixture
def house(any_small_house: SmallHouse) -> SmallHouse:
    """Give the small house with a manager over the land registry."""

    def hire(work: UnitOfWork) -> int:
        unit = any_small_house.units["Land registry"]
        person = Person(name=MANAGER, unit_id=unit)
        work.session.add(person)
        work.session.flush()
        work.session.add(PersonRole(person_id=person.id, role=Role.MANAGER))
        return person.id

    any_small_house.people[MANAGER] = any_small_house.run(hire)
    return any_small_house


def swept(house: SmallHouse) -> int:
    return house.run(sweep, house.now)


def seen(house: SmallHouse, name: str) -> Inbox:
    return house.read(inbox, house.people[name], house.now)


def told(house: SmallHouse, name: str) -> list[str]:
    """Return what somebody sees, oldest first: what of which clock."""
    return [
        f"{row.kind} {row.clock_kind}" if row.clock_kind else str(row.kind)
        for row in reversed(seen(house, name).rows)
    ]


def taken(house: SmallHouse) -> int:
    """Raise a request on Monday at nine; somebody works on it at once.

    Its resolution (16 h, in days of 7 h 30) is at risk on Tuesday at 14:00 and due on
    Thursday at 10:00, since the Wednesday is a holiday.
    """
    request = house.at(9, 9).raised()
    house.me(AGENT).run(take, request)
    return request


def test_who_works_on_it_is_warned_of_a_promise_at_risk(house: SmallHouse) -> None:
    taken(house)
    house.at(10, 15)
    assert swept(house) == 1
    assert told(house, AGENT) == ["at_risk resolution"]
    assert told(house, OTHER) == told(house, MANAGER) == told(house, CLERK) == []


def test_every_agent_is_warned_while_nobody_has_it(house: SmallHouse) -> None:
    house.at(9, 9).raised()
    house.at(9, 10, 45)
    swept(house)
    assert told(house, AGENT) == told(house, OTHER) == ["at_risk response"]
    assert told(house, "Marko Ivić") == told(house, "Vesna Stojanović") == []


def test_the_manager_hears_of_a_broken_promise(house: SmallHouse) -> None:
    house.at(9, 9).raised()
    house.at(9, 11, 30)
    swept(house)
    assert told(house, MANAGER) == ["broken response"]
    assert told(house, AGENT) == ["broken response"]


def test_the_front_unit_hears_that_its_answer_is_due(house: SmallHouse) -> None:
    request = taken(house)
    house.at(9, 9, 30).run(ask, request, "Which parcel?")
    house.at(9, 13, 5)
    swept(house)
    assert told(house, CLERK) == ["asked", "at_risk answer"]
    assert told(house, AGENT) == []


def test_a_level_is_told_once(house: SmallHouse) -> None:
    taken(house)
    assert swept(house.at(10, 15)) == 1
    assert swept(house.at(10, 15, 30)) == 0
    assert len(told(house, AGENT)) == 1


def test_a_broken_promise_is_told_again_each_working_day(house: SmallHouse) -> None:
    house.at(9, 9).raised()
    for day, hour in ((9, 12), (9, 15), (10, 7), (10, 9), (10, 14), (11, 10), (12, 9)):
        swept(house.at(day, hour))
    # Monday, Tuesday, and Thursday: the Wednesday is a holiday.
    days = [row.at.day for row in reversed(seen(house, MANAGER).rows)]
    assert days == [9, 10, 12]


def test_who_acts_on_it_ends_the_reminders(house: SmallHouse) -> None:
    request = house.at(9, 9).raised()
    swept(house.at(9, 12))
    house.me(AGENT).at(9, 13).run(comment, request, "Looking for the file.")
    before = told(house, MANAGER)
    swept(house.at(10, 9))
    swept(house.at(12, 9))
    assert told(house, MANAGER) == before


def test_reminders_of_what_nobody_does_end_after_two_weeks(house: SmallHouse) -> None:
    house.at(9, 9).raised()
    for day in range(9, 31):
        swept(house.at(day, 12))
    days = [
        row.at.day
        for row in reversed(seen(house, MANAGER).rows)
        if row.clock_kind == "response"
    ]
    assert days == [9, 10, 12, 13, 16, 17, 18, 19, 20, 23]


def test_nobody_is_told_by_night_nor_on_a_holiday(house: SmallHouse) -> None:
    # Raised on Tuesday at 14:00, the answer in 2 h is late just as the office closes.
    house.at(10, 14).raised()
    swept(house.at(10, 23))
    assert told(house, MANAGER) == []
    swept(house.at(11, 10))
    assert told(house, MANAGER) == []
    house.at(12, 8, 1)
    assert told(house, MANAGER) == ["broken response"]


def test_what_is_held_warns_of_nothing_until_it_goes_on(house: SmallHouse) -> None:
    request = taken(house)
    house.at(9, 10).run(hold, request, PendingReason.THIRD_PARTY)
    swept(house.at(13, 10))
    assert told(house, AGENT) == []
    house.me(AGENT).run(resume, request)
    swept(house.at(16, 15))
    assert told(house, AGENT) == ["at_risk resolution"]


def test_a_silenced_request_warns_its_person_from_tomorrow(house: SmallHouse) -> None:
    request = taken(house)
    swept(house.at(10, 15))
    again = house.me(AGENT).run(silence, request)
    assert again == house.at(12, 8).now
    swept(house.at(12, 7, 30))
    assert told(house, AGENT) == ["at_risk resolution"]
    swept(house.at(12, 15))
    assert told(house, AGENT)[1:] == ["broken resolution"]


def test_silence_is_one_persons_own(house: SmallHouse) -> None:
    request = house.at(9, 9).raised()
    swept(house.at(9, 10, 45))
    house.me(AGENT).run(silence, request)
    swept(house.at(9, 11, 30))
    assert told(house, AGENT) == ["at_risk response"]
    assert told(house, OTHER) == ["at_risk response", "broken response"]
    swept(house.at(10, 8, 5))
    assert told(house, AGENT) == ["at_risk response", "broken response"]


def test_silence_until_it_moves_ends_when_it_moves(house: SmallHouse) -> None:
    request = taken(house)
    swept(house.at(10, 15))
    assert house.me(AGENT).run(silence, request, until_moves=True) is None
    swept(house.at(12, 15))
    assert told(house, AGENT) == ["at_risk resolution"]
    assert told(house, MANAGER) == ["broken resolution"]


def test_the_journal_says_who_silenced_what(house: SmallHouse) -> None:
    request = taken(house)
    house.me(AGENT).run(silence, request)
    entry = house.read(
        lambda session: session.scalars(
            select(JournalEntry).where(JournalEntry.kind == "notices_silenced")
        ).one()
    )
    assert entry.actor_id == house.people[AGENT]
    assert entry.details["request"] == request


def test_nobody_at_the_desk_silences_nothing(house: SmallHouse) -> None:
    request = taken(house)
    house.desk.sign_in(None)
    with pytest.raises(Forbidden):
        house.run(silence, request)


def test_what_concerns_somebody_is_told_and_never_to_who_did_it(
    house: SmallHouse,
) -> None:
    request = taken(house)
    house.me(AGENT).run(ask, request, "Which parcel?")
    house.me(CLERK).later(minutes=1).run(answer, request, "The second one.")
    house.me(AGENT).later(minutes=1).run(assign, request, house.people[OTHER])
    house.me(OTHER).later(minutes=1).run(resolve, request, "Here it is.")
    swept(house)
    assert told(house, CLERK) == ["asked", "resolved"]
    assert told(house, OTHER) == ["answered", "assigned"]
    assert told(house, AGENT) == []


def test_what_was_taken_back_is_no_news(house: SmallHouse) -> None:
    request = taken(house)
    house.me(AGENT).later(minutes=1).run(assign, request, house.people[OTHER])
    house.later(minutes=1).run(undo, request)
    swept(house)
    assert told(house, OTHER) == []


def test_read_is_read_and_only_by_its_person(house: SmallHouse) -> None:
    house.at(9, 9).raised()
    swept(house.at(9, 11, 30))
    assert seen(house, AGENT).unread == 1
    assert len(house.me(AGENT).run(mark_read)) == 1
    assert (seen(house, AGENT).unread, seen(house, OTHER).unread) == (0, 1)
    strange = seen(house, OTHER).rows[0].notice_id
    assert house.run(mark_read, [strange]) == ()


def test_two_desks_that_sweep_at_once_make_nothing_twice(house: SmallHouse) -> None:
    for _ in range(20):
        house.at(9, 9).raised()
    house.at(9, 11, 30)
    made: list[int] = []
    wait = threading.Barrier(2)

    def one() -> None:
        wait.wait(10)
        made.append(swept(house))

    desks = [threading.Thread(target=one) for _ in range(2)]
    for desk in desks:
        desk.start()
    for desk in desks:
        desk.join(30)
    # Two agents and the manager, of twenty requests.
    assert sorted(made) == [0, 60]
    assert house.read(lambda s: s.scalar(select(func.count(Notice.id)))) == 60


def test_a_sweep_asks_as_much_for_many_as_for_one(house: SmallHouse) -> None:
    counts = []
    swept(house)
    for number in (1, 40):
        for _ in range(number):
            house.raised()
        house.later(hours=2, minutes=30)
        counts.append(len(statements(house)))
    assert counts[0] == counts[1] <= 21


def statements(house: SmallHouse) -> Sequence[str]:
    found: list[str] = []
    engine: Engine = house.desk.store.engine

    def note(*given: object) -> None:
        found.append(str(given[2]))

    event.listen(engine, "before_cursor_execute", note)
    swept(house)
    event.remove(engine, "before_cursor_execute", note)
    return found


def test_a_window_sweeps_only_when_there_is_something(house: SmallHouse) -> None:
    assert house.read(is_sweep_due, house.now)
    house.at(9, 9).raised()
    swept(house)
    assert not house.read(is_sweep_due, house.at(9, 9, 30).now)
    assert house.read(is_sweep_due, house.at(9, 11).now)
    swept(house)
    assert not house.read(is_sweep_due, house.now)


def test_what_ended_long_ago_is_no_news(house: SmallHouse) -> None:
    house.at(9, 9).raised()
    assert swept(house.at(27, 9)) == 0


def test_only_clocks_whose_time_came_are_read(small_house: SmallHouse) -> None:
    """By index: what a sweep reads does not grow with what is open or was ever."""
    at = small_house.now
    engine = small_house.desk.store.engine
    wanted = passed(at, at).compile(engine, compile_kwargs={"literal_binds": False})
    with engine.connect() as connection:
        plan = connection.exec_driver_sql(
            f"EXPLAIN QUERY PLAN {wanted}", (0, 1, 0, 1)
        ).all()
    used = " ".join(str(row[3]) for row in plan)
    assert "ix_clock_at_risk_at (at_risk_at>? AND at_risk_at<?)" in used
    assert "ix_clock_due_at (due_at>? AND due_at<?)" in used
    assert "SCAN clock" not in used
