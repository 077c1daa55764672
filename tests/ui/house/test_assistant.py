"""A house described in a few lines: page by page, and nothing typed is lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from desktop.assembly import open_desk
from desktop.config import Config
from desktop.queries.lookups import people, units
from ui.common.buttons import Button
from ui.house.assistant import AssistantPart
from ui.house.first import FirstPart
from ui.program import Wishes


@pytest.fixture
def assistant(launch, part, qtbot) -> AssistantPart:
    """Give the assistant, chosen on the first screen."""
    launch(Wishes())
    qtbot.mouseClick(part(FirstPart).describe, Qt.MouseButton.LeftButton)
    return part(AssistantPart)


def next_page(assistant: AssistantPart, qtbot) -> None:
    qtbot.mouseClick(assistant.next, Qt.MouseButton.LeftButton)


def test_a_small_house_is_described_and_opened(
    assistant: AssistantPart, tmp_path: Path, window, qtbot
) -> None:
    path = tmp_path / "hall.counterpart"
    next_page(assistant, qtbot)
    assert assistant.fields["name"].problem() == "Something needed is missing."
    assistant.name.setText("Town hall")
    assistant.founder.setText("Vesna Horvat")
    assistant.zone.setText("Europe/Belgrade")
    next_page(assistant, qtbot)
    assistant.fronts.setPlainText("Counter")
    assistant.backs.setPlainText("Registry\nArchive")
    assistant.people.setPlainText("Ana Petrović, Registr")
    next_page(assistant, qtbot)
    assert assistant.pages.currentIndex() == 1
    assert "Registr" in assistant.fields["people"].problem()
    assistant.people.setPlainText("Ana Petrović, registry")
    next_page(assistant, qtbot)
    assistant.services.setPlainText("Title extract, Registry\nOld file, Archive")
    assistant.targets["resolution_h"].setText("soon")
    assistant.place.set_path(path)
    next_page(assistant, qtbot)
    assert "hours" in assistant.fields["resolution_h"].problem()
    assistant.targets["resolution_h"].setText("8,5")
    next_page(assistant, qtbot)
    qtbot.waitUntil(path.exists)
    desk = open_desk(Config(str(path)))
    assert [one.name for one in desk.read(units)] == ["Archive", "Counter", "Registry"]
    assert {one.name for one in desk.read(people)} == {"Ana Petrović", "Vesna Horvat"}
    desk.close()


def test_what_was_typed_stays_while_going_back(
    assistant: AssistantPart, part, qtbot
) -> None:
    assistant.name.setText("Town hall")
    assistant.founder.setText("Vesna Horvat")
    next_page(assistant, qtbot)
    assert assistant.pages.currentIndex() == 1
    qtbot.keyClick(assistant.fronts, Qt.Key.Key_Escape)
    assert assistant.pages.currentIndex() == 0
    assert assistant.name.text() == "Town hall"
    qtbot.keyClick(assistant.name, Qt.Key.Key_Escape)
    part(FirstPart)


def test_what_was_typed_is_there_again_after_the_assistant_was_left(
    assistant: AssistantPart, part, qtbot, tmp_path: Path
) -> None:
    assistant.name.setText("Town hall")
    assistant.fronts.setPlainText("Counter")
    qtbot.keyClick(assistant.name, Qt.Key.Key_Escape)
    qtbot.mouseClick(part(FirstPart).describe, Qt.MouseButton.LeftButton)
    again = part(AssistantPart)
    assert again is not assistant
    assert again.name.text() == "Town hall"
    assert again.fronts.toPlainText() == "Counter"
    assert again.banners.words()[0].startswith("Not saved yet, from ")
    (discard,) = [one for one in again.findChildren(Button) if one.words() == "Discard"]
    qtbot.mouseClick(discard, Qt.MouseButton.LeftButton)
    assert again.name.text() == ""
    assert again.banners.words() == []
    assert not list(tmp_path.rglob("words-*.json"))


def test_a_house_that_was_made_is_not_offered_again(
    assistant: AssistantPart, tmp_path: Path, qtbot
) -> None:
    path = tmp_path / "hall.counterpart"
    assistant.name.setText("Town hall")
    assistant.founder.setText("Vesna Horvat")
    assistant.fronts.setPlainText("Counter")
    assistant.backs.setPlainText("Registry")
    assistant.services.setPlainText("Title extract, Registry")
    assistant.place.set_path(path)
    assistant.kept.look()
    assert len(list(tmp_path.rglob("words-*.json"))) == 1
    for _page in range(3):
        next_page(assistant, qtbot)
    qtbot.waitUntil(path.exists)
    qtbot.waitUntil(lambda: not list(tmp_path.rglob("words-*.json")))
