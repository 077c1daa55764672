"""The bell and the pane behind it, by clicks and keys."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.domain.quiet_hours import Loud, QuietHours
from desktop.use_cases.notices import sweep
from desktop.use_cases.requests import ask, comment, take
from desktop.use_cases.seeing import keep_quiet_hours
from tests.small_house import SmallHouse
from tests.ui.conftest import Seat
from ui.common.labels import PlainLabel
from ui.context import PageSpec
from ui.main_window import MainWindow
from ui.notices.feature import Notices
from ui.notices.pane import NoticesPane
from ui.program import Program

CLERK, AGENT = "Jelena Marić", "Dušan Kovač"


class Paper(QWidget):
    """Stands for the request's page: notes what it was sent."""

    def __init__(self, places: list[dict[str, object]]) -> None:
        super().__init__()
        self._places = places

    def go_to(self, **what: object) -> None:
        self._places.append(what)


@pytest.fixture
def went(program: Program) -> list[dict[str, object]]:
    """Give what the request's page was sent."""
    places: list[dict[str, object]] = []
    spec = PageSpec("request", "list", "Request", lambda _: Paper(places))
    program.features = replace(program.features, pages=lambda: [spec])
    return places


@pytest.fixture
def asked(small_house: SmallHouse) -> int:
    """Give a request whose clerk was asked, and whose answer is late."""
    request = small_house.at(9, 9).raised()
    small_house.me(AGENT).run(take, request)
    small_house.run(ask, request, "Which parcel?")
    small_house.at(9, 14, 30).run(sweep, small_house.now)
    return request


def sit(seat: Seat, window: MainWindow, name: str, qtbot) -> NoticesPane:
    window.show()
    seat(name)
    qtbot.waitExposed(window)

    def mine() -> list[Notices]:
        found = window.findChildren(Notices)
        return [one for one in found if one._context.me.name == name]

    # The bell comes a moment after the page.
    qtbot.waitUntil(lambda: len(mine()) == 1)
    return mine()[0].pane


def opened(window: MainWindow, pane: NoticesPane, count: int, qtbot) -> None:
    qtbot.waitUntil(lambda: window.top.bell.count() == count)
    qtbot.mouseClick(window.top.bell, Qt.MouseButton.LeftButton)
    assert pane.isVisible()


