"""The week editor with real drags, clicks and keys."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.small_house import HOURS

H = 3600
SHIFT = Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier


def day(desk, weekday: int):
    """Return a day's hours as they would be saved."""
    return tuple(desk.spec.weekly.get(weekday, ()))


def test_the_page_shows_the_calendar_its_hours_and_who_uses_it(desk):
    head = desk.page.head
    assert head.name.text() == "Office hours"
    assert head.hours.text() == (
        "Europe/Belgrade time: Mon to Fri 08:00 to 12:00, 12:30 to 16:00"
    )
    assert head.used.text() == ("Version 1. Used by 4 units and 2 agreement versions.")
    assert desk.page.week.total.text() == "37 h 30 a week"
    assert not head.save_button.isEnabled()
    assert [line.first for line in desk.page.list_pane.list.lines()] == ["Office hours"]


def test_a_drag_on_a_free_day_makes_hours_in_steps_of_a_quarter(desk):
    desk.drag((5, 9.05), (5, 12.4))
    assert day(desk, 5) == ((9 * H, 12 * H + 1800),)
    assert desk.page.head.save_button.isEnabled()
    assert desk.page.head.unsaved.isVisible()
    assert desk.page.week.total.text() == "41 h a week"


def test_a_drag_with_shift_makes_hours_in_steps_of_five_minutes(desk):
    width = desk.canvas.layout_now().hours_width
    assert width > 700
    desk.drag((5, 9 + 5 / 60), (5, 10 + 10 / 60), SHIFT)
    assert day(desk, 5) == ((9 * H + 300, 10 * H + 600),)


def test_a_drag_from_right_to_left_makes_the_same_hours(desk):
    desk.drag((6, 12), (6, 9))
    assert day(desk, 6) == ((9 * H, 12 * H),)


def test_hours_are_dragged_along_and_onto_another_day(desk):
    desk.drag((0, 10), (0, 9))
    assert day(desk, 0) == ((7 * H, 11 * H), HOURS[1])
    desk.drag((0, 9), (5, 9))
    assert day(desk, 0) == (HOURS[1],)
    assert day(desk, 5) == ((7 * H, 11 * H),)
    assert desk.canvas.current() == (5, 0)


def test_an_end_is_dragged_and_a_start_too(desk):
    desk.drag((1, 16), (1, 18))
    assert day(desk, 1) == (HOURS[0], (45_000, 18 * H))
    desk.drag((1, 8), (1, 7))
    assert day(desk, 1) == ((7 * H, 12 * H), (45_000, 18 * H))


def test_an_end_dragged_past_the_edge_runs_over_midnight_and_back_again(desk):
    desk.drag((4, 16), (4, 24.75))
    assert day(desk, 4) == (HOURS[0], (45_000, 24 * H + 2700))
    desk.canvas.choose(4, 1)
    assert desk.canvas.words() == "Friday: 12:30 to 00:45 next day"
    desk.drag((5, 0.75), (5, 2))
    assert day(desk, 4)[1] == (45_000, 26 * H)


def test_hours_dragged_onto_others_are_joined_and_it_is_said(desk):
    desk.drag((2, 12), (2, 13))
    assert day(desk, 2) == ((8 * H, 16 * H),)
    assert desk.page.week.note.text() == (
        "Hours that touch or overlap were joined: Wednesday 08:00 to 16:00"
    )
    assert desk.page.week.note.isVisible()


def test_hours_that_touch_are_joined(desk):
    desk.drag((2, 12), (2, 12.5))
    assert day(desk, 2) == ((8 * H, 16 * H),)


def test_a_click_chooses_and_changes_nothing(desk):
    desk.click(desk.canvas, desk.place(3, 14))
    assert desk.canvas.current() == (3, 1)
    desk.click(desk.canvas, desk.place(6, 14))
    assert desk.canvas.current() == (6, None)
    assert not desk.page.draft.is_changed
    assert desk.page.week.status.text() == "Sunday: closed"


def test_tab_goes_through_hours_and_days_and_leaves_at_the_end(desk):
    canvas = desk.canvas
    desk.keys_to(canvas)
    canvas.choose(4, 0)
    seen = []
    for _step in range(3):
        desk.key(canvas, Qt.Key.Key_Tab)
        seen.append(canvas.current())
    assert seen == [(4, 1), (5, None), (6, None)]
    assert canvas.accessibleDescription() == "Sunday: closed"
    desk.key(canvas, Qt.Key.Key_Backtab, SHIFT)
    assert canvas.current() == (5, None)
    canvas.choose(6, None)
    desk.key(canvas, Qt.Key.Key_Tab)
    assert not canvas.hasFocus()


