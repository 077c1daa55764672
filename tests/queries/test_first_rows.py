"""A list's first page, asked by the driver alone: the list's own rows, or nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from desktop.domain.list_views import GroupBy, ListView, SortBy
from desktop.domain.search_words import Coded, Field, Older
from desktop.queries.first_lists import first_list
from desktop.queries.first_rows import Asked, FirstList, FirstRows, first_rows
from desktop.queries.list_narrowing import Moment, Reader
from desktop.queries.lists import list_page
from desktop.queries.queue import of_unit
from desktop.store.engine import opened
from desktop.use_cases.requests import resolve, take
from tests.small_house import ZONE, SmallHouse
from tests.ui.queue.rich_queue import fill

AGENT = "Dušan Kovač"
OVERDUE = ListView((Coded(Field.IS, ("overdue",)),))
VIEWS = {
    "queue": ListView(),
    "newest": ListView(sort=SortBy.REFERENCE, is_descending=True),
    "grouped": ListView(sort=SortBy.SUBJECT, group=GroupBy.DUE),
    "filtered": OVERDUE,
}


@pytest.fixture
def house(small_house: SmallHouse) -> SmallHouse:
    """The registry's Thursday, one request resolved."""
    made = fill(small_house)
    small_house.me(AGENT)
    small_house.run(resolve, made["late_mine"], "Done")
    return small_house


def wanted(house: SmallHouse, view: ListView) -> dict:
    reader = Reader(house.people[AGENT], house.units["Land registry"])
    moment = Moment(house.now, ZONE)
    asked = of_unit(reader.unit_id or 0, view, moment.today)
    return {"view": asked, "reader": reader, "moment": moment}


def remembered(house: SmallHouse, view: ListView | None = None) -> FirstList:
    """Remember a view as a file does: through JSON."""
    kept = house.read(first_list, **wanted(house, view or ListView()))
    assert kept is not None
    return FirstList.from_data(json.loads(json.dumps(kept._asdict())))


def read(house: SmallHouse, path: Path, kept: FirstList) -> FirstRows:
    found = first_rows(path, kept, house.now)
    assert found is not None
    return found


@pytest.mark.parametrize("name", VIEWS)
def test_the_rows_are_those_of_the_lists_own_query(
    house: SmallHouse, workspace_path: Path, name: str
) -> None:
    found = read(house, workspace_path, remembered(house, VIEWS[name]))
    page = house.read(list_page, **wanted(house, VIEWS[name]))
    assert page.rows
    assert tuple(found.rows) == page.rows
    kinds = [[type(value) for value in row] for row in found.rows]
    assert kinds == [[type(value) for value in row] for row in page.rows]


def test_a_page_ends_where_it_would_and_says_that_more_follow(
    house: SmallHouse, workspace_path: Path
) -> None:
    kept = remembered(house)._replace(limit=2)
    found = read(house, workspace_path, kept)
    page = house.read(list_page, limit=2, **wanted(house, ListView()))
    assert (tuple(found.rows), found.has_more) == (page.rows, True)


def test_rows_are_as_they_are_now_and_counted_at_this_moment(
    house: SmallHouse, workspace_path: Path
) -> None:
    kept = remembered(house, OVERDUE)
    before = {row.id for row in read(house, workspace_path, kept).rows}
    fresh = house.raised("Came after it was remembered")
    house.me(AGENT).run(take, fresh)
    house.later(days=60)
    rows = {row.id: row for row in read(house, workspace_path, kept).rows}
    assert fresh not in before
    assert rows[fresh].assignee == AGENT


def test_clocks_read_as_they_do_with_the_calendars_of_the_core(
    house: SmallHouse, workspace_path: Path
) -> None:
    found = read(house, workspace_path, remembered(house))
    for row in found.rows:
        if row.clock is not None:
            calendar = found.calendars[row.clock.calendar_id]
            own = house.desk.store.cache
            with house.desk.store.reading() as session:
                known = own.get(session).calendars[row.clock.calendar_id]
            assert row.clock.reading(calendar, house.now) == row.clock.reading(
                known, house.now
            )


def changed_rules(path: Path) -> str:
    return "UPDATE workspace SET rules_stamp = rules_stamp + 1"


def somebody_else(path: Path) -> str:
    return f"UPDATE person SET can_sign_in = 0 WHERE name = '{AGENT}'"


def other_schema(path: Path) -> str:
    return "PRAGMA user_version = 3"


def other_program(path: Path) -> str:
    return "PRAGMA application_id = 7"


@pytest.mark.parametrize(
    "change", [changed_rules, somebody_else, other_schema, other_program]
)
def test_nothing_is_read_once_something_is_no_longer_so(
    house: SmallHouse, workspace_path: Path, change
) -> None:
    kept = remembered(house)
    house.desk.close()
    with opened(workspace_path) as connection:
        connection.execute(change(workspace_path))
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert first_rows(workspace_path, kept, house.now) is None


def test_what_was_remembered_wrongly_is_not_shown(
    house: SmallHouse, workspace_path: Path, tmp_path: Path
) -> None:
    kept = remembered(house)
    broken = [
        kept._replace(parts=[Asked("SELECT no_such FROM request", [], {})]),
        kept._replace(parts=[Asked("DELETE FROM request", [], {})]),
        kept._replace(parts=[kept.parts[0]._replace(named={"0": "yesterday"})]),
        kept._replace(columns=kept.columns[:-1]),
        kept._replace(columns=["Ball"] * len(kept.columns)),
        kept._replace(zone="Nowhere/At all"),
        kept._replace(calendars={"1": [{"zone": "UTC"}]}),
    ]
    for one in broken:
        assert first_rows(workspace_path, one, house.now) is None
    assert first_rows(tmp_path / "none.counterpart", kept, house.now) is None
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear Sir " * 40, encoding="utf-8")
    assert first_rows(letter, kept, house.now) is None
    assert read(house, workspace_path, kept).rows


def test_a_server_is_read_the_usual_way(any_small_house: SmallHouse) -> None:
    house = any_small_house
    house.raised()
    is_file = house.desk.store.engine.dialect.name == "sqlite"
    kept = house.read(first_list, **wanted(house, ListView()))
    assert (kept is not None) is is_file


@pytest.mark.parametrize(
    "term",
    [Older(3 * 86_400), Coded(Field.IS, ("done",)), Coded(Field.IS, ("unread",))],
)
def test_a_view_that_depends_on_more_than_the_moment_is_not_remembered(
    house: SmallHouse, term
) -> None:
    assert house.read(first_list, **wanted(house, ListView((term,)))) is None
