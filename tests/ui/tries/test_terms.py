"""Other targets, hours, closures and holds of a trial, set by hand."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from desktop.domain.agreements import Measure, Target, TargetKind
from desktop.domain.calendars import CalendarSpec, Closure
from desktop.domain.requests import PendingReason
from desktop.domain.working_days import DayEnd, DayRule
from desktop.queries.replays import Trial
from desktop.use_cases.calendars import create_calendar
from ui.common.buttons import IconButton
from ui.common.labels import PlainLabel
from ui.tries.hours_box import AGREED, OWN
from ui.tries.hours_dialog import HoursDialog
from ui.tries.target_list import CLOCK, END_OF_DAY, HOURS, Stepper
from ui.tries.words import length_words

RESOLUTION = TargetKind.RESOLUTION


def test_other_hours_are_drawn_closed_counted_and_taken_back(trying) -> None:
    page, hours = trying.page, trying.page.terms.hours
    before = page.replay.kinds[RESOLUTION].used_done
    trying.click(hours.draw_button)
    dialog = page.window().findChild(HoursDialog)
    assert dialog._days == (date(2026, 8, 19), date(2026, 11, 17))
    dialog.canvas.set_day(0, [(6 * 3600, 12 * 3600), (22 * 3600, 30 * 3600)])
    dialog.canvas.set_day(1, [])
    trying.click(dialog.undo_button)
    assert dialog.canvas.hours(1)
    dialog.close_days(Closure(date(2026, 11, 10), date(2026, 11, 10), "Moving"))
    holiday = next(box for one, box in dialog.boxes.items() if one.name != "Moving")
    holiday.setChecked(False)
    dialog.submit()
    trying.counted()
    assert hours.calendar.value() == OWN
    assert "22:00 to 06:00 next day" in hours.words.text()
    assert "1 closure more" in hours.words.text()
    assert "1 closure left out" in hours.words.text()
    assert page.replay.kinds[RESOLUTION].used_done != before
    trying.click(page.terms.reset)
    trying.counted()
    assert page.replay.kinds[RESOLUTION].used_done == before
    assert hours.calendar.value() == AGREED


def test_hours_nobody_works_in_are_refused_at_the_field(trying) -> None:
    page, hours = trying.page, trying.page.terms.hours
    trying.click(hours.draw_button)
    dialog = page.window().findChild(HoursDialog)
    for day in range(7):
        dialog.canvas.set_day(day, [])
    dialog.submit()
    assert "no hours" in dialog.problem()
    dialog.reject()
    for closed in ((1970, 2101), (2026, 2026)):
        trying.click(hours.draw_button)
        dialog = page.window().findChildren(HoursDialog)[-1]
        first, last = (date(year, 1, 1) for year in (closed[0], closed[1]))
        dialog.close_days(Closure(first, last.replace(month=12, day=31), "For good"))
        dialog.submit()
        assert "nothing is open" in dialog.problem() or "no hours" in dialog.problem()
        assert dialog.isVisible()
        dialog.reject()
    assert hours.calendar.value() == AGREED


def test_a_calendar_of_others_is_tried(trying) -> None:
    page = trying.page
    before = page.replay.kinds[RESOLUTION].used_done
    nights = CalendarSpec(
        "Europe/Belgrade", {day: [(0, 86_400)] for day in range(7)}, name="Round"
    )
    made = trying.house.run(create_calendar, nights)
    page._refresher.want()
    chooser = page.terms.hours.calendar
    board = page.terms.subject
    trying.until(lambda: made.calendar_id in dict(board._board.calendars))
    page.terms.start_over()
    chooser.set_value(made.calendar_id)
    chooser.chosen.emit(made.calendar_id)
    trying.counted()
    assert sum(page.replay.kinds[RESOLUTION].used_done) > sum(before)
    assert page.terms.trial().calendar_id == made.calendar_id


def test_holds_are_tried_reason_by_reason_and_kind_by_kind(trying) -> None:
    terms = trying.page.terms
    box = terms.holds.boxes[PendingReason.CUSTOMER]
    agreed = box.isChecked()
    trying.click_in_terms(box)
    trying.counted()
    held = terms.trial().holds
    assert (PendingReason.CUSTOMER in held[RESOLUTION]) is not agreed
    assert TargetKind.RESPONSE not in held
    terms.show_kind(TargetKind.ANSWER)
    assert not box.isVisible()
    assert terms.holds.nothing.isVisible()
    terms.show_kind(RESOLUTION)
    trying.click_in_terms(box)
    assert terms.trial().holds == {}


def test_a_priority_gets_a_target_of_its_own_and_loses_it(trying) -> None:
    box = trying.page.terms.targets.kinds[RESOLUTION]
    trying.click_in_terms(box.add_button)
    menu = box.findChild(QMenu)
    trying.until(menu.isVisible)
    act = next(one for one in menu.actions() if one.text() == "Normal")
    act.trigger()
    menu.close()
    trying.counted()
    normal = trying.stepper(priority=3)
    normal.setValue(1)
    trying.counted()
    told = trying.page.replay.kinds[RESOLUTION]
    assert (told.then.kept, told.then.broken) == (1, 3)
    assert len(told.targets_then) == 1
    remove = box.rows[3].findChild(IconButton)
    trying.click_in_terms(remove)
    trying.counted()
    assert 3 not in box.rows
    assert trying.page.replay.kinds[RESOLUTION].changes == ()


def test_keep_informed_promises_are_replayed_once_they_are_tried(trying) -> None:
    page = trying.page
    update = TargetKind.UPDATE
    assert page.replay.kinds[update].n == 0
    page.terms.show_kind(update)
    trying.counted()
    assert page.middle.currentWidget() is page.no_target
    page.terms.show_kind(RESOLUTION)
    trying.type_hours("2", update)
    page.terms.show_kind(update)
    trying.until(lambda: page.replay.kinds[update].n)
    trying.replayed()
    told = page.replay.kinds[update]
    assert told.n == 4
    assert (told.now.judged, told.then.judged) == (0, 4)
    assert page.middle.currentWidget() is page.results


@pytest.mark.parametrize(
    ("typed", "words"),
    [("0", "no time"), ("900000", "more than 3 years"), ("", "")],
)
def test_a_target_nobody_can_keep_is_told_at_its_field(trying, typed, words) -> None:
    stepper = trying.stepper()
    stepper.setFocus()
    stepper.selectAll()
    trying.qtbot.keyClick(stepper, Qt.Key.Key_Backspace)
    trying.qtbot.keyClicks(stepper, typed)
    trying.qtbot.keyClick(stepper, Qt.Key.Key_Return)
    trying.counted()
    row = trying.page.terms.targets.row((RESOLUTION, None))
    assert row.problem.isVisible() is bool(words)
    assert words in row.problem.text()
    assert (trying.page.terms.trial() is None) is bool(words)
    if not typed:
        assert stepper.text() == "none"
        assert trying.page.terms.trial().targets[RESOLUTION, None] is None


def test_another_agreement_is_shown_as_it_is_agreed(trying) -> None:
    terms = trying.page.terms
    trying.type_hours("7")
    for at in range(terms.subject.agreement.count() - 1):
        terms.subject.agreement.setCurrentIndex(at)
        terms.subject.agreement.chosen.emit(terms.subject.agreement.value())
        trying.counted()
        agreed = terms.choice.terms.target(RESOLUTION, None)
        row = terms.targets.row((RESOLUTION, None))
        assert row.stepper.target() == agreed
        shown = [one.text() for one in row.findChildren(PlainLabel)]
        assert length_words(agreed) in shown
        assert terms.trial() == Trial()


def test_a_target_in_days_takes_hours_as_the_days_they_fill(qtbot) -> None:
    rule = DayRule(2, DayEnd.END_OF_DAY)
    now = Target(2 * 8 * 3600, Measure.WORKING_DAYS, rule)
    stepper = Stepper(now, "Resolution")
    qtbot.addWidget(stepper)
    assert stepper.target() == now
    stepper.show_target(Target(20 * 3600))
    assert stepper.value() == 3
    assert stepper.target().rule == DayRule(3, DayEnd.END_OF_DAY)
    stepper.stepBy(-3)
    assert stepper.text() == "none"
    assert stepper.target() is None
    stepper.stepBy(1)
    assert stepper.target().rule.days == 1


def test_a_kind_is_counted_in_working_days_or_around_the_clock(trying) -> None:
    box = trying.page.terms.targets.kinds[RESOLUTION]
    box.count_in(END_OF_DAY)
    trying.counted()
    rule = trying.page.terms.trial().targets[RESOLUTION, None].rule
    assert rule == DayRule(3, DayEnd.END_OF_DAY)
    trying.stepper().setValue(0)
    trying.counted()
    told = trying.page.replay.kinds[RESOLUTION]
    assert (told.then.kept, told.targets_then) == (4, (27_000,))
    box.count_in(CLOCK)
    trying.stepper().setValue(22)
    trying.counted()
    told = trying.page.replay.kinds[RESOLUTION]
    assert (told.then.kept, told.then.broken) == (3, 1)
    assert max(told.used_done) == 23 * 3600 * 1_000_000
    box.count_in(HOURS)
    assert trying.stepper().target() == Target(22 * 3600)
