"""Hands a mail to the house's server, and tells in codes what came of it."""

from __future__ import annotations

import smtplib
import ssl
from dataclasses import dataclass, field

from desktop.domain.mail import Mail, MailServer
from desktop.exchange.mail_message import message_of


@dataclass(frozen=True, slots=True)
class Handed:
    """What the server did: who it refused with its words, empty when it took all."""

    refused: dict[str, str] = field(default_factory=dict)


class MailTrouble(Exception):
    """The server did not take the mail.

    ``code`` says why, ``words`` are the server's own; ``is_final`` when another try
    would end the same.
    """

    def __init__(self, code: str, words: str = "", *, is_final: bool = False) -> None:
        super().__init__(code)
        self.code = code
        self.words = words
        self.is_final = is_final


def hand_over(server: MailServer, password: str | None, mail: Mail) -> Handed:
    """Hand a mail to the server, waiting at most its timeout at each step.

    Raises MailTrouble with code ``mail_not_reached``, ``mail_no_secure_line``,
    ``mail_wrong_password``, ``mail_sender_refused``, ``mail_nobody_taken``,
    ``mail_refused``, ``mail_broke_off`` or ``mail_hung``.
    """
    try:
        with _connected(server) as line:
            _secure(line, server)
            _sign_in(line, server, password)
            refused = line.send_message(
                message_of(mail), from_addr=mail.sender, to_addrs=list(mail.recipients)
            )
            return Handed({one: _told(*refused[one]) for one in refused})
    except smtplib.SMTPRecipientsRefused as error:
        raise _nobody_taken(list(error.recipients.values())) from error
    except smtplib.SMTPSenderRefused as error:
        raise _trouble("mail_sender_refused", error) from error
    except smtplib.SMTPAuthenticationError as error:
        # Somebody can put it right meanwhile: the mail waits.
        words = _told(error.smtp_code, error.smtp_error)
        raise MailTrouble("mail_wrong_password", words) from error
    except smtplib.SMTPNotSupportedError as error:
        raise MailTrouble("mail_no_secure_line", str(error)) from error
    except smtplib.SMTPServerDisconnected as error:
        # The library says so too when it waited in vain.
        hung = isinstance(error.__context__, TimeoutError)
        code = "mail_hung" if hung else "mail_broke_off"
        raise MailTrouble(code, "" if hung else str(error)) from error
    except smtplib.SMTPResponseException as error:
        raise _trouble("mail_refused", error) from error
    except ssl.SSLError as error:
        raise MailTrouble("mail_no_secure_line", error.reason or str(error)) from error
    except TimeoutError as error:
        raise MailTrouble("mail_hung") from error
    except OSError as error:
        raise MailTrouble("mail_not_reached", error.strerror or str(error)) from error


def _connected(server: MailServer) -> smtplib.SMTP:
    if server.security == "tls":
        return smtplib.SMTP_SSL(
            server.host,
            server.port,
            timeout=server.timeout_s,
            context=ssl.create_default_context(),
        )
    return smtplib.SMTP(server.host, server.port, timeout=server.timeout_s)


def _secure(line: smtplib.SMTP, server: MailServer) -> None:
    if server.security == "starttls":
        line.starttls(context=ssl.create_default_context())


def _sign_in(line: smtplib.SMTP, server: MailServer, password: str | None) -> None:
    if server.user:
        line.login(server.user, password or "")


def _nobody_taken(answers: list[tuple[int, bytes]]) -> MailTrouble:
    return MailTrouble(
        "mail_nobody_taken",
        _told(*answers[0]) if answers else "",
        is_final=all(500 <= code < 600 for code, _ in answers),
    )


def _trouble(code: str, error: smtplib.SMTPResponseException) -> MailTrouble:
    return MailTrouble(
        code,
        _told(error.smtp_code, error.smtp_error),
        is_final=500 <= error.smtp_code < 600,
    )


def _told(code: int, words: bytes | str) -> str:
    """Return the server's own words on one line, shortened."""
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return f"{code} {' '.join(text.split())}"[:300]
