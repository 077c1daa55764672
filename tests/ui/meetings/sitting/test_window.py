"""A session is held with keys alone."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import Qt
from shiboken6 import isValid

from desktop.domain.errors import Invalid
from tests.use_cases.sittings import board
from ui.meetings.sitting.ending import EndDialog
from ui.meetings.sitting.timer import reading

KEY = Qt.Key


def test_keys_go_from_item_to_item_finish_and_park(in_session):
    assert in_session.number() == 1
    in_session.key(KEY.Key_Right)
    in_session.until(lambda: in_session.number() == 2)
    in_session.key(KEY.Key_Left)
    in_session.until(lambda: in_session.number() == 1)
    in_session.key(KEY.Key_F)
    in_session.until(lambda: in_session.number() == 2)
    in_session.key(KEY.Key_P)
    in_session.until(lambda: in_session.number() == 3)
    fates = [one.item.fate for one in in_session.board.items]
    assert fates == ["done", "parked", "open"]
    assert in_session.window.undo_bar.can_undo()
    in_session.key(KEY.Key_Z, Qt.KeyboardModifier.ControlModifier)
    in_session.until(lambda: in_session.number() == 2)
    assert in_session.board.items[1].item.fate == "open"


def test_a_decision_an_action_and_a_note_are_typed_under_the_item(in_session):
    window = in_session.window
    in_session.key(KEY.Key_D)
    in_session.type("Ask for the parcel number; decided fast, by all")
    in_session.key(KEY.Key_Return)
    in_session.until(lambda: in_session.board.items[0].decisions)
    in_session.key(KEY.Key_N)
    in_session.type("Dusan tells of the new form")
    in_session.key(KEY.Key_Return)
    in_session.until(lambda: in_session.board.items[0].item.said)
    in_session.key(KEY.Key_A)
    in_session.type("Dusan call the printer by fri")
    assert window.entry.what.text() == "call the printer"
    assert window.entry.owner.currentText() == "Dušan Kovač · Land registry"
    assert window.entry.due.value() == "2026-11-20"
    window.entry.completer.popup().hide()
    in_session.key(KEY.Key_Return)
    in_session.until(lambda: in_session.board.items[0].actions)
    item = in_session.board.items[0]
    assert item.decisions[0].text == "Ask for the parcel number; decided fast, by all"
    assert item.item.said == "Dusan tells of the new form"
    action = item.actions[0]
    assert (action.text, action.owner, action.due_on.isoformat()) == (
        "call the printer",
        "Dušan Kovač",
        "2026-11-20",
    )
    assert not window.entry.is_open()


def test_an_action_without_an_owner_is_asked_for_and_nothing_typed_is_lost(in_session):
    window = in_session.window
    in_session.key(KEY.Key_A)
    in_session.type("Call the printer")
    window.entry.save()
    assert "Who does it" in window.entry.problem.text()
    assert window.entry.line.text() == "Call the printer"
    window.entry.refused(Invalid("text", "too_long", most=2000))
    assert window.entry.line.text() == "Call the printer"
    window.entry.leave()
    in_session.key(KEY.Key_A)
    assert window.entry.line.text() == "Call the printer"


def test_letters_in_the_fields_of_an_action_are_no_keys_of_the_window(in_session):
    window = in_session.window
    in_session.key(KEY.Key_A)
    in_session.type("Call the printer")
    window.entry.completer.popup().hide()
    window.entry.owner.setFocus()
    in_session.key(KEY.Key_D)
    assert window.entry.mode == "action"
    in_session.key(KEY.Key_P)
    assert in_session.number() == 1


def test_a_crash_loses_nothing_typed(in_session, seat, qtbot):
    from ui.meetings.sitting.window import SittingWindow

    window = in_session.window
    in_session.key(KEY.Key_D)
    in_session.type("Half a decisi")
    kept = window.entry._kept
    assert kept is not None
    drafts = window._context.preferences.folder / "drafts"
    in_session.until(lambda: list(drafts.glob("words-*.json")))
    # The second window begins as after a crash: from the file alone.
    kept.deleteLater()
    in_session.until(lambda: not isValid(kept))
    second = SittingWindow(window._context, in_session.meeting_id)
    qtbot.addWidget(second)
    second.show()
    in_session.until(lambda: second.board is not None)
    second.write("decision")
    assert second.entry.line.text() == "Half a decisi"


def test_the_timer_says_in_words_and_colour_how_the_time_stands(in_session):
    window, house = in_session.window, in_session.house
    seen = []
    for minutes in (0, 4, 6):
        house.instant += timedelta(minutes=minutes - len(seen) and minutes)
        window.tick()
        assert window.timer.found is not None
        seen.append((window.timer.found.state, window.timer.figures.text()))
    states = [one[0] for one in seen]
    assert states[0] == "on_time"
    assert states[-1] == "over"
    assert seen[-1][1].startswith("+")
    assert "over" in window.timer.words.text()
    in_session.key(KEY.Key_Space)
    in_session.until(lambda: in_session.board.item_since is None)
    assert "held" in window.timer.words.text()


def test_nearly_over_is_the_last_fifth_and_at_least_a_minute():
    assert reading(479, 600).state == "on_time"
    assert reading(480, 600).state == "nearly"
    assert reading(601, 600).state == "over"
    assert reading(120, 180).state == "nearly"
    assert reading(0, 600, is_held=True).state == "held"


def test_attendance_is_marked_by_keys(in_session):
    window = in_session.window
    in_session.key(KEY.Key_T)
    assert window.attendance.list.hasFocus()
    for key in (KEY.Key_P, KEY.Key_A, KEY.Key_D):
        in_session.key(key)
    in_session.until(
        lambda: (
            [one.state for one in in_session.board.attendance]
            == ["present", "apology", "deputy"]
        )
    )
    assert in_session.board.attendance[2].deputy == "Ana Petrović"
    assert window.here.text() == "2 of 3 here"
    in_session.key(KEY.Key_Escape)
    assert window.side.currentIndex() == 0


def test_ending_puts_off_what_was_not_reached_and_can_be_taken_back(in_session):
    window = in_session.window
    in_session.key(KEY.Key_E, Qt.KeyboardModifier.ControlModifier)
    dialog = window.findChild(EndDialog)
    assert dialog is not None
    assert [one.item.number for one in dialog.rest] == [2]
    dialog.submit()
    in_session.until(lambda: in_session.board.state == "held")
    found = board(in_session.house, in_session.meeting_id)
    assert [one.item.fate for one in found.items][1:] == ["parked", "not_reached"]
    assert "over" in window.stage.title.text()
    window.undo_bar.undo()
    in_session.until(lambda: in_session.board.state == "in_session")


def test_two_windows_are_one_truth_and_neither_loses_what_it_types(in_session, qtbot):
    from ui.meetings.sitting.window import SittingWindow

    first = in_session.window
    second = SittingWindow(first._context, in_session.meeting_id)
    qtbot.addWidget(second)
    second.show()
    in_session.until(lambda: second.board is not None)
    second.write("note")
    second.entry.line.setText("typed by the other")
    first.go_by(1)
    in_session.until(lambda: second.current() and second.current().item.number == 2)
    assert second.entry.line.text() == "typed by the other"
    second.entry.save()
    # It goes under the item it was begun at, though the chair went on.
    in_session.until(lambda: in_session.board.items[0].item.said)
    assert in_session.board.items[0].item.said == "typed by the other"
