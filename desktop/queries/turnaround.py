"""How long requests take and how often they move: per unit and over all.

Definitions (every figure of a row is about the requests counted in that row):

- *elapsed*: from raised to the last time the journal says "resolved" of the resolution
  that stands. A source may say so more than once: its own resolved-at is the last one.
  A request closed without ever being resolved is not resolved.
- *working*: the open time of the calendar of the unit that resolved it in that span.
- *reassigned*: changed hands at least once, a stay with no recorded unit included.
- *reopened*: went back to work after having been resolved, declined or closed.
- *waited for the customer*: ever waited for the person the request is for; *waited*:
  ever waited for anybody.
- *A→B→A*: a unit had it, another one, and the first one again at once; stays with no
  recorded unit are passed over.
- *kept*: of a back unit's own resolution promises with a verdict, those kept; a row by
  last unit counts the promises that unit made, whoever resolved the request.
- *could not be better*: of a unit's resolutions that were rated, those rated in the
  top box; how many were rated stands beside it.

Percentiles interpolate linearly.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from typing import Any, Final

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from desktop.domain.agreements import TargetKind
from desktop.domain.calendars import ServiceCalendar
from desktop.domain.clocks import ClockState
from desktop.domain.requests import PendingReason, RequestState
from desktop.domain.statistics import percentile, share_of
from desktop.entities.journal import JournalEntry
from desktop.entities.ratings import Rating
from desktop.entities.requests import Request, RequestClock, RequestHold, RequestLeg
from desktop.entities.units import Unit
from desktop.store.reference import calendar_specs

_DONE: Final = (RequestState.RESOLVED, RequestState.CLOSED)


@dataclass(frozen=True, slots=True)
class TurnaroundRow:
    """The figures of one unit, of requests nobody is recorded for, or of all.

    Durations in seconds, shares 0..1; ``None`` where there is nothing to tell.
    ``aba_moves`` counts moves, ``aba`` is the share of requests with at least one.
    """

    unit_id: int | None
    unit: str
    n: int
    resolved: int
    median_s: float | None
    p90_s: float | None
    median_working_s: float | None
    p90_working_s: float | None
    reassigned: float | None
    reopened: float | None
    waited_customer: float | None
    waited: float | None
    aba: float | None
    aba_moves: int
    promises: int
    kept: float | None
    rated: int
    top: float | None


@dataclass(frozen=True, slots=True)
class Handover:
    """How often one unit passed requests straight to another, and how many requests."""

    from_unit: str
    to_unit: str
    moves: int
    requests: int


@dataclass(frozen=True, slots=True)
class TurnaroundReport:
    """The whole report; units by size, ``first`` by who had it first."""

    overall: TurnaroundRow
    by_last_unit: tuple[TurnaroundRow, ...]
    by_first_unit: tuple[TurnaroundRow, ...]
    handovers: tuple[Handover, ...]


@dataclass(slots=True)
class _Case:
    """What the report needs to know of one request."""

    is_reopened: bool
    is_reassigned: bool
    elapsed_s: float | None = None
    working_s: float | None = None
    first: int | None = None
    last: int | None = None
    aba_moves: int = 0
    waited: bool = False
    waited_customer: bool = False


@dataclass(frozen=True, slots=True)
class _Counted:
    kept: int
    broken: int
    top: int
    rated: int


@dataclass(slots=True)
class _Verdicts:
    """What became of promises, and what was said of resolutions, by unit."""

    kept: Counter[int] = field(default_factory=Counter)
    broken: Counter[int] = field(default_factory=Counter)
    top: Counter[int] = field(default_factory=Counter)
    rated: Counter[int] = field(default_factory=Counter)

    def of(self, unit_id: int | None) -> _Counted:
        """Return the counts of one unit, none where no unit is recorded."""
        kinds = (self.kept, self.broken, self.top, self.rated)
        return _Counted(*(0 if unit_id is None else one[unit_id] for one in kinds))

    def all(self) -> _Counted:
        """Return the counts of all units together."""
        kinds = (self.kept, self.broken, self.top, self.rated)
        return _Counted(*(one.total() for one in kinds))


def turnaround(
    session: Session,
    *,
    raised_from: datetime | None = None,
    raised_until: datetime | None = None,
) -> TurnaroundReport:
    """Return the turnaround of the requests raised in a span (the end exclusive)."""
    chosen = select(Request.id)
    if raised_from is not None:
        chosen = chosen.where(Request.raised_at >= raised_from)
    if raised_until is not None:
        chosen = chosen.where(Request.raised_at < raised_until)
    units = {one.id: one for one in session.scalars(select(Unit))}
    cases, spans = _cases(session, chosen)
    handovers = _follow_legs(session, chosen, cases)
    _measure(session, cases, spans, units)
    for request_id, reason in session.execute(
        select(RequestHold.request_id, RequestHold.reason)
        .where(RequestHold.request_id.in_(chosen))
        .distinct()
    ):
        cases[request_id].waited = True
        if reason is PendingReason.CUSTOMER:
            cases[request_id].waited_customer = True
    verdicts = _verdicts(session, chosen)
    names = {key: unit.name for key, unit in units.items()}
    everything = list(cases.values())
    return TurnaroundReport(
        overall=_row(None, "", everything, verdicts.all()),
        by_last_unit=_rows(everything, names, verdicts, lambda case: case.last),
        by_first_unit=_rows(everything, names, verdicts, lambda case: case.first),
        handovers=_named(handovers, names),
    )


def _cases(
    session: Session, chosen: Select[int]
) -> tuple[dict[int, _Case], dict[int, tuple[datetime, datetime]]]:
    """Return every request, and the span from raised to resolved of those that are."""
    entries = session.execute(
        select(JournalEntry.request_id, func.max(JournalEntry.at))
        .where(
            JournalEntry.request_id.in_(chosen),
            JournalEntry.changes["state"].as_string() == RequestState.RESOLVED,
        )
        .group_by(JournalEntry.request_id)
    )
    said: dict[int | None, datetime] = dict(entries.all())
    cases: dict[int, _Case] = {}
    spans: dict[int, tuple[datetime, datetime]] = {}
    rows = session.execute(
        select(
            Request.id,
            Request.state,
            Request.raised_at,
            Request.resolved_at,
            Request.handovers,
            Request.reopens,
        ).where(Request.id.in_(chosen))
    )
    for row in rows:
        cases[row.id] = _Case(row.reopens > 0, row.handovers > 0)
        resolved = said.get(row.id)
        if resolved is None or row.resolved_at is None or row.state not in _DONE:
            continue
        if resolved >= row.resolved_at:
            spans[row.id] = (row.raised_at, resolved)
    return cases, spans


def _follow_legs(
    session: Session, chosen: Select[int], cases: dict[int, _Case]
) -> dict[tuple[int, int], list[int]]:
    """Note who had each request when; return the requests of each hand-over."""
    paths: dict[int, list[int]] = defaultdict(list)
    for request_id, unit_id in session.execute(
        select(RequestLeg.request_id, RequestLeg.unit_id)
        .where(RequestLeg.request_id.in_(chosen), RequestLeg.unit_id.is_not(None))
        .order_by(RequestLeg.request_id, RequestLeg.position)
    ):
        path = paths[request_id]
        if unit_id is not None and (not path or path[-1] != unit_id):
            path.append(unit_id)
    handovers: dict[tuple[int, int], list[int]] = defaultdict(list)
    for request_id, path in paths.items():
        case = cases[request_id]
        case.first, case.last = path[0], path[-1]
        case.aba_moves = sum(
            before == after for before, after in zip(path, path[2:], strict=False)
        )
        for move in pairwise(path):
            handovers[move].append(request_id)
    return handovers


def _measure(
    session: Session,
    cases: Mapping[int, _Case],
    spans: Mapping[int, tuple[datetime, datetime]],
    units: Mapping[int, Unit],
) -> None:
    calendars = {
        key: ServiceCalendar(spec) for key, spec in calendar_specs(session).items()
    }
    # Where no unit is recorded the calendar most units share is the fairest guess.
    usual = Counter(
        unit.calendar_id for unit in units.values() if unit.calendar_id is not None
    ).most_common(1)
    fallback = usual[0][0] if usual else None
    for request_id, (raised, resolved) in spans.items():
        case = cases[request_id]
        case.elapsed_s = (resolved - raised).total_seconds()
        unit = units[case.last] if case.last is not None else None
        key = unit.calendar_id if unit and unit.calendar_id else fallback
        if key is not None:
            case.working_s = calendars[key].elapsed(raised, resolved).total_seconds()


def _verdicts(session: Session, chosen: Select[int]) -> _Verdicts:
    verdicts = _Verdicts()
    is_broken = RequestClock.breached_at.is_not(None)
    for unit_id, state, broken, count in session.execute(
        select(RequestClock.unit_id, RequestClock.state, is_broken, func.count())
        .where(
            RequestClock.request_id.in_(chosen),
            RequestClock.kind == TargetKind.RESOLUTION,
            RequestClock.is_void.is_(False),
        )
        .group_by(RequestClock.unit_id, RequestClock.state, is_broken)
    ):
        if broken or state is ClockState.BREACHED:
            verdicts.broken[unit_id] += count
        elif state is ClockState.MET:
            verdicts.kept[unit_id] += count
    for rater, is_top, count in session.execute(
        select(Rating.unit_id, Rating.is_top, func.count())
        .where(Rating.request_id.in_(chosen), Rating.unit_id.is_not(None))
        .group_by(Rating.unit_id, Rating.is_top)
    ):
        assert rater is not None, "asked for"
        verdicts.rated[rater] += count
        verdicts.top[rater] += count if is_top else 0
    return verdicts


def _rows(
    cases: Iterable[_Case],
    names: Mapping[int, str],
    verdicts: _Verdicts,
    unit_of: Callable[[_Case], int | None],
) -> tuple[TurnaroundRow, ...]:
    groups: dict[int | None, list[_Case]] = defaultdict(list)
    for case in cases:
        groups[unit_of(case)].append(case)
    rows = []
    for unit_id, group in groups.items():
        name = names[unit_id] if unit_id is not None else ""
        rows.append(_row(unit_id, name, group, verdicts.of(unit_id)))
    return tuple(sorted(rows, key=lambda row: (-row.n, row.unit)))


def _row(
    unit_id: int | None, name: str, cases: list[_Case], counted: _Counted
) -> TurnaroundRow:
    elapsed = sorted(one.elapsed_s for one in cases if one.elapsed_s is not None)
    working = sorted(one.working_s for one in cases if one.working_s is not None)
    n = len(cases)
    promises = counted.kept + counted.broken

    def share(is_one: Callable[[_Case], bool]) -> float | None:
        return share_of(sum(map(is_one, cases)), n)

    return TurnaroundRow(
        unit_id=unit_id,
        unit=name,
        n=n,
        resolved=len(elapsed),
        median_s=percentile(elapsed, 0.5),
        p90_s=percentile(elapsed, 0.9),
        median_working_s=percentile(working, 0.5),
        p90_working_s=percentile(working, 0.9),
        reassigned=share(lambda one: one.is_reassigned),
        reopened=share(lambda one: one.is_reopened),
        waited_customer=share(lambda one: one.waited_customer),
        waited=share(lambda one: one.waited),
        aba=share(lambda one: one.aba_moves > 0),
        aba_moves=sum(one.aba_moves for one in cases),
        promises=promises,
        kept=share_of(counted.kept, promises),
        rated=counted.rated,
        top=share_of(counted.top, counted.rated),
    )


def _named(
    handovers: Mapping[tuple[int, int], list[int]], names: Mapping[int, str]
) -> tuple[Handover, ...]:
    found = [
        Handover(names[giver], names[taker], len(requests), len(set(requests)))
        for (giver, taker), requests in handovers.items()
    ]
    return tuple(
        sorted(found, key=lambda one: (-one.moves, one.from_unit, one.to_unit))
    )


def report_data(report: TurnaroundReport) -> dict[str, Any]:
    """Return the report as JSON holds it: hours and per cent with two decimals."""
    return {
        "overall": _data(report.overall),
        "units": [_data(row) for row in report.by_last_unit],
        "first_units": [_data(row) for row in report.by_first_unit],
        "handovers": [
            {
                "from": one.from_unit,
                "to": one.to_unit,
                "moves": one.moves,
                "requests": one.requests,
            }
            for one in report.handovers
        ],
    }


def _data(row: TurnaroundRow) -> dict[str, Any]:
    return {
        "unit": row.unit or None,
        "n": row.n,
        "resolved": row.resolved,
        "median_h": _hours(row.median_s),
        "p90_h": _hours(row.p90_s),
        "median_working_h": _hours(row.median_working_s),
        "p90_working_h": _hours(row.p90_working_s),
        "reassigned_pct": _per_cent(row.reassigned),
        "reopened_pct": _per_cent(row.reopened),
        "waited_customer_pct": _per_cent(row.waited_customer),
        "waited_pct": _per_cent(row.waited),
        "aba_pct": _per_cent(row.aba),
        "aba_moves": row.aba_moves,
        "promises": row.promises,
        "kept_pct": _per_cent(row.kept),
        "rated": row.rated,
        "top_pct": _per_cent(row.top),
    }


def _hours(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds / 3600, 2)


def _per_cent(share: float | None) -> float | None:
    return None if share is None else round(share * 100, 2)
