"""What a session talks about besides its figures: rows from records, one per matter.

Instants are aware UTC datetimes, durations (`_s`) whole seconds. Codes only: the words
are made where the paper is made. Lists are capped; `total` counts also what is not
listed. A row's `subject` is that of the item it belongs to (`RunningItem.subject`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Literal

from desktop.domain.agenda_sections import Side
from desktop.domain.obstacles import ObstacleLine

OBSTACLES_SHOWN: Final = 10
CHANGES_SHOWN: Final = 12
REASONS_SHOWN: Final = 6

ChangeCode = Literal["closure", "agreement", "calendar", "service"]
ExceptionCode = Literal["approval", "declined"]
ReturnCode = Literal[
    "missing_fact", "missing_document", "wrong_service", "unclear", "other", ""
]
ServicePart = Literal["form", "checklist"]


@dataclass(frozen=True, slots=True)
class Obstacles:
    """The obstacles without an answer, the longest open first."""

    rows: tuple[ObstacleLine, ...] = ()
    total: int = 0
    overdue: int = 0


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """Something that changes before the next session.

    ``closure``: ``side`` (None: both) is closed from ``starts_at`` until ``ends_at``,
    which takes ``taken_s`` of open time. ``agreement``: version ``number`` comes into
    force at ``starts_at``. ``calendar``: the hours of ``side`` change then.
    ``service``: it is offered since ``starts_at``. ``name`` is the house's own.
    """

    code: ChangeCode
    name: str
    starts_at: datetime
    ends_at: datetime | None = None
    side: Side | None = None
    taken_s: int = 0
    number: int | None = None


@dataclass(frozen=True, slots=True)
class ChangesAhead:
    """What changes before the next session, by time."""

    rows: tuple[ChangeRow, ...] = ()
    total: int = 0


@dataclass(frozen=True, slots=True)
class ExceptionRow:
    """One rule an exception is asked from again and again: change the rule, yes or no?

    ``approval``: approvals asked for the service ``label`` in the period.
    ``declined``: requests declined for the reason ``label``, none of them granted.
    """

    code: ExceptionCode
    label: str
    asked: int
    granted: int
    refused: int
    references: tuple[str, ...] = ()
    subject: str = ""


@dataclass(frozen=True, slots=True)
class ReturnReasonRow:
    """How often one reason was named for sending back; `code` empty: none was."""

    code: ReturnCode
    count: int
    references: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SenderReturns:
    """What came back to the front unit in the period, counted for the sender.

    ``services`` are (name, times), most first. ``total`` counts returns, of which one
    request can have several.
    """

    reasons: tuple[ReturnReasonRow, ...] = ()
    services: tuple[tuple[str, int], ...] = ()
    total: int = 0
    requests: int = 0


@dataclass(frozen=True, slots=True)
class StandardRow:
    """A service whose form or checklist changed in the period: everybody must know."""

    service: str
    parts: tuple[ServicePart, ...]
    changed_at: datetime
    by: str = ""


@dataclass(frozen=True, slots=True)
class ImprovementRow:
    """An improvement that is to be proven before the next session.

    Values are shares, seconds or counts, as ``measure`` says; ``n`` is the baseline's.
    """

    title: str
    measure: str
    proof_on: date
    owner: str = ""
    baseline: float | None = None
    n: int = 0
    target: float | None = None


@dataclass(frozen=True, slots=True)
class RaisedRow:
    """Something a member raised for this session, or a session before parked.

    ``parked_in`` is the number of that session, None for what a member raised.
    """

    subject: str
    title: str
    by: str
    at: datetime
    notes: str = ""
    reference: str | None = None
    obstacle: int | None = None
    parked_in: int | None = None


@dataclass(frozen=True, slots=True)
class StuckAction:
    """An action carried so often that it has to be decided: do, drop or escalate."""

    id: int
    label: str
    text: str
    topic: str
    owner: str | None
    due: date | None
    carried: int
    request_id: int | None = None
