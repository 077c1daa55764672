"""Workspaces of any size, made fast: a block by the rules, and its copies in time.

One block of requests is projected from journals by the program's own rules. An older
block is copied inside the database, moved by whole weeks, so that clocks stay true.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Table, insert, text
from sqlalchemy.orm import Session

from desktop.desk import Desk
from desktop.domain.history import History, HistoryEvent
from desktop.entities.base import UtcDateTime
from desktop.entities.journal import JournalEntry
from desktop.entities.requests import Request, RequestClock, RequestHold, RequestLeg
from desktop.store.projection import project_rows
from desktop.store.reference import Reference
from desktop.store.search import index_words
from desktop.store.search_index import RequestWords, merge_parts, ready_words
from desktop.store.statistics import count_tables
from desktop.store.unit_of_work import UnitOfWork
from tests.benchmarks.histories import BLOCK_DAYS, Story, Teller
from tests.benchmarks.house import NOW, House, furnish

BLOCK = 25_000
BATCH = 1_000
FORGOTTEN = 0.02
ENTITIES = (Request, JournalEntry, RequestLeg, RequestHold, RequestClock)
TABLES: tuple[Table, ...] = tuple(
    one.metadata.tables[one.__tablename__] for one in ENTITIES
)

Row = dict[str, Any]


def generate(
    work: UnitOfWork, size: int, block: int = BLOCK, forgotten: float = FORGOTTEN
) -> House:
    """Fill an empty workspace with ``size`` requests, the newest ones up to NOW.

    A share ``forgotten`` of the older ones is still open.
    """
    house = furnish(work)
    reference = work.reference
    copies, rest = divmod(size, block)
    if rest:
        raise ValueError(f"{size} is not a multiple of {block}")
    session = work.session
    if copies > 1:
        weeks = timedelta(days=BLOCK_DAYS * (copies - 1))
        past = Teller(house, 1, NOW - weeks, forgotten=forgotten)
        _write(session, reference, past.stories(block), 0)
        spans = _spans(session, block)
        for number in range(1, copies - 1):
            _copy(session, number, block, spans)
        _number_on(session)
    recent = Teller(house, 2, NOW, as_at=NOW)
    _write(session, reference, recent.stories(block), (copies - 1) * block)
    _number_on(session)
    count_tables(session)
    merge_parts(session)
    return house


def write_stories(work: UnitOfWork, stories: Iterable[Story]) -> None:
    """Write requests told elsewhere into a workspace that has none."""
    _write(work.session, work.reference, stories, 0)
    _number_on(work.session)
    count_tables(work.session)
    merge_parts(work.session)


def write_house(house: House, path: Path) -> None:
    """Keep the house's ids beside its workspace."""
    path.write_text(json.dumps(asdict(house)))


def read_house(path: Path) -> House:
    """Read them again."""
    kept = json.loads(path.read_text())
    for name in ("services", "people"):
        kept[name] = {int(key): value for key, value in kept[name].items()}
    return House(**kept)


def optimise(desk: Desk) -> None:
    """Leave no write-ahead log behind that the first reader would pay for."""
    if desk.store.engine.dialect.name == "sqlite":
        with desk.store.engine.connect() as connection:
            connection.exec_driver_sql("ROLLBACK")
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.exec_driver_sql("BEGIN")


def _write(
    session: Session, reference: Reference, stories: Iterable[Story], last_id: int
) -> None:
    rows: dict[str, list[Row]] = {table.name: [] for table in TABLES}
    texts: list[tuple[int, str]] = []
    for request_id, story in enumerate(stories, last_id + 1):
        _add_rows(rows, reference, request_id, story)
        said = [one.text for one in story.entries if one.text]
        words = RequestWords(rows["request"][-1], said)
        texts.append((request_id, ready_words(words)))
        if len(texts) == BATCH:
            _flush(session, rows, texts)
    _flush(session, rows, texts)


def _flush(
    session: Session, rows: dict[str, list[Row]], texts: list[tuple[int, str]]
) -> None:
    for table in TABLES:
        if rows[table.name]:
            session.connection().execute(insert(table), rows[table.name])
            rows[table.name].clear()
    index_words(session, texts)
    texts.clear()


