"""What a transaction touched, gathered so that no use case can forget to say it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from sqlalchemy import event
from sqlalchemy.orm import Session, UOWTransaction


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """What a transaction touched: table name → ids. ``everything`` means: unknown."""

    tables: Mapping[str, frozenset[int]] = field(default_factory=dict)
    everything: bool = False

    def touches(self, *tables: str) -> bool:
        """Tell whether any of these tables changed."""
        return self.everything or any(table in self.tables for table in tables)

    def ids(self, table: str) -> frozenset[int]:
        """Return the ids that changed in one table."""
        return self.tables.get(table, frozenset())


class Changes:
    """Gathers what one session writes."""

    def __init__(self) -> None:
        self.everything = False
        self._tables: dict[str, set[int]] = defaultdict(set)

    def note(self, table: str, identity: int) -> None:
        """Say that a row was written."""
        self._tables[table].add(identity)

    def frozen(self) -> ChangeSet:
        """Return what was gathered so far."""
        tables = {name: frozenset(ids) for name, ids in self._tables.items()}
        return ChangeSet(tables, self.everything)


_GATHERED: Final = "counterpart_changes"


def changes_of(session: Session) -> Changes:
    """Return what gathers the changes of a session."""
    found = session.info.get(_GATHERED)
    if not isinstance(found, Changes):
        found = session.info[_GATHERED] = Changes()
    return found


def note_changes(session: Session, table: str, identities: Iterable[int]) -> None:
    """Say what a statement wrote past the session, which sees only its own objects."""
    changes = changes_of(session)
    for identity in identities:
        changes.note(table, identity)


@event.listens_for(Session, "after_flush")
def _after_flush(session: Session, _context: UOWTransaction) -> None:
    changes = changes_of(session)
    for row in (*session.new, *session.dirty, *session.deleted):
        changes.note(row.__tablename__, row.id)