def click(pane: NoticesPane, row: int, qtbot) -> None:
    place = pane.list.visualRect(pane.model.index(row, 0)).center()
    qtbot.mouseClick(pane.list.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_the_bell_counts_what_is_not_read(
    seat: Seat, window: MainWindow, asked: int, qtbot
) -> None:
    pane = sit(seat, window, CLERK, qtbot)
    opened(window, pane, 2, qtbot)
    assert "2" in window.top.bell.accessibleName()
    said = [pane.model.index(at).data() for at in range(pane.model.rowCount())]
    assert [one.split(", ")[0] for one in said] == [
        "Answer late since 13:30",
        f"{AGENT} asked a question",
    ]


def test_a_click_opens_the_request_and_reads_the_notice(
    seat: Seat, window: MainWindow, asked: int, went: list[dict[str, object]], qtbot
) -> None:
    pane = sit(seat, window, CLERK, qtbot)
    opened(window, pane, 2, qtbot)
    click(pane, 1, qtbot)
    assert went[-1] == {"request_id": asked}
    assert not pane.isVisible()
    qtbot.waitUntil(lambda: window.top.bell.count() == 1)


def test_enter_opens_and_escape_gives_the_keyboard_back(
    seat: Seat, window: MainWindow, asked: int, went: list[dict[str, object]], qtbot
) -> None:
    pane = sit(seat, window, CLERK, qtbot)
    opened(window, pane, 2, qtbot)
    qtbot.keyClick(pane.list, Qt.Key.Key_Escape)
    assert not pane.isVisible()
    opened(window, pane, 2, qtbot)
    qtbot.keyClick(pane.list, Qt.Key.Key_Return)
    assert went[-1] == {"request_id": asked}


def test_all_are_read_with_one_click_and_one_more_takes_it_back(
    seat: Seat, window: MainWindow, asked: int, qtbot
) -> None:
    pane = sit(seat, window, CLERK, qtbot)
    opened(window, pane, 2, qtbot)
    qtbot.mouseClick(pane.all_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.top.bell.count() == 0)
    qtbot.waitUntil(lambda: not pane.all_button.isEnabled())
    assert all(row.is_read for row in pane.model.items)
    window.undo_bar.undo()
    qtbot.waitUntil(lambda: window.top.bell.count() == 2)


def test_only_warnings_can_be_silenced(
    seat: Seat, window: MainWindow, asked: int, qtbot
) -> None:
    pane = sit(seat, window, CLERK, qtbot)
    opened(window, pane, 2, qtbot)
    kinds = [row.kind.is_warning for row in pane.model.items]
    for row, is_warning in enumerate(kinds):
        pane.list.setCurrentIndex(pane.model.index(row, 0))
        assert pane.tomorrow.isEnabled() is is_warning
    assert sorted(kinds) == [False, True]


def test_a_silenced_request_says_so_and_counts_no_more(
    seat: Seat, window: MainWindow, asked: int, qtbot
) -> None:
    pane = sit(seat, window, CLERK, qtbot)
    opened(window, pane, 2, qtbot)
    warning = next(at for at, row in enumerate(pane.model.items) if row.kind.is_warning)
    pane.list.setCurrentIndex(pane.model.index(warning, 0))
    qtbot.mouseClick(pane.tomorrow, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.top.bell.count() == 0)
    said = "No warnings of this request until tomorrow."
    assert window.undo_bar.words() == said


def test_the_window_sweeps_by_itself_as_time_goes_by(
    seat: Seat, window: MainWindow, small_house: SmallHouse, qtbot
) -> None:
    small_house.at(9, 9).raised()
    sit(seat, window, AGENT, qtbot)
    qtbot.wait(150)
    assert window.top.bell.count() == 0
    small_house.at(9, 10, 45)
    (feature,) = window.findChildren(Notices)
    assert feature.timer.isActive()
    assert feature.timer.interval() == 60_000
    feature.timer.timeout.emit()
    qtbot.waitUntil(lambda: window.top.bell.count() == 1)


def test_who_leaves_takes_the_bell_along(
    seat: Seat, window: MainWindow, program: Program, asked: int, qtbot
) -> None:
    pane = sit(seat, window, CLERK, qtbot)
    opened(window, pane, 2, qtbot)
    program.ask_person()
    assert not pane.isVisible()
    assert not window.top.bell.isVisible()
    other = sit(seat, window, "Vesna Stojanović", qtbot)
    opened(window, other, 0, qtbot)
    assert other.nothing.isVisible()


def test_a_click_elsewhere_puts_the_pane_away(
    seat: Seat, window: MainWindow, asked: int, qtbot
) -> None:
    pane = sit(seat, window, CLERK, qtbot)
    opened(window, pane, 2, qtbot)
    qtbot.mouseClick(window.top.mark, Qt.MouseButton.LeftButton)
    assert not pane.isVisible()


def test_what_comes_later_is_told_in_the_window_in_working_hours(
    seat: Seat,
    window: MainWindow,
    asked: int,
    small_house: SmallHouse,
    went: list[dict[str, object]],
    qtbot,
) -> None:
    sit(seat, window, CLERK, qtbot)
    qtbot.waitUntil(lambda: window.top.bell.count() == 2)
    assert not told(window)
    small_house.at(9, 15).me(AGENT).run(comment, asked, f"@{CLERK}: which one?")
    look(window)
    said = f"{AGENT} named you"
    qtbot.waitUntil(lambda: any(words.startswith(said) for words in told(window)))


def test_nothing_is_told_in_quiet_hours(
    seat: Seat, window: MainWindow, asked: int, small_house: SmallHouse, qtbot
) -> None:
    small_house.me(CLERK).run(keep_quiet_hours, QuietHours(Loud.NEVER))
    sit(seat, window, CLERK, qtbot)
    qtbot.waitUntil(lambda: window.top.bell.count() == 2)
    small_house.at(9, 15).me(AGENT).run(comment, asked, f"@{CLERK}: which one?")
    look(window)
    qtbot.waitUntil(lambda: window.top.bell.count() == 3)
    qtbot.wait(100)
    assert not told(window)


def look(window: MainWindow) -> None:
    for feature in window.findChildren(Notices):
        feature.look()


def told(window: MainWindow) -> list[str]:
    return [label.text() for label in window.banners.findChildren(PlainLabel)]
