"""Splitting a request into parts that several units do side by side."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import select

from desktop.domain.errors import Invalid
from desktop.domain.links import LinkKind, LinkWay
from desktop.domain.requests import EntryKind, PendingReason, RequestState
from desktop.domain.text import TITLE_CAP
from desktop.entities.requests import Request
from desktop.entities.services import Service
from desktop.entities.units import Person, Unit
from desktop.store.unit_of_work import UnitOfWork
from desktop.use_cases.links import told_other, write_link
from desktop.use_cases.raising import next_reference
from desktop.use_cases.stepping import step_on, waiting
from desktop.use_cases.typed_words import needed_line, typed_text

MOST_PARTS: Final = 20


@dataclass(frozen=True)
class PartDraft:
    """One part as it was typed: what, and by which service or else which unit.

    ``key`` is made with the draft, so that a retry makes no second part.
    """

    subject: str
    service_id: int | None = None
    unit_id: int | None = None
    assignee_id: int | None = None
    body: str = ""
    key: uuid.UUID = field(default_factory=uuid.uuid4)


@dataclass(frozen=True, slots=True)
class SplitDone:
    """The parts as raised, in the order they were typed, and the whole's version."""

    parts: tuple[int, ...]
    references: tuple[str, ...]
    version: int


def split(
    work: UnitOfWork,
    request_id: int,
    parts: Sequence[PartDraft],
    note: str = "",
    *,
    waits: bool = False,
    expected_version: int | None = None,
) -> SplitDone:
    """Split a request into parts, each a request of its own to its own unit.

    A part is for the same customer and front unit, under that unit's agreement with
    the unit that does it. ``waits``: the whole is held until the last part ended.
    Refuses with Invalid(``parts.N.subject`` …) what is missing in a part (from 0).
    """
    request = step_on(work, request_id, EntryKind.SPLIT, expected_version)
    if not 1 <= len(parts) <= MOST_PARTS:
        code = "too_many" if parts else "missing"
        raise Invalid("parts", code, most=MOST_PARTS)
    if waits and request.state is RequestState.PENDING:
        raise Invalid("waits", "held_already")
    note = typed_text(note, "note")
    made = [
        _raise_part(work, request, draft, f"parts.{number}", note)
        for number, draft in enumerate(parts)
    ]
    changes = waiting(PendingReason.PARTS) if waits else {}
    told = [{"id": one.id, "reference": one.reference} for one in made]
    work.record(
        EntryKind.SPLIT, request, changes, text=note, details={"requests": told}
    )
    work.session.flush()
    ids = tuple(one.id for one in made)
    return SplitDone(ids, tuple(one.reference for one in made), request.version)


def _raise_part(
    work: UnitOfWork, whole: Request, draft: PartDraft, where: str, note: str
) -> Request:
    unit, service = _done_by(work, draft, where)
    assignee = _assignee(work, draft, unit, where)
    front = whole.front_unit_id if whole.front_unit_id is not None else whole.unit_id
    columns: dict[str, Any] = {
        "key": draft.key,
        "subject": needed_line(draft.subject, f"{where}.subject", TITLE_CAP),
        "service_id": service.id if service else None,
        "front_unit_id": front,
        "requester_id": whole.requester_id,
        "customer": whole.customer,
        "contact": whole.contact,
        "channel": whole.channel,
        "site": whole.site,
        "body": typed_text(draft.body, f"{where}.body") or whole.body,
        "form": {},
        "reference": next_reference(work, unit.prefix),
    }
    changes = {
        "state": RequestState.NEW.value,
        "unit": unit.id,
        "from_unit": front,
        "priority": whole.priority,
    }
    details = told_other(LinkKind.PART_OF, LinkWay.IS, whole)
    key = uuid.uuid5(draft.key, "raised")
    part = work.get(
        Request,
        work.open_request(columns, changes, text=note, details=details, key=key),
    )
    write_link(work, part, LinkKind.PART_OF, whole)
    if assignee is not None:
        given = {"assignee": assignee.id, "state": RequestState.ACTIVE.value}
        work.record(EntryKind.ASSIGNED, part, given)
    return part


def _done_by(
    work: UnitOfWork, draft: PartDraft, where: str
) -> tuple[Unit, Service | None]:
    """Return the unit of a part, by its service where it has one."""
    if draft.service_id is None and draft.unit_id is None:
        raise Invalid(f"{where}.service", "missing")
    service = None
    if draft.service_id is not None:
        service = work.get(Service, draft.service_id)
    unit = work.get(Unit, service.unit_id if service else draft.unit_id or 0)
    is_offered = unit.is_active and (service is None or service.is_active)
    if not is_offered:
        raise Invalid(f"{where}.service", "not_a_choice")
    return unit, service


def _assignee(
    work: UnitOfWork, draft: PartDraft, unit: Unit, where: str
) -> Person | None:
    if draft.assignee_id is None:
        return None
    person = work.session.scalar(
        select(Person).where(Person.id == draft.assignee_id, Person.is_active)
    )
    if person is None or person.unit_id != unit.id:
        raise Invalid(f"{where}.assignee", "not_of_this_unit")
    return person
