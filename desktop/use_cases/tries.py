"""What people do with what they tried: keep it, or write it down as a draft.

Hours a trial has of its own become a calendar of its own. A new version of the present
one would be counted by everybody on it at once, before anyone signed; and it could not
be taken back without a further version.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import func, select

from desktop.domain.agreement_drafts import TargetDraft, TermsDraft
from desktop.domain.agreements import TargetKind, VersionStatus
from desktop.domain.calendars import CalendarSpec
from desktop.domain.errors import Conflict, Forbidden, Invalid
from desktop.domain.requests import PendingReason
from desktop.domain.rule_entries import RuleEntry
from desktop.entities.agreements import Agreement, AgreementVersion
from desktop.entities.calendars import Calendar
from desktop.entities.trials import Trial
from desktop.entities.units import Unit
from desktop.store.agreement_rows import drafts_of
from desktop.store.unit_of_work import UnitOfWork
from desktop.use_cases.agreements import (
    LONGEST_NAME,
    Parties,
    VersionSaved,
    draft_agreement,
    draft_version,
    withdraw,
)
from desktop.use_cases.calendars import create_calendar

LONGEST_CONTENT: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class TriedTerms:
    """What was tried. ``hours`` become a calendar of their own; else ``calendar_id``.

    ``base_version_id`` is the version whatever was not tried is taken from.
    """

    targets: tuple[TargetDraft, ...]
    holds: Mapping[TargetKind, frozenset[PendingReason]]
    valid_from: datetime
    calendar_id: int
    hours: CalendarSpec | None = None
    base_version_id: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class TriedDraft:
    """The draft made of a trial, and the calendar made for it, if any."""

    saved: VersionSaved
    calendar_id: int | None = None


@dataclass(frozen=True, slots=True)
class Subject:
    """What is drafted: the next version of an agreement, or a new one by ``name``."""

    agreement_id: int | None = None
    name: str = ""
    parties: Parties = field(default_factory=lambda: Parties(None, 0))


def draft_tried(
    work: UnitOfWork,
    subject: Subject,
    tried: TriedTerms,
    *,
    key: uuid.UUID | None = None,
) -> TriedDraft:
    """Write a trial down as a draft, with a calendar of its own for its own hours.

    A name that is taken gets a number. Raises Invalid at the field to mend.
    """
    calendar_id = None
    if tried.hours is not None:
        name = _free_name(work, Calendar.name, tried.hours.name)
        made = None if key is None else uuid.uuid5(key, "calendar")
        spec = replace(tried.hours, name=name, version=1)
        calendar_id = create_calendar(work, spec, key=made).calendar_id
    terms = _terms(work, tried, calendar_id or tried.calendar_id)
    if subject.agreement_id is not None:
        saved = draft_version(work, subject.agreement_id, terms, key=key)
    else:
        name = _free_name(work, Agreement.name, subject.name)
        saved = draft_agreement(work, name, subject.parties, terms, key=key)
    return TriedDraft(saved, calendar_id)


def _terms(work: UnitOfWork, tried: TriedTerms, calendar_id: int) -> TermsDraft:
    base = TermsDraft(calendar_id, (), tried.valid_from)
    if tried.base_version_id is not None:
        version = work.get(AgreementVersion, tried.base_version_id)
        base = drafts_of(work.session, [version])[version.id]
    return replace(
        base,
        calendar_id=calendar_id,
        targets=tried.targets,
        holds=tried.holds,
        valid_from=tried.valid_from,
        valid_until=None,
        note=tried.note,
    )


def take_back_tried(work: UnitOfWork, draft: TriedDraft) -> VersionSaved:
    """Take back a draft made of a trial, and the calendar made for it: undo.

    Raises Conflict once somebody changed it, Transition once it is agreed on. A
    calendar somebody else uses by now stays.
    """
    saved = draft.saved
    taken = withdraw(work, saved.version_id, expected_version=saved.lock)
    if draft.calendar_id is not None and not _is_used(work, draft.calendar_id):
        row = work.get(Calendar, draft.calendar_id)
        row.withdrawn_at = work.now
        work.session.flush()
        work.record_rules(RuleEntry.CALENDAR_WITHDRAWN, calendar_id=row.id)
        work.rules_changed()
    return taken


def _is_used(work: UnitOfWork, calendar_id: int) -> bool:
    users = (
        select(func.count())
        .select_from(AgreementVersion)
        .where(
            AgreementVersion.calendar_id == calendar_id,
            AgreementVersion.status != VersionStatus.WITHDRAWN,
        ),
        select(func.count()).select_from(Unit).where(Unit.calendar_id == calendar_id),
    )
    return any(work.session.scalar(one) for one in users)


def _free_name(work: UnitOfWork, column: Any, name: str) -> str:
    """Return a name nobody has: the one wished for, else with the next number."""
    name = " ".join(name.split())[: LONGEST_NAME - 6]
    wanted = select(column).where(column.startswith(name, autoescape=True))
    taken = set(work.session.scalars(wanted))
    free, number = name, 2
    while free in taken:
        free, number = f"{name} {number}", number + 1
    return free


# ---------------------------------------------------------------- kept


def keep_trial(
    work: UnitOfWork,
    name: str,
    content: Mapping[str, Any],
    *,
    trial_id: int | None = None,
    expected_version: int | None = None,
) -> int:
    """Keep a trial by name, or put it in the place of one kept before; return its id.

    ``content`` is what ``queries.kept_trials`` gives back. Raises Invalid("name"),
    Conflict where somebody changed it first.
    """
    if work.actor is None:
        raise Forbidden("nobody_at_the_desk")
    wanted = _kept_name(work, name, trial_id)
    if len(json.dumps(dict(content))) > LONGEST_CONTENT:
        raise Invalid("content", "too_long")
    row = Trial() if trial_id is None else _kept(work, trial_id, expected_version)
    row.name, row.content = wanted, dict(content)
    row.person_id, row.at = work.actor.person_id, work.now
    if trial_id is None:
        row.key = uuid.uuid4()
        work.session.add(row)
    work.session.flush()
    return row.id


def forget_trial(work: UnitOfWork, trial_id: int, *, expected_version: int) -> None:
    """Keep a trial no longer. Raises Conflict where somebody changed it first."""
    work.session.delete(_kept(work, trial_id, expected_version))


def _kept(work: UnitOfWork, trial_id: int, expected: int | None) -> Trial:
    row = work.get(Trial, trial_id)
    if row.version != expected:
        raise Conflict("changed_meanwhile")
    return row


def _kept_name(work: UnitOfWork, name: str, own: int | None) -> str:
    name = " ".join(name.split())
    if not name:
        raise Invalid("name", "empty")
    if len(name) > LONGEST_NAME:
        raise Invalid("name", "too_long")
    taken = work.session.scalar(select(Trial.id).where(Trial.name == name).limit(1))
    if taken is not None and taken != own:
        raise Invalid("name", "taken", name=name)
    return name
