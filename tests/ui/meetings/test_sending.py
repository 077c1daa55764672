"""An agenda goes to the members: in line, through a real server, or another program."""

from __future__ import annotations

from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt, QUrl

from desktop.entities.units import Person, PersonRole, Role
from desktop.queries.mail import mails_of
from desktop.reports.mail_text import MailText
from desktop.store.unit_of_work import UnitOfWork
from desktop.use_cases.mail import set_mail_server
from tests import mail_servers
from tests.mail_servers import Postbox
from tests.ui.meetings.conftest import Sitting
from ui.common.buttons import Button
from ui.meetings.sending.send_dialog import SendDialog
from ui.meetings.sending.sending import Parcel, ParcelFile, Sending

HOSTILE = "<b>Agenda</b>\u202e \x00 " + "x" * 90


@pytest.fixture
def at_hand(drafted: Sitting) -> Sitting:
    """Give the page at a drafted session; one of its members has an address."""

    def furnish(work: UnitOfWork) -> None:
        for name in ("Marko Ivić", "Dušan Kovač"):
            person = work.get(Person, drafted.house.people[name])
            person.email = f"{name.split()[0].encode('ascii', 'ignore').decode()}@h.rs"
        row = PersonRole(
            person_id=drafted.house.people["Marko Ivić"], role=Role.ADMINISTRATOR
        )
        work.session.add(row)

    drafted.house.run(furnish)
    return drafted


def asked(sitting: Sitting, text: MailText | None = None) -> tuple[Sending, SendDialog]:
    page = sitting.page
    board = page.edits.board
    assert board is not None
    sending = Sending(page._context, page)
    sending.begin(
        Parcel(
            "agenda",
            "Send the agenda",
            board.id,
            text or MailText("Session 1", "Monday\n"),
            (
                ParcelFile(
                    "Agenda: 1.pdf", "Agenda (PDF)", "application/pdf", lambda: b"%PDF-"
                ),
            ),
        )
    )
    dialog = sitting.dialog(SendDialog)
    assert isinstance(dialog, SendDialog)
    return sending, dialog


def sent_all(sitting: Sitting) -> bool:
    board = sitting.page.edits.board
    assert board is not None
    return all(one.state == "sent" for one in sitting.house.read(mails_of, board.id))


def buttons(dialog: SendDialog) -> list[str]:
    return [
        one.accessibleName() or one.text()
        for one in dialog.findChildren(Button)
        if one.isVisible()
    ]


def test_a_mail_is_put_in_line_and_reaches_the_server(at_hand: Sitting) -> None:
    box = Postbox()
    with mail_servers.mail_server(box) as server:
        at_hand.house.run(set_mail_server, server)
        _sending, dialog = asked(at_hand)
        assert not dialog.banners.words()
        dialog.more.setText("other@h.rs")
        at_hand.qtbot.keyClick(
            dialog.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier
        )
        at_hand.no_dialog()
        at_hand.until(lambda: box.taken)  # the window's own mailer sends it
        at_hand.until(lambda: sent_all(at_hand))
    (to, _content) = box.taken[0]
    assert to[-1] == "other@h.rs"
    assert len(to) == 1 + len(dialog_members(at_hand))
    (message,) = box.messages()
    (pdf,) = message.iter_attachments()
    assert pdf.get_filename() == "Agenda- 1.pdf"


def dialog_members(sitting: Sitting) -> list[str]:
    from desktop.queries.mail import addressees_of

    board = sitting.page.edits.board
    assert board is not None
    found = sitting.house.read(addressees_of, board.id)
    return [one.email for one in found if one.email]


