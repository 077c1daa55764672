"""What was agreed about a request in a session stands on it, and is done there."""

from __future__ import annotations

from PySide6.QtCore import Qt

from desktop.entities.requests import Request
from desktop.use_cases.meeting_actions import add_action
from tests.use_cases.agendas import one
from tests.use_cases.sittings import begun, series_of
from ui.common.request_pane.pane import RequestPane


def test_an_action_is_done_on_its_request_and_taken_back(seat, small_house, qtbot):
    house = small_house
    series = series_of(house, begun(house))
    request = house.raised("keys")
    reference = one(house, Request, request).reference
    owner = house.people["Dušan Kovač"]
    action = house.run(
        add_action,
        series,
        f"Look {reference} up",
        "T",
        house.now.date(),
        owner_id=owner,
    )
    context = seat("Dušan Kovač")
    pane = RequestPane(context)
    qtbot.addWidget(pane)
    pane.resize(520, 800)
    pane.show()
    pane.show_request(request)
    qtbot.waitUntil(lambda: action in pane.agreed.buttons, timeout=15_000)
    assert pane.agreed.isVisible()
    qtbot.mouseClick(pane.agreed.buttons[action], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not pane.agreed.buttons, timeout=15_000)
    pane.agreed._reopen(pane.agreed._lines[0])
    qtbot.waitUntil(lambda: action in pane.agreed.buttons, timeout=15_000)
    other = house.raised("nothing agreed")
    pane.show_request(other)
    qtbot.waitUntil(lambda: pane.agreed.isHidden(), timeout=15_000)
