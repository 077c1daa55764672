"""Recompute what the tables cache from the journal, and say what differs.

The same pure functions that write the cached columns are asked again; nothing is
changed. Requests are read a batch at a time, so memory does not grow with them.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import Row, Table, func, select
from sqlalchemy.orm import Session

from desktop.domain.history import History, HistoryEvent
from desktop.entities.base import Base
from desktop.entities.journal import JournalEntry
from desktop.entities.requests import Request, RequestClock, RequestHold, RequestLeg
from desktop.entities.workspace import Workspace
from desktop.store.file_checks import file_faults
from desktop.store.found_checks import stale_words
from desktop.store.histories import events_where
from desktop.store.meeting_papers import paper_faults
from desktop.store.projection import project_rows
from desktop.store.reference import Reference, load_reference
from desktop.store.search_index import stale_between

BATCH: Final = 500
MOST_KEPT: Final = 1_000
"""How many differences are kept in full; the rest are only counted."""

WHOLE_ROW: Final = "*"
JOURNAL: Final = "journal_entry"
SEARCH: Final = "request_search"
FILES: Final = "file_content"
PAPERS: Final = "meeting_paper"

Value = Any
Told = Callable[[int, int], None]


@dataclass(frozen=True)
class Difference:
    """One stored value that is not what the journal adds up to.

    `position` names the leg, hold or clock (from 1), the journal's place for a gap in
    it, the content of a file, or a session's kept paper, whose `reference` is series
    and session instead of a request's, or the id of what sessions and obstacles say;
    column "*" stands for a whole row that is missing (stored None) or too many
    (expected None).
    """

    request_id: int
    reference: str
    table: str
    position: int | None
    column: str
    stored: Value
    expected: Value


@dataclass
class Verification:
    """What a check found: requests and journal entries read, and what differs."""

    checked: int = 0
    entries: int = 0
    difference_count: int = 0
    differences: list[Difference] = field(default_factory=list)

    @property
    def is_sound(self) -> bool:
        """Tell whether everything is as the journal says."""
        return self.difference_count == 0

    def note(self, found: Iterable[Difference]) -> None:
        """Count differences and keep the first ones."""
        for difference in found:
            self.difference_count += 1
            if len(self.differences) < MOST_KEPT:
                self.differences.append(difference)


@dataclass
class _Batch:
    """Some requests and all that hangs on them, by request id."""

    requests: Sequence[Row[Any]]
    events: dict[int, list[HistoryEvent]]
    rows: dict[str, dict[int, list[Row[Any]]]]


PROJECTED: Final[dict[str, type[Base]]] = {
    "leg": RequestLeg,
    "hold": RequestHold,
    "clock": RequestClock,
}


def verify(session: Session, told: Told | None = None) -> Verification:
    """Compare every cached column with what the journal adds up to.

    Every file and every paper of a session is compared with its digest.

    told: is called with (requests checked, requests in all) after each batch.
    About 10,000 requests take a second or two; open a reading session for one snapshot.
    """
    stamp = session.scalar(select(Workspace.rules_stamp)) or 0
    reference = load_reference(session, stamp)
    total = session.scalar(select(func.count()).select_from(Request)) or 0
    result = Verification()
    for batch in _batches(session):
        wrong: set[int] = set()
        for request in batch.requests:
            before = result.difference_count
            events = batch.events.get(request.id, [])
            result.checked += 1
            result.entries += len(events)
            result.note(_journal_gaps(request, events))
            if events:
                result.note(_differences(request, events, batch, reference))
            if result.difference_count > before:
                wrong.add(request.id)
        result.note(_unfound(session, batch, wrong))
        if told is not None:
            told(result.checked, total)
    result.note(_file_differences(session))
    result.note(_paper_differences(session))
    result.note(
        Difference(
            0, f"#{one.id}", one.table, one.id, "folded", one.stored, one.expected
        )
        for one in stale_words(session)
    )
    return result


def _paper_differences(session: Session) -> Iterator[Difference]:
    for one in paper_faults(session):
        where = f"{one.series} {one.session_number}"
        yield Difference(
            0, where, PAPERS, one.paper_id, "sha256", one.stored, one.expected
        )


def _file_differences(session: Session) -> Iterator[Difference]:
    for one in file_faults(session):
        yield Difference(
            one.request_id,
            one.reference,
            FILES,
            one.content_id,
            one.column,
            one.stored,
            one.expected,
        )


def _batches(session: Session) -> Iterator[_Batch]:
    last = 0
    table: Table = _table(Request)
    while True:
        requests = session.execute(
            select(table).where(table.c.id > last).order_by(table.c.id).limit(BATCH)
        ).all()
        if not requests:
            return
        first, last = requests[0].id, requests[-1].id
        yield _Batch(
            requests,
            events_where(session, JournalEntry.request_id.between(first, last)),
            {
                name: _rows_between(session, _table(entity), first, last)
                for name, entity in PROJECTED.items()
            },
        )


def _table(entity: type[Base]) -> Table:
    table = entity.__table__
    assert isinstance(table, Table)
    return table


def _rows_between(
    session: Session, table: Table, first: int, last: int
) -> dict[int, list[Row[Any]]]:
    rows: dict[int, list[Row[Any]]] = defaultdict(list)
    for row in session.execute(
        select(table)
        .where(table.c.request_id.between(first, last))
        .order_by(table.c.request_id, table.c.position)
    ):
        rows[row.request_id].append(row)
    return rows


def _unfound(session: Session, batch: _Batch, wrong: set[int]) -> Iterator[Difference]:
    """Name the sound requests that are not found by their present words."""
    by_id = {request.id: request for request in batch.requests}
    stale = stale_between(session, min(by_id), max(by_id))
    for identity in (one for one in stale if one not in wrong):
        yield _difference(
            by_id[identity], SEARCH, None, WHOLE_ROW, "stale", "its words today"
        )


def _journal_gaps(
    request: Row[Any], events: Sequence[HistoryEvent]
) -> Iterator[Difference]:
    """Name a request without a journal, and the first gap in a journal's numbers."""
    for place, event in enumerate(events, 1):
        if event.seq != place:
            yield _difference(request, JOURNAL, place, "seq", event.seq, place)
            return
    if not events:
        yield _difference(request, JOURNAL, 1, WHOLE_ROW, None, "raised")


