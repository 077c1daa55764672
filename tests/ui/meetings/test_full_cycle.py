"""A whole cycle by clicks and keys: drafted, published, held, minuted, approved.

And then the next session: what was not done is carried, what was parked comes back.
"""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from desktop.queries.minutes import minutes_paper
from desktop.use_cases.meetings import plan_session
from tests.ui.meetings.conftest import Sitting
from ui.common.dialog import Question
from ui.meetings.minutes.page import MinutesPage
from ui.meetings.sitting.ending import EndDialog
from ui.meetings.sitting.window import SittingWindow

KEY = Qt.Key
CLICK = Qt.MouseButton.LeftButton


class Cycle:
    """The main window with its pages, and the session's own window."""

    def __init__(self, sitting: Sitting) -> None:
        self.sitting = sitting
        self.window = sitting.window
        self.qtbot = sitting.qtbot
        self.screen: SittingWindow | None = None

    def until(self, true: Any) -> None:
        self.qtbot.waitUntil(lambda: bool(true()), timeout=15_000)

    @property
    def minutes(self) -> MinutesPage:
        page = self.window.pages.page("minutes")
        assert isinstance(page, MinutesPage)
        return page

    def click(self, widget: QWidget) -> None:
        self.until(widget.isVisible)
        self.qtbot.mouseClick(widget, CLICK)

    def agree(self, page: QWidget, kind: type[Any] = Question) -> None:
        """Answer the question asked on a page with its first button."""
        self.until(lambda: [one for one in page.findChildren(kind) if one.isVisible()])
        dialog = next(one for one in page.findChildren(kind) if one.isVisible())
        self.click(dialog.submit_button)
        self.until(
            lambda: not [one for one in page.findChildren(kind) if one.isVisible()]
        )

    def key(self, key: Qt.Key) -> None:
        """Press a key in the session's own window."""
        assert self.screen is not None
        self.screen.activateWindow()
        self.until(self.screen.isActiveWindow)
        self.qtbot.keyClick(QApplication.focusWidget() or self.screen, key)
        QApplication.processEvents()
        link = self.screen.link
        self.until(lambda: link.is_settled)

    def type(self, words: str) -> None:
        assert self.screen is not None
        self.until(self.screen.entry.line.hasFocus)
        self.qtbot.keyClicks(self.screen.entry.line, words)
        self.screen.entry.completer.popup().hide()
        self.key(KEY.Key_Return)

    def at(self) -> int:
        assert self.screen is not None
        item = self.screen.current()
        return item.item.number if item is not None else 0

    def begin(self) -> None:
        """From the meetings page to the session's own window."""
        self.click(self.sitting.page.agenda.minutes_button)
        self.until(lambda: self.minutes.board is not None)
        self.click(self.minutes.begin_button)
        self.agree(self.minutes)
        self.until(self._screen)
        self.screen = self._screen()
        self.until(lambda: self.screen is not None and self.screen.board is not None)

    def _screen(self) -> SittingWindow | None:
        shown = QApplication.topLevelWidgets()
        found = [one for one in shown if isinstance(one, SittingWindow)]
        return next((one for one in found if one.isVisible()), None)


def test_a_session_goes_from_draft_to_approved_minutes_and_is_carried_on(drafted):
    house, cycle = drafted.house, Cycle(drafted)
    meeting = drafted.page.meeting_id
    titles = drafted.titles()
    cycle.click(drafted.page.agenda.publish_button)
    cycle.agree(drafted.page)
    cycle.until(lambda: drafted.page.edits.board.state == "published")
    drafted.settled()

    # --- in session, by keys alone
    house.at(16, 10)
    cycle.begin()
    assert cycle.at() == 1
    cycle.key(KEY.Key_T)
    for key in (KEY.Key_P, KEY.Key_Escape):
        cycle.key(key)
    cycle.key(KEY.Key_D)
    cycle.type("The last minutes stand as they are")
    house.later(minutes=4)
    cycle.key(KEY.Key_F)
    cycle.until(lambda: cycle.at() == 2)
    cycle.key(KEY.Key_A)
    cycle.type("Jelena put the parcel number on the form by today")
    cycle.key(KEY.Key_P)
    cycle.until(lambda: cycle.at() == 3)
    house.later(minutes=40)
    cycle.screen.end()
    dialog = next(iter(cycle.screen.findChildren(EndDialog)))
    assert all(one.item.kind == "topic" for one in dialog.rest)
    dialog.put_off.setChecked(False)
    cycle.agree(cycle.screen, EndDialog)
    cycle.until(lambda: cycle.minutes.board.state == "held")
    cycle.screen.close()

    # --- minutes, typed on after the session and approved by the chair
    page = cycle.minutes
    page.list.choose(page.board.items[0].id)
    page.choose(page.board.items[0].id)
    page.item.said.setFocus()
    cycle.qtbot.keyClicks(page.item.said, "Nobody had anything to change.")
    page.item.said.save()
    cycle.until(lambda: page.link.is_settled and page.board.items[0].item.said)
    cycle.click(page.approve_button)
    cycle.agree(page)
    cycle.until(lambda: page.board.state == "approved")
    assert page.item.said.isReadOnly()
    assert page.correct_button.isVisible()
    assert not page.approve_button.isVisible()
    paper = house.read(minutes_paper, meeting, house.now)
    assert [one.number for one in paper.items] == list(range(1, len(titles) + 1))
    first, second, third = paper.items[:3]
    assert (first.fate, first.spent_s) == ("done", 240)
    assert first.decisions[0].text == "The last minutes stand as they are"
    assert first.said == "Nobody had anything to change."
    assert second.fate == "parked"
    assert second.actions[0].owner == "Jelena Marić"
    assert third.spent_s == 40 * 60
    assert [one.state for one in paper.attendance] == ["present"]

    # --- the next session carries over
    following = house.run(plan_session, page.board.series_id)
    cycle.window.navigate("meetings", meeting_id=following)
    cycle.until(lambda: drafted.page.edits.board.id == following)
    board = drafted.page.edits.board
    assert [(one.text, one.carried) for one in board.actions] == [
        ("put the parcel number on the form", 1)
    ]
    last = board.paper.minutes
    assert (last.number, last.state, last.decisions, last.actions) == (
        1,
        "approved",
        1,
        1,
    )
    found = [one.candidate for one in board.candidates]
    parked = [one.label for one in found if one.rule == "parked"]
    assert parked == [titles[1]]
