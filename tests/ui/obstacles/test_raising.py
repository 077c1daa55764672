"""Raising an obstacle with the customer standing there: by key, in one line."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop.queries.obstacles import voices_of
from tests.small_house import SmallHouse
from tests.use_cases.test_obstacles import obstacle
from ui.common.kept_words import ON_OBSTACLES, KeptWords
from ui.common.obstacles.raise_dialog import RaiseDialog

CLERK, PHONE = "Jelena Marić", "Petar Ilić"


def dialog_in(window, qtbot) -> RaiseDialog:
    qtbot.waitUntil(lambda: bool(window.findChildren(RaiseDialog)), timeout=10_000)
    dialog = window.findChildren(RaiseDialog)[-1]
    qtbot.waitUntil(lambda: bool(dialog.due.text()), timeout=10_000)
    return dialog


def test_one_line_and_return_raise_it_on_the_request(
    house: SmallHouse, seat, window, qtbot
) -> None:
    request = house.raised("Parcel 7")
    seat(CLERK)
    window.show()
    window.navigate("request", request_id=request)
    shown = window.pages.page("request")
    qtbot.waitUntil(lambda: shown.pane.details is not None, timeout=10_000)
    shown.pane.setFocus()
    qtbot.keyClick(shown.pane, Qt.Key.Key_O, Qt.KeyboardModifier.ShiftModifier)
    dialog = dialog_in(window, qtbot)
    assert dialog.on_request.text() == "On LR-0001: Parcel 7"
    assert dialog.due.text().startswith("Land registry owes you an answer by")
    assert QApplication.focusWidget() is dialog.title
    qtbot.keyClicks(dialog.title, "The stamp is locked away")
    qtbot.keyClick(dialog.title, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(shown.pane.said.lines), timeout=10_000)
    assert shown.pane.said.lines == ["#3: The stamp is locked away"]
    found = obstacle(house, 3)
    assert found.request_id == request
    assert found.owing_unit_id == house.units["Land registry"]


def test_a_like_one_is_offered_and_gets_my_voice(
    house: SmallHouse, seat, window, qtbot
) -> None:
    seat(PHONE)
    window.show()
    assert window.actions_known.run("obstacles.raise")
    dialog = dialog_in(window, qtbot)
    qtbot.keyClicks(dialog.title, "maps come at noon")
    qtbot.waitUntil(lambda: bool(dialog.alike.buttons), timeout=10_000)
    assert [one.number for one in dialog.alike.rows] == [1]
    qtbot.mouseClick(dialog.alike.buttons[0], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "#1" in window.undo_bar.words(), timeout=10_000)
    assert house.read(voices_of, [1]) == {1: 1}


def test_nothing_typed_is_asked_for_and_what_is_refused_stays(
    house: SmallHouse, seat, window, qtbot
) -> None:
    seat(CLERK)
    window.show()
    window.actions_known.run("obstacles.raise")
    dialog = dialog_in(window, qtbot)
    qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert dialog.fields["title"].problem() == "Write something first."
    dialog.title.setText("<b>Bold</b>")
    house.desk.sign_in(None)
    dialog.submit()
    qtbot.waitUntil(lambda: bool(dialog.problem()), timeout=10_000)
    assert dialog.title.text() == "<b>Bold</b>"


def test_the_counter_says_what_of_obstacles_concerns_me(
    house: SmallHouse, seat, window, qtbot
) -> None:
    seat(CLERK)
    window.show()
    window.navigate("counter")
    line = window.pages.page("counter").obstacles
    qtbot.waitUntil(line.isVisible, timeout=10_000)
    assert line.mine.text() == "2 obstacles of yours are open"
    assert not line.owed.isVisible()
    qtbot.mouseClick(line.mine, Qt.MouseButton.LeftButton)
    assert window.pages.current_id == "obstacles"


def test_what_is_typed_is_there_again_until_it_is_raised(
    house: SmallHouse, seat, window, qtbot
) -> None:
    seat(PHONE)
    window.show()
    window.actions_known.run("obstacles.raise")
    dialog = dialog_in(window, qtbot)
    qtbot.keyClicks(dialog.title, "Maps come at noon")
    qtbot.keyClicks(dialog.proposal, "Hand them out at eight")
    dialog.reject()
    KeptWords.of(dialog._context, ON_OBSTACLES).save()
    # Somebody sits down anew: only the file is left of it.
    seat(CLERK)
    window.actions_known.run("obstacles.raise")
    others = dialog_in(window, qtbot)
    assert others.title.text() == ""
    others.reject()
    seat(PHONE)
    window.actions_known.run("obstacles.raise")
    again = dialog_in(window, qtbot)
    assert again is not dialog
    assert again.title.text() == "Maps come at noon"
    assert again.proposal.toPlainText() == "Hand them out at eight"
    qtbot.waitUntil(lambda: bool(again.alike.buttons), timeout=10_000)
    qtbot.keyClick(again.title, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "#3" in window.undo_bar.words(), timeout=10_000)
    assert KeptWords.of(again._context, ON_OBSTACLES).keys() == []
