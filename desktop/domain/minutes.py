"""What the minutes of a session say, in codes, instants and seconds: no words.

The numbering is that of the agenda handed out. The screen and the paper read these
same rows; approved minutes are kept as such and never made again.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from desktop.domain.agenda import Head, ItemKind, LeaderRole, Outcome, RuleCode
from desktop.domain.agenda_sections import ActionRow, OpenActions, Side

AttendanceCode = Literal["invited", "present", "apology", "absent", "deputy"]
ItemFate = Literal["open", "done", "parked", "not_reached"]


@dataclass(frozen=True, slots=True)
class Attended:
    """One invited person and whether they came; ``deputy`` is who came instead."""

    name: str
    side: Side
    role: str | None
    state: AttendanceCode
    deputy: str | None = None


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """A decision, numbered within its session."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class MinutesItem:
    """An item as it went: what was said, decided and given to whom, in how long.

    ``title`` None means the words of its kind, made from ``rule``, ``counts`` and
    ``label`` as on the agenda. ``minutes`` were planned, ``spent_s`` were used.
    """

    number: int
    kind: ItemKind
    minutes: int
    spent_s: int
    outcome: Outcome
    leader_role: LeaderRole
    fate: ItemFate
    title: str | None = None
    leader: str | None = None
    section: str = ""
    said: str = ""
    decisions: tuple[DecisionRow, ...] = ()
    actions: tuple[ActionRow, ...] = ()
    references: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    rule: RuleCode | None = None
    counts: tuple[tuple[str, int], ...] = ()
    label: str = ""


@dataclass(frozen=True, slots=True)
class AddendumRow:
    """A correction made after the minutes were approved."""

    number: int
    text: str
    by: str
    at: datetime
    item_number: int | None = None


@dataclass(frozen=True, slots=True)
class MinutesPaper:
    """Whole minutes; ``approved_at`` None is a draft.

    ``actions`` are all that are open after the session, by owner; ``due_again`` those
    carried three times, which must be decided.
    """

    head: Head
    begun_at: datetime | None
    ended_at: datetime | None
    attendance: tuple[Attended, ...] = ()
    items: tuple[MinutesItem, ...] = ()
    actions: OpenActions = field(default_factory=OpenActions)
    closed: tuple[ActionRow, ...] = ()
    due_again: tuple[ActionRow, ...] = ()
    informed: tuple[str, ...] = ()
    next_at: datetime | None = None
    approved_at: datetime | None = None
    approved_by: str | None = None
    addenda: tuple[AddendumRow, ...] = ()
