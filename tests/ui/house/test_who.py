"""Choosing a person: found by typing, seated by Return or a click."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from desktop.config import default_workspace
from desktop.entities.units import Person
from ui.house.first import FirstPart
from ui.house.new_workspace import NewWorkspacePart
from ui.house.who import WhoPart
from ui.program import Program, Wishes


@pytest.fixture
def opened(launch, part, city: Path) -> tuple[Program, WhoPart]:
    program = launch(Wishes(str(city)))
    return program, part(WhoPart)


def names(who: WhoPart) -> list[str]:
    return [who._rows.entry(at).name for at in range(who._rows.rowCount())]


def test_everybody_is_listed_with_unit_and_role(opened) -> None:
    _program, who = opened
    assert len(names(who)) == 18
    at = names(who).index("Vesna Horvat")
    row = [who._rows.cell(at, column).plain() for column in range(3)]
    assert row == ["Vesna Horvat", "Central counter", "Coordinator, Administrator"]


def test_the_window_says_what_choosing_a_person_means(opened) -> None:
    _program, who = opened
    assert who.honesty.text() == (
        "Everyone who can open this file can read and change everything in it."
    )


def test_typing_finds_by_name_unit_and_role_and_return_seats(opened, qtbot) -> None:
    program, who = opened
    qtbot.keyClicks(who.search, "counter coord")
    assert names(who) == ["Vesna Horvat"]
    qtbot.keyClick(who.search, Qt.Key.Key_Return)
    assert program.context is not None
    assert program.context.me.name == "Vesna Horvat"


@pytest.mark.parametrize("typed", ["petrovic", "PETROVIĆ", "civil petrovic"])
def test_a_name_is_found_without_its_accents(opened, typed: str) -> None:
    _program, who = opened
    who.search.insert(typed)
    assert names(who) == ["Ana Petrović"]


def test_return_seats_nobody_before_anybody_was_chosen(opened, qtbot) -> None:
    program, who = opened
    qtbot.keyClick(who.search, Qt.Key.Key_Return)
    assert program.context is None


def test_the_arrows_lead_into_the_list(opened, window, qtbot) -> None:
    program, who = opened
    window.activateWindow()
    qtbot.waitUntil(who.search.hasFocus)
    qtbot.keyClick(who.search, Qt.Key.Key_Down)
    assert who.list.hasFocus()
    qtbot.keyClick(who.list, Qt.Key.Key_Down)
    second = names(who)[1]
    qtbot.keyClick(who.list, Qt.Key.Key_Return)
    assert program.context.me.name == second


def test_letters_typed_in_the_list_go_to_the_search(opened, window, qtbot) -> None:
    _program, who = opened
    window.activateWindow()
    qtbot.waitUntil(who.search.hasFocus)
    qtbot.keyClick(who.search, Qt.Key.Key_Down)
    qtbot.keyClick(who.list, Qt.Key.Key_D)
    assert who.search.text() == "d"
    assert who.search.hasFocus()


def test_a_click_seats(opened, qtbot) -> None:
    program, who = opened
    place = names(who).index("Jelena Marić")
    box = who.list.visualRect(who._rows.index(place, 0))
    qtbot.mouseClick(who.list.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
    assert program.context.me.name == "Jelena Marić"


def test_another_workspace_can_be_begun_and_one_can_come_back(
    opened, part, qtbot
) -> None:
    _program, who = opened
    qtbot.mouseClick(who.other, Qt.MouseButton.LeftButton)
    first = part(FirstPart)
    assert not first.words.isVisible()
    qtbot.mouseClick(first.new, Qt.MouseButton.LeftButton)
    new = part(NewWorkspacePart)
    assert new.place.path() == default_workspace()
    qtbot.keyClick(new.name, Qt.Key.Key_Escape)
    qtbot.keyClick(part(FirstPart).demo, Qt.Key.Key_Escape)
    part(WhoPart)


def test_somebody_who_came_meanwhile_is_listed_at_the_next_change(
    opened, part, window, qtbot
) -> None:
    program, who = opened
    program.sign_in(who.people[0].id)

    def hire(work) -> None:
        work.session.add(Person(name="Aaron New", can_sign_in=True))

    program.operations.write(hire).start(window)
    qtbot.waitUntil(lambda: len(program.opened.people) == 19)
    window.change_person.emit()
    assert names(part(WhoPart))[0] == "Aaron New"


def test_words_nobody_fits_are_said(opened, qtbot) -> None:
    _program, who = opened
    qtbot.keyClicks(who.search, "nobody at all")
    assert names(who) == []
    assert who.nobody.isVisible()
