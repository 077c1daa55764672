"""The mail server of the house, in the settings: set up, tried out, taken away."""

from __future__ import annotations

import uuid
from functools import partial
from typing import Any, cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from desktop.domain.errors import Invalid, Refusal
from desktop.domain.mail import PORTS, Mail, MailServer, Security, is_address
from desktop.exchange.mail_server import MailTrouble, hand_over
from desktop.i18n import gettext as _
from desktop.i18n import gettext_noop as N_
from desktop.mailing import password_name
from desktop.messages import refusal_words
from desktop.passwords import keep_password, kept_password
from desktop.queries.mail import mail_server
from desktop.reports.mail_words import trouble_words
from desktop.use_cases.mail import set_mail_server
from ui.common.banner import BannerArea
from ui.common.buttons import Button
from ui.common.inputs import ChoiceInput, LineInput
from ui.common.labelled import Labelled
from ui.common.stepped_inputs import number_input
from ui.context import Context
from ui.house.background import Run

SECURITIES: dict[Security, str] = {
    "starttls": N_("Secured once it answers (STARTTLS)"),
    "tls": N_("Secured from the start (TLS)"),
    "none": N_("In the open, within the house only"),
}


class MailBlock(QWidget):
    """Who may not set the house up sees the server; the password is each computer's."""

    def __init__(self, context: Context, run: Run, *, may_set: bool) -> None:
        super().__init__()
        self._context, self._run = context, run
        self.host = LineInput(placeholder=_("mail.house.org"))
        self.security = ChoiceInput(
            [(one, _(words)) for one, words in SECURITIES.items()]
        )
        self.port = number_input(PORTS["starttls"], 1, 65_535, width=None)
        self.security.set_value("starttls")
        self.user = LineInput()
        self.password = LineInput()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.from_whom = LineInput(placeholder=_("sessions@house.org"))
        self.sender_name = LineInput()
        self.security.chosen.connect(self._propose_port)
        self.boxes = {
            "host": Labelled(_("Mail server"), self.host),
            "security": Labelled(_("Line"), self.security),
            "port": Labelled(_("Port"), self.port),
            "user": Labelled(
                _("User"), self.user, hint=_("Empty where none is asked.")
            ),
            "password": Labelled(
                _("Password"),
                self.password,
                hint=_("Kept in this computer’s keyring, never in the workspace."),
            ),
            "sender": Labelled(_("From"), self.from_whom),
            "sender_name": Labelled(_("Name of the sender"), self.sender_name),
        }
        self.save_button = Button(_("Save"), kind="primary")
        self.save_button.clicked.connect(self.save)
        self.test_button = Button(_("Send a test mail"), icon="mail")
        self.test_button.clicked.connect(self.try_out)
        self.test_to = LineInput(placeholder=_("you@house.org"))
        self.verdict = BannerArea()
        self._may_set = may_set
        self._place()
        for name, box in self.boxes.items():
            box.field.setEnabled(may_set or name in ("password", "to"))
        self.read()

    def _place(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(12)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        order = (
            "host",
            "security",
            "port",
            "user",
            "sender",
            "sender_name",
            "password",
        )
        for number, name in enumerate(order):
            row, at = divmod(number, 2)
            grid.addWidget(self.boxes[name], row, at, Qt.AlignmentFlag.AlignTop)
        self.boxes["to"] = Labelled(_("Test mail to"), self.test_to)
        grid.addWidget(self.boxes["to"], 3, 1, Qt.AlignmentFlag.AlignTop)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.save_button)
        foot.addWidget(self.test_button)
        foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(grid)
        column.addLayout(foot)
        column.addWidget(self.verdict)

    # ------------------------------------------------------------ what is kept

    def read(self) -> None:
        """Show the server that is kept."""
        reading = self._context.operations.read(mail_server)
        reading.start(self, self._show, self._refuse)

    def _show(self, server: MailServer | None) -> None:
        if server is None:
            return
        self.host.setText(server.host)
        self.security.set_value(server.security)
        self.port.setValue(server.port)
        self.user.setText(server.user)
        self.from_whom.setText(server.sender)
        self.sender_name.setText(server.sender_name)
        if server.user:
            known = partial(kept_password, password_name(server))
            self._run(known, self._show_password, self._refuse)

    def _show_password(self, kept: str | None) -> None:
        if isValid(self):
            self.password.setPlaceholderText(
                _("known to this computer") if kept else ""
            )

    def _propose_port(self, security: object) -> None:
        self.port.setValue(PORTS[cast("Security", security)])

    def server(self) -> MailServer:
        """Return the server as typed."""
        return MailServer(
            host=self.host.text().strip(),
            port=self.port.value(),
            security=cast("Security", self.security.value()),
            user=self.user.text().strip(),
            sender=self.from_whom.text().strip(),
            sender_name=self.sender_name.text().strip(),
        )

    # ------------------------------------------------------------ saving

    def save(self) -> None:
        """Keep the server for the house, the password on this computer."""
        self._begin()
        server = self.server() if self.host.text().strip() else None
        if not self._may_set:
            self._saved(server)
            return
        write = self._context.operations.write(set_mail_server, server)
        write.start(self, lambda _none: self._saved(server), self._refuse)

    def _saved(self, server: MailServer | None) -> None:
        typed = self.password.text()
        if server is None:
            self._say(_("No mail server is set up any more. Mails wait."), "ok")
        elif not typed:
            self._say(_("Saved. What waits is sent now."), "ok")
        else:
            keep = partial(keep_password, password_name(server), typed)
            self._run(keep, self._kept, self._refuse)

    def _kept(self, is_kept: bool) -> None:
        if not isValid(self):
            return
        self.password.clear()
        self.password.setPlaceholderText(_("known to this computer"))
        words = _("Saved. What waits is sent now.")
        if not is_kept:
            words = _(
                "Saved. This computer has no keyring, so the password is known until "
                "the program ends."
            )
        self._say(words, "ok")

    # ------------------------------------------------------------ trying out

    def try_out(self) -> None:
        """Send one mail with what is typed, and say what the server answered."""
        self._begin()
        to, server = self.test_to.text().strip(), self.server()
        for name, address in (("to", to), ("sender", server.sender)):
            if not is_address(address):
                refusal = Invalid(name, "not_an_address", address=address)
                self._refuse(refusal)
                return
        mail = Mail(
            key=str(uuid.uuid4()),
            sender=server.sender,
            sender_name=server.sender_name,
            recipients=(to,),
            subject=_("Counterpart: a test mail"),
            body=_("The mail server of {house} works.").format(
                house=self._context.workspace_name
            ),
            at=self._context.ticker.now(),
        )
        self._run(
            partial(_tried, server, self.password.text(), mail),
            self._tell,
            self._refuse,
        )

    def _tell(self, problem: str) -> None:
        if isValid(self):
            if problem:
                self._say(trouble_words(problem), "broken")
            else:
                self._say(_("The server took the mail. Look whether it arrives."), "ok")

    # ------------------------------------------------------------ telling

    def _begin(self) -> None:
        self.verdict.withdraw()
        for box in self.boxes.values():
            box.show_problem("")
        self._set_busy(True)

    def _set_busy(self, busy: bool) -> None:
        self.save_button.setEnabled(not busy)
        self.test_button.setEnabled(not busy)

    def _say(self, words: str, kind: str) -> None:
        self._set_busy(False)
        self.verdict.tell(words, kind=kind, closable=False)

    def _refuse(self, refusal: Refusal) -> None:
        if not isValid(self):
            return
        self._set_busy(False)
        words = refusal_words(refusal)
        if isinstance(refusal, Invalid) and refusal.field in self.boxes:
            self.boxes[refusal.field].show_problem(words)
        else:
            self._say(words, "broken")

    def words(self) -> str:
        """Return the verdict shown, or nothing."""
        return " ".join(self.verdict.words())


def _tried(server: MailServer, typed: str, mail: Mail) -> Any:
    """Return what went wrong with a test mail, or nothing."""
    password = typed or (kept_password(password_name(server)) if server.user else None)
    try:
        hand_over(server, password, mail)
    except MailTrouble as trouble:
        return f"{trouble.code} {trouble.words}".strip()
    return ""
