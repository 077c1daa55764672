"""The window: pages made when shown, banners, keys, and what it remembers."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from shiboken6 import isValid

from desktop.domain.errors import Conflict
from ui.actions import Action
from ui.common.shortcuts import ShortcutsSheet
from ui.context import PageSpec
from ui.main_window import MainWindow
from ui.style import theme


class Paper(QWidget):
    """A page that notes where it was sent, and has a badge."""

    badge_changed = Signal()

    def __init__(self, context) -> None:
        super().__init__()
        self.went: list[dict[str, object]] = []
        self.waiting = 0
        self.line = QLineEdit()
        QVBoxLayout(self).addWidget(self.line)

    def go_to(self, **what: object) -> None:
        self.went.append(what)

    def badge(self) -> int:
        return self.waiting


@pytest.fixture
def papers() -> list[str]:
    return []


@pytest.fixture
def specs(papers: list[str]) -> list[PageSpec]:
    def making(page_id: str):
        def make(context) -> Paper:
            papers.append(page_id)
            return Paper(context)

        return make

    return [
        PageSpec("counter", "bell-school", "Counter", making("counter")),
        PageSpec("queue", "list-details", "Queue", making("queue")),
        PageSpec("new_request", "plus", "New request", making("new"), in_rail=False),
        PageSpec(
            "books", "book", "Books", making("books"), roles=frozenset({"executive"})
        ),
    ]


@pytest.fixture
def filled(window: MainWindow, seat, specs, qtbot) -> MainWindow:
    context = seat("Jelena Marić")
    window.detach()
    window.attach(context, specs)
    with qtbot.waitExposed(window):
        window.show()
    return window


def test_a_page_is_made_only_when_it_is_shown(filled, papers) -> None:
    assert papers == ["counter"]
    filled.navigate("queue")
    filled.navigate("counter")
    filled.navigate("queue")
    assert papers == ["counter", "queue"]


def test_the_rail_offers_only_what_the_person_needs(filled) -> None:
    assert [entry.id for entry in filled.rail.entries()] == ["counter", "queue"]


def test_a_page_is_told_what_to_show(filled) -> None:
    filled.navigate("queue", request_id=7)
    assert filled.pages.page("queue").went == [{"request_id": 7}]


def test_arrow_keys_in_the_rail_change_the_page(filled, qtbot) -> None:
    filled.rail.setFocus()
    qtbot.keyClick(filled.rail, Qt.Key.Key_Down)
    assert filled.pages.current_id == "queue"


def test_passing_the_rail_with_tab_changes_no_page(filled, qtbot) -> None:
    shown = filled.pages.current_id
    filled.rail.choose("none of these")
    filled.rail.setFocus()
    assert filled.pages.current_id == shown
    qtbot.keyClick(filled.rail, Qt.Key.Key_Down)
    assert filled.pages.current_id == "queue"
    filled.rail.choose("none of these")
    filled.top.field.setFocus()
    filled.rail.setFocus()
    qtbot.keyClick(filled.rail, Qt.Key.Key_Return)
    assert filled.pages.current_id == "counter"


def test_a_badge_reaches_the_rail(filled) -> None:
    page = filled.pages.page("counter")
    page.waiting = 3
    page.badge_changed.emit()
    assert filled.rail.entries()[0].badge == 3


def test_the_last_page_is_remembered(filled, window, seat, specs, qtbot) -> None:
    filled.navigate("queue")
    context = seat("Jelena Marić")
    window.detach()
    window.attach(context, specs)
    qtbot.waitUntil(lambda: window.pages.current_id == "queue")


def test_somebody_else_begins_on_their_own_page(
    filled, window, seat, specs, qtbot
) -> None:
    filled.navigate("queue")
    window.detach()
    window.attach(seat("Petar Ilić"), specs)
    qtbot.waitUntil(lambda: window.pages.current_id == "counter")


def test_the_home_page_is_ready_behind_another_so_its_badge_shows(
    filled, window, seat, specs, qtbot
) -> None:
    filled.navigate("queue")
    window.detach()
    window.attach(seat("Jelena Marić"), specs)
    qtbot.waitUntil(lambda: window.pages.page("counter") is not None)
    assert window.pages.current_id == "queue"


def test_what_was_said_to_somebody_goes_with_them(filled, window) -> None:
    filled.tell("Sent.", subject="sent")
    window.detach()
    assert not window.banners.words()


def test_ctrl_n_opens_a_new_request(filled, papers, qtbot) -> None:
    qtbot.keyClick(filled, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert filled.pages.current_id == "new_request"


def test_a_refusal_nobody_heard_becomes_a_banner(filled, program) -> None:
    program.operations.refused.emit(Conflict("stale"))
    assert filled.banners.words()[0].startswith("Somebody saved this first.")


def test_a_banner_about_the_same_subject_is_replaced(filled) -> None:
    filled.tell("One.", subject="x")
    filled.tell("Two.", subject="x")
    filled.tell("Three.", subject="y")
    assert filled.banners.words() == ["Two.", "Three."]


def test_f1_lists_the_keys_of_the_page_and_of_the_window(filled, qtbot) -> None:
    page = filled.pages.page("counter")
    act = Action("counter.take", "Take", lambda: None, "T", group="counter")
    filled.actions_known.add(act, page)
    qtbot.keyClick(filled, Qt.Key.Key_F1)
    sheet = filled.findChild(ShortcutsSheet)
    assert sheet is not None
    words = [
        label.text() for label in sheet.findChildren(QWidget) if hasattr(label, "text")
    ]
    assert words.index("Take") < words.index("Everywhere")
    sheet.close()


def test_a_letter_key_acts_on_the_page_but_not_while_typing(filled, qtbot) -> None:
    page = filled.pages.page("counter")
    done: list[str] = []
    act = Action("counter.take", "Take", lambda: done.append("T"), "T", group="counter")
    filled.actions_known.add(act, page)
    page.line.setFocus()
    qtbot.keyClick(page.line, Qt.Key.Key_T)
    assert (page.line.text(), done) == ("t", [])
    page.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    page.setFocus()
    qtbot.keyClick(page, Qt.Key.Key_T)
    assert done == ["T"]


def test_an_action_ends_with_its_page(filled, qtbot) -> None:
    page = filled.pages.page("counter")
    filled.actions_known.add(Action("x", "X", lambda: None, "X"), page)
    filled.detach()
    qtbot.waitUntil(lambda: not isValid(page))
    assert not filled.actions_known.run("x")


def test_the_theme_chosen_is_remembered(filled, preferences) -> None:
    filled.choose_theme("dark")
    assert theme().tokens.is_dark
    assert preferences.value("window.theme") == "dark"


def test_undo_is_offered_and_taken_once(filled, qtbot) -> None:
    taken: list[str] = []
    filled.offer_undo("LR-1 taken", lambda: taken.append("back"))
    qtbot.keyClick(filled, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(filled, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert taken == ["back"]
    assert not filled.undo_bar.isVisible()


def test_what_one_person_did_is_not_for_the_next_to_take_back(filled) -> None:
    filled.offer_undo("LR-1 taken", lambda: None)
    filled.attach(filled._context, filled.pages.specs)
    assert not filled.undo_bar.isVisible()
    assert not filled.undo_bar.can_undo()


def test_leaving_the_desk_leaves_no_page_behind(filled) -> None:
    filled.detach()
    assert filled.pages.page("counter") is None
    assert not filled.is_attached()


def test_the_keyboard_begins_in_the_page_shown(filled) -> None:
    filled.top.field.setFocus()
    filled.navigate("queue")
    assert filled.focusWidget() is filled.pages.page("queue").line


def test_the_keyboard_begins_where_a_page_wants_it_also_after_another_page(
    filled,
) -> None:
    filled.navigate("queue")
    new = filled.pages._made(filled.pages._specs["new_request"], filled._context)
    second = QLineEdit()
    new.layout().addWidget(second)
    new.setFocusProxy(second)
    filled.navigate("new_request")
    assert filled.focusWidget() is second
    new.line.setFocus()
    filled.navigate("queue")
    filled.navigate("new_request")
    assert filled.focusWidget() is new.line


def test_the_keyboard_stays_in_the_rail_while_arrows_choose(filled, qtbot) -> None:
    filled.rail.setFocus()
    qtbot.keyClick(filled.rail, Qt.Key.Key_Down)
    assert filled.rail.hasFocus()
