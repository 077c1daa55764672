"""Asking people to agree before a request goes on, and what they say."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from desktop.domain.approvals import DECIDING, ApprovalState, next_step, outcome_of
from desktop.domain.errors import Conflict, Forbidden, Invalid, Transition
from desktop.domain.requests import EntryKind, PendingReason
from desktop.entities.approvals import Approval
from desktop.entities.requests import Request
from desktop.entities.units import Person
from desktop.store.unit_of_work import UnitOfWork
from desktop.use_cases.at_the_desk import somebody
from desktop.use_cases.stepping import recorded, running, step_on, waiting
from desktop.use_cases.typed_words import needed_text, typed_text

MOST_APPROVERS = 20


def ask_approval(
    work: UnitOfWork,
    request_id: int,
    approvers: Sequence[Sequence[int]],
    question: str,
    *,
    due_at: datetime | None = None,
    expected_version: int | None = None,
) -> int:
    """Ask people to agree; the request waits for them. Returns its version.

    ``approvers`` are the steps in order, each a list of persons asked together: the
    next step is asked when everybody of the one before agreed. Refuses with Invalid
    without approvers, with one named twice or more than 20, with a deadline that is
    over; with Transition while others are still being asked.
    """
    request = step_on(work, request_id, EntryKind.APPROVAL_ASKED, expected_version)
    asker = somebody(work)
    refuse_while_approving(work, request)
    if due_at is not None and due_at <= work.now:
        raise Invalid("due_at", "is_over")
    steps = _checked(work, approvers, asker)
    words = needed_text(question, "question")
    _add_round(work, request_id, steps, words, due_at)
    changes = waiting(PendingReason.APPROVAL)
    return _record(
        work, EntryKind.APPROVAL_ASKED, request, changes, words, people=steps[0]
    )


def _add_round(
    work: UnitOfWork,
    request_id: int,
    steps: Sequence[Sequence[int]],
    question: str,
    due_at: datetime | None,
) -> None:
    """Write down who is asked now, and who later."""
    last = work.session.scalar(
        select(func.max(Approval.round)).where(Approval.request_id == request_id)
    )
    for step, people in enumerate(steps):
        is_first = step == 0
        work.session.add_all(
            Approval(
                request_id=request_id,
                round=(last or 0) + 1,
                step=step,
                approver_id=person_id,
                state=ApprovalState.ASKED if is_first else ApprovalState.WAITING,
                question=question,
                due_at=due_at,
                asked_by_id=somebody(work),
                asked_at=work.now if is_first else None,
            )
            for person_id in people
        )


def decide(
    work: UnitOfWork, approval_id: int, *, is_approved: bool, words: str = ""
) -> int:
    """Agree, or refuse with a reason, as approver or delegate.

    The last yes, and any no, gives the request back to whoever works on it. Returns
    the request's version.
    """
    approval, request = _open_one(work, approval_id)
    me = somebody(work)
    if me not in (approval.approver_id, approval.delegate_id):
        raise Forbidden("not_your_approval")
    approval.words = (
        typed_text(words, "words") if is_approved else needed_text(words, "reason")
    )
    approval.state = ApprovalState.APPROVED if is_approved else ApprovalState.REFUSED
    approval.decided_by_id, approval.decided_at = me, work.now
    round_ = _round(work, approval)
    outcome = outcome_of(one.state for one in round_)
    asked: list[int] = []
    if outcome is None:
        following = next_step((one.step, one.state) for one in round_)
        for one in round_:
            if one.step == following and one.state is ApprovalState.WAITING:
                one.state, one.asked_at = ApprovalState.ASKED, work.now
                asked.append(one.approver_id)
    else:
        _withdraw(work, round_)
    kind = EntryKind.APPROVED if is_approved else EntryKind.APPROVAL_REFUSED
    changes = {} if outcome is None else _going_on(request)
    return _record(work, kind, request, changes, approval.words, people=asked)


def pass_on_approval(
    work: UnitOfWork, approval_id: int, person_id: int, words: str = ""
) -> int:
    """Let somebody else decide in the approver's place; returns the version."""
    approval, request = _open_one(work, approval_id)
    if somebody(work) not in (approval.approver_id, approval.delegate_id):
        raise Forbidden("not_your_approval")
    person = work.get(Person, person_id)
    is_one_of_them = person_id in (approval.approver_id, approval.asked_by_id)
    if is_one_of_them or not (person.is_active and person.can_sign_in):
        raise Invalid("person", "cannot_approve", name=person.name)
    if any(
        person_id in (one.approver_id, one.delegate_id)
        for one in _round(work, approval)
    ):
        raise Invalid("person", "named_twice", name=person.name)
    approval.delegate_id = person_id
    return _record(
        work,
        EntryKind.APPROVAL_PASSED_ON,
        request,
        {},
        typed_text(words, "words"),
        people=[person_id],
    )