def test_without_a_server_it_says_so_and_the_mail_waits(at_hand: Sitting) -> None:
    _sending, dialog = asked(at_hand)
    assert "No mail server is set up" in dialog.banners.words()[0]
    dialog.more.setText("a@h.rs")
    at_hand.click(dialog.submit_button)
    at_hand.no_dialog()
    _sending, again = asked(at_hand)
    assert "Try again: Session 1" in buttons(again)
    at_hand.click(
        next(
            one
            for one in again.findChildren(Button)
            if one.accessibleName() == "Take back: Session 1"
        )
    )
    board = at_hand.page.edits.board
    assert board is not None
    at_hand.until(
        lambda: at_hand.house.read(mails_of, board.id)[0].state == "withdrawn"
    )
    at_hand.until(lambda: "Take back: Session 1" not in buttons(again))


def test_what_is_typed_while_the_files_are_made_is_not_in_the_mail_asked_for(
    at_hand: Sitting,
) -> None:
    opened: list[QUrl] = []
    sending, dialog = asked(at_hand)
    sending.open_outside = lambda url: not opened.append(url)
    dialog.more.setText("a@h.rs")
    at_hand.click(dialog.program_button)
    dialog.more.setText("nobody")
    dialog.subject.setText("Another")
    at_hand.until(lambda: opened)
    path = Path(opened[0].toLocalFile())
    message = message_from_bytes(path.read_bytes(), policy=policy.default)
    path.unlink()
    assert message["To"].endswith("a@h.rs")
    assert message["Subject"] == "Session 1"


@pytest.mark.parametrize("typed", ["nobody", "a@b, x y@z"])
def test_a_wrong_address_is_named_and_nothing_typed_is_lost(
    at_hand: Sitting, typed: str
) -> None:
    _sending, dialog = asked(at_hand)
    dialog.more.setText(typed)
    dialog.text.setPlainText("My own words")
    at_hand.click(dialog.submit_button)
    assert "is no address" in dialog.boxes["more"].problem()
    assert dialog.text.toPlainText() == "My own words"
    assert dialog.submit_button.isEnabled()


def test_nobody_ticked_is_said_at_the_field(at_hand: Sitting) -> None:
    _sending, dialog = asked(at_hand)
    for one in dialog.members.values():
        one.setChecked(False)
    at_hand.click(dialog.submit_button)
    at_hand.until(dialog.boxes["recipients"].problem)


def test_a_draft_opens_in_a_mail_program_with_its_files(
    at_hand: Sitting, tmp_path: Path
) -> None:
    opened: list[Any] = []
    sending, dialog = asked(at_hand, MailText(HOSTILE, "Zdravo\nĐorđe"))
    sending.open_outside = lambda url: not opened.append(url)
    dialog.more.setText("a@h.rs")
    at_hand.click(dialog.program_button)
    at_hand.until(lambda: opened)
    written = Path(opened[0].toLocalFile())
    message = message_from_bytes(written.read_bytes(), policy=policy.default)
    assert message["X-Unsent"] == "1"
    assert "a@h.rs" in message["To"]
    assert "<b>Agenda</b>" in message["Subject"]
    assert [one.get_filename() for one in message.iter_attachments()] == [
        "Agenda- 1.pdf"
    ]
    written.unlink()


def test_a_program_that_takes_no_files_gets_the_words(at_hand: Sitting) -> None:
    opened: list[QUrl] = []

    def takes_links(url: QUrl) -> bool:
        opened.append(url)
        return url.scheme() == "mailto"

    sending, dialog = asked(at_hand, MailText("A & B?", "Čao " * 900))
    sending.open_outside = takes_links
    dialog.more.setText("a@h.rs")
    at_hand.click(dialog.program_button)
    at_hand.until(lambda: len(opened) == 2)
    link = opened[1].toString(QUrl.ComponentFormattingOption.FullyEncoded)
    assert "subject=A%20%26%20B%3F" in link
    assert len(link) <= 1_800
    assert "Save the PDF" in dialog.banners.words()[-1]
    sending.open_outside = lambda _url: False
    at_hand.click(dialog.program_button)
    at_hand.until(lambda: "No mail program answers" in dialog.problem())
    Path(opened[0].toLocalFile()).unlink()
    Path(dialog.problem().rpartition(": ")[2].split(" Your mail")[0]).unlink(
        missing_ok=True
    )
