"""Raising a request: from what a clerk typed to the unit that offers the service."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select

from desktop.domain.errors import Forbidden, Invalid
from desktop.domain.forms import FieldSpec, problems_of
from desktop.domain.requests import Ball, EntryKind, RequestState
from desktop.domain.text import TITLE_CAP, clean_line, fold_for_search
from desktop.entities.requests import Request
from desktop.entities.services import FormField, Service
from desktop.entities.units import ReferenceCounter, Unit
from desktop.store.search import index_text
from desktop.store.unit_of_work import UnitOfWork
from desktop.use_cases.typed_words import typed_line, typed_text

DEFAULT_PRIORITY = 3


@dataclass(frozen=True)
class NewRequest:
    """What a clerk typed. ``key`` is made with the draft, so a retry makes no second.

    ``told_text`` and ``told_due_at``: what the customer was told, if anything.
    """

    service_id: int
    subject: str
    customer: str = ""
    contact: str = ""
    body: str = ""
    form: Mapping[str, Any] = field(default_factory=dict)
    priority: int = DEFAULT_PRIORITY
    urgency_reason: str = ""
    told_text: str = ""
    told_due_at: datetime | None = None
    channel: str = ""
    key: uuid.UUID = field(default_factory=uuid.uuid4)


@dataclass(frozen=True, slots=True)
class RaisedRequest:
    """A request as just raised."""

    id: int
    reference: str


def raise_request(work: UnitOfWork, draft: NewRequest) -> RaisedRequest:
    """Raise a request of a service to the unit that offers it.

    Refuses with Invalid(field, code) what is missing or cannot be stored.
    """
    session = work.session
    again = session.scalar(select(Request).where(Request.key == draft.key))
    if again is not None:
        return RaisedRequest(again.id, again.reference)
    if work.actor is None or work.actor.unit_id is None:
        raise Forbidden("nobody_at_the_desk")
    service = work.get(Service, draft.service_id)
    request = _drafted(work, draft, service)
    session.add(request)
    session.flush()
    work.record(
        EntryKind.RAISED,
        request,
        {
            "state": RequestState.NEW.value,
            "unit": service.unit_id,
            "from_unit": work.actor.unit_id,
            "priority": draft.priority,
        },
        text=request.told_text,
        details={"urgency_reason": clean_line(draft.urgency_reason)}
        if draft.urgency_reason
        else {},
        key=uuid.uuid5(draft.key, "raised"),
    )
    index_text(session, request.id, searchable_text(request, service.name))
    return RaisedRequest(request.id, request.reference)


def _drafted(work: UnitOfWork, draft: NewRequest, service: Service) -> Request:
    assert work.actor is not None
    unit = work.get(Unit, service.unit_id)
    form = _checked_form(work, draft)
    if draft.priority < DEFAULT_PRIORITY and not clean_line(draft.urgency_reason):
        raise Invalid("urgency_reason", "missing")
    return Request(
        key=draft.key,
        reference=_next_reference(work, unit),
        subject=typed_line(draft.subject or service.name, "subject", TITLE_CAP),
        service_id=service.id,
        front_unit_id=work.actor.unit_id,
        requester_id=work.actor.person_id,
        customer=typed_line(draft.customer, "customer", TITLE_CAP),
        contact=typed_line(draft.contact, "contact", TITLE_CAP),
        channel=typed_line(draft.channel, "channel", 40),
        body=typed_text(draft.body, "body"),
        form=form,
        told_text=typed_text(draft.told_text, "told_text"),
        told_due_at=draft.told_due_at,
        state=RequestState.NEW,
        is_open=True,
        ball=Ball.BACK,
        ball_since=work.now,
        raised_at=work.now,
        last_at=work.now,
    )


def searchable_text(request: Request, service_name: str) -> str:
    """Return the folded words a request is found by."""
    answers = " ".join(str(answer) for answer in (request.form or {}).values())
    parts = (
        request.reference,
        request.subject,
        service_name,
        request.customer,
        request.contact,
        request.site,
        request.topic,
        request.body,
        answers,
    )
    return fold_for_search(" ".join(part for part in parts if part))


def _checked_form(work: UnitOfWork, draft: NewRequest) -> dict[str, Any]:
    fields = [
        FieldSpec(one.code, one.label, one.kind, one.is_needed, "", tuple(one.choices))
        for one in work.session.scalars(
            select(FormField)
            .where(FormField.service_id == draft.service_id)
            .order_by(FormField.position)
        )
    ]
    answers = {
        code: typed_text(value, code) if isinstance(value, str) else value
        for code, value in draft.form.items()
    }
    for problem in problems_of(fields, answers):
        raise Invalid(problem.field, problem.code)
    return {code: value for code, value in answers.items() if value not in (None, "")}


def _next_reference(work: UnitOfWork, unit: Unit) -> str:
    counter = work.session.scalar(
        select(ReferenceCounter)
        .where(ReferenceCounter.prefix == unit.prefix)
        .with_for_update()
    )
    if counter is None:
        counter = ReferenceCounter(prefix=unit.prefix, last=0)
        work.session.add(counter)
    counter.last += 1
    return f"{unit.prefix}-{counter.last:04d}"
