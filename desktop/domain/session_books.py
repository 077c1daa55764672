"""What the papers over many sessions show: the action register, the minutes book."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from desktop.domain.agenda_sections import ActionRow
from desktop.domain.minutes import MinutesPaper

EndCode = Literal["done", "dropped"]


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """An action of the register; ``end`` None: open, else so on the day ``ended``."""

    action: ActionRow
    given: date | None = None
    session: int | None = None
    end: EndCode | None = None
    ended: date | None = None


@dataclass(frozen=True, slots=True)
class RegisterSeries:
    """A series' actions: the open ones, overdue first, then those ended lately."""

    name: str
    rows: tuple[RegisterRow, ...] = ()
    more: int = 0

    def count(self, state: str) -> int:
        """Return how many open ones are in a state."""
        return sum(one.end is None and one.action.state == state for one in self.rows)


@dataclass(frozen=True, slots=True)
class ActionRegister:
    """All actions of one series or of every; ended ones since ``since``."""

    series: tuple[RegisterSeries, ...]
    since: date
    as_at: datetime
    zone: str
    house: str = ""


@dataclass(frozen=True, slots=True)
class BookSession:
    """A session of a book; ``paper`` None: there are no minutes of it (yet)."""

    number: int
    starts_at: datetime
    state: str
    paper: MinutesPaper | None = None


@dataclass(frozen=True, slots=True)
class MinutesBook:
    """The sessions of a series between two instants, the second exclusive."""

    series: str
    front: str
    back: str
    start: datetime
    end: datetime
    sessions: tuple[BookSession, ...]
    printed_at: datetime
    zone: str
