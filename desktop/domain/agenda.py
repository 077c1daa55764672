"""What the printed agenda shows, in codes, instants, seconds and shares: no words.

Every instant is an aware UTC datetime, every duration (`_s`) is in whole seconds,
every share is 0..1 or None when there is nothing to divide. The evidence fills these
once; the paper and the screen read the same rows, so a sentence and a table can
never disagree. The sections are in `desktop.domain.agenda_sections`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, TypeVar

from desktop.domain.agenda_sections import (
    AgreementReplay,
    BallAndPasses,
    BrokenPromises,
    LastMinutes,
    NearAndDue,
    OpenActions,
    OtherBusiness,
    Scorecard,
    Side,
    Thanks,
)

Outcome = Literal["decide", "inform", "unblock"]
LeaderRole = Literal["chair", "minute_taker", "coordinator", "front_lead", "back_lead"]
VerdictCode = Literal["stable", "improving", "under_pressure", "too_few"]
ItemKind = Literal[
    "minutes",
    "actions",
    "thanks",
    "scorecard",
    "broken",
    "near",
    "ball",
    "agreement",
    "topic",
    "other_business",
]
SourceCode = Literal[
    "standing",  # always on the agenda
    "log",  # figures of the period
    "overdue",  # count overdue of total open actions
    "broken",  # count broken promises
    "due",  # count falling due
    "open",  # count open requests
    "replay",  # the period under other targets
    "coordinator",  # added by hand
]
RuleCode = Literal[
    "minutes",
    "actions",  # open, overdue, carried too often
    "thanks",
    "scorecard",
    "broken",
    "pattern",  # the same kind broken three times or more; label: the kind
    "near",  # near misses, and what falls due before the next session
    "ball",  # who holds what, oldest first, and ping-pong
    "returns",  # handed back or asked about, counted for the sender
    "reopened",
    "agreement_missed",
    "agreement_beaten",
    "agreement_rotation",
    "changes",  # closures ahead; label: their names
    "other_business",
]
Row = TypeVar("Row")


def capped(rows: Sequence[Row], limit: int) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
    """Split rows into those shown (at most limit) and the rest, which is counted."""
    return tuple(rows[:limit]), tuple(rows[limit:])


# --- fitting the items into the session -------------------------------------------


@dataclass(frozen=True, slots=True)
class TimeBox:
    """Minutes wanted by one item; a fixed one (standing item) is placed first."""

    minutes: int
    fixed: bool = False
    weight: float = 0.0


@dataclass(frozen=True, slots=True)
class Fit:
    """Where each item starts, in minutes from the session's start; None: not reached.

    `used` is the sum of what is placed, `missing` the minutes the rest would need.
    """

    offsets: tuple[int | None, ...]
    used: int
    missing: int


def fit(boxes: Sequence[TimeBox], length: int) -> Fit:
    """Place time-boxes into `length` minutes: fixed ones, then by weight, then order.

    The order of the items never changes; what does not fit keeps its place in the
    list and gets no start. Raises ValueError for minutes below zero.
    """
    if length < 0 or any(box.minutes < 0 for box in boxes):
        raise ValueError("minutes cannot be negative")
    ranked = sorted(
        range(len(boxes)),
        key=lambda at: (not boxes[at].fixed, -boxes[at].weight, at),
    )
    placed: set[int] = set()
    used = 0
    for at in ranked:
        if used + boxes[at].minutes <= length:
            placed.add(at)
            used += boxes[at].minutes
    offsets: list[int | None] = []
    clock = 0
    for at, box in enumerate(boxes):
        offsets.append(clock if at in placed else None)
        clock += box.minutes if at in placed else 0
    return Fit(tuple(offsets), used, sum(box.minutes for box in boxes) - used)


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something the evidence proposes for the agenda, before a coordinator decides.

    `rule` is what found it, `kind` the section it prints. `subject` tells two
    candidates of one kind apart and stays the same from draft to draft, so a removed
    one stays removed. `counts` are the named figures of its one-line reason, `label`
    the house's own words in it. Standing ones are on every agenda.
    """

    rule: RuleCode
    kind: ItemKind
    subject: str
    weight: float
    counts: tuple[tuple[str, int], ...]
    request_ids: tuple[int, ...]
    outcome: Outcome
    leader_role: LeaderRole
    minutes: int
    label: str = ""
    is_standing: bool = False


# --- the head and page 1 ----------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Head:
    """Whose session, when, where, and what the paper was made from.

    `period_end` and `before_end` are exclusive. `published_at` is None for a draft.
    `zone` is an IANA name; every time on paper is told in it.
    """

    series: str
    number: int
    front: str
    back: str
    starts_at: datetime
    ends_at: datetime
    period_start: datetime
    period_end: datetime
    before_start: datetime
    before_end: datetime
    data_as_at: datetime
    printed_at: datetime
    zone: str
    version: int = 1
    published_at: datetime | None = None
    place: str | None = None
    chair: str | None = None
    minute_taker: str | None = None
    confidentiality: Literal["internal", "restricted", "public"] = "internal"


@dataclass(frozen=True, slots=True)
class Attendee:
    """One invited person; `role` is the user's own word; `name` None: to be named."""

    name: str | None
    side: Side
    role: str | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a unit kept its promises, this period and the one before."""

    unit: str
    side: Side
    code: VerdictCode
    share: float | None
    n: int
    share_before: float | None
    n_before: int
    promise_s: int


@dataclass(frozen=True, slots=True)
class Summary:
    """The figures behind the three sentences of page 1."""

    share: float | None
    share_before: float | None
    broken: int
    broken_open: int
    sent: int
    resolved: int
    open_before: int
    open_now: int
    open_at_back: int
    single_turn: int
    never_named: int


@dataclass(frozen=True, slots=True)
class RunningItem:
    """One line of the running order; `starts_at` None: not reached.

    `title` None means the words of its kind. `leader` is a name; without one the
    role is told. `count` and `total` belong to the source.
    """

    number: int
    kind: ItemKind
    minutes: int
    starts_at: datetime | None
    outcome: Outcome
    leader_role: LeaderRole
    source: SourceCode
    title: str | None = None
    leader: str | None = None
    count: int | None = None
    total: int | None = None
    note: str | None = None  # a coordinator's own words under the heading
    chair_note: str | None = None  # for the chair's copy alone
    section: str = ""  # heads the items from here on
    files: tuple[str, ...] = ()  # names of what goes with it
    rule: RuleCode | None = None  # what found it, with the figures of its reason
    counts: tuple[tuple[str, int], ...] = ()
    label: str = ""

    @property
    def reached(self) -> bool:
        """Whether its time-box fits into the session."""
        return self.starts_at is not None


@dataclass(frozen=True, slots=True)
class AgendaPaper:
    """A whole agenda; sections without an item in `items` are not printed."""

    head: Head
    attendance: tuple[Attendee, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    summary: Summary | None = None
    items: tuple[RunningItem, ...] = ()
    minutes: LastMinutes = field(default_factory=LastMinutes)
    actions: OpenActions = field(default_factory=OpenActions)
    thanks: Thanks = field(default_factory=Thanks)
    scorecard: Scorecard = field(default_factory=Scorecard)
    broken: BrokenPromises = field(default_factory=BrokenPromises)
    near: NearAndDue = field(default_factory=NearAndDue)
    ball: BallAndPasses = field(default_factory=BallAndPasses)
    agreement: AgreementReplay | None = None
    other: OtherBusiness = field(default_factory=OtherBusiness)
