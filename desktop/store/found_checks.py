"""Names what sessions and obstacles say that is not found by its words of today."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.text import searchable
from desktop.entities.base import Found
from desktop.entities.meetings import Action, AgendaItem
from desktop.entities.obstacles import Obstacle
from desktop.entities.sittings import Decision

FOUND: Final[tuple[Any, ...]] = (Obstacle, AgendaItem, Decision, Action)
BATCH: Final = 500


@dataclass(frozen=True, slots=True)
class StaleWords:
    """A row whose folded words are not those it says."""

    table: str
    id: int
    stored: str
    expected: str


def stale_words(session: Session) -> Iterator[StaleWords]:
    """Name them, a batch of rows in memory at a time."""
    for entity in FOUND:
        assert issubclass(entity, Found)
        texts = [getattr(entity, name) for name in entity.FOUND_BY]
        wanted: Any = select(entity.id, entity.folded, *texts).order_by(entity.id)
        rows = session.execute(wanted.execution_options(yield_per=BATCH))
        for identity, stored, *words in rows:
            expected = searchable(*(one or "" for one in words))
            if stored != expected:
                yield StaleWords(entity.__tablename__, identity, stored, expected)
