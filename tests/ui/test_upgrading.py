"""An earlier workspace is brought up to date in sight, and closing stops it safely."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel

from desktop.config import wall_clock
from desktop.domain.upgrading import Copying, Upgrading
from desktop.store.migrating import INDEX_SINCE
from desktop.store.workspace_file import FileKind, inspect
from tests.small_house import SmallHouse
from ui.crash import CrashReporter
from ui.preferences import Preferences
from ui.program import Program, Wishes
from ui.upgrading import Upgrade

EARLIER = INDEX_SINCE - 1


@pytest.fixture
def earlier(small_house: SmallHouse, workspace_path: Path) -> Path:
    """Give a workspace as a program of revision 5 left it."""
    small_house.raised("Parcel 1184/2")
    small_house.desk.close()
    with closing(sqlite3.connect(workspace_path)) as connection, connection:
        connection.execute(f"UPDATE alembic_version SET version_num = '{EARLIER:04}'")
        connection.execute("DROP TABLE template_file")
        connection.execute(f"PRAGMA user_version={EARLIER}")
    return workspace_path


@pytest.fixture
def program(window, preferences: Preferences, earlier: Path):
    crash = CrashReporter(lambda: window, None, window)
    wishes = Wishes(str(earlier), person="jelena")
    made = Program(window, preferences, crash, wall_clock, wishes)
    yield made
    made.close()


STOPS = "It can be stopped safely, also by closing the window."


def test_what_is_done_and_how_far_is_shown(window, qtbot) -> None:
    window.show()
    upgrade = Upgrade(window.show_start, lambda do: do(), lambda: False)
    upgrade.told(Upgrading())
    view = upgrade.view
    assert view is not None
    assert view.detail.text().endswith(f"A backup is made first. {STOPS}")
    assert (view.bar.minimum(), view.bar.maximum()) == (0, 0)
    upgrade.told(Upgrading(share=0.25, copying=Copying.COPY))
    assert view.detail.text().endswith(f"first. 25\u00a0% are done. {STOPS}")
    upgrade.told(Upgrading(copying=Copying.CHECK))
    assert view.detail.text() == f"The backup is checked for damage. {STOPS}"
    assert (view.bar.minimum(), view.bar.maximum()) == (0, 0)
    backup = Path("town.schema-5.counterpart")
    upgrade.told(Upgrading(backup, 0.42))
    assert view.detail.text() == (
        "The backup is town.schema-5.counterpart. Requests are indexed anew. "
        f"42\u00a0% are done. {STOPS}"
    )
    assert view.bar.value() == 420
    qtbot.waitUntil(view.detail.isVisible)


def test_what_is_stopped_while_the_backup_is_made_leaves_nothing(
    program: Program, window, earlier: Path, qtbot, monkeypatch
) -> None:
    window.show()
    before = sorted(one.name for one in earlier.parent.iterdir())
    told = Upgrade.told

    def stopped_in_the_check(self: Upgrade, how: Upgrading) -> None:
        told(self, how)
        if how.copying is Copying.CHECK:
            self.stop()
            told(self, how)

    monkeypatch.setattr(Upgrade, "told", stopped_in_the_check)
    program.start()
    said = "Bringing this workspace up to date was stopped. It is as it was before."
    qtbot.waitUntil(lambda: said in words_in(window), timeout=10_000)
    assert sorted(one.name for one in earlier.parent.iterdir()) == before
    assert inspect(earlier, thorough=True).kind is FileKind.OLDER


def words_in(window) -> list[str]:
    return [one.text() for one in window.findChildren(QLabel)]


def test_an_earlier_workspace_is_brought_up_to_date_and_somebody_seated(
    program: Program, window, earlier: Path, qtbot
) -> None:
    program.start()
    qtbot.waitUntil(lambda: program.context is not None, timeout=10_000)
    assert len(list(earlier.parent.glob(f"*.schema-{EARLIER}.*"))) == 1
    assert inspect(earlier).kind is FileKind.CURRENT
    assert window.is_attached()


def test_closing_meanwhile_leaves_the_workspace_as_it_was(
    program: Program, earlier: Path
) -> None:
    program.start()
    program.close()
    assert inspect(earlier, thorough=True).kind is FileKind.OLDER
