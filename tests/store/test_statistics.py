"""After an import the database knows what it holds, and everybody reads anew."""

from __future__ import annotations

import uuid
from pathlib import Path

from sqlalchemy import select, text

from desktop.entities.journal import JournalEntry
from desktop.entities.requests import Request
from desktop.store.statistics import TABLES
from desktop.use_cases.imports import import_history
from tests.exchange.exports import small_house as imported_house
from tests.exchange.exports import small_mapping, written
from tests.small_house import SmallHouse, build_small_house


def test_an_import_counts_the_tables_and_touches_everything(
    small_house: SmallHouse, tmp_path: Path
) -> None:
    desk = small_house.desk
    files = written(tmp_path)
    first = desk.run(import_history, files, small_mapping(), imported_house())
    assert first.changes.everything
    counted = desk.read(
        lambda session: session.scalars(text("SELECT tbl FROM sqlite_stat1")).all()
    )
    assert set(counted) == set(TABLES)
    second = desk.run(import_history, files, small_mapping(), imported_house())
    assert not second.changes.everything


def test_a_server_counts_its_tables_in_the_same_transaction(
    postgresql_workspace: str, tmp_path: Path
) -> None:
    desk = build_small_house(postgresql_workspace).desk
    desk.run(import_history, written(tmp_path), small_mapping(), imported_house())
    known = text("SELECT reltuples FROM pg_class WHERE relname = 'request'")
    assert desk.read(lambda session: session.scalar(known)) == 3
    desk.close()


def test_an_imported_entrys_key_is_the_uuid_of_its_request_and_place(
    small_house: SmallHouse, tmp_path: Path
) -> None:
    desk = small_house.desk
    desk.run(import_history, written(tmp_path), small_mapping(), imported_house())
    pairs = select(Request.key, JournalEntry.seq, JournalEntry.key).join(
        JournalEntry, JournalEntry.request_id == Request.id
    )
    found = desk.read(lambda session: session.execute(pairs).all())
    assert len(found) > 10
    assert all(key == uuid.uuid5(request, str(seq)) for request, seq, key in found)
