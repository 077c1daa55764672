"""What a list of requests can be narrowed by: fields, their codes, their terms."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final


class Field(StrEnum):
    """What can stand before a colon."""

    IS = "is"
    HAS = "has"
    UNIT = "unit"
    FROM = "from"
    SERVICE = "service"
    ASSIGNEE = "assignee"
    REQUESTER = "requester"
    CUSTOMER = "customer"
    FILE = "file"
    TOPIC = "topic"
    SITE = "site"
    CHANNEL = "channel"
    REF = "ref"
    STATE = "state"
    BALL = "ball"
    PENDING = "pending"
    PRIORITY = "priority"
    DUE = "due"
    RAISED = "raised"
    RESOLVED = "resolved"
    CHANGED = "changed"
    AGE = "age"


NAMED: Final = frozenset(
    {Field.UNIT, Field.FROM, Field.SERVICE, Field.ASSIGNEE, Field.REQUESTER}
)
"""Fields whose value is the name of something the house keeps."""

WORDED: Final = frozenset(
    {Field.CUSTOMER, Field.FILE, Field.TOPIC, Field.SITE, Field.CHANNEL}
)
"""Fields whose value is words a person wrote."""

DATED: Final = frozenset({Field.DUE, Field.RAISED, Field.RESOLVED, Field.CHANGED})

CODES: Final[dict[Field, tuple[str, ...]]] = {
    Field.IS: (
        *("open", "new", "active", "held", "done", "resolved", "closed", "declined"),
        *("cancelled", "overdue", "risk", "broken", "kept", "mine", "unassigned"),
        *("reopened", "returned", "urgent", "unread"),
    ),
    Field.HAS: (
        *("attachment", "customer", "due", "promise", "link", "approval", "rating"),
    ),
    Field.STATE: (
        *("new", "active", "pending", "resolved", "closed", "declined", "cancelled"),
    ),
    Field.BALL: ("front", "back", "customer", "third", "approver", "none"),
    Field.PENDING: (
        *("customer", "front_office", "third_party", "approval", "internal", "parts"),
        "other",
    ),
    Field.PRIORITY: ("1", "2", "3", "4", "none"),
    Field.DUE: ("overdue", "today", "tomorrow", "week", "later", "none"),
    Field.RAISED: ("today", "yesterday", "week", "month"),
    Field.RESOLVED: ("today", "yesterday", "week", "month", "none"),
    Field.CHANGED: ("today", "yesterday", "week", "month"),
    Field.ASSIGNEE: ("me", "nobody"),
    Field.REQUESTER: ("me", "nobody"),
}
"""The words that can stand after a field's colon, in the order they are offered."""

OTHER_NAMES: Final[dict[str, Field]] = {
    "front": Field.FROM,
    "to": Field.UNIT,
    "assigned": Field.ASSIGNEE,
    "by": Field.REQUESTER,
    "attachment": Field.FILE,
    "reference": Field.REF,
    "waiting": Field.PENDING,
    "created": Field.RAISED,
    "updated": Field.CHANGED,
}
OTHER_CODES: Final[dict[tuple[Field, str], str]] = {
    (Field.IS, "late"): "overdue",
    (Field.IS, "pending"): "held",
    (Field.IS, "waiting"): "held",
    (Field.IS, "at-risk"): "risk",
    (Field.IS, "atrisk"): "risk",
    (Field.IS, "nobody"): "unassigned",
    (Field.IS, "canceled"): "cancelled",
    (Field.HAS, "file"): "attachment",
    (Field.HAS, "attachments"): "attachment",
    (Field.STATE, "held"): "pending",
    (Field.STATE, "canceled"): "cancelled",
    (Field.PENDING, "front"): "front_office",
    (Field.PENDING, "third"): "third_party",
    (Field.DUE, "late"): "overdue",
    (Field.DUE, "thisweek"): "week",
    (Field.DUE, "never"): "none",
    (Field.ASSIGNEE, "none"): "nobody",
    (Field.REQUESTER, "none"): "nobody",
}


@dataclass(frozen=True, slots=True)
class Words:
    """Words to be found as typed; a phrase's words stand side by side."""

    text: str
    is_phrase: bool = False
    is_not: bool = False
    field: Field | None = None


@dataclass(frozen=True, slots=True)
class Coded:
    """A field that has one of these codes."""

    field: Field
    codes: tuple[str, ...]
    is_not: bool = False


@dataclass(frozen=True, slots=True)
class Named:
    """A unit, service or person that has one of these names, or one of these ids."""

    field: Field
    names: tuple[str, ...] = ()
    ids: tuple[int, ...] = ()
    is_not: bool = False


@dataclass(frozen=True, slots=True)
class Days:
    """An instant on or after one day, and before another (None: no bound)."""

    field: Field
    first: date | None
    before: date | None
    is_not: bool = False


@dataclass(frozen=True, slots=True)
class Older:
    """Raised at least, or at most, so long ago."""

    seconds: int
    is_younger: bool = False
    is_not: bool = False


Term = Words | Coded | Named | Days | Older
