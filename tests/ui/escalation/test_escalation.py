"""The page of the rules of escalation, by clicks and keys."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from shiboken6 import isValid

from desktop.queries.escalation import EscalationRules, escalation_rules
from desktop.use_cases.requests import take
from tests.small_house import SmallHouse
from tests.ui.conftest import Seat
from ui.escalation.page import EscalationPage
from ui.escalation.spec import PAGES
from ui.main_window import MainWindow
from ui.program import Program

BOSS, AGENT = "Marko Ivić", "Dušan Kovač"


@pytest.fixture
def page(
    seat: Seat, window: MainWindow, program: Program, small_house: SmallHouse, qtbot
) -> EscalationPage:
    """Give the page with the coordinator before it; one promise is broken."""
    request = small_house.at(9, 9).raised()
    small_house.at(9, 12).me(AGENT).run(take, request)
    small_house.at(9, 15)
    program.features = replace(program.features, pages=lambda: PAGES)
    window.show()
    seat(BOSS)
    qtbot.waitExposed(window)
    window.navigate("escalation")
    shown = window.pages.currentWidget()
    assert isinstance(shown, EscalationPage)
    qtbot.waitUntil(lambda: len(shown.list.lines()) == 4)
    return shown


def stored(house: SmallHouse) -> EscalationRules:
    return house.read(escalation_rules)


def sentences(page: EscalationPage) -> list[str]:
    return [line.sentence for line in page.list.lines()]


def test_the_standard_rules_are_shown_as_sentences(page: EscalationPage) -> None:
    assert "standard rules" in page.standing.text()
    assert sentences(page)[0] == (
        "When a promised response, update or resolution of any unit is at risk, tell "
        "whoever has the request, else the unit’s agents, in their own working hours."
    )
    assert page.list.lines()[2].again == (
        "Told again each working day until somebody acts, for 2 weeks at most. "
        "Silenced by each of them, for themselves."
    )


def test_the_chosen_rule_says_what_it_would_have_told(
    page: EscalationPage, qtbot
) -> None:
    qtbot.keyClick(page.list, Qt.Key.Key_Down)
    qtbot.keyClick(page.list, Qt.Key.Key_Down)
    said = "In the last 14 days: 2 notices, to 2 people, on 1 request."
    qtbot.waitUntil(lambda: page.preview.words.text() == said)
    assert "Ana Petrović · 1" in page.preview.people.text()


def test_a_rule_is_changed_by_keys_and_taken_back(
    page: EscalationPage, window: MainWindow, small_house: SmallHouse, qtbot
) -> None:
    qtbot.keyClick(page.list, Qt.Key.Key_E)
    editor = page.editor
    assert editor is not None
    qtbot.mouseClick(editor.tells[list(editor.tells)[2]], Qt.MouseButton.LeftButton)
    assert "the unit’s managers" in editor.sentence.text()
    qtbot.keyClick(editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: "own rules" in page.standing.text())
    assert "the unit’s managers" in sentences(page)[0]
    assert window.undo_bar.words() == "The rule is saved."
    window.undo_bar.undo()
    qtbot.waitUntil(lambda: "standard rules" in page.standing.text())
    assert stored(small_house).is_default


def test_a_rule_that_tells_nobody_is_refused_beside_the_boxes(
    page: EscalationPage, small_house: SmallHouse, qtbot
) -> None:
    qtbot.keyClick(page.list, Qt.Key.Key_N)
    editor = page.editor
    assert editor is not None
    for box in editor.tells.values():
        box.setChecked(False)
    editor.submit()
    qtbot.waitUntil(lambda: not editor.tells_problem.isHidden())
    assert editor.tells_problem.text() == "Choose at least one who is told."
    assert stored(small_house).is_default
    editor.reject()
    assert "Leave once more to drop it" in editor.problem()
    editor.reject()
    qtbot.waitUntil(lambda: not isValid(editor))
    # What was counted for it comes too late, and finds nobody.
    editor.show_preview(None)


def test_a_rule_is_switched_off_and_removed(
    page: EscalationPage, small_house: SmallHouse, qtbot
) -> None:
    qtbot.keyClick(page.list, Qt.Key.Key_S)
    qtbot.waitUntil(lambda: "Switched off" in page.list.lines()[0].below)
    assert page.switch_button.words() == "Switch on"
    qtbot.keyClick(page.list, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: len(page.list.lines()) == 3)
    assert [one.is_active for one in stored(small_house).rules] == [True] * 3
