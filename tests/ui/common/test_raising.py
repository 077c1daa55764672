"""Raising something for a session, from a request and from anywhere."""

from __future__ import annotations

from desktop.queries.raised_items import raised_by
from desktop.queries.request_details import request_details
from tests.queries.test_agenda import a_series
from ui.common.raising.feature import add_raising_actions
from ui.common.raising.mine_dialog import MineDialog
from ui.common.raising.raise_dialog import RaiseDialog
from ui.common.request_pane.raising_for_session import RaisingForSession


def attached(seat, window, qtbot):
    context = seat("Jelena Marić")
    window.detach()
    window.attach(context, [])
    window.show()
    qtbot.waitExposed(window)
    return context


def dialog(window, qtbot, kind):
    def shown():
        return [one for one in window.findChildren(kind) if one.isVisible()]

    qtbot.waitUntil(lambda: bool(shown()), timeout=10_000)
    return shown()[0]


def mine(house):
    return house.read(raised_by, house.people["Jelena Marić"])


def test_a_request_is_raised_by_its_action_and_taken_back(
    small_house, seat, window, qtbot
):
    a_series(small_house)
    request = small_house.raised("sketch", by="Jelena Marić")
    context = attached(seat, window, qtbot)
    details = small_house.read(
        request_details, request, reader_unit_id=1, now=small_house.now
    )
    raising = RaisingForSession(context, window, "request", lambda: details)
    assert [one.id for one in raising.offered()] == ["request.raise_item"]
    context.actions.run("request.raise_item")
    asked = dialog(window, qtbot, RaiseDialog)
    assert asked.title.text() == "sketch"
    asked.title.setText("")
    asked.submit_button.click()
    qtbot.waitUntil(lambda: bool(asked.boxes["title"].problem()), timeout=10_000)
    asked.title.setText("The sketch is missing again")
    asked.submit_button.click()
    qtbot.waitUntil(lambda: bool(mine(small_house)), timeout=10_000)
    (row,) = mine(small_house)
    assert (row.request_id, row.state) == (request, "waiting")
    qtbot.waitUntil(lambda: window.undo_bar.isVisible(), timeout=10_000)
    window.undo_bar.undo()
    qtbot.waitUntil(lambda: mine(small_house)[0].state == "withdrawn", timeout=10_000)


def test_what_one_raised_is_listed_taken_back_and_raised_again(
    small_house, seat, window, qtbot
):
    a_series(small_house)
    context = attached(seat, window, qtbot)
    raising = add_raising_actions(context, window, lambda: True)
    context.actions.run("raising.mine")
    empty = dialog(window, qtbot, MineDialog)
    assert empty.stack.currentWidget() is empty.empty
    empty.close_button.click()
    context.actions.run("raising.item")
    left = dialog(window, qtbot, RaiseDialog)
    left.title.setText("<i>Fees</i>")
    left.notes.setPlainText("Nobody knows them")
    left.reject()
    context.actions.run("raising.item")
    asked = dialog(window, qtbot, RaiseDialog)
    assert asked is not left
    assert asked.title.text() == "<i>Fees</i>"
    assert asked.notes.toPlainText() == "Nobody knows them"
    asked.submit_button.click()
    qtbot.waitUntil(lambda: bool(mine(small_house)), timeout=10_000)
    context.actions.run("raising.mine")
    qtbot.waitUntil(lambda: raising.dialog is not empty, timeout=10_000)
    shown = dialog(window, qtbot, MineDialog)
    (line,) = shown.list.lines()
    assert (line.first, line.right) == ("<i>Fees</i>", "Waits for the next session")
    shown.take_back.click()
    qtbot.waitUntil(lambda: shown.raise_button.isVisible(), timeout=10_000)
    shown.raise_button.click()
    qtbot.waitUntil(lambda: shown.take_back.isVisible(), timeout=10_000)
    assert mine(small_house)[0].state == "waiting"


def test_without_a_series_it_says_who_makes_one(small_house, seat, window, qtbot):
    context = attached(seat, window, qtbot)
    add_raising_actions(context, window, lambda: True).begin()
    qtbot.waitUntil(lambda: bool(window.banners.words()), timeout=10_000)
    assert "no meeting series yet" in window.banners.words()[0]
