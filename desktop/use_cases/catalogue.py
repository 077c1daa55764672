"""Writing the services of the house: their words, forms and checklists.

Requests raised before keep what they were asked and answered.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm.attributes import flag_modified

from desktop.domain.errors import Conflict, Invalid
from desktop.domain.form_checks import code_for, tidied
from desktop.domain.forms import FieldSpec
from desktop.domain.service_drafts import (
    PLAIN,
    ServiceDraft,
    changes_between,
    draft_problems,
)
from desktop.domain.text import clean, clean_line
from desktop.entities.agreements import Agreement
from desktop.entities.services import Service
from desktop.entities.units import Role, Unit
from desktop.queries.catalogue import ServiceDetails, service_details
from desktop.store.check_rows import write_checks
from desktop.store.form_rows import write_form
from desktop.store.unit_of_work import UnitOfWork
from desktop.use_cases.at_the_desk import somebody_of

MAY_EDIT: Final = frozenset({Role.COORDINATOR, Role.MANAGER, Role.ADMINISTRATOR})


@dataclass(frozen=True, slots=True)
class ServiceSaved:
    """A service after a change; ``before`` is what undoing puts back."""

    service_id: int
    version: int
    before: ServiceDraft | None
    draft: ServiceDraft


def create_service(
    work: UnitOfWork, draft: ServiceDraft, *, key: uuid.UUID
) -> ServiceSaved:
    """Offer another service. ``key`` is made beforehand, so a retry makes no second.

    Raises Invalid at the place in the draft that is wrong (``fields[2].label``).
    """
    somebody_of(work, MAY_EDIT, "catalogue_of_coordinators")
    made = work.session.scalar(select(Service.id).where(Service.key == key))
    if made is not None:
        known = service_details(work.session, made)
        return ServiceSaved(made, known.lock, None, known.draft)
    draft = _checked(work, draft, None)
    row = Service(synonyms=list(draft.synonyms), **_plain(draft))
    row.key = key
    work.session.add(row)
    work.session.flush()
    _write_parts(work, row.id, draft)
    work.record_house("service_added", {"service": row.id, "name": draft.name})
    return ServiceSaved(row.id, row.version, None, draft)


def save_service(
    work: UnitOfWork, service_id: int, draft: ServiceDraft, *, expected_version: int
) -> ServiceSaved:
    """Make a service what ``draft`` says. Undone by saving what it was ``before``.

    Raises Conflict when somebody saved it first, Invalid at the place that is wrong.
    """
    somebody_of(work, MAY_EDIT, "catalogue_of_coordinators")
    row = work.get(Service, service_id, for_update=True)
    if row.version != expected_version:
        raise Conflict("changed_meanwhile")
    known = service_details(work.session, service_id)
    draft = _checked(work, draft, known)
    changes = changes_between(known.draft, draft)
    if not changes and known.draft == draft:
        return ServiceSaved(service_id, row.version, known.draft, draft)
    for name, value in _plain(draft).items():
        setattr(row, name, value)
    row.synonyms = list(draft.synonyms)
    # Its form and checklist are part of it: whatever changed is a new version.
    flag_modified(row, "name")
    _write_parts(work, service_id, draft)
    work.record_house(
        "service_changed",
        {"service": service_id, "name": draft.name, "changes": changes},
    )
    return ServiceSaved(service_id, row.version, known.draft, draft)


def _plain(draft: ServiceDraft) -> dict[str, object]:
    return {name: getattr(draft, name) for name in PLAIN}


def _write_parts(work: UnitOfWork, service_id: int, draft: ServiceDraft) -> None:
    write_form(work.session, service_id, draft.fields, work.now)
    write_checks(work.session, service_id, draft.checks)


def _checked(
    work: UnitOfWork, draft: ServiceDraft, known: ServiceDetails | None
) -> ServiceDraft:
    """Return a draft as it is stored; refuses with Invalid what makes no sense."""
    draft = as_stored(draft, known.used_codes if known else frozenset())
    for problem in draft_problems(draft):
        raise Invalid(problem.place, problem.code)
    unit = work.session.get(Unit, draft.unit_id)
    if unit is None:
        raise Invalid("unit_id", "not_a_choice")
    same = select(Service.id).where(
        Service.unit_id == draft.unit_id, Service.name == draft.name
    )
    service_id = known.service_id if known else None
    if work.session.scalar(same.where(Service.id != (service_id or 0))) is not None:
        raise Invalid("name", "taken", name=draft.name)
    if known is not None and known.draft.unit_id != draft.unit_id:
        of_it = select(Agreement.name).where(Agreement.service_id == service_id)
        agreement = work.session.scalar(of_it.limit(1))
        if agreement is not None:
            raise Invalid("unit_id", "service_is_agreed_on", name=agreement)
    return draft


def as_stored(draft: ServiceDraft, taken: frozenset[str]) -> ServiceDraft:
    """Return a draft as saving stores it; ``taken`` are the codes its form ever had."""
    synonyms = dict.fromkeys(clean_line(one) for one in draft.synonyms)
    return replace(
        draft,
        name=clean_line(draft.name),
        told_when=clean_line(draft.told_when),
        told_how=clean_line(draft.told_how),
        told_price=clean_line(draft.told_price),
        description=clean(draft.description).strip(),
        synonyms=tuple(one for one in synonyms if one),
        fields=coded(draft.fields, taken),
        checks=tuple(replace(one, text=clean_line(one.text)) for one in draft.checks),
    )


def coded(
    fields: tuple[FieldSpec, ...], taken: frozenset[str]
) -> tuple[FieldSpec, ...]:
    """Return questions tidied, new ones with a code none of the form ever had.

    A new one has no code, or one beginning with ``+``, by which rules of the same
    draft already speak of it.
    """
    used = set(taken) | {one.code for one in fields}
    named: dict[str, str] = {}
    found = []
    for spec in map(tidied, fields):
        rule = spec.rules.shown_if
        if rule is not None and rule.field in named:
            rule = replace(rule, field=named[rule.field])
            spec = replace(spec, rules=replace(spec.rules, shown_if=rule))
        if not spec.code or spec.code.startswith("+"):
            code = code_for(spec.label, used)
            used.add(code)
            if spec.code:
                named[spec.code] = code
            spec = replace(spec, code=code)
        found.append(spec)
    return tuple(found)
