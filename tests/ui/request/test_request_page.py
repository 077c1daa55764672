"""A request on its own page, and the proof of its due time."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from tests.ui.queue.rich_queue import fill
from ui.common.request_pane.pane import NARROWEST
from ui.request import proof_words


@pytest.fixture
def made(small_house) -> dict[str, int]:
    return fill(small_house)


@pytest.fixture
def page(made, seat, window, qtbot):
    seat("Dušan Kovač")
    window.resize(1440, 900)
    window.show()
    window.navigate("request", request_id=made["case"], clock=2, back="queue")
    shown = window.pages.page("request")
    qtbot.waitUntil(lambda: shown.why.view is not None, timeout=15_000)
    return shown


def test_the_sentence_says_when_it_ends_and_what_did_not_count(page):
    assert page.why.sentence.text() == (
        "The promise of 16 h of working time ends on Thursday 12 November 2026 at "
        "15:30. 1 hold and 1 closed day did not count."
    )


def test_lines_and_sum_agree(page):
    why = page.why
    texts = [
        [why.model.cell(row, column).plain() for column in range(4)]
        for row in range(why.model.rowCount())
    ]

    assert texts[0][1] == "Jelena Marić sends it to Land registry, the clock starts"
    assert ["+ 2 h 30", "2 h 30"] in [line[2:] for line in texts]
    held = next(line for line in texts if line[1].startswith("Held by"))
    assert held[0] == "Tue 13:00 to Thu 09:30"
    assert held[1] == "Held by Dušan Kovač, waiting for the customer: signed sketch"
    assert held[2] == "4 h 30 not counted"
    assert [line[3] for line in texts if line[3]][-1] == "16 h"
    assert why.result.words.text() == "Due Thursday 12 November 2026 at 15:30"


def test_the_other_promise_is_explained_when_chosen(page, qtbot):
    page.pane.cards.cards[0].why.emit()

    qtbot.waitUntil(lambda: page.why.view.ground.kind == "response", timeout=15_000)
    assert page.why.result.words.text().startswith("Kept, done ")


def test_copying_gives_plain_text_with_every_line(page):
    page.why.copy_text()
    text = QGuiApplication.clipboard().text()

    assert text.startswith("LR-0003  Parcel 1184/2: extract with encumbrances")
    assert "4 h 30 not counted" in text
    assert "Counters with Land registry, version 3" in text
    assert text == proof_words.as_text(page.why.view)


def test_the_proof_is_saved_as_a_pdf(page, tmp_path, qtbot):
    path = tmp_path / "proof.pdf"

    page.why.save_pdf(path)

    qtbot.waitUntil(path.exists, timeout=10000)
    qtbot.waitUntil(lambda: path.read_bytes()[-6:].strip() == b"%%EOF", timeout=15_000)
    assert path.read_bytes().startswith(b"%PDF")


def test_a_file_that_cannot_be_written_is_told_in_words(page, tmp_path, window, qtbot):
    page.why.save_pdf(tmp_path / "no such folder" / "proof.pdf")

    qtbot.waitUntil(lambda: bool(window.banners.words()), timeout=10000)
    assert "could not be written" in window.banners.words()[0]


def test_closing_goes_back_where_it_was_opened_from(page, window):
    page.why.close_button.click()

    assert window.pages.current_id == "queue"


def test_a_request_without_a_promise_says_so(made, seat, window, qtbot, small_house):
    from sqlalchemy import delete

    from desktop.entities.agreements import AgreementHold, AgreementTarget

    def tear_up(work):
        for table in (AgreementTarget, AgreementHold):
            work.session.execute(delete(table))
        work.rules_changed()

    small_house.run(tear_up)
    one = small_house.raised("Nothing was promised for this")
    seat("Dušan Kovač")
    window.show()
    window.navigate("request", request_id=one)
    page = window.pages.page("request")
    qtbot.waitUntil(lambda: page.pane.details is not None, timeout=15_000)

    assert page.right.currentWidget() is page.empty
    assert page.pane.cards.isHidden()


def test_a_request_that_is_not_there_says_so(seat, window, qtbot):
    seat("Dušan Kovač")
    window.show()
    window.navigate("request", request_id=4711)
    page = window.pages.page("request")

    qtbot.waitUntil(
        lambda: page.pane.empty._title.text() == "This request is not here",
        timeout=15_000,
    )


def test_the_front_office_answers_a_question_from_the_page(
    made, seat, window, qtbot, small_house
):
    seat("Jelena Marić")
    window.show()
    window.navigate("request", request_id=made["asked"])
    page = window.pages.page("request")
    qtbot.waitUntil(lambda: page.pane.details is not None, timeout=15_000)
    assert [one.words for one in page.steps.offered()[0]] == ["Answer"]

    qtbot.keyClick(page.pane.scroll_area, "w")
    qtbot.waitUntil(lambda: page.steps.dialog is not None, timeout=15_000)
    page.steps.dialog.text.setPlainText("The second owner.")
    page.steps.dialog.submit()

    qtbot.waitUntil(lambda: page.pane.details.pending is None, timeout=15_000)
    assert page.pane.details.entries[-1].text == "The second owner."


def test_internal_notes_are_not_on_the_front_offices_page(made, seat, window, qtbot):
    seat("Jelena Marić")
    window.show()
    window.navigate("request", request_id=made["case"])
    page = window.pages.page("request")
    qtbot.waitUntil(lambda: page.pane.details is not None, timeout=15_000)

    assert not any("Mortgage" in one.text for one in page.pane.details.entries)


def test_escape_leaves_what_is_written_before_it_leaves_the_page(page, window, qtbot):
    field = page.pane.composer.field
    field.setFocus()
    qtbot.keyClicks(field, "The map is")
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert window.pages.current_id == "request"
    assert not field.hasFocus()
    assert field.toPlainText() == "The map is"

    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert window.pages.current_id == "queue"


def test_the_tools_of_the_proof_stand_in_one_line_where_there_is_least_room(
    page, window, qtbot
):
    window.resize(1024, 700)
    qtbot.waitUntil(lambda: page.width() < 1000, timeout=15_000)
    tools = (page.why.copy_button, page.why.pdf_button, page.why.close_button)
    assert len({one.geometry().center().y() for one in tools}) == 1
    assert all(one.width() >= one.sizeHint().width() for one in tools)


def test_the_way_back_is_home_when_nobody_said_where_from(
    made, seat, window, qtbot, small_house
):
    seat("Dušan Kovač")
    window.show()
    window.navigate("request", request_id=made["case"], back="requests")
    page = window.pages.page("request")
    window.navigate("request", request_id=made["later"])

    page.close_page()

    assert window.pages.current_id == "queue"


def test_a_clerk_sees_what_her_own_unit_owes(made, seat, window, qtbot):
    seat("Jelena Marić")
    window.show()
    window.navigate("request", request_id=made["asked"])
    page = window.pages.page("request")
    qtbot.waitUntil(lambda: page.pane.details is not None, timeout=15_000)

    assert page.pane.cards.cards[0]._title.text() == "Answer, promised in 4 h"


def test_a_wide_window_gives_the_pane_more_until_somebody_divides_it(page, window):
    def pane_in(width: int) -> int:
        window.resize(width, 900)
        QApplication.processEvents()
        return page.splitter.sizes()[0]

    assert pane_in(1200) == NARROWEST
    assert pane_in(1920) > NARROWEST + 100
    page.splitter.moveSplitter(500, 1)
    assert pane_in(1900) == 500
