"""Whole workspaces: started whole or not at all, told of, copied, checked, put back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from desktop.assembly import open_desk
from desktop.config import Config
from desktop.desk import Desk
from desktop.domain.errors import Refusal
from desktop.domain.house import HouseCalendar
from desktop.exchange.presets import preset_house, preset_houses
from desktop.queries.lookups import people, workspace_info
from desktop.store.backup import check_backup
from desktop.store.engine import opened
from desktop.store.workspace_file import SCHEMA
from desktop.workspaces import (
    back_up,
    backup_folder,
    backups_of,
    check,
    facts,
    put_back,
    start_workspace,
)

NOW = datetime(2026, 11, 9, 9, 0, tzinfo=UTC)


@pytest.fixture
def clock() -> list[datetime]:
    return [NOW]


@pytest.fixture
def desk(tmp_path: Path, clock: list[datetime]) -> Iterator[Desk]:
    path = start_workspace(tmp_path / "w.counterpart", preset_house("lipovac"), NOW)
    made = open_desk(Config(str(path), lambda: clock[0]))
    yield made
    made.close()


def test_a_new_workspace_has_its_house_and_nothing_beside_it(desk, tmp_path) -> None:
    assert desk.read(workspace_info).name == "City of Lipovac"
    assert len(desk.read(people)) == 18
    desk.close()
    assert [path.name for path in tmp_path.iterdir()] == ["w.counterpart"]


def test_every_preset_starts_a_workspace(tmp_path: Path) -> None:
    assert preset_houses() == ("lipovac", "uci498")
    for name in preset_houses():
        start_workspace(tmp_path / name, preset_house(name), NOW)


def test_a_house_that_is_refused_leaves_no_file(tmp_path: Path) -> None:
    house = preset_house("lipovac")
    nowhere = HouseCalendar("Odd", "UTC", house.calendars[0].week, ("ZZ", None))
    odd = replace(house, calendars=(*house.calendars, nowhere))
    with pytest.raises(Refusal):
        start_workspace(tmp_path / "new" / "w.counterpart", odd, NOW)
    assert list((tmp_path / "new").iterdir()) == []


def test_a_place_that_is_taken_or_no_folder_is_refused(tmp_path: Path) -> None:
    taken = tmp_path / "letter"
    taken.write_text("Dear colleagues", encoding="utf-8")
    with pytest.raises(Refusal) as refused:
        start_workspace(taken, preset_house("lipovac"), NOW)
    assert refused.value.code == "workspace_not_a_database"
    assert taken.read_text(encoding="utf-8") == "Dear colleagues"
    with pytest.raises(Refusal):
        start_workspace(taken / "below", preset_house("lipovac"), NOW)


def test_a_name_the_disk_cannot_hold_is_refused_with_the_reason(tmp_path: Path) -> None:
    with pytest.raises(Refusal) as refused:
        start_workspace(tmp_path / ("w" * 250), preset_house("lipovac"), NOW)
    assert refused.value.code == "workspace_place"
    assert refused.value.details["reason"]
    assert list(tmp_path.iterdir()) == []


def test_a_folder_no_system_can_have_is_refused(desk, tmp_path: Path) -> None:
    with pytest.raises(Refusal) as refused:
        back_up(desk, tmp_path / "a\0b")
    assert refused.value.code == "workspace_place"


def test_the_facts_name_place_size_and_database(desk, tmp_path: Path) -> None:
    found = desk.read(facts)
    assert found.place == str(tmp_path / "w.counterpart")
    assert found.is_file
    assert found.size > 100_000
    assert found.database.startswith("SQLite 3.")
    assert (found.schema, found.requests, found.is_demo) == (SCHEMA, 0, False)


def test_facts_and_check_work_on_each_database(any_small_house) -> None:
    any_small_house.raised()
    found = any_small_house.read(facts)
    assert (found.name, found.requests, found.entries) == ("City of Lipovac", 1, 1)
    assert "secret" not in found.place
    assert any_small_house.read(check).is_sound


def test_backups_are_named_by_time_and_old_ones_go(desk, clock, tmp_path) -> None:
    folder = backup_folder(desk)
    for day in range(12):
        clock[0] = NOW + timedelta(days=day)
        made = back_up(desk)
        assert made.path.parent == folder
        assert check_backup(made.path).rows == made.rows
    kept = backups_of(tmp_path / "w.counterpart")
    assert [one.made_at for one in kept] == sorted(
        (one.made_at for one in kept), reverse=True
    )
    assert kept[0].made_at == clock[0]
    assert 7 <= len(kept) < 12


def test_copies_in_another_folder_stay(desk, clock, tmp_path: Path) -> None:
    for day in range(10):
        clock[0] = NOW + timedelta(days=day)
        assert back_up(desk, tmp_path / "mine").removed == 0
    assert len(list((tmp_path / "mine").iterdir())) == 10


def test_copies_before_an_upgrade_are_found_too(desk, tmp_path: Path) -> None:
    made = back_up(desk, tmp_path)
    made.path.rename(tmp_path / "w.schema-1.20261108T080000Z.counterpart")
    (found,) = backups_of(tmp_path / "w.counterpart")
    assert found.path.name.startswith("w.schema-1")
    assert backups_of(tmp_path / "no" / "such" / "place") == ()


def test_what_is_put_back_is_what_was_copied(desk, tmp_path: Path) -> None:
    made = back_up(desk)
    desk.close()
    path = tmp_path / "w.counterpart"
    path.write_bytes(b"")
    restored = put_back(made.path, path, NOW)
    assert restored.replaced.read_bytes() == b""
    again = open_desk(Config(str(path)))
    assert len(again.read(people)) == 18
    again.close()


def test_a_check_finds_a_value_the_journal_does_not_tell(
    small_house, workspace_path: Path
) -> None:
    small_house.raised()
    with opened(workspace_path) as connection:
        connection.execute("UPDATE request SET state = 'resolved'")
    found = small_house.read(check)
    assert not found.is_sound
    assert found.damage == ()
    assert {one.column for one in found.found.differences} >= {"state"}
