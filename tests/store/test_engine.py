"""What only the dialect knows holds on both databases."""

import random
import threading
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, Select, select, text
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.orm import Session

from desktop.entities.units import ReferenceCounter
from desktop.store import engine as engines
from desktop.store import search
from desktop.store.engine import (
    data_version,
    database_now,
    insert_ignoring_duplicates,
    make_engine,
    reading,
    writing,
)
from desktop.store.search_index import merge_parts

COUNTERS = ReferenceCounter.__table__


@pytest.fixture
def engine(workspace_url: str) -> Iterator[Engine]:
    engine = make_engine(workspace_url)
    yield engine
    engine.dispose()


@pytest.fixture
def sqlite_engine(sqlite_workspace: str) -> Iterator[Engine]:
    engine = make_engine(sqlite_workspace)
    yield engine
    engine.dispose()


def test_a_file_is_opened_durable_and_with_keys_checked(sqlite_engine: Engine) -> None:
    asked = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
    asked |= {"busy_timeout": 5000, "trusted_schema": 0, "recursive_triggers": 1}
    with sqlite_engine.connect() as connection:
        for name, value in asked.items():
            found = connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            assert found == value, name


def test_an_sqlite_with_the_wal_reset_bug_gets_one_writing_connection(
    sqlite_workspace: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "SAFE_SQLITE", (999, 0, 0))
    engine = make_engine(sqlite_workspace)
    first = engine.connect()
    entered = threading.Event()

    def second() -> None:
        with engine.connect():
            entered.set()

    other = threading.Thread(target=second)
    other.start()
    assert not entered.wait(0.2)
    with reading(engine).connect() as reader:
        assert reader.exec_driver_sql("PRAGMA wal_autocheckpoint").scalar_one() == 0
    first.close()
    assert entered.wait(10)
    other.join()
    engine.dispose()


def test_reading_refuses_to_write(engine: Engine) -> None:
    with Session(reading(engine)) as session, pytest.raises(DBAPIError):
        session.execute(COUNTERS.insert().values(prefix="R", last=1))


def test_a_connection_keeps_fewer_pages_for_reading(sqlite_engine: Engine) -> None:
    kept = text("PRAGMA cache_size")
    for _ in range(2):
        with reading(sqlite_engine).connect() as connection:
            assert connection.scalar(kept) == -engines.READING_KB
        with writing(sqlite_engine).connect() as connection:
            assert connection.scalar(kept) == -engines.WRITING_KB


def test_a_connection_that_has_read_can_write_again(engine: Engine) -> None:
    for last in range(3):
        with Session(reading(engine)) as session:
            session.execute(select(COUNTERS.c.last)).all()
        with Session(writing(engine)) as session:
            session.execute(COUNTERS.insert().values(prefix=f"R{last}", last=last))
            session.commit()
    with Session(reading(engine)) as session:
        assert len(session.execute(select(COUNTERS.c.last)).all()) == 3


def test_a_reading_sees_one_moment(engine: Engine) -> None:
    with Session(reading(engine)) as reader:
        before = reader.execute(select(COUNTERS.c.last)).all()
        with Session(writing(engine)) as writer:
            writer.execute(COUNTERS.insert().values(prefix="R", last=1))
            writer.commit()
        assert reader.execute(select(COUNTERS.c.last)).all() == before == []


