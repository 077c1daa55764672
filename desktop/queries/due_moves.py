"""How the time by which a request is promised moved, entry by entry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from desktop.domain.agreements import TargetKind
from desktop.domain.history import History, HistoryEvent
from desktop.domain.promises import Rules, promises_of, view_of
from desktop.domain.requests import EntryKind

MOST: Final = 40
"""So many of the last moves are told where somebody waits for them."""

_MOVING: Final = frozenset({"state", "unit", "pending", "priority", "promise"})
_MOVING_KINDS: Final = frozenset({EntryKind.REFUNDED.value, EntryKind.UNDONE.value})

Key = tuple[int, int, datetime]


@dataclass(frozen=True, slots=True)
class DueMove:
    """When the present unit has to be done, before an entry and after it.

    ``before`` is ``None`` where its clock began with the entry.
    """

    before: datetime | None
    after: datetime


def due_moves(
    events: Sequence[HistoryEvent],
    rules: Rules,
    front_unit: int | None,
    most: int | None = MOST,
) -> Mapping[int, DueMove]:
    """Return the moves by the entry's number; of many, only the last ``most``."""
    moving = [at for at, one in enumerate(events) if _may_move(one)]
    shown = moving if most is None else moving[-most:]
    # One more, so that the first move shown is told from where it was before.
    read = moving[-len(shown) - 1 :] if shown else []
    known: dict[Key, datetime] = {}
    found: dict[int, DueMove] = {}
    for at in read:
        history = History.of(events[: at + 1])
        for key, due in _dues(history, rules, front_unit):
            before = known.get(key)
            if at in shown and due != before:
                found[events[at].seq] = DueMove(before, due)
            known[key] = due
    return found


def _may_move(event: HistoryEvent) -> bool:
    return event.kind in _MOVING_KINDS or not _MOVING.isdisjoint(event.changes)


def _dues(
    history: History, rules: Rules, front_unit: int | None
) -> list[tuple[Key, datetime]]:
    """Return the due time of the present unit's running clock, if it has one."""
    if not history.is_open:
        return []
    found = []
    for promise in promises_of(history, rules, front_unit):
        if promise.kind is not TargetKind.RESOLUTION or promise.is_void:
            continue
        view = view_of(promise, history)
        if view.due_at is not None and view.unit == history.unit:
            key = (view.unit, view.for_unit, view.started_at)
            found.append((key, view.due_at))
    return found
