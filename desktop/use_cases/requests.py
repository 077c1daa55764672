"""What people do with a request, from taking it to confirming it is done.

Each function is one transaction. All refuse with NotFound, with Conflict when
``expected_version`` is no longer the stored one, with Transition when the step is not
allowed from the present state and with Forbidden when it is not the actor's step.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select

from desktop.domain.errors import Conflict, Forbidden, Invalid, Transition
from desktop.domain.requests import (
    Audience,
    EntryKind,
    PendingReason,
    RequestState,
    is_allowed,
    may_take_step,
)
from desktop.entities.requests import Request
from desktop.entities.units import Person, Unit
from desktop.store.projection import project
from desktop.store.unit_of_work import UnitOfWork
from desktop.use_cases.raising import PRIORITIES, told_for
from desktop.use_cases.typed_words import needed_text, typed_text


def take(
    work: UnitOfWork, request_id: int, *, expected_version: int | None = None
) -> int:
    """Take a request: the actor works on it from now on. Returns its version."""
    request = _step(work, request_id, EntryKind.TAKEN, expected_version)
    me = _actor_id(work)
    if request.assignee_id is not None and request.assignee_id != me:
        owner = work.get(Person, request.assignee_id)
        raise Conflict("taken_by_other", name=owner.name)
    changes: dict[str, Any] = {"assignee": me}
    if request.state is RequestState.NEW:
        changes["state"] = RequestState.ACTIVE.value
    return _record(work, EntryKind.TAKEN, request, changes)


def assign(
    work: UnitOfWork,
    request_id: int,
    person_id: int | None,
    *,
    expected_version: int | None = None,
) -> int:
    """Give a request to a colleague of the unit that has it, or to nobody."""
    request = _step(work, request_id, EntryKind.ASSIGNED, expected_version)
    if person_id is not None and work.get(Person, person_id).unit_id != request.unit_id:
        raise Invalid("person", "not_of_this_unit")
    return _record(work, EntryKind.ASSIGNED, request, {"assignee": person_id})


def hand_over(
    work: UnitOfWork,
    request_id: int,
    unit_id: int,
    note: str,
    *,
    person_id: int | None = None,
    expected_version: int | None = None,
) -> int:
    """Hand a request to another unit, with a note that says why."""
    request = _step(work, request_id, EntryKind.HANDED_OVER, expected_version)
    unit = work.get(Unit, unit_id)
    if unit.id == request.unit_id:
        raise Invalid("unit", "has_it_already", name=unit.name)
    if person_id is not None and work.get(Person, person_id).unit_id != unit.id:
        raise Invalid("person", "not_of_this_unit")
    changes = {
        "unit": unit.id,
        "from_unit": request.unit_id,
        "assignee": person_id,
        "state": (RequestState.ACTIVE if person_id else RequestState.NEW).value,
        "pending": None,
    }
    note = needed_text(note, "note")
    return _record(work, EntryKind.HANDED_OVER, request, changes, note)


def ask(
    work: UnitOfWork,
    request_id: int,
    question: str,
    *,
    expected_version: int | None = None,
) -> int:
    """Ask the front office; it has the ball until it answers."""
    request = _step(work, request_id, EntryKind.ASKED, expected_version)
    if request.front_unit_id is None or request.front_unit_id == request.unit_id:
        raise Transition("nobody_to_ask")
    changes = _waiting(PendingReason.FRONT_OFFICE)
    question = needed_text(question, "question")
    return _record(work, EntryKind.ASKED, request, changes, question)


def answer(
    work: UnitOfWork,
    request_id: int,
    words: str,
    *,
    expected_version: int | None = None,
) -> int:
    """Answer the back office's question; it has the ball again."""
    request = _step(work, request_id, EntryKind.ANSWERED, expected_version)
    if request.pending is not PendingReason.FRONT_OFFICE:
        raise Transition("nothing_asked")
    text = needed_text(words, "answer")
    return _record(work, EntryKind.ANSWERED, request, _running(request), text)


def hold(
    work: UnitOfWork,
    request_id: int,
    reason: PendingReason,
    note: str = "",
    *,
    follow_up_at: datetime | None = None,
    expected_version: int | None = None,
) -> int:
    """Hold a request while somebody else has to act."""
    request = _step(work, request_id, EntryKind.HELD, expected_version)
    if reason is PendingReason.FRONT_OFFICE:
        raise Invalid("reason", "ask_instead")
    details = (
        {"follow_up_at": follow_up_at.astimezone(UTC).isoformat()}
        if follow_up_at
        else {}
    )
    return _record(
        work,
        EntryKind.HELD,
        request,
        _waiting(reason),
        typed_text(note, "note"),
        details=details,
    )


def resume(
    work: UnitOfWork,
    request_id: int,
    note: str = "",
    *,
    expected_version: int | None = None,
) -> int:
    """Go on with a held request."""
    request = _step(work, request_id, EntryKind.RESUMED, expected_version)
    note = typed_text(note, "note")
    return _record(work, EntryKind.RESUMED, request, _running(request), note)


def comment(
    work: UnitOfWork,
    request_id: int,
    words: str,
    audience: Audience = Audience.BOTH,
) -> int:
    """Write to the other side, or a note only the unit that has it reads."""
    request = _step(work, request_id, EntryKind.COMMENTED, None)
    text = needed_text(words, "comment")
    return _record(work, EntryKind.COMMENTED, request, {}, text, audience=audience)


