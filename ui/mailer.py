"""Sends the mails that wait, each minute and as soon as one is put in line."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.desk import ChangeSet
from desktop.domain.errors import Refusal
from desktop.domain.mail import MailServer
from desktop.mailing import Sending, password_name, send_waiting
from desktop.passwords import kept_password
from ui.context import Context
from ui.workers import Courier, Worker

MINUTE_MS = 60_000
TABLES = ("outgoing_mail", "house_setting")


class Mailer(QObject):
    """One line of its own: a server that hangs keeps nothing else waiting.

    ``went`` tells how a round went, when there was anything to do.
    """

    went = Signal(Sending)

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._operations = context.operations
        self._courier = Courier(self)
        self._worker: Worker | None = None
        self._is_busy = False
        self._is_wanted = False
        self.timer = QTimer(self)
        self.timer.setInterval(MINUTE_MS)
        self.timer.timeout.connect(self.look)
        self.timer.start()
        self._operations.changed.connect(self._hear)
        self.look()

    def _hear(self, changes: ChangeSet, initiator: object) -> None:
        if initiator is not None and changes.touches(*TABLES):
            self.look()

    def look(self) -> None:
        """Send what waits; while that goes on, once more after it."""
        if self._is_busy:
            self._is_wanted = True
            return
        self._is_busy, self._is_wanted = True, False
        if self._worker is None:
            self._worker = Worker("mail")
        desk = self._operations.desk

        def send() -> None:
            try:
                found = send_waiting(desk, known_password)
            except Refusal:
                # Somebody else writes just now; the next minute looks again.
                self._courier.bring(partial(self._take, Sending()))
            except Exception as error:  # noqa: BLE001 - raised again where it is seen
                self._courier.bring(partial(self._break, error))
            else:
                self._courier.bring(partial(self._take, found))

        self._worker.do(send)

    def _take(self, found: Sending) -> None:
        self._is_busy = False
        if found != Sending():
            # Written down by a thread of its own, so nobody was told of it yet.
            self._operations.changed.emit(ChangeSet(everything=True), None)
            self.went.emit(found)
        if self._is_wanted:
            self.look()

    def _break(self, error: Exception) -> None:
        self._is_busy = False
        raise error

    def close(self) -> None:
        """Stop looking; what is being sent is finished, or taken up again later."""
        self.timer.stop()
        self._operations.changed.disconnect(self._hear)
        if self._worker is not None:
            self._worker.close(0)
        self.deleteLater()


def known_password(server: MailServer) -> str | None:
    """Return the password this computer knows for a server."""
    return kept_password(password_name(server))


def add_mailer(context: Context, window: QObject) -> None:
    """Give whoever sits down a mailer, in place of the one before."""
    for before in window.findChildren(Mailer):
        before.close()
        before.setParent(None)
    Mailer(context, window)
