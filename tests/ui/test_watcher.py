"""The watcher: what another process saves is told; silence is not."""

from __future__ import annotations

import sqlite3

import pytest

from desktop.entities.units import Unit
from desktop.store.unit_of_work import UnitOfWork
from tests.small_house import SmallHouse
from ui.operations import Operations
from ui.watcher import Watcher


@pytest.fixture
def operations(small_house: SmallHouse, qapp):
    made = Operations(small_house.desk)
    yield made
    made.close()


def test_what_another_connection_saves_is_told(
    operations: Operations, workspace_path, qtbot
) -> None:
    watcher = Watcher(operations, seconds=0.02)
    watcher.start()
    heard: list[tuple[object, object]] = []
    operations.changed.connect(lambda changes, who: heard.append((changes, who)))
    other = sqlite3.connect(workspace_path)

    def rename() -> bool:
        other.execute("UPDATE unit SET name = name || '.' WHERE id = 1")
        other.commit()
        return bool(heard)

    qtbot.waitUntil(rename)
    other.close()
    watcher.close()
    changes, initiator = heard[0]
    assert changes.touches("unit")
    assert initiator is None


def test_what_this_window_saves_is_not_told_again_as_others(
    operations: Operations, small_house: SmallHouse, workspace_path, qtbot
) -> None:
    desk = small_house.desk
    known = desk.data_version()
    desk.run(_rename)
    desk.run(_rename)
    moved = desk.data_version()
    assert moved != known
    assert desk.has_moved_itself(known, moved)
    desk.run(_rename)
    other = sqlite3.connect(workspace_path)
    other.execute("UPDATE unit SET name = name || '!' WHERE id = 1")
    other.commit()
    other.close()
    assert not desk.has_moved_itself(moved, desk.data_version())


def _rename(work: UnitOfWork) -> None:
    unit = work.session.get(Unit, 1)
    assert unit is not None
    unit.name += "."


def test_a_closed_watcher_is_silent(operations: Operations, qtbot) -> None:
    watcher = Watcher(operations, seconds=0.01)
    watcher.start()
    watcher.close()
    with qtbot.assertNotEmitted(operations.changed, wait=60):
        pass
