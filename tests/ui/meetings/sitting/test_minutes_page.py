"""Minutes are typed beside the session: saved by themselves, never overwritten."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from desktop.queries.mail import mails_of
from desktop.use_cases.minutes import add_note, write_said
from desktop.use_cases.sitting import end_session
from tests.use_cases.sittings import board
from ui.common.dialog import Question
from ui.meetings.minutes.dialogs import AddendumDialog, DecisionDialog
from ui.meetings.minutes.page import MinutesPage
from ui.meetings.sending.send_dialog import SendDialog


@pytest.fixture
def page(in_session, qtbot) -> MinutesPage:
    """Give the page beside the session's own window."""
    made = MinutesPage(in_session.window._context)
    qtbot.addWidget(made)
    made.resize(1280, 800)
    made.show()
    qtbot.waitExposed(made)
    made.go_to(meeting_id=in_session.meeting_id)
    in_session.until(lambda: made.board is not None)
    return made


def said(in_session) -> str:
    return board(in_session.house, in_session.meeting_id).items[0].item.said


def test_what_is_typed_is_saved_by_itself_beside_what_the_chair_types(
    in_session, page, qtbot
):
    page.item.said.setFocus()
    qtbot.keyClicks(page.item.said, "From the minute-taker")
    in_session.house.me("Marko Ivić")
    in_session.house.run(add_note, page.board.items[0].id, "From the chair")
    in_session.until(lambda: "From the minute-taker" in said(in_session))
    in_session.until(lambda: page.link.is_settled)
    assert said(in_session) == "From the chair\nFrom the minute-taker"
    in_session.until(lambda: page.item.said.toPlainText() == said(in_session))
    in_session.until(lambda: in_session.window.stage.title.text().startswith("1"))


def test_the_page_stays_where_one_types_and_tells_where_the_session_is(
    in_session, page, qtbot
):
    page.item.said.setFocus()
    qtbot.keyClicks(page.item.said, "half a sent")
    in_session.window.go_by(1)
    in_session.until(lambda: page.now_button.isVisible())
    assert page.item.item.item.number == 1
    assert page.item.said.toPlainText() == "half a sent"
    qtbot.mouseClick(page.now_button, Qt.MouseButton.LeftButton)
    assert page.item.item.item.number == 2
    in_session.until(lambda: said(in_session) == "half a sent")


def test_a_crash_leaves_what_was_typed_to_the_next_window(in_session, page, qtbot):
    page.item.said.setFocus()
    # As if the program were gone before the workspace has it.
    page.item.said._timer.setInterval(60_000)
    qtbot.keyClicks(page.item.said, "not yet saved")
    page._kept.save()
    second = MinutesPage(page._context)
    qtbot.addWidget(second)
    second.show()
    second.go_to(meeting_id=in_session.meeting_id)
    in_session.until(lambda: second.board is not None)
    assert second.item.said.toPlainText() == "not yet saved"
    in_session.until(lambda: said(in_session) == "not yet saved")


def test_a_text_the_field_cannot_show_is_never_written_over(in_session, page, qtbot):
    second = page.board.items[1].id
    in_session.house.me("Marko Ivić")
    in_session.house.run(add_note, second, "short")
    long = "x" * 90_000
    in_session.house.run(write_said, second, long, before="short")
    page.link.reread()
    in_session.until(lambda: page.board.items[1].item.said == long)
    page.choose(second)
    assert page.item.said.isReadOnly()
    assert page.item.said.notice()
    page.item.said.save()
    in_session.until(lambda: page.link.is_settled)
    assert board(in_session.house, in_session.meeting_id).items[1].item.said == long


def test_what_is_typed_on_while_it_is_saved_is_saved_too(in_session, page, qtbot):
    first, second = (one.id for one in page.board.items[:2])
    field = page.item.said
    field.setFocus()
    qtbot.keyClicks(field, "One")
    field.save()
    qtbot.keyClicks(field, " and two")
    page.choose(second)
    in_session.until(lambda: said(in_session) == "One and two")
    page.choose(first)
    assert field.toPlainText() == "One and two"
    in_session.until(lambda: page._kept.keys() == [])


def test_decisions_are_put_in_other_words_and_withdrawn(in_session, page, qtbot):
    qtbot.mouseClick(page.item.add_decision, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(page.item.entry.line, "Draft")
    qtbot.mouseClick(page.item.entry.save_button, Qt.MouseButton.LeftButton)
    in_session.until(lambda: page.item.decisions.lines())
    page.item.decisions.choose(page.board.items[0].decisions[0].id)
    page.item._allow()
    qtbot.mouseClick(page.item.change_button, Qt.MouseButton.LeftButton)
    dialog = page.findChild(DecisionDialog)
    dialog.text.setPlainText("In other words")
    dialog.submit()
    in_session.until(lambda: page.board.items[0].decisions[0].text == "In other words")
    qtbot.mouseClick(page.item.withdraw_button, Qt.MouseButton.LeftButton)
    in_session.until(lambda: page.board.items[0].decisions[0].is_withdrawn)


def test_approved_minutes_take_corrections_alone(in_session, page, qtbot):
    in_session.window.link.write(end_session, in_session.meeting_id)
    in_session.until(lambda: page.approve_button.isVisible())
    qtbot.mouseClick(page.approve_button, Qt.MouseButton.LeftButton)
    page.findChild(Question).submit()
    in_session.until(lambda: page.correct_button.isVisible())
    assert page.item.said.isReadOnly()
    assert not page.item.add_decision.isVisible()
    qtbot.mouseClick(page.correct_button, Qt.MouseButton.LeftButton)
    dialog = page.findChild(AddendumDialog)
    dialog.submit()
    in_session.until(lambda: dialog.problem())
    dialog.text.setPlainText("It was twelve.")
    dialog.reject()
    qtbot.mouseClick(page.correct_button, Qt.MouseButton.LeftButton)
    again = page.findChildren(AddendumDialog)[-1]
    assert again is not dialog
    assert again.text.toPlainText() == "It was twelve."
    again.submit()
    in_session.until(lambda: page.board.addenda)
    assert page.asking.kept.keys() == []
    assert "It was twelve." in page.corrections.text()
    assert "Marko Ivić" in page.corrections.text()


def test_minutes_go_to_the_members_by_mail(in_session, page, qtbot):
    assert not page.send_button.isVisible()
    in_session.window.link.write(end_session, in_session.meeting_id)
    in_session.until(page.send_button.isVisible)
    qtbot.mouseClick(page.send_button, Qt.MouseButton.LeftButton)
    in_session.until(lambda: page.findChildren(SendDialog))
    (dialog,) = page.findChildren(SendDialog)
    assert list(dialog.files) == [
        f"Minutes {page.board.head.series}, 1, {page.board.head.starts_at.date()}.pdf"
    ]
    dialog.more.setText("a@h.rs")
    qtbot.mouseClick(dialog.submit_button, Qt.MouseButton.LeftButton)
    meeting = in_session.meeting_id
    in_session.until(lambda: in_session.house.read(mails_of, meeting))
    (mail,) = in_session.house.read(mails_of, meeting)
    assert (mail.recipients, mail.files) == (("a@h.rs",), 1)
    assert mail.subject.startswith("Minutes: ")
