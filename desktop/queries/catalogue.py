"""The services of the house as a coordinator sees them: the list, and one whole."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.domain.errors import NotFound
from desktop.domain.requests import Side
from desktop.domain.service_drafts import PLAIN, CheckSpec, ServiceDraft
from desktop.entities.checklists import ServiceCheck
from desktop.entities.requests import Request
from desktop.entities.services import FormField, Service
from desktop.entities.units import Unit
from desktop.queries.services import USED_WITHIN
from desktop.store.form_rows import form_specs


@dataclass(frozen=True, slots=True)
class CatalogueRow:
    """A service in the list; ``used`` counts its requests of the last 90 days."""

    service_id: int
    name: str
    unit_id: int
    unit: str
    is_active: bool
    questions: int
    used: int


@dataclass(frozen=True, slots=True)
class ServiceDetails:
    """A service as it is stored; ``lock`` is the version a change rests on."""

    service_id: int
    lock: int
    draft: ServiceDraft
    used_codes: frozenset[str]


@dataclass(frozen=True, slots=True)
class OfferingUnit:
    """A unit that can offer services."""

    id: int
    name: str


def catalogue_rows(session: Session, *, now: datetime) -> tuple[CatalogueRow, ...]:
    """Return every service, by unit and name; those not offered any more too."""
    used = dict(
        session.execute(
            select(Request.service_id, func.count())
            .where(Request.raised_at >= now - USED_WITHIN)
            .group_by(Request.service_id)
        ).all()
    )
    questions = dict(
        session.execute(
            select(FormField.service_id, func.count())
            .where(FormField.is_active)
            .group_by(FormField.service_id)
        ).all()
    )
    rows = session.execute(
        select(Service.id, Service.name, Service.unit_id, Unit.name, Service.is_active)
        .join(Unit, Unit.id == Service.unit_id)
        .order_by(Unit.name, Service.name, Service.id)
    )
    return tuple(
        CatalogueRow(*row, questions.get(row[0], 0), used.get(row[0], 0))
        for row in rows
    )


def service_details(session: Session, service_id: int) -> ServiceDetails:
    """Return a service with its form and checklist. Refuses with NotFound."""
    row = session.get(Service, service_id)
    if row is None:
        raise NotFound("not_found", what="service", id=service_id)
    checks = session.scalars(
        select(ServiceCheck)
        .where(ServiceCheck.service_id == service_id, ServiceCheck.is_active)
        .order_by(ServiceCheck.position, ServiceCheck.id)
    )
    codes = session.scalars(
        select(FormField.code).where(FormField.service_id == service_id)
    )
    draft = ServiceDraft(
        **{name: getattr(row, name) for name in PLAIN},
        synonyms=tuple(row.synonyms or ()),
        fields=form_specs(session, service_id),
        checks=tuple(CheckSpec(one.text, one.is_needed, one.key) for one in checks),
    )
    return ServiceDetails(service_id, row.version, draft, frozenset(codes))


def service_made(session: Session, key: uuid.UUID) -> ServiceDetails | None:
    """Return the service that was made under a key, if it was."""
    made = session.scalar(select(Service.id).where(Service.key == key))
    return None if made is None else service_details(session, made)


def offering_units(session: Session) -> tuple[OfferingUnit, ...]:
    """Return the back units there are, by name."""
    rows = session.execute(
        select(Unit.id, Unit.name)
        .where(Unit.is_active, Unit.side == Side.BACK)
        .order_by(Unit.name)
    )
    return tuple(OfferingUnit(*row) for row in rows)
