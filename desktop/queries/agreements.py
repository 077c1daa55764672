"""What screens read about agreements: all of them, each with its versions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.domain.agreement_drafts import TermsDraft
from desktop.domain.agreements import VersionStage, stage_of
from desktop.entities.agreements import Agreement, AgreementVersion
from desktop.entities.calendars import Calendar
from desktop.entities.requests import Request, RequestClock
from desktop.entities.services import Service
from desktop.entities.units import Person, Unit
from desktop.store.agreement_rows import drafts_of


@dataclass(frozen=True, slots=True)
class AgreementRow:
    """One agreement in the list; names empty where it is with all.

    ``number`` and ``valid_from`` are of the version in force (else the newest), whose
    ``stage`` it is; ``open_versions`` are drafts and proposals.
    """

    agreement_id: int
    name: str
    front_unit: str
    back_unit: str
    service: str
    calendar: str
    number: int
    stage: VersionStage
    valid_from: datetime
    valid_until: datetime | None
    open_versions: int
    lock: int


@dataclass(frozen=True, slots=True)
class Signature:
    """Who did something to a version, and when."""

    person: str
    at: datetime


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One version of an agreement; ``lock`` is what the next step expects.

    ``running`` is how many open requests have a clock under it that has not stopped.
    """

    version_id: int
    number: int
    stage: VersionStage
    lock: int
    calendar: str
    terms: TermsDraft
    proposed: Signature | None
    front_agreed: Signature | None
    back_agreed: Signature | None
    running: int = 0


@dataclass(frozen=True, slots=True)
class AgreementDetails:
    """An agreement with all its versions, the newest first."""

    agreement_id: int
    name: str
    lock: int
    front_unit_id: int | None
    back_unit_id: int
    service_id: int | None
    front_unit: str
    back_unit: str
    service: str
    versions: tuple[VersionRow, ...]


def agreement_board(
    session: Session, now: datetime
) -> tuple[tuple[AgreementRow, AgreementDetails], ...]:
    """Return every agreement with all its versions, by back unit and name.

    A dozen statements, however many there are.
    """
    found = [(_row(one, now), one) for one in _details(session, now) if one.versions]
    return tuple(sorted(found, key=lambda one: (one[0].back_unit, one[0].name)))


def _row(details: AgreementDetails, now: datetime) -> AgreementRow:
    shown = _shown(details.versions)
    return AgreementRow(
        agreement_id=details.agreement_id,
        name=details.name,
        front_unit=details.front_unit,
        back_unit=details.back_unit,
        service=details.service,
        calendar=shown.calendar,
        number=shown.number,
        stage=shown.stage,
        valid_from=shown.terms.valid_from,
        valid_until=shown.terms.valid_until,
        open_versions=sum(one.stage in _OPEN for one in details.versions),
        lock=details.lock,
    )


def _details(session: Session, now: datetime) -> list[AgreementDetails]:
    chosen = list(session.scalars(select(Agreement)))
    units, services, calendars = _names(session)
    versions = list(
        session.scalars(
            select(AgreementVersion).order_by(AgreementVersion.number.desc())
        )
    )
    terms = drafts_of(session, versions)
    people = _people(session, versions)
    running = _running(session, [one.id for one in versions])
    rows: dict[int, list[VersionRow]] = defaultdict(list)
    for one in versions:
        calendar = calendars[one.calendar_id]
        row = _version_row(one, terms[one.id], calendar, people, now)
        rows[one.agreement_id].append(replace(row, running=running.get(one.id, 0)))
    return [
        AgreementDetails(
            agreement_id=one.id,
            name=one.name,
            lock=one.version,
            front_unit_id=one.front_unit_id,
            back_unit_id=one.back_unit_id,
            service_id=one.service_id,
            front_unit=units.get(one.front_unit_id or 0, ""),
            back_unit=units[one.back_unit_id],
            service=services.get(one.service_id or 0, ""),
            versions=tuple(rows[one.id]),
        )
        for one in chosen
    ]


def _running(session: Session, versions: Sequence[int]) -> dict[int, int]:
    """Count the open requests with a clock under each version that has not stopped."""
    rows = session.execute(
        select(RequestClock.version_id, func.count(RequestClock.request_id.distinct()))
        .join(Request, Request.id == RequestClock.request_id)
        .where(
            Request.is_open,
            RequestClock.stopped_at.is_(None),
            RequestClock.version_id.in_(versions),
        )
        .group_by(RequestClock.version_id)
    )
    return dict(rows.all())


def _version_row(
    one: AgreementVersion,
    terms: TermsDraft,
    calendar: str,
    people: dict[int, str],
    now: datetime,
) -> VersionRow:
    return VersionRow(
        version_id=one.id,
        number=one.number,
        stage=_stage(one, now),
        lock=one.version,
        calendar=calendar,
        terms=terms,
        proposed=_signature(people, one.proposed_by_id, one.proposed_at),
        front_agreed=_signature(people, one.front_agreed_by_id, one.front_agreed_at),
        back_agreed=_signature(people, one.back_agreed_by_id, one.back_agreed_at),
    )


_OPEN = (VersionStage.DRAFT, VersionStage.PROPOSED)


def _stage(version: AgreementVersion, now: datetime) -> VersionStage:
    return stage_of(version.status, version.valid_from, version.valid_until, now)


def _shown(versions: Sequence[VersionRow]) -> VersionRow:
    """Return the version in force, else the newest agreed one, else the newest."""
    ranks = (VersionStage.IN_FORCE, VersionStage.AGREED, VersionStage.ENDED)
    for rank in ranks:
        for one in versions:
            if one.stage is rank:
                return one
    return versions[0]


def _names(session: Session) -> tuple[dict[int, str], dict[int, str], dict[int, str]]:
    return (
        dict(session.execute(select(Unit.id, Unit.name)).all()),
        dict(session.execute(select(Service.id, Service.name)).all()),
        dict(session.execute(select(Calendar.id, Calendar.name)).all()),
    )


def _people(session: Session, versions: Iterable[AgreementVersion]) -> dict[int, str]:
    ids = {
        person
        for one in versions
        for person in (
            one.proposed_by_id,
            one.front_agreed_by_id,
            one.back_agreed_by_id,
        )
        if person is not None
    }
    rows = session.execute(select(Person.id, Person.name).where(Person.id.in_(ids)))
    return dict(rows.all())


def _signature(
    people: dict[int, str], person: int | None, at: datetime | None
) -> Signature | None:
    if person is None or at is None:
        return None
    return Signature(people[person], at)
