"""What people do with a request, from taking it to confirming it is done.

Each function is one transaction. All refuse with NotFound, with Conflict when
``expected_version`` is no longer the stored one, with Transition when the step is not
allowed from the present state and with Forbidden when it is not the actor's step.
"""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select

from desktop.domain.errors import Conflict, Invalid, Transition
from desktop.domain.requests import (
    OPEN_STATES,
    STEPS,
    Audience,
    EntryKind,
    PendingReason,
    RequestState,
)
from desktop.domain.returns import ReturnReason
from desktop.entities.journal import JournalEntry
from desktop.entities.requests import Request
from desktop.entities.units import Person, Unit
from desktop.store.projection import project
from desktop.store.unit_of_work import UnitOfWork
from desktop.use_cases.approvals import refuse_while_approving
from desktop.use_cases.at_the_desk import somebody
from desktop.use_cases.checklists import refuse_unless_checked
from desktop.use_cases.links import (
    lock_whole,
    parts_below,
    refuse_unfinished,
    refuse_without_parts,
    tell_dependent,
)
from desktop.use_cases.other_side import refuse_too_late, write_rating
from desktop.use_cases.raising import PRIORITIES, told_for
from desktop.use_cases.stepping import recorded, running, step_on, waiting
from desktop.use_cases.typed_words import needed_text, typed_text


def take(
    work: UnitOfWork, request_id: int, *, expected_version: int | None = None
) -> int:
    """Take a request: the actor works on it from now on. Returns its version."""
    request = step_on(work, request_id, EntryKind.TAKEN, expected_version)
    me = somebody(work)
    if request.assignee_id is not None and request.assignee_id != me:
        owner = work.get(Person, request.assignee_id)
        raise Conflict("taken_by_other", name=owner.name)
    changes: dict[str, Any] = {"assignee": me}
    if request.state is RequestState.NEW:
        changes["state"] = RequestState.ACTIVE.value
    return recorded(work, EntryKind.TAKEN, request, changes)


def assign(
    work: UnitOfWork,
    request_id: int,
    person_id: int | None,
    *,
    expected_version: int | None = None,
) -> int:
    """Give a request to a colleague of the unit that has it, or to nobody."""
    request = step_on(work, request_id, EntryKind.ASSIGNED, expected_version)
    if person_id is not None and work.get(Person, person_id).unit_id != request.unit_id:
        raise Invalid("person", "not_of_this_unit")
    return recorded(work, EntryKind.ASSIGNED, request, {"assignee": person_id})


def hand_over(
    work: UnitOfWork,
    request_id: int,
    unit_id: int,
    note: str,
    *,
    person_id: int | None = None,
    reason: ReturnReason | None = None,
    expected_version: int | None = None,
) -> int:
    """Hand a request to another unit, with a note that says why.

    ``reason`` counts for who sent it, where it goes back to the front office.
    """
    request = step_on(work, request_id, EntryKind.HANDED_OVER, expected_version)
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
    is_return = unit.id == request.front_unit_id
    details = _why(reason) if is_return else {}
    return recorded(
        work, EntryKind.HANDED_OVER, request, changes, note, details=details
    )


def ask(
    work: UnitOfWork,
    request_id: int,
    question: str,
    *,
    reason: ReturnReason | None = None,
    expected_version: int | None = None,
) -> int:
    """Ask the front office; it has the ball until it answers.

    ``reason``: what was missing in what was sent, counted for who sent it.
    """
    request = step_on(work, request_id, EntryKind.ASKED, expected_version)
    if request.front_unit_id is None or request.front_unit_id == request.unit_id:
        raise Transition("nobody_to_ask")
    changes = waiting(PendingReason.FRONT_OFFICE)
    question = needed_text(question, "question")
    return recorded(
        work, EntryKind.ASKED, request, changes, question, details=_why(reason)
    )


