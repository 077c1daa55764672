"""What the printed proof of a promise shows: its clock, line by line, without words.

Instants are aware UTC datetimes, durations (`_s`) whole seconds.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from desktop.domain.agenda_sections import BallCode
from desktop.domain.agreements import Target
from desktop.domain.proofs import ProofKind, ProofLine

ProofState = Literal[
    "broken_open", "broken_done", "kept", "running", "held", "withdrawn"
]
PromiseKind = Literal["response", "update", "resolution", "answer"]


@dataclass(frozen=True, slots=True)
class HolderOf:
    """Who had the request: a unit by `name`, else whoever the ball code says."""

    ball: BallCode
    name: str | None = None


@dataclass(frozen=True, slots=True)
class ProofStretch:
    """One line of the proof; `_s` are whole seconds, `left_s` below zero is late.

    `holder` belongs to a held line; None is the owner, whose time counts. `closure`
    is the name of a closure's line, which may be empty.
    """

    kind: ProofKind
    start: datetime
    end: datetime
    open_s: int
    counted_s: int
    used_s: int
    left_s: int
    is_ahead: bool = False
    holder: HolderOf | None = None
    closure: str = ""

    @property
    def is_late(self) -> bool:
        """Say whether it counts time beyond the promise."""
        return self.kind is ProofKind.COUNTED and self.left_s < 0

    @classmethod
    def of(cls, line: ProofLine, holder: HolderOf | None = None) -> "ProofStretch":
        """Take a line of the clock, and who had the request while it was held."""
        closure = line.closure.closure.name if line.closure is not None else ""
        return cls(
            kind=line.kind,
            start=line.start,
            end=line.end,
            open_s=_whole(line.open_time),
            counted_s=_whole(line.counted),
            used_s=_whole(line.used),
            left_s=_whole(line.left),
            is_ahead=line.is_ahead,
            holder=holder,
            closure=closure,
        )


def _whole(duration: timedelta) -> int:
    """Return whole seconds, towards zero."""
    return int(duration.total_seconds())


@dataclass(frozen=True, slots=True)
class JournalLine:
    """A journal entry behind the proof: when, with which unit, in which state.

    `waits_for` is the pending reason of a state `pending`.
    """

    at: datetime
    unit: str | None
    state: str
    waits_for: str | None = None


@dataclass(frozen=True, slots=True)
class ProofPaper:
    """A promise, its clock's lines, who held it, and the entries behind them.

    `owner` promised to `promised_to`, whose clock this is: `target`, which comes to
    `target_s` of open time from its start.
    `due_without_holds` None: not told. `promised_by` None: held
    before it broke, so the due time is open.
    """

    reference: str
    kind: str
    owner: str
    promised_to: str
    promise: PromiseKind
    target: Target
    target_s: int
    state: ProofState
    used_s: int
    late_s: int
    lines: tuple[ProofStretch, ...]
    data_as_at: datetime
    printed_at: datetime
    zone: str
    promised_by: datetime | None = None
    due_without_holds: datetime | None = None
    journal: tuple[JournalLine, ...] = ()
    agreement: str | None = None
    agreement_version: int | None = None
    calendar: str | None = None
    place: str | None = None
    item: str | None = None  # "5.10" when it belongs to an agenda
    confidentiality: Literal["internal", "restricted", "public"] = "internal"

    def held_by(self) -> tuple[tuple[HolderOf | None, int], ...]:
        """Sum working seconds by holder, as at the reading; None: the owner."""
        sums: dict[HolderOf | None, int] = {None: 0}
        for line in self.lines:
            if line.kind in (ProofKind.COUNTED, ProofKind.HELD) and not line.is_ahead:
                sums[line.holder] = sums.get(line.holder, 0) + line.open_s
        return tuple(sums.items())
