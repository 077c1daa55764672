"""Opens the dialog that sends a paper, makes its files, puts the mail in line."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from urllib.parse import quote

from PySide6.QtCore import QDir, QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from desktop.domain.errors import Invalid, Refusal
from desktop.domain.mail import Mail, MailFilePart, is_address
from desktop.exchange.mail_message import message_of
from desktop.i18n import gettext as _
from desktop.messages import refusal_words
from desktop.queries.mail import SendingTo, mails_of, sending_to
from desktop.reports.mail_text import MailText
from desktop.use_cases.mail import queue_mail, try_mail_again, withdraw_mail
from ui.common.paper_out import file_name
from ui.common.refresher import Refresher
from ui.common.sheets import save_pdf
from ui.context import Context
from ui.meetings.sending.send_dialog import SendDialog

LONGEST_LINK = 1_800
"""Mail programs take no longer address from others."""


@dataclass(frozen=True)
class ParcelFile:
    """A file that can go along; ``make`` gives its bytes, off the GUI thread."""

    name: str
    words: str
    media_type: str
    make: Callable[[], bytes]


@dataclass(frozen=True)
class Parcel:
    """What is to be sent of one session, and the words it goes with."""

    kind: str
    title: str
    meeting_id: int
    text: MailText
    files: tuple[ParcelFile, ...] = ()


@dataclass(frozen=True)
class Written:
    """A mail as it was when somebody asked for it: typing may go on meanwhile."""

    recipients: tuple[str, ...]
    subject: str
    body: str
    files: tuple[MailFilePart, ...] = ()


class Sending(QObject):
    """One dialog at a time; what was typed stays until the mail is in line."""

    def __init__(self, context: Context, owner: QWidget) -> None:
        super().__init__(owner)
        self._context = context
        self._owner = owner
        self.dialog: SendDialog | None = None
        self.open_outside: Callable[[QUrl], bool] = QDesktopServices.openUrl

    def begin(self, parcel: Parcel) -> None:
        """Ask whom a parcel goes to."""
        read = self._context.operations.read(sending_to, parcel.meeting_id)
        read.start(self, partial(self._ask, parcel), self._refuse)

    def _ask(self, parcel: Parcel, known: SendingTo) -> None:
        dialog = SendDialog(
            parcel.title,
            known.members,
            parcel.text,
            [(one.name, one.words) for one in parcel.files],
            has_server=known.server is not None,
            parent=self._owner,
        )
        self.dialog = dialog
        key = uuid.uuid4()
        write = self._context.operations.write
        dialog.submitted.connect(lambda: self._make(parcel, partial(self._queue, key)))
        dialog.elsewhere.connect(lambda: self._make(parcel, self._open_outside))
        dialog.again.connect(lambda one: write(try_mail_again, one).start(self))
        dialog.withdrawn.connect(lambda one: write(withdraw_mail, one).start(self))
        dialog.show_sent(known.mails, self._context.clocks.zone)
        Refresher(
            dialog,
            self._context.operations,
            ("outgoing_mail",),
            partial(self._read_sent, parcel, dialog),
        )
        dialog.open()

    def _read_sent(self, parcel: Parcel, dialog: SendDialog) -> None:
        read = self._context.operations.read(mails_of, parcel.meeting_id)
        zone = self._context.clocks.zone
        read.start(dialog, lambda rows: dialog.show_sent(rows, zone), self._refuse)

    # ------------------------------------------------------------ making it

    def _make(self, parcel: Parcel, then: Callable[[Parcel, Written], None]) -> None:
        """Make the files that go along, off the GUI thread, then go on."""
        dialog = self.dialog
        if dialog is None or not isValid(dialog):
            return
        written = Written(
            tuple(dialog.recipients()),
            dialog.subject.text(),
            dialog.text.toPlainText(),
        )
        for one in written.recipients:
            if not is_address(one):
                dialog.refused(Invalid("more", "not_an_address", address=one))
                return
        dialog.set_busy(True)
        wanted = [one for one in parcel.files if one.name in dialog.wanted_files()]

        def make() -> Written:
            parts = (
                MailFilePart(file_name(one.name), one.media_type, one.make())
                for one in wanted
            )
            return replace(written, files=tuple(parts))

        job = self._context.operations.work(make)
        job.start(dialog, partial(then, parcel), dialog.refused)

    def _queue(self, key: uuid.UUID, parcel: Parcel, written: Written) -> None:
        dialog = self.dialog
        assert dialog is not None
        write = self._context.operations.write(
            queue_mail,
            parcel.kind,
            written.recipients,
            written.subject,
            written.body,
            files=written.files,
            meeting_id=parcel.meeting_id,
            key=key,
        )
        write.start(dialog, lambda _id: self._queued(dialog), dialog.refused)

    def _queued(self, dialog: SendDialog) -> None:
        dialog.accept()
        words = _(
            "In line to be sent. A notice tells when the server does not take it."
        )
        self._context.tell(words, kind="ok", subject="mail")

    # ------------------------------------------------------------ another program

    def _open_outside(self, parcel: Parcel, written: Written) -> None:
        """Open a draft with its files; where no program takes it, one without."""
        dialog = self.dialog
        assert dialog is not None
        mail = Mail(
            key=str(uuid.uuid4()),
            sender="",
            sender_name="",
            recipients=written.recipients,
            subject=written.subject,
            body=written.body,
            at=self._context.ticker.now(),
            files=written.files,
        )
        name = f"{file_name(parcel.title)[:80]} {mail.key[:8]}.eml"
        path = Path(QDir.tempPath()) / name

        def write() -> Path:
            return save_pdf(message_of(mail, is_draft=True).as_bytes(), path)

        def opened(kept: Path) -> None:
            dialog.set_busy(False)
            if self.open_outside(QUrl.fromLocalFile(str(kept))):
                return
            if self.open_outside(QUrl(_link(mail))):
                words = _(
                    "Your mail program takes no files from here. Save the PDF and put "
                    "it with the mail yourself."
                )
                dialog.banners.tell(words, subject="program", kind="risk")
                return
            dialog.show_problem(
                _(
                    "No mail program answers on this computer. The mail lies here: "
                    "{path}"
                ).format(path=kept)
            )

        job = self._context.operations.work(write)
        job.start(dialog, opened, dialog.refused)

    def _refuse(self, refusal: Refusal) -> None:
        self._context.tell(refusal_words(refusal), kind="broken", subject="mail")


def _link(mail: Mail) -> str:
    """Return a mail without files as an address a mail program opens."""
    to = ",".join(quote(one, safe="@") for one in mail.recipients)
    subject = quote(mail.subject[:200], safe="")
    head = f"mailto:{to}?subject={subject}&body="
    body = ""
    for letter in mail.body:
        more = quote("\r\n" if letter == "\n" else letter, safe="")
        if len(head) + len(body) + len(more) > LONGEST_LINK:
            break
        body += more
    return head + body
