"""Whatever is tampered with in a cached column is named by the check."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Boolean, Column, Table, select, text
from sqlalchemy.orm import Session

from desktop.domain.requests import PendingReason
from desktop.entities.base import Base, Code, UtcDateTime
from desktop.entities.calendars import CalendarClosure
from desktop.entities.requests import Request, RequestClock, RequestHold, RequestLeg
from desktop.store.engine import reading, writing
from desktop.store.projection import project_rows
from desktop.store.verification import BATCH, WHOLE_ROW, Verification, verify
from desktop.use_cases.requests import (
    ask,
    comment,
    hand_over,
    hold,
    reopen,
    resolve,
    resume,
    take,
)
from tests.small_house import SmallHouse

TABLES: dict[str, Any] = {
    "request": Request.__table__,
    "leg": RequestLeg.__table__,
    "hold": RequestHold.__table__,
    "clock": RequestClock.__table__,
}
CACHED_OF_REQUEST = [
    "state",
    "is_open",
    "unit_id",
    "unit_since",
    "assignee_id",
    "pending",
    "follow_up_at",
    "ball",
    "ball_since",
    "priority",
    "raised_at",
    "resolved_at",
    "last_at",
    "due_at",
    "clock_position",
    "reopens",
    "handovers",
    "returns",
    "entries",
]
IDENTITY = {"id", "request_id", "position"}
CACHED = [("request", column) for column in CACHED_OF_REQUEST] + [
    (name, column.name)
    for name in ("leg", "hold", "clock")
    for column in TABLES[name].columns
    if column.name not in IDENTITY
]


def worked(house: SmallHouse) -> int:
    """Raise a request and work it through every kind of step; it is held at the end."""
    house.at(9, 9)
    request = house.raised()
    house.at(9, 10).me("Ana Petrović").run(take, request)
    house.later(minutes=30).run(
        hold, request, PendingReason.CUSTOMER, "a missing paper"
    )
    house.at(10, 9).run(resume, request)
    house.later(minutes=5).run(ask, request, "Which parcel?")
    house.later(hours=1).me("Jelena Marić").run(comment, request, "1184/2")
    permits = house.units["Building permits"]
    house.later(hours=1).me("Ana Petrović").run(resume, request)
    house.later(hours=1).run(hand_over, request, permits, "Theirs")
    house.at(12, 9).me("Vesna Stojanović").run(take, request)
    house.at(13, 9).run(resolve, request, "Done")
    house.at(13, 10).me("Jelena Marić").run(reopen, request, "Not done")
    house.at(13, 11).me("Vesna Stojanović").run(hold, request, PendingReason.APPROVAL)
    return request


def verified(house: SmallHouse) -> Verification:
    with Session(reading(house.desk.store.engine)) as session:
        return verify(session)


def tamper(house: SmallHouse, *statements: Any) -> None:
    """Change rows behind everybody's back: no keys are checked, no journal written."""
    engine = house.desk.store.engine
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            raw = connection.connection.driver_connection
            assert raw is not None
            connection.rollback()
            raw.execute("PRAGMA foreign_keys=OFF")
            connection.close()
    with writing(engine).begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SET LOCAL session_replication_role = replica"))
        for statement in statements:
            connection.execute(statement)


def other_than(column: Column[Any], value: Any) -> Any:
    """Give another value that the column would take."""
    if isinstance(column.type, Code):
        return next(code for code in column.type.codes if code != value)
    if isinstance(column.type, UtcDateTime):
        return (value or datetime.fromisoformat("2026-11-09T08:00:00Z")) + timedelta(
            microseconds=1
        )
    if isinstance(column.type, Boolean):
        return not value
    return (value or 0) + 1


def test_a_worked_request_is_sound(any_small_house: SmallHouse) -> None:
    worked(any_small_house)
    found = verified(any_small_house)
    assert found.is_sound, found.differences
    assert (found.checked, found.entries) == (1, 12)


def test_the_list_of_cached_columns_is_the_projection_s(
    small_house: SmallHouse,
) -> None:
    from desktop.domain.history import History
    from desktop.store.projection import events_of
    from desktop.store.reference import load_reference

    request = worked(small_house)
    with Session(reading(small_house.desk.store.engine)) as session:
        rows = project_rows(
            History.of(events_of(session, request)),
            load_reference(session, 0),
            request_id=request,
            service_id=small_house.services["Title extract"],
            front_unit_id=small_house.units["Central counter"],
        )
    projected = [("request", name) for name in rows.request]
    for name, made in (
        ("leg", rows.legs),
        ("hold", rows.holds),
        ("clock", rows.clocks),
    ):
        projected += [(name, column) for column in made[0] if column not in IDENTITY]
    assert sorted(projected) == sorted(CACHED)


