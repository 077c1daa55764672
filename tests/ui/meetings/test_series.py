"""Series and sessions with real clicks and keys: made, changed, moved, cancelled."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QMenu
from sqlalchemy import select

from desktop.entities.meetings import Meeting, MeetingSeries, SeriesTemplate
from desktop.queries.series_editor import templates
from desktop.use_cases.meeting_series import create_series
from desktop.use_cases.meetings import draft_agenda, publish_agenda
from tests.small_house import ZONE
from tests.use_cases.agendas import candidate
from tests.use_cases.series import days, sessions, wanted
from ui.meetings.series.editor import SeriesEditor
from ui.meetings.series.session_dialogs import (
    EffectsDialog,
    NameDialog,
    ReasonDialog,
    SessionDialog,
)


@pytest.fixture
def planning(small_house, sit):
    """Give the page of a house with a series whose sessions are planned."""
    small_house.run(create_series, wanted(small_house))
    sitting = sit()
    sitting.until(lambda: sitting.page.edits.board is not None)
    sitting.settled()
    return sitting


def run(sitting, name: str) -> None:
    assert sitting.page._context.actions.run(f"meetings.{name}"), name


def series_id(sitting) -> int:
    return sitting.page.series_id


def test_sessions_are_planned_when_the_page_opens(planning):
    house, page = planning.house, planning.page
    assert days(house, series_id(planning))[0] == "17.11. 09:30"
    house.instant += timedelta(days=10)
    page.wiring.plan_ahead()
    planning.until(lambda: len(days(house, series_id(planning))) == 4)


def test_a_series_is_made_and_everything_typed_stays_when_refused(small_house, sit):
    small_house.at(16, 8)
    sitting = sit()
    page = sitting.page
    sitting.until(lambda: page.whole.currentWidget() is page.empty)
    sitting.settled()
    run(sitting, "series")
    editor = sitting.dialog(SeriesEditor)
    sitting.click(editor.submit_button)
    sitting.until(lambda: editor.boxes["name"].problem())
    sitting.qtbot.keyClicks(editor.name, "Counter and registry")
    sitting.click(editor.submit_button)
    sitting.until(lambda: editor.boxes["front_unit_id"].problem())
    editor.front.set_value(small_house.units["Central counter"])
    editor.back.set_value(small_house.units["Land registry"])
    assert editor.name.text() == "Counter and registry"
    editor.show_part("when")
    when = editor.when
    assert when.sentence.text() == (
        "Every 2 weeks on Monday at 10:00, from Monday 16 November 2026 on."
    )
    sitting.until(lambda: len(when.days.lines) == 8)
    assert when.days.lines[0].text() == "Mon 16 Nov 2026 10:00"
    sitting.click(when.rhythm.weekdays[3])
    sitting.until(lambda: when.days.lines[1].text().startswith("Thu 19 Nov"))
    when.holidays.set_value("earlier")
    sitting.until(lambda: when.days.buttons[1].isVisible())
    sitting.click(when.days.buttons[1])
    sitting.until(lambda: when.days.lines[1].accessibleName().endswith("by hand"))
    editor.show_part("members")
    sitting.click(editor.members.add_button)
    row = editor.members.rows[0]
    row.person.set_value(small_house.people["Jelena Marić"])
    row.person.chosen.emit(row.person.value())
    row.deputy.set_value(row.person.value())
    sitting.click(editor.submit_button)
    sitting.until(lambda: row.problem.text())
    assert row.problem.text().startswith("Nobody stands in for themselves")
    row.deputy.set_value(None)
    editor.show_part("standing")
    sitting.click(editor.standing.add_button)
    sitting.qtbot.keyClick(
        editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier
    )
    sitting.until(lambda: editor.standing.rows[0].problem.text())
    sitting.qtbot.keyClicks(editor.standing.rows[0].title, "Safety first")
    sitting.click(editor.submit_button)
    sitting.no_dialog()
    sitting.until(lambda: page.edits.board is not None)
    sitting.settled()
    made = small_house.read(lambda s: s.scalars(select(MeetingSeries)).one())
    quiet = page.candidates.quiet.text()
    assert quiet.startswith("Nothing lay between Central counter and Land registry")
    assert made.recurrence == "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH"
    assert made.holidays == "earlier"
    assert made.skipped_days == ["2026-11-19"]
    assert days(small_house, made.id) == ["16.11. 10:00", "30.11. 10:00"]


def test_a_rule_that_never_comes_is_told_plainly_where_it_is(planning):
    run(planning, "change_series")
    editor = planning.dialog(SeriesEditor)
    editor.show_part("when")
    when = editor.when
    when.rhythm.ends.set_value("until")
    when.rhythm.ends.chosen.emit("until")
    when.rhythm.until.set_value("2026-11-10")
    planning.until(lambda: when.days.note.text().startswith("This never takes place"))
    editor.show_part("who")
    planning.click(editor.submit_button)
    planning.until(lambda: when.boxes["rule"].problem())
    assert editor.parts.currentWidget() is when
    when.rhythm.until.line.setText("some day")
    planning.click(editor.submit_button)
    planning.until(lambda: "date" in when.boxes["rule"].problem())
    assert when.rhythm.until.line.text() == "some day"


def test_a_change_tells_first_what_it_does_to_planned_sessions(planning):
    house = planning.house
    first = sessions(house, series_id(planning))[0]
    house.run(draft_agenda, first.id, [candidate("broken")])
    house.run(publish_agenda, first.id)
    run(planning, "change_series")
    editor = planning.dialog(SeriesEditor)
    editor.show_part("when")
    planning.click(editor.when.rhythm.weekdays[3])
    planning.click(editor.when.rhythm.weekdays[1])
    planning.click(editor.submit_button)
    effects = planning.dialog(EffectsDialog)
    assert effects.lines.text().splitlines() == [
        "Session 1, Tue 17 Nov 09:30: stays, its agenda is published",
        "Session 2, Tue 1 Dec 09:30: moves to Thu 3 Dec 09:30",
        "Session 3, Tue 15 Dec 09:30: moves to Thu 17 Dec 09:30",
    ]
    planning.click(effects.move_published)
    planning.until(lambda: "moves to Thu 19 Nov" in effects.lines.text())
    planning.click(effects.submit_button)
    planning.no_dialog()
    assert days(house, series_id(planning))[0] == "19.11. 09:30"


def test_a_session_is_moved_and_put_back(planning):
    house = planning.house
    planning.settled()
    planning.qtbot.keyClick(planning.page, Qt.Key.Key_V)
    dialog = planning.dialog(SessionDialog)
    dialog.day.set_value("2026-11-22")  # a Sunday
    planning.until(dialog.closed.isVisible)
    dialog.day.set_value("2026-11-01")
    planning.click(dialog.submit_button)
    planning.until(lambda: dialog.boxes["day"].problem())
    dialog.day.set_value("2026-11-19")
    dialog.location.setText("Town hall")
    planning.click(dialog.submit_button)
    planning.no_dialog()
    planning.until(lambda: days(house, series_id(planning))[0] == "19.11. 09:30")
    planning.settled()
    assert "Town hall" in planning.page.edits.words.when_line()
    planning.window.undo_bar.undo()
    planning.until(lambda: days(house, series_id(planning))[0] == "17.11. 09:30")


def test_a_session_is_cancelled_for_a_reason_and_taken_up_again(planning):
    house, page = planning.house, planning.page
    first = sessions(house, series_id(planning))[0]
    run(planning, "cancel")
    dialog = planning.dialog(ReasonDialog)
    planning.click(dialog.submit_button)
    planning.until(lambda: dialog.box.problem())
    planning.qtbot.keyClicks(dialog.reason, "Strike")
    planning.click(dialog.submit_button)
    planning.no_dialog()
    planning.settled()
    assert days(house, series_id(planning), "cancelled") == ["17.11. 09:30"]
    page.choose_session(first.id)
    planning.settled()
    run(planning, "restore")
    planning.until(lambda: not days(house, series_id(planning), "cancelled"))
    planning.settled()


def test_one_more_session_is_planned_beside_the_rule(planning):
    house = planning.house
    run(planning, "extra")
    dialog = planning.dialog(SessionDialog)
    dialog.day.set_value("2026-11-24")
    planning.click(dialog.submit_button)
    planning.no_dialog()
    planning.until(lambda: "24.11. 09:30" in days(house, series_id(planning)))
    planning.settled()
    assert planning.page.chosen_session().number == 2


def test_a_series_ends_and_goes_on(planning):
    house, page = planning.house, planning.page
    run(planning, "end_series")
    dialog = planning.dialog(ReasonDialog)
    assert "3 sessions to come are cancelled" in dialog.words.text()
    planning.click(dialog.submit_button)
    planning.no_dialog()
    planning.until(lambda: page.series_pane.series.model().rowCount())
    planning.until(lambda: page.chosen_series().ended_at is not None)
    planning.settled()
    assert not page.series_pane.plan_button.isVisible()
    assert not planning.page._context.actions.run("meetings.extra")
    planning.window.undo_bar.undo()
    planning.until(lambda: len(days(house, series_id(planning))) == 3)
    planning.settled()


def test_a_template_is_kept_begun_from_and_let_go_of(planning):
    house = planning.house
    run(planning, "template")
    dialog = planning.dialog(NameDialog)
    dialog.name.setText("Fortnightly")
    planning.click(dialog.submit_button)
    planning.no_dialog()
    kept = house.read(lambda s: s.scalars(select(SeriesTemplate)).one())
    assert kept.name == "Fortnightly"
    run(planning, "series")
    editor = planning.dialog(SeriesEditor)
    beginning = editor.beginning
    planning.qtbot.keyClick(beginning.choice, Qt.Key.Key_Down)
    assert editor.when.minutes.value() == 45
    assert [one.title for one in editor.standing.drafts()] == ["Round the table"]
    assert beginning.choice.itemText(2) == "the series Counter and registry"
    planning.qtbot.keyClick(beginning.choice, Qt.Key.Key_Down)
    assert not beginning.remove_button.isVisible()
    planning.qtbot.keyClick(beginning.choice, Qt.Key.Key_Up)
    planning.click(beginning.remove_button)
    planning.until(lambda: beginning.choice.count() == 2)
    assert (beginning.choice.value(), editor.when.minutes.value()) == (None, 45)
    planning.click(beginning.back_button)
    planning.until(lambda: beginning.choice.itemText(1) == "Fortnightly")
    assert not beginning.back_button.isVisible()
    (back,) = house.read(templates)
    assert (back.begun.minutes, len(back.begun.standing)) == (45, 1)


def saved(sitting, tmp_path: Path, action: str) -> str:
    run(sitting, action)
    dialog = sitting.dialog(QFileDialog)
    assert dialog.defaultSuffix() == "ics"
    path = tmp_path / "session.ics"
    dialog.fileSelected.emit(str(path))
    dialog.reject()
    sitting.until(path.exists)
    return path.read_text("utf-8")


def test_calendar_files_are_saved(planning, tmp_path):
    told = saved(planning, tmp_path, "calendar")
    first = sessions(planning.house, series_id(planning))[0]
    assert f"UID:{first.key}@counterpart" in told
    assert "METHOD:REQUEST" in told
    (tmp_path / "session.ics").unlink()
    told = saved(planning, tmp_path, "series_calendar")
    assert "RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=TU" in told


def test_the_menus_offer_what_can_be_done_now(planning):
    pane = planning.page.series_pane
    for button, some, none in (
        (pane.session_button, "Move the session\tV", "Take the session up again"),
        (pane.series_button, "Change the series", "Let the series go on"),
    ):
        planning.click(button)
        menu = button.findChild(QMenu)
        told = [one.text() for one in menu.actions()]
        assert some in told
        assert none not in told
        menu.close()


def test_a_moved_session_elsewhere_is_seen_here(planning):
    house = planning.house
    first = sessions(house, series_id(planning))[0]

    def move(work) -> None:
        meeting = work.get(Meeting, first.id)
        meeting.starts_at += timedelta(hours=1)

    house.desk.run(move)
    planning.page._refresher.want()
    local = (first.starts_at + timedelta(hours=1)).astimezone(ZONE)
    shown = local.strftime("%H:%M")
    planning.until(lambda: shown in planning.page.edits.words.when_line())
