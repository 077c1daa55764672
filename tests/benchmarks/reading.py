"""What people wait for when they look: lists, counts, one request, search, agenda."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, timedelta
from typing import Any

from desktop.domain.list_views import GroupBy, ListView, SortBy
from desktop.domain.search_words import Coded, Field, Named
from desktop.entities.base import microseconds
from desktop.queries.agenda import pair_agenda
from desktop.queries.counter import counter
from desktop.queries.list_narrowing import Moment, Reader
from desktop.queries.lists import list_counts, list_page
from desktop.queries.promise import promise_for
from desktop.queries.queue import queue_summary
from desktop.queries.request_details import request_details
from desktop.queries.search import find_requests
from desktop.queries.turnaround import turnaround
from desktop.reports.agenda_paper import agenda_pdf
from tests.benchmarks.histories import COMMON
from tests.benchmarks.house import NOW
from tests.benchmarks.measuring import Goal, Row, judged, latency, seconds
from tests.benchmarks.workspaces import Place
from tests.queue_pages import queue_page

# The same rows and columns as the list has, by hand.
PAGE = """
SELECT r.id, r.version, r.reference, r.subject, r.service_id, coalesce(s.name, ''),
  r.front_unit_id, coalesce(f.name, ''), r.raised_at, r.state, r.ball, r.unit_id,
  coalesce(h.name, ''), r.ball_since, r.pending, r.assignee_id, coalesce(p.name, ''),
  r.priority, r.due_at, r.resolved_at, r.customer, coalesce(q.name, ''), r.last_at,
  r.follow_up_at, r.reopens, r.returns, r.entries, c.kind, c.unit_id, c.for_unit_id,
  c.calendar_id, c.version_id, c.target_s, c.warn_share, c.used_s, c.started_at,
  c.running_since, c.due_at, c.at_risk_at, c.breached_at, c.stopped_at, c.state,
  c.pending, c.is_void
FROM request r
LEFT JOIN clock c ON c.request_id = r.id AND c.position = r.clock_position
LEFT JOIN service s ON s.id = r.service_id LEFT JOIN unit f ON f.id = r.front_unit_id
LEFT JOIN unit h ON h.id = r.unit_id LEFT JOIN person p ON p.id = r.assignee_id
LEFT JOIN person q ON q.id = r.requester_id
"""
FIRST = f"""{PAGE} WHERE r.unit_id = ? AND r.is_open AND r.due_at IS NOT NULL
ORDER BY r.due_at, r.id LIMIT 101"""
NEXT = f"""{PAGE} WHERE r.unit_id = ? AND r.is_open AND (r.due_at, r.id) > (?, ?)
ORDER BY r.due_at, r.id LIMIT 101"""
COUNTS = """
SELECT count(*), sum(CASE WHEN r.assignee_id = ? THEN 1 ELSE 0 END),
  sum(CASE WHEN r.assignee_id IS NULL THEN 1 ELSE 0 END),
  sum(CASE WHEN r.due_at >= ? AND c.at_risk_at <= ? AND c.state = 'running'
      THEN 1 ELSE 0 END),
  sum(CASE WHEN r.due_at < ? THEN 1 ELSE 0 END)
