"""The running order as it stands on screen, before the store has it too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from desktop.domain.agenda import AgendaPaper, TimeBox, fit
from desktop.queries.meeting_rows import BoardItem, MeetingBoard

Items = tuple[BoardItem, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the time bar: minutes of one item (None: free time)."""

    minutes: int
    item_id: int | None
    is_over: bool = False


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Items in order with times that add up; every change gives a new one."""

    items: Items
    starts_at: datetime
    length: int

    @classmethod
    def of(cls, board: MeetingBoard) -> Arrangement:
        """Return the order as the store has it."""
        return cls(board.items, board.paper.head.starts_at, board.minutes)

    @property
    def total(self) -> int:
        """Return the minutes of all items."""
        return sum(one.running.minutes for one in self.items)

    @property
    def not_reached(self) -> int:
        """Return how many items do not fit."""
        return sum(not one.running.reached for one in self.items)

    @property
    def free(self) -> int:
        """Return the minutes left; below zero those too many."""
        return self.length - self.total

    def index(self, item_id: int | None) -> int:
        """Return an item's place, -1 when it is not there."""
        ids = [one.id for one in self.items]
        return ids.index(item_id) if item_id in ids else -1

    def item(self, item_id: int | None) -> BoardItem | None:
        """Return an item, None when it is not there."""
        at = self.index(item_id)
        return self.items[at] if at >= 0 else None

    def moved(self, item_id: int, to: int) -> Arrangement:
        """Return the order with one item at another place."""
        items = list(self.items)
        items.insert(max(0, to), items.pop(self.index(item_id)))
        return self._fitted(items)

    def timed(self, item_id: int, minutes: int) -> Arrangement:
        """Return the order with another time-box for one item."""
        return self._fitted(
            [
                replace(one, running=replace(one.running, minutes=minutes))
                if one.id == item_id
                else one
                for one in self.items
            ]
        )

    def without(self, item_id: int) -> Arrangement:
        """Return the order without one item."""
        return self._fitted([one for one in self.items if one.id != item_id])

    def paper(self, paper: AgendaPaper) -> AgendaPaper:
        """Return a paper with this running order."""
        return replace(paper, items=tuple(one.running for one in self.items))

    def parts(self) -> list[Part]:
        """Return the parts of the bar, left to right: reached, free, not reached."""
        reached = [one for one in self.items if one.running.reached]
        over = [one for one in self.items if not one.running.reached]
        used = sum(one.running.minutes for one in reached)
        parts = [Part(one.running.minutes, one.id) for one in reached]
        if used < self.length:
            parts.append(Part(self.length - used, None))
        return parts + [Part(one.running.minutes, one.id, True) for one in over]

    def _fitted(self, items: Sequence[BoardItem]) -> Arrangement:
        boxes = [
            TimeBox(one.running.minutes, fixed=one.is_standing, weight=one.weight)
            for one in items
        ]
        offsets = fit(boxes, self.length).offsets
        fitted = [
            replace(one, running=replace(one.running, number=number, starts_at=at))
            for number, (one, at) in enumerate(
                zip(items, map(self._clock, offsets), strict=True), 1
            )
        ]
        return replace(self, items=tuple(fitted))

    def _clock(self, offset: int | None) -> datetime | None:
        return None if offset is None else self.starts_at + timedelta(minutes=offset)
