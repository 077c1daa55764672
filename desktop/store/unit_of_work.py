"""One transaction: what a use case works with, and what it changed."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Engine, event, update
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Session, UOWTransaction
from sqlalchemy.orm.exc import StaleDataError

from desktop.domain.errors import Conflict, NotFound
from desktop.domain.history import History
from desktop.domain.requests import Audience, EntryKind
from desktop.entities.journal import JournalEntry
from desktop.entities.requests import Request
from desktop.entities.workspace import Workspace
from desktop.store.engine import database_now, reading, writing
from desktop.store.faults import fault_of
from desktop.store.projection import project
from desktop.store.reference import Reference, ReferenceCache

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Actor:
    """Who is at the desk, and in which unit."""

    person_id: int
    unit_id: int | None


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


@dataclass(frozen=True, slots=True)
class Happened:
    """Something a journal entry told, for notices: the entry's kind and subject."""

    kind: str
    request_id: int | None
    meeting_id: int | None
    at: datetime
    actor_id: int | None


class UnitOfWork:
    """What a use case gets: the session, the instant, the actor, and the journal."""

    def __init__(
        self,
        session: Session,
        now: datetime,
        actor: Actor | None,
        cache: ReferenceCache,
    ) -> None:
        self.session = session
        self.now = now
        self.actor = actor
        self.events: list[Happened] = []
        self._cache = cache
        self._reference: Reference | None = None

    @property
    def reference(self) -> Reference:
        """Return the rules in force, compiled."""
        if self._reference is None:
            self._reference = self._cache.get(self.session)
        return self._reference

    def get(self, entity: type[T], identity: int) -> T:
        """Return a row, refusing with NotFound where there is none."""
        found = self.session.get(entity, identity)
        if found is None:
            raise NotFound("not_found", what=entity.__name__.lower(), id=identity)
        return found

    def rules_changed(self) -> None:
        """Say that units, calendars or agreements changed, so that copies go stale."""
        self.session.execute(
            update(Workspace).values(rules_stamp=Workspace.rules_stamp + 1)
        )
        self._reference = None

    def record(
        self,
        kind: EntryKind,
        request: Request,
        changes: Mapping[str, Any] | None = None,
        *,
        text: str = "",
        audience: Audience = Audience.BOTH,
        details: Mapping[str, Any] | None = None,
        key: uuid.UUID | None = None,
    ) -> History:
        """Write what happened to a request and bring its row in line with it.

        The only way a request's state, unit, assignee, pending reason or priority
        changes. Returns the history with the new entry folded in.
        """
        entry = self._entry(kind.value, details)
        entry.key = key or uuid.uuid4()
        entry.request_id = request.id
        # Two at once get the same number; the second is refused as a conflict.
        entry.seq = (request.entries or 0) + 1
        entry.audience = audience
        entry.text = text
        entry.changes = dict(changes or {})
        self.session.add(entry)
        self.session.flush()
        history = project(self.session, request, self.reference)
        self._tell(kind.value, request.id, None)
        return history

    def record_meeting(
        self, kind: str, meeting_id: int, details: Mapping[str, Any] | None = None
    ) -> None:
        """Write what happened to a session."""
        entry = self._entry(kind, details)
        entry.meeting_id = meeting_id
        self.session.add(entry)
        self._tell(kind, None, meeting_id)

    def _entry(self, kind: str, details: Mapping[str, Any] | None) -> JournalEntry:
        return JournalEntry(
            kind=kind,
            at=self.now,
            recorded_at=self.now,
            actor_id=self.actor.person_id if self.actor else None,
            unit_id=self.actor.unit_id if self.actor else None,
            details=dict(details or {}),
        )

    def _tell(self, kind: str, request: int | None, meeting: int | None) -> None:
        actor = self.actor.person_id if self.actor else None
        self.events.append(Happened(kind, request, meeting, self.now, actor))


class Store:
    """Opens transactions on one workspace."""

    def __init__(self, engine: Engine, clock: Callable[[], datetime]) -> None:
        self.engine = engine
        self.clock = clock
        self.cache = ReferenceCache()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Open one snapshot to read from."""
        with (
            faults_named(),
            Session(reading(self.engine), autoflush=False) as session,
        ):
            yield session

    @contextmanager
    def work(self, actor: Actor | None) -> Iterator[tuple[UnitOfWork, _Changes]]:
        """Open one transaction; committed at the end, undone when anything raises.

        Raises Conflict when somebody else saved the same thing first.
        """
        with (
            faults_named(),
            Session(writing(self.engine), autoflush=True) as session,
        ):
            changes = _Changes(session)
            now = database_now(session, self.clock)
            work = UnitOfWork(session, now, actor, self.cache)
            yield work, changes
            session.flush()
            session.commit()


@contextmanager
def faults_named() -> Iterator[None]:
    """Turn the database's errors into refusals, where they are no bugs.

    Raises Conflict when somebody saved the same thing first, Fault when the place
    cannot do it (disk full, locked, server gone).
    """
    try:
        yield
    except StaleDataError as error:
        raise Conflict("changed_meanwhile") from error
    except IntegrityError as error:
        raise Conflict("already_there") from error
    except DBAPIError as error:
        fault = fault_of(error)
        if fault is None:
            raise
        raise fault from error


class _Changes:
    """Gathers what a session's flushes touch, so that nobody can forget it."""

    def __init__(self, session: Session) -> None:
        self._tables: dict[str, set[int]] = defaultdict(set)
        event.listen(session, "after_flush", self._after_flush)

    def _after_flush(self, session: Session, _context: UOWTransaction) -> None:
        for row in (*session.new, *session.dirty, *session.deleted):
            self._tables[row.__tablename__].add(row.id)

    def frozen(self) -> ChangeSet:
        return ChangeSet({name: frozenset(ids) for name, ids in self._tables.items()})
