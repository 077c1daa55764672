"""Asks whom an agenda or minutes go to, with which words; tells what was sent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.errors import Invalid, Refusal
from desktop.domain.mail import addresses, each_once, is_address
from desktop.formats import instant
from desktop.i18n import gettext as _
from desktop.messages import refusal_words
from desktop.queries.mail import Addressee, MailRow
from desktop.reports.mail_text import MailText
from desktop.reports.mail_words import STATES, trouble_words
from ui.common.buttons import Button
from ui.common.dialog import Dialog
from ui.common.flow_layout import FlowLayout
from ui.common.inputs import CheckInput, LineInput, TextInput
from ui.common.labelled import Labelled
from ui.common.labels import PlainLabel


class SendDialog(Dialog):
    """`submitted` sends through the house's server; `elsewhere` opens a mail program.

    Without a server the mail waits in line, which is said before anything is sent.
    """

    elsewhere = Signal()
    again = Signal(int)
    withdrawn = Signal(int)

    def __init__(
        self,
        title: str,
        members: Sequence[Addressee],
        text: MailText,
        files: Sequence[tuple[str, str]],
        *,
        has_server: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, submit=_("Send"), icon="send", parent=parent)
        self.resize(680, 0)
        self.members = {
            one.email: CheckInput(f"{one.name}, {one.email}")
            for one in members
            if is_address(one.email)
        }
        self._unknown = [one.name for one in members if not is_address(one.email)]
        self.more = LineInput(placeholder=_("others@house.org"))
        self.subject = LineInput()
        self.subject.setText(text.subject)
        self.text = TextInput(lines=8)
        self.text.setPlainText(text.body)
        self.text.submitted.connect(self.submit)
        self.files = {name: CheckInput(words) for name, words in files}
        for box in (*self.members.values(), *self.files.values()):
            box.setChecked(True)
        self.sent = QVBoxLayout()
        self.sent.setSpacing(8)
        self._place()
        self.program_button = Button(_("Open in your mail program"), icon="mail")
        self.program_button.clicked.connect(self.elsewhere.emit)
        self.foot.insertWidget(0, self.program_button)
        if not has_server:
            self.banners.tell(
                _(
                    "No mail server is set up, so a mail waits until an administrator "
                    "sets one up. Your own mail program works now."
                ),
                subject="server",
                kind="risk",
                closable=False,
            )
        self.start_at(self.subject if self.members else self.more)

    def _place(self) -> None:
        people = QWidget()
        column = QVBoxLayout(people)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for box in self.members.values():
            column.addWidget(box)
        hint = ""
        if self._unknown:
            hint = _("No address is known of {names}.").format(
                names=", ".join(self._unknown)
            )
        goes = QWidget()
        row = FlowLayout(goes)
        for box in self.files.values():
            row.addWidget(box)
        self.boxes = {
            "recipients": Labelled(_("To"), people, hint=hint),
            "more": Labelled(_("Also to"), self.more),
            "subject": Labelled(_("Subject"), self.subject),
            "body": Labelled(_("Text"), self.text),
            "files": Labelled(_("With it"), goes),
        }
        for one in self.boxes.values():
            self.body.addWidget(one)
        self.body.addLayout(self.sent)

    # ------------------------------------------------------------ what is said

    def recipients(self) -> list[str]:
        """Return whom it goes to; what is no address is among them, to be refused."""
        ticked = [email for email, box in self.members.items() if box.isChecked()]
        good, bad = addresses(self.more.text())
        return each_once([*ticked, *good, *bad])

    def wanted_files(self) -> list[str]:
        """Return the names of the files that go with it."""
        return [name for name, box in self.files.items() if box.isChecked()]

    def refused(self, refusal: Refusal) -> None:
        """Say at the field what is wrong, else above the buttons."""
        self.set_busy(False)
        for box in self.boxes.values():
            box.show_problem("")
        if isinstance(refusal, Invalid) and refusal.field in self.boxes:
            self.boxes[refusal.field].show_problem(refusal_words(refusal))
            self.reveal(self.boxes[refusal.field])
        else:
            self.show_refusal(refusal)

    # ------------------------------------------------------------ what went before

    def show_sent(self, rows: Sequence[MailRow], zone: tzinfo) -> None:
        """Show the mails of this session, each with what became of it."""
        while (item := self.sent.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        if rows:
            self.sent.addWidget(PlainLabel(_("Sent before"), ink="text2"))
        for row in rows:
            self.sent.addWidget(self._row(row, zone))
        self.grow()

    def _row(self, row: MailRow, zone: tzinfo) -> QWidget:
        whole = QWidget()
        line = QHBoxLayout(whole)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        ink = {"sent": "ok", "failed": "broken", "partly": "risk"}.get(
            row.state, "text2"
        )
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(PlainLabel(row.subject, wraps=True))
        told = _("{state}, {when}, to {people}").format(
            state=_(STATES[row.state]),
            when=instant(row.sent_at or row.created_at, zone),
            people=", ".join(row.recipients),
        )
        words.addWidget(PlainLabel(told, size="small", ink=ink, wraps=True))
        for trouble in _troubles(row):
            words.addWidget(PlainLabel(trouble, size="small", ink="text2", wraps=True))
        line.addLayout(words, 1)
        if row.state in ("failed", "partly", "withdrawn", "queued"):
            again = Button(_("Try again"), kind="quiet")
            again.setAccessibleName(
                _("Try again: {subject}").format(subject=row.subject)
            )
            again.clicked.connect(lambda: self.again.emit(row.id))
            line.addWidget(again)
        if row.state in ("failed", "queued"):
            back = Button(_("Take back"), kind="quiet")
            back.setAccessibleName(
                _("Take back: {subject}").format(subject=row.subject)
            )
            back.clicked.connect(lambda: self.withdrawn.emit(row.id))
            line.addWidget(back)
        return whole


def _troubles(row: MailRow) -> list[str]:
    """Return what stood in the way, one line each."""
    told = [
        _("{address}: {answer}").format(address=address, answer=answer)
        for address, answer in row.refused
    ]
    return [trouble_words(row.problem), *told] if row.problem else told
