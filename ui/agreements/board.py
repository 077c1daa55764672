"""What the agreements page reads at once: every agreement, and who could sign."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from desktop.queries.agreements import agreement_board as core_board
from desktop.queries.lookups import PersonRow, people
from ui.agreements.columns import Line


@dataclass(frozen=True)
class Board:
    """The agreements as the list shows them, and the people who may sign."""

    lines: tuple[Line, ...]
    people: Sequence[PersonRow]


def agreement_board(session: Any, now: datetime) -> Board:
    """Return the board; a query of the core's queries."""
    lines = []
    for row, details in core_board(session, now):
        shown = next(one for one in details.versions if one.number == row.number)
        lines.append(Line(row, details, shown))
    return Board(tuple(lines), people(session, only_signing_in=False))
