"""Mails of the house: put in line, claimed by one computer, sent, tried again.

A mail is sent outside of any transaction: it is claimed first, and what came of it is
written down after. A claim nobody settled for ten minutes may be taken over.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import and_, or_, select

from desktop.domain.errors import Invalid, Transition
from desktop.domain.mail import (
    CLAIM,
    MOST_RECIPIENTS,
    PORTS,
    Mail,
    MailFilePart,
    MailServer,
    each_once,
    is_address,
    next_try,
)
from desktop.entities.outgoing import MailFile, MailState, OutgoingMail
from desktop.store.session_notices import tell_people
from desktop.store.unit_of_work import UnitOfWork
from desktop.use_cases.at_the_desk import somebody
from desktop.use_cases.house_settings import set_house_setting
from desktop.use_cases.typed_words import needed_line, typed_line, typed_text

MAIL_SERVER: Final = "mail_server"
MOST_BYTES: Final = 20 * 2**20
"""What most servers take, once files are written as letters."""
WAITING: Final = (MailState.QUEUED, MailState.SENDING)


@dataclass(frozen=True, slots=True)
class Claimed:
    """A mail this computer has to itself for ten minutes, and who wanted it sent."""

    id: int
    tries: int
    mail: Mail


def set_mail_server(work: UnitOfWork, server: MailServer | None) -> None:
    """Keep the server mails go through; None: none. Administrators only.

    Refuses with Invalid (fields ``host port security sender``).
    """
    if server is None:
        set_house_setting(work, MAIL_SERVER, None)
        return
    if server.security not in PORTS:
        raise Invalid("security", "not_a_choice")
    if not 1 <= server.port <= 65_535:
        raise Invalid("port", "out_of_range", least=1, most=65_535)
    if not is_address(server.sender):
        raise Invalid("sender", "not_an_address", address=server.sender)
    kept: dict[str, Any] = {
        "host": needed_line(server.host, "host", 253),
        "port": server.port,
        "security": server.security,
        "user": typed_line(server.user, "user", 200),
        "sender": server.sender,
        "sender_name": typed_line(server.sender_name, "sender_name", 100),
    }
    set_house_setting(work, MAIL_SERVER, kept)


def queue_mail(
    work: UnitOfWork,
    kind: str,
    recipients: Sequence[str],
    subject: str,
    body: str,
    *,
    files: Sequence[MailFilePart] = (),
    meeting_id: int | None = None,
    key: uuid.UUID | None = None,
) -> int:
    """Put a mail in line; returns its id, the same for the same key.

    Refuses with Invalid (fields ``recipients subject body files``). Who it is from is
    decided when it is sent: by the server set up then.
    """
    key = key or uuid.uuid4()
    again = work.session.scalar(select(OutgoingMail.id).where(OutgoingMail.key == key))
    if again is not None:
        return again
    me = somebody(work)
    mail = OutgoingMail(
        key=key,
        meeting_id=meeting_id,
        kind=kind,
        sender="",
        recipients=_recipients(recipients),
        subject=needed_line(subject, "subject", 300),
        body=typed_text(body, "body"),
        state=MailState.QUEUED,
        by_id=me,
        created_at=work.now,
        next_try_at=work.now,
    )
    work.session.add(mail)
    work.session.flush()
    _add_files(work, mail.id, files)
    _record(work, "mail_queued", mail)
    return mail.id


def _add_files(work: UnitOfWork, mail_id: int, files: Sequence[MailFilePart]) -> None:
    if sum(len(one.content) for one in files) > MOST_BYTES:
        raise Invalid("files", "mail_too_large", most=MOST_BYTES // 2**20)
    for position, one in enumerate(files):
        work.session.add(
            MailFile(
                mail_id=mail_id,
                position=position,
                name=typed_line(one.name, "files", 200),
                media_type=one.media_type,
                content=one.content,
            )
        )
    work.session.flush()


def _recipients(given: Sequence[str]) -> list[str]:
    wanted = each_once(one.strip() for one in given if one.strip())
    if not wanted:
        raise Invalid("recipients", "missing")
    for one in wanted:
        if not is_address(one):
            raise Invalid("recipients", "not_an_address", address=one[:100])
    if len(wanted) > MOST_RECIPIENTS:
        raise Invalid("recipients", "too_many_recipients", most=MOST_RECIPIENTS)
    return wanted


def claim_mail(work: UnitOfWork, server: MailServer) -> Claimed | None:
    """Take the mail that waits longest, for this computer alone; None: none waits."""
    left_behind = and_(
        OutgoingMail.state == MailState.SENDING,
        OutgoingMail.claimed_at < work.now - CLAIM,
    )
    due = and_(
        OutgoingMail.state == MailState.QUEUED, OutgoingMail.next_try_at <= work.now
    )
    mail = work.session.scalar(
        select(OutgoingMail)
        .where(or_(due, left_behind))
        .order_by(OutgoingMail.next_try_at, OutgoingMail.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    if mail is None:
        return None
    mail.state = MailState.SENDING
    mail.claimed_at = work.now
    mail.tries += 1
    mail.sender = server.sender
    work.session.flush()
    return Claimed(mail.id, mail.tries, _as_handed_over(work, mail, server))


def _as_handed_over(work: UnitOfWork, mail: OutgoingMail, server: MailServer) -> Mail:
    files = work.session.execute(
        select(MailFile.name, MailFile.media_type, MailFile.content)
        .where(MailFile.mail_id == mail.id)
        .order_by(MailFile.position)
    )
    return Mail(
        key=str(mail.key),
        sender=server.sender,
        sender_name=server.sender_name,
        recipients=tuple(mail.recipients),
        subject=mail.subject,
        body=mail.body,
        at=mail.created_at,
        files=tuple(MailFilePart(*one) for one in files),
    )


def settle_mail(
    work: UnitOfWork, claimed: Claimed, refused: dict[str, str] | None = None
) -> None:
    """Write down that the server has a mail, and whom it did not take."""
    mail = _claimed(work, claimed)
    if mail is None:
        return
    mail.state = MailState.PARTLY if refused else MailState.SENT
    mail.refused = refused or {}
    mail.sent_at = work.now
    mail.problem = ""
    mail.next_try_at = None
    work.session.flush()
    _record(work, "mail_sent", mail, refused=sorted(refused or {}))
    if refused:
        _tell(work, mail, "mail_partly")


def mail_failed(
    work: UnitOfWork, claimed: Claimed, code: str, words: str, *, is_final: bool
) -> None:
    """Write down that a try failed, and when the next is; or that it is given up."""
    mail = _claimed(work, claimed)
    if mail is None:
        return
    again = None if is_final else next_try(mail.tries, work.now)
    mail.problem = f"{code} {words}".strip()
    mail.claimed_at = None
    mail.next_try_at = again
    mail.state = MailState.QUEUED if again else MailState.FAILED
    work.session.flush()
    if again is None:
        _record(work, "mail_failed", mail, problem=mail.problem)
        _tell(work, mail, "mail_failed")
    elif mail.tries == 1:
        _tell(work, mail, "mail_delayed")


def try_mail_again(work: UnitOfWork, mail_id: int) -> None:
    """Put a mail back in line now; those who have it already do not get it again."""
    somebody(work)
    mail = work.get(OutgoingMail, mail_id, for_update=True)
    if mail.state in (MailState.SENT, MailState.SENDING):
        raise Transition("mail_is_sent")
    if mail.state is MailState.PARTLY:
        mail.recipients = sorted(mail.refused)
        mail.refused = {}
    mail.state = MailState.QUEUED
    mail.tries = 0
    mail.next_try_at = work.now
    work.session.flush()
    _record(work, "mail_queued", mail)


def try_unsent_again(work: UnitOfWork) -> int:
    """Put every mail that is not sent back in line now; returns how many."""
    states = (MailState.QUEUED, MailState.FAILED, MailState.PARTLY)
    wanted = select(OutgoingMail.id).where(OutgoingMail.state.in_(states))
    mails = work.session.scalars(wanted.order_by(OutgoingMail.id)).all()
    for one in mails:
        try_mail_again(work, one)
    return len(mails)


def withdraw_mail(work: UnitOfWork, mail_id: int) -> None:
    """Take a mail out of the line; refuses (Transition) one that is gone."""
    somebody(work)
    mail = work.get(OutgoingMail, mail_id, for_update=True)
    if mail.state not in (MailState.QUEUED, MailState.FAILED):
        raise Transition("mail_is_sent")
    mail.state = MailState.WITHDRAWN
    mail.next_try_at = None
    work.session.flush()
    _record(work, "mail_withdrawn", mail)


def _claimed(work: UnitOfWork, claimed: Claimed) -> OutgoingMail | None:
    """Return the mail while the claim stands; another may have taken it over."""
    mail = work.get(OutgoingMail, claimed.id, for_update=True)
    stands = mail.state is MailState.SENDING and mail.tries == claimed.tries
    return mail if stands else None


def _tell(work: UnitOfWork, mail: OutgoingMail, kind: str) -> None:
    mark = f"{kind}:{mail.key}:{mail.tries}"
    tell_people(
        work,
        [mail.by_id],
        kind,
        mark,
        meeting_id=mail.meeting_id,
        words=mail.subject,
        also_actor=True,
    )


def _record(work: UnitOfWork, kind: str, mail: OutgoingMail, **details: object) -> None:
    told = {"mail": mail.id, "subject": mail.subject, "to": mail.recipients, **details}
    if mail.meeting_id is not None:
        work.record_meeting(kind, mail.meeting_id, told)
    else:
        work.record_house(kind, told)
