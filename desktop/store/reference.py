"""The rules in force, compiled once per change: calendars, agreements, sides."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.agreements import AgreementTerms, TargetKind, choose
from desktop.domain.calendars import CalendarSpec, Closure, ServiceCalendar
from desktop.domain.promises import Choose, Rules
from desktop.domain.requests import PendingReason, Side
from desktop.entities.agreements import (
    Agreement,
    AgreementHold,
    AgreementTarget,
    AgreementVersion,
)
from desktop.entities.calendars import (
    Calendar,
    CalendarClosure,
    CalendarInterval,
    CalendarOverride,
)
from desktop.entities.units import Unit
from desktop.entities.workspace import Workspace


@dataclass(frozen=True)
class Reference:
    """What the rules read: compiled calendars, agreement terms, sides of units."""

    stamp: int
    calendars: Mapping[int, ServiceCalendar]
    terms: tuple[AgreementTerms, ...]
    sides: Mapping[int, Side]
    _by_back: Mapping[int, list[AgreementTerms]] = field(repr=False)

    def chooser(self, service: int | None) -> Choose:
        """Return what finds the terms for a front unit, a back unit and an instant."""

        def find(front: int, back: int, at: datetime) -> AgreementTerms | None:
            if self.sides.get(front) is not Side.FRONT:
                return None
            return choose(self._by_back.get(back, ()), front, back, service, at)

        return find

    def rules(self, service: int | None) -> Rules:
        """Return what the promises about a service are made by."""
        return Rules.plain(self.chooser(service), self.calendars)


_STAMP: Final = select(Workspace.rules_stamp)


class ReferenceCache:
    """Keeps the compiled rules of one workspace until its stamp moves."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._held: Reference | None = None

    def get(self, session: Session) -> Reference:
        """Return the rules as this transaction sees them."""
        stamp = session.connection().execute(_STAMP).scalar() or 0
        with self._lock:
            held = self._held
        if held is not None and held.stamp == stamp:
            return held
        fresh = load_reference(session, stamp)
        with self._lock:
            self._held = fresh
        return fresh


def load_reference(session: Session, stamp: int) -> Reference:
    """Read and compile the rules: a handful of statements, whatever their number."""
    terms = _terms(session)
    by_back: dict[int, list[AgreementTerms]] = defaultdict(list)
    for one in terms:
        by_back[one.back_unit].append(one)
    sides = {row.id: row.side for row in session.execute(select(Unit.id, Unit.side))}
    specs = calendar_specs(session)
    calendars = {key: ServiceCalendar(spec) for key, spec in specs.items()}
    return Reference(stamp, calendars, terms, sides, by_back)


def calendar_specs(session: Session) -> dict[int, CalendarSpec]:
    """Read every calendar as the rules describe one, by its id."""
    weekly: dict[int, dict[int, list[tuple[int, int]]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for hours in session.scalars(select(CalendarInterval)):
        weekly[hours.calendar_id][hours.weekday].append((hours.from_s, hours.to_s))
    dates: dict[int, dict[date, list[tuple[int, int]]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for override in session.scalars(select(CalendarOverride)):
        open_hours = dates[override.calendar_id][override.day]
        if override.to_s > override.from_s:
            open_hours.append((override.from_s, override.to_s))
    closures: dict[int, list[Closure]] = defaultdict(list)
    for row in session.scalars(select(CalendarClosure).order_by(CalendarClosure.start)):
        closures[row.calendar_id].append(
            Closure(row.start, row.end, row.name, row.from_s, row.to_s, row.is_yearly)
        )
    return {
        one.id: CalendarSpec(
            zone=one.zone,
            weekly=dict(weekly[one.id]),
            overrides=dict(dates[one.id]),
            closures=tuple(closures[one.id]),
            name=one.name,
            version=one.version,
        )
        for one in session.scalars(select(Calendar))
    }


def _terms(session: Session) -> tuple[AgreementTerms, ...]:
    targets: dict[int, dict[tuple[TargetKind, int | None], int]] = defaultdict(dict)
    for target in session.scalars(select(AgreementTarget)):
        targets[target.version_id][target.kind, target.priority] = target.target_s
    holds: dict[int, dict[TargetKind, set[PendingReason]]] = defaultdict(
        lambda: defaultdict(set)
    )
    for hold in session.scalars(select(AgreementHold)):
        holds[hold.version_id][hold.kind].add(hold.reason)
    rows = session.execute(
        select(Agreement, AgreementVersion)
        .join(AgreementVersion, AgreementVersion.agreement_id == Agreement.id)
        .order_by(AgreementVersion.id)
    )
    return tuple(
        AgreementTerms(
            version_id=version.id,
            agreement_id=agreement.id,
            number=version.number,
            name=agreement.name,
            front_unit=agreement.front_unit_id,
            back_unit=agreement.back_unit_id,
            service=agreement.service_id,
            calendar=version.calendar_id,
            targets=targets[version.id],
            holds={kind: frozenset(one) for kind, one in holds[version.id].items()},
            warn_share=version.warn_share,
            starts=version.starts,
            valid_from=version.valid_from,
            valid_until=version.valid_until,
        )
        for agreement, version in rows
    )
