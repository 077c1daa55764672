"""What the printed agenda shows, in codes, instants, seconds and shares: no words.

Every instant is an aware UTC datetime, every duration (`_s`) is in whole seconds,
every share is 0..1 or None when there is nothing to divide. The evidence fills these
once; the paper and the screen read the same rows, so a sentence and a table can
never disagree. The sections are in `desktop.domain.agenda_sections`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Literal, TypeVar

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
from desktop.domain.agenda_topics import (
    ChangesAhead,
    ExceptionRow,
    ImprovementRow,
    Obstacles,
    RaisedRow,
    SenderReturns,
    StandardRow,
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
    "obstacles",
    "changes",
    "exceptions",
    "standards",
    "improvements",
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
    "member",  # raised by a member, or parked by a session before
]
RuleCode = Literal[
    "minutes",
    "standing",  # on every agenda of the series; label: its title
    "actions",  # open, overdue, carried too often
    "action_stuck",  # carried three times and undecided; label: the action's words
    "thanks",
    "scorecard",
    "broken",
    "pattern",  # the same kind broken three times or more; label: the kind
    "cause",  # behind a third of the broken, and three at least; label: its code
    "near",  # near misses, and what falls due before the next session
    "ball",  # who holds what, oldest first
    "ping_pong",  # passed to and fro at least three times each
    "returns",  # handed back or asked about, counted for the sender
    "return_reason",  # back for the same reason three times; label: its code
    "reopened",
    "obstacles",  # without an answer
    "agreement_missed",  # label: the agreement's name, where there are several
    "agreement_beaten",
    "agreement_rotation",
    "exceptions",  # asked for again and again
    "changes",  # closures, agreements, hours, services ahead; label: their names
    "standards",  # services whose form or checklist changed; label: their names
    "improvements",  # to be proven before the next session
    "raised",  # by a member beforehand; label: the title
    "parked",  # by a session before; label: the title
    "other_business",
]
ALWAYS: Final[frozenset[RuleCode]] = frozenset({"minutes", "other_business"})
"""Rules nobody can silence: without them it is no session."""
PartCode = Literal[
    "usual",  # what every candidate of its rule weighs; no figure
    "customers",  # figure: customers who were told a day and not served by it
    "promises",  # figure: promises broken
    "late",  # figure: seconds of working time they are late, added up
    "before",  # figure: as many broken in the period before
    "again",  # figure: how often it was on an agenda of the series before
    "open",  # figure: how many of them still wait
    "overdue",  # figure: how many are past their day
    "voices",  # figure: how many people said the same
    "turned",  # figure: what the series turned its rule to, in percent
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
class WeightPart:
    """One part of what a candidate weighs: what was counted, and what it adds."""

    code: PartCode
    figure: int
    points: float


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something the evidence proposes for the agenda, before a coordinator decides.

    `rule` is what found it, `kind` the section it prints. `subject` tells two
    candidates of one kind apart and stays the same from draft to draft, so a removed
    one stays removed. `counts` are the named figures of its one-line reason, `label`
    the house's own words in it. Standing ones are on every agenda. `parts` add up to
    `weight`. `after` is the kind it follows on paper, where a series says so;
    `leader_id` who leads it, where somebody is named; `source_id` the record it is
    made of (a raised item, an action, a standing item).
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
    parts: tuple[WeightPart, ...] = ()
    after: str | None = None
    leader_id: int | None = None
    source_id: int | None = None


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
    subject: str = ""  # tells items of one kind apart, the same in every version

    @property
    def reached(self) -> bool:
        """Whether its time-box fits into the session."""
        return self.starts_at is not None


ChangedCode = Literal[
    "added",
    "removed",
    "moved",  # figures: its number then and now
    "title",
    "minutes",  # figures: minutes then and now
    "outcome",
    "leader",
    "section",
    "note",
    "files",
    "length",  # of the session; figures: minutes then and now
    "start",  # of the session
    "place",  # of the session
]


@dataclass(frozen=True, slots=True)
class AgendaChange:
    """One thing that is not as in the version before.

    `item` is as it stands now (as it stood, where it was removed), `before` as it
    stood; both None where the session itself changed. `figures` are then and now.
    """

    code: ChangedCode
    item: RunningItem | None = None
    before: RunningItem | None = None
    figures: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class AgendaPaper:
    """A whole agenda; sections without an item in `items` are not printed.

    `raised` has a row for each item of the rules `raised` and `parked`, told apart by
    `subject`; `exceptions` all that the item of that kind asks about. `changed` is what
    differs from version `changed_since`, the last one handed out before this.
    """

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
    obstacles: Obstacles = field(default_factory=Obstacles)
    changes: ChangesAhead = field(default_factory=ChangesAhead)
    exceptions: tuple[ExceptionRow, ...] = ()
    returns: SenderReturns = field(default_factory=SenderReturns)
    standards: tuple[StandardRow, ...] = ()
    improvements: tuple[ImprovementRow, ...] = ()
    raised: tuple[RaisedRow, ...] = ()
    changed_since: int | None = None
    changed: tuple[AgendaChange, ...] = ()
