"""The states of a request, the steps that are allowed, and who holds the ball."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Side(StrEnum):
    """Which half of the house a unit belongs to."""

    FRONT = "front"
    BACK = "back"


class RequestState(StrEnum):
    """Where a request stands."""

    NEW = "new"
    ACTIVE = "active"
    PENDING = "pending"
    RESOLVED = "resolved"
    CLOSED = "closed"
    DECLINED = "declined"
    CANCELLED = "cancelled"


class PendingReason(StrEnum):
    """Whom a held request waits for."""

    CUSTOMER = "customer"
    FRONT_OFFICE = "front_office"
    THIRD_PARTY = "third_party"
    APPROVAL = "approval"
    INTERNAL = "internal"
    PARTS = "parts"
    OTHER = "other"


class Ball(StrEnum):
    """Who has to move next."""

    FRONT = "front"
    BACK = "back"
    CUSTOMER = "customer"
    THIRD = "third"
    APPROVER = "approver"
    NONE = "none"


class Audience(StrEnum):
    """Who may read what was written."""

    BOTH = "both"
    INTERNAL = "internal"


class EntryKind(StrEnum):
    """What a journal entry about a request tells."""

    RAISED = "raised"
    TAKEN = "taken"
    ASSIGNED = "assigned"
    HANDED_OVER = "handed_over"
    ASKED = "asked"
    ANSWERED = "answered"
    HELD = "held"
    RESUMED = "resumed"
    COMMENTED = "commented"
    TOLD = "told"
    PRIORITY_CHANGED = "priority_changed"
    RESOLVED = "resolved"
    DECLINED = "declined"
    REOPENED = "reopened"
    CONFIRMED = "confirmed"
    CANCELLED = "cancelled"
    UPDATED = "updated"
    MOVED = "moved"
    REFUNDED = "refunded"
    UNDONE = "undone"
    SPLIT = "split"
    LINKED = "linked"
    UNLINKED = "unlinked"
    MERGED = "merged"
    PARTS_DONE = "parts_done"
    UNBLOCKED = "unblocked"
    UNASKED = "unasked"
    RATED = "rated"
    APPROVAL_ASKED = "approval_asked"
    APPROVED = "approved"
    APPROVAL_REFUSED = "approval_refused"
    APPROVAL_PASSED_ON = "approval_passed_on"
    APPROVAL_WITHDRAWN = "approval_withdrawn"
    CHECKED = "checked"
    UNCHECKED = "unchecked"
    ATTACHED = "attached"
    FILE_REMOVED = "file_removed"
    FILE_RESTORED = "file_restored"


OPEN_STATES: Final = frozenset(
    {RequestState.NEW, RequestState.ACTIVE, RequestState.PENDING}
)
ENDED_STATES: Final = frozenset(RequestState) - OPEN_STATES

# From which states each step may be taken. The one list: the windows enable their
# buttons by it and the use cases refuse by it.
STEPS: Final[dict[EntryKind, frozenset[RequestState]]] = {
    EntryKind.TAKEN: OPEN_STATES,
    EntryKind.ASSIGNED: OPEN_STATES,
    EntryKind.HANDED_OVER: OPEN_STATES,
    EntryKind.ASKED: frozenset({RequestState.NEW, RequestState.ACTIVE}),
    EntryKind.ANSWERED: frozenset({RequestState.PENDING}),
    EntryKind.HELD: frozenset({RequestState.NEW, RequestState.ACTIVE}),
    EntryKind.RESUMED: frozenset({RequestState.PENDING}),
    EntryKind.COMMENTED: frozenset(RequestState),
    EntryKind.TOLD: frozenset(RequestState),
    EntryKind.PRIORITY_CHANGED: OPEN_STATES,
    EntryKind.RESOLVED: OPEN_STATES,
    EntryKind.DECLINED: OPEN_STATES,
    EntryKind.REOPENED: frozenset({RequestState.RESOLVED, RequestState.DECLINED}),
    EntryKind.CONFIRMED: frozenset({RequestState.RESOLVED, RequestState.DECLINED}),
    EntryKind.CANCELLED: OPEN_STATES,
    EntryKind.SPLIT: OPEN_STATES,
    EntryKind.MERGED: OPEN_STATES,
    EntryKind.UNASKED: frozenset({RequestState.PENDING}),
    EntryKind.RATED: frozenset({RequestState.RESOLVED, RequestState.CLOSED}),
    EntryKind.APPROVAL_ASKED: frozenset({RequestState.NEW, RequestState.ACTIVE}),
    EntryKind.APPROVAL_WITHDRAWN: OPEN_STATES,
    EntryKind.CHECKED: OPEN_STATES,
    EntryKind.UNCHECKED: OPEN_STATES,
    EntryKind.ATTACHED: frozenset(RequestState),
    EntryKind.FILE_REMOVED: frozenset(RequestState),
    EntryKind.FILE_RESTORED: frozenset(RequestState),
}

# What can be taken back while nobody has acted since; the journal keeps both.
UNDOABLE: Final = frozenset(
    {
        EntryKind.TAKEN,
        EntryKind.ASSIGNED,
        EntryKind.HANDED_OVER,
        EntryKind.ASKED,
        EntryKind.ANSWERED,
        EntryKind.HELD,
        EntryKind.RESUMED,
        EntryKind.PRIORITY_CHANGED,
        EntryKind.RESOLVED,
        EntryKind.DECLINED,
        EntryKind.REOPENED,
        EntryKind.CONFIRMED,
        EntryKind.CANCELLED,
        EntryKind.UNASKED,
        EntryKind.MOVED,
    }
)

# Whose step it is: of the unit that has the request, of the front unit it is for, or
# of both.
STEPS_OF_HOLDER: Final = frozenset(
    {
        EntryKind.TAKEN,
        EntryKind.ASSIGNED,
        EntryKind.HANDED_OVER,
        EntryKind.ASKED,
        EntryKind.HELD,
        EntryKind.RESUMED,
        EntryKind.RESOLVED,
        EntryKind.DECLINED,
        EntryKind.SPLIT,
        EntryKind.UNASKED,
        EntryKind.APPROVAL_ASKED,
        EntryKind.APPROVAL_WITHDRAWN,
        EntryKind.CHECKED,
        EntryKind.UNCHECKED,
    }
)
STEPS_OF_FRONT: Final = frozenset(
    {
        EntryKind.ANSWERED,
        EntryKind.REOPENED,
        EntryKind.CONFIRMED,
        EntryKind.CANCELLED,
        EntryKind.TOLD,
        EntryKind.RATED,
    }
)

# What whoever holds the whole may do to its parts, beside those who may anyway.
STEPS_OF_WHOLE: Final = frozenset(
    {
        EntryKind.ANSWERED,
        EntryKind.COMMENTED,
        EntryKind.ATTACHED,
        EntryKind.REOPENED,
        EntryKind.CONFIRMED,
        EntryKind.CANCELLED,
    }
)

_BALL_OF_REASON: Final = {
    PendingReason.CUSTOMER: Ball.CUSTOMER,
    PendingReason.FRONT_OFFICE: Ball.FRONT,
    PendingReason.THIRD_PARTY: Ball.THIRD,
    PendingReason.APPROVAL: Ball.APPROVER,
}


def reference_of(prefix: str, number: int) -> str:
    """Return what the unit's request of a number is called: "LR-0132"."""
    return f"{prefix}-{number_of(number)}"


