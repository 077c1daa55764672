"""One transaction: what a use case works with, and what it changed."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, TypeVar

from sqlalchemy import Engine, insert, update
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from desktop.domain.errors import Conflict, NotFound
from desktop.domain.history import History, HistoryEvent
from desktop.domain.requests import OPEN_STATES, Audience, EntryKind
from desktop.domain.rule_entries import RuleEntry
from desktop.entities.requests import Request
from desktop.entities.workspace import Workspace
from desktop.store.bulk import insert_many
from desktop.store.changes import Changes, ChangeSet, changes_of, note_changes
from desktop.store.engine import database_now, reading, writing
from desktop.store.faults import fault_of
from desktop.store.locking import locked
from desktop.store.mentions import mentioned
from desktop.store.projection import JOURNAL, create, project
from desktop.store.reference import Reference, ReferenceCache, load_reference
from desktop.store.search_index import index_new, index_step, reindex
from desktop.store.seeing import keep_mark

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Actor:
    """Who is at the desk, and in which unit."""

    person_id: int
    unit_id: int | None


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
        self._has_new_rules = False

    @property
    def reference(self) -> Reference:
        """Return the rules in force, compiled.

        Rules this transaction itself changed are read for it alone: it may still be
        undone, and nobody else may work by them before it is not.
        """
        if self._reference is None and self._has_new_rules:
            self._reference = load_reference(self.session, 0)
        elif self._reference is None:
            self._reference = self._cache.get(self.session)
        return self._reference

    def rules_stand_at(self, stamp: int | None) -> None:
        """Say which rules are in force, by a stamp this transaction has just read."""
        if self._reference is None and not self._has_new_rules:
            self._reference = self._cache.get(self.session, stamp)

    def get(self, entity: type[T], identity: int, *, for_update: bool = False) -> T:
        """Return a row, refusing with NotFound where there is none.

        ``for_update`` keeps others from changing it until this transaction ends.
        """
        read = locked if for_update else Session.get
        found = read(self.session, entity, identity)
        if found is None:
            raise NotFound("not_found", what=entity.__name__.lower(), id=identity)
        return found

    def rules_changed(self) -> None:
        """Say that units, calendars or agreements changed, so that copies go stale."""
        self.session.execute(
            update(Workspace).values(rules_stamp=Workspace.rules_stamp + 1)
        )
        self._reference = None
        self._has_new_rules = True

    def touched_everything(self) -> None:
        """Say that more was written than can be told, so that all is read anew."""
        changes_of(self.session).everything = True

    def open_request(
        self,
        columns: Mapping[str, Any],
        changes: Mapping[str, Any],
        *,
        text: str = "",
        details: Mapping[str, Any] | None = None,
        key: uuid.UUID | None = None,
    ) -> int:
        """Write a new request and its first entry; return its id.

        ``columns`` is what was typed; what the journal decides comes from ``changes``.
        """
        self.session.flush()
        row = self._entry_row(EntryKind.RAISED.value, 1, changes, details)
        event = HistoryEvent(1, self.now, row["kind"], changes, row["unit_id"])
        request_id = create(self.session, columns, event, self.reference)
        row |= {"request_id": request_id, "text": text, "key": key or uuid.uuid4()}
        self._name(row, {changes.get("unit")})
        self._write_entry(row)
        found_by = {**columns, **_projected(changes)}
        index_new(self.session, request_id, found_by, text)
        self._see(request_id, 1)
        self._tell(row["kind"], request_id, None)
        return request_id

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
        # What the use case itself changed goes first, so that its version is known.
        self.session.flush()
        # Two at once get the same number; the second is refused as a conflict.
        row = self._entry_row(kind.value, (request.entries or 0) + 1, changes, details)
        row |= {
            "key": key or uuid.uuid4(),
            "request_id": request.id,
            "audience": audience,
            "text": text,
        }
        self._name(row, {request.unit_id, request.front_unit_id})
        self._write_entry(row)
        history = project(self.session, request, self.reference)
        self._see(request.id, history.events)
        self._index(request, kind, row)
        self._tell(kind.value, request.id, None)
        return history

    def _index(self, request: Request, kind: EntryKind, row: Mapping[str, Any]) -> None:
        """Keep the request found by what it is now and by what was said."""
        is_found_by = row["text"] or _FOUND_BY & row["changes"].keys()
        if kind in _SIMPLE and row["audience"] is Audience.BOTH:
            if is_found_by:
                index_step(self.session, request, row["text"])
        elif is_found_by or kind is EntryKind.UNDONE:
            # What is undone may be anything.
            reindex(self.session, request.id)

    def _name(self, row: dict[str, Any], units: set[int | None]) -> None:
        """Keep who a text names; an internal note only those who may read it."""
        mine = {row["unit_id"]}
        is_internal = row.get("audience") is Audience.INTERNAL
        named = mentioned(
            self.session,
            row["text"],
            mine if is_internal else mine | units,
            only=is_internal,
        )
        if named:
            row["details"] = {**row["details"], "mentions": named}

    def _see(self, request_id: int, entries: int) -> None:
        """Whoever acts on a request knows how it stands."""
        if self.actor is not None:
            keep_mark(self.session, self.actor.person_id, request_id, entries)

    def record_for(
        self, kind: EntryKind, requests: Mapping[int, int], changes: Mapping[str, Any]
    ) -> None:
        """Write the same entry for many requests, by how many entries each has.

        Their rows are the caller's to bring in line (``retime``), and only what moves
        clocks and nothing else may be written so.
        """
        rows = [
            self._entry_row(kind.value, entries + 1, changes, None)
            | {
                "key": uuid.uuid4(),
                "request_id": key,
                "audience": Audience.BOTH,
                "text": "",
            }
            for key, entries in requests.items()
        ]
        insert_many(self.session.connection(), JOURNAL, rows)
        self.touched_everything()
        for key in requests:
            self._tell(kind.value, key, None)

    def record_meeting(
        self, kind: str, meeting_id: int, details: Mapping[str, Any] | None = None
    ) -> None:
        """Write what happened to a session."""
        row = self._entry_row(kind, 0, {}, details)
        self._write_entry(row | {"key": uuid.uuid4(), "meeting_id": meeting_id})
        self._tell(kind, None, meeting_id)

    def record_obstacle(
        self,
        kind: str,
        obstacle_id: int,
        details: Mapping[str, Any] | None = None,
        *,
        text: str = "",
    ) -> None:
        """Write what happened to an obstacle or to the improvement it became."""
        row = self._entry_row(kind, 0, {}, details)
        row |= {"key": uuid.uuid4(), "obstacle_id": obstacle_id, "text": text}
        self._write_entry(row)
        self._tell(kind, None, None)

    def record_house(self, kind: str, details: Mapping[str, Any]) -> None:
        """Write what happened to the house itself; ``details`` say to what in it."""
        row = self._entry_row(kind, 0, {}, details)
        self._write_entry(row | {"key": uuid.uuid4()})
        self._tell(kind, None, None)

    def record_rules(
        self,
        kind: RuleEntry,
        *,
        calendar_id: int | None = None,
        agreement_id: int | None = None,
        details: Mapping[str, Any] | None = None,
        text: str = "",
    ) -> None:
        """Write what happened to a calendar or an agreement."""
        row = self._entry_row(kind.value, 0, {}, details)
        row |= {
            "key": uuid.uuid4(),
            "calendar_id": calendar_id,
            "agreement_id": agreement_id,
            "text": text,
        }
        self._write_entry(row)
        self._tell(kind.value, None, None)

    def _entry_row(
        self,
        kind: str,
        seq: int,
        changes: Mapping[str, Any] | None,
        details: Mapping[str, Any] | None,
    ) -> dict[str, Any]:
        return {
            "seq": seq,
            "kind": kind,
            "at": self.now,
            "recorded_at": self.now,
            "actor_id": self.actor.person_id if self.actor else None,
            "unit_id": self.actor.unit_id if self.actor else None,
            "changes": dict(changes or {}),
            "details": dict(details or {}),
        }

    def _write_entry(self, row: Mapping[str, Any]) -> None:
        done = self.session.connection().execute(_INSERT_ENTRY, dict(row))
        identity = done.inserted_primary_key
        assert identity is not None
        note_changes(self.session, JOURNAL.name, [identity[0]])

    def _tell(self, kind: str, request: int | None, meeting: int | None) -> None:
        actor = self.actor.person_id if self.actor else None
        self.events.append(Happened(kind, request, meeting, self.now, actor))


def _projected(changes: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a request is by its first entry, as its columns have it."""
    return {
        "state": changes.get("state"),
        "is_open": changes.get("state") in OPEN_STATES,
        "unit_id": changes.get("unit"),
        "assignee_id": changes.get("assignee"),
        "priority": changes.get("priority"),
    }