def tell_customer(
    work: UnitOfWork,
    request_id: int,
    words: str,
    due_at: datetime | None = None,
    *,
    expected_version: int | None = None,
) -> int:
    """Write down what the customer was told, and for when."""
    request = _step(work, request_id, EntryKind.TOLD, expected_version)
    request.told_text = needed_text(words, "told_text")
    request.told_due_at = due_at
    details = told_for(due_at)
    return _record(
        work, EntryKind.TOLD, request, {}, request.told_text, details=details
    )


def change_priority(
    work: UnitOfWork,
    request_id: int,
    priority: int,
    reason: str,
    *,
    expected_version: int | None = None,
) -> int:
    """Change how urgent a request is; its targets count from the start anew."""
    request = _step(work, request_id, EntryKind.PRIORITY_CHANGED, expected_version)
    if priority not in PRIORITIES:
        raise Invalid("priority", "not_a_choice")
    return _record(
        work,
        EntryKind.PRIORITY_CHANGED,
        request,
        {"priority": priority},
        needed_text(reason, "reason"),
    )


def resolve(
    work: UnitOfWork,
    request_id: int,
    outcome: str = "",
    *,
    expected_version: int | None = None,
) -> int:
    """Say that it is done, and what came of it."""
    request = _step(work, request_id, EntryKind.RESOLVED, expected_version)
    changes: dict[str, Any] = {"state": RequestState.RESOLVED.value}
    if request.assignee_id is None:
        changes["assignee"] = _actor_id(work)
    outcome = typed_text(outcome, "outcome")
    return _record(work, EntryKind.RESOLVED, request, changes, outcome)


def decline(
    work: UnitOfWork,
    request_id: int,
    reason: str,
    *,
    expected_version: int | None = None,
) -> int:
    """Say that it will not be done, and why."""
    request = _step(work, request_id, EntryKind.DECLINED, expected_version)
    changes = {"state": RequestState.DECLINED.value}
    reason = needed_text(reason, "reason")
    return _record(work, EntryKind.DECLINED, request, changes, reason)


def reopen(
    work: UnitOfWork,
    request_id: int,
    reason: str,
    *,
    expected_version: int | None = None,
) -> int:
    """Send back what is not done after all; its clock goes on."""
    request = _step(work, request_id, EntryKind.REOPENED, expected_version)
    changes = {"state": RequestState.ACTIVE.value}
    reason = needed_text(reason, "reason")
    return _record(work, EntryKind.REOPENED, request, changes, reason)


def confirm(
    work: UnitOfWork,
    request_id: int,
    words: str = "",
    *,
    expected_version: int | None = None,
) -> int:
    """Confirm for the customer that it is done (or that the refusal was told)."""
    request = _step(work, request_id, EntryKind.CONFIRMED, expected_version)
    changes = {"state": RequestState.CLOSED.value}
    return _record(
        work, EntryKind.CONFIRMED, request, changes, typed_text(words, "comment")
    )


def cancel(
    work: UnitOfWork,
    request_id: int,
    reason: str,
    *,
    expected_version: int | None = None,
) -> int:
    """Withdraw a request: the customer no longer needs it. No verdict is given."""
    request = _step(work, request_id, EntryKind.CANCELLED, expected_version)
    changes = {"state": RequestState.CANCELLED.value}
    reason = needed_text(reason, "reason")
    return _record(work, EntryKind.CANCELLED, request, changes, reason)


def retime_open(work: UnitOfWork) -> int:
    """Read every open request's clocks anew after a rule changed; returns how many."""
    open_requests = work.session.scalars(select(Request).where(Request.is_open)).all()
    for request in open_requests:
        project(work.session, request, work.reference)
    return len(open_requests)


def _step(
    work: UnitOfWork, request_id: int, step: EntryKind, expected: int | None
) -> Request:
    # Locked until the end: of two who act at once, the second sees what the first did.
    request = work.get(Request, request_id, for_update=True)
    if expected is not None and request.version != expected:
        raise Conflict("changed_meanwhile", reference=request.reference)
    if not is_allowed(step, request.state):
        raise Transition("step_not_allowed", step=step.value, state=request.state.value)
    actor = work.actor
    if actor is None or not may_take_step(
        step, actor.unit_id, request.unit_id, request.front_unit_id
    ):
        raise Forbidden("not_your_step", step=step.value)
    return request


def _record(
    work: UnitOfWork,
    kind: EntryKind,
    request: Request,
    changes: Mapping[str, Any],
    text: str = "",
    *,
    audience: Audience = Audience.BOTH,
    details: Mapping[str, Any] | None = None,
) -> int:
    work.record(kind, request, changes, text=text, audience=audience, details=details)
    work.session.flush()
    return request.version


def _actor_id(work: UnitOfWork) -> int:
    if work.actor is None:
        raise Forbidden("nobody_at_the_desk")
    return work.actor.person_id


def _waiting(reason: PendingReason) -> dict[str, Any]:
    return {"state": RequestState.PENDING.value, "pending": reason.value}


def _running(request: Request) -> dict[str, Any]:
    state = RequestState.ACTIVE if request.assignee_id else RequestState.NEW
    return {"state": state.value, "pending": None}
