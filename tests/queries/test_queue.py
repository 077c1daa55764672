"""A unit's queue: order, pages, filters, counts, and what the database does for it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from sqlalchemy import event, text

from desktop.domain.list_views import ListView
from desktop.domain.requests import Ball, PendingReason
from desktop.domain.search_words import Field, Named, Term
from desktop.queries.queue import VIEW_TERMS, QueueView, queue_summary
from desktop.queries.sections import QueueSection, section_of
from desktop.use_cases.requests import ask, hand_over, hold, resolve, take
from tests.queue_pages import queue_page
from tests.small_house import ZONE, SmallHouse


@contextmanager
def statements(house: SmallHouse) -> Iterator[list[str]]:
    """Gather the statements sent to the database."""
    sent: list[str] = []

    def note(_connection, _cursor, statement, *_rest):
        if not statement.startswith(("BEGIN", "PRAGMA", "COMMIT", "ROLLBACK")):
            sent.append(statement)

    engine = house.desk.store.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", note)


@contextmanager
def plans(house: SmallHouse) -> Iterator[list[str]]:
    """Gather how the database goes about the selects sent to it meanwhile."""
    asked: list[tuple[str, object]] = []
    told: list[str] = []

    def note(_connection, _cursor, statement, parameters, *_rest):
        if statement.startswith("SELECT"):
            asked.append((statement, parameters))

    engine = house.desk.store.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield told
    finally:
        event.remove(engine, "before_cursor_execute", note)
    with engine.connect() as connection:
        for statement, parameters in asked:
            plan = connection.exec_driver_sql(
                f"EXPLAIN QUERY PLAN {statement}", parameters
            )
            told.append("\n".join(row[3] for row in plan))


def busy_registry(house: SmallHouse) -> dict[str, int]:
    """Give the registry one request of each section on Thursday at 14:20."""
    made = {}
    house.at(9, 8)
    made["overdue"] = house.raised("Deed copy from 1968", by="Petar Ilić")
    house.at(9, 9, 30)
    made["held"] = house.raised("Sale contract, flat 12")
    house.at(9, 14)
    made["today"] = house.raised("Parcel 1184/2")
    house.me("Dušan Kovač").at(10, 10)
    house.run(hold, made["held"], PendingReason.CUSTOMER, "power of attorney")
    house.at(10, 11)
    house.run(take, made["today"])
    house.at(12, 12, 45)
    made["later"] = house.raised("Parcel map", service="Boundary correction")
    house.at(12, 14, 20)
    return made


def ids(
    house: SmallHouse,
    *filters: Term,
    unit: str = "Land registry",
    words: str = "",
    person_id: int | None = None,
) -> list[int]:
    page = house.read(
        queue_page,
        house.units[unit],
        view=ListView(filters, words),
        person_id=person_id,
        now=house.now,
    )
    return [row.id for row in page.rows]


def test_what_is_due_next_comes_first_and_what_is_held_last(any_small_house):
    made = busy_registry(any_small_house)

    assert ids(any_small_house) == [
        made["overdue"],
        made["today"],
        made["later"],
        made["held"],
    ]


def test_each_row_stands_in_its_section(small_house):
    made = busy_registry(small_house)
    page = small_house.read(
        queue_page, small_house.units["Land registry"], now=small_house.now
    )

    sections = {row.id: section_of(row, small_house.now, ZONE) for row in page.rows}

    assert sections == {made[one.value]: one for one in QueueSection if one in made}


def test_a_request_due_at_midnight_local_time_is_told_by_the_zone(small_house):
    made = busy_registry(small_house)
    row = next(
        row
        for row in small_house.read(
            queue_page, small_house.units["Land registry"], now=small_house.now
        ).rows
        if row.id == made["later"]
    )

    day_before = row.due_at - timedelta(hours=24)

    assert section_of(row, day_before, ZONE) is QueueSection.LATER
    assert section_of(row, row.due_at, ZONE) is QueueSection.TODAY


def test_a_row_carries_names_and_the_clock_of_who_has_it(small_house):
    made = busy_registry(small_house)
    page = small_house.read(
        queue_page, small_house.units["Land registry"], now=small_house.now
    )
    row = next(one for one in page.rows if one.id == made["today"])

    assert (row.reference, row.subject, row.service) == (
        "LR-0003",
        "Parcel 1184/2",
        "Title extract",
    )
    assert (row.front_unit, row.holder, row.assignee) == (
        "Central counter",
        "Land registry",
        "Dušan Kovač",
    )
    assert row.ball is Ball.BACK
    assert row.clock is not None
    assert (row.clock.kind, row.clock.target_s) == ("resolution", 16 * 3600)
    assert row.clock.due_at == row.due_at


def test_filters_narrow_and_counts_agree_with_them(any_small_house):
    house = any_small_house
    made = busy_registry(house)
    me = house.people["Dušan Kovač"]

    registry = house.units["Land registry"]
    counts = house.read(queue_summary, registry, me, house.now).counts

    assert ids(house, VIEW_TERMS[QueueView.MINE], person_id=me) == [made["today"]]
    assert ids(house, VIEW_TERMS[QueueView.OVERDUE]) == [made["overdue"]]
    assert ids(house, VIEW_TERMS[QueueView.AT_RISK]) == [made["today"]]
    assert len(ids(house, VIEW_TERMS[QueueView.NOBODY])) == 3
    assert (counts.all, counts.mine, counts.nobody, counts.at_risk, counts.overdue) == (
        4,
        1,
        3,
        1,
        1,
    )


def test_a_service_a_front_unit_and_words_narrow_further(any_small_house):
    house = any_small_house
    made = busy_registry(house)
    service = house.services["Boundary correction"]

    assert ids(house, Named(Field.SERVICE, (), (service,))) == [made["later"]]
    phone = house.units["Phone line"]
    assert ids(house, Named(Field.FROM, (), (phone,))) == [made["overdue"]]
    assert ids(house, words="PARC 1184") == [made["today"]]
    assert ids(house, words="nothing like it") == []


def test_choices_name_only_what_the_open_requests_are_of(small_house):
    busy_registry(small_house)

    registry = small_house.units["Land registry"]
    choices = small_house.read(queue_summary, registry, None, small_house.now).choices

    assert [name for _, name in choices.services] == [
        "Boundary correction",
        "Title extract",
    ]
    assert [name for _, name in choices.front_units] == [
        "Central counter",
        "Phone line",
    ]


def test_pages_follow_each_other_without_gap_or_double(any_small_house):
    house = any_small_house
    registry = house.units["Land registry"]
    made = [house.later(minutes=7).raised(f"Parcel {n}") for n in range(11)]
    house.me("Dušan Kovač").later(minutes=1)
    for one in made[3:7]:
        house.run(hold, one, PendingReason.CUSTOMER)

    seen, after = [], None
    while True:
        page = house.read(queue_page, registry, after=after, limit=3, now=house.now)
        assert len(page.rows) <= 3
        seen += [row.id for row in page.rows]
        after = page.next_cursor
        if after is None:
            break

    assert seen == [*made[:3], *made[7:], *made[3:7]]


def test_requests_due_at_the_same_instant_are_neither_lost_nor_doubled(small_house):
    made = [small_house.raised(f"Parcel {n}") for n in range(5)]
    registry = small_house.units["Land registry"]

    first = small_house.read(queue_page, registry, limit=2, now=small_house.now)
    rest = small_house.read(
        queue_page, registry, after=first.next_cursor, limit=9, now=small_house.now
    )

    assert [row.id for row in (*first.rows, *rest.rows)] == made


def test_what_left_the_unit_is_not_in_its_queue(small_house):
    made = busy_registry(small_house)
    small_house.me("Dušan Kovač")
    permits = small_house.units["Building permits"]
    small_house.run(hand_over, made["today"], permits, "it is theirs")
    small_house.run(resolve, made["later"], "done")

    assert ids(small_house) == [made["overdue"], made["held"]]
    assert ids(small_house, unit="Building permits") == [made["today"]]
    assert ids(small_house, VIEW_TERMS[QueueView.DONE]) == [made["later"]]


def test_a_question_to_the_front_office_is_held_by_the_front_office(small_house):
    made = small_house.raised()
    small_house.me("Ana Petrović").later(minutes=5)
    small_house.run(ask, made, "Which parcel?")

    row = small_house.read(
        queue_page, small_house.units["Land registry"], now=small_house.now
    ).rows[0]

    assert row.ball is Ball.FRONT
    assert section_of(row, small_house.now, ZONE) is QueueSection.HELD


def test_statements_do_not_grow_with_the_rows(small_house):
    registry = small_house.units["Land registry"]
    counted = []
    for _ in range(2):
        for n in range(5):
            small_house.raised(f"Parcel {n}")
        with statements(small_house) as sent:
            small_house.read(queue_page, registry, now=small_house.now)
        counted.append(len(sent))
        with statements(small_house) as sent:
            small_house.read(queue_summary, registry, 1, small_house.now)
        assert len(sent) <= 3

    assert counted[0] == counted[1] <= 2


def test_the_database_walks_the_partial_index_and_sorts_a_page(small_house):
    registry = small_house.units["Land registry"]
    small_house.raised()
    with plans(small_house) as told:
        small_house.read(queue_page, registry, now=small_house.now)

    assert len(told) == 2
    for plan in told:
        assert "USING INDEX ix_request_queue" in plan
        # The page found by the index is gone through once, and put in order again.
        found, _page, shown = plan.partition("SCAN page")
        assert "SCAN" not in found + shown
        assert "TEMP B-TREE" not in found


def test_an_empty_queue_is_an_empty_page(any_small_house):
    house = any_small_house
    registry = house.units["Land registry"]

    page = house.read(queue_page, registry, now=house.now)

    assert (page.rows, page.next_cursor) == ((), None)
    assert house.read(queue_summary, registry, None, house.now).counts.all == 0
    assert house.read(lambda session: session.scalar(text("select 1"))) == 1