# Steps that change nothing a request is found by but what it is and what was said.
_SIMPLE: Final = frozenset(
    {
        EntryKind.TAKEN,
        EntryKind.ASSIGNED,
        EntryKind.ASKED,
        EntryKind.ANSWERED,
        EntryKind.HELD,
        EntryKind.RESUMED,
        EntryKind.COMMENTED,
        EntryKind.PRIORITY_CHANGED,
        EntryKind.RESOLVED,
        EntryKind.DECLINED,
        EntryKind.REOPENED,
        EntryKind.CONFIRMED,
        EntryKind.CANCELLED,
    }
)
# What of a request a search can ask for beside its words (`search_index.kinds_of`).
_FOUND_BY: Final = {"state", "unit", "assignee", "priority"}
# A plain statement: one more object in the session costs more than writing it.
_INSERT_ENTRY: Final = insert(JOURNAL)


class Store:
    """Opens transactions on one workspace."""

    def __init__(self, engine: Engine, clock: Callable[[], datetime]) -> None:
        self.engine = engine
        self.clock = clock
        self.cache = ReferenceCache()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Open one snapshot to read from."""
        with faults_named(), Session(reading(self.engine), autoflush=False) as session:
            yield session

    @contextmanager
    def work(self, actor: Actor | None) -> Iterator[tuple[UnitOfWork, Changes]]:
        """Open one transaction; committed at the end, undone when anything raises.

        Raises Conflict when somebody else saved the same thing first.
        """
        with (
            faults_named(),
            Session(writing(self.engine), autoflush=True) as session,
        ):
            changes = changes_of(session)
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


__all__ = [
    "Actor",
    "ChangeSet",
    "Changes",
    "Happened",
    "Store",
    "UnitOfWork",
    "faults_named",
]