def test_read_then_write_never_fails_among_several_writers(engine: Engine) -> None:
    with Session(writing(engine)) as session:
        session.execute(COUNTERS.insert().values(prefix="R", last=0))
        session.commit()

    def count() -> None:
        for _ in range(25):
            with Session(writing(engine)) as session:
                row = select(COUNTERS.c.last).with_for_update()
                last = session.execute(row).scalar_one()
                session.execute(COUNTERS.update().values(last=last + 1))
                session.commit()

    writers = [threading.Thread(target=count) for _ in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    with Session(reading(engine)) as session:
        assert session.execute(select(COUNTERS.c.last)).scalar_one() == 100


def test_the_connection_used_last_is_used_next(sqlite_engine: Engine) -> None:
    readers = reading(sqlite_engine)

    def raw(session: Session) -> object:
        return session.connection().connection.driver_connection

    with Session(readers) as one, Session(readers) as other:
        raw(one)
        last = raw(other)
        one.close()
    for _ in range(3):
        with Session(readers) as next_one:
            assert raw(next_one) is last


def test_the_data_version_moves_when_anybody_commits(engine: Engine) -> None:
    before = data_version(engine)
    assert data_version(engine) == before
    with Session(writing(engine)) as session:
        session.execute(COUNTERS.insert().values(prefix="R", last=1))
        assert data_version(engine) == before or engine.dialect.name == "postgresql"
        session.commit()
    assert data_version(engine) != before


def test_errors_do_not_tell_what_people_wrote(engine: Engine) -> None:
    row = {"prefix": "SECRET", "last": 1}
    with Session(writing(engine)) as session:
        session.execute(COUNTERS.insert().values(row))
        with pytest.raises(DBAPIError) as refused:
            session.execute(COUNTERS.insert().values(row))
    assert "hidden due to hide_parameters" in str(refused.value)


def test_rows_that_are_there_already_are_left_out(engine: Engine) -> None:
    rows = [{"prefix": name, "last": 1} for name in ("A", "B", "A")]
    with Session(writing(engine)) as session:
        assert insert_ignoring_duplicates(session, COUNTERS, rows, ["prefix"]) == 2
        assert insert_ignoring_duplicates(session, COUNTERS, rows, ["prefix"]) == 0
        assert insert_ignoring_duplicates(session, COUNTERS, [], ["prefix"]) == 0


def test_a_server_tells_the_time_and_a_file_asks_the_clock(engine: Engine) -> None:
    wrong = datetime(2001, 1, 1, tzinfo=UTC)
    with Session(reading(engine)) as session:
        at = database_now(session, lambda: wrong)
    assert at.utcoffset() == timedelta(0)
    assert (at == wrong) is (engine.dialect.name == "sqlite")


def test_a_server_counts_in_utc_whatever_its_settings(
    postgresql_workspace: str,
) -> None:
    engine = make_engine(postgresql_workspace)
    with engine.connect() as connection:
        assert connection.execute(text("SHOW timezone")).scalar_one() == "UTC"
    engine.dispose()


def test_a_missing_file_is_not_made_by_opening_it(tmp_path: object) -> None:
    engine = make_engine(f"sqlite:///{tmp_path}/absent.counterpart")
    with pytest.raises(OperationalError):
        engine.connect()


@pytest.mark.parametrize("address", ["mysql://x/y", "sqlite://"])
def test_other_databases_are_refused(address: str) -> None:
    with pytest.raises(ValueError):
        make_engine(address)


def found(engine: Engine, asked: str) -> list[int]:
    with Session(reading(engine)) as session:
        return sorted(session.scalars(matching(session, asked)))


def matching(session: Session, asked: str) -> Select[Any]:
    spelled = search.spelled_out(session, [search.Asked(asked)], None)
    return search.asked_ids(session.get_bind().dialect.name, spelled)


def ready(texts: Iterable[tuple[int, str]]) -> list[tuple[int, str]]:
    """Divide folded texts into their words, as what is indexed is."""
    return [(number, " ".join(search.all_words_of(folded))) for number, folded in texts]


@pytest.fixture
def indexed(engine: Engine) -> Engine:
    """Three requests, on a server without the rows their words belong to."""
    with Session(writing(engine)) as session:
        if engine.dialect.name == "postgresql":
            session.execute(text("SET LOCAL session_replication_role = replica"))
        texts = [
            (1, "printer on floor 3 is broken"),
            (2, "o'neil asks for c++ a-b inc0023670 xn--4ca.example/path?x=1"),
            (3, "жалба на буку 'кафана' ქართული"),
        ]
        search.index_words(session, ready(texts))
        session.commit()
    return engine


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("printer", [1]),
        ("flo pri", [1]),
        ("o'neil", [2]),
        ("c++", [2]),
        ("a-b", [2]),
        ("inc00236", [2]),
        ("example", [2]),
        ("каф", [3]),
        ("ქართ", [3]),
        ("3", [1]),
        ("printer кафана", []),
        ("or", []),
        ('" OR "printer', []),
        ("printer | кафана", []),
        ("!!!", []),
        ("", []),
        ("x" * 100_000, []),
    ],
)
def test_words_are_found_alike_on_both(
    indexed: Engine, asked: str, answer: list[int]
) -> None:
    assert found(indexed, asked) == answer


