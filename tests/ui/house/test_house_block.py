"""The house as a file, from the settings: written, changed by hand, brought in."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from desktop.queries.lookups import units
from ui.house.house_block import HouseBlock
from ui.program import Program, Wishes


@pytest.fixture
def block(launch, city: Path, window, qtbot) -> HouseBlock:
    """Give the block of the settings page with the coordinator at the desk."""
    program: Program = launch(Wishes(str(city), person="vesna"))
    qtbot.waitUntil(lambda: program.context is not None)
    window.navigate("settings")
    return window.pages.page("settings").house


def said(block: HouseBlock, part: str) -> bool:
    return part in block.words()


def test_a_house_is_written_changed_by_hand_and_brought_in(
    block: HouseBlock, tmp_path: Path, qtbot
) -> None:
    path = tmp_path / "city.house.toml"
    block.write(path)
    qtbot.waitUntil(lambda: said(block, "The house is written"))
    block.write(path)
    qtbot.waitUntil(lambda: said(block, "There is a file of this name already"))

    text = path.read_text(encoding="utf-8")
    calendar = text.split('[[calendars]]\nname = "')[1].split('"')[0]
    more = f'\n[[units]]\nname = "Archive"\nside = "back"\ncalendar = "{calendar}"\n'
    path.write_text(text + more, encoding="utf-8")
    block.read(path)
    qtbot.waitUntil(lambda: block.question is not None)
    qtbot.mouseClick(block.question.submit_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: said(block, "1 thing made, 0 changed."))
    desk = block._operations.desk
    assert "Archive" in [one.name for one in desk.read(units)]


def test_what_is_wrong_with_a_file_is_said_by_its_line(
    block: HouseBlock, tmp_path: Path, qtbot
) -> None:
    path = tmp_path / "bad.house.toml"
    path.write_text("format = 1\nname = 5\n", encoding="utf-8")
    block.read(path)
    qtbot.waitUntil(lambda: said(block, "bad.house.toml"))
    assert block.question is None
