"""From a request to another like it, and what the customer was told, in the window."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt
from sqlalchemy import select

from desktop.domain.requests import EntryKind
from desktop.entities.requests import Request
from tests.small_house import ZONE
from ui.common.request_pane.tell_dialog import TellDialog

CONTROL = Qt.KeyboardModifier.ControlModifier


def request_of(house, request_id: int) -> Request:
    wanted = select(Request).where(Request.id == request_id)
    return house.read(lambda session: session.scalars(wanted).one())


def open_request(house, seat, window, qtbot, who: str = "Jelena Marić") -> int:
    made = house.raised(
        customer="Goran Tadić",
        form={"parcel": "1184/2"},
        told_text="By Thursday.",
        told_due_at=datetime(2026, 11, 12, 12, 0, tzinfo=ZONE),
        told_how="By post",
    )
    seat(who)
    window.resize(1440, 900)
    window.show()
    window.navigate("request", request_id=made)
    shown = window.pages.page("request")
    qtbot.waitUntil(lambda: shown.pane.details is not None, timeout=10_000)
    return made


def test_a_clerk_raises_one_like_it_again_and_an_agent_is_not_offered_it(
    small_house, seat, window, qtbot
):
    open_request(small_house, seat, window, qtbot)
    again = window.actions_known.get("request.again")
    assert again.when()
    assert window.actions_known.run("request.again")
    qtbot.waitUntil(
        lambda: window.pages.page("new_request") is not None, timeout=10_000
    )
    page = window.pages.page("new_request")
    qtbot.waitUntil(
        lambda: page.form.common("_customer") == "Goran Tadić", timeout=10_000
    )
    qtbot.waitUntil(lambda: page.form.own_answers() == {"parcel": "1184/2"})
    assert page.form.form.row("_customer").input.hasFocus()


def test_an_agent_raises_nothing(small_house, seat, window, qtbot):
    open_request(small_house, seat, window, qtbot, "Dušan Kovač")
    assert not window.actions_known.get("request.again").when()


def test_what_the_customer_was_told_stands_beside_the_promise_and_is_told_anew(
    small_house, seat, window, qtbot
):
    made = open_request(small_house, seat, window, qtbot)
    pane = window.pages.page("request").pane
    assert pane.told.more.text() == (
        "Told for Thu 12:00  ·  promised by the agreement for Thu 09:00  ·  By post"
    )
    assert window.actions_known.run(f"request.{EntryKind.TOLD.value}")
    qtbot.waitUntil(lambda: bool(window.findChildren(TellDialog)), timeout=10_000)
    (dialog,) = window.findChildren(TellDialog)
    assert dialog.fields.how.text() == "By post"
    dialog.fields.price.setText("12 EUR")
    dialog.ready.line.setText("2026-11-13")
    qtbot.keyClick(dialog.text, Qt.Key.Key_Return, modifier=CONTROL)
    qtbot.waitUntil(
        lambda: request_of(small_house, made).told_price == "12 EUR", timeout=10_000
    )
    row = request_of(small_house, made)
    assert (row.told_how, row.told_due_at) == (
        "By post",
        datetime(2026, 11, 13, 23, 59, tzinfo=ZONE),
    )