@pytest.mark.parametrize("many", [3, search.MOST_BEGUN - 1, search.MOST_BEGUN + 9])
def test_all_that_begins_alike_is_found_however_many_words_there_are(
    indexed: Engine, many: int
) -> None:
    texts = [(1, " ".join(f"parcel{one}" for one in range(many))), (2, "parcels")]
    texts.append((3, f"parce {search.MARK} parcel"))
    with Session(writing(indexed)) as session:
        search.index_words(session, texts)
        session.commit()
    assert found(indexed, "parcel") == [1, 2, 3]
    assert found(indexed, f"parcel{many - 1}") == [1]


def test_a_word_typed_finds_what_has_it_and_no_field_of_that_name(
    sqlite_engine: Engine,
) -> None:
    field = search.marked("customer", "novak")
    with Session(writing(sqlite_engine)) as session:
        search.index_words(session, [(1, field), (2, "customers"), (3, f"{field}s")])
        session.commit()
    assert found(sqlite_engine, "customer") == [2]
    with Session(reading(sqlite_engine)) as session:
        asked = [search.Asked("novak", field="customer")]
        (one,) = search.spelled_out(session, asked, None)
    assert dict(one.begun) == {field: (field, f"{field}s")}


def test_new_words_replace_the_old_ones(indexed: Engine) -> None:
    with Session(writing(indexed)) as session:
        search.index_words(session, [(1, "monitor")])
        session.commit()
    assert found(indexed, "printer") == []
    assert found(indexed, "monitor") == [1]


def test_an_index_of_many_parts_becomes_one_and_finds_the_same(
    sqlite_engine: Engine,
) -> None:
    parts = text(
        "SELECT count(DISTINCT id >> 37) FROM request_search_data WHERE id > 10"
    )
    with Session(writing(sqlite_engine)) as session:
        for one in range(1, 7):
            search.index_words(session, [(one, f"monitor {one}")])
            session.commit()
        assert session.scalar(parts) == 6
        merge_parts(session)
        assert session.scalar(parts) == 1
        merge_parts(session)
        session.commit()
    assert sorted(found(sqlite_engine, "monitor")) == [1, 2, 3, 4, 5, 6]


def test_twenty_thousand_random_searches_never_fail(indexed: Engine) -> None:
    chance = random.Random(20160516)
    signs = "\"'*^:(){}|&!<>-+~.,;@#$%\\/ \t\n\0"
    ranges = [(0, 128), (0, 0x3000), (0, 0xD800), (0xE000, 0x110000)]
    with Session(reading(indexed)) as session:
        for _ in range(20_000):
            letters = [
                chance.choice(signs)
                if chance.random() < 0.3
                else chr(chance.randrange(*chance.choice(ranges)))
                for _ in range(chance.randrange(30))
            ]
            asked = "".join(letters)
            session.execute(matching(session, asked)).all()
            search.words_of(asked)


def test_random_texts_are_found_by_their_own_words(engine: Engine) -> None:
    chance = random.Random(7)
    with Session(writing(engine)) as session:
        if engine.dialect.name == "postgresql":
            session.execute(text("SET LOCAL session_replication_role = replica"))
        texts = {
            number: "".join(
                chr(chance.choice([*range(32, 127), *range(0x400, 0x460), 0x1F600]))
                for _ in range(40)
            ).casefold()
            for number in range(1, 301)
        }
        search.index_words(session, ready(texts.items()))
        session.commit()
    for number, folded in texts.items():
        if words := search.words_of(folded):
            assert number in found(engine, " ".join(words[:3]))
