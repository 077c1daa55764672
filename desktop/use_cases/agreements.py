"""How an agreement comes about: drafted, proposed, signed by both sides, ended.

Versions never overwrite each other. What a request was promised under stays, unless
somebody moves it on purpose.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import func, select

from desktop.domain.agreement_drafts import TermsDraft
from desktop.domain.agreements import VersionStage, VersionStatus, stage_of
from desktop.domain.errors import Conflict, Forbidden, Invalid, NotFound, Transition
from desktop.domain.requests import EntryKind, Side
from desktop.domain.rule_entries import RuleEntry
from desktop.entities.agreements import Agreement, AgreementVersion
from desktop.entities.requests import Request, RequestClock
from desktop.entities.services import Service
from desktop.entities.units import Unit
from desktop.store.retiming import retime
from desktop.store.unit_of_work import Actor, UnitOfWork
from desktop.use_cases.agreement_signing import sides_to_sign
from desktop.use_cases.agreement_terms import (
    checked,
    overlapping,
    put_terms,
    refuse_overlap,
)

LONGEST_NAME: Final = 200


@dataclass(frozen=True, slots=True)
class VersionSaved:
    """A version after a step; ``lock`` is what the next step expects."""

    agreement_id: int
    version_id: int
    number: int
    stage: VersionStage
    lock: int


@dataclass(frozen=True, slots=True)
class Parties:
    """Between whom, and about what; ``None`` is every front unit, every service."""

    front_unit_id: int | None
    back_unit_id: int
    service_id: int | None = None


def draft_agreement(
    work: UnitOfWork,
    name: str,
    parties: Parties,
    terms: TermsDraft,
    *,
    key: uuid.UUID | None = None,
) -> VersionSaved:
    """Make an agreement with its first draft. Raises Invalid at the field to mend."""
    session = work.session
    if key is not None:
        made = session.scalar(select(Agreement).where(Agreement.key == key))
        if made is not None:
            return _saved(work, _last_version(work, made.id))
    _require_actor(work)
    agreement = Agreement(
        name=_name(work, name),
        front_unit_id=_unit(work, parties.front_unit_id, Side.FRONT),
        back_unit_id=_unit(work, parties.back_unit_id, Side.BACK),
        service_id=_service(work, parties),
    )
    agreement.key = key or uuid.uuid4()
    session.add(agreement)
    session.flush()
    return _draft(work, agreement, terms, 1)


def draft_version(
    work: UnitOfWork,
    agreement_id: int,
    terms: TermsDraft,
    *,
    key: uuid.UUID | None = None,
) -> VersionSaved:
    """Draft the next version of an agreement. Raises Invalid at the field to mend."""
    if key is not None:
        found = work.session.scalar(
            select(AgreementVersion).where(AgreementVersion.key == key)
        )
        if found is not None:
            return _saved(work, found)
    _require_actor(work)
    agreement = work.get(Agreement, agreement_id)
    number = _last_version(work, agreement_id).number + 1
    return _draft(work, agreement, terms, number, key)


def change_draft(
    work: UnitOfWork, version_id: int, terms: TermsDraft, *, expected_version: int
) -> VersionSaved:
    """Change a version nobody agreed to yet; a proposed one is a draft again.

    Raises Conflict when somebody saved it first, Transition for one agreed on.
    """
    _require_actor(work)
    version = _version(work, version_id, expected_version)
    _require_status(version, VersionStatus.DRAFT, VersionStatus.PROPOSED)
    _unsign(version)
    version.status = VersionStatus.DRAFT
    put_terms(work, version, checked(work, terms))
    return _told(work, version, RuleEntry.AGREEMENT_CHANGED)


def rename_agreement(
    work: UnitOfWork, agreement_id: int, name: str, *, expected_version: int
) -> int:
    """Give an agreement another name; return its lock. Raises Invalid, Conflict."""
    _require_actor(work)
    agreement = work.get(Agreement, agreement_id)
    if agreement.version != expected_version:
        raise Conflict("changed_meanwhile")
    before, agreement.name = agreement.name, _name(work, name, agreement_id)
    work.session.flush()
    work.rules_changed()
    details = {"name": agreement.name, "before": before}
    work.record_rules(
        RuleEntry.AGREEMENT_CHANGED, agreement_id=agreement_id, details=details
    )
    return agreement.version


def propose(
    work: UnitOfWork, version_id: int, *, expected_version: int
) -> VersionSaved:
    """Put a draft before both units' managers.

    Raises Invalid("valid_from") where an agreed one of the same units and service
    would hold at the same time, Transition for what is no draft.
    """
    actor = _require_actor(work)
    version = _version(work, version_id, expected_version)
    _require_status(version, VersionStatus.DRAFT)
    refuse_overlap(work, version)
    version.status = VersionStatus.PROPOSED
    version.proposed_at, version.proposed_by_id = work.now, actor.person_id
    return _told(work, version, RuleEntry.AGREEMENT_PROPOSED)


def agree(work: UnitOfWork, version_id: int, *, expected_version: int) -> VersionSaved:
    """Sign a proposed version for one's side; with both it is agreed on.

    It holds from its date, or from now where that is over; the version before ends
    then. Raises Forbidden for who is no manager of either unit (an administrator or
    executive signs where a unit has none).
    """
    actor = _require_actor(work)
    version = _version(work, version_id, expected_version)
    _require_status(version, VersionStatus.PROPOSED)
    agreement = work.get(Agreement, version.agreement_id)
    sides = sides_to_sign(work, agreement, version, actor)
    if Side.FRONT in sides:
        version.front_agreed_at = work.now
        version.front_agreed_by_id = actor.person_id
    if Side.BACK in sides:
        version.back_agreed_at = work.now
        version.back_agreed_by_id = actor.person_id
    if version.front_agreed_at is None or version.back_agreed_at is None:
        return _told(work, version, RuleEntry.AGREEMENT_SIGNED)
    return _put_in_force(work, version)


def withdraw(
    work: UnitOfWork, version_id: int, *, expected_version: int
) -> VersionSaved:
    """Take back a draft, or a proposal that is not agreed on."""
    _require_actor(work)
    version = _version(work, version_id, expected_version)
    _require_status(version, VersionStatus.DRAFT, VersionStatus.PROPOSED)
    version.status = VersionStatus.WITHDRAWN
    return _told(work, version, RuleEntry.AGREEMENT_WITHDRAWN)


def end_agreement(
    work: UnitOfWork, version_id: int, at: datetime, *, expected_version: int
) -> VersionSaved:
    """End a version agreed on, at an instant not before now.

    What was promised under it goes on. Raises Invalid for an instant that is over.
    """
    _require_actor(work)
    version = _version(work, version_id, expected_version)
    _require_status(version, VersionStatus.AGREED)
    if at < work.now or at <= version.valid_from:
        raise Invalid("valid_until", "is_over")
    version.valid_until = at
    saved = _told(work, version, RuleEntry.AGREEMENT_ENDED)
    work.rules_changed()
    return saved


def move_request(
    work: UnitOfWork,
    request_id: int,
    version_id: int,
    *,
    unit_id: int,
    for_unit_id: int,
    expected_version: int,
) -> None:
    """Put what ``unit_id`` promised ``for_unit_id`` under another version, on purpose.

    Clocks that have stopped keep theirs. See ``queries.previews.preview_move``.
    Raises Invalid for a version that is not between the two or not agreed on.
    """
    _require_actor(work)
    request = work.get(Request, request_id)
    if request.version != expected_version:
        raise Conflict("changed_meanwhile", reference=request.reference)
    terms = work.reference.version_of(version_id)
    if terms is None:
        raise Invalid("version", "not_agreed_on")
    if terms.back_unit != unit_id or terms.front_unit not in (None, for_unit_id):
        raise Invalid("version", "other_units")
    if terms.service not in (None, request.service_id):
        raise Invalid("version", "other_service")
    has_open = work.session.scalar(
        select(func.count())
        .select_from(RequestClock)
        .where(
            RequestClock.request_id == request_id,
            RequestClock.unit_id == unit_id,
            RequestClock.for_unit_id == for_unit_id,
            RequestClock.stopped_at.is_(None),
        )
    )
    if not has_open:
        raise Transition("nothing_to_move", reference=request.reference)
    moved = {"unit": unit_id, "for_unit": for_unit_id, "version": version_id}
    work.record(EntryKind.MOVED, request, {"promise": moved})


def _draft(
    work: UnitOfWork,
    agreement: Agreement,
    terms: TermsDraft,
    number: int,
    key: uuid.UUID | None = None,
) -> VersionSaved:
    wanted = checked(work, terms)
    version = AgreementVersion(
        agreement_id=agreement.id,
        number=number,
        calendar_id=wanted.calendar_id,
        starts=wanted.starts,
        valid_from=wanted.valid_from,
        status=VersionStatus.DRAFT,
    )
    version.key = key or uuid.uuid5(agreement.key, f"version {number}")
    work.session.add(version)
    work.session.flush()
    put_terms(work, version, wanted)
    return _told(work, version, RuleEntry.AGREEMENT_DRAFTED)


def _put_in_force(work: UnitOfWork, version: AgreementVersion) -> VersionSaved:
    refuse_overlap(work, version)
    version.status = VersionStatus.AGREED
    version.valid_from = max(version.valid_from, work.now)
    if version.valid_until is not None and version.valid_until <= version.valid_from:
        raise Invalid("valid_until", "is_over")
    before = [
        one
        for one in overlapping(work, version)
        if one.agreement_id == version.agreement_id
    ]
    for one in before:
        if one.valid_from >= version.valid_from:
            raise Invalid("valid_from", "later_version_agreed", number=one.number)
        one.valid_until = version.valid_from
    saved = _told(work, version, RuleEntry.AGREEMENT_AGREED)
    work.rules_changed()
    # What began at this very instant is promised under the new version.
    ids = work.session.scalars(
        select(RequestClock.request_id).where(
            RequestClock.version_id.in_([one.id for one in before]),
            RequestClock.started_at >= version.valid_from,
        )
    ).all()
    retime(work.session, ids, work.reference)
    return saved


def _told(work: UnitOfWork, version: AgreementVersion, kind: RuleEntry) -> VersionSaved:
    work.session.flush()
    work.record_rules(
        kind,
        agreement_id=version.agreement_id,
        details={"version": version.id, "number": version.number},
    )
    return _saved(work, version)


def _saved(work: UnitOfWork, version: AgreementVersion) -> VersionSaved:
    stage = stage_of(version.status, version.valid_from, version.valid_until, work.now)
    return VersionSaved(
        version.agreement_id, version.id, version.number, stage, version.version
    )


def _unsign(version: AgreementVersion) -> None:
    version.proposed_at = version.proposed_by_id = None
    version.front_agreed_at = version.front_agreed_by_id = None
    version.back_agreed_at = version.back_agreed_by_id = None


def _version(work: UnitOfWork, version_id: int, expected: int) -> AgreementVersion:
    version = work.get(AgreementVersion, version_id)
    if version.version != expected:
        raise Conflict("changed_meanwhile")
    return version


def _last_version(work: UnitOfWork, agreement_id: int) -> AgreementVersion:
    found = work.session.scalar(
        select(AgreementVersion)
        .where(AgreementVersion.agreement_id == agreement_id)
        .order_by(AgreementVersion.number.desc())
        .limit(1)
    )
    if found is None:
        raise NotFound("not_found", what="agreementversion", id=agreement_id)
    return found


def _require_status(version: AgreementVersion, *allowed: VersionStatus) -> None:
    if version.status not in allowed:
        raise Transition("wrong_stage", stage=version.status.value)


def _require_actor(work: UnitOfWork) -> Actor:
    if work.actor is None:
        raise Forbidden("nobody_at_the_desk")
    return work.actor


def _name(work: UnitOfWork, name: str, own: int | None = None) -> str:
    name = name.strip()
    if not name:
        raise Invalid("name", "empty")
    if len(name) > LONGEST_NAME:
        raise Invalid("name", "too_long")
    taken = work.session.scalar(
        select(Agreement.id).where(Agreement.name == name).limit(1)
    )
    if taken is not None and taken != own:
        raise Invalid("name", "taken", name=name)
    return name


def _unit(work: UnitOfWork, unit_id: int | None, side: Side) -> int | None:
    if unit_id is None:
        return None
    unit = work.get(Unit, unit_id)
    if unit.side is not side:
        raise Invalid(f"{side.value}_unit", "wrong_side", name=unit.name)
    return unit_id


def _service(work: UnitOfWork, parties: Parties) -> int | None:
    if parties.service_id is None:
        return None
    service = work.get(Service, parties.service_id)
    if service.unit_id != parties.back_unit_id:
        raise Invalid("service", "service_of_another_unit", name=service.name)
    return service.id
