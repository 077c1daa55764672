"""The first start: one question, a house, a place, and somebody at the desk."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from desktop.assembly import open_desk
from desktop.config import Config, default_workspace, demo_workspace
from desktop.queries.lookups import people, units, workspace_info
from tests.exchange.exports import HOUSE
from ui.house.first import FirstPart
from ui.house.new_workspace import NewWorkspacePart
from ui.house.nobody import NobodyPart
from ui.house.refused import RefusedPart
from ui.house.who import WhoPart
from ui.program import Wishes


def read(path: Path, query):
    desk = open_desk(Config(str(path)))
    try:
        return desk.read(query)
    finally:
        desk.close()


def test_four_ways_to_begin_and_none_that_is_not_built(launch, part) -> None:
    launch(Wishes())
    first = part(FirstPart)
    cards = [first.demo, first.describe, first.new, first.open]
    assert [card.text() for card in cards] == [
        "Try the demo",
        "Describe your house",
        "Start from a house file",
        "Open a workspace that is already there",
    ]
    assert not any("join" in card.text().lower() for card in cards)


def test_the_arrow_keys_go_from_card_to_card_and_return_chooses(
    launch, part, window, qtbot
) -> None:
    launch(Wishes())
    first = part(FirstPart)
    window.activateWindow()
    qtbot.waitUntil(first.demo.hasFocus)
    qtbot.keyClick(first.demo, Qt.Key.Key_Down)
    assert first.describe.hasFocus()
    qtbot.keyClick(first.describe, Qt.Key.Key_Up)
    assert first.demo.hasFocus()
    qtbot.keyClick(first.demo, Qt.Key.Key_Down)
    qtbot.keyClick(first.describe, Qt.Key.Key_Down)
    qtbot.keyClick(first.new, Qt.Key.Key_Return)
    new = part(NewWorkspacePart)
    qtbot.keyClick(new.start, Qt.Key.Key_Escape)
    part(FirstPart)


def test_the_demo_is_one_click_away(
    launch, part, city: Path, data_home: Path, qtbot
) -> None:
    # Made today at this clock, so it is taken as today's demo and not made again.
    demo_workspace().parent.mkdir(parents=True)
    city.rename(demo_workspace())
    launch(Wishes())
    qtbot.mouseClick(part(FirstPart).demo, Qt.MouseButton.LeftButton)
    assert "City of Lipovac" in part(WhoPart).words.text()


def test_a_demo_that_cannot_be_made_says_why(
    launch, part, tmp_path: Path, monkeypatch
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("no folder", encoding="utf-8")
    monkeypatch.setenv("XDG_DATA_HOME", str(blocked))
    launch(Wishes(demo=True))
    refused = part(RefusedPart)
    assert refused.words.text().startswith("Nothing could be written there")
    assert refused.place.text() == str(demo_workspace())


def begin(launch, part, qtbot) -> NewWorkspacePart:
    launch(Wishes())
    qtbot.mouseClick(part(FirstPart).new, Qt.MouseButton.LeftButton)
    made = part(NewWorkspacePart)
    qtbot.waitUntil(lambda: made.house.value is not None)
    return made


def test_a_workspace_from_a_preset_is_made_where_it_says_and_opened(
    launch, part, qtbot
) -> None:
    new = begin(launch, part, qtbot)
    assert "Central counter" in new.house.told.text()
    assert new.place.path() == default_workspace()
    qtbot.mouseClick(new.start, Qt.MouseButton.LeftButton)
    who = part(WhoPart)
    assert "City of Lipovac" in who.words.text()
    assert read(default_workspace(), workspace_info).name == "City of Lipovac"


def test_a_house_that_names_nobody_asks_for_your_name_and_seats_you(
    launch, part, qtbot, tmp_path: Path
) -> None:
    new = begin(launch, part, qtbot)
    new.house.choose_preset("uci498")
    qtbot.waitUntil(new.name_field.isVisible)
    qtbot.mouseClick(new.start, Qt.MouseButton.LeftButton)
    assert new.name_field.problem() == "Write your name."
    qtbot.keyClicks(new.name, "Ana Petrovic")
    new.place.line.clear()
    qtbot.keyClicks(new.place.line, str(tmp_path / "desk"))
    qtbot.keyClick(
        new.place.line, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier
    )
    part(WhoPart)
    (row,) = read(tmp_path / "desk.counterpart", people)
    assert (row.name, row.unit) == ("Ana Petrovic", "Group 70")
    assert {str(role) for role in row.roles} == {"coordinator", "administrator"}


def test_every_problem_of_a_bad_house_file_is_named(
    launch, part, qtbot, tmp_path: Path
) -> None:
    new = begin(launch, part, qtbot)
    file = tmp_path / "house.toml"
    bad = HOUSE.replace('side = "front"', 'side = "left"')
    file.write_text(bad.replace('front = "Desk"', 'front = "Shop"'), encoding="utf-8")
    new.house.choice.set_value("")
    new.house._choose()
    qtbot.keyClicks(new.house.file.line, str(file))
    qtbot.waitUntil(lambda: bool(new.house.problems.problems()))
    places = [problem.place() for problem in new.house.problems.problems()]
    assert "house.toml:units[1].side" in places
    assert not new.start.isEnabled()
    new.house.problems.copy()
    copied = QGuiApplication.clipboard().text()
    assert "“left” is not possible here. Possible: back, front." in copied
    file.write_text(HOUSE, encoding="utf-8")
    new.house.file.set_path(file)
    qtbot.waitUntil(lambda: new.house.value is not None)
    assert not new.house.problems.isVisible()
    assert "Small house" in new.house.told.text()


def test_a_place_that_is_taken_or_cannot_be_written_is_said_beside_it(
    launch, part, qtbot, tmp_path: Path, city: Path
) -> None:
    new = begin(launch, part, qtbot)
    before = city.read_bytes()
    new.place.set_path(city)
    new.submit()
    qtbot.waitUntil(lambda: bool(new.place_field.problem()))
    assert "There is a workspace of this name already" in new.place_field.problem()
    assert city.read_bytes() == before
    file = tmp_path / "plain"
    file.write_text("a file, no folder", encoding="utf-8")
    new.place.set_path(file / "w.counterpart")
    assert new.place_field.problem() == ""
    new.submit()
    qtbot.waitUntil(lambda: bool(new.place_field.problem()))
    assert new.house.value is not None


def test_a_name_longer_than_the_disk_takes_leaves_nothing_behind(
    launch, part, qtbot, tmp_path: Path
) -> None:
    new = begin(launch, part, qtbot)
    folder = tmp_path / "long"
    new.place.set_path(folder / ("w" * 240 + ".counterpart"))
    new.submit()
    qtbot.waitUntil(lambda: bool(new.place_field.problem()))
    assert "w.counterpart" not in new.place_field.problem()
    assert not folder.exists() or list(folder.iterdir()) == []


def test_the_file_can_be_chosen_in_a_dialog(
    launch, part, qtbot, tmp_path: Path
) -> None:
    new = begin(launch, part, qtbot)
    qtbot.mouseClick(new.place.button, Qt.MouseButton.LeftButton)
    dialog = new.place.findChild(QFileDialog)
    assert dialog.acceptMode() == QFileDialog.AcceptMode.AcceptSave
    dialog.fileSelected.emit(str(tmp_path / "mine.counterpart"))
    dialog.close()
    assert new.place.path() == tmp_path / "mine.counterpart"


def test_a_workspace_nobody_can_sign_in_to_lets_the_first_person_in(
    launch, part, qtbot, city: Path, tmp_path: Path
) -> None:
    from desktop.exchange.presets import preset_house
    from desktop.workspaces import start_workspace
    from tests.ui.house.conftest import NOW

    path = start_workspace(tmp_path / "log.counterpart", preset_house("uci498"), NOW)
    launch(Wishes(str(path)))
    nobody = part(NobodyPart)
    qtbot.waitUntil(nobody.add.isEnabled)
    assert nobody.unit.currentText() == "Group 70"
    qtbot.keyClick(nobody.name, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert nobody.name_field.problem() == "Write your name."
    qtbot.keyClicks(nobody.name, "Mara")
    qtbot.mouseClick(nobody.add, Qt.MouseButton.LeftButton)
    who = part(WhoPart)
    assert [row.name for row in who.people] == ["Mara"]


def test_a_workspace_without_units_says_so(
    launch, part, qtbot, workspace_path: Path
) -> None:
    assert read(workspace_path, units) == ()
    launch(Wishes(str(workspace_path)))
    nobody = part(NobodyPart)
    qtbot.waitUntil(lambda: bool(nobody.banners.words()))
    assert "no units" in nobody.banners.words()[0]
    assert not nobody.add.isVisible()
