"""Bringing another system's history in: one transaction, nothing made twice."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha1
from itertools import islice
from typing import Any, Final, TypeVar

from sqlalchemy import Table, func, select
from sqlalchemy.orm import Session

from desktop.domain.history import History, HistoryEvent
from desktop.domain.house import House
from desktop.domain.requests import Audience, Side
from desktop.entities.base import Base
from desktop.entities.journal import JournalEntry
from desktop.entities.requests import Request, RequestClock, RequestHold, RequestLeg
from desktop.entities.units import Person, Unit
from desktop.exchange.history_import import (
    SOURCE_KEYS,
    BadRows,
    EntryDraft,
    HistoryPreview,
    Names,
    Progress,
    journal_of,
    preview,
    request_key,
    require_importable,
)
from desktop.exchange.history_source import HistoryFiles, HistorySource, SourceRequest
from desktop.exchange.mapping import HistoryMapping
from desktop.exchange.problems import BadFile, Problem
from desktop.store.bulk import insert_many, uncollected
from desktop.store.projection import Projection, project_rows
from desktop.store.reference import load_reference
from desktop.store.search import index_words
from desktop.store.search_index import RequestWords, merge_parts, ready_words
from desktop.store.statistics import count_tables
from desktop.store.unit_of_work import UnitOfWork
from desktop.use_cases.houses import HouseApplied, apply_house

T = TypeVar("T")
Row = dict[str, Any]

_BATCH: Final = 500
_MUCH: Final = 0.5
"""Where so large a share of all requests came at once, the index is worth tidying."""

_HOW_MANY: Final = select(func.count()).select_from(Request)


@dataclass(slots=True)
class HistoryImported:
    """What an import made; ``already`` counts requests an earlier one had made."""

    requests: int = 0
    entries: int = 0
    legs: int = 0
    holds: int = 0
    clocks: int = 0
    already: int = 0
    people: int = 0
    house: HouseApplied = field(default_factory=HouseApplied)
    bad_rows: int = 0
    problems: tuple[Problem, ...] = ()
    notices: tuple[Problem, ...] = ()

    @property
    def is_nothing(self) -> bool:
        """Tell whether everything was there already."""
        return not self.requests


@uncollected()
def import_history(
    work: UnitOfWork,
    files: HistoryFiles,
    mapping: HistoryMapping,
    house: House,
    *,
    on_bad: BadRows = BadRows.SKIP,
    progress: Progress | None = None,
) -> HistoryImported:
    """Apply ``house`` and import an export into it, all of it or nothing.

    Every request gets its journal, legs, holds and clocks by the same rules as one
    worked here. Requests an earlier import made are left as they are. Raises
    ``BadFile`` when a file cannot be read, or when a row is bad and ``on_bad`` says
    stop: then nothing was written.
    """
    found = preview(files, mapping, house, progress=progress)
    require_importable(found, on_bad)
    applied = apply_house(work, house, also_units=found.units, years=_years(found))
    writer = _Writer(work, files, mapping, house, applied)
    writer.people(found)
    source = HistorySource(files, mapping)
    done = 0
    for batch in _batches(source, _BATCH):
        writer.write(batch)
        done += len(batch)
        if progress:
            progress("writing", done, found.requests)
    if writer.taken and on_bad is BadRows.STOP:
        raise BadFile(writer.taken)
    made = writer.made
    if not made.is_nothing:
        count_tables(work.session)
        if made.requests >= (work.session.scalar(_HOW_MANY) or 0) * _MUCH:
            merge_parts(work.session)
        work.touched_everything()
    made.bad_rows = found.bad_rows + len(writer.taken)
    made.problems = (*found.problems, *writer.taken)
    made.notices = found.notices
    return made


def _years(found: HistoryPreview) -> Iterable[int]:
    """Return the years the export speaks of, whose holidays are copied in."""
    if found.first_at is None or found.last_at is None:
        return ()
    return range(found.first_at.year, found.last_at.year + 1)


def _batches(many: Iterable[T], size: int) -> Iterator[list[T]]:
    rest = iter(many)
    while batch := list(islice(rest, size)):
        yield batch


class _Writer:
    """Writes batches of source requests with bulk statements."""

    def __init__(
        self,
        work: UnitOfWork,
        files: HistoryFiles,
        mapping: HistoryMapping,
        house: House,
        applied: HouseApplied,
    ) -> None:
        self.work = work
        self.session: Session = work.session
        self.mapping = mapping
        self.made = HistoryImported(house=applied)
        self.taken: list[Problem] = []
        self.requests_name = files.requests.name
        self.names = Names(
            {row.name: row.id for row in self.session.execute(_UNIT_NAMES)}, {}
        )
        # Read here and not kept for others: this transaction may still be undone.
        self.reference = load_reference(self.session, 0)
        sides = self.reference.sides
        self.fronts = {
            self.names.units[unit.name] for unit in house.units if unit.side == "front"
        } & {unit for unit, side in sides.items() if side is Side.FRONT}

    def people(self, found: HistoryPreview) -> None:
        """Make the people the export names; they cannot sign in."""
        session = self.session
        known = {
            row.name: row.id
            for row in session.execute(
                select(Person.id, Person.name).order_by(Person.id.desc())
            )
        }
        fresh = [
            Person(key=uuid.uuid5(SOURCE_KEYS, f"person:{name}"), name=name)
            for name in found.people
            if name not in known
        ]
        for person in fresh:
            person.can_sign_in = False
        session.add_all(fresh)
        session.flush()
        self.made.people = len(fresh)
        self.names.people = known | {person.name: person.id for person in fresh}

    def write(self, batch: list[SourceRequest]) -> None:
        """Write one batch, leaving out what is there already."""
        fresh = self._fresh(batch)
        if not fresh:
            return
        journals = [journal_of(request, self.names) for request in fresh]
        rows: list[Row] = []
        projections: list[Projection] = []
        for request, journal in zip(fresh, journals, strict=True):
            row, projection = self._projected(request, journal)
            rows.append(row)
            projections.append(projection)
        ids = self._insert_requests(rows)
        self._insert_entries(ids, rows, journals)
        made = self.made
        made.requests += len(ids)
        made.legs += self._insert_parts(RequestLeg, ids, [p.legs for p in projections])
        made.holds += self._insert_parts(
            RequestHold, ids, [p.holds for p in projections]
        )
        made.clocks += self._insert_parts(
            RequestClock, ids, [p.clocks for p in projections]
        )
        self._index(ids, rows)

    def _projected(
        self, request: SourceRequest, journal: list[EntryDraft]
    ) -> tuple[Row, Projection]:
        """Return a request's row and its projections, which still lack its id."""
        history = History.of(
            HistoryEvent(
                seq,
                draft.at,
                draft.kind.value,
                draft.changes,
                recorded_at=self.work.now,
            )
            for seq, draft in enumerate(journal, 1)
        )
        front = self._front(history)
        projection = project_rows(
            history,
            self.reference,
            request_id=0,
            service_id=None,
            front_unit_id=front,
        )
        return self._request(request, front) | projection.request, projection

    def _insert_entries(
        self, ids: list[int], rows: list[Row], journals: list[list[EntryDraft]]
    ) -> None:
        entries = [
            self._entry(row["key"], request_id, seq, draft)
            for request_id, row, drafts in zip(ids, rows, journals, strict=True)
            for seq, draft in enumerate(drafts, 1)
        ]
        self._insert(JournalEntry, entries)
        self.made.entries += len(entries)

    def _index(self, ids: list[int], rows: list[Row]) -> None:
        """Have the requests found by their words; an imported journal has none."""
        index_words(
            self.session,
            [
                (request_id, ready_words(RequestWords(row)))
                for request_id, row in zip(ids, rows, strict=True)
            ],
        )

    def _insert_parts(
        self, entity: type[Base], ids: list[int], parts: list[list[Row]]
    ) -> int:
        """Insert the legs, holds or clocks of requests; return how many."""
        rows = [
            row | {"request_id": request_id}
            for request_id, own in zip(ids, parts, strict=True)
            for row in own
        ]
        self._insert(entity, rows)
        return len(rows)

    def _fresh(self, batch: list[SourceRequest]) -> list[SourceRequest]:
        """Return the requests that are not there; name references that are taken."""
        references = [request.reference for request in batch]
        found = self.session.execute(
            select(Request.reference, Request.key).where(
                Request.reference.in_(references)
            )
        )
        there = {row.reference: row.key for row in found}
        fresh = []
        for request in batch:
            key = there.get(request.reference)
            if key is None:
                fresh.append(request)
            elif key == request_key(self.mapping, request.reference):
                self.made.already += 1
            else:
                self.taken.append(self._taken(request))
        return fresh

    def _taken(self, request: SourceRequest) -> Problem:
        return Problem(
            self.requests_name,
            "reference_taken",
            self.mapping.requests.reference,
            request.line,
            {"value": request.reference},
        )

    def _front(self, history: History) -> int | None:
        """Return the front unit the request went through, if any."""
        for leg in history.legs:
            if leg.unit in self.fronts:
                return leg.unit
        return None

    def _request(self, request: SourceRequest, front: int | None) -> Row:
        return {
            "key": request_key(self.mapping, request.reference),
            "version": 1,
            "reference": request.reference,
            "subject": request.subject,
            "front_unit_id": front,
            "customer": request.customer,
            "contact": request.contact,
            "channel": request.channel,
            "site": request.site,
            "topic": request.topic,
            "body": "",
            "form": {},
            "source": {"name": self.mapping.name, **request.source},
            "told_text": "",
        }

    def _entry(
        self, key: uuid.UUID, request_id: int, seq: int, draft: EntryDraft
    ) -> Row:
        return {
            "key": _entry_key(key, seq),
            "request_id": request_id,
            "seq": seq,
            "kind": draft.kind.value,
            "at": draft.at,
            "recorded_at": self.work.now,
            "audience": Audience.BOTH,
            "text": "",
            "changes": draft.changes,
            "details": draft.details,
        }

    def _insert_requests(self, rows: list[Row]) -> list[int]:
        """Insert the requests and return their ids, in the same order."""
        self._insert(Request, rows)
        # One plain statement for all and one look-up: RETURNING would go row by row.
        references = [row["reference"] for row in rows]
        found = self.session.execute(
            select(Request.reference, Request.id).where(
                Request.reference.in_(references)
            )
        )
        ids = {row.reference: row.id for row in found}
        return [ids[reference] for reference in references]

    def _insert(self, entity: type[Base], rows: list[Row]) -> None:
        insert_many(self.session.connection(), _table(entity), rows)


def _entry_key(request: uuid.UUID, seq: int) -> uuid.UUID:
    """Return uuid5(request, seq), made in half the time: there are very many."""
    name = request.bytes + str(seq).encode()
    bits = int.from_bytes(sha1(name, usedforsecurity=False).digest()[:16], "big")
    return uuid.UUID(int=bits & _NOT_VERSION | _VERSION_5)


_NOT_VERSION: Final = ~((0xF000 << 64) | (0xC000 << 48))
_VERSION_5: Final = (0x5000 << 64) | (0x8000 << 48)


def _table(entity: type[Base]) -> Table:
    table = entity.__table__
    assert isinstance(table, Table)
    return table


_UNIT_NAMES: Final = select(Unit.id, Unit.name)
