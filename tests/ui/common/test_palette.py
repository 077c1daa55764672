"""The palette: actions by words, what a search found, and keys all the way."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from ui.actions import Action
from ui.common.command_palette import PaletteItem, match_rank


@pytest.fixture
def field(window, qtbot):
    with qtbot.waitExposed(window):
        window.show()
    return window.top.field


def words(field) -> list[str]:
    return [item.words for item in field.items()]


def test_ctrl_k_opens_it_with_what_can_be_done(window, field, qtbot) -> None:
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert field.hasFocus()
    assert "Dark colours" in words(field)
    assert "Change person" not in words(field)


def test_typing_narrows_and_return_runs_the_first(window, field, qtbot) -> None:
    done: list[str] = []
    act = Action("x", "Take the request", lambda: done.append("taken"))
    window.actions_known.add(act, window)
    field.open()
    qtbot.keyClicks(field, "take")
    assert words(field) == ["Take the request"]
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert done == ["taken"]
    assert not field.is_list_shown()
    assert field.text() == ""


def test_what_a_search_finds_stands_first(field, qtbot) -> None:
    asked: list[str] = []

    def search(typed: str, found) -> None:
        asked.append(typed)
        found([PaletteItem("LR-2481  Parcel", lambda: None)])

    field.set_search(search)
    field.open()
    qtbot.keyClicks(field, "light")
    qtbot.waitUntil(lambda: len(field.items()) == 2)
    assert words(field) == ["LR-2481  Parcel", "Light colours"]
    assert asked == ["light"]


def test_an_action_called_by_its_whole_name_stands_before_what_is_found(
    field, qtbot
) -> None:
    hit = PaletteItem("LR-2481  Light colours for the hall", lambda: None)
    field.set_search(lambda _typed, found: found([hit]))
    field.open()
    qtbot.keyClicks(field, "light colours")
    qtbot.waitUntil(lambda: len(field.items()) == 2)
    assert words(field) == ["Light colours", hit.words]


def test_an_answer_to_an_older_question_is_dropped(field, qtbot) -> None:
    answers: list[object] = []
    field.set_search(lambda _typed, found: answers.append(found))
    field.open()
    qtbot.keyClicks(field, "li")
    qtbot.waitUntil(lambda: bool(answers))
    qtbot.keyClicks(field, "g")
    answers[0]([PaletteItem("old", lambda: None)])
    assert "old" not in words(field)


def test_the_arrows_choose_and_wrap(field, qtbot) -> None:
    field.open()
    qtbot.keyClicks(field, "colours")
    qtbot.keyClick(field, Qt.Key.Key_Up)
    qtbot.keyClick(field, Qt.Key.Key_Down)
    qtbot.keyClick(field, Qt.Key.Key_Down)
    assert field._popup.list.currentIndex().row() == 1


def test_escape_gives_the_keyboard_back(window, field, qtbot) -> None:
    window.top.person.set_person("Ana", "Counter")
    window.top.person.setFocus()
    field.open()
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert window.top.person.hasFocus()
    assert not field.is_list_shown()


def test_nothing_found_says_what_can_be_written(field, qtbot) -> None:
    field.open()
    qtbot.keyClicks(field, "zzz")
    assert words(field)[0].startswith("Nothing fits yet.")


@pytest.mark.parametrize(
    ("typed", "offered", "rank"),
    [
        ("new", "New request", 0),
        ("req", "New request", 1),
        ("quest", "New request", 2),
        ("req new", "New request", 1),
        ("xyz", "New request", None),
        ("izvestaj", "Izveštaj o danu", 0),
    ],
)
def test_words_that_begin_so_rank_higher(typed, offered, rank) -> None:
    assert match_rank(typed, offered) == rank
