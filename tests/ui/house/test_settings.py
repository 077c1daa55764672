"""Settings: colours, facts, a backup that holds, a check that finds."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTime
from PySide6.QtWidgets import QAbstractButton

from desktop.domain.quiet_hours import Loud, QuietHours
from desktop.queries.seeing import quiet_hours
from desktop.store.backup import check_backup
from desktop.store.engine import opened
from desktop.use_cases.raising import NewRequest, raise_request
from tests.small_house import SmallHouse
from ui.house.import_dialog import ImportDialog
from ui.house.settings_page import SettingsPage
from ui.program import Program, Wishes
from ui.style import theme


@pytest.fixture
def settled(launch, city: Path, window, qtbot) -> SettingsPage:
    """Give the settings page with the coordinator at the desk."""
    program: Program = launch(Wishes(str(city), person="vesna"))
    qtbot.waitUntil(lambda: program.context is not None)
    window.navigate("settings")
    page = window.pages.page("settings")
    qtbot.waitUntil(lambda: bool(page.figures.words()))
    return page


def click(button: QAbstractButton, qtbot) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_the_facts_of_the_workspace_are_told(settled, city: Path) -> None:
    words = settled.figures.words()
    assert words["Name"] == "City of Lipovac"
    assert words["File"] == str(city)
    assert words["Requests"] == "0"
    assert words["Database"].startswith("SQLite 3.")
    assert words["Size"].endswith("kB")


def test_the_facts_follow_what_is_done_meanwhile(
    launch, small_house: SmallHouse, workspace_path: Path, window, qtbot
) -> None:
    program = launch(Wishes(str(workspace_path), person="jelena"))
    qtbot.waitUntil(lambda: program.context is not None)
    window.navigate("settings")
    page = window.pages.page("settings")
    qtbot.waitUntil(lambda: page.figures.words().get("Requests") == "0")
    draft = NewRequest(small_house.services["Title extract"], "Parcel 7")
    program.context.operations.write(raise_request, draft).start(window)
    qtbot.waitUntil(lambda: page.figures.words()["Requests"] == "1")


def test_colours_are_chosen_and_remembered(settled, window, qtbot) -> None:
    for button in settled.colours.findChildren(QAbstractButton):
        if button.text() == "Dark":
            click(button, qtbot)
    assert theme().choice == "dark"
    assert window.preferences.value("window.theme") == "dark"
    window.choose_theme("light")
    assert settled.colours.value() == "light"


def test_a_backup_is_made_checked_and_told(settled, city: Path, qtbot) -> None:
    click(settled.backup.button, qtbot)
    qtbot.waitUntil(lambda: bool(settled.backup.words()))
    (copy,) = (city.parent / "backups").iterdir()
    assert str(copy) in settled.backup.words()
    assert "copied and checked" in settled.backup.words()
    assert check_backup(copy).rows > 0


def test_a_folder_that_takes_no_copy_is_said(
    settled, tmp_path: Path, city: Path, qtbot
) -> None:
    plain = tmp_path / "plain"
    plain.write_text("no folder", encoding="utf-8")
    settled.backup.folder.set_path(plain / "copies")
    click(settled.backup.button, qtbot)
    qtbot.waitUntil(lambda: bool(settled.backup.words()))
    assert "Nothing could be written there" in settled.backup.words()
    assert settled.backup.button.isEnabled()


def test_a_sound_workspace_is_said_to_be_sound(settled, qtbot) -> None:
    click(settled.check.button, qtbot)
    qtbot.waitUntil(lambda: bool(settled.check.words()))
    assert settled.check.words().startswith("Everything is as the journal says")


def test_a_changed_value_is_found_and_named(
    launch, small_house: SmallHouse, workspace_path: Path, window, qtbot
) -> None:
    small_house.me("Jelena Marić")
    request = small_house.raised("Title extract")
    with opened(workspace_path) as connection:
        connection.execute("UPDATE request SET state = 'resolved'")
    program = launch(Wishes(str(workspace_path), person="jelena"))
    qtbot.waitUntil(lambda: program.context is not None)
    window.navigate("settings")
    page = window.pages.page("settings")
    assert request
    click(page.check.button, qtbot)
    qtbot.waitUntil(lambda: bool(page.check.words()))
    assert "differs from what the journal adds up to" in page.check.words()
    assert "request, state: resolved instead of new" in page.check.details.text()


def test_only_coordinators_and_administrators_see_the_import(
    settled, window, qtbot
) -> None:
    click(settled.import_button, qtbot)
    assert window.findChild(ImportDialog) is not None


def test_a_clerk_has_no_import_in_the_settings(launch, city, window, qtbot) -> None:
    program = launch(Wishes(str(city), person="jelena"))
    qtbot.waitUntil(lambda: program.context is not None)
    window.navigate("settings")
    assert not hasattr(window.pages.page("settings"), "import_button")


def test_quiet_hours_are_chosen_and_kept_for_the_person(settled, window, qtbot) -> None:
    block, context = settled.notices, settled.context

    def kept() -> QuietHours:
        return context.operations.desk.read(quiet_hours, context.me.person_id)

    assert kept() == QuietHours()
    assert not block.start.isVisible()
    block.loud.set_value(Loud.BETWEEN.value)
    block.loud.chosen.emit(block.loud.value())
    assert block.start.isVisible()
    block.start.setTime(QTime(7, 30))
    block.end.setTime(QTime(15, 0))
    block.end.editingFinished.emit()
    wanted = QuietHours(Loud.BETWEEN, 7 * 3600 + 1800, 15 * 3600)
    qtbot.waitUntil(lambda: kept() == wanted)
