"""A request raised with real keys on a real workspace."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from sqlalchemy import func, select

from desktop.domain.requests import RequestState
from desktop.entities.requests import Request
from desktop.entities.services import FormField
from desktop.store.unit_of_work import ChangeSet
from desktop.use_cases.requests import resolve
from tests.queries.test_counter import statements
from tests.small_house import ZONE, SmallHouse
from tests.ui.counter.clerks_window import ClerksWindow
from ui.common.dialog import Question
from ui.new_request.page import NewRequestPage
from ui.new_request.spec import PAGES
from ui.screenshots.settling import settle

SitDown = Callable[..., ClerksWindow]
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def window(sit_down: SitDown, small_house: SmallHouse) -> ClerksWindow:
    """Give Jelena's window on a Thursday at 13:20."""
    small_house.at(12, 13, 20)
    return sit_down()


def come(qtbot, window: ClerksWindow, **size: int) -> NewRequestPage:
    page: NewRequestPage = window.show(PAGES[0], **size)
    qtbot.waitUntil(
        lambda: bool(page.search.hits() and page.form._people), timeout=10_000
    )
    return page


def choose(qtbot, page: NewRequestPage, words: str) -> None:
    """Type a word into the search and wait for form and promise."""
    page.search.field.setFocus()
    page.search.field.clear()
    qtbot.keyClicks(page.search.field, words)
    wanted = page.search.current()
    qtbot.waitUntil(
        lambda: (
            page.form.service() is not None
            and page.form.service().id == wanted
            and page.pane._view is not None
            and page.pane._view.service_id == wanted
        ),
        timeout=10_000,
    )


def fill(qtbot, page: NewRequestPage, code: str, words: str) -> None:
    field = page.form.form.row(code).input
    qtbot.keyClicks(field, words)


def requests(house: SmallHouse) -> list[Request]:
    wanted = select(Request).order_by(Request.id)
    return list(house.read(lambda session: session.scalars(wanted).all()))


def sent(qtbot, house: SmallHouse, count: int) -> list[Request]:
    def is_there() -> bool:
        found = house.read(
            lambda session: session.scalar(select(func.count()).select_from(Request))
        )
        return found == count

    qtbot.waitUntil(is_there, timeout=10_000)
    return requests(house)


class Keyboard:
    """Presses keys on whatever has the focus, and counts them."""

    def __init__(self, qtbot) -> None:
        self._qtbot = qtbot
        self.strokes = 0

    def type(self, words: str) -> None:
        for letter in words:
            self._qtbot.keyClicks(QApplication.focusWidget(), letter)
            self.strokes += 1

    def press(self, key: Qt.Key, held=Qt.KeyboardModifier.NoModifier) -> None:
        self._qtbot.keyClick(QApplication.focusWidget(), key, modifier=held)
        self.strokes += 1


