"""The rules in force, compiled once per change: calendars, agreements, sides."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, Pool, select
from sqlalchemy.orm import Session

from desktop.domain.agreements import (
    AgreementTerms,
    PromiseKey,
    VersionStatus,
    WarningLevel,
    choose,
)
from desktop.domain.calendars import CalendarSpec, ServiceCalendar
from desktop.domain.promises import Choose, Rules
from desktop.domain.requests import Side
from desktop.domain.working_days import DayRule
from desktop.entities.agreements import (
    Agreement,
    AgreementTarget,
    AgreementVersion,
)
from desktop.entities.calendars import CalendarVersion
from desktop.entities.units import Unit
from desktop.entities.workspace import Workspace
from desktop.store.agreement_rows import (
    Holds,
    holds_of,
    rule_of,
    targets_of,
    warnings_of,
)
from desktop.store.calendar_rows import calendar_specs

__all__ = [
    "KeptVersion",
    "Reference",
    "ReferenceCache",
    "calendar_specs",
    "load_reference",
    "reference_of",
    "terms_of",
]


@dataclass(slots=True)
class KeptVersion:
    """A calendar as it was from an instant on; compiled when first counted by."""

    number: int
    at: datetime
    refunded_at: datetime | None
    spec: Mapping[str, Any]
    compiled: ServiceCalendar | None = None

    @property
    def calendar(self) -> ServiceCalendar:
        """Return it compiled."""
        if self.compiled is None:
            self.compiled = ServiceCalendar(CalendarSpec.from_data(self.spec))
        return self.compiled

    def holds(self, known: datetime, stop: datetime | None) -> bool:
        """Tell whether a clock known since then, stopped or not, is under it.

        It is when it was known later, or had not stopped when the change was given to
        what was open.
        """
        if self.at <= known:
            return True
        if self.refunded_at is None:
            return False
        return stop is None or stop > self.refunded_at


@dataclass(frozen=True)
class Reference:
    """What the rules read: compiled calendars, agreement terms, sides of units.

    ``calendars`` are as they are now; ``versions`` what they were, oldest first, of
    those ever changed. ``terms`` are the versions agreed on.
    """

    stamp: int
    calendars: Mapping[int, ServiceCalendar]
    terms: tuple[AgreementTerms, ...]
    sides: Mapping[int, Side]
    _by_back: Mapping[int, list[AgreementTerms]] = field(repr=False)
    versions: Mapping[int, list[KeptVersion]] = field(default_factory=dict)
    _by_version: Mapping[int, AgreementTerms] = field(default_factory=dict, repr=False)

    def chooser(self, service: int | None) -> Choose:
        """Return what finds the terms for a front unit, a back unit and an instant."""

        def find(front: int, back: int, at: datetime) -> AgreementTerms | None:
            if self.sides.get(front) is not Side.FRONT:
                return None
            return choose(self._by_back.get(back, ()), front, back, service, at)

        return find

    def rules(self, service: int | None) -> Rules:
        """Return what the promises about a service are made by."""
        return Rules(self.chooser(service), self.calendar_of, self.version_of)

    def version_of(self, version_id: int) -> AgreementTerms | None:
        """Return a version that was agreed on, None for any other."""
        return self._by_version.get(version_id)

    def calendar_of(
        self, calendar: int, known: datetime, stop: datetime | None
    ) -> ServiceCalendar:
        """Return the version of a calendar a clock is judged under."""
        kept = self.versions.get(calendar)
        if kept is None:
            return self.calendars[calendar]
        for version in reversed(kept[1:]):
            if version.holds(known, stop):
                return version.calendar
        return kept[0].calendar


_STAMP: Final = select(Workspace.rules_stamp)
RULES_STAMP: Final = _STAMP.limit(1).scalar_subquery()
"""The rules' stamp as a column, for a statement that is asked anyway."""