def _differences(
    request: Row[Any],
    events: Sequence[HistoryEvent],
    batch: _Batch,
    reference: Reference,
) -> Iterator[Difference]:
    expected = project_rows(
        History.of(events),
        reference,
        request_id=request.id,
        service_id=request.service_id,
        front_unit_id=request.front_unit_id,
    )
    yield from _row_differences(request, "request", None, request, expected.request)
    for name, wanted in (
        ("leg", expected.legs),
        ("hold", expected.holds),
        ("clock", expected.clocks),
    ):
        stored = {row.position: row for row in batch.rows[name].get(request.id, ())}
        for row in wanted:
            position = row["position"]
            if position in stored:
                yield from _row_differences(
                    request, name, position, stored.pop(position), row
                )
            else:
                yield _difference(request, name, position, WHOLE_ROW, None, row)
        for position, extra in stored.items():
            yield _difference(
                request, name, position, WHOLE_ROW, dict(extra._mapping), None
            )


def _row_differences(
    request: Row[Any],
    table: str,
    position: int | None,
    stored: Row[Any],
    expected: dict[str, Any],
) -> Iterator[Difference]:
    present = stored._mapping
    for column, value in expected.items():
        if present[column] != value:
            yield _difference(request, table, position, column, present[column], value)


def _difference(
    request: Row[Any],
    table: str,
    position: int | None,
    column: str,
    stored: Value,
    expected: Value,
) -> Difference:
    return Difference(
        request.id, request.reference, table, position, column, stored, expected
    )