def test_a_known_service_is_raised_by_keyboard_in_well_under_fifteen_seconds(
    qtbot, window, small_house
):
    page = come(qtbot, window)
    qtbot.waitUntil(page.search.field.hasFocus)
    keyboard, began = Keyboard(qtbot), time.monotonic()
    keyboard.type("titl")
    qtbot.waitUntil(
        lambda: page.form.service() is not None and page.pane.words() != "",
        timeout=10_000,
    )
    keyboard.press(Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is page.form.form.row("_customer").input
    keyboard.type("Goran Tadic")
    keyboard.press(Qt.Key.Key_Tab)
    keyboard.type("064 555")
    keyboard.press(Qt.Key.Key_Tab)
    keyboard.type("1184/2")
    keyboard.press(Qt.Key.Key_Return, CONTROL)
    (made,) = sent(qtbot, small_house, 1)
    took = time.monotonic() - began
    qtbot.waitUntil(lambda: bool(window.went), timeout=10_000)
    assert (made.customer, made.contact) == ("Goran Tadic", "064 555")
    assert made.form == {"parcel": "1184/2"}
    assert made.subject == "Title extract, 1184/2"
    # Beside the words themselves: four letters, three tabs and one to send.
    assert keyboard.strokes - len("Goran Tadic064 5551184/2") == 8
    # At 150 strokes a minute, the customer in front of her, and the machine's part.
    assert took + keyboard.strokes * 60 / 150 < 15
    assert window.went == [("counter", {})]
    assert window.told[-1] == (
        "LR-0001 is sent. It is promised for 14:20 on Monday 16 November."
    )
    window.undos[-1]()
    qtbot.waitUntil(
        lambda: requests(small_house)[0].state is RequestState.CANCELLED, timeout=10_000
    )
    qtbot.waitUntil(lambda: window.told[-1] == "1 request is taken back.")


def test_tab_goes_as_the_eye_does_from_the_search_to_the_last_button(qtbot, window):
    page = come(qtbot, window)
    choose(qtbot, page, "title")
    page.search.field.setFocus()
    stops = []
    for _ in range(18):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        stops.append(QApplication.focusWidget().accessibleName())
    assert stops[:4] == ["Customer", "Phone or e-mail", "Parcel number", "Extent"]
    order = ["Anything they should know", "Normal", "Send request", "Discard", "Copy"]
    places = [stops.index(name) for name in order]
    assert places == sorted(places)


def test_the_arrows_choose_a_service_while_the_keyboard_stays(qtbot, window):
    page = come(qtbot, window)
    names = [hit.name for hit in page.search.hits()]
    qtbot.keyClick(page.search.field, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: page.form.service() is not None, timeout=10_000)
    assert page.form.title.text() == names[0]
    qtbot.keyClick(page.search.field, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: page.form.title.text() == names[1], timeout=10_000)
    qtbot.keyClick(page.search.field, Qt.Key.Key_Up)
    qtbot.waitUntil(lambda: page.form.title.text() == names[0], timeout=10_000)
    assert page.search.field.hasFocus()


def test_searching_asks_the_database_nothing(qtbot, window, small_house):
    page = come(qtbot, window)
    settle(window.window)
    with statements(small_house) as seen:
        qtbot.keyClicks(page.search.field, "zzzz")
        qtbot.wait(50)
    assert seen == []
    assert list(page.search.hits()) == []
    assert page.search._nothing.isVisible()


def test_the_pane_says_what_is_promised_and_that_too_few_are_known(qtbot, window):
    page = come(qtbot, window)
    choose(qtbot, page, "title")
    pane = page.pane
    assert pane.due_label.text() == "Monday 16 November, 14:20"
    assert pane.basis_label.text() == (
        "16 h of working time from now. Counters with Land registry, version 3"
    )
    assert pane.likely_label.text().startswith("Fewer than 20 requests")
    assert not pane.chart.isVisible()
    assert pane.closures_label.text() == "No closures before then"
    assert pane.words() == (
        "It will be ready by 14:20 on Monday 16 November at the latest."
    )


def test_closures_before_then_are_named(qtbot, sit_down, small_house):
    small_house.at(10, 13, 20)
    page = come(qtbot, sit_down())
    choose(qtbot, page, "title")
    assert page.pane.closures_label.text() == "Wed 11 Nov: Armistice Day"


def test_the_pane_shows_what_really_happens_from_twenty_on(
    qtbot, sit_down, small_house
):
    for minutes in range(5, 105, 5):
        made = small_house.at(9, 8).raised()
        small_house.me("Dušan Kovač").later(minutes=minutes)
        small_house.run(resolve, made)
    small_house.at(9, 11)
    page = come(qtbot, sit_down())
    choose(qtbot, page, "title")
    assert page.pane.likely_label.text() == (
        "8 of 10 like this would be done by 12:50, 5 of 10 already by 11:50"
    )
    assert page.pane.figures_label.text() == (
        "Same service and priority: n = 20, raised since 9 Nov 2026. "
        "100 in 100 kept the promise"
    )
    data = page.pane.chart._data
    assert page.pane.chart.isVisible()
    assert sum(data.counts[: round(data.filled_to)]) == 16
    assert data.filled_to == pytest.approx(round(data.filled_to))
    assert [words for _at, words in data.ticks] == ["now", "12:50", "Thu 12:00"]


def test_the_promise_moves_with_the_clock_and_asks_no_database(
    qtbot, window, small_house
):
    page = come(qtbot, window)
    choose(qtbot, page, "title")
    qtbot.wait(80)
    with statements(small_house) as seen:
        small_house.later(minutes=10)
        window.beat()
    assert seen == []
    assert page.pane.due() == datetime(2026, 11, 16, 14, 30, tzinfo=ZONE)
    assert "14:30 on Monday" in page.pane.words()


def test_what_to_say_is_copied_and_kept_with_the_request(qtbot, window, small_house):
    page = come(qtbot, window)
    choose(qtbot, page, "title")
    qtbot.keyClick(page.search.field, Qt.Key.Key_C, modifier=CONTROL | SHIFT)
    assert QGuiApplication.clipboard().text() == page.pane.words()
    words = page.pane.words()
    qtbot.mouseClick(page.form.foot.send, Qt.MouseButton.LeftButton)
    (made,) = sent(qtbot, small_house, 1)
    assert made.told_text == words
    assert made.told_due_at == datetime(2026, 11, 16, 14, 20, tzinfo=ZONE)


def test_what_nobody_was_told_is_not_written_down(qtbot, window, small_house):
    page = come(qtbot, window)
    choose(qtbot, page, "title")
    qtbot.mouseClick(page.pane.told, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(page.form.foot.send, Qt.MouseButton.LeftButton)
    (made,) = sent(qtbot, small_house, 1)
    assert (made.told_text, made.told_due_at) == ("", None)


def test_sending_and_starting_another_stays_here_with_an_empty_form(
    qtbot, window, small_house
):
    page = come(qtbot, window)
    for number in (1, 2):
        choose(qtbot, page, "title")
        fill(qtbot, page, "_customer", f"Customer {number}")
        field = page.form.form.row("_customer").input
        qtbot.keyClick(field, Qt.Key.Key_Return, modifier=CONTROL | SHIFT)
        made = sent(qtbot, small_house, number)
        qtbot.waitUntil(lambda: page.form.service() is None, timeout=10_000)
        assert page.search.field.hasFocus()
    assert [one.customer for one in made] == ["Customer 1", "Customer 2"]
    assert window.went == []


def need_parcel(house: SmallHouse) -> None:
    def need(work) -> None:
        wanted = select(FormField).where(FormField.code == "parcel")
        work.session.scalars(wanted).one().is_needed = True

    house.run(need)


def test_what_is_missing_is_said_at_its_field_and_nothing_typed_is_lost(
    qtbot, window, small_house
):
    need_parcel(small_house)
    page = come(qtbot, window)
    choose(qtbot, page, "title")
    fill(qtbot, page, "_customer", "Goran Tadic")
    assert page.form.foot.state.text() == "Still needed: Parcel number"
    qtbot.mouseClick(page.form.foot.send, Qt.MouseButton.LeftButton)
    row = page.form.form.row("parcel")
    assert row.problem() == "This is needed."
    assert row.input.hasFocus()
    assert page.form.common("_customer") == "Goran Tadic"
    assert requests(small_house) == []
    fill(qtbot, page, "parcel", "1184/2")
    assert row.problem() == ""
    assert page.form.foot.state.text() == "Everything Land registry needs is here"


def test_a_refusal_of_the_core_stands_at_its_field(qtbot, window, small_house):
    page = come(qtbot, window)
    choose(qtbot, page, "title")
    fill(qtbot, page, "_customer", "Goran Tadic")
    # The house changed its form while this one was being filled in.
    need_parcel(small_house)
    qtbot.mouseClick(page.form.foot.send, Qt.MouseButton.LeftButton)
    row = page.form.form.row("parcel")
    qtbot.waitUntil(lambda: bool(row.problem()), timeout=10_000)
    assert page.form.common("_customer") == "Goran Tadic"
    assert page.form.foot.send.isEnabled()
    assert requests(small_house) == []


def test_a_form_the_house_changed_meanwhile_asks_anew_and_keeps_the_answers(
    qtbot, window, small_house
):
    page = come(qtbot, window)
    choose(qtbot, page, "title")
    fill(qtbot, page, "_customer", "Goran Tadic")
    need_parcel(small_house)
    changes = ChangeSet({"form_field": frozenset({1})})
    window.context.operations.changed.emit(changes, None)
    qtbot.waitUntil(lambda: page.form.form.missing() != [], timeout=10_000)
    assert page.form.common("_customer") == "Goran Tadic"
    assert page.form.foot.state.text() == "Still needed: Parcel number"


def test_urgent_needs_a_reason_at_its_field(qtbot, window, small_house):
    page = come(qtbot, window)
    choose(qtbot, page, "title")
    qtbot.mouseClick(page.form.priority.urgent, Qt.MouseButton.LeftButton)
    assert page.form.priority.reason.hasFocus()
    qtbot.mouseClick(page.form.foot.send, Qt.MouseButton.LeftButton)
    assert page.form.priority.problem() == "This is needed."
    qtbot.keyClicks(page.form.priority.reason, "The court sits on Friday")
    assert page.form.priority.problem() == ""
    qtbot.mouseClick(page.form.foot.send, Qt.MouseButton.LeftButton)
    (made,) = sent(qtbot, small_house, 1)
    assert made.priority == 2


def test_looking_at_another_service_loses_no_answer(qtbot, window):
    page = come(qtbot, window)
    choose(qtbot, page, "title")
    fill(qtbot, page, "_customer", "Goran Tadic")
    fill(qtbot, page, "parcel", "1184/2")
    choose(qtbot, page, "permit")
    assert page.form.common("_customer") == "Goran Tadic"
    choose(qtbot, page, "title")
    assert page.form.own_answers() == {"parcel": "1184/2"}


def test_answers_to_another_service_are_not_sent_along(qtbot, window, small_house):
    page = come(qtbot, window)
    choose(qtbot, page, "title")
    fill(qtbot, page, "parcel", "1184/2")
    choose(qtbot, page, "permit")
    qtbot.mouseClick(page.form.foot.send, Qt.MouseButton.LeftButton)
    (made,) = sent(qtbot, small_house, 1)
    assert (made.form, made.subject) == ({}, "Building permit")


def test_discarding_asks_once_when_something_was_typed(qtbot, window, small_house):
    page = come(qtbot, window)
    choose(qtbot, page, "title")
    fill(qtbot, page, "_customer", "Goran")
    qtbot.keyClick(page.form.form.row("_customer").input, Qt.Key.Key_Escape)
    (question,) = page.findChildren(Question)
    qtbot.mouseClick(question.cancel_button, Qt.MouseButton.LeftButton)
    assert page.form.common("_customer") == "Goran"
    page.drafting.discard()
    question = page.findChildren(Question)[-1]
    qtbot.mouseClick(question.submit_button, Qt.MouseButton.LeftButton)
    assert page.form.service() is None
    assert page.keeper.folder.all() == []
    assert requests(small_house) == []


def test_discarding_nothing_asks_nothing_and_goes_back(qtbot, window):
    page = come(qtbot, window)
    qtbot.keyClick(page.search.field, Qt.Key.Key_Escape)
    assert page.findChildren(Question) == []
    assert window.went == [("counter", {})]
