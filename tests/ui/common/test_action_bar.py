"""The bar of steps: the first is primary; without any, what else can be done."""

from __future__ import annotations

import pytest

from ui.actions import Action
from ui.common.request_pane.action_bar import ActionBar


@pytest.fixture
def bar(qtbot) -> ActionBar:
    made = ActionBar()
    qtbot.addWidget(made)
    made.resize(800, 40)
    made.show()
    return made


def actions(*names: str) -> list[Action]:
    return [Action(f"x.{name}", name, lambda: None) for name in names]


def words(bar: ActionBar) -> list[str]:
    return [button.text() for button in bar.buttons if button.isVisible()]


def test_steps_are_buttons_and_the_rest_is_in_the_menu(bar: ActionBar) -> None:
    bar.set_actions(actions("Take", "Ask"), actions("Link", "Merge", "Split"))
    assert words(bar) == ["Take", "Ask"]
    assert [one.words for one in bar.menu_actions()] == ["Link", "Merge", "Split"]
    assert [button._kind for button in bar.buttons] == ["primary", "secondary"]


def test_without_steps_a_menu_does_not_stand_alone(bar: ActionBar) -> None:
    bar.set_actions([], actions("Link", "Merge", "Split"))
    assert words(bar) == ["Link", "Merge"]
    assert [one.words for one in bar.menu_actions()] == ["Split"]
    assert [button._kind for button in bar.buttons] == ["secondary", "secondary"]
    bar.set_actions([], actions("Link"))
    assert words(bar) == ["Link"]
    assert not bar.more.isVisible()
