"""Any list of requests: narrowed, sorted, grouped, counted, page after page."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from itertools import pairwise, product

import pytest
from sqlalchemy import select

from desktop.domain.list_views import GroupBy, ListView, SortBy
from desktop.domain.requests import Audience, PendingReason
from desktop.domain.search_words import Coded, Field, Named
from desktop.entities.requests import Request
from desktop.entities.units import Person
from desktop.queries.list_narrowing import Moment, Reader
from desktop.queries.lists import (
    _page_statement,
    all_rows,
    group_of,
    list_counts,
    list_page,
    list_total,
)
from desktop.queries.search import find_requests
from desktop.store.search import index_words
from desktop.store.search_index import reindex
from desktop.store.verification import verify
from desktop.use_cases.attachments import NewFile, attach
from desktop.use_cases.requests import (
    ask,
    change_priority,
    comment,
    decline,
    hand_over,
    hold,
    resolve,
    take,
)
from desktop.use_cases.seeing import begin_reading
from tests.queries.test_queue import plans, statements
from tests.small_house import ZONE


def by(house, person: str = "Dušan Kovač") -> dict:
    unit = house.actor(person).unit_id
    return {
        "reader": Reader(house.people[person], unit),
        "moment": Moment(house.now, ZONE),
    }


def found(house, words: str = "", person: str = "Dušan Kovač", **more) -> list[str]:
    view = ListView(words=words, **{"sort": SortBy.REFERENCE, **more})
    page = house.read(list_page, view, **by(house, person))
    return [row.reference for row in page.rows]


@pytest.fixture
def rich(any_small_house):
    """Ten requests of both units, in every state; Wednesday noon."""
    house = any_small_house
    more = [
        {"customer": "Ljubica Đurić", "body": "The pipe burst in the cellar"},
        {"customer": "Goran Müller", "body": "A burst pipe, please hurry"},
        {"form": {"parcel": "1184/2"}, "by": "Petar Ilić"},
        {"service": "Building permit", "customer": "Nino ბერიძე"},
        {"priority": 1, "urgency_reason": "Court"},
        {"service": "Boundary correction"},
        {},
        {"service": "Building permit", "by": "Petar Ilić", "body": "Виноградска 14"},
        {"priority": 4},
        {},
    ]
    made = [
        house.later(hours=1).raised(f"Wish {n}", **one) for n, one in enumerate(more)
    ]
    house.me("Dušan Kovač")
    house.run(take, made[0])
    house.run(ask, made[1], "Which cellar?")
    house.run(hold, made[2], PendingReason.CUSTOMER, "On holiday")
    house.run(comment, made[4], "Mortgage of 2009", Audience.INTERNAL)
    house.run(change_priority, made[5], 2, "Promised")
    house.run(resolve, made[6], "Sent by post")
    house.run(decline, made[8], "No right to it")
    house.run(hand_over, made[9], house.units["Building permits"], "A permit really")
    house.later(days=2)
    return house


NARROWED = (
    ("is:held", ["LR-0002", "LR-0003"]),
    ("is:open -is:held unit:registry", ["LR-0001", "LR-0004", "LR-0005"]),
    ("unit:permits", ["BP-0001", "BP-0002", "LR-0008"]),
    ("unit:permits,registry is:done", ["LR-0006", "LR-0007"]),
    ("from:phone", ["LR-0003", "BP-0002"]),
    ("service:boundary", ["LR-0005"]),
    ("assignee:me is:open", ["LR-0001"]),
    ("assignee:dusan", ["LR-0001", "LR-0006"]),
    ("assignee:nobody state:declined", ["LR-0007"]),
    ("requester:petar", ["LR-0003", "BP-0002"]),
    ("priority:1,2", ["LR-0004", "LR-0005"]),
    ("priority:4 is:declined", ["LR-0007"]),
    ("ball:customer", ["LR-0003"]),
    ("pending:front_office", ["LR-0002"]),
    ("has:customer -customer:goran", ["LR-0001", "BP-0001"]),
    ("customer:muller", ["LR-0002"]),
    ("customer:mueller", ["LR-0002"]),
    ("customer:djuric", ["LR-0001"]),
    ("customer:wish", []),
    ("ბერიძე", ["BP-0001"]),
    ("beridze", ["BP-0001"]),
    ("customer:beridze", ["BP-0001"]),
    ("vinogradska", ["BP-0002"]),
    ("виноградска", ["BP-0002"]),
    ("ref:lr-000 is:resolved", ["LR-0006"]),
    ("lr3", ["LR-0003"]),
    ("lr0003", ["LR-0003"]),
    ("lr000000003", ["LR-0003"]),
    ("bp-1", ["BP-0001"]),
    ("lr 8 is:open", ["LR-0008"]),
    ("-lr3 is:held", ["LR-0002"]),
    ('"burst pipe"', ["LR-0002"]),
    ("burst pipe", ["LR-0001", "LR-0002"]),
    ('-"burst pipe" pipe', ["LR-0001"]),
    ("1184", ["LR-0003"]),
    ("permit really", ["LR-0008"]),
    ('"sent by post"', ["LR-0006"]),
    ("raised:2026-11-09 is:resolved", ["LR-0006"]),
    ("raised:>2026-11-09", []),
    ("age:<1d", []),
    ("due:none is:open -is:held", ["LR-0008"]),
    ("unit:nowhere", []),
    ("is:reopened", []),
)


def test_field_words_and_words_narrow_alike_on_both_databases(rich):
    for words, references in NARROWED:
        assert sorted(found(rich, words)) == sorted(references), words


def test_a_phrase_of_one_word_finds_the_services_named_so(rich):
    named = found(rich, '"boundary"')
    assert named
    for words in ('"boundary."', '"(Boundary)"'):
        assert found(rich, words) == named, words


def test_a_number_of_four_figures_is_found_behind_its_prefix(rich):
    def count_on(work) -> None:
        one = work.session.scalars(select(Request).limit(1)).one()
        one.reference = "LR-1234"
        work.session.flush()
        reindex(work.session, one.id)

    rich.run(count_on)
    assert found(rich, "lr1234") == ["LR-1234"]


def test_names_nobody_has_and_words_not_understood_are_told(rich):
    view = ListView(words="assignee:xaver unti:x")
    page = rich.read(list_page, view, **by(rich))

    assert page.unknown == ((Field.ASSIGNEE, "xaver"),)
    assert [one.meant for one in page.misread] == ["unit"]


def test_people_are_found_by_name_and_by_a_name_given_later(rich):
    assert "LR-0001" in found(rich, "kovač")
    assert len(found(rich, "marić")) == 8

    def rename(work) -> None:
        work.get(Person, rich.people["Dušan Kovač"]).name = "Đorđe Horvat"

    rich.run(rename)

    assert found(rich, "kovač") == []
    for words in ("horvat wish", "djordje wish", "dorde wish", "assignee:djordje"):
        assert sorted(found(rich, words)) == ["LR-0001", "LR-0006"], words


def test_internal_words_find_a_request_only_for_who_may_read_them(rich):
    assert found(rich, "mortgage") == ["LR-0004"]
    assert found(rich, '"mortgage of 2009"') == ["LR-0004"]
    assert found(rich, "mortgage", "Jelena Marić") == []
    assert found(rich, "mortgage", "Vesna Stojanović") == []
    assert rich.read(find_requests, "mortgage") == ()


def is_server(house) -> bool:
    return house.desk.store.engine.dialect.name == "postgresql"


def test_pages_follow_each_other_in_every_order(rich):
    some = (SortBy.DUE, SortBy.REFERENCE, SortBy.HOLDER)
    orders = [*product(SortBy, (GroupBy.NONE,), (False, True))]
    orders += product(some, (GroupBy.DUE, GroupBy.ASSIGNEE), (False, True))
    for sort, group, is_descending in orders[:: 2 if is_server(rich) else 1]:
        view = ListView(sort=sort, is_descending=is_descending, group=group)
        whole = rich.read(list_page, view, **by(rich)).rows
        assert len(whole) == len({row.id for row in whole}) == 10
        paged, after = [], None
        for _ in range(10):
            page = rich.read(list_page, view, after=after, limit=3, **by(rich))
            paged += page.rows
            after = page.next_cursor
            if after is None:
                break
        assert [row.id for row in paged] == [row.id for row in whole], view


def test_rows_without_a_value_come_last_whichever_way(rich):
    for is_descending in (False, True):
        view = ListView(sort=SortBy.DUE, is_descending=is_descending)
        rows = rich.read(list_page, view, **by(rich)).rows
        has_due = [row.due_at is not None for row in rows]
        assert has_due == sorted(has_due, reverse=True)
        due = [row.due_at for row in rows if row.due_at is not None]
        assert due == sorted(due, reverse=is_descending)


def test_groups_are_counted_as_their_rows_are_grouped(rich):
    moment = Moment(rich.now, ZONE)
    for group in (one for one in GroupBy if one):
        view = ListView(words="is:open", group=group)
        rows = rich.read(list_page, view, **by(rich)).rows
        counts = rich.read(list_counts, view, **by(rich))
        keys = [group_of(row, group, moment) for row in rows]

        assert dict(counts.groups) == Counter(keys), group
        assert counts.total == len(rows) == rich.read(list_total, view, **by(rich))
        changes = sum(one != two for one, two in pairwise(keys))
        assert changes == len(set(keys)) - 1, group


def test_all_rows_are_given_a_page_at_a_time_and_no_more_than_asked(rich):
    view = ListView(sort=SortBy.RAISED)

    def references(session, most=None):
        rows = all_rows(session, view, most=most, **by(rich))
        return [row.reference for row in rows]

    assert len(rich.read(references)) == 10
    assert rich.read(references, most=4) == rich.read(references)[:4]


def test_the_statements_do_not_grow_with_the_rows_nor_with_the_terms(small_house):
    small_house.raised()
    words = "unit:land assignee:dusan service:title is:open burst raised:2026"
    with statements(small_house) as few:
        found(small_house, words)
    for n in range(8):
        small_house.raised(f"Parcel {n}")
    with statements(small_house) as many:
        found(small_house, words)

    assert len(few) == len(many) <= 5


def test_other_words_are_asked_for_by_the_same_statement(small_house):
    small_house.raised("Parcel")
    small_house.raised("Garage")
    assert found(small_house, "parcel") == ["LR-0001"]
    made = _page_statement.cache_info().misses
    assert found(small_house, "garage") == ["LR-0002"]
    assert found(small_house, "-garage") == ["LR-0001"]
    assert found(small_house, '"garage parcel"') == []
    assert _page_statement.cache_info().misses == made


@pytest.mark.parametrize(
    ("words", "index"),
    [
        ("is:unread", "ix_request_last_at"),
        ("unit:land resolved:today", "ix_request_resolved_by"),
    ],
)
def test_what_happened_lately_is_not_sought_among_all_there_is(
    small_house, words, index
):
    small_house.me("Dušan Kovač")
    small_house.run(begin_reading)
    small_house.later(hours=1).raised()
    with plans(small_house) as told:
        found(small_house, words)

    assert f"INDEX {index} (" in told[-1]


def test_what_is_open_and_mine_can_be_asked_by_id_as_chips_do(rich):
    unit = rich.units["Land registry"]
    view = ListView((Named(Field.UNIT, (), (unit,)), Coded(Field.IS, ("mine",))))

    rows = rich.read(list_page, view, **by(rich)).rows

    assert {row.reference for row in rows} == {"LR-0001", "LR-0006"}


def test_days_end_at_midnight_where_the_reader_is(small_house):
    house = small_house.at(9, 8)
    late = house.raised("Late in the evening")
    row = house.read(list_page, ListView(), **by(house)).rows[0]
    assert row.id == late
    due = row.due_at.astimezone(ZONE).date()
    house.instant = house.instant.replace(hour=0)

    assert found(house, f"due:{due.isoformat()}") == ["LR-0001"]
    assert found(house, f"due:{(due - timedelta(days=1)).isoformat()}") == []


def test_files_are_found_by_their_names_internal_ones_by_their_side_only(small_house):
    house = small_house
    one, two = house.raised("One"), house.raised("Two")
    house.me("Dušan Kovač")
    house.run(attach, one, [NewFile("Skica đubrišta.txt", b"words")])
    secret = [NewFile("procena.txt", b"other words")]
    house.run(attach, two, secret, audience=Audience.INTERNAL)

    assert found(house, "file:djubrista") == ["LR-0001"]
    assert found(house, "skica has:attachment") == ["LR-0001"]
    assert found(house, "procena") == ["LR-0002"]
    assert found(house, "procena", "Jelena Marić") == []
    assert house.read(verify).difference_count == 0


def test_every_step_leaves_the_index_in_line_and_a_stale_one_is_named(rich):
    assert rich.read(verify).difference_count == 0

    rich.run(lambda work: index_words(work.session, [(1, "other words")]))

    differences = rich.read(verify).differences
    assert [one.table for one in differences] == ["request_search"]
