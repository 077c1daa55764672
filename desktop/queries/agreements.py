"""What screens read about agreements: the list, one with its versions, why this one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.agreement_drafts import TermsDraft
from desktop.domain.agreements import (
    Considered,
    VersionStage,
    VersionStatus,
    Why,
    consider,
    stage_of,
)
from desktop.domain.errors import NotFound
from desktop.entities.agreements import Agreement, AgreementVersion
from desktop.entities.calendars import Calendar
from desktop.entities.requests import Request, RequestClock
from desktop.entities.services import Service
from desktop.entities.units import Person, Unit
from desktop.store.agreement_rows import drafts_of
from desktop.store.reference import terms_of


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
    """One version of an agreement; ``lock`` is what the next step expects."""

    version_id: int
    number: int
    stage: VersionStage
    lock: int
    calendar: str
    terms: TermsDraft
    proposed: Signature | None
    front_agreed: Signature | None
    back_agreed: Signature | None


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


@dataclass(frozen=True, slots=True)
class ConsideredRow:
    """A version that was looked at for a request, and why it applies or not."""

    version_id: int
    agreement_id: int
    agreement: str
    number: int
    why: Why


@dataclass(frozen=True, slots=True)
class Applies:
    """Which version applies, and which others were considered; the chosen one first.

    ``moved``: somebody put the request under ``chosen`` on purpose.
    """

    chosen: ConsideredRow | None
    considered: tuple[ConsideredRow, ...]
    moved: bool = False


def agreements(session: Session, now: datetime) -> tuple[AgreementRow, ...]:
    """Return every agreement by back unit and name, as at ``now``."""
    units, services, calendars = _names(session)
    versions: dict[int, list[AgreementVersion]] = {}
    for version in session.scalars(
        select(AgreementVersion).order_by(AgreementVersion.number)
    ):
        versions.setdefault(version.agreement_id, []).append(version)
    rows = []
    for one in session.scalars(select(Agreement)):
        own = versions.get(one.id, [])
        if not own:
            continue
        shown = _shown(own, now)
        rows.append(
            AgreementRow(
                agreement_id=one.id,
                name=one.name,
                front_unit=units.get(one.front_unit_id or 0, ""),
                back_unit=units[one.back_unit_id],
                service=services.get(one.service_id or 0, ""),
                calendar=calendars[shown.calendar_id],
                number=shown.number,
                stage=_stage(shown, now),
                valid_from=shown.valid_from,
                valid_until=shown.valid_until,
                open_versions=sum(each.status in _OPEN for each in own),
                lock=one.version,
            )
        )
    return tuple(sorted(rows, key=lambda row: (row.back_unit, row.name)))


def agreement_details(
    session: Session, agreement_id: int, now: datetime
) -> AgreementDetails:
    """Return an agreement with its versions. Raises NotFound."""
    agreement = session.get(Agreement, agreement_id)
    if agreement is None:
        raise NotFound("not_found", what="agreement", id=agreement_id)
    units, services, calendars = _names(session)
    versions = list(
        session.scalars(
            select(AgreementVersion)
            .where(AgreementVersion.agreement_id == agreement_id)
            .order_by(AgreementVersion.number.desc())
        )
    )
    terms = drafts_of(session, versions)
    people = _people(session, versions)
    return AgreementDetails(
        agreement_id=agreement.id,
        name=agreement.name,
        lock=agreement.version,
        front_unit_id=agreement.front_unit_id,
        back_unit_id=agreement.back_unit_id,
        service_id=agreement.service_id,
        front_unit=units.get(agreement.front_unit_id or 0, ""),
        back_unit=units[agreement.back_unit_id],
        service=services.get(agreement.service_id or 0, ""),
        versions=tuple(
            _version_row(one, terms[one.id], calendars[one.calendar_id], people, now)
            for one in versions
        ),
    )


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


def which_applies(
    session: Session,
    *,
    front_unit_id: int,
    back_unit_id: int,
    service_id: int | None,
    at: datetime,
) -> Applies:
    """Return the version that applies to a request begun at ``at``, and the others.

    A named service outweighs a named front unit, which outweighs neither.
    """
    found = consider(terms_of(session), front_unit_id, back_unit_id, service_id, at)
    return _applies(found)


def why_this(session: Session, request_id: int, clock_position: int) -> Applies:
    """Return why a clock of a request is under its agreement. Raises NotFound."""
    row = session.execute(
        select(RequestClock, Request.service_id)
        .join(Request, Request.id == RequestClock.request_id)
        .where(
            RequestClock.request_id == request_id,
            RequestClock.position == clock_position,
        )
    ).first()
    if row is None:
        raise NotFound("not_found", what="clock", id=clock_position)
    clock, service_id = row
    terms = terms_of(session)
    own = next(one for one in terms if one.version_id == clock.version_id)
    # An answer is promised by the front unit under the same agreement.
    is_back = clock.unit_id == own.back_unit
    front = clock.for_unit_id if is_back else clock.unit_id
    found = _applies(
        consider(terms, front, own.back_unit, service_id, clock.started_at)
    )
    if found.chosen is not None and found.chosen.version_id == clock.version_id:
        return found
    chosen = ConsideredRow(
        own.version_id, own.agreement_id, own.name, own.number, Why.CHOSEN
    )
    return Applies(chosen, found.considered, moved=True)


def _applies(found: Iterable[Considered]) -> Applies:
    rows = tuple(
        ConsideredRow(
            one.terms.version_id,
            one.terms.agreement_id,
            one.terms.name,
            one.terms.number,
            one.why,
        )
        for one in found
    )
    return Applies(next((row for row in rows if row.why is Why.CHOSEN), None), rows)


_OPEN = (VersionStatus.DRAFT, VersionStatus.PROPOSED)


def _stage(version: AgreementVersion, now: datetime) -> VersionStage:
    return stage_of(version.status, version.valid_from, version.valid_until, now)


def _shown(versions: Sequence[AgreementVersion], now: datetime) -> AgreementVersion:
    """Return the version in force, else the newest agreed one, else the newest."""
    ranks = (VersionStage.IN_FORCE, VersionStage.AGREED, VersionStage.ENDED)
    for rank in ranks:
        fitting = [one for one in versions if _stage(one, now) is rank]
        if fitting:
            return fitting[-1]
    return versions[-1]


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
