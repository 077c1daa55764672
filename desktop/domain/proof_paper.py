"""What the printed proof of a promise shows: its clock, line by line, without words.

Instants are aware UTC datetimes, durations (`_s`) whole seconds.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from desktop.domain.agenda_sections import BallCode
from desktop.domain.proofs import ProofKind, ProofLine

ProofState = Literal["broken_open", "broken_done", "kept", "running", "held"]
PromiseKind = Literal["response", "resolution", "answer"]


@dataclass(frozen=True, slots=True)
class HolderOf:
    """Who had the request: a unit by `name`, else whoever the ball code says."""

    ball: BallCode
    name: str | None = None


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

    `holders` belongs to the clock's pauses: the holder of a held line is
    `holders[line.pause]`. `owner` promised to `promised_to`, whose clock this is.
    `due_without_holds` None: no hold moved the due time. `promised_by` None: held
    before it broke, so the due time is open.
    """

    reference: str
    kind: str
    owner: str
    promised_to: str
    promise: PromiseKind
    target_s: int
    state: ProofState
    used_s: int
    late_s: int
    lines: tuple[ProofLine, ...]
    data_as_at: datetime
    printed_at: datetime
    zone: str
    promised_by: datetime | None = None
    due_without_holds: datetime | None = None
    holders: tuple[HolderOf, ...] = ()
    journal: tuple[JournalLine, ...] = ()
    agreement: str | None = None
    agreement_version: int | None = None
    calendar: str | None = None
    place: str | None = None
    item: str | None = None  # "5.10" when it belongs to an agenda
    confidentiality: Literal["internal", "restricted", "public"] = "internal"

    def stretches(self) -> Iterator[ProofLine]:
        """Yield the lines that pass time: counted and held, as at the reading."""
        for line in self.lines:
            if line.kind in (ProofKind.COUNTED, ProofKind.HELD) and not line.is_ahead:
                yield line

    def held_by(self) -> tuple[tuple[HolderOf | None, int], ...]:
        """Sum working seconds by holder; None: the owner, whose time counts."""
        sums: dict[HolderOf | None, timedelta] = {None: timedelta()}
        for line in self.stretches():
            holder = self.holder_of(line)
            sums[holder] = sums.get(holder, timedelta()) + line.open_time
        return tuple((who, round(sums[who].total_seconds())) for who in sums)

    def holder_of(self, line: ProofLine) -> HolderOf | None:
        """Return who had the request in a line; None: the owner."""
        if line.kind is not ProofKind.HELD:
            return None
        if line.pause is None or line.pause >= len(self.holders):
            return HolderOf("unrecorded")
        return self.holders[line.pause]
