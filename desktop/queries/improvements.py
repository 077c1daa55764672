"""What improvements are measured by: figures of the journal before, after, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from desktop.domain.cases import CaseReading
from desktop.domain.errors import NotFound
from desktop.domain.improvements import (
    ENDED,
    READINGS,
    Figure,
    ImprovementState,
    Measure,
    ProofCode,
    Span,
    proof_of,
    proof_span,
)
from desktop.domain.pairs import Period
from desktop.domain.tallies import Tally
from desktop.entities.obstacles import Improvement, Obstacle
from desktop.entities.services import Service
from desktop.entities.units import Person, Unit
from desktop.queries.evidence import pair_cases, zone_of
from desktop.queries.lookups import PersonRow, UnitRow, units_and_people


@dataclass(frozen=True, slots=True)
class Measured:
    """What is measured: of which pair of units, of which service (None: of all)."""

    measure: Measure
    front_unit_id: int
    back_unit_id: int
    service_id: int | None = None


def figure_of(session: Session, measured: Measured, span: Span) -> Figure:
    """Count a measure over whole days of the workspace's zone.

    Read as at the end of the last day, so that it is the same whenever it is counted.
    Raises NotFound for an unknown unit.
    """
    zone = zone_of(session)
    start = _midnight(span.first, zone)
    end = _midnight(span.last + timedelta(days=1), zone)
    period = Period(before_start=start, start=start, end=end, as_at=end)
    cases, pair = pair_cases(
        session, measured.front_unit_id, measured.back_unit_id, period
    )
    readings = (
        CaseReading.of(one, pair, end)
        for one in cases
        if measured.service_id is None or one.service == measured.service_id
    )
    return READINGS[measured.measure].take(Tally.of(readings, start, end))


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)


@dataclass(frozen=True, slots=True)
class ImprovementRow:
    """An improvement with its figures.

    ``after`` is what the proof's period came to so far (``None`` before it began), or
    what was confirmed. ``is_over``: the period is over, so the proof can be judged.
    ``proof`` is what the two figures say, ``None`` while the period runs.
    """

    id: int
    version: int
    obstacle_id: int
    title: str
    text: str
    owner_id: int | None
    owner: str
    measured: Measured
    front: str
    back: str
    service: str
    baseline: Span
    before: Figure
    target: float | None
    starts_on: date
    proof_on: date
    proof_days: Span
    after: Figure | None
    is_over: bool
    proof: ProofCode | None
    state: ImprovementState
    closed_at: datetime | None
    closed_why: str


def improvements_of(
    session: Session, obstacle_id: int, now: datetime
) -> tuple[ImprovementRow, ...]:
    """Return what an obstacle became, the latest first, each measured as at ``now``."""
    today = now.astimezone(zone_of(session)).date()
    rows = session.execute(_wanted().where(Improvement.obstacle_id == obstacle_id))
    return tuple(_row(session, row, today) for row in rows)


def improvement(session: Session, improvement_id: int, now: datetime) -> ImprovementRow:
    """Return one improvement, measured. Raises NotFound for an unknown one."""
    row = session.execute(_wanted().where(Improvement.id == improvement_id)).first()
    if row is None:
        raise NotFound("not_found", what="improvement", id=improvement_id)
    return _row(session, row, now.astimezone(zone_of(session)).date())


_Front, _Back = aliased(Unit), aliased(Unit)


def _wanted() -> Any:
    return (
        select(
            Improvement,
            Person.name.label("owner"),
            _Front.name.label("front"),
            _Back.name.label("back"),
            Service.name.label("service"),
        )
        .join(Obstacle, Obstacle.id == Improvement.obstacle_id)
        .join(_Front, _Front.id == Improvement.front_unit_id)
        .join(_Back, _Back.id == Improvement.back_unit_id)
        .outerjoin(Person, Person.id == Improvement.owner_id)
        .outerjoin(Service, Service.id == Improvement.service_id)
        .order_by(Improvement.id.desc())
    )


def _row(session: Session, row: Any, today: date) -> ImprovementRow:
    kept: Improvement = row.Improvement
    measured = measured_by(kept)
    baseline = Span(kept.baseline_from, kept.baseline_until)
    days = proof_span(baseline, kept.starts_on)
    before = Figure(kept.baseline_value, kept.baseline_n)
    is_over = days.last < today
    after = _after(session, kept, measured, days, today)
    proof = None
    if is_over and after is not None:
        proof = proof_of(measured.measure, before, after, kept.target_value)
    state = kept.state
    if state is ImprovementState.PLANNED and kept.starts_on <= today:
        state = ImprovementState.RUNNING
    assert kept.obstacle_id is not None
    return ImprovementRow(
        id=kept.id,
        version=kept.version,
        obstacle_id=kept.obstacle_id,
        title=kept.title,
        text=kept.text,
        owner_id=kept.owner_id,
        owner=row.owner or "",
        measured=measured,
        front=row.front,
        back=row.back,
        service=row.service or "",
        baseline=baseline,
        before=before,
        target=kept.target_value,
        starts_on=kept.starts_on,
        proof_on=kept.proof_on,
        proof_days=days,
        after=after,
        is_over=is_over,
        proof=proof,
        state=state,
        closed_at=kept.closed_at,
        closed_why=kept.closed_why,
    )


def measured_by(kept: Improvement) -> Measured:
    """Return what an improvement is measured by."""
    assert kept.front_unit_id is not None
    assert kept.back_unit_id is not None
    return Measured(
        Measure(kept.measure), kept.front_unit_id, kept.back_unit_id, kept.service_id
    )


def _after(
    session: Session, kept: Improvement, measured: Measured, days: Span, today: date
) -> Figure | None:
    """Return the figure after the start: as confirmed, else of the days that are over.

    A dropped one has none; of one that is confirmed nothing is counted again.
    """
    if kept.state in ENDED:
        is_judged = kept.state is not ImprovementState.DROPPED
        return Figure(kept.proof_value, kept.proof_n) if is_judged else None
    last = min(days.last, today - timedelta(days=1))
    if last < days.first:
        return None
    return figure_of(session, measured, Span(days.first, last))


@dataclass(frozen=True, slots=True)
class ImprovementChoices:
    """What an improvement can be about; services as (id, name with its unit)."""

    units: tuple[UnitRow, ...]
    people: tuple[PersonRow, ...]
    services: tuple[tuple[int, str], ...]


def improvement_choices(session: Session) -> ImprovementChoices:
    """Return the active units, people and services."""
    units, people = units_and_people(session)
    services = session.execute(
        select(Service.id, Service.name, Unit.name)
        .join(Unit, Unit.id == Service.unit_id)
        .where(Service.is_active, Unit.is_active)
        .order_by(Service.name, Unit.name)
    )
    named = tuple((key, f"{name}, {unit}") for key, name, unit in services)
    return ImprovementChoices(units, people, named)
