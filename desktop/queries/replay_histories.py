"""A request's history from its stored legs and holds, without its journal.

Enough for the clocks of one never taken up again, under one priority and one version.
What it told the other side is in the journal alone, and read from there where wanted.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import bindparam, func, select

from desktop.domain.history import WORDS, History, Hold, Leg, Stretch, Word
from desktop.domain.requests import Audience, EntryKind, PendingReason, RequestState
from desktop.entities.journal import JournalEntry
from desktop.entities.requests import RequestHold, RequestLeg

LEGS: Final = (
    select(
        RequestLeg.request_id,
        RequestLeg.position,
        RequestLeg.unit_id,
        RequestLeg.from_unit_id,
        RequestLeg.started_at,
        RequestLeg.ended_at,
        RequestLeg.acted_at,
    )
    .where(RequestLeg.request_id.between(bindparam("low"), bindparam("high")))
    .order_by(RequestLeg.request_id, RequestLeg.position)
)
HOLDS: Final = (
    select(
        RequestHold.request_id,
        RequestHold.position,
        RequestHold.reason,
        RequestHold.unit_id,
        RequestHold.started_at,
        RequestHold.ended_at,
    )
    .where(RequestHold.request_id.between(bindparam("low"), bindparam("high")))
    .order_by(RequestHold.request_id, RequestHold.position)
)
_TOLD = (
    select(
        JournalEntry.request_id,
        # The fold takes an event that goes back in time at the instant before it.
        func.max(JournalEntry.at)
        .over(partition_by=JournalEntry.request_id, order_by=JournalEntry.seq)
        .label("at"),
        JournalEntry.unit_id,
        JournalEntry.kind,
        JournalEntry.audience,
        JournalEntry.seq,
    )
    .where(JournalEntry.request_id.between(bindparam("low"), bindparam("high")))
    .subquery()
)
TOLD: Final = (
    select(_TOLD.c.request_id, _TOLD.c.at, _TOLD.c.unit_id, _TOLD.c.kind)
    .where(_TOLD.c.kind.in_(sorted(WORDS)), _TOLD.c.audience != Audience.INTERNAL)
    .order_by(_TOLD.c.request_id, _TOLD.c.seq)
)


def words_of(told: Sequence[Any], legs: Sequence[Any]) -> list[Word] | None:
    """Return what the rows of ``TOLD`` say; None where only the journal says by whom.

    What names no unit was told by the one that had the request just before.
    """
    found: list[Word] = []
    for _, at, unit, kind in told:
        if unit is None:
            begun = [leg for leg in legs if leg.started_at == at]
            is_handed_over = kind == EntryKind.HANDED_OVER
            if len(begun) > 1 or (begun and not is_handed_over):
                return None
            if found and found[-1].at == at:
                return None
            before = [leg for leg in legs if leg.started_at < at]
            unit = before[-1].unit_id if before else None
        found.append(Word(at, unit))
    return found


def history_of(
    request: Any,
    legs: Sequence[Any],
    holds: Sequence[Any],
    recorded_at: datetime | None,
    words: Sequence[Word] = (),
) -> History:
    """Return the history the rows of a request tell, as far as its clocks ask."""
    history = History()
    history.state = request.state
    history.priority = request.priority
    history.priorities = [(request.raised_at, request.priority)]
    history.raised_at = request.raised_at
    history.resolved_at = request.resolved_at
    history.last_at = request.last_at
    history.recorded_at = recorded_at
    history.words = list(words)
    history.legs = [
        Leg(position, unit, from_unit, start, end, None, acted)
        for _, position, unit, from_unit, start, end, acted in legs
    ]
    history.holds = [
        Hold(position, reason, unit, start, end)
        for _, position, reason, unit, start, end in holds
    ]
    history.stretches = _stretches(history)
    return history


def _stretches(history: History) -> list[Stretch]:
    """Cut the legs where a wait begins or ends, and where the request was done."""
    ended = history.ended_at
    if not history.holds and len(history.legs) == 1:
        return _of_one_leg(history, history.legs[0], ended)
    cuts = {leg.start for leg in history.legs}
    for hold in history.holds:
        cuts.add(hold.start)
        if hold.end is not None:
            cuts.add(hold.end)
    if ended is not None:
        cuts.add(ended)
    ordered = sorted(cuts)
    found = []
    for place, start in enumerate(ordered):
        end = ordered[place + 1] if place + 1 < len(ordered) else None
        unit = None
        for leg in history.legs:
            if leg.start > start:
                break
            unit = leg.unit
        pending = _pending_at(history, start)
        state = RequestState.ACTIVE if pending is None else RequestState.PENDING
        if ended is not None and start >= ended:
            state, pending = history.state, None
        found.append(Stretch(start, end, unit, state, pending))
    return found


def _of_one_leg(history: History, leg: Leg, ended: datetime | None) -> list[Stretch]:
    if ended is None or ended <= leg.start:
        state = RequestState.ACTIVE if ended is None else history.state
        return [Stretch(leg.start, None, leg.unit, state, None)]
    return [
        Stretch(leg.start, ended, leg.unit, RequestState.ACTIVE, None),
        Stretch(ended, None, leg.unit, history.state, None),
    ]


def _pending_at(history: History, at: datetime) -> PendingReason | None:
    for hold in history.holds:
        if hold.start <= at and (hold.end is None or at < hold.end):
            return hold.reason
    return None
