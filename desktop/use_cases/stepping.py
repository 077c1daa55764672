"""What every step on a request begins and ends with: may it be taken, and written down.

A step refuses with NotFound, with Conflict when the expected version is no longer the
stored one, with Transition when it is not allowed from the present state and with
Forbidden when it is not the actor's step.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from desktop.domain.errors import Conflict, Forbidden, Transition
from desktop.domain.requests import (
    STEPS_OF_WHOLE,
    Audience,
    EntryKind,
    PendingReason,
    RequestState,
    is_allowed,
    may_take_step,
)
from desktop.entities.journal import JournalEntry
from desktop.entities.requests import Request
from desktop.entities.units import Person
from desktop.store.linked import whole_of
from desktop.store.unit_of_work import UnitOfWork


def step_on(
    work: UnitOfWork, request_id: int, step: EntryKind, expected: int | None
) -> Request:
    """Return the request a step is taken on, locked until the transaction ends."""
    # Locked until the end: of two who act at once, the second sees what the first did.
    request = work.get(Request, request_id, for_update=True)
    if expected is not None and request.version != expected:
        raise changed_by(work, request, step)
    if not is_allowed(step, request.state):
        raise Transition("step_not_allowed", step=step.value, state=request.state.value)
    if not _may_step(work, request, step):
        raise Forbidden("not_your_step", step=step.value)
    return request


def changed_by(
    work: UnitOfWork, request: Request, step: EntryKind | None = None
) -> Conflict:
    """Return the refusal of a step on what changed; it names who was first."""
    me = work.actor.person_id if work.actor is not None else None
    is_taken = step is EntryKind.TAKEN and request.assignee_id not in (None, me)
    last = select(JournalEntry.actor_id).where(JournalEntry.request_id == request.id)
    newest = last.order_by(JournalEntry.id.desc()).limit(1)
    by = request.assignee_id if is_taken else work.session.scalar(newest)
    if by is None or by == me:
        return Conflict("changed_meanwhile", reference=request.reference)
    name = work.get(Person, by).name
    if is_taken:
        return Conflict("taken_by_other", name=name)
    return Conflict("changed_by_other", name=name, reference=request.reference)


def _may_step(work: UnitOfWork, request: Request, step: EntryKind) -> bool:
    if work.actor is None or work.actor.unit_id is None:
        return False
    mine = work.actor.unit_id
    if may_take_step(step, mine, request.unit_id, request.front_unit_id):
        return True
    if step not in STEPS_OF_WHOLE:
        return False
    whole = whole_of(work.session, request.id)
    return whole is not None and work.get(Request, whole).unit_id == mine


def recorded(
    work: UnitOfWork,
    kind: EntryKind,
    request: Request,
    changes: Mapping[str, Any],
    text: str = "",
    *,
    audience: Audience = Audience.BOTH,
    details: Mapping[str, Any] | None = None,
) -> int:
    """Write a step into the journal; return the request's new version."""
    work.record(kind, request, changes, text=text, audience=audience, details=details)
    work.session.flush()
    return request.version


def waiting(reason: PendingReason) -> dict[str, Any]:
    """Return the changes that let a request wait."""
    return {"state": RequestState.PENDING.value, "pending": reason.value}


def running(request: Request) -> dict[str, Any]:
    """Return the changes that let a request go on."""
    state = RequestState.ACTIVE if request.assignee_id else RequestState.NEW
    return {"state": state.value, "pending": None}