def number_of(number: int) -> str:
    """Return a request's number as its reference has it: "0132"."""
    return f"{number:04d}"


def ball_of(
    state: RequestState, pending: PendingReason | None, side: Side | None
) -> Ball:
    """Tell who has to move next.

    ``side`` is that of the unit the request lies with, ``None`` when no unit is
    recorded. A resolved or declined request lies with the front office, which
    confirms it or reopens it.
    """
    if state is RequestState.PENDING and pending in _BALL_OF_REASON:
        return _BALL_OF_REASON[pending]
    if state in OPEN_STATES:
        if side is None:
            return Ball.NONE
        return Ball.FRONT if side is Side.FRONT else Ball.BACK
    if state in (RequestState.RESOLVED, RequestState.DECLINED):
        return Ball.FRONT
    return Ball.NONE


def is_allowed(step: EntryKind, state: RequestState) -> bool:
    """Tell whether ``step`` may be taken by a request in ``state``."""
    return state in STEPS.get(step, frozenset())


def may_take_step(
    step: EntryKind,
    actor_unit: int | None,
    holder_unit: int | None,
    front_unit: int | None,
) -> bool:
    """Tell whether somebody of ``actor_unit`` may take ``step``.

    ``holder_unit`` has the request, ``front_unit`` asked for it.
    """
    if actor_unit is None:
        return False
    if step in STEPS_OF_HOLDER:
        return actor_unit == holder_unit
    if step in STEPS_OF_FRONT:
        return actor_unit == front_unit
    return actor_unit in (holder_unit, front_unit)