FROM request r LEFT JOIN clock c ON c.request_id = r.id
  AND c.position = r.clock_position WHERE r.unit_id = ? AND r.is_open"""
JOURNAL = "SELECT * FROM journal_entry WHERE request_id = ? ORDER BY seq"
CLOCKS = "SELECT * FROM clock WHERE request_id = ? ORDER BY position"
SQLITE_FOUND = """SELECT rowid FROM request_search WHERE request_search MATCH ?
ORDER BY rowid DESC LIMIT 50"""
SERVER_FOUND = """SELECT request_id FROM request_search WHERE words @@ ?::tsquery
ORDER BY request_id DESC LIMIT 50"""

IN_SCOPE = """SELECT DISTINCT r.id FROM request r JOIN leg l ON l.request_id = r.id
WHERE (r.is_open OR r.resolved_at >= ?)
  AND (l.from_unit_id = ? AND l.unit_id = ? OR l.from_unit_id = ? AND l.unit_id = ?)"""

PAIR = (1, 2)
"""The middle pair an agenda is made for: the second counter, the third office."""


def run(place: Place, size: int) -> Iterator[Row]:
    """Measure every read at one size."""
    named = f" at {size:,}"
    yield from desk(place, size)
    for row in (*_agenda(place, size), _report(place)):
        yield {**row, "name": row["name"] + named}


def desk(place: Place, size: int) -> Iterator[Row]:
    """Measure what the request desk reads, and no more."""
    named = f" at {size:,}"
    for row in (
        *_queue(place),
        *_lists(place),
        *_counter(place),
        _details(place),
        *_searches(place),
        _likely(place),
    ):
        yield {**row, "name": row["name"] + named}


def _queue(place: Place) -> Iterator[Row]:
    desk, floor, unit = place.desk, place.floor, place.house.backs[0]
    me = place.house.people[unit][0]
    first = desk.read(queue_page, unit, now=NOW)
    cursor = first.next_cursor
    assert cursor is not None
    now, due = _instant(place, NOW), _instant(place, cursor.value)
    yield latency(
        "queue, first page of 100",
        lambda: desk.read(queue_page, unit, now=NOW),
        lambda: floor.rows(FIRST, unit),
        Goal(ratio=3, ms=50),
    )
    yield latency(
        "queue, next page",
        lambda: desk.read(queue_page, unit, after=cursor, now=NOW),
        lambda: floor.rows(NEXT, unit, due, cursor.id),
        Goal(ms=30),
    )
    yield latency(
        "queue, counts and choices of its chips",
        lambda: desk.read(queue_summary, unit, me, NOW),
        lambda: floor.rows(COUNTS, me, now, now, now, unit),
        Goal(ms=60),
    )


def _lists(place: Place) -> Iterator[Row]:
    """Measure any list: of a queue, of what is open, of everything there ever was."""
    house, unit = place.house, place.house.backs[0]
    reader = Reader(house.people[unit][0], unit)
    moment = Moment(NOW, UTC)
    queue = ListView((Named(Field.UNIT, (), (unit,)), Coded(Field.IS, ("open",))))
    every = ListView(sort=SortBy.REFERENCE, is_descending=True)
    limit = 150 if place.floor.is_server else 100
    by = {"reader": reader, "moment": moment}
    service, agent = house.services[unit][0], house.people[house.backs[3]][0]
    for name, view in (
        ("queue by subject", replace(queue, sort=SortBy.SUBJECT)),
        ("queue grouped by service", replace(queue, group=GroupBy.SERVICE)),
        ("queue, a common word", replace(queue, words=COMMON[0])),
        ("queue, at risk", replace(queue, words="is:risk")),
        ("queue, broken, not held", replace(queue, words="is:broken -is:held")),
        ("open, overdue by due", replace(every, words="is:overdue", sort=SortBy.DUE)),
        ("open, grouped by unit", replace(every, words="is:open", group=GroupBy.UNIT)),
        ("everything, newest", every),
        ("everything by what changed", replace(every, sort=SortBy.CHANGED)),
        (
            "everything of a service",
            every.narrowed(Named(Field.SERVICE, (), (service,))),
        ),
        ("everything of a person", every.narrowed(Named(Field.ASSIGNEE, (), (agent,)))),
        ("everything, two filters", replace(every, words="priority:1 state:declined")),
        ("everything of a month", replace(every, words="raised:2026-05")),
        ("everything of a customer", replace(every, words='customer:"customer 4711"')),
        (
            "everything, a word and a filter",
            replace(every, words=f"{COMMON[0]} is:held"),
        ),
        ("everything, a phrase", replace(every, words=f'"{COMMON[0]} {COMMON[1]}"')),
        (
            "everything, a word by subject",
            replace(every, words=COMMON[0], sort=SortBy.SUBJECT),
        ),
    ):
        yield latency(
            f"list: {name}",
            lambda view=view: place.desk.read(list_page, view, **by),
            None,
            Goal(ms=limit),
            times=15,
        )
    for name, view in (
        ("queue by due", replace(queue, group=GroupBy.DUE)),
        ("queue by service", replace(queue, group=GroupBy.SERVICE)),
        ("queue, a common word", replace(queue, words=COMMON[0], group=GroupBy.DUE)),
        ("everything", every),
        ("everything by unit", replace(every, group=GroupBy.UNIT)),
        ("everything by state", replace(every, group=GroupBy.STATE)),
        ("a common word", replace(every, words=COMMON[0])),
    ):
        yield latency(
            f"counts: {name}",
            lambda view=view: place.desk.read(list_counts, view, **by),
            None,
            Goal(ms=60),
            times=15,
        )


def _counter(place: Place) -> Iterator[Row]:
    unit = place.house.fronts[0]
    today = NOW.replace(hour=0)
    for name, person in (
        ("one clerk", place.house.people[unit][0]),
        ("everybody", None),
    ):
        yield latency(
            f"counter, {name}",
            lambda person=person: place.desk.read(
                counter, unit_id=unit, person_id=person, day_start=today
            ),
            None,
            Goal(ms=50),
        )


def _details(place: Place) -> Row:
    desk, floor, unit = place.desk, place.floor, place.house.backs[0]
    ids = [row.id for row in desk.read(queue_page, unit, now=NOW).rows]
    turn = iter(ids * 1_000)
    other = iter(ids * 1_000)

    def ours() -> object:
        return desk.read(request_details, next(turn), reader_unit_id=unit, now=NOW)

    def bare() -> object:
        one = next(other)
        head = floor.rows("SELECT * FROM request WHERE id = ?", one)
        return head, floor.rows(JOURNAL, one), floor.rows(CLOCKS, one)

    return latency("open a request", ours, bare, Goal(ms=60))


def _searches(place: Place) -> Iterator[Row]:
    found = SERVER_FOUND if place.floor.is_server else SQLITE_FOUND
    start = COMMON[0][:3]
    limit = 150 if place.floor.is_server else 100
    rare = place.desk.read(find_requests, "n-0000777")[0].subject.split()[0]
    for name, words in (
        ("a common word", COMMON[0]),
        ("two common words", f"{COMMON[0]} {COMMON[1]}"),
        ("a word's beginning", start),
        ("two letters", start[:2]),
        ("a rarer word", rare),
        ("a reference", "N-0000777"),
        ("nothing to find", "qqxw"),
    ):
        yield latency(
            f"search, {name}",
            lambda words=words: place.desk.read(find_requests, words),
            lambda words=words: place.floor.rows(found, _asked(place, words)),
            Goal(ms=limit),
            times=15,
        )


def _asked(place: Place, words: str) -> str:
    cut = words.lower().replace("-", " ").split()
    if place.floor.is_server:
        return " & ".join(f"'{word}':*" for word in cut)
    return " AND ".join(f'"{word}"*' if len(word) > 1 else word for word in cut)


def _likely(place: Place) -> Row:
    """What is promised and likely for a new request, a service after the other."""
    house = place.house
    services = [one for unit in house.backs for one in house.services[unit]]
    turn = iter(services * 1_000)
    return latency(
        "new request: promise and likely",
        lambda: place.desk.read(
            promise_for,
            next(turn),
            front_unit_id=house.fronts[0],
            priority=3,
            now=NOW,
        ),
        None,
        Goal(ms=30),
    )


def _agenda(place: Place, size: int) -> Iterator[Row]:
    desk = place.desk
    front, back = place.house.fronts[PAIR[0]], place.house.backs[PAIR[1]]

    def build() -> Any:
        return desk.read(
            pair_agenda,
            front_unit_id=front,
            back_unit_id=back,
            starts_at=NOW,
            printed_at=NOW,
        )

    made = build()
    since = _instant(place, NOW - timedelta(days=28))
    ids = [
        row[0] for row in place.floor.rows(IN_SCOPE, since, front, back, back, front)
    ]
    marks = ", ".join("?" * len(ids))
    journal = f"SELECT * FROM journal_entry WHERE request_id IN ({marks})"
    yield latency(
        f"agenda's candidates ({len(ids)} requests)",
        build,
        lambda: place.floor.rows(journal, *ids),
        Goal(ms=2_000) if size > 100_000 else None,
        times=7,
    )
    pages = agenda_pdf(made.paper).count(b"/Type /Page\n")
    yield latency(
        f"agenda from evidence to PDF ({pages} pages)",
        lambda: agenda_pdf(build().paper),
        None,
        Goal(ms=1_000 if size > 100_000 else 300),
        times=7,
    )


def _report(place: Place) -> Row:
    since = NOW - timedelta(days=90)
    took = seconds(lambda: place.desk.read(turnaround, raised_from=since))
    row: Row = {"name": "turnaround of everybody, 90 days", "unit": "ms"}
    return judged({**row, "value": round(took * 1000, 1)}, None)


def _instant(place: Place, at: Any) -> Any:
    return at if place.floor.is_server else microseconds(at)
