"""New calendars, zones, public holidays and files of closures."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QWidget

from desktop.queries.calendars import calendar_rows
from desktop.use_cases.calendars import around_the_clock
from ui.calendars.holidays_dialog import HolidaysDialog
from ui.calendars.import_dialog import ImportDialog
from ui.calendars.name_dialog import NameDialog
from ui.calendars.zone_field import known_zones, zones_like
from ui.common.buttons import Button
from ui.common.dialog import Dialog

ICS = """BEGIN:VCALENDAR
VERSION:2.0
BEGIN:VEVENT
SUMMARY:Staff day
DTSTART;VALUE=DATE:20261203
DTEND;VALUE=DATE:20261204
END:VEVENT
BEGIN:VEVENT
SUMMARY:<b>Fire drill</b>
DTSTART:20261204T100000
DTEND:20261204T110000
END:VEVENT
BEGIN:VEVENT
SUMMARY:No start
END:VEVENT
END:VCALENDAR
"""


def test_zones_are_found_by_any_part_of_their_names():
    zones = known_zones()
    assert "Europe/Belgrade" in zones
    assert zones_like("new york", zones) == ["America/New_York"]
    assert zones_like("europe belg", zones) == ["Europe/Belgrade"]
    assert zones_like("nowhere at all", zones) == []


def test_a_calendar_is_made_named_and_shown(desk):
    desk.click(desk.page.list_pane.button)
    dialog = desk.dialog(NameDialog)
    dialog.submit()
    assert dialog.boxes["name"].problem() == "A calendar needs a name."
    dialog.name.setText("Office hours")
    dialog.zone.line.setText("Moon/Tycho")
    dialog.submit()
    assert "no such time zone" in dialog.boxes["zone"].problem()
    dialog.zone.line.clear()
    desk.qtbot.keyClicks(dialog.zone.line, "sarajevo")
    desk.key(dialog.zone.line, Qt.Key.Key_Down)
    assert dialog.zone.value() == "Europe/Sarajevo"
    dialog.submit()
    desk.until(lambda: dialog.boxes["name"].problem())
    assert "Another calendar has this name" in dialog.boxes["name"].problem()
    dialog.name.setText("<i>Night</i>")
    dialog.submit()
    desk.no_dialog()
    desk.until(lambda: desk.page.head.name.text() == "<i>Night</i>")
    assert len(desk.house.read(calendar_rows)) == 2
    assert desk.page.head.used.text() == "Version 1. Nobody counts by it yet."
    assert desk.spec.zone == "Europe/Sarajevo"


def test_what_is_not_saved_stays_while_another_calendar_is_looked_at(desk):
    desk.drag((5, 9), (5, 12))
    desk.page.asking.new_calendar()
    dialog = desk.dialog(NameDialog)
    dialog.name.setText("Night")
    dialog.zone.set_value("UTC")
    dialog.submit()
    desk.until(lambda: desk.page.head.name.text() == "Night")
    lines = {one.first: one for one in desk.page.list_pane.list.lines()}
    assert lines["Office hours"].right == "not saved"
    desk.page.choose(desk.house.calendar_id)
    assert desk.spec.weekly[5] == ((9 * 3600, 12 * 3600),)


def test_name_and_zone_are_changed_as_a_step(desk):
    desk.click(desk.page.head.rename_button)
    dialog = desk.dialog(NameDialog)
    assert dialog.zone.value() == "Europe/Belgrade"
    dialog.name.setText("Counter hours")
    dialog.submit()
    desk.no_dialog()
    assert desk.page.head.name.text() == "Counter hours"
    desk.page.undo()
    assert desk.page.head.name.text() == "Office hours"


def test_public_holidays_are_shown_before_they_are_put_in(desk):
    desk.year()
    desk.click(desk.page.year.public)
    dialog = desk.dialog(HolidaysDialog)
    desk.until(dialog.submit_button.isEnabled)
    assert dialog.country.value() == "RS"
    assert dialog.country.currentText() == "Serbia"
    words = {line.right for line in dialog.list.lines()}
    assert "added" in words
    assert dialog.sentence.text().endswith("Closures of your own stay.")
    assert "added" in dialog.sentence.text()
    before = desk.spec
    dialog.submit()
    desk.no_dialog()
    fresh = {one.start for one in desk.spec.closures} - {
        one.start for one in before.closures
    }
    assert date(2027, 1, 1) in fresh
    assert all(one.is_public_holiday for one in desk.spec.closures)
    desk.save()
    assert desk.stored().country == "RS"


def test_a_part_of_a_country_has_holidays_of_its_own(desk):
    desk.year()
    desk.page.asking.holidays()
    dialog = desk.dialog(HolidaysDialog)
    desk.until(dialog.submit_button.isEnabled)
    dialog.country.set_value("DE")
    dialog.country.chosen.emit("DE")
    dialog.part.set_value("BY")
    dialog.part.chosen.emit("BY")
    desk.until(lambda: dialog.plan() is not None)
    names = {line.first for line in dialog.list.lines()}
    assert any("Epiphany" in name for name in names)
    dialog.submit()
    desk.no_dialog()
    assert (desk.page.draft.plan.country, desk.page.draft.plan.subdivision) == (
        "DE",
        "BY",
    )
    desk.page.undo()
    assert desk.page.draft.plan.country == "RS"


def test_working_days_a_country_moved_are_shown_and_put_in(desk):
    """Russia works some Saturdays for the days between its holidays."""
    desk.year()
    desk.page.year.begin(date(2024, 3, 1))
    desk.page.asking.holidays()
    dialog = desk.dialog(HolidaysDialog)
    desk.until(dialog.submit_button.isEnabled)
    dialog.country.set_value("RU")
    dialog.country.chosen.emit("RU")
    desk.until(lambda: "moved" in {one.right for one in dialog.list.lines()})
    dialog.submit()
    desk.no_dialog()
    saturday = date(2024, 4, 27)
    assert saturday in desk.spec.moved
    assert desk.spec.overrides[saturday] == desk.spec.weekly[4]


def test_a_file_is_shown_with_its_problems_before_it_is_added(desk, tmp_path: Path):
    path = tmp_path / "closures.ics"
    path.write_text(ICS, encoding="utf-8")
    desk.year()
    desk.click(desk.page.year.import_button)
    dialog = desk.dialog(ImportDialog)
    dialog.set_path(path)
    desk.until(dialog.submit_button.isEnabled)
    assert dialog.sentence.text() == (
        "2 closures would be added. 1 event could not be read and is left out."
    )
    assert [one.first for one in dialog.list.lines()] == [
        "Staff day",
        "<b>Fire drill</b>",
    ]
    assert dialog.problems.isVisible()
    assert dialog.problems.lines()[0].second.startswith("line 13")
    dialog.submit()
    desk.no_dialog()
    assert {one.name for one in desk.spec.closures} == {
        "Armistice Day",
        "Staff day",
        "<b>Fire drill</b>",
    }
    desk.page.asking.read_file()
    dialog = desk.dialog(ImportDialog)
    dialog.set_path(path)
    desk.until(lambda: "already" in dialog.sentence.text())
    assert not dialog.submit_button.isEnabled()


def test_a_file_that_is_no_calendar_is_refused_at_the_field(desk, tmp_path: Path):
    path = tmp_path / "letter.ics"
    path.write_text("Dear Sir or Madam", encoding="utf-8")
    desk.page.asking.read_file()
    dialog = desk.dialog(ImportDialog)
    dialog.set_path(path)
    desk.until(lambda: dialog.box.problem())
    assert not dialog.submit_button.isEnabled()
    dialog.set_path(tmp_path / "none.ics")
    desk.until(lambda: "cannot be read" in dialog.box.problem())
    big = tmp_path / "big.ics"
    big.write_bytes(b"BEGIN:VCALENDAR\n" + b"x" * 3_000_000)
    dialog.set_path(big)
    desk.until(lambda: "larger than 2 MB" in dialog.box.problem())
    assert dialog.path.text() == str(big)


def test_a_house_without_calendars_offers_to_make_the_first(desk):
    desk.page._show_rows(())
    assert desk.page.whole.currentWidget() is desk.page.empty
    desk.click(desk.page.empty.findChild(Button))
    assert desk.dialog(NameDialog).name.isVisible()


def test_the_programs_own_calendar_is_shown_and_cannot_be_changed(desk):
    made = desk.house.run(around_the_clock, "UTC")
    desk.page.choose(made)
    desk.until(lambda: desk.page.head.name.text() == "24/7 UTC")
    assert desk.page.head.used.text().startswith("Always open.")
    desk.drag((0, 9), (0, 12))
    desk.keys_to(desk.canvas)
    desk.key(desk.canvas, Qt.Key.Key_Delete)
    assert not desk.page.draft.is_changed
    assert not desk.page.head.save_button.isVisible()
    desk.year()
    assert not desk.page.year.closing.isVisible()
    desk.key(desk.page.year.canvas, Qt.Key.Key_Return)
    assert not desk.page.findChildren(Dialog)


def test_every_widget_that_takes_the_keyboard_has_a_name(desk):
    for part in ("week", "year", "versions"):
        desk.page.show_part(part)
        unnamed = [
            one
            for one in desk.page.findChildren(QWidget)
            if one.isVisible()
            and one.focusPolicy() & Qt.FocusPolicy.TabFocus
            and not one.accessibleName()
            and not isinstance(one, QScrollArea)
        ]
        assert unnamed == []


def test_the_page_fits_in_a_small_window_and_a_large_one(sit):
    for width, height in ((1280, 800), (1440, 900)):
        desk = sit(width, height)
        for part in ("week", "year", "versions"):
            desk.page.show_part(part)
            assert desk.window.width() == width
            assert desk.window.height() == height
        desk.page.show_part("year")
        canvas = desk.page.year.canvas
        assert canvas.height() >= canvas.minimumSizeHint().height()
        assert canvas.width() >= canvas.minimumSizeHint().width()
        desk.window.detach()
