"""The sections of a printed agenda, one frozen object per kind of item.

Instants are aware UTC datetimes, durations (`_s`) whole seconds, shares 0..1. Codes
only: the words are made where the paper is made.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Literal

WORST_SHOWN: Final = 10
DUE_SHOWN: Final = 8
PING_PONG_SHOWN: Final = 6
GATHER_SHOWN: Final = 5
ACTIONS_SHOWN: Final = 20
SILENT_AFTER_S: Final = 10 * 3600
LONG_SILENT_S: Final = 40 * 3600
CARRIED_TOO_OFTEN: Final = 3

Side = Literal["front", "back"]
CauseCode = Literal["never_named", "named_then_silent", "too_long", "to_and_fro"]
BallCode = Literal[
    "back", "front", "customer", "third", "approver", "unrecorded", "none"
]
Form = Literal["share", "seconds", "count"]
ReadingCode = Literal[
    "worse",
    "better",
    "no_clear_change",
    "too_few",
    "more",  # a plain count: more than before
    "fewer",
    "same",
    "more_waiting",  # more hand-backs wait for an answer: a mark beside it
    "less_than_sent",  # resolved stays behind what was sent, by `difference`
    "more_than_sent",
    "more_than_doubled",
]
Measure = Literal[
    # back to front
    "kept",
    "broken",
    "turnaround_p50",
    "turnaround_p90",
    "reopened",
    "rated_top",
    # front to back
    "answers_kept",
    "answer_p50",
    "answer_p90",
    "first_time_right",
    "urgent",
    "handbacks_waiting",
    # flow
    "sent",
    "resolved",
    "open",
]
ScorecardPart = Literal["back_to_front", "front_to_back", "flow"]

MEASURE_FORMS: Final[dict[Measure, Form]] = {
    "kept": "share",
    "broken": "count",
    "turnaround_p50": "seconds",
    "turnaround_p90": "seconds",
    "reopened": "count",
    "rated_top": "share",
    "answers_kept": "share",
    "answer_p50": "seconds",
    "answer_p90": "seconds",
    "first_time_right": "share",
    "urgent": "share",
    "handbacks_waiting": "count",
    "sent": "count",
    "resolved": "count",
    "open": "count",
}
MEASURE_PARTS: Final[dict[ScorecardPart, tuple[Measure, ...]]] = {
    "back_to_front": (
        "kept",
        "broken",
        "turnaround_p50",
        "turnaround_p90",
        "reopened",
        "rated_top",
    ),
    "front_to_back": (
        "answers_kept",
        "answer_p50",
        "answer_p90",
        "first_time_right",
        "urgent",
        "handbacks_waiting",
    ),
    "flow": ("sent", "resolved", "open"),
}


@dataclass(frozen=True, slots=True)
class LastMinutes:
    """The session before this one; `number` None: there was none.

    `state` tells how far its minutes are: "" where it was not held, "draft", or
    "approved" at `approved_at`.
    """

    number: int | None = None
    held_at: datetime | None = None
    version: int | None = None
    sent_at: datetime | None = None
    actions: int = 0
    state: Literal["", "draft", "approved"] = ""
    approved_at: datetime | None = None
    decisions: int = 0


@dataclass(frozen=True, slots=True)
class ActionRow:
    """An open action; `due` is a civil date, `label` its number as people say it.

    `must_decide`: carried three times since it was last decided. `age_days` is for how
    long it stands, None where nobody wrote that down. "done" and "dropped" are told
    in minutes only.
    """

    label: str
    text: str
    topic: str
    owner: str | None
    due: date | None
    carried: int
    state: Literal["overdue", "due_today", "open", "done", "dropped"]
    age_days: int | None = None
    must_decide: bool = False
    escalated_to: str | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class OpenActions:
    """Open actions, overdue first; `total` counts also those not listed."""

    rows: tuple[ActionRow, ...] = ()
    total: int = 0
    overdue: int = 0


@dataclass(frozen=True, slots=True)
class ThanksRow:
    """What deserves thanks, with its figures.

    quick: `count` of `total` kept promises needed `seconds` or less of the unit.
    finished: the person `to` closed `count` of the `total` finished in the own unit.
    answered: `count` of `total` answered within `seconds`; share and median beside it.
    """

    side: Side
    code: Literal["quick", "finished", "answered"]
    to: str
    count: int
    total: int
    seconds: int | None = None
    share_before: float | None = None
    n_before: int = 0
    median_s: int | None = None


@dataclass(frozen=True, slots=True)
class Thanks:
    """Thanks to both sides and how many promises they were looked for in."""

    rows: tuple[ThanksRow, ...] = ()
    kept: int = 0
    answered: int = 0


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """A measure in both periods; None: not reached; see MEASURE_FORMS for its form.

    `difference` belongs to the reading: points of a share (0..1) or a count.
    `over_s`: a percentile that is not reached is over this (the longest running).
    """

    measure: Measure
    value: float | None
    n: int | None
    before: float | None
    n_before: int | None
    reading: ReadingCode
    difference: float | None = None
    over_s: int | None = None


@dataclass(frozen=True, slots=True)
class Scorecard:
    """Both directions on one yardstick; `judged` promises got a verdict."""

    rows: tuple[ScoreRow, ...] = ()
    judged: int = 0
    sent: int = 0
    resolved: int = 0


@dataclass(frozen=True, slots=True)
class BrokenRow:
    """One broken promise: who held the request how long, and the facts of its note.

    `ended_at` is None while it is open. Silence counts only working time.
    """

    request_id: int
    reference: str
    kind: str
    promised_by: datetime
    late_s: int
    ended_at: datetime | None
    back_s: int
    desk_s: int
    other_s: int
    cause: CauseCode
    sent_at: datetime
    turns: int
    times_back: int
    holder: str | None = None
    place: str | None = None
    last_act_at: datetime | None = None
    silent_s: int = 0


@dataclass(frozen=True, slots=True)
class GatherRow:
    """Where broken promises gather; `kinds` > 1 with kind None: so many other kinds."""

    kind: str | None
    broken: int
    open: int
    median_late_s: int
    never_named: int
    worst_reference: str
    kinds: int = 1


@dataclass(frozen=True, slots=True)
class BrokenPromises:
    """The worst, and where all of them gather; `n` judged, `n_before` before."""

    rows: tuple[BrokenRow, ...] = ()
    total: int = 0
    n: int = 0
    total_before: int = 0
    n_before: int = 0
    open: int = 0
    never_named: int = 0
    single_turn: int = 0
    median_late_s: int = 0
    worst_late_s: int = 0
    gather: tuple[GatherRow, ...] = ()


@dataclass(frozen=True, slots=True)
class DueRow:
    """A running promise that falls due before the next session, soonest first."""

    request_id: int
    reference: str
    kind: str
    used_s: int
    due_at: datetime
    left_s: int
    holder: str | None
    warned: bool


@dataclass(frozen=True, slots=True)
class NearRow:
    """A promise kept with little left."""

    reference: str
    used_s: int


@dataclass(frozen=True, slots=True)
class NearAndDue:
    """Near misses (used at least `warning_s`) and what falls due by `next_at`.

    `rows` the first eight, `rest` the others: reference and due time.
    """

    rows: tuple[DueRow, ...] = ()
    rest: tuple[tuple[str, datetime], ...] = ()
    warned: int = 0
    last_due_at: datetime | None = None
    near: tuple[NearRow, ...] = ()
    warning_s: int = 0
    target_s: int = 0
    next_at: datetime | None = None

    @property
    def total(self) -> int:
        """How many fall due, listed or not."""
        return len(self.rows) + len(self.rest)


@dataclass(frozen=True, slots=True)
class BallRow:
    """Who holds open requests; `longest_s` of working time there since `since`."""

    holder: BallCode
    open: int
    broken: int
    silent: int
    longest_reference: str | None = None
    since: datetime | None = None
    longest_s: int | None = None


@dataclass(frozen=True, slots=True)
class PingPongRow:
    """A request passed to and fro between the two units in the period."""

    reference: str
    kind: str
    passes: int
    back_to_front: int
    all_handovers: int
    back_s: int
    desk_s: int
    ball: BallCode


@dataclass(frozen=True, slots=True)
class BallAndPasses:
    """Where the ball is, and the ping-pong; `silent_after_s` as counted in rows."""

    rows: tuple[BallRow, ...] = ()
    ping_pong: tuple[PingPongRow, ...] = ()
    ping_pong_more: int = 0
    to_back: int = 0
    to_front: int = 0
    to_front_in_scope: int = 0
    open_before: int = 0
    open_before_at_back: int = 0
    silent_after_s: int = LONG_SILENT_S


@dataclass(frozen=True, slots=True)
class ReplayRow:
    """The period replayed under another target."""

    target_s: int
    kept: int
    broken: int
    in_force: bool = False

    @property
    def share(self) -> float | None:
        """Kept of all judged; None when nothing was judged."""
        judged = self.kept + self.broken
        return self.kept / judged if judged else None


@dataclass(frozen=True, slots=True)
class AgreementReplay:
    """The agreement in rotation; `calendar` is the calendar's own name.

    `name` is the agreement's own, where the two units have several.
    """

    target_s: int
    rows: tuple[ReplayRow, ...] = ()
    calendar: str | None = None
    wanted_share: float = 0.8
    name: str | None = None


@dataclass(frozen=True, slots=True)
class OtherBusiness:
    """The end of the session; `next_at` None: not yet planned."""

    next_at: datetime | None = None