def withdraw_approval(
    work: UnitOfWork,
    request_id: int,
    reason: str = "",
    *,
    expected_version: int | None = None,
) -> int:
    """Ask nobody any more; the request goes on. Returns its version."""
    step = EntryKind.APPROVAL_WITHDRAWN
    request = step_on(work, request_id, step, expected_version)
    still = open_approvals(work, request_id)
    if not still:
        raise Transition("no_approval_open", reference=request.reference)
    _withdraw(work, still)
    return _record(
        work,
        EntryKind.APPROVAL_WITHDRAWN,
        request,
        _going_on(request),
        typed_text(reason, "reason"),
    )


def refuse_while_approving(work: UnitOfWork, request: Request) -> None:
    """Refuse with Conflict where somebody is still to agree."""
    still = open_approvals(work, request.id)
    if still:
        person = work.get(Person, still[0].delegate_id or still[0].approver_id)
        raise Conflict(
            "approval_is_open", reference=request.reference, name=person.name
        )


def open_approvals(work: UnitOfWork, request_id: int) -> list[Approval]:
    """Return the approvals of a request that are not decided."""
    return list(
        work.session.scalars(
            select(Approval)
            .where(Approval.request_id == request_id, Approval.state.in_(DECIDING))
            .order_by(Approval.step, Approval.id)
        )
    )


def _checked(
    work: UnitOfWork, approvers: Sequence[Sequence[int]], asker: int
) -> list[list[int]]:
    steps = [list(step) for step in approvers if step]
    everybody = [person for step in steps for person in step]
    if not everybody:
        raise Invalid("approvers", "missing")
    if len(everybody) > MOST_APPROVERS:
        raise Invalid("approvers", "too_many", most=MOST_APPROVERS)
    seen: set[int] = set()
    for person_id in everybody:
        person = work.get(Person, person_id)
        if person_id == asker or not person.is_active or not person.can_sign_in:
            raise Invalid("approvers", "cannot_approve", name=person.name)
        if person_id in seen:
            raise Invalid("approvers", "named_twice", name=person.name)
        seen.add(person_id)
    return steps


def _open_one(work: UnitOfWork, approval_id: int) -> tuple[Approval, Request]:
    # The request first: of two who decide at once, the second sees the first's word.
    request_id = work.get(Approval, approval_id).request_id
    request = work.get(Request, request_id, for_update=True)
    approval = work.get(Approval, approval_id)
    work.session.refresh(approval)
    if not request.is_open:
        raise Transition(
            "step_not_allowed",
            step=EntryKind.APPROVED.value,
            state=request.state.value,
        )
    if approval.state is not ApprovalState.ASKED:
        raise Conflict("approval_is_decided", reference=request.reference)
    return approval, request


def _round(work: UnitOfWork, approval: Approval) -> list[Approval]:
    return list(
        work.session.scalars(
            select(Approval).where(
                Approval.request_id == approval.request_id,
                Approval.round == approval.round,
            )
        )
    )


def _withdraw(work: UnitOfWork, approvals: Sequence[Approval]) -> None:
    for one in approvals:
        if one.state in DECIDING:
            one.state, one.decided_at = ApprovalState.WITHDRAWN, work.now


def _going_on(request: Request) -> dict[str, Any]:
    """Return what ends the wait for approval, if that is what is waited for."""
    if request.pending is not PendingReason.APPROVAL:
        return {}
    return running(request)


def _record(
    work: UnitOfWork,
    kind: EntryKind,
    request: Request,
    changes: dict[str, Any],
    words: str,
    people: Sequence[int] = (),
) -> int:
    details = {"people": list(people)} if people else {}
    return recorded(work, kind, request, changes, words, details=details)
