"""What stands beside a request at the desk: checklist, approvals, canned texts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, aliased

from desktop.domain.approvals import DECIDING, ApprovalState
from desktop.domain.requests import OPEN_STATES, EntryKind
from desktop.entities.approvals import Approval
from desktop.entities.checklists import RequestCheck, ServiceCheck
from desktop.entities.journal import JournalEntry
from desktop.entities.requests import Request
from desktop.entities.units import Person
from desktop.entities.wordings import CannedText


@dataclass(frozen=True, slots=True)
class CheckRow:
    """A line of a request's checklist, and by whom it was done when."""

    id: int
    text: str
    is_needed: bool
    done_by: str
    done_at: datetime | None


@dataclass(frozen=True, slots=True)
class ApprovalRow:
    """One person's approval; ``delegate`` decides in the approver's place."""

    id: int
    request_id: int
    reference: str
    subject: str
    round: int
    step: int
    approver_id: int
    approver: str
    delegate_id: int | None
    delegate: str
    state: ApprovalState
    question: str
    due_at: datetime | None
    asked_by: str
    asked_at: datetime | None
    decided_by: str
    decided_at: datetime | None
    words: str

    @property
    def is_open(self) -> bool:
        """Tell whether it is decided neither way, and wanted still."""
        return self.state in DECIDING

    def is_for(self, person_id: int) -> bool:
        """Tell whether it is this person's turn to decide."""
        asked = self.state is ApprovalState.ASKED
        return asked and person_id in (self.approver_id, self.delegate_id)


@dataclass(frozen=True, slots=True)
class CannedRow:
    """A canned text; without ``person_id`` and ``unit_id`` it is everybody's."""

    id: int
    version: int
    name: str
    text: str
    person_id: int | None
    unit_id: int | None


@dataclass(frozen=True, slots=True)
class DeskSectionRows:
    """The checklist and the approvals of one request."""

    checklist: tuple[CheckRow, ...]
    approvals: tuple[ApprovalRow, ...]


def desk_sections(session: Session, request_id: int) -> DeskSectionRows:
    """Return what stands beside a request."""
    return DeskSectionRows(
        checklist(session, request_id), approvals_of(session, request_id)
    )


def checklist(session: Session, request_id: int) -> tuple[CheckRow, ...]:
    """Return the lines a request's service asks for, and what is done of them.

    A line retired since stays where it was done, a line reworded since in the words
    that were ticked.
    """
    rows = session.execute(
        select(
            ServiceCheck.id,
            ServiceCheck.text,
            ServiceCheck.is_needed,
            Person.name,
            RequestCheck.at,
        )
        .join(Request, Request.service_id == ServiceCheck.service_id)
        .outerjoin(
            RequestCheck,
            (RequestCheck.check_id == ServiceCheck.id)
            & (RequestCheck.request_id == Request.id),
        )
        .outerjoin(Person, Person.id == RequestCheck.person_id)
        .where(
            Request.id == request_id,
            or_(ServiceCheck.is_active, RequestCheck.id.is_not(None)),
        )
        .order_by(ServiceCheck.position, ServiceCheck.id)
    ).all()
    is_begun = any(row.at is not None for row in rows)
    ticked = _ticked_words(session, request_id) if is_begun else {}
    return tuple(
        CheckRow(
            check_id,
            ticked.get(check_id, words) if at is not None else words,
            is_needed,
            by or "",
            at,
        )
        for check_id, words, is_needed, by, at in rows
    )


def _ticked_words(session: Session, request_id: int) -> dict[int, str]:
    """Return the words each line was last ticked in, by its id."""
    entries = session.execute(
        select(JournalEntry.details, JournalEntry.text)
        .where(
            JournalEntry.request_id == request_id,
            JournalEntry.kind == EntryKind.CHECKED.value,
        )
        .order_by(JournalEntry.seq)
    )
    return {details["check"]: text for details, text in entries}


def approvals_of(session: Session, request_id: int) -> tuple[ApprovalRow, ...]:
    """Return a request's approvals, the latest round first, in the order asked."""
    wanted = _approvals().where(Approval.request_id == request_id)
    wanted = wanted.order_by(Approval.round.desc(), Approval.step, Approval.id)
    return tuple(ApprovalRow(*row) for row in session.execute(wanted))


def approvals_waiting(session: Session, person_id: int) -> tuple[ApprovalRow, ...]:
    """Return what somebody is asked to decide, the first due first."""
    wanted = _approvals().where(
        Approval.state == ApprovalState.ASKED,
        or_(Approval.approver_id == person_id, Approval.delegate_id == person_id),
        Request.state.in_(OPEN_STATES),
    )
    wanted = wanted.order_by(
        Approval.due_at.is_(None), Approval.due_at, Approval.asked_at
    )
    return tuple(ApprovalRow(*row) for row in session.execute(wanted))


def canned_texts(
    session: Session, person_id: int, unit_id: int | None
) -> tuple[CannedRow, ...]:
    """Return the canned texts somebody may use, by name; their own come first."""
    rows = session.scalars(
        select(CannedText)
        .where(
            or_(
                CannedText.person_id == person_id,
                CannedText.person_id.is_(None) & CannedText.unit_id.is_(None),
                CannedText.unit_id == unit_id,
            )
        )
        .order_by(CannedText.person_id.is_(None), CannedText.name, CannedText.id)
    )
    return tuple(
        CannedRow(one.id, one.version, one.name, one.text, one.person_id, one.unit_id)
        for one in rows
    )


_Approver, _Delegate, _Asker, _Decider = (
    aliased(Person),
    aliased(Person),
    aliased(Person),
    aliased(Person),
)


def _approvals() -> Any:
    return (
        select(
            Approval.id,
            Approval.request_id,
            Request.reference,
            Request.subject,
            Approval.round,
            Approval.step,
            Approval.approver_id,
            _Approver.name,
            Approval.delegate_id,
            func.coalesce(_Delegate.name, ""),
            Approval.state,
            Approval.question,
            Approval.due_at,
            _Asker.name,
            Approval.asked_at,
            func.coalesce(_Decider.name, ""),
            Approval.decided_at,
            Approval.words,
        )
        .join(Request, Request.id == Approval.request_id)
        .join(_Approver, _Approver.id == Approval.approver_id)
        .join(_Asker, _Asker.id == Approval.asked_by_id)
        .outerjoin(_Delegate, _Delegate.id == Approval.delegate_id)
        .outerjoin(_Decider, _Decider.id == Approval.decided_by_id)
    )
