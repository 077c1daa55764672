"""The main job, by keyboard: raised, worked, kept or broken, on the agenda, printed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLineEdit

from desktop.queries.meetings import requests_behind, series_list
from desktop.queries.request_details import RequestDetails, request_details
from desktop.queries.search import find_requests
from tests.end_to_end.conftest import Clock, Seat
from ui.common.request_pane.step_dialogs import StepDialog
from ui.counter.page import CounterPage
from ui.counter.reply_panel import ReplyPanel
from ui.meetings.page import MeetingsPage
from ui.new_request.page import NewRequestPage
from ui.queue.queue_page import QueuePage

CTRL = Qt.KeyboardModifier.ControlModifier
SERIES = "Central counter with Civil registry"


@pytest.fixture
def seat(open_seat: Callable[[str], Seat]) -> Seat:
    """Give a window with the clerk at it."""
    return open_seat("Jelena Marić")


def details(seat: Seat, reference: str) -> RequestDetails:
    """Read a request as it stands."""
    desk = seat.program.opened.desk
    row = desk.read(find_requests, reference, 5)[0]
    assert row.reference == reference
    return desk.read(request_details, row.id, reader_unit_id=None, now=seat.clock.now)


def clock_of(seat: Seat, reference: str) -> str:
    """Return how the promise of a request stands."""
    shown = next(one.view for one in details(seat, reference).clocks if one.is_shown)
    return seat.program.clocks.words(shown).state


def raise_at_the_counter(seat: Seat, customer: str) -> str:
    """Raise a residence certificate by keyboard alone; returns its reference."""
    seat.press(Qt.Key.Key_N, CTRL)
    page = seat.page()
    assert isinstance(page, NewRequestPage)
    assert seat.focused() is page.search.field
    seat.type("residnce")
    seat.press(Qt.Key.Key_Tab)
    assert page.form.service().name == "Residence certificate"
    for words in (customer, "064 555 310", "1984-03-09"):
        assert isinstance(seat.focused(), QLineEdit)
        seat.type(words)
        seat.press(Qt.Key.Key_Tab)
    while not isinstance(seat.focused(), QLineEdit):
        seat.press(Qt.Key.Key_Tab)
    seat.type("Vinogradska 14")
    seat.press(Qt.Key.Key_Return, CTRL)
    told = next((one for one in seat.words() if " is sent." in one), None)
    assert told is not None, [one.text() for one in page.form.findChildren(QLineEdit)]
    return told.split(" is sent.")[0]


def choose(seat: Seat, reference: str) -> None:
    """Go to a request in the queue by the palette-free way: its row."""
    page = seat.page()
    assert isinstance(page, QueuePage)
    page.go_to(request_id=details(seat, reference).id)
    page.table.setFocus()
    seat.settle()


def answer_dialog(seat: Seat, words: str) -> None:
    """Type into the open dialog and send it."""
    dialog = seat.dialog()
    assert isinstance(dialog, StepDialog)
    assert dialog.isAncestorOf(seat.focused())
    if words:
        seat.type(words)
    seat.press(Qt.Key.Key_Return, CTRL)
    assert not dialog_is_open()


def dialog_is_open() -> bool:
    """Tell whether a dialog is still asking."""
    from PySide6.QtWidgets import QApplication

    return any(
        isinstance(one, QDialog) and one.isVisible()
        for one in QApplication.topLevelWidgets()
    )


def test_a_request_goes_from_the_counter_to_the_printed_agenda(
    seat: Seat, clock: Clock, tmp_path: Path
) -> None:
    kept = raise_at_the_counter(seat, "Milica Antić")
    broken = raise_at_the_counter(seat, "Goran Tomić")
    assert kept != broken

    clock.later(minutes=12)
    seat.sits("Ana Petrović")
    seat.window.navigate("queue")
    choose(seat, kept)
    seat.press(Qt.Key.Key_T)
    assert details(seat, kept).assignee == "Ana Petrović"
    seat.press(Qt.Key.Key_A)
    answer_dialog(seat, "Two addresses are on the form. Which one?")
    assert clock_of(seat, kept) == "held"

    clock.later(minutes=9)
    seat.sits("Jelena Marić")
    seat.window.navigate("counter")
    seat.settle()
    page = seat.page()
    assert isinstance(page, CounterPage)
    answer_inline(seat, page, kept, "Vinogradska 14.")
    assert clock_of(seat, kept) == "ok"

    clock.later(minutes=20)
    seat.sits("Ana Petrović")
    seat.window.navigate("queue")
    choose(seat, kept)
    seat.press(Qt.Key.Key_R)
    answer_dialog(seat, "Printed and stamped.")
    assert clock_of(seat, kept) == "kept"

    clock.later(days=5)
    seat.program.ticker.beat.emit()
    seat.settle()
    assert clock_of(seat, broken) == "broken"

    seat.sits("Vesna Horvat")
    seat.window.navigate("meetings")
    seat.settle()
    print_the_agenda(seat, broken, tmp_path / "agenda.pdf")
    words = " ".join(
        " ".join(
            page.extract_text() for page in PdfReader(tmp_path / "agenda.pdf").pages
        ).split()
    )
    assert SERIES in words
    assert broken in words
    assert "Broken promises" in words


def answer_inline(seat: Seat, page: CounterPage, reference: str, words: str) -> None:
    """Answer a question in its row, where the counter has put the keyboard."""
    row = details(seat, reference)
    holder = next(one for one in page.needs_you.holders() if one.request_id == row.id)
    if holder.panel is None:
        holder.view.setFocus()
        seat.press(Qt.Key.Key_Return)
    panel = holder.panel
    assert isinstance(panel, ReplyPanel)
    panel.field.setFocus()
    seat.type(words)
    seat.press(Qt.Key.Key_Return, CTRL)
    assert details(seat, reference).pending is None


def print_the_agenda(seat: Seat, broken: str, path: Path) -> None:
    """Find the broken promise among the candidates, draft, look, save."""
    page = seat.page()
    assert isinstance(page, MeetingsPage)
    desk = seat.program.opened.desk
    series = next(
        one for one in desk.read(series_list, seat.clock.now) if one.name == SERIES
    )
    page.choose_series(series.id)
    seat.settle()
    behind = {
        row.reference
        for one in page.edits.board.candidates
        for row in desk.read(requests_behind, one.candidate.request_ids)
    }
    assert broken in behind
    page.agenda.list.setFocus()
    seat.press(Qt.Key.Key_D)
    assert page.edits.order.items
    assert page.preview.sheet() is not None
    assert not page.preview.view.image().isNull()
    page.preview.out.save_to(path)
    seat.settle()
    assert str(path) in seat.words()[-1]
