"""An administrator sets how large files may be; every window obeys at once."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from desktop.queries.house_settings import HouseChoices, house_choices
from ui.common.attachments.picking import Picked
from ui.common.attachments.staged import StagingFolder
from ui.common.attachments.well import FileWell
from ui.house.settings_page import SettingsPage
from ui.program import Program, Wishes


@pytest.fixture
def settings(launch, city: Path, window, qtbot):
    """Give a way to open the settings as somebody."""

    def sit(person: str) -> SettingsPage:
        program: Program = launch(Wishes(str(city), person=person))
        qtbot.waitUntil(lambda: program.context is not None)
        window.navigate("settings")
        page = window.pages.page("settings")
        assert isinstance(page, SettingsPage)
        qtbot.waitUntil(lambda: page.choices.save_button.height() > 0)
        page.ensureWidgetVisible(page.choices)
        return page

    return sit


def test_what_is_saved_is_obeyed_by_a_well_that_was_open(
    settings, tmp_path: Path, qtbot
) -> None:
    page = settings("vesna")
    block = page.choices
    folder = StagingFolder(tmp_path / "files")
    well = FileWell(page.context, folder, parent=page)
    qtbot.waitUntil(lambda: block.file_mb.value() == 25)
    block.file_mb.setValue(1)
    block.answer_days.setValue(9)
    qtbot.mouseClick(block.save_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(block.words()))
    assert block.words() == "Saved for everybody."
    kept = page.context.operations.desk.read(house_choices)
    assert kept == HouseChoices(1, 9)
    qtbot.waitUntil(lambda: "up to 1 MB each" in well.hint.text())
    with qtbot.waitSignal(well.problem) as said:
        plan = tmp_path / "plan.bin"
        plan.write_bytes(bytes(2**20 + 1))
        well.take([Picked(plan.name, plan)])
    assert "has more than 1 MB" in said.args[0]


def test_who_is_no_administrator_only_looks(settings) -> None:
    block = settings("ana").choices
    assert not block.file_mb.isEnabled()
    assert not block.answer_days.isEnabled()
    assert not block.save_button.isVisible()
