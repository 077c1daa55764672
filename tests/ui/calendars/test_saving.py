"""Saving: what it would move, the refund, the way back, two people at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from sqlalchemy import select

from desktop.domain.agreements import TargetKind
from desktop.domain.calendars import CalendarSpec, Closure, Week
from desktop.entities.requests import RequestClock
from desktop.queries.calendars import Refund, RefundRow
from desktop.use_cases.calendars import save_calendar
from desktop.use_cases.requests import resolve, take
from ui.calendars.change_words import change_sentences
from ui.calendars.save_dialog import (
    GiveDialog,
    SaveDialog,
    moves_words,
    verdicts_words,
)
from ui.calendars.versions_pane import VersionsPane
from ui.common.buttons import Button

CTRL = Qt.KeyboardModifier.ControlModifier
CLOSED = Closure(date(2026, 11, 10), date(2026, 11, 12), "Flood")


def dues(house, request_id: int):
    wanted = (
        select(RequestClock.due_at)
        .where(RequestClock.request_id == request_id)
        .order_by(RequestClock.position)
    )
    return house.read(lambda session: session.scalars(wanted).all())


def saved_by_another(desk, **changes):
    """Save the calendar as somebody else would, and let the window hear of it."""
    house = desk.house
    kept = desk.stored()
    outcome = house.desk.run(
        save_calendar,
        house.calendar_id,
        replace(kept.spec, **changes),
        expected_version=kept.lock,
    )
    desk.page._context.operations.changed.emit(outcome.changes, None)


@pytest.fixture
def busy(small_house, sit):
    """Give the page of a house with one request open and one resolved."""
    small_house.requests = [small_house.raised(), small_house.raised("Parcel 2")]
    before = small_house.desk.actor
    small_house.me("Dušan Kovač")
    small_house.later(hours=1)
    small_house.run(resolve, small_house.requests[1], "Done")
    small_house.desk.sign_in(before)
    return sit()


def close(desk) -> None:
    draft = desk.page.draft
    draft.put_spec(replace(draft.spec, closures=(*draft.spec.closures, CLOSED)))


def test_what_moves_nothing_is_saved_at_once_and_can_be_undone(desk):
    desk.drag((5, 9), (5, 12))
    desk.keys_to(desk.canvas)
    desk.key(desk.canvas, Qt.Key.Key_S, CTRL)
    desk.until(lambda: desk.stored().lock > 1)
    desk.until(desk.window.undo_bar.isVisible)
    assert desk.window.undo_bar.words() == "Office hours is saved."
    assert desk.stored().spec.weekly[5] == ((9 * 3600, 12 * 3600),)
    desk.until(lambda: desk.page.head.used.text().startswith("Version 2."))
    assert not desk.page.head.unsaved.isVisible()
    desk.window.undo_bar.undo()
    desk.until(lambda: 5 not in desk.stored().spec.weekly)
    desk.until(lambda: 5 not in desk.spec.weekly)
    assert desk.stored().lock == 3
    assert not desk.page.draft.is_changed


def test_saving_shows_what_it_would_move_before_anything_is_kept(busy):
    close(busy)
    busy.click(busy.page.head.save_button)
    dialog = busy.dialog(SaveDialog)
    assert dialog.words.text() == "1 open request would be due later."
    first = dialog.list.lines()[0]
    assert first.first.startswith("LR-")
    assert "Land registry" in first.first
    assert "would be Mon 16 Nov" in first.second
    busy.click(dialog.cancel_button)
    busy.no_dialog()
    assert busy.stored().lock == 1
    assert busy.page.draft.is_changed


def test_open_requests_stay_due_as_promised_unless_they_are_given_it(busy):
    before = [dues(busy.house, one) for one in busy.house.requests]
    close(busy)
    busy.click(busy.page.head.save_button)
    dialog = busy.dialog(SaveDialog)
    assert not dialog.is_refund()
    busy.click(dialog.submit_button)
    busy.no_dialog()
    busy.until(lambda: not busy.page.draft.is_changed)
    assert [dues(busy.house, one) for one in busy.house.requests] == before


def test_the_refund_moves_open_requests_leaves_closed_ones_and_is_undone(busy):
    before = [dues(busy.house, one) for one in busy.house.requests]
    close(busy)
    busy.click(busy.page.head.save_button)
    dialog = busy.dialog(SaveDialog)
    busy.click(dialog.refund)
    assert dialog.is_refund()
    busy.click(dialog.submit_button)
    busy.no_dialog()
    busy.until(busy.window.undo_bar.isVisible)
    assert busy.window.undo_bar.words() == (
        "Office hours is saved; 1 open request moved."
    )
    opened, closed = (dues(busy.house, one) for one in busy.house.requests)
    assert opened != before[0]
    assert closed == before[1]
    busy.window.undo_bar.undo()
    busy.until(lambda: dues(busy.house, busy.house.requests[0]) == before[0])
    assert dues(busy.house, busy.house.requests[1]) == before[1]


def moving(request_id: int, hours: int) -> RefundRow:
    before = datetime(2026, 11, 10, 12, tzinfo=UTC)
    after = before + timedelta(hours=hours)
    return RefundRow(
        request_id,
        "LR-1",
        TargetKind.RESOLUTION,
        "Registry",
        before,
        after,
        False,
        False,
    )


@pytest.mark.parametrize(
    ("refund", "moves", "verdicts"),
    [
        (
            Refund((), 0, 5, 0, 0),
            "No open request would be due at another time.",
            "",
        ),
        (
            Refund((moving(1, -1), moving(2, 1)), 400, 500, 2, 1),
            "400 open requests would be due at another time.",
            "2 broken clocks would be kept again; 1 clock would be broken by it",
        ),
    ],
)
def test_what_moves_is_said_with_its_number(refund, moves, verdicts):
    assert moves_words(refund) == moves
    assert verdicts_words(refund) == verdicts


def test_of_thousands_of_rows_only_those_in_sight_are_written(qtbot):
    rows = tuple(moving(n // 2, 1) for n in range(20_000))
    at = datetime(2026, 11, 9, 12, tzinfo=UTC)
    dialog = SaveDialog("Office", Refund(rows, 10_000, 10_000, 0, 0), at, "UTC")
    qtbot.addWidget(dialog)
    dialog.open()
    dialog.refund.setChecked(True)
    dialog.list.setCurrentIndex(dialog.list.model().index(7, 0))
    qtbot.keyClick(dialog.list, Qt.Key.Key_Space)
    assert dialog.count.text() == "9,999 of 10,000 open requests are given them"
    assert (3 in dialog.chosen(), len(dialog.chosen())) == (False, 9_999)
    assert dialog.list.lines().write.cache_info().misses < 100


def test_each_open_request_is_given_the_new_hours_or_not(busy):
    other = busy.house.raised("Parcel 3")
    before = [dues(busy.house, one) for one in (busy.house.requests[0], other)]
    close(busy)
    busy.click(busy.page.head.save_button)
    dialog = busy.dialog(SaveDialog)
    assert "Closed: 10–12 Nov 2026 Flood" in dialog.changed.text()
    assert not dialog.chooser.isEnabled()
    busy.click(dialog.refund)
    assert dialog.chosen() == {busy.house.requests[0], other}
    assert dialog.count.text() == "2 of 2 open requests are given them"
    row = dialog.list.model().index(0, 0)
    assert row.data(Qt.ItemDataRole.AccessibleTextRole).endswith(", chosen")
    dialog.list.setCurrentIndex(row)
    busy.key(dialog.list, Qt.Key.Key_Space)
    assert dialog.count.text() == "1 of 2 open requests are given them"
    kept, given = dialog.list.lines()[0].what[0], *dialog.chosen()
    busy.click(dialog.submit_button)
    busy.no_dialog()
    busy.until(busy.window.undo_bar.isVisible)
    after = {one: dues(busy.house, one) for one in (busy.house.requests[0], other)}
    old = dict(zip(after, before, strict=True))
    assert after[kept] == old[kept]
    assert after[given] != old[given]
    busy.window.undo_bar.undo()
    busy.until(lambda: dues(busy.house, given) == old[given])


def test_a_version_saved_before_is_given_to_open_requests_later(busy):
    before = dues(busy.house, busy.house.requests[0])
    close(busy)
    busy.click(busy.page.head.save_button)
    busy.click(busy.dialog(SaveDialog).submit_button)
    busy.no_dialog()
    busy.page.show_part("versions")
    pane = busy.page.versions
    busy.until(lambda: pane.give_button.isEnabled())
    busy.click(pane.give_button)
    dialog = busy.dialog(GiveDialog)
    busy.click(dialog.none_button)
    busy.click(dialog.submit_button)
    assert dialog.problem() == "No request is chosen."
    busy.click(dialog.all_button)
    busy.click(dialog.submit_button)
    busy.no_dialog()
    busy.until(lambda: dues(busy.house, busy.house.requests[0]) != before)
    busy.until(lambda: not pane.give_button.isEnabled())
    given = dues(busy.house, busy.house.requests[0])
    busy.until(busy.window.undo_bar.isVisible)
    undo_words = busy.window.undo_bar.words()
    assert undo_words == "1 open request is due by the newest hours."
    busy.keys_to(pane.list)
    busy.key(pane.list, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    busy.until(lambda: dues(busy.house, busy.house.requests[0]) == before)
    busy.until(lambda: pane.give_button.isEnabled())
    assert busy.window.undo_bar.words() == "1 open request is due as before."
    busy.click(pane.give_button)
    busy.click(busy.dialog(GiveDialog).submit_button)
    busy.until(lambda: dues(busy.house, busy.house.requests[0]) == given)
    busy.until(lambda: busy.window.undo_bar.words() == undo_words)
    # Somebody does it meanwhile: what is done keeps its verdict.
    busy.house.later(minutes=1).me("Dušan Kovač")
    busy.house.run(take, busy.house.requests[0])
    busy.house.me("Marko Ivić")
    busy.window.undo_bar.undo()
    busy.until(lambda: bool(busy.page.banners.words()))
    assert busy.page.banners.words()[0].startswith(
        "Clocks stopped by these hours since and keep their verdicts, so nothing was "
        "taken back: LR-"
    )
    assert dues(busy.house, busy.house.requests[0]) == given


def test_what_a_version_changed_is_said_in_words():
    before = CalendarSpec("UTC", {0: ((28_800, 57_600),)}, name="Office")
    after = replace(
        before,
        name="Counter",
        zone="Europe/Belgrade",
        weekly={0: ((28_800, 57_600),), 1: ((32_400, 43_200),)},
        overrides={date(2026, 11, 3): ()},
        closures=[CLOSED],
        later=[Week(date(2027, 1, 1), {0: ((28_800, 36_000),)})],
        closed_from=date(2030, 1, 1),
    )
    assert change_sentences(before, after) == [
        "Called Counter, was Office",
        "Time zone Europe/Belgrade, was UTC",
        "Tuesday 09:00 to 12:00, was closed",
        "From 1 Jan 2027: Mon 08:00 to 10:00",
        "Closed for good from 1 Jan 2030",
        "Closed: 10–12 Nov 2026 Flood",
        "Other hours: 3 Nov 2026 closed",
    ]
    assert change_sentences(after, before)[3:] == [
        "No other hours from 1 Jan 2027 any more",
        "Not closed for good any more",
        "No longer closed: 10–12 Nov 2026 Flood",
        "Other hours: 3 Nov 2026 as usual",
    ]


def test_a_week_without_hours_is_refused_at_the_week_and_kept_as_drawn(desk):
    desk.year()
    for weekday in range(5):
        desk.canvas.set_day(weekday, [])
    desk.click(desk.page.head.save_button)
    desk.until(lambda: desk.page.week.problem.text())
    assert "would never be open" in desk.page.week.problem.text()
    assert desk.page.week.isVisible()
    assert desk.page.draft.is_changed
    assert desk.stored().lock == 1
    desk.canvas.set_day(0, [(0, 3600)])
    assert not desk.page.week.problem.isVisible()


def test_closures_that_swallow_a_year_are_refused_at_the_year(desk):
    all_of_it = Closure(date(2026, 1, 1), date(2028, 1, 1), "All")
    desk.page.draft.put_spec(replace(desk.spec, closures=(all_of_it,)))
    desk.click(desk.page.head.save_button)
    desk.until(lambda: desk.page.year.problem.text())
    assert "nothing would be open for a year" in desk.page.year.problem.text()
    assert desk.page.year.isVisible()


def test_what_another_saves_meanwhile_is_said_and_both_are_put_together(desk):
    desk.drag((5, 9), (5, 12))
    saved_by_another(desk, name="Opening hours")
    desk.until(lambda: desk.page.banners.words())
    assert desk.page.banners.words()[0].startswith(
        "Opening hours was saved by somebody else while you changed it."
    )
    assert desk.spec.weekly[5]
    put = next(
        one
        for one in desk.page.banners.findChildren(Button)
        if one.words() == "Put mine onto theirs"
    )
    desk.click(put)
    assert desk.page.banners.words() == []
    assert desk.spec.name == "Opening hours"
    assert desk.spec.weekly[5]
    desk.save()
    assert desk.stored().spec.name == "Opening hours"
    assert desk.stored().spec.weekly[5] == ((9 * 3600, 12 * 3600),)


def test_what_another_saves_is_shown_where_nothing_was_changed(desk):
    saved_by_another(desk, name="Opening hours")
    desk.until(lambda: desk.page.head.name.text() == "Opening hours")
    assert desk.page.banners.words() == []


def test_an_earlier_version_is_brought_back_after_asking(desk):
    desk.drag((5, 9), (5, 12))
    desk.save()
    desk.page.show_part("versions")
    pane: VersionsPane = desk.page.versions
    desk.until(lambda: len(pane.list.lines()) == 2)
    first = pane.list.lines()[0]
    assert first.first.startswith("Version 2 · ")
    assert "by Marko Ivić" in first.first
    assert first.second == "Saturday 09:00 to 12:00, was closed"
    assert first.right == "as it is now"
    assert not pane.button.isEnabled()
    pane.list.setCurrentIndex(pane.list.model().index(1, 0))
    desk.click(pane.button)
    dialog = desk.dialog()
    assert "Bring version 1 of Office hours back?" in dialog.windowTitle()
    desk.click(dialog.submit_button)
    desk.until(lambda: desk.stored().lock == 3)
    assert 5 not in desk.stored().spec.weekly
    desk.until(lambda: 5 not in desk.spec.weekly)


def test_two_who_save_at_once_lose_nothing(desk):
    """The other's save is not heard of before one's own is refused."""
    desk.drag((5, 9), (5, 12))
    kept = desk.stored()
    desk.house.run(
        save_calendar,
        desk.house.calendar_id,
        replace(kept.spec, name="Opening hours"),
        expected_version=kept.lock,
    )
    desk.click(desk.page.head.save_button)
    desk.until(lambda: desk.page.banners.words())
    assert "was saved by somebody else" in desk.page.banners.words()[0]
    assert desk.spec.weekly[5] == ((9 * 3600, 12 * 3600),)
    assert 5 not in desk.stored().spec.weekly