class ReferenceCache:
    """Keeps the compiled rules of one workspace until its stamp moves."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._held: Reference | None = None

    def get(self, session: Session, stamp: int | None = None) -> Reference:
        """Return the rules as this transaction sees them, which may know the stamp."""
        if stamp is None:
            stamp = session.connection().execute(_STAMP).scalar() or 0
        with self._lock:
            held = self._held
        if held is not None and held.stamp == stamp:
            return held
        fresh = load_reference(session, stamp)
        with self._lock:
            self._held = fresh
        return fresh


_CACHES: Final[WeakKeyDictionary[Pool, ReferenceCache]] = WeakKeyDictionary()


def reference_of(session: Session) -> Reference:
    """Return the rules as a reading session sees them, compiled once per change."""
    bind = session.get_bind()
    pool = (bind if isinstance(bind, Engine) else bind.engine).pool
    cache = _CACHES.get(pool)
    if cache is None:
        cache = _CACHES[pool] = ReferenceCache()
    return cache.get(session)


def load_reference(session: Session, stamp: int) -> Reference:
    """Read and compile the rules: a handful of statements, whatever their number."""
    terms = tuple(terms_of(session))
    by_back: dict[int, list[AgreementTerms]] = defaultdict(list)
    for one in terms:
        by_back[one.back_unit].append(one)
    sides = {row.id: row.side for row in session.execute(select(Unit.id, Unit.side))}
    specs = calendar_specs(session)
    calendars = {key: ServiceCalendar(spec) for key, spec in specs.items()}
    return Reference(
        stamp,
        calendars,
        terms,
        sides,
        by_back,
        _versions(session, calendars),
        {one.version_id: one for one in terms},
    )


def _versions(
    session: Session, calendars: Mapping[int, ServiceCalendar]
) -> dict[int, list[KeptVersion]]:
    kept: dict[int, list[KeptVersion]] = defaultdict(list)
    for row in session.execute(
        select(
            CalendarVersion.calendar_id,
            CalendarVersion.number,
            CalendarVersion.at,
            CalendarVersion.refunded_at,
            CalendarVersion.spec,
        ).order_by(CalendarVersion.calendar_id, CalendarVersion.number)
    ):
        version = KeptVersion(row.number, row.at, row.refunded_at, row.spec)
        now = calendars[row.calendar_id]
        if row.number == now.spec.version:
            version.compiled = now
        kept[row.calendar_id].append(version)
    for calendar_id, versions in kept.items():
        by_number = {one.number: one.calendar for one in versions}
        for one in (calendars[calendar_id], *by_number.values()):
            one.earlier = by_number
    return dict(kept)


def terms_of(
    session: Session, status: VersionStatus | None = VersionStatus.AGREED
) -> list[AgreementTerms]:
    """Read agreement versions of a status (None: all) as the rules read them."""
    targets = {
        version: {(one.kind, one.priority): one for one in found}
        for version, found in targets_of(session).items()
    }
    holds, warnings = holds_of(session), warnings_of(session)
    wanted = (
        select(Agreement, AgreementVersion)
        .join(AgreementVersion, AgreementVersion.agreement_id == Agreement.id)
        .order_by(AgreementVersion.id)
    )
    if status is not None:
        wanted = wanted.where(AgreementVersion.status == status)
    return [
        _terms(
            agreement,
            version,
            targets.get(version.id, {}),
            holds.get(version.id, {}),
            warnings.get(version.id, ()),
        )
        for agreement, version in session.execute(wanted)
    ]


def _terms(
    agreement: Agreement,
    version: AgreementVersion,
    targets: Mapping[PromiseKey, AgreementTarget],
    holds: Holds,
    warnings: tuple[WarningLevel, ...],
) -> AgreementTerms:
    clocks = {key: one.calendar_id for key, one in targets.items()}
    return AgreementTerms(
        version_id=version.id,
        agreement_id=agreement.id,
        number=version.number,
        name=agreement.name,
        front_unit=agreement.front_unit_id,
        back_unit=agreement.back_unit_id,
        service=agreement.service_id,
        calendar=version.calendar_id,
        targets={key: one.target_s for key, one in targets.items()},
        holds=holds,
        warn_share=version.warn_share,
        starts=version.starts,
        valid_from=version.valid_from,
        valid_until=version.valid_until,
        rules=_day_rules(targets),
        clocks={key: one for key, one in clocks.items() if one is not None},
        warnings=warnings,
        at_reopen=version.at_reopen,
        at_priority=version.at_priority,
        at_unit=version.at_unit,
        reopen_days=version.reopen_days,
    )


def _day_rules(
    targets: Mapping[PromiseKey, AgreementTarget],
) -> dict[PromiseKey, DayRule]:
    rules = {key: rule_of(one) for key, one in targets.items()}
    return {key: rule for key, rule in rules.items() if rule is not None}
