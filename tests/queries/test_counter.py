"""The clerk's home: which request stands in which section, and with which words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from sqlalchemy import event

from desktop.domain.agreements import TargetKind
from desktop.domain.requests import Audience, Ball, EntryKind, PendingReason
from desktop.queries.counter import MOST_ROWS, CounterView, counter
from desktop.use_cases.requests import (
    answer,
    ask,
    cancel,
    comment,
    confirm,
    decline,
    hand_over,
    hold,
    reopen,
    resolve,
    take,
)
from tests.small_house import SmallHouse

FRONT, BACK = "Jelena Marić", "Dušan Kovač"


@contextmanager
def statements(house: SmallHouse) -> Iterator[list[str]]:
    """Gather the statements sent to the database."""
    sent: list[str] = []

    def note(_connection, _cursor, statement, *_rest):
        if statement.startswith(("SELECT", "WITH", "INSERT", "UPDATE")):
            sent.append(statement)

    engine = house.desk.store.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", note)


def view(house: SmallHouse, who: str | None = FRONT) -> CounterView:
    midnight: datetime = house.now - timedelta(hours=house.now.hour + 2)
    return house.read(
        counter,
        unit_id=house.units["Central counter"],
        person_id=house.people[who] if who else None,
        day_start=midnight,
    )


def ids(rows) -> list[int]:
    return [row.id for row in rows]


def test_each_request_stands_where_its_clerk_looks_for_it(any_small_house):
    house = any_small_house.at(9, 8)
    made = {name: house.raised(name) for name in "abcdefgh"}
    house.me(BACK).later(minutes=30)
    house.run(take, made["a"])
    house.run(ask, made["b"], "Which parcel?")
    house.run(resolve, made["c"], "In the tray.")
    house.run(decline, made["d"], "Not ours.")
    house.run(hold, made["e"], PendingReason.CUSTOMER, "a paper")
    for name in "fg":
        house.run(resolve, made[name])
    house.run(hand_over, made["h"], house.units["Central counter"], "Look again.")
    house.me(FRONT).later(minutes=10)
    house.run(confirm, made["f"])
    house.run(reopen, made["g"], "Not yet.")
    shown = view(house)
    assert set(ids(shown.needs_you)) == {made[name] for name in "bcdh"}
    assert set(ids(shown.on_the_way)) == {made[name] for name in "aeg"}
    assert ids(shown.done_today) == [made["f"]]
    assert not shown.is_cut


def test_a_question_comes_before_what_has_ended(any_small_house):
    house = any_small_house.at(9, 8)
    ended, asked = house.raised("ended"), house.raised("asked")
    house.me(BACK).later(minutes=10)
    house.run(resolve, ended)
    house.run(ask, asked, "?")
    assert ids(view(house).needs_you) == [asked, ended]


def test_what_is_under_way_is_shown_due_first_and_held_last(any_small_house):
    house = any_small_house.at(9, 8)
    held = house.raised("held")
    later = house.raised("later", service="Building permit")
    sooner = house.raised("sooner")
    house.me(BACK).later(minutes=10)
    house.run(hold, held, PendingReason.THIRD_PARTY)
    assert ids(view(house).on_the_way) == [sooner, later, held]


def test_mine_are_mine_and_the_unit_sees_all_of_its_own(any_small_house):
    house = any_small_house
    mine = house.raised("mine")
    house.raised("of the phone line", by="Petar Ilić")
    house.people["A colleague"] = house.people["Petar Ilić"]
    assert ids(view(house).on_the_way) == [mine]
    assert ids(view(house, None).on_the_way) == [mine]
    assert view(house, "Petar Ilić").on_the_way == ()


def test_done_today_is_today_only_and_newest_first(any_small_house):
    house = any_small_house.at(9, 8)
    made = [house.raised(str(number)) for number in range(3)]
    house.me(BACK)
    for one in made:
        house.run(resolve, one)
    house.me(FRONT)
    house.run(confirm, made[0])
    house.at(10, 9)
    house.run(confirm, made[1])
    house.later(minutes=5)
    house.run(confirm, made[2])
    assert ids(view(house).done_today) == [made[2], made[1]]


def test_what_was_withdrawn_is_nowhere(any_small_house):
    house = any_small_house
    house.me(FRONT).run(cancel, house.raised(), "No longer needed.")
    shown = view(house)
    assert (shown.needs_you, shown.on_the_way, shown.done_today) == ((), (), ())


def test_a_row_carries_what_was_asked_last_by_whom_and_from_where(any_small_house):
    house = any_small_house
    made = house.raised(customer="Milica Đorđević", contact="waiting here")
    house.me(BACK)
    house.run(take, made)
    house.run(ask, made, "First?")
    house.me(FRONT).run(answer, made, "Yes.")
    house.me(BACK).later(minutes=5)
    house.run(ask, made, "Second?")
    house.run(comment, made, "Between us", Audience.INTERNAL)
    (row,) = view(house).needs_you
    assert row.said is not None
    assert (row.said.kind, row.said.text) == (EntryKind.ASKED, "Second?")
    assert (row.said.by, row.said.unit) == (BACK, "Land registry")
    assert (row.customer, row.contact) == ("Milica Đorđević", "waiting here")
    assert (row.unit, row.assignee, row.requester) == ("Land registry", BACK, FRONT)
    assert (row.ball, row.service) == (Ball.FRONT, "Title extract")
    assert row.version > 1


def test_the_clock_is_the_customers_promise_not_the_first_answer(any_small_house):
    house = any_small_house.at(9, 8)
    house.raised()
    (row,) = view(house).on_the_way
    assert row.clock is not None
    assert row.clock.kind is TargetKind.RESOLUTION
    assert row.clock.target_s == 16 * 3600


def test_a_request_back_at_the_counter_still_shows_its_promise(any_small_house):
    house = any_small_house.at(9, 8)
    made = house.raised()
    house.me(BACK).later(hours=1)
    house.run(hand_over, made, house.units["Central counter"], "Which one?")
    (row,) = view(house).needs_you
    assert row.clock is not None
    assert row.clock.kind is TargetKind.RESOLUTION
    assert row.clock.running_since is None
    assert row.said is not None
    assert (row.said.kind, row.said.text) == (EntryKind.HANDED_OVER, "Which one?")


def test_more_rows_take_no_more_statements(any_small_house):
    house = any_small_house
    sent = {}
    for number in (2, 20):
        for _ in range(number):
            made = house.raised()
            house.me(BACK).run(ask, made, "?")
            house.raised()
        with statements(house) as seen:
            assert len(view(house).needs_you) >= number
        sent[number] = len(seen)
    assert sent[2] == sent[20] == 5


def test_a_section_is_cut_at_two_hundred_and_says_so(small_house):
    for number in range(MOST_ROWS):
        small_house.raised(str(number))
    assert not view(small_house).is_cut
    small_house.raised("one more")
    shown = view(small_house)
    assert len(shown.on_the_way) == MOST_ROWS
    assert shown.is_cut


def test_what_is_open_and_what_has_ended_are_found_by_indexes_of_their_own(small_house):
    with statements(small_house) as seen:
        view(small_house)
    connection = small_house.desk.store.engine.raw_connection()
    try:
        used = []
        for statement in seen[:4]:
            plan = connection.cursor().execute(
                f"EXPLAIN QUERY PLAN {statement}", [1] * statement.count("?")
            )
            used.append(str(plan.fetchall()))
        assert "ix_request_front" in used[0]
        assert "ix_request_ended" in used[1]
        assert "ix_request_front" in used[2]
        assert "ix_request_counter" in used[3]
    finally:
        connection.close()
