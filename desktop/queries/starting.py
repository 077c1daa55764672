"""What a new request can start with: an earlier one, or a template."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from desktop.domain.errors import NotFound
from desktop.domain.forms import FieldKind, problems_of
from desktop.domain.requests import EntryKind
from desktop.entities.journal import JournalEntry
from desktop.entities.requests import Request
from desktop.entities.services import Service
from desktop.entities.units import Unit
from desktop.entities.wordings import RequestTemplate
from desktop.queries.services import ServiceHit
from desktop.store.form_rows import form_specs

USUAL_PRIORITY = 3


@dataclass(frozen=True, slots=True)
class Start:
    """What a form starts with. ``left_out`` counts answers today's form cannot take."""

    service_id: int | None
    answers: Mapping[str, Any]
    customer: str = ""
    contact: str = ""
    body: str = ""
    is_urgent: bool = False
    urgency_reason: str = ""
    reference: str = ""
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class TemplateRow:
    """A template in a list; whose it is follows from the ids."""

    id: int
    name: str
    service: str
    person_id: int | None
    unit_id: int | None


def start_like(session: Session, request_id: int) -> Start:
    """Return what a request like an earlier one starts with. Refuses with NotFound.

    An answer today's form does not ask, or would not take, is left out.
    """
    request = session.get(Request, request_id)
    if request is None:
        raise NotFound("not_found", what="request", id=request_id)
    service_id = _offered(session, request.service_id)
    answers = dict(request.form or {})
    kept = _fitting(session, service_id, answers)
    is_urgent = (request.priority or USUAL_PRIORITY) < USUAL_PRIORITY
    return Start(
        service_id,
        kept,
        request.customer,
        request.contact,
        request.body,
        is_urgent,
        _reason(session, request_id) if is_urgent else "",
        request.reference,
        len(answers) - len(kept),
    )


def start_from(session: Session, template_id: int) -> Start:
    """Return what a template starts a request with. Refuses with NotFound."""
    row = session.get(RequestTemplate, template_id)
    if row is None:
        raise NotFound("not_found", what="template", id=template_id)
    common = {"_customer", "_contact", "_body"}
    answers = dict(row.content.get("answers") or {})
    own = {code: one for code, one in answers.items() if code not in common}
    service_id = _offered(session, row.service_id)
    kept = _fitting(session, service_id, own)
    return Start(
        service_id,
        kept,
        str(answers.get("_customer") or ""),
        str(answers.get("_contact") or ""),
        str(answers.get("_body") or ""),
        bool(row.content.get("is_urgent")),
        str(row.content.get("urgency_reason") or ""),
        left_out=len(own) - len(kept),
    )


def templates_offered(
    session: Session, *, person_id: int | None, unit_id: int | None
) -> tuple[ServiceHit, ...]:
    """Return the templates somebody may use, as the search of services finds them."""
    rows = session.execute(
        select(
            RequestTemplate.id,
            RequestTemplate.name,
            Service.id,
            Service.name,
            Unit.id,
            Unit.name,
        )
        .join(Service, Service.id == RequestTemplate.service_id)
        .join(Unit, Unit.id == Service.unit_id)
        .where(Service.is_active, Unit.is_active, _may_use(person_id, unit_id))
        .order_by(RequestTemplate.name, RequestTemplate.id)
    )
    return tuple(
        ServiceHit(
            service_id, name, unit, unit_name, (service,), "", 0, 0, (), template_id
        )
        for template_id, name, service_id, service, unit, unit_name in rows
    )


def template_rows(
    session: Session, *, person_id: int | None, unit_id: int | None
) -> tuple[TemplateRow, ...]:
    """Return the templates somebody may use, by name."""
    rows = session.execute(
        select(
            RequestTemplate.id,
            RequestTemplate.name,
            Service.name,
            RequestTemplate.person_id,
            RequestTemplate.unit_id,
        )
        .join(Service, Service.id == RequestTemplate.service_id)
        .where(_may_use(person_id, unit_id))
        .order_by(RequestTemplate.name, RequestTemplate.id)
    )
    return tuple(TemplateRow(*row) for row in rows)


def _may_use(person_id: int | None, unit_id: int | None) -> Any:
    everybodys = RequestTemplate.person_id.is_(None) & RequestTemplate.unit_id.is_(None)
    return or_(
        everybodys,
        RequestTemplate.person_id == person_id,
        RequestTemplate.unit_id == unit_id,
    )


def _offered(session: Session, service_id: int | None) -> int | None:
    wanted = select(Service.id).where(Service.id == service_id, Service.is_active)
    return session.scalar(wanted)


def _fitting(
    session: Session, service_id: int | None, answers: Mapping[str, Any]
) -> dict[str, Any]:
    if service_id is None:
        return {}
    fields = form_specs(session, service_id)
    bad = {one.field for one in problems_of(fields, answers)}
    # A file belongs to the request it was attached to.
    bad |= {one.code for one in fields if one.kind is FieldKind.FILE}
    return {code: one for code, one in answers.items() if code not in bad}


def _reason(session: Session, request_id: int) -> str:
    details = session.scalar(
        select(JournalEntry.details).where(
            JournalEntry.request_id == request_id,
            JournalEntry.kind == EntryKind.RAISED.value,
        )
    )
    return str((details or {}).get("urgency_reason") or "")
