"""The year with real clicks and keys: closing days, hours of dates, for good."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt

from desktop.domain.calendars import Closure
from ui.calendars.days import year_states
from ui.calendars.year_canvas import LEAST_CELL
from ui.common.week.dialogs import ClosureDialog, DateDialog, HoursDialog

H = 3600
SHIFT = Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier
HOSTILE = "<img src=x> & \u202eclosed\u0000 " + "Ω" * 300


def rows(desk) -> list[str]:
    return [line.spoken() for line in desk.page.year.list.lines()]


def test_the_year_begins_at_today_and_says_each_day(desk):
    desk.year()
    canvas = desk.page.year.canvas
    assert canvas.days() == (date(2026, 11, 9), date(2026, 11, 9))
    assert desk.page.year.status.text() == (
        "Monday 9 November 2026: open, 08:00 to 12:00, 12:30 to 16:00"
    )
    at = canvas.day_box(date(2026, 11, 11)).center().toPoint()
    desk.click(canvas, at)
    assert desk.page.year.status.text() == (
        "Wednesday 11 November 2026: public holiday, Armistice Day"
    )
    assert canvas.accessibleDescription() == desk.page.year.status.text()
    assert rows(desk) == ["Armistice Day, 11 Nov, public holiday"]


def test_keys_go_through_the_days_and_choose_several(desk):
    desk.year()
    canvas = desk.page.year.canvas
    desk.keys_to(canvas)
    desk.key(canvas, Qt.Key.Key_Down)
    desk.key(canvas, Qt.Key.Key_Right)
    assert canvas.days()[0] == date(2026, 11, 17)
    desk.key(canvas, Qt.Key.Key_Down, SHIFT)
    assert canvas.days() == (date(2026, 11, 17), date(2026, 11, 24))
    assert desk.page.year.status.text() == "17–24 Nov 2026, 8 days"
    desk.key(canvas, Qt.Key.Key_PageDown)
    assert desk.page.year.year_label.text() == "2027"
    assert desk.page.year.note.text().startswith("Nothing is closed this year.")
    desk.key(canvas, Qt.Key.Key_Home)
    desk.key(canvas, Qt.Key.Key_Left)
    assert canvas.days()[0] == date(2027, 1, 1)


def test_days_can_be_read_in_the_smallest_window_and_follow_the_keys(desk):
    desk.year()
    canvas, months = desk.page.year.canvas, desk.page.year.months

    def is_shown(day: date) -> bool:
        box = canvas.day_box(day).toRect()
        box.moveTopLeft(canvas.mapTo(months.viewport(), box.topLeft()))
        return months.viewport().rect().contains(box)

    desk.window.resize(960, 600)
    desk.until(lambda: is_shown(date(2026, 11, 9)))
    box = canvas.day_box(date(2026, 11, 9))
    assert box.width() >= LEAST_CELL
    assert box.height() >= LEAST_CELL
    assert not is_shown(date(2026, 1, 1))
    desk.keys_to(canvas)
    desk.key(canvas, Qt.Key.Key_Home)
    assert is_shown(date(2026, 1, 1))
    desk.window.resize(1280, 800)
    desk.until(lambda: is_shown(date(2026, 1, 1)) and is_shown(date(2026, 12, 31)))
    assert canvas.day_box(date(2026, 4, 1)).width() >= LEAST_CELL


def test_a_range_is_chosen_and_closed_under_a_name(desk):
    desk.year()
    desk.choose_days(date(2026, 7, 6), date(2026, 7, 17))
    desk.click(desk.page.year.closing)
    dialog = desk.dialog(ClosureDialog)
    desk.qtbot.keyClicks(dialog.name, "Summer")
    desk.key(dialog.name, Qt.Key.Key_Return, CTRL)
    dialog.submit()
    desk.no_dialog()
    expected = Closure(date(2026, 7, 6), date(2026, 7, 17), "Summer")
    assert expected in desk.spec.closures
    assert desk.spec.closures.count(expected) == 1
    assert rows(desk)[0] == "Summer, 6–17 Jul"


def test_return_on_a_day_asks_and_a_part_of_each_year_is_closed(desk):
    desk.year()
    canvas = desk.page.year.canvas
    desk.keys_to(canvas)
    desk.key(canvas, Qt.Key.Key_Return)
    dialog = desk.dialog(ClosureDialog)
    dialog.first.set_value("2026-12-24")
    dialog.last.set_value("2026-12-23")
    dialog.hours.setText("noon")
    dialog.submit()
    assert "“noon” are no hours" in dialog.boxes["hours"].problem()
    dialog.hours.setText("12:00-24:00")
    dialog.submit()
    assert dialog.boxes["end"].problem() == (
        "The last day lies before the first. Turn them round."
    )
    dialog.last.set_value("2026-12-24")
    dialog.hours.setText("22:00-06:00")
    dialog.submit()
    assert "must lie within one day" in dialog.boxes["hours"].problem()
    dialog.hours.setText("8-9, 10-11")
    dialog.submit()
    assert "takes one part of the day" in dialog.boxes["hours"].problem()
    dialog.hours.setText("12:00-24:00")
    dialog.yearly.click()
    dialog.submit()
    desk.no_dialog()
    made = desk.spec.closures[-1]
    assert (made.hours, made.yearly) == ((12 * H, 24 * H), True)
    assert rows(desk)[-1] == "Closed, 24 Dec, 12:00 to 24:00, every year"


def test_days_round_new_year_are_closed_every_year(desk):
    desk.year()
    desk.page.asking.close_days()
    dialog = desk.dialog(ClosureDialog)
    dialog.first.set_value("2026-12-30")
    dialog.last.set_value("2026-01-02")
    dialog.yearly.click()
    dialog.submit()
    desk.no_dialog()
    assert "Closed, 30 Dec to 2 Jan, every year" in rows(desk)
    states = year_states(desk.spec, 2026)
    days = date(2026, 1, 2), date(2026, 12, 30), date(2026, 12, 29)
    assert [states[day].kind for day in days] == ["closed", "closed", "open"]


def test_a_closure_is_changed_and_removed_from_the_list_and_comes_back(desk):
    desk.year()
    year = desk.page.year
    desk.keys_to(year.list)
    year.list.setCurrentIndex(year.list.model().index(0, 0))
    assert year.canvas.days()[0] == date(2026, 11, 11)
    desk.click(year.change)
    dialog = desk.dialog(ClosureDialog)
    assert dialog.name.text() == "Armistice Day"
    dialog.name.setText("Armistice")
    dialog.submit()
    desk.no_dialog()
    assert [one.name for one in desk.spec.closures] == ["Armistice"]
    assert desk.spec.closures[0].is_public_holiday
    year.list.setCurrentIndex(year.list.model().index(0, 0))
    desk.key(year.list, Qt.Key.Key_Delete)
    assert desk.spec.closures == ()
    desk.keys_to(year.canvas)
    desk.key(year.canvas, Qt.Key.Key_Z, CTRL)
    desk.key(year.canvas, Qt.Key.Key_Z, CTRL)
    assert [one.name for one in desk.spec.closures] == ["Armistice Day"]


def test_delete_on_a_day_opens_it_again(desk):
    desk.year()
    canvas = desk.page.year.canvas
    desk.keys_to(canvas)
    canvas.choose(date(2026, 11, 11))
    desk.key(canvas, Qt.Key.Key_Delete)
    assert desk.spec.closures == ()


def test_dates_get_other_hours_and_their_usual_ones_again(desk):
    desk.year()
    desk.choose_days(date(2026, 12, 24), date(2026, 12, 25))
    assert not desk.page.year.usual.isVisible()
    desk.click(desk.page.year.hours)
    dialog = desk.dialog(HoursDialog)
    assert dialog.line.text() == "08:00-12:00, 12:30-16:00"
    dialog.line.setText("")
    dialog.submit()
    assert "Write the hours of these days" in dialog.box.problem()
    dialog.line.setText("9-11")
    dialog.submit()
    desk.no_dialog()
    assert desk.spec.overrides[date(2026, 12, 25)] == ((9 * H, 11 * H),)
    assert rows(desk)[-1] == "09:00 to 11:00, Fri 25 Dec, other hours"
    desk.click(desk.page.year.usual)
    assert desk.spec.overrides == {}


def test_a_calendar_is_closed_for_good_and_opened_again(desk):
    desk.year()
    desk.click(desk.page.year.good)
    dialog = desk.dialog(DateDialog)
    dialog.date.set_value("soon")
    dialog.submit()
    assert dialog.box.problem() == ("Write a date like 2026-05-16, or choose one.")
    dialog.date.set_value("2026-12-01")
    dialog.submit()
    desk.no_dialog()
    assert desk.spec.closed_from == date(2026, 12, 1)
    assert rows(desk)[-1] == "Closed for good, from Tue 1 Dec 2026"
    desk.page.year.list.choose("good")
    desk.key(desk.page.year.list, Qt.Key.Key_Delete)
    assert desk.spec.closed_from is None


def test_a_hostile_name_is_shown_as_it_is_and_nothing_breaks(desk):
    desk.year()
    desk.click(desk.page.year.closing)
    dialog = desk.dialog(ClosureDialog)
    dialog.name.setText(HOSTILE)
    dialog.submit()
    desk.no_dialog()
    line = desk.page.year.list.lines()[0]
    assert line.first.startswith("<img src=x> &")
    assert "&lt;img" in desk.page.year.list.model().index(0, 0).data(
        Qt.ItemDataRole.ToolTipRole
    )
    assert desk.page.year.status.textFormat() == Qt.TextFormat.PlainText
    assert not desk.window.grab().isNull()
    desk.save()
    assert desk.stored().spec.closures[0].name.startswith("<img src=x>")