def answer(
    work: UnitOfWork,
    request_id: int,
    words: str,
    *,
    expected_version: int | None = None,
) -> int:
    """Answer the back office's question; it has the ball again."""
    request = step_on(work, request_id, EntryKind.ANSWERED, expected_version)
    if request.pending is not PendingReason.FRONT_OFFICE:
        raise Transition("nothing_asked")
    text = needed_text(words, "answer")
    return recorded(work, EntryKind.ANSWERED, request, running(request), text)


def hold(
    work: UnitOfWork,
    request_id: int,
    reason: PendingReason,
    note: str = "",
    *,
    follow_up_at: datetime | None = None,
    expected_version: int | None = None,
) -> int:
    """Hold a request while somebody else has to act.

    At ``follow_up_at`` whoever has it is reminded, if it waits still; refused with
    Invalid when that is over, for nobody would be.
    """
    request = step_on(work, request_id, EntryKind.HELD, expected_version)
    if reason is PendingReason.FRONT_OFFICE:
        raise Invalid("reason", "ask_instead")
    if follow_up_at is not None and follow_up_at <= work.now:
        raise Invalid("follow_up", "is_over")
    if reason is PendingReason.PARTS:
        refuse_without_parts(work, request)
    changes, details = waiting(reason), {}
    if follow_up_at is not None:
        at = follow_up_at.astimezone(UTC).isoformat()
        changes["follow_up"] = details["follow_up_at"] = at
    note = typed_text(note, "note")
    return recorded(work, EntryKind.HELD, request, changes, note, details=details)


def resume(
    work: UnitOfWork,
    request_id: int,
    note: str = "",
    *,
    expected_version: int | None = None,
) -> int:
    """Go on with a held request."""
    request = step_on(work, request_id, EntryKind.RESUMED, expected_version)
    note = typed_text(note, "note")
    return recorded(work, EntryKind.RESUMED, request, running(request), note)


def comment(
    work: UnitOfWork,
    request_id: int,
    words: str,
    audience: Audience = Audience.BOTH,
    *,
    key: uuid.UUID | None = None,
) -> int:
    """Write to the other side, or a note only the unit that has it reads.

    The same ``key`` again, because the answer was lost, writes nothing more.
    """
    request = step_on(work, request_id, EntryKind.COMMENTED, None)
    text = needed_text(words, "comment")
    said = select(JournalEntry.id).where(JournalEntry.key == key)
    if key is not None and work.session.scalar(said) is not None:
        return request.version
    kind = EntryKind.COMMENTED
    work.record(kind, request, text=text, audience=audience, key=key)
    work.session.flush()
    return request.version


