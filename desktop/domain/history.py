"""A request's history: the fold of its journal into legs, holds and where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from desktop.domain.requests import (
    ENDED_STATES,
    OPEN_STATES,
    Audience,
    EntryKind,
    PendingReason,
    RequestState,
)


@dataclass(frozen=True, slots=True)
class HistoryEvent:
    """One journal entry as the fold reads it.

    ``changes`` holds the new values of ``state, unit, from_unit, assignee, pending,
    priority, follow_up``, each only where it changed. ``by_unit`` is the unit of the
    person who acted, ``None`` where that is not recorded. ``audience`` is who may read
    it, ``recorded_at`` when it was written down (an imported history: long after).
    """

    seq: int
    at: datetime
    kind: str
    changes: Mapping[str, Any] = field(default_factory=dict)
    by_unit: int | None = None
    audience: Audience = Audience.BOTH
    recorded_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Word:
    """Something a unit told the other side."""

    at: datetime
    unit: int | None


@dataclass(frozen=True, slots=True)
class Move:
    """A promise put under another agreement version on purpose."""

    at: datetime
    unit: int
    for_unit: int
    version: int


@dataclass(frozen=True, slots=True)
class Refund:
    """What runs given a later version of a calendar, for this request alone."""

    at: datetime
    calendar: int
    version: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """A span in which neither unit, state nor pending reason changed.

    ``end`` is ``None`` for the last one.
    """

    start: datetime
    end: datetime | None
    unit: int | None
    state: RequestState
    pending: PendingReason | None


@dataclass(slots=True)
class Leg:
    """An unbroken stay with one unit.

    ``unit`` is ``None`` where the source names none. ``named_at`` is the first event
    of the stay with an assignee (the one that brought it included), ``acted_at`` the
    first event after that one by the unit itself, the one that ends the stay included.
    """

    position: int
    unit: int | None
    from_unit: int | None
    start: datetime
    end: datetime | None = None
    named_at: datetime | None = None
    acted_at: datetime | None = None
    last_assignee: int | None = None


@dataclass(slots=True)
class Reopening:
    """A request taken for done and taken up again.

    ``ended_at`` is since when it was taken for done, ``unit`` who had it when it was
    reopened; ``acted_at`` is that unit's first event after it, or the reopening itself
    where the unit reopened it.
    """

    ended_at: datetime
    at: datetime
    unit: int | None
    acted_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Hold:
    """A span of waiting. It belongs to the request, not to a target."""

    position: int
    reason: PendingReason
    unit: int | None
    start: datetime
    end: datetime | None


class History:
    """What a request's journal adds up to, as at the last event folded."""

    __slots__ = (
        "assignee",
        "events",
        "follow_up",
        "handovers",
        "holds",
        "last_at",
        "legs",
        "moves",
        "pending",
        "priorities",
        "priority",
        "raised_at",
        "recorded_at",
        "refunds",
        "reopenings",
        "reopens",
        "resolved_at",
        "returns",
        "state",
        "stretches",
        "unit",
        "unit_since",
        "words",
    )

    def __init__(self) -> None:
        self.state = RequestState.NEW
        self.unit: int | None = None
        self.unit_since: datetime | None = None
        self.assignee: int | None = None
        self.pending: PendingReason | None = None
        self.follow_up: datetime | None = None
        self.priority: int | None = None
        self.raised_at: datetime | None = None
        self.resolved_at: datetime | None = None
        self.last_at: datetime | None = None
        self.reopens = 0
        self.handovers = 0
        self.returns = 0
        self.events = 0
        self.legs: list[Leg] = []
        self.reopenings: list[Reopening] = []
        self.stretches: list[Stretch] = []
        self.holds: list[Hold] = []
        self.recorded_at: datetime | None = None
        self.priorities: list[tuple[datetime, int | None]] = []
        self.words: list[Word] = []
        self.moves: list[Move] = []
        self.refunds: list[Refund] = []

    @classmethod
    def of(
        cls, events: Iterable[HistoryEvent], until: datetime | None = None
    ) -> History:
        """Fold ``events`` in the order given, those before ``until`` only.

        What was undone counts for nothing, except that it happened. An event that goes
        back in time (real logs hold some) is taken at the instant of the one before
        it, so that no span is negative.
        """
        history = cls()
        told = list(events)
        undone = undone_among(told, until)
        for event in told:
            if until is not None and event.at >= until:
                break
            if undone and event.seq in undone:
                history._pass(event)
            else:
                history._fold(event)
        history._close_spans()
        return history

    def priority_at(self, at: datetime) -> int | None:
        """Return the priority at an instant; the first known before there was one."""
        found = self.priorities[0][1] if self.priorities else self.priority
        for since, priority in self.priorities:
            if since <= at:
                found = priority
        return found

    @property
    def is_open(self) -> bool:
        """Tell whether the request still has to be worked on."""
        return self.state in OPEN_STATES

    @property
    def ended_at(self) -> datetime | None:
        """Return when the request was resolved, declined or cancelled for good."""
        return self.resolved_at if self.state in ENDED_STATES else None

    def _pass(self, event: HistoryEvent) -> None:
        """Count an event that was undone, or that undid one."""
        self.events += 1
        self.last_at = event.at if self.last_at is None else max(event.at, self.last_at)

    def _fold(self, event: HistoryEvent) -> None:
        at = event.at if self.last_at is None else max(event.at, self.last_at)
        changes = event.changes
        if self.raised_at is None:
            self.raised_at = at
            self.recorded_at = event.recorded_at
        leg = self.legs[-1] if self.legs else None
        if event.kind == _MOVED:
            self.moves.append(_move(changes, at))
        elif event.kind == _REFUNDED:
            self.refunds.append(_refund(changes, at))
        elif leg and event.by_unit in (None, leg.unit) and event.kind not in _NO_ACTS:
            self._act(leg, at)
        if event.kind in WORDS and event.audience is not Audience.INTERNAL:
            unit = event.by_unit if event.by_unit is not None else self.unit
            self.words.append(Word(at, unit))
        self.events += 1
        self.last_at = at
        if "priority" in changes:
            self.priority = changes["priority"]
            self.priorities.append((at, self.priority))
        if "assignee" in changes:
            self.assignee = changes["assignee"]
        before = (self.unit, self.state, self.pending)
        if "unit" in changes and (leg is None or changes["unit"] != self.unit):
            self._move(changes["unit"], changes.get("from_unit", self.unit), at)
        if "state" in changes:
            self._enter(RequestState(changes["state"]), at, event.by_unit)
        self._wait(changes)
        if (self.unit, self.state, self.pending) != before or not self.stretches:
            self._stretch(at)
        if self.legs and self.assignee is not None:
            leg = self.legs[-1]
            leg.named_at = leg.named_at or at
            leg.last_assignee = self.assignee

    def _act(self, leg: Leg, at: datetime) -> None:
        leg.acted_at = leg.acted_at or at
        if self.reopenings and self.reopenings[-1].unit == leg.unit:
            self.reopenings[-1].acted_at = self.reopenings[-1].acted_at or at

    def _move(self, unit: int | None, from_unit: int | None, at: datetime) -> None:
        if self.legs:
            self.legs[-1].end = at
            self.handovers += 1
            if self.legs[-1].from_unit == unit and unit is not None:
                self.returns += 1
        self.unit, self.unit_since = unit, at
        self.legs.append(Leg(len(self.legs) + 1, unit, from_unit, at))

    def _enter(self, state: RequestState, at: datetime, by: int | None) -> None:
        was_ended = self.state in ENDED_STATES
        if state in ENDED_STATES:
            # Closing after resolving changes nothing about when it was done; a second
            # resolution after a reopening does.
            if not was_ended:
                self.resolved_at = at
        elif was_ended:
            assert self.resolved_at is not None
            self.reopens += 1
            own = at if by is not None and by == self.unit else None
            self.reopenings.append(Reopening(self.resolved_at, at, self.unit, own))
            self.resolved_at = None
        self.state = state

    def _wait(self, changes: Mapping[str, Any]) -> None:
        """Take whom it waits for, and when to look at it again."""
        if "pending" in changes:
            reason = changes["pending"]
            self.pending = None if reason is None else PendingReason(reason)
        if self.state is not RequestState.PENDING:
            self.pending = None
        if "state" in changes or "follow_up" in changes:
            # Every step that waits or goes on begins anew when to look at it again.
            self.follow_up = _instant(changes.get("follow_up"))

    def _stretch(self, at: datetime) -> None:
        if self.stretches:
            last = self.stretches[-1]
            self.stretches[-1] = Stretch(
                last.start, at, last.unit, last.state, last.pending
            )
        self.stretches.append(Stretch(at, None, self.unit, self.state, self.pending))

    def _close_spans(self) -> None:
        """Gather the waiting spans; adjoining ones of one reason are one hold."""
        for stretch in self.stretches:
            if stretch.pending is None:
                continue
            last = self.holds[-1] if self.holds else None
            if (
                last
                and last.end == stretch.start
                and (last.reason, last.unit) == (stretch.pending, stretch.unit)
            ):
                self.holds[-1] = Hold(
                    last.position, last.reason, last.unit, last.start, stretch.end
                )
            else:
                self.holds.append(
                    Hold(
                        len(self.holds) + 1,
                        stretch.pending,
                        stretch.unit,
                        stretch.start,
                        stretch.end,
                    )
                )


