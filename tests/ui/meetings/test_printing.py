"""Printing a session: choices on the left, the very pages on the right."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinterInfo

from desktop.domain.print_options import PrintOptions
from desktop.queries.session_papers import print_choice
from desktop.use_cases.meetings import add_action, add_topic
from tests.reports.pages import read, text_of
from tests.ui.meetings.conftest import Sitting
from ui.meetings.printing.books import BookDialog
from ui.meetings.printing.print_dialog import PrintDialog

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def printing(drafted: Sitting) -> PrintDialog:
    """Give the dialog as Ctrl+P opens it, its pages made."""
    drafted.qtbot.keyClick(drafted.page, Qt.Key.Key_P, CONTROL)
    dialog = drafted.dialog(PrintDialog)
    drafted.until(lambda: dialog.sheet is not None)
    return dialog


def ticked(drafted: Sitting, dialog: PrintDialog, box) -> None:
    """Tick a box and wait for the pages that follow."""
    with drafted.qtbot.waitSignal(dialog.drawn, timeout=20_000):
        drafted.click(box)


def told(dialog: PrintDialog) -> str:
    return text_of(dialog.sheet.pdf)


def test_papers_are_chosen_turned_and_counted(drafted, printing):
    dialog = printing
    assert dialog.place.text().startswith("page 1 of ")
    alone = dialog.sheet.pages
    assert "Short form" not in told(dialog)
    ticked(drafted, dialog, dialog.choices.short)
    assert dialog.sheet.pages == alone + 1
    drafted.qtbot.keyClick(dialog, Qt.Key.Key_PageDown)
    drafted.until(lambda: dialog.sheet.page == 1)
    ticked(drafted, dialog, dialog.choices.proofs)
    assert "Clock proof" in told(dialog)
    assert dialog.sheet.page == 1
    drafted.click(dialog.choices.agenda)
    drafted.until(lambda: not dialog.choices.proofs.isEnabled())


def test_without_any_paper_nothing_can_be_printed(drafted, printing):
    drafted.click(printing.choices.agenda)
    assert printing.problem.text() == "Choose at least one paper."
    assert not printing.print_button.isEnabled()
    ticked(drafted, printing, printing.choices.slips)
    assert not printing.problem.isVisible()
    assert "Action slips" in told(printing)


def test_what_was_chosen_is_remembered_with_the_series(drafted, printing, tmp_path):
    house = drafted.house
    series = drafted.page.series_id
    owner = house.people["Dušan Kovač"]
    house.desk.run(add_action, series, "Call", "x", date(2026, 11, 20), owner_id=owner)
    dialog = printing
    ticked(drafted, dialog, dialog.choices.slips)
    drafted.click(dialog.choices.calendar)
    drafted.click(dialog.choices.mail_text)
    dialog.choices.paper_size.set_value("letter")
    dialog.choices.paper_size.chosen.emit("letter")
    drafted.until(lambda: read(dialog.sheet.pdf).pages[0].mediabox.width == 612)
    path = tmp_path / "session.pdf"
    dialog.out.save_to(path)
    drafted.until(lambda: (tmp_path / "session.txt").exists())
    assert text_of(path.read_bytes()) == told(dialog)
    assert b"BEGIN:VCALENDAR" in (tmp_path / "session.ics").read_bytes()
    assert "Running order" in (tmp_path / "session.txt").read_text("utf-8")
    wanted = PrintOptions(slips=True, calendar=True, mail_text=True, size="letter")
    meeting = drafted.page.meeting_id
    drafted.until(lambda: house.read(print_choice, meeting).options == wanted)
    drafted.qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    drafted.no_dialog()
    drafted.page.print_session()
    again = drafted.dialog(PrintDialog)
    drafted.until(lambda: again.sheet is not None)
    assert again.choices.options() == wanted


def test_without_a_printer_it_is_said_and_saving_is_offered(
    drafted, printing, monkeypatch
):
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", list)
    drafted.qtbot.keyClick(printing, Qt.Key.Key_P, CONTROL)
    drafted.until(drafted.window.banners.words)
    assert drafted.window.banners.words()[0].startswith("No printer is set up")
    assert printing.isVisible()


def test_letters_the_paper_cannot_show_are_named_on_screen_and_on_paper(drafted):
    drafted.house.desk.run(add_topic, drafted.page.meeting_id, "Parking 漢字 שלום", 5)
    drafted.page.refresh()
    drafted.until(lambda: "Parking 漢字 שלום" in drafted.titles())
    drafted.picture()
    notice = drafted.page.preview.notice
    assert notice.isVisible()
    assert notice.text().startswith("6 characters cannot be printed")
    assert "漢 (U+6F22)" in notice.text()
    drafted.qtbot.keyClick(drafted.page, Qt.Key.Key_P, CONTROL)
    dialog = drafted.dialog(PrintDialog)
    drafted.until(lambda: dialog.sheet is not None)
    assert dialog.notice.text() == notice.text()
    assert "6 characters cannot be printed and are marked" in told(dialog)


def test_the_book_of_a_year_and_everybodys_actions_are_a_click_away(drafted, printing):
    drafted.click(printing.choices.book)
    book = drafted.dialog(BookDialog)
    drafted.until(lambda: book.sheet is not None)
    assert "Minutes book" in text_of(book.sheet.pdf)
    with drafted.qtbot.waitSignal(book.drawn, timeout=20_000):
        book.paper_size.set_value("letter")
        book.paper_size.chosen.emit("letter")
    assert read(book.sheet.pdf).pages[0].mediabox.width == 612
    book.reject()
    drafted.click(printing.choices.all_actions)
    drafted.until(lambda: printing.findChildren(BookDialog)[-1].sheet is not None)
    register = printing.findChildren(BookDialog)[-1]
    assert "Action register" in text_of(register.sheet.pdf)
    register.reject()


@pytest.mark.parametrize("action", ["book", "register"])
def test_papers_over_many_sessions_are_in_the_palette(drafted, action):
    assert drafted.page._context.actions.run(f"meetings.{action}")
    dialog = drafted.dialog(BookDialog)
    drafted.until(lambda: dialog.sheet is not None)
    assert dialog.print_button.isEnabled()