def test_arrows_move_and_with_shift_resize(desk):
    canvas = desk.canvas
    desk.keys_to(canvas)
    canvas.choose(0, 0)
    desk.key(canvas, Qt.Key.Key_Left)
    assert day(desk, 0)[0] == (8 * H - 900, 12 * H - 900)
    desk.key(canvas, Qt.Key.Key_Right, CTRL)
    assert day(desk, 0)[0] == (8 * H - 600, 12 * H - 600)
    desk.key(canvas, Qt.Key.Key_Right, SHIFT)
    assert day(desk, 0)[0] == (8 * H - 600, 12 * H + 300)
    desk.key(canvas, Qt.Key.Key_Left, SHIFT | CTRL)
    assert day(desk, 0)[0] == (8 * H - 600, 12 * H)
    desk.key(canvas, Qt.Key.Key_Down)
    assert day(desk, 0) == (HOURS[1],)
    assert day(desk, 1)[0] == (8 * H - 600, 12 * H)


def test_the_keyboard_takes_steps_back_and_again(desk):
    canvas = desk.canvas
    desk.keys_to(canvas)
    canvas.choose(0, 0)
    desk.key(canvas, Qt.Key.Key_Delete)
    desk.key(canvas, Qt.Key.Key_Delete)
    assert day(desk, 0) == ()
    desk.key(canvas, Qt.Key.Key_Z, CTRL)
    assert len(day(desk, 0)) == 1
    desk.key(canvas, Qt.Key.Key_Z, CTRL)
    assert day(desk, 0) == HOURS
    assert not desk.page.draft.is_changed
    desk.key(canvas, Qt.Key.Key_Z, CTRL | SHIFT)
    assert len(day(desk, 0)) == 1


def test_a_day_is_copied_to_another(desk):
    canvas = desk.canvas
    desk.keys_to(canvas)
    canvas.choose(0, 0)
    desk.key(canvas, Qt.Key.Key_C, CTRL)
    assert desk.page.week.status.text().startswith("Monday is copied.")
    canvas.choose(6, None)
    desk.key(canvas, Qt.Key.Key_V, CTRL)
    assert day(desk, 6) == HOURS


def test_a_day_is_typed(desk):
    canvas = desk.canvas
    desk.keys_to(canvas)
    canvas.choose(5, None)
    desk.key(canvas, Qt.Key.Key_Return)
    typing = canvas.typing
    assert typing.isVisible()
    desk.until(typing.hasFocus)
    desk.qtbot.keyClicks(typing, "22-6, 23:00-07:00")
    desk.key(typing, Qt.Key.Key_Return)
    assert day(desk, 5) == ((22 * H, 31 * H),)
    assert not typing.isVisible()
    assert "joined: Saturday 22:00 to 07:00" in desk.page.week.note.text()
    assert QApplication.focusWidget() is canvas


def test_what_is_no_hours_is_said_below_and_stays_as_typed(desk):
    canvas = desk.canvas
    desk.keys_to(canvas)
    canvas.choose(0, 0)
    desk.key(canvas, Qt.Key.Key_Return)
    typing = canvas.typing
    assert typing.text() == "08:00-12:00, 12:30-16:00"
    typing.setText("morning")
    desk.key(typing, Qt.Key.Key_Return)
    assert typing.isVisible()
    assert typing.text() == "morning"
    assert desk.page.week.problem.text() == (
        "“morning” are no hours. Write them like 08:00-12:00, 12:30-16:00."
    )
    desk.key(typing, Qt.Key.Key_Escape)
    assert not typing.isVisible()
    assert not desk.page.week.problem.isVisible()
    assert day(desk, 0) == HOURS


def test_hours_that_hold_from_a_date_leave_those_before_as_they_are(desk):
    from ui.common.week.dialogs import DateDialog

    desk.click(desk.page.week.add)
    dialog = desk.dialog(DateDialog)
    dialog.date.set_value("")
    dialog.submit()
    assert dialog.box.problem() == "This is needed."
    dialog.date.set_value("2027-01-04")
    dialog.submit()
    desk.no_dialog()
    desk.drag((5, 9), (5, 12))
    assert desk.spec.weekly.get(5) is None
    assert desk.spec.later[0].weekly[5] == ((9 * H, 12 * H),)
    desk.click(desk.page.week.add)
    dialog = desk.dialog(DateDialog)
    dialog.date.set_value("2027-01-04")
    dialog.submit()
    assert "There are hours from this date already" in dialog.box.problem()
    dialog.reject()
    desk.no_dialog()
    desk.click(desk.page.week.remove)
    assert desk.spec.later == ()
    assert desk.page.week.chosen() is None