# A string is compared a hundred thousand times where a history is imported.
_MOVED: Final = EntryKind.MOVED.value
_REFUNDED: Final = EntryKind.REFUNDED.value
_UNDONE: Final = EntryKind.UNDONE.value
# Written down because something happened to another request: nobody acted on this one.
_NO_ACTS: Final = frozenset(
    kind.value
    for kind in (
        EntryKind.LINKED,
        EntryKind.UNLINKED,
        EntryKind.PARTS_DONE,
        EntryKind.UNBLOCKED,
        EntryKind.RATED,
        EntryKind.FILE_REMOVED,
        EntryKind.FILE_RESTORED,
    )
)
WORDS: Final = frozenset(
    kind.value for kind in (EntryKind.ASKED, EntryKind.COMMENTED, EntryKind.HANDED_OVER)
)
"""The kinds of entries that tell the other side something, unless they are internal."""


def undone_among(
    events: Iterable[HistoryEvent], until: datetime | None = None
) -> frozenset[int] | None:
    """Return the numbers of the events undone by then, and of those that undid them."""
    found = [
        number
        for event in events
        if event.kind == _UNDONE and (until is None or event.at < until)
        for number in (event.seq, event.changes["undoes"])
    ]
    return frozenset(found) if found else None


def _instant(words: str | None) -> datetime | None:
    return None if words is None else datetime.fromisoformat(words)


def _refund(changes: Mapping[str, Any], at: datetime) -> Refund:
    given = changes["calendar"]
    return Refund(at, given["id"], given["version"])


def _move(changes: Mapping[str, Any], at: datetime) -> Move:
    moved = changes["promise"]
    return Move(at, moved["unit"], moved["for_unit"], moved["version"])
