"""A promise put under another version on purpose, after its preview."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from desktop.domain.agreements import TargetKind
from desktop.queries.request_details import request_details
from desktop.store.verification import verify
from desktop.use_cases.agreements import agree, draft_version, propose
from desktop.use_cases.requests import take
from tests.agreement_lookups import agreement_details, agreements
from tests.ui.agreements.conftest import BACK_MANAGER, COORDINATOR, FRONT_MANAGER
from tests.ui.agreements.conftest import MANAGERS as MANAGERS_OF
from ui.common.dialog import Dialog
from ui.request.move_dialog import MoveDialog
from ui.request.page import PAGES as REQUEST

REGISTRY = "Counters with Land registry"


@pytest.fixture
def program(program):
    """Give the program with the pages of requests."""
    program.features = replace(program.features, pages=lambda: list(REQUEST))
    return program


def actor(house, name: str):
    """Return a manager as the desk knows people."""
    usual = house.actor(COORDINATOR)
    unit = MANAGERS_OF.get(name)
    if unit is None:
        return usual
    return replace(usual, person_id=house.people[name], unit_id=house.units[unit])


def agree_on_forty(house) -> None:
    """Sign a next version of the registry's agreement: 40 h instead of 16 h."""
    found = next(
        row for row in house.read(agreements, house.now) if row.name == REGISTRY
    )
    details = house.read(agreement_details, found.agreement_id, house.now)
    terms = details.versions[0].terms
    targets = tuple(
        replace(one, seconds=40 * 3600) if one.kind is TargetKind.RESOLUTION else one
        for one in terms.targets
    )
    desk = house.desk
    desk.sign_in(actor(house, COORDINATOR))
    made = desk.run(
        draft_version, found.agreement_id, replace(terms, targets=targets)
    ).value
    made = desk.run(propose, made.version_id, expected_version=made.lock).value
    for name in (FRONT_MANAGER, BACK_MANAGER):
        desk.sign_in(actor(house, name))
        made = desk.run(agree, made.version_id, expected_version=made.lock).value
    desk.sign_in(None)


@pytest.fixture
def page(small_house, seat, window, qtbot):
    """Open a request promised under the version before the last."""
    request_id = small_house.raised()
    small_house.later(hours=1)
    agree_on_forty(small_house)

    def show(name: str):
        seat(name)
        window.resize(1440, 900)
        window.show()
        window.navigate("request", request_id=request_id)
        shown = window.pages.page("request")
        qtbot.waitUntil(lambda: shown.why.applies.lines != [], timeout=10_000)
        return shown

    return show


def resolution_target(house, request_id: int) -> int:
    """Return what the registry's resolution is promised in, in hours."""
    details = house.read(
        request_details, request_id, reader_unit_id=None, now=house.now
    )
    kinds = {one.view.kind: one.view.target_s for one in details.clocks}
    return kinds[TargetKind.RESOLUTION] // 3600


def open_dialog(shown, qtbot) -> MoveDialog:
    """Click the button and wait for the preview."""
    qtbot.waitUntil(shown.why.move_button.isVisible)
    qtbot.mouseClick(shown.why.move_button, Qt.MouseButton.LeftButton)
    dialog = shown.findChildren(MoveDialog)[0]
    qtbot.waitUntil(dialog.submit_button.isEnabled)
    return dialog


def test_a_move_shows_what_would_change_changes_it_and_is_taken_back(
    page, small_house, window, qtbot
):
    shown = page(COORDINATOR)
    request_id = shown.pane.request_id
    assert resolution_target(small_house, request_id) == 16
    dialog = open_dialog(shown, qtbot)
    assert dialog.version.currentText() == f"{REGISTRY}, version 4"
    words = dialog.preview.text()
    assert words.startswith("Resolution of Land registry: 16 h, due ")
    assert "→ 40 h, due " in words
    qtbot.mouseClick(dialog.submit_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: resolution_target(small_house, request_id) == 40)
    first = "Somebody put the request under this one on purpose."
    qtbot.waitUntil(lambda: shown.why.applies.lines[0][1].startswith(first))
    assert shown.why.applies.lines[0][0] == f"{REGISTRY}, version 4"
    assert not [one for one in shown.findChildren(Dialog) if one.isVisible()]
    qtbot.waitUntil(window.undo_bar.isVisible)
    window.undo_bar.undo()
    qtbot.waitUntil(lambda: resolution_target(small_house, request_id) == 16)
    assert small_house.read(verify).is_sound


def test_a_move_of_what_somebody_changed_meanwhile_is_refused_in_words(
    page, small_house, qtbot
):
    shown = page(COORDINATOR)
    request_id = shown.pane.request_id
    dialog = open_dialog(shown, qtbot)
    small_house.me("Dušan Kovač")
    small_house.run(take, request_id)
    small_house.me(COORDINATOR)
    qtbot.mouseClick(dialog.submit_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.problem() != "")
    assert dialog.problem().startswith("Somebody changed this first.")
    assert resolution_target(small_house, request_id) == 16
    dialog.reject()


def test_an_agent_is_not_offered_to_move_a_promise(page, qtbot):
    shown = page("Dušan Kovač")
    assert len(shown.why.applies.applies.others()) == 1
    assert not shown.why.move_button.isVisibleTo(shown.why)
