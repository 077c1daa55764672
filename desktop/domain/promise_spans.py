"""From when until when the clocks of one unit's promise run, by its agreement's rules.

A reopening, a new priority and a return to the unit may begin new clocks: of the
response and of the resolution alike. After a reopening they begin when the unit has
the request again; one that never gets it back owes nothing more. Every word to the
other side, and every reopening, begins the next "keep informed" one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from desktop.domain.agreements import AgreementTerms, OnChange, TargetKind
from desktop.domain.clocks import Pause
from desktop.domain.history import History, Leg
from desktop.domain.requests import ENDED_STATES, PendingReason


class PauseCause(StrEnum):
    """Why a promise's clock did not run: the label of its pauses."""

    ELSEWHERE = "elsewhere"
    WAITING = "waiting"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class PauseLabel:
    """Says of a pause why it was one, and who had the request meanwhile."""

    cause: PauseCause
    unit: int | None
    reason: PendingReason | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """One clock's life: from its start until what it promised was done, or is not.

    ``is_superseded``: it did not end, another clock took its place.
    """

    start: datetime
    stop: datetime | None
    is_superseded: bool = False


def runs_of(
    history: History, leg: Leg, kind: TargetKind, terms: AgreementTerms
) -> Iterator[Run]:
    """Yield the clocks of one kind of a unit whose promise began with ``leg``."""
    cuts: list[Run] = []
    if kind is TargetKind.UPDATE or terms.at_reopen is OnChange.RESTART:
        cuts += _ended(history, leg)
    if kind is TargetKind.UPDATE:
        cuts += [
            Run(word.at, word.at)
            for word in history.words
            if word.unit == leg.unit and word.at > leg.start
        ]
    else:
        if terms.at_unit is OnChange.RESTART:
            cuts += _away(history, leg)
        if terms.at_priority is OnChange.RESTART:
            cuts += _new_priorities(history, leg.start)
    runs = _cut(leg.start, history.ended_at, cuts)
    yield from _answered(history, leg, runs) if kind is TargetKind.RESPONSE else runs


def priority_of(
    history: History,
    terms: AgreementTerms,
    start: datetime,
    stop: datetime | None,
) -> int | None:
    """Return the priority that sets the target of a clock."""
    if terms.at_priority is not OnChange.RECOMPUTE:
        return history.priority_at(start)
    return history.priority if stop is None else history.priority_at(stop)


def pauses_of(
    history: History,
    unit: int,
    run: Run,
    terms: AgreementTerms,
    kind: TargetKind,
) -> tuple[Pause, ...]:
    """Return when the clock did not run between its start and its stop."""
    pauses: list[Pause] = []
    counts_ended = terms.at_reopen is OnChange.RECOMPUTE
    counts_elsewhere = terms.at_unit is OnChange.RECOMPUTE
    for stretch in history.stretches:
        if stretch.end is not None and stretch.end <= run.start:
            continue
        if run.stop is not None and stretch.start >= run.stop:
            break
        label = None
        if stretch.state in ENDED_STATES:
            if not counts_ended:
                label = PauseLabel(PauseCause.ENDED, stretch.unit)
        elif stretch.unit != unit:
            if not counts_elsewhere:
                label = PauseLabel(PauseCause.ELSEWHERE, stretch.unit, stretch.pending)
        elif stretch.pending and terms.is_held_by(kind, stretch.pending):
            label = PauseLabel(PauseCause.WAITING, stretch.unit, stretch.pending)
        if label is None:
            continue
        last = pauses[-1] if pauses else None
        if last and last.label == label and last.end == stretch.start:
            pauses[-1] = Pause(last.start, stretch.end, label)
        else:
            pauses.append(Pause(max(stretch.start, run.start), stretch.end, label))
    return tuple(pauses)


def _cut(start: datetime, end: datetime | None, cuts: Iterable[Run]) -> Iterator[Run]:
    """Cut a clock's life in pieces; a cut goes from one's stop to the next's start.

    Where changes overlap, as with a new priority while it lies elsewhere, the first
    one counts. After a cut without a stop there is no next one.
    """
    for cut in sorted(cuts, key=lambda one: one.start):
        if cut.start < start:
            continue
        yield Run(start, cut.start, cut.is_superseded)
        if cut.stop is None:
            return
        start = cut.stop
    yield Run(start, end)


def _answered(history: History, leg: Leg, runs: Iterable[Run]) -> Iterator[Run]:
    """Stop response clocks at the unit's first act, in whichever of its stays.

    A new priority asks for no second response. Somebody else's taking it away is
    none, so the clock that begins when it comes back takes the place of the first.
    """
    acts = sorted(_acts(history, leg))
    is_answered = was_superseded = False
    for run in runs:
        if is_answered and was_superseded:
            was_superseded = run.is_superseded
            continue
        act = next((one for one in acts if one >= run.start), None)
        is_answered = act is not None and (run.stop is None or act <= run.stop)
        was_superseded = run.is_superseded
        if is_answered:
            yield Run(run.start, act)
        elif run.stop in _ends(history):
            yield run
        else:
            yield replace(run, is_superseded=run.stop is not None)


def _acts(history: History, leg: Leg) -> Iterator[datetime]:
    """Yield a unit's first act in each of its stays, and after each reopening."""
    for one in history.legs:
        if one.unit == leg.unit and one.start >= leg.start and one.acted_at:
            yield one.acted_at
    for again in history.reopenings:
        if again.unit == leg.unit and again.acted_at:
            yield again.acted_at


def _ends(history: History) -> set[datetime | None]:
    return {history.ended_at, *(one.ended_at for one in history.reopenings)}


def _ended(history: History, leg: Leg) -> Iterator[Run]:
    """Yield the spans from when it was taken for done until the unit has it again."""
    for again in history.reopenings:
        if again.ended_at >= leg.start:
            had = (
                max(one.start, again.at)
                for one in history.legs
                if one.unit == leg.unit and (one.end is None or one.end > again.at)
            )
            yield Run(again.ended_at, next(had, None))


def _away(history: History, leg: Leg) -> Iterator[Run]:
    """Yield the spans between two stays with the unit of ``leg``."""
    left: datetime | None = None
    for one in history.legs:
        if one.unit != leg.unit or one.start < leg.start:
            continue
        if left is not None:
            yield Run(left, one.start)
        left = one.end


def _new_priorities(history: History, since: datetime) -> Iterator[Run]:
    before = history.priority_at(since)
    for at, priority in history.priorities:
        if at <= since:
            continue
        if priority != before:
            yield Run(at, at, is_superseded=True)
        before = priority
