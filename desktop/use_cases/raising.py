"""Raising a request: from what a clerk typed to the unit that offers the service."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import and_, bindparam, select, update

from desktop.domain.errors import Forbidden, Invalid, NotFound
from desktop.domain.files import clean_file_name
from desktop.domain.forms import FieldKind, FieldSpec, asked_answers, problems_of
from desktop.domain.requests import RequestState, reference_of
from desktop.domain.text import TITLE_CAP
from desktop.entities.base import Base
from desktop.entities.requests import Request
from desktop.entities.services import Service
from desktop.entities.units import ReferenceCounter, Unit
from desktop.entities.workspace import Workspace
from desktop.store.engine import insert_ignoring_duplicates
from desktop.store.form_rows import form_specs
from desktop.store.reference import RULES_STAMP
from desktop.store.unit_of_work import UnitOfWork
from desktop.use_cases.attachments import NewFile, attach
from desktop.use_cases.typed_words import typed_line, typed_text

DEFAULT_PRIORITY = 3
PRIORITIES: Final = (1, 2, 3, 4)
REASON_CAP: Final = 2_000
HOW_CAP: Final = 200
PRICE_CAP: Final = 80


@dataclass(frozen=True)
class NewRequest:
    """What a clerk typed. ``key`` is made with the draft, so a retry makes no second.

    ``told_text``, ``told_due_at``, ``told_how`` and ``told_price``: what the customer
    was told, if anything.
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
    told_how: str = ""
    told_price: str = ""
    channel: str = ""
    files: tuple[NewFile, ...] = ()
    key: uuid.UUID = field(default_factory=uuid.uuid4)


@dataclass(frozen=True, slots=True)
class RaisedRequest:
    """A request as just raised."""

    id: int
    reference: str


def raise_request(work: UnitOfWork, draft: NewRequest) -> RaisedRequest:
    """Raise a request of a service to the unit that offers it, with its files.

    Refuses with Invalid(field, code) what is missing or cannot be stored; a file is
    named by its key. Nothing of a refused request is kept.
    """
    asked = {"key": draft.key, "of_service": draft.service_id}
    found = work.session.connection().execute(_OFFERED, asked).first()
    if found is not None and found.again_id is not None:
        return RaisedRequest(found.again_id, found.again_reference)
    if work.actor is None or work.actor.unit_id is None:
        raise Forbidden("nobody_at_the_desk")
    if found is None or not found.is_offered:
        raise NotFound("not_found", what="service", id=draft.service_id)
    work.rules_stand_at(found.rules_stamp)
    columns, details = _columns(work, draft, found.name), _details(draft)
    columns["reference"] = next_reference(work, found.prefix)
    request_id = work.open_request(
        columns,
        {
            "state": RequestState.NEW.value,
            "unit": found.unit_id,
            "from_unit": work.actor.unit_id,
            "priority": draft.priority,
        },
        text=columns["told_text"],
        details=details,
        key=uuid.uuid5(draft.key, "raised"),
    )
    if draft.files:
        attach(work, request_id, draft.files)
    return RaisedRequest(request_id, columns["reference"])


def _details(draft: NewRequest) -> dict[str, Any]:
    """Return what the journal keeps beside the words: why it is urgent, told for when.

    Refuses with Invalid an urgency without a reason, or out of range.
    """
    if draft.priority not in PRIORITIES:
        raise Invalid("priority", "not_a_choice")
    reason = typed_line(draft.urgency_reason, "urgency_reason", REASON_CAP)
    if draft.priority < DEFAULT_PRIORITY and not reason:
        raise Invalid("urgency_reason", "missing")
    details = {"urgency_reason": reason} if reason else {}
    return details | told_for(draft.told_due_at, draft.told_how, draft.told_price)


def told_for(due_at: datetime | None, how: str = "", price: str = "") -> dict[str, Any]:
    """Return what the journal keeps of what a customer was told, beside the words.

    Refuses with Invalid what is too long.
    """
    told = {
        "told_due_at": due_at.astimezone(UTC).isoformat() if due_at else "",
        "told_how": typed_line(how, "told_how", HOW_CAP),
        "told_price": typed_line(price, "told_price", PRICE_CAP),
    }
    return {name: words for name, words in told.items() if words}


