"""How many mails are not sent yet and why, in the settings; all can be tried again."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.errors import Refusal
from desktop.i18n import gettext as _
from desktop.i18n import ngettext
from desktop.messages import refusal_words
from desktop.queries.mail import Unsent, unsent
from desktop.reports.mail_words import trouble_words
from desktop.use_cases.mail import try_unsent_again
from ui.common.buttons import Button
from ui.common.labels import PlainLabel
from ui.common.refresher import Refresher
from ui.context import Context

TABLES = ("outgoing_mail", "house_setting")


class UnsentBlock(QWidget):
    """A line, the last reason below it, and a button while there is anything to try."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._operations = context.operations
        self.line = PlainLabel("", wraps=True)
        self.reason = PlainLabel("", size="small", ink="risk", wraps=True)
        self.reason.hide()
        self.again = Button(_("Try again now"), icon="refresh")
        self.again.clicked.connect(self.try_again)
        foot = QHBoxLayout()
        foot.addWidget(self.again)
        foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.line)
        column.addWidget(self.reason)
        column.addLayout(foot)
        self.again.setVisible(False)
        self._refresher = Refresher(self, context.operations, TABLES, self.read)
        self._refresher.want()

    def read(self) -> None:
        """Show how it stands."""
        self._operations.read(unsent).start(self, self._show, self._refuse)

    def _show(self, found: Unsent) -> None:
        self.line.setText(_how_many(found))
        words = trouble_words(found.problem) if found.problem else ""
        if words and found.subject:
            words = f"“{found.subject}”: {words}"
        self._say(words)
        self.again.setVisible(bool(found.waiting or found.failed))
        self.again.setEnabled(True)

    def try_again(self) -> None:
        """Put all of them back in line; this window's mailer takes them at once."""
        self.again.setEnabled(False)
        write = self._operations.write(try_unsent_again)
        write.start(self, None, self._refuse)

    def _refuse(self, refusal: Refusal) -> None:
        self.again.setEnabled(True)
        self._say(refusal_words(refusal))

    def _say(self, words: str) -> None:
        self.reason.setText(words)
        self.reason.setVisible(bool(words))


def _how_many(found: Unsent) -> str:
    waiting = ngettext("{count} mail waits.", "{count} mails wait.", found.waiting)
    failed = ngettext(
        "{count} did not reach everybody.",
        "{count} did not reach everybody.",
        found.failed,
    )
    told = [
        words.format(count=count)
        for words, count in ((waiting, found.waiting), (failed, found.failed))
        if count
    ]
    return " ".join(told) or _("Every mail is sent.")
