"""Real mail servers on this computer: one that takes, and ones that misbehave."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope, LoginPassword

from desktop.domain.mail import MailServer


@dataclass
class Postbox:
    """Takes every mail, but for recipients it was told to refuse with an answer."""

    taken: list[tuple[list[str], bytes]] = field(default_factory=list)
    refuses: dict[str, str] = field(default_factory=dict)
    answer: str = "250 taken"

    async def handle_RCPT(
        self, _server: Any, _session: Any, envelope: Envelope, to: str, _options: Any
    ) -> str:
        """Take a recipient, or refuse one."""
        if to in self.refuses:
            return self.refuses[to]
        envelope.rcpt_tos.append(to)
        return "250 known"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Envelope) -> str:
        """Keep a mail, or answer otherwise."""
        if self.answer.startswith("2"):
            assert isinstance(envelope.content, bytes)
            self.taken.append((list(envelope.rcpt_tos), envelope.content))
        return self.answer

    def messages(self) -> list[EmailMessage]:
        """Return what was taken, read by the standard library."""
        read = [message_from_bytes(one, policy=policy.default) for _, one in self.taken]
        return [one for one in read if isinstance(one, EmailMessage)]


@contextmanager
def mail_server(box: Postbox, password: str = "") -> Iterator[MailServer]:
    """Run a server on a free port; with a password, only ``clerk`` may send."""

    def known(_server: Any, _session: Any, _envelope: Any, _how: str, data: Any) -> Any:
        good = isinstance(data, LoginPassword) and data.password == password.encode()
        return AuthResult(success=good, handled=False)

    signing_in: dict[str, Any] = (
        {
            "authenticator": known,
            "auth_required": True,
            "auth_require_tls": False,
        }
        if password
        else {}
    )
    port = nobody()
    running = Controller(box, hostname="127.0.0.1", port=port, **signing_in)
    running.start()
    try:
        yield at_port(port, user="clerk" if password else "")
    finally:
        running.stop()


def at_port(port: int, *, user: str = "", timeout_s: int = 20) -> MailServer:
    """Return how to reach a server of these tests."""
    return MailServer(
        "127.0.0.1", port, "none", user, "sessions@house.example", "Sessions", timeout_s
    )


@contextmanager
def line(answers: Callable[[socket.socket], None]) -> Iterator[int]:
    """Run a server that talks as it likes with its first caller; gives its port."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def talk() -> None:
            try:
                caller, _ = listening.accept()
            except OSError:
                return
            with caller:
                answers(caller)

        thread = threading.Thread(target=talk, daemon=True)
        thread.start()
        yield listening.getsockname()[1]
    thread.join(5)


def nobody() -> int:
    """Return a port nobody listens at."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
    return port


def hangs(caller: socket.socket) -> None:
    """Say nothing until the other side goes away."""
    caller.recv(1)


def dies_half_way(caller: socket.socket) -> None:
    """Take sender, recipient and the first words of a mail, then break off."""
    caller.sendall(b"220 here\r\n")
    for answer in (b"250 hello\r\n", b"250 from\r\n", b"250 to\r\n", b"354 go on\r\n"):
        caller.recv(1024)
        caller.sendall(answer)
    caller.recv(64)