def _columns(work: UnitOfWork, draft: NewRequest, service: str) -> dict[str, Any]:
    """Return what was typed as it is stored, or refuse it."""
    assert work.actor is not None
    form = _checked_form(work, draft)
    return {
        "key": draft.key,
        "subject": typed_line(draft.subject, "subject", TITLE_CAP) or service,
        "service_id": draft.service_id,
        "front_unit_id": work.actor.unit_id,
        "requester_id": work.actor.person_id,
        "customer": typed_line(draft.customer, "customer", TITLE_CAP),
        "contact": typed_line(draft.contact, "contact", TITLE_CAP),
        "channel": typed_line(draft.channel, "channel", 40),
        "body": typed_text(draft.body, "body"),
        "form": form,
        "told_text": typed_text(draft.told_text, "told_text"),
        "told_due_at": draft.told_due_at,
        "told_how": typed_line(draft.told_how, "told_how", HOW_CAP),
        "told_price": typed_line(draft.told_price, "told_price", PRICE_CAP),
    }


def _checked_form(work: UnitOfWork, draft: NewRequest) -> dict[str, Any]:
    """Return the answers to what is asked, or refuse what no window would send."""
    fields = form_specs(work.session, draft.service_id)
    answers = {code: _typed(value, code) for code, value in draft.form.items()}
    # Files answer by being there, whatever else was said of them.
    for spec in fields:
        if spec.kind is FieldKind.FILE:
            names = [one.name for one in draft.files if one.field == spec.code]
            answers[spec.code] = [clean_file_name(one) for one in names]
    for problem in problems_of(fields, answers, _today(work, fields)):
        details = {} if problem.limit is None else {"limit": problem.limit}
        raise Invalid(problem.field, problem.code, **details)
    return asked_answers(fields, answers)


def _typed(value: Any, where: str) -> Any:
    if isinstance(value, str):
        return typed_text(value, where)
    if isinstance(value, list):
        return [_typed(one, where) for one in value]
    return value


def _today(work: UnitOfWork, fields: Sequence[FieldSpec]) -> date | None:
    """Return what day it is in the house, where a question goes by it."""
    rules = [rule for one in fields for rule in (one.rules.earliest, one.rules.latest)]
    if not any(one.startswith("today") for one in rules):
        return None
    zone = work.session.scalar(select(Workspace.zone).limit(1)) or "UTC"
    return work.now.astimezone(ZoneInfo(zone)).date()


def next_reference(work: UnitOfWork, prefix: str) -> str:
    """Count a unit's prefix on; return the reference of its next request."""
    return reference_of(prefix, next_number(work, prefix))


def next_number(work: UnitOfWork, prefix: str) -> int:
    """Count a prefix on, whoever else does at the same time; return the number."""
    connection = work.session.connection()
    number = connection.execute(_COUNT_ON, {"of_prefix": prefix}).scalar()
    if number is None:
        # Two may raise the first request of a unit at once: both find the one row.
        counters = Base.metadata.tables[ReferenceCounter.__tablename__]
        first = [{"prefix": prefix, "last": 0}]
        insert_ignoring_duplicates(work.session, counters, first, ("prefix",))
        number = connection.execute(_COUNT_ON, {"of_prefix": prefix}).scalar_one()
    return number


# With it whether it was raised before, and which rules are in force: two statements
# less for each request raised.
_OFFERED: Final = (
    select(
        Service.name,
        Service.unit_id,
        Unit.prefix,
        and_(Service.is_active, Unit.is_active).label("is_offered"),
        Request.id.label("again_id"),
        Request.reference.label("again_reference"),
        RULES_STAMP.label("rules_stamp"),
    )
    .join(Unit, Unit.id == Service.unit_id)
    .outerjoin(Request, Request.key == bindparam("key"))
    .where(Service.id == bindparam("of_service"))
)
_COUNT_ON: Final = (
    update(ReferenceCounter)
    .where(ReferenceCounter.prefix == bindparam("of_prefix"))
    .values(last=ReferenceCounter.last + 1)
    .returning(ReferenceCounter.last)
)