def tell_customer(
    work: UnitOfWork,
    request_id: int,
    words: str,
    due_at: datetime | None = None,
    *,
    how: str = "",
    price: str = "",
    expected_version: int | None = None,
) -> int:
    """Write down what the customer was told: for when, how, at what price."""
    request = step_on(work, request_id, EntryKind.TOLD, expected_version)
    request.told_text = needed_text(words, "told_text")
    request.told_due_at = due_at
    details = told_for(due_at, how, price)
    request.told_how = details.get("told_how", "")
    request.told_price = details.get("told_price", "")
    return recorded(
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
    request = step_on(work, request_id, EntryKind.PRIORITY_CHANGED, expected_version)
    if priority not in PRIORITIES:
        raise Invalid("priority", "not_a_choice")
    return recorded(
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
    despite_open: bool = False,
    expected_version: int | None = None,
) -> int:
    """Say that it is done, and what came of it.

    Refuses with Conflict what its checklist asks for first, and while somebody is
    still to agree; with Transition, naming them, while parts of it or what blocks it
    are open, unless ``despite_open``.
    """
    whole = lock_whole(work, request_id)
    request = step_on(work, request_id, EntryKind.RESOLVED, expected_version)
    refuse_unless_checked(work, request)
    refuse_while_approving(work, request)
    if not despite_open:
        refuse_unfinished(work, request)
    changes: dict[str, Any] = {"state": RequestState.RESOLVED.value}
    if request.assignee_id is None:
        changes["assignee"] = somebody(work)
    outcome = typed_text(outcome, "outcome")
    return _ended(work, EntryKind.RESOLVED, request, changes, outcome, whole)


def decline(
    work: UnitOfWork,
    request_id: int,
    reason: str,
    *,
    despite_open: bool = False,
    expected_version: int | None = None,
) -> int:
    """Say that it will not be done, and why; open parts refuse this as in `resolve`."""
    whole = lock_whole(work, request_id)
    request = step_on(work, request_id, EntryKind.DECLINED, expected_version)
    if not despite_open:
        refuse_unfinished(work, request)
    changes = {"state": RequestState.DECLINED.value}
    reason = needed_text(reason, "reason")
    return _ended(work, EntryKind.DECLINED, request, changes, reason, whole)


def reopen(
    work: UnitOfWork,
    request_id: int,
    reason: str,
    *,
    expected_version: int | None = None,
) -> int:
    """Send back what is not done after all; its clock goes on.

    Refuses with Transition (``reopen_too_late``, ``until``) what was resolved longer
    ago than its agreement allows; `other_side.follow_up` is the way on then.
    """
    request = step_on(work, request_id, EntryKind.REOPENED, expected_version)
    refuse_too_late(work, request)
    changes = {"state": RequestState.ACTIVE.value}
    reason = needed_text(reason, "reason")
    return recorded(work, EntryKind.REOPENED, request, changes, reason)


def confirm(
    work: UnitOfWork,
    request_id: int,
    words: str = "",
    *,
    is_top: bool | None = None,
    expected_version: int | None = None,
) -> int:
    """Confirm for the customer that it is done (or that the refusal was told).

    What its parts did is confirmed with it. ``is_top`` rates the work in the same
    step, with the words: it could not be better, or it could.
    """
    request = step_on(work, request_id, EntryKind.CONFIRMED, expected_version)
    changes = {"state": RequestState.CLOSED.value}
    text = typed_text(words, "comment")
    if is_top is not None and request.state is RequestState.RESOLVED:
        write_rating(work, request, is_top, text)
        text = ""
    version = recorded(work, EntryKind.CONFIRMED, request, changes, text)
    for part in parts_below(work, request, STEPS[EntryKind.CONFIRMED]):
        recorded(work, EntryKind.CONFIRMED, part, changes)
    return version


def cancel(
    work: UnitOfWork,
    request_id: int,
    reason: str,
    *,
    expected_version: int | None = None,
) -> int:
    """Withdraw a request and its open parts: the customer no longer needs it.

    No verdict is given.
    """
    whole = lock_whole(work, request_id)
    request = step_on(work, request_id, EntryKind.CANCELLED, expected_version)
    changes = {"state": RequestState.CANCELLED.value}
    reason = needed_text(reason, "reason")
    version = _ended(work, EntryKind.CANCELLED, request, changes, reason, whole)
    for part in parts_below(work, request, OPEN_STATES):
        _ended(work, EntryKind.CANCELLED, part, changes, reason, None)
    return version


def _why(reason: ReturnReason | None) -> dict[str, Any]:
    return {} if reason is None else {"reason": ReturnReason(reason).value}


def _ended(
    work: UnitOfWork,
    step: EntryKind,
    request: Request,
    changes: dict[str, Any],
    text: str,
    whole: Request | None,
) -> int:
    """Write the end of a request down, and tell those who waited for it."""
    version = recorded(work, step, request, changes, text)
    tell_dependent(work, request, whole)
    return version


def retime_open(work: UnitOfWork) -> int:
    """Read every open request's clocks anew after a rule changed; returns how many."""
    open_requests = work.session.scalars(select(Request).where(Request.is_open)).all()
    for request in open_requests:
        project(work.session, request, work.reference)
    return len(open_requests)