def _add_rows(
    rows: dict[str, list[Row]], reference: Reference, request_id: int, story: Story
) -> None:
    history = History.of(
        HistoryEvent(seq, one.at, one.kind.value, one.changes, one.unit)
        for seq, one in enumerate(story.entries, 1)
    )
    made = project_rows(
        history,
        reference,
        request_id=request_id,
        service_id=story.service,
        front_unit_id=story.front,
    )
    columns = {
        "id": request_id,
        "key": uuid.UUID(int=request_id),
        "version": len(story.entries),
        "reference": f"N-{request_id:07d}",
        "subject": story.subject,
        "service_id": story.service,
        "front_unit_id": story.front,
        "requester_id": story.requester,
        "customer": f"Customer {request_id % 5000}",
        "body": story.body,
    }
    rows["request"].append(columns | made.request)
    rows["leg"] += made.legs
    rows["hold"] += made.holds
    rows["clock"] += made.clocks
    # Far apart, so that a copy's keys can be counted on from the block's.
    first = request_id * 100
    rows["journal_entry"] += [
        {
            "key": uuid.UUID(int=first + seq),
            "request_id": request_id,
            "seq": seq,
            "kind": one.kind.value,
            "at": one.at,
            "recorded_at": one.at,
            "actor_id": one.actor,
            "unit_id": one.unit,
            "text": one.text,
            "changes": one.changes,
        }
        for seq, one in enumerate(story.entries, 1)
    ]


def _spans(session: Session, block: int) -> dict[str, int]:
    """Return by table how far apart the ids of two copies are."""
    found = {"request": block}
    for table in TABLES[1:]:
        last = session.scalar(text(f"SELECT max(id) FROM {table.name}"))
        found[table.name] = int(last or 0)
    return found


def _copy(session: Session, number: int, block: int, spans: dict[str, int]) -> None:
    is_server = session.get_bind().dialect.name == "postgresql"
    for table in TABLES:
        span = spans[table.name]
        values = ", ".join(
            _moved(table, column.name, number, block, span, is_server)
            for column in table.columns
        )
        columns = ", ".join(f'"{column.name}"' for column in table.columns)
        session.execute(
            text(
                f"INSERT INTO {table.name} ({columns}) "
                f"SELECT {values} FROM {table.name} WHERE id <= {span} ORDER BY id"
            )
        )
    identity = "request_id" if is_server else "rowid"
    further = number * block
    session.execute(
        text(
            f"INSERT INTO request_search ({identity}, text) SELECT {identity} + "
            f"{further}, replace(text, ' n ' || {_padded(identity, is_server)} || ' ', "
            f"' n ' || {_padded(f'{identity} + {further}', is_server)} || ' ') "
            f"FROM request_search WHERE {identity} <= {block}"
        )
    )


def _padded(count: str, is_server: bool) -> str:
    """Return the SQL for the figures of a reference."""
    if is_server:
        return f"lpad(({count})::text, 7, '0')"
    return f"printf({_DIGITS}, {count})"


def _moved(
    table: Table, name: str, number: int, block: int, span: int, is_server: bool
) -> str:
    """Return the SQL for a column of a copy."""
    column = f'"{name}"'
    further = number * block
    if name == "id":
        return f"id + {number * span}"
    if name == "request_id":
        return f"request_id + {further}"
    if name == "reference":
        count = f"id + {further}"
        return f"'N-' || {_padded(count, is_server)}"
    if name == "key":
        count = f"id + {further}"
        if table.name == JournalEntry.__tablename__:
            count = f"(request_id + {further}) * 100 + seq"
        if is_server:
            return f"lpad(to_hex(({count})::bigint), 32, '0')::uuid"
        return f"printf({_KEY}, {count})"
    if isinstance(table.columns[name].type, UtcDateTime):
        days = BLOCK_DAYS * number
        moved = f"interval '{days} days'" if is_server else str(days * 86_400_000_000)
        return f"{column} + {moved}"
    return column


_DIGITS = "'%07d'"
_KEY = "'%032x'"


def _number_on(session: Session) -> None:
    """Have a server give new rows ids after those written here."""
    if session.get_bind().dialect.name != "postgresql":
        return
    for table in TABLES:
        last = f"(SELECT coalesce(max(id), 1) FROM {table.name})"
        sequence = f"pg_get_serial_sequence('{table.name}', 'id')"
        session.execute(text(f"SELECT setval({sequence}, {last})"))