def test_every_tampered_column_is_named(any_small_house: SmallHouse) -> None:
    house = any_small_house
    request = worked(house)
    for name, column_name in CACHED:
        table: Table = TABLES[name]
        column = table.c[column_name]
        owner = table.c.id if name == "request" else table.c.request_id
        where = owner == request
        if name != "request":
            where &= table.c.position == 1
        with Session(reading(house.desk.store.engine)) as session:
            value = session.execute(select(column).where(where)).scalar_one()
        wrong = other_than(column, value)
        tamper(house, table.update().where(where).values({column_name: wrong}))
        found = verified(house)
        assert found.difference_count == 1, (name, column_name, found.differences)
        (told,) = found.differences
        assert (told.table, told.column, told.request_id) == (
            name,
            column_name,
            request,
        )
        assert told.position == (None if name == "request" else 1)
        assert (told.stored, told.expected) == (wrong, value)
        tamper(house, table.update().where(where).values({column_name: value}))
    assert verified(house).is_sound


@pytest.mark.parametrize("entity", [RequestLeg, RequestHold, RequestClock])
def test_a_missing_row_and_one_too_many_are_named(
    any_small_house: SmallHouse, entity: type[Base]
) -> None:
    house = any_small_house
    worked(house)
    table: Any = entity.__table__
    moved = table.update().where(table.c.position == 1).values(position=99)
    tamper(house, moved)
    missing, extra = verified(house).differences
    assert (missing.table, missing.position, missing.column) == (
        table.name,
        1,
        WHOLE_ROW,
    )
    assert missing.stored is None
    assert (extra.table, extra.position, extra.column) == (table.name, 99, WHOLE_ROW)
    assert extra.expected is None


def test_a_cut_journal_is_named(any_small_house: SmallHouse) -> None:
    house = any_small_house
    worked(house)
    off = "DROP TRIGGER journal_entry_no_delete"
    cut = text("DELETE FROM journal_entry WHERE seq = 5")
    if house.desk.store.engine.dialect.name == "sqlite":
        tamper(house, text(off), cut)
    else:
        trigger = "ALTER TABLE journal_entry DISABLE TRIGGER ALL"
        tamper(house, text(trigger), cut)
    found = verified(house).differences[0]
    assert (found.table, found.position) == ("journal_entry", 5)
    assert (found.stored, found.expected) == (6, 5)


def test_a_request_without_a_journal_is_named(any_small_house: SmallHouse) -> None:
    house = any_small_house
    worked(house)
    with Session(writing(house.desk.store.engine)) as session:
        source = session.scalars(select(Request)).one()
        columns = {
            column.name: getattr(source, column.name)
            for column in TABLES["request"].columns
            if column.name not in ("id", "key")
        }
        session.add(Request(**{**columns, "reference": "R-0"}))
        session.commit()
    (found,) = verified(house).differences
    assert (found.reference, found.table) == ("R-0", "journal_entry")
    assert found.column == WHOLE_ROW


def test_a_rule_changed_behind_the_requests_back_is_noticed(
    small_house: SmallHouse,
) -> None:
    worked(small_house)
    day = date(2026, 11, 9)
    calendar = small_house.calendar_id
    closure = CalendarClosure.__table__.insert().values(
        calendar_id=calendar, start=day, end=day, name="Flood"
    )
    tamper(small_house, closure)
    columns = {told.column for told in verified(small_house).differences}
    assert "used_s" in columns


def test_more_than_one_batch_is_read_to_the_end(small_house: SmallHouse) -> None:
    for _ in range(BATCH + 3):
        small_house.raised()
    table = TABLES["request"]
    tamper(small_house, table.update().values(reopens=7))
    seen: list[tuple[int, int]] = []
    with Session(reading(small_house.desk.store.engine)) as session:
        found = verify(session, lambda done, total: seen.append((done, total)))
    assert found.checked == found.difference_count == BATCH + 3
    assert seen == [(BATCH, BATCH + 3), (BATCH + 3, BATCH + 3)]
