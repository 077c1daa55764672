"""The board of actions: whose, in which order, done, dropped, decided, by mail."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt

from desktop.queries.action_board import BoardView, action_line
from desktop.store.unit_of_work import UnitOfWork
from desktop.use_cases.meeting_actions import add_action
from tests.small_house import SmallHouse
from tests.use_cases.sittings import begun, series_of
from ui.action_board.mail_dialog import MailDialog
from ui.action_board.page import ActionBoardPage
from ui.action_board.spec import PAGES
from ui.common.action_dialogs import ChangeActionDialog, DecideActionDialog
from ui.main_window import MainWindow


@dataclass
class Board:
    """The page with somebody before it."""

    house: SmallHouse
    window: MainWindow
    page: ActionBoardPage
    qtbot: Any
    ids: dict[str, int]

    def until(self, true: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: bool(true()), timeout=10_000)

    def shown(self) -> list[str]:
        """Return the texts of the actions in their order."""
        rows = [self.page.model.entry(n) for n in range(self.page.model.rowCount())]
        return [row.text for row in rows if row is not None]

    def choose(self, text: str) -> None:
        assert self.page.table.choose(self.ids[text])

    def click(self, name: str) -> None:
        button = self.page.buttons[name]
        assert button.isVisible()
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    def state(self, text: str) -> Any:
        return self.house.read(action_line, self.ids[text], self.house.now)

    def dialog(self, kind: type[Any]) -> Any:
        self.until(lambda: self.page.findChildren(kind))
        return self.page.findChildren(kind)[-1]


ACTIONS = (
    ("late", "Dušan Kovač", date(2026, 11, 10)),
    ("today", "Dušan Kovač", date(2026, 11, 16)),
    ("ana's", "Ana Petrović", date(2026, 11, 30)),
    ("counter's", "Jelena Marić", date(2026, 11, 20)),
)


@pytest.fixture
def open_board(seat, window, small_house, qtbot) -> Callable[[str], Board]:
    """Give a way to open the board as somebody, with four actions in the house."""
    house = small_house
    series = series_of(house, begun(house))
    ids = {
        text: house.run(
            add_action, series, text, "Topic", due, owner_id=house.people[name]
        )
        for text, name, due in ACTIONS
    }

    def open_it(name: str) -> Board:
        context = seat(name)
        window.detach()
        window.attach(context, PAGES)
        window.resize(1280, 800)
        window.show()
        qtbot.waitExposed(window)
        window.navigate("actions")
        page = window.pages.page("actions")
        assert isinstance(page, ActionBoardPage)
        made = Board(house, window, page, qtbot, ids)
        made.until(lambda: page._ticket is None)
        return made

    return open_it


def test_mine_stand_first_with_what_is_overdue_on_top(open_board):
    board = open_board("Dušan Kovač")
    assert board.shown() == ["late", "today"]
    assert board.page.count.text() == "1 overdue"
    board.qtbot.mouseClick(board.page.chips[BoardView.UNIT], Qt.MouseButton.LeftButton)
    board.until(lambda: board.shown() == ["late", "today", "ana's"])
    assert BoardView.ALL not in board.page.chips


def test_a_coordinator_sees_everybodys_by_owner_and_finds_words(open_board):
    board = open_board("Marko Ivić")
    board.qtbot.mouseClick(board.page.chips[BoardView.ALL], Qt.MouseButton.LeftButton)
    board.until(lambda: len(board.shown()) == 4)
    board.page.group.set_value("owner")
    board.page._show()
    assert board.shown() == ["ana's", "late", "today", "counter's"]
    board.page.search.setText("jelena")
    assert board.shown() == ["counter's"]


def test_several_are_done_at_once_and_taken_back(open_board):
    board = open_board("Dušan Kovač")
    board.page.table.selectAll()
    board.click("done")
    board.until(lambda: not board.shown())
    assert board.page.nothing.isVisible()
    assert board.state("late").state == "done"
    assert board.window.undo_bar.words() == "2 actions done."
    board.window.undo_bar.undo()
    board.until(lambda: board.shown() == ["late", "today"])


def test_date_and_owner_are_changed_and_the_change_taken_back(open_board):
    board = open_board("Dušan Kovač")
    board.choose("late")
    board.click("change")
    dialog = board.dialog(ChangeActionDialog)
    dialog.due.set_value("nonsense")
    dialog.submit()
    assert dialog.boxes["due"].problem()
    dialog.due.set_value("2026-11-27")
    dialog.submit()
    board.until(lambda: board.state("late").due_on == date(2026, 11, 27))
    board.until(lambda: board.window.undo_bar.can_undo())
    board.window.undo_bar.undo()
    board.until(lambda: board.state("late").due_on == date(2026, 11, 10))


def test_carried_three_times_it_is_decided_on_the_board(open_board):
    board = open_board("Dušan Kovač")

    def carry(work: UnitOfWork) -> None:
        from desktop.entities.meetings import Action

        work.get(Action, board.ids["today"]).carried = 3
        work.touched_everything()

    board.house.run(carry)
    board.page.reread()
    board.until(lambda: board.shown() == ["today", "late"])
    board.choose("today")
    assert not board.page.buttons["drop"].isVisible()
    board.click("decide")
    dialog = board.dialog(DecideActionDialog)
    dialog.due.set_value("2026-12-01")
    dialog.submit()
    board.until(lambda: dialog.boxes["why"].problem())
    dialog.why.setText("The paper has come")
    dialog.submit()
    board.until(lambda: board.state("today").why == "The paper has come")
    board.until(lambda: board.shown() == ["late", "today"])


def test_what_a_mail_says_is_shown_before_it_is_closed(open_board):
    board = open_board("Dušan Kovač")
    board.qtbot.mouseClick(board.page.mail_button, Qt.MouseButton.LeftButton)
    dialog = board.dialog(MailDialog)
    with board.qtbot.waitSignal(dialog.previewed):
        dialog.text.setPlainText(
            "A-1 done since Monday\nA-2 dropped: nobody asks\nA-9 done\n"
            "A-3 not yet\n> A-4 done"
        )
    assert [row.tick.isChecked() for row in dialog.found] == [True, True, False]
    assert "A-3 not yet" in dialog.told.text()
    dialog.found[1].tick.setChecked(False)
    dialog.submit()
    board.until(lambda: board.shown() == ["today"])
    assert board.state("late").why == "since Monday"
    assert board.state("counter's").is_open


def test_a_notice_leads_to_an_action_that_is_closed_and_anothers(open_board):
    board = open_board("Marko Ivić")
    board.window.navigate("actions", action_id=board.ids["ana's"])
    board.until(lambda: board.page.table.current_row() is not None)
    board.until(lambda: board.page.table.current_row().text == "ana's")
