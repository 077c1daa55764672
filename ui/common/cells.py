"""What a table cell holds: plain data that delegates paint and copying reads."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from ui.common.clock_words import ClockWords

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class TextCell:
    """One line; figures stand at the right, quiet words in the second ink."""

    words: str
    at_right: bool = False
    quiet: bool = False
    kind: str = ""
    bold: bool = False

    def plain(self) -> str:
        """Return what a copy or a screen reader gets."""
        return self.words


@dataclass(frozen=True, slots=True)
class LinesCell:
    """A line of body text over a smaller one."""

    first: str
    second: str = ""
    bold: bool = False

    def plain(self) -> str:
        """Return what a copy or a screen reader gets."""
        return f"{self.first}, {self.second}" if self.second else self.first


@dataclass(frozen=True, slots=True)
class BallCell:
    """Who holds the ball: its side, and two lines of words."""

    ball: str
    first: str
    second: str = ""

    def plain(self) -> str:
        """Return what a copy or a screen reader gets."""
        return f"{self.first}, {self.second}" if self.second else self.first


@dataclass(frozen=True, slots=True)
class ClockCell:
    """A promise's clock."""

    clock: ClockWords

    def plain(self) -> str:
        """Return what a copy or a screen reader gets."""
        return self.clock.accessible


@dataclass(frozen=True, slots=True)
class PersonCell:
    """A person, or nobody: the whole name, the words shown, and whether it is me."""

    name: str | None
    shown: str
    own: bool = False

    def plain(self) -> str:
        """Return what a copy or a screen reader gets."""
        return self.name or self.shown


@dataclass(frozen=True, slots=True)
class SectionCell:
    """The heading over a section's rows."""

    title: str
    count: int | None
    note: str = ""
    kind: str = ""
    is_folded: bool = False

    def plain(self) -> str:
        """Return what a copy or a screen reader gets."""
        return f"{self.title}, {self.count}" if self.count is not None else self.title


Cell = TextCell | LinesCell | BallCell | ClockCell | PersonCell | SectionCell


@dataclass(frozen=True)
class Column(Generic[Row]):
    """A column as data: `words` is a marked source string, `sort` a sort key.

    While the stretched column has too little room, one that `gives_way` is left out,
    and one with a `least` width is narrowed down to that.
    """

    id: str
    words: str
    cell: Callable[[Row], Cell]
    width: int = 120
    stretch: bool = False
    sort: Callable[[Row], Any] | None = None
    at_right: bool = False
    is_hidden: bool = False
    copied: Callable[[Row], str] | None = None
    gives_way: bool = False
    least: int = 0


@dataclass
class Section(Generic[Row]):
    """Rows under a heading; without a title they stand without one."""

    id: str
    title: str
    rows: Sequence[Row]
    note: str = ""
    kind: str = ""
    count: int | None = None
    is_folded: bool = False


RowKey = Callable[[Any], Hashable]
