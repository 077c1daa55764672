"""What moving a promise to another version would change, before it is moved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from desktop.domain.agreements import TargetKind
from desktop.domain.errors import Invalid, NotFound
from desktop.domain.history import History, HistoryEvent
from desktop.domain.promises import ClockView, promises_of, view_of
from desktop.domain.requests import EntryKind
from desktop.entities.requests import Request
from desktop.store.projection import events_of
from desktop.store.reference import load_reference


@dataclass(frozen=True, slots=True)
class ClockChange:
    """One clock before and after the move; ``None`` where there is none.

    Both are read as at the same instant, so that what differs is the move's doing.
    """

    kind: TargetKind
    unit: int
    for_unit: int
    before: ClockView | None
    after: ClockView | None

    @property
    def is_change(self) -> bool:
        """Tell whether the move changes anything about this clock."""
        return self.before != self.after


def preview_move(
    session: Session,
    request_id: int,
    version_id: int,
    *,
    unit_id: int,
    for_unit_id: int,
    now: datetime,
) -> tuple[ClockChange, ...]:
    """Return what moving a promise to another version would change.

    Raises NotFound for the request, Invalid for a version not agreed on.
    """
    reference = load_reference(session, 0)
    if reference.version_of(version_id) is None:
        raise Invalid("version", "not_agreed_on")
    request = session.get(Request, request_id)
    if request is None:
        raise NotFound("not_found", what="request", id=request_id)
    events = events_of(session, request_id)
    rules = reference.rules(request.service_id)

    def clocks(what: EntryKind, changes: Mapping[str, Any]) -> list[ClockView]:
        # An entry that changes nothing moves the reading to now.
        told = HistoryEvent(len(events) + 1, now, what.value, changes, _NOBODY)
        history = History.of([*events, told])
        made = promises_of(history, rules, request.front_unit_id)
        return [view_of(one, history) for one in made]

    moved = {"unit": unit_id, "for_unit": for_unit_id, "version": version_id}
    return _paired(
        clocks(EntryKind.UPDATED, {}), clocks(EntryKind.MOVED, {"promise": moved})
    )


# An act of nobody's unit is no unit's first act.
_NOBODY = -1


def _paired(
    before: Sequence[ClockView], after: Sequence[ClockView]
) -> tuple[ClockChange, ...]:
    def key(view: ClockView) -> tuple[Any, ...]:
        return view.kind, view.unit, view.for_unit, view.started_at

    old = {key(view): view for view in before}
    new = {key(view): view for view in after}
    keys = [*old, *(one for one in new if one not in old)]
    return tuple(
        ClockChange(one[0], one[1], one[2], old.get(one), new.get(one)) for one in keys
    )
