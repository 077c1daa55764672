"""Sends the mails that wait, one after the other; safe on any number of computers."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from desktop.desk import Desk
from desktop.domain.mail import MailServer
from desktop.exchange.mail_server import Handed, MailTrouble, hand_over
from desktop.queries.mail import is_mail_due, mail_server
from desktop.use_cases.mail import (
    Claimed,
    claim_mail,
    mail_failed,
    settle_mail,
)

log = logging.getLogger(__name__)

AT_ONCE: Final = 50
OF_THE_SERVER: Final = frozenset(
    {"mail_not_reached", "mail_hung", "mail_wrong_password", "mail_no_secure_line"}
)
Password = Callable[[MailServer], str | None]


@dataclass(frozen=True, slots=True)
class Sending:
    """How a round went: mails sent, tries that failed, and what stands in the way.

    ``problem`` is a code: of the last trouble, or ``mail_no_server`` or
    ``mail_no_password`` when nothing could be tried.
    """

    sent: int = 0
    failed: int = 0
    problem: str = ""
    words: str = ""


def password_name(server: MailServer) -> str:
    """Return the name a server's password is kept under on this computer."""
    return f"mail {server.user}@{server.host}:{server.port}"


def send_waiting(desk: Desk, password_of: Password) -> Sending:
    """Send what waits, at most 50 mails; each that fails waits longer than before."""
    if not desk.read(is_mail_due, desk.now):
        return Sending()
    server = desk.read(mail_server)
    if server is None:
        return Sending(problem="mail_no_server")
    password = password_of(server) if server.user else None
    if server.user and password is None:
        return Sending(problem="mail_no_password")
    sent = failed = 0
    trouble: MailTrouble | None = None
    for _ in range(AT_ONCE):
        claimed = desk.run(claim_mail, server).value
        if claimed is None:
            break
        found = _hand_over(server, password, claimed)
        if isinstance(found, Handed):
            desk.run(settle_mail, claimed, found.refused)
            sent += 1
            continue
        trouble, failed = found, failed + 1
        desk.run(mail_failed, claimed, found.code, found.words, is_final=found.is_final)
        if found.code in OF_THE_SERVER:
            break  # the next mail would fare no better
    return Sending(
        sent,
        failed,
        trouble.code if trouble else "",
        trouble.words if trouble else "",
    )


def _hand_over(
    server: MailServer, password: str | None, claimed: Claimed
) -> Handed | MailTrouble:
    try:
        return hand_over(server, password, claimed.mail)
    except MailTrouble as trouble:
        return trouble
    except Exception:
        # A mail that cannot even be written must not stand before all the others.
        log.exception("mail %s could not be made", claimed.id)
        return MailTrouble("mail_not_made", is_final=True)
