"""At the counter: one click rates, what is too old is followed, what came back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from sqlalchemy import select

from desktop.domain.requests import RequestState
from desktop.domain.returns import ReturnReason
from desktop.entities.ratings import Rating
from desktop.queries.links import links_of
from desktop.queries.search import request_called
from desktop.use_cases.requests import ask, hand_over, resolve
from tests.ui.counter.test_page import come, holder, ids, panel, stored
from tests.use_cases.test_other_side import allow_days
from ui.counter.returns_dialog import ReturnsDialog

BACK = "Dušan Kovač"


@pytest.fixture
def done(small_house) -> int:
    """Raise a request that the registry resolves on Monday; it is Monday, later."""
    house = small_house.at(9, 9)
    made = house.raised("Title extract", customer="Petar Novak")
    house.me(BACK)
    house.run(resolve, made, "In the tray.")
    house.later(hours=1)
    return made


def rating(house) -> tuple[bool, str] | None:
    wanted = select(Rating.is_top, Rating.words)
    return house.read(lambda one: one.execute(wanted).first())


@pytest.mark.parametrize(("act", "is_top"), [("top", True), ("not_top", False)])
def test_one_click_confirms_and_rates(qtbot, sit_down, done, small_house, act, is_top):
    window = sit_down()
    page = come(qtbot, window)
    button = holder(page, done).view.rate_buttons[act]
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: done in ids(page.done_today), timeout=10_000)
    assert rating(small_house) == (is_top, "")
    window.undos[-1]()
    qtbot.waitUntil(
        lambda: stored(small_house, done).state is RequestState.RESOLVED, timeout=10_000
    )


def test_a_key_confirms_with_the_best_rating(qtbot, sit_down, done, small_house):
    page = come(qtbot, sit_down())
    holder(page, done).view.setFocus()
    qtbot.keyClick(
        holder(page, done).view, Qt.Key.Key_C, Qt.KeyboardModifier.ShiftModifier
    )
    qtbot.waitUntil(lambda: done in ids(page.done_today), timeout=10_000)
    assert rating(small_house) == (True, "")


def test_what_is_too_old_to_send_back_becomes_a_request_that_follows(
    qtbot, sit_down, done, small_house
):
    house = small_house
    allow_days(house, 0)
    house.at(10, 9)
    window = sit_down()
    page = come(qtbot, window)
    qtbot.mouseClick(holder(page, done).view.link, Qt.MouseButton.LeftButton)
    shown = panel(page, done)
    qtbot.keyClicks(shown.field, "The stamp is missing")
    qtbot.mouseClick(shown.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(shown.follow_button.isVisible, timeout=10_000)
    assert shown.problem().startswith("LR-0001 could be sent back until 9 Nov 2026.")
    qtbot.mouseClick(shown.follow_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(ids(page.on_the_way)) == 1, timeout=10_000)
    made = house.read(request_called, "LR-0002")
    assert [one.row.id for one in house.read(links_of, made)] == [done]
    assert stored(house, done).state is RequestState.RESOLVED


def test_what_came_back_is_counted_by_reason_sender_and_service(
    qtbot, sit_down, small_house
):
    house = small_house
    one, other = house.raised("One"), house.raised("Other")
    house.me(BACK)
    house.run(ask, one, "Which <b>parcel</b>?", reason=ReturnReason.MISSING_FACT)
    front = house.units["Central counter"]
    house.run(hand_over, other, front, "No deed")
    window = sit_down()
    dialog = ReturnsDialog(window.context)
    qtbot.addWidget(dialog)
    dialog.open()
    qtbot.waitUntil(lambda: dialog.found is not None, timeout=10_000)
    assert dialog.total.text() == "2 times"
    assert dict(dialog.lists()) == {
        "Why": ["1 × No reason named", "1 × A fact is missing"],
        "Who sent it": ["2 × Jelena Marić"],
        "Service": ["2 × Title extract"],
        "Returned by": ["2 × Land registry"],
    }
    cells = {dialog.model.cell(row, 2).plain() for row in range(2)}
    assert any("Which <b>parcel</b>?" in words for words in cells)


def test_nothing_came_back_is_said(qtbot, sit_down, small_house):
    dialog = ReturnsDialog(sit_down().context)
    qtbot.addWidget(dialog)
    qtbot.waitUntil(lambda: dialog.found is not None, timeout=10_000)
    assert dialog.nothing.isVisibleTo(dialog)
    assert not dialog.total.text()
    assert dialog.lists() == []
