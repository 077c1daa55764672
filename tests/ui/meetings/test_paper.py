"""Paper, versions and sessions held, from the page of a real workspace."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pypdf
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter

from desktop.entities.meetings import Meeting
from desktop.queries.meetings import meeting_board
from desktop.use_cases.meetings import (
    add_topic,
    close_session,
    plan_session,
    publish_agenda,
)
from tests.queries.test_agenda import a_series, lived_in
from ui.common.dialog import Question
from ui.common.paper_out import Printing
from ui.meetings.page import MeetingsPage

ALT = Qt.KeyboardModifier.AltModifier


def test_publishing_asks_once_numbers_and_tells_when_somebody_was_first(drafted):
    page = drafted.page
    drafted.click(page.agenda.publish_button)
    question = drafted.dialog(Question)
    assert "version 1" in question.words.text()
    drafted.click(question.submit_button)
    drafted.until(lambda: page.edits.board.state == "published")
    drafted.settled()
    assert not page.agenda.publish_button.isVisible()
    assert page.agenda.state.accessibleName() == "Published, version 1"
    drafted.choose("Broken promises")
    drafted.key(Qt.Key.Key_Plus)
    drafted.until(lambda: page.edits.board.state == "drafted")
    drafted.settled()
    assert page.agenda.state.accessibleName() == "Draft of version 2"
    drafted.house.desk.run(publish_agenda, page.meeting_id)
    page.edits.publish()
    drafted.until(drafted.window.banners.words)
    assert "Somebody changed this agenda" in drafted.window.banners.words()[0]


def test_refresh_adds_what_happened_since_and_keeps_the_rest(drafted):
    page = drafted.page
    drafted.choose("Broken promises")
    drafted.key(Qt.Key.Key_Delete)
    drafted.settled()
    before = drafted.titles()
    drafted.house.desk.run(publish_agenda, page.meeting_id)
    drafted.page.refresh()
    drafted.until(lambda: page.edits.board.state == "published")
    drafted.settled()
    drafted.click(page.agenda.refresh_button)
    drafted.until(lambda: page.edits.board.state == "drafted")
    drafted.settled()
    assert drafted.titles() == before


def test_saving_writes_a_whole_pdf_that_reads_as_the_screen_does(drafted, tmp_path):
    drafted.house.desk.run(add_topic, drafted.page.meeting_id, "Parking <b>&amp;", 5)
    drafted.page.refresh()
    drafted.until(lambda: "Parking <b>&amp;" in drafted.titles())
    path = tmp_path / "agenda.pdf"
    drafted.page.preview.out.save_to(path)
    drafted.until(path.exists)
    text = "".join(page.extract_text() for page in pypdf.PdfReader(path).pages)
    assert "Parking <b>&amp;" in text
    assert "Broken promises" in text
    drafted.until(drafted.window.banners.words)
    assert drafted.window.banners.words() == [f"Saved as {path}"]
    assert [one.name for one in tmp_path.iterdir() if one.suffix == ".part"] == []


def test_a_place_that_cannot_be_written_is_named(drafted, tmp_path):
    drafted.page.preview.out.save_to(tmp_path / "nowhere" / "agenda.pdf")
    drafted.until(drafted.window.banners.words)
    told = drafted.window.banners.words()[0]
    assert "nowhere" in told
    assert "No such file" in told


def test_every_page_goes_to_the_printer(drafted, tmp_path):
    drafted.picture()
    pdf = drafted.page.preview.sheet().pdf
    path = Path(tmp_path / "printed.pdf")
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    told: list[bool] = []
    Printing(drafted.page._context, printer, pdf, told.append, 72).begin()
    drafted.until(lambda: told)
    assert told == [True]
    wanted = len(pypdf.PdfReader(BytesIO(pdf)).pages)
    assert len(pypdf.PdfReader(path).pages) == wanted > 1


def test_the_preview_turns_its_pages_and_stays_on_the_one_looked_at(drafted):
    first = drafted.picture()
    preview = drafted.page.preview
    drafted.click(preview.forward)
    drafted.until(lambda: preview.sheet().page == 1)
    assert preview.place.text().startswith("page 2 of ")
    assert preview.view.image() != first
    drafted.choose("Broken promises")
    drafted.key(Qt.Key.Key_Plus)
    drafted.settled()
    drafted.picture()
    assert preview.sheet().page == 1


def test_a_session_whose_time_has_come_can_be_marked_as_held(drafted):
    page = drafted.page
    assert not page.agenda.hold_button.isVisible()
    drafted.house.at(16, 11, 5)
    page.refresh()
    drafted.until(page.agenda.hold_button.isVisible)
    drafted.click(page.agenda.hold_button)
    drafted.click(drafted.dialog(Question).submit_button)
    drafted.until(lambda: page.edits.board.state == "held")
    drafted.settled()
    assert not page.agenda.add_button.isVisible()
    assert page.agenda.note.text().startswith("This session was held")
    before = drafted.titles()
    drafted.choose("Broken promises")
    drafted.key(Qt.Key.Key_Delete)
    drafted.key(Qt.Key.Key_Plus)
    assert drafted.titles() == before
    # The next one is planned already.
    page.choose_session(page.chosen_series().next.id)
    drafted.until(lambda: page.edits.board.paper.head.number == 2)


def test_where_it_is_narrow_the_preview_is_a_tab(small_house, sit):
    lived_in(small_house)
    small_house.run(plan_session, a_series(small_house))
    sitting = sit(1280, 800)
    sitting.settled()
    side = sitting.page.side
    assert not sitting.page.preview.isVisible()
    side.show_tab("preview")
    assert sitting.page.preview.isVisible()
    sitting.picture()
    sitting.window.resize(1600, 900)
    sitting.until(lambda: sitting.page.preview.parent() is sitting.page.inner)
    assert sitting.page.candidates.isVisible()
    assert sitting.page.preview.isVisible()


def test_forty_items_with_hostile_words_are_shown_as_they_are(planned):
    words = "<img src=x> &amp; {x} %s " + "Überlang" * 20
    for number in range(40):
        title = f"{number} {words}"[:200]
        planned.house.desk.run(add_topic, planned.page.meeting_id, title, 3)
    planned.page.refresh()
    planned.until(lambda: len(planned.items()) == 40)
    assert planned.titles()[7].startswith("7 <img src=x> &amp; {x} %s")
    assert planned.page.agenda.sum.chip.accessibleName().startswith("60 min over, 20")
    planned.picture()
    assert planned.page.preview.sheet().pages > 5


def test_a_session_held_long_ago_is_shown_and_not_changed(drafted):
    page = drafted.page
    first = page.meeting_id
    drafted.house.at(16, 12)
    drafted.house.desk.run(close_session, first)
    series = drafted.house.read(lambda s: s.get(Meeting, first)).series_id
    drafted.house.desk.run(plan_session, series)
    page.refresh()
    drafted.until(lambda: len(page.series_pane.sessions.lines()) == 2)
    page.series_pane.sessions.setCurrentIndex(
        page.series_pane.sessions.model().index(1, 0)
    )
    drafted.until(lambda: page.edits.board.state == "held")
    assert page.edits.board.id == first
    board = drafted.house.read(meeting_board, first, drafted.house.now)
    assert [one.id for one in board.items] == [one.id for one in drafted.items()]


def test_the_widths_of_the_panes_are_remembered(drafted):
    page, context = drafted.page, drafted.page._context
    page.inner.setSizes([380, 470, 290])
    page.inner.splitterMoved.emit(380, 1)
    kept = page.inner.sizes()
    assert context.preferences.value("meetings.split.wide") == kept
    again = MeetingsPage(context)
    drafted.qtbot.addWidget(again)
    again.resize(page.size())
    again.show()
    drafted.until(lambda: again.inner.sizes() == kept)
    again.close()
