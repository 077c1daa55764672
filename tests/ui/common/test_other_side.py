"""Between the two sides on a request's page: why it comes back, how the work was."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from sqlalchemy import select

from desktop.domain.requests import EntryKind, RequestState
from desktop.domain.returns import ReturnReason
from desktop.entities.ratings import Rating
from desktop.queries.links import links_of
from desktop.reports.entry_words import entry_notes
from desktop.use_cases.requests import ask, resolve
from tests.use_cases.test_other_side import allow_days
from tests.use_cases.test_requests import entries, stored
from ui.request.page import PAGES as REQUEST

AGENT, CLERK = "Dušan Kovač", "Jelena Marić"


@pytest.fixture
def program(program):
    """Give the program with the pages of requests."""
    program.features = replace(program.features, pages=lambda: list(REQUEST))
    return program


@pytest.fixture
def opened(small_house, seat, window, qtbot):
    """Open the page of a request for somebody and wait until it is shown."""

    def show(request_id: int, name: str):
        seat(name)
        window.resize(1440, 900)
        window.show()
        window.navigate("request", request_id=request_id)
        page = window.pages.page("request")
        qtbot.waitUntil(lambda: page.pane.details is not None, timeout=15_000)
        return page

    return show


def dialog_of(page, step, qtbot):
    page.steps.start(step)
    qtbot.waitUntil(lambda: page.steps.dialog is not None, timeout=15_000)
    return page.steps.dialog


def send(dialog, qtbot):
    modifier = Qt.KeyboardModifier.ControlModifier
    qtbot.keyClick(dialog, Qt.Key.Key_Return, modifier)


def last(house, request_id):
    return entries(house, request_id)[-1]


def test_a_question_names_what_is_missing_and_is_taken_back(small_house, opened, qtbot):
    house = small_house
    request_id = house.raised()
    page = opened(request_id, AGENT)
    dialog = dialog_of(page, EntryKind.ASKED, qtbot)
    dialog.reason.set_value(ReturnReason.MISSING_DOCUMENT.value)
    dialog.text.setPlainText("Where is the deed?")
    send(dialog, qtbot)
    qtbot.waitUntil(
        lambda: stored(house, request_id).state is RequestState.PENDING, timeout=15_000
    )
    assert last(house, request_id).details == {"reason": "missing_document"}
    qtbot.waitUntil(lambda: len(page.pane.details.entries) == 2, timeout=15_000)
    notes = entry_notes(page.pane.details.entries[-1], str)
    assert notes[0] == "Why: A document is missing"
    action = page.steps.actions[EntryKind.UNASKED]
    qtbot.waitUntil(action.when, timeout=15_000)
    assert action in page.steps.offered()[1]
    action.act()
    qtbot.waitUntil(
        lambda: stored(house, request_id).state is RequestState.NEW, timeout=15_000
    )
    qtbot.waitUntil(lambda: not action.when(), timeout=15_000)


def test_handing_back_asks_why_only_towards_who_sent_it(small_house, opened, qtbot):
    house = small_house
    request_id = house.raised()
    page = opened(request_id, AGENT)
    dialog = dialog_of(page, EntryKind.HANDED_OVER, qtbot)
    dialog.unit.set_value(house.units["Building permits"])
    assert not dialog.reason.isEnabled()
    dialog.unit.set_value(house.units["Central counter"])
    assert dialog.reason.isEnabled()
    dialog.reason.set_value(ReturnReason.WRONG_SERVICE.value)
    dialog.text.setPlainText("Not for us")
    send(dialog, qtbot)
    qtbot.waitUntil(
        lambda: stored(house, request_id).unit_id == house.units["Central counter"],
        timeout=15_000,
    )
    assert last(house, request_id).details == {"reason": "wrong_service"}


def test_confirming_rates_with_a_word(small_house, opened, qtbot):
    house = small_house
    request_id = house.raised()
    house.me(AGENT)
    house.run(resolve, request_id)
    page = opened(request_id, CLERK)
    dialog = dialog_of(page, EntryKind.CONFIRMED, qtbot)
    dialog.rating.set_value("top")
    dialog.text.setPlainText("Thank you")
    send(dialog, qtbot)
    qtbot.waitUntil(
        lambda: stored(house, request_id).state is RequestState.CLOSED, timeout=15_000
    )
    wanted = select(Rating.is_top, Rating.words)
    assert house.read(lambda one: one.execute(wanted).one()) == (True, "Thank you")


def test_what_is_too_old_to_send_back_is_followed(small_house, opened, window, qtbot):
    house = small_house
    allow_days(house, 1)
    request_id = house.raised("The extract")
    house.me(AGENT)
    house.run(resolve, request_id)
    house.at(13, 9)
    page = opened(request_id, CLERK)
    shift = Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(page.pane.scroll_area, Qt.Key.Key_R, shift)
    qtbot.waitUntil(lambda: page.steps.dialog is not None, timeout=15_000)
    dialog = page.steps.dialog
    assert dialog.step is EntryKind.REOPENED
    assert not dialog.follow_button.isVisible()
    dialog.text.setPlainText("The stamp is missing")
    send(dialog, qtbot)
    qtbot.waitUntil(dialog.follow_button.isVisible, timeout=15_000)
    assert dialog.problem() == (
        "LR-0001 could be sent back until 10 Nov 2026. Send a new request that "
        "follows it instead."
    )
    dialog.follow_button.click()
    qtbot.waitUntil(lambda: page.pane.details.reference == "LR-0002", timeout=15_000)
    (link,) = house.read(links_of, page.pane.details.id)
    assert link.row.id == request_id
    assert stored(house, page.pane.details.id).body == "The stamp is missing"


def test_only_who_asked_takes_a_question_back(small_house, opened, qtbot):
    house = small_house
    request_id = house.raised()
    house.me(AGENT)
    house.run(ask, request_id, "Which?")
    page = opened(request_id, CLERK)
    assert not page.steps.actions[EntryKind.UNASKED].when()
    assert page.steps.actions[EntryKind.ANSWERED].when()
