"""What a window shows of mails: those of a session, those that wait, the server."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from desktop.domain.mail import MailServer
from desktop.entities.meetings import Meeting, SeriesMember
from desktop.entities.outgoing import MailFile, MailState, OutgoingMail
from desktop.entities.units import Person
from desktop.queries.house_settings import house_setting

SHOWN = 100


@dataclass(frozen=True, slots=True)
class MailRow:
    """A mail in a list; ``problem`` begins with a code, the server's words follow."""

    id: int
    subject: str
    recipients: tuple[str, ...]
    refused: tuple[tuple[str, str], ...]
    state: str
    created_at: datetime
    sent_at: datetime | None
    next_try_at: datetime | None
    tries: int
    problem: str
    files: int


@dataclass(frozen=True, slots=True)
class Unsent:
    """How many mails wait, how many did not reach everybody, and the last trouble.

    ``problem`` begins with a code, the server's words follow; empty where there was
    none. ``subject`` is that of the mail it is about, if it is about one.
    """

    waiting: int
    failed: int
    subject: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Addressee:
    """A member of a series; ``email`` is empty where none is known."""

    name: str
    email: str


@dataclass(frozen=True, slots=True)
class SendingTo:
    """What one needs to know before sending: to whom, through what, what went out."""

    members: tuple[Addressee, ...]
    server: MailServer | None
    mails: tuple[MailRow, ...]


def sending_to(session: Session, meeting_id: int) -> SendingTo:
    """Return whom a session's papers go to, and what was sent of it before."""
    return SendingTo(
        addressees_of(session, meeting_id),
        mail_server(session),
        mails_of(session, meeting_id),
    )


def mail_server(session: Session) -> MailServer | None:
    """Return the server the house sends through, None where none is set up."""
    kept = house_setting(session, "mail_server")
    if not isinstance(kept, dict):
        return None
    names = ("host", "port", "security", "user", "sender", "sender_name")
    return MailServer(**{name: kept[name] for name in names})


def mails_of(session: Session, meeting_id: int) -> tuple[MailRow, ...]:
    """Return the mails of a session, the newest first."""
    return _rows(session, OutgoingMail.meeting_id == meeting_id)


_WAITING = (MailState.QUEUED, MailState.SENDING)
_FAILED = (MailState.FAILED, MailState.PARTLY)


def unsent_mails(session: Session) -> tuple[MailRow, ...]:
    """Return the house's mails that wait, were given up or not taken by all.

    At most `SHOWN` of them, the newest; `unsent` counts them all.
    """
    return _rows(session, OutgoingMail.state.in_((*_WAITING, *_FAILED)))


def unsent(session: Session) -> Unsent:
    """Return how many of the house's mails are not sent, and why the last is not."""
    waiting, failed = _count(session, _WAITING), _count(session, _FAILED)
    told = OutgoingMail.state.in_(_FAILED) | (OutgoingMail.problem != "")
    unsent_ones = OutgoingMail.state.in_((*_WAITING, *_FAILED))
    for one in _rows(session, unsent_ones & told):
        if one.refused:
            address, answer = one.refused[0]
            problem = f"mail_not_by_all {address} {answer}"
            return Unsent(waiting, failed, one.subject, problem)
        if one.problem:
            return Unsent(waiting, failed, one.subject, one.problem)
    no_server = waiting and mail_server(session) is None
    return Unsent(waiting, failed, problem="mail_no_server" if no_server else "")


def is_mail_due(session: Session, now: datetime) -> bool:
    """Tell whether a mail waits to be sent now, or was left while being sent."""
    queued = (OutgoingMail.state == MailState.QUEUED) & (
        OutgoingMail.next_try_at <= now
    )
    wanted = select(OutgoingMail.id).where(
        or_(queued, OutgoingMail.state == MailState.SENDING)
    )
    return session.scalar(wanted.limit(1)) is not None


def addressees_of(session: Session, meeting_id: int) -> tuple[Addressee, ...]:
    """Return the members of a session's series in order, with their addresses."""
    rows = session.execute(
        select(Person.name, func.coalesce(Person.email, ""))
        .join(SeriesMember, SeriesMember.person_id == Person.id)
        .join(Meeting, Meeting.series_id == SeriesMember.series_id)
        .where(Meeting.id == meeting_id)
        .order_by(SeriesMember.position, Person.name)
    )
    return tuple(Addressee(*one) for one in rows)


def _count(session: Session, states: tuple[MailState, ...]) -> int:
    wanted = select(func.count()).where(OutgoingMail.state.in_(states))
    return session.scalar(wanted) or 0


def _rows(session: Session, narrowed: ColumnElement[bool]) -> tuple[MailRow, ...]:
    files = (
        select(func.count())
        .where(MailFile.mail_id == OutgoingMail.id)
        .scalar_subquery()
    )
    rows = session.execute(
        select(OutgoingMail, files)
        .where(narrowed)
        .order_by(OutgoingMail.created_at.desc(), OutgoingMail.id.desc())
        .limit(SHOWN)
    )
    return tuple(
        MailRow(
            id=one.id,
            subject=one.subject,
            recipients=tuple(one.recipients),
            refused=tuple(sorted(one.refused.items())),
            state=one.state.value,
            created_at=one.created_at,
            sent_at=one.sent_at,
            next_try_at=one.next_try_at,
            tries=one.tries,
            problem=one.problem,
            files=count,
        )
        for one, count in rows
    )
