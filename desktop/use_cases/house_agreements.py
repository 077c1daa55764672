"""Bringing one agreement in line with a house, as versions that never overwrite."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from desktop.domain.agreement_drafts import TermsDraft
from desktop.domain.agreements import VersionStatus, WarningLevel
from desktop.domain.house import EVERY, HouseAgreement
from desktop.entities.agreements import (
    Agreement,
    AgreementHold,
    AgreementTarget,
    AgreementVersion,
    AgreementWarning,
)
from desktop.store.agreement_rows import draft_of
from desktop.store.unit_of_work import UnitOfWork
from desktop.use_cases.agreement_terms import checked, put_terms
from desktop.use_cases.house_rows import put_row

Terms = tuple[Any, ...]


def apply_agreement(
    work: UnitOfWork,
    wanted: HouseAgreement,
    zone: str,
    *,
    units: Mapping[str, int],
    backs: Sequence[str],
    calendars: Mapping[str, int],
    services: Mapping[str, int],
    key: Callable[[str], uuid.UUID],
) -> Iterator[tuple[str | None, int]]:
    """Yield verdict and back unit of each agreement ``wanted`` stands for.

    One with every back unit is one agreement per back unit. Terms that differ from
    the version in force become a new version: from the day the house names where that
    is later than the last version's, else from now on.
    """
    start = datetime.combine(wanted.valid_from, time(0), ZoneInfo(zone))
    for back in backs if wanted.back == EVERY else [wanted.back]:
        name = f"{wanted.name}: {back}" if wanted.back == EVERY else wanted.name
        parties = {
            "front_unit_id": None if wanted.front == EVERY else units[wanted.front],
            "back_unit_id": units[back],
            "service_id": None if wanted.service == EVERY else services[wanted.service],
        }
        agreement, verdict = put_row(
            work.session,
            Agreement,
            key(name),
            Agreement.key == key(name),
            {"name": name, **parties},
        )
        calendar_id = calendars[wanted.calendar]
        if _put_version(work, agreement, wanted, calendar_id, start.astimezone(UTC)):
            verdict = verdict or "changed"
        yield verdict, units[back]


def _put_version(
    work: UnitOfWork,
    agreement: Agreement,
    wanted: HouseAgreement,
    calendar_id: int,
    start: datetime,
) -> bool:
    """Make a new version where the last one says something else."""
    versions = select(AgreementVersion).where(
        AgreementVersion.agreement_id == agreement.id
    )
    latest = versions.order_by(AgreementVersion.number.desc()).limit(1)
    # What people only drafted or proposed meanwhile is theirs and stays.
    last = work.session.scalar(
        latest.where(AgreementVersion.status == VersionStatus.AGREED)
    )
    if last is not None:
        if _terms(work, last) == _wanted_terms(wanted, calendar_id):
            return False
        start = start if start > last.valid_from else work.now
        last.valid_until = start
    newest = work.session.scalar(latest)
    number = newest.number + 1 if newest else 1
    version = AgreementVersion(
        agreement_id=agreement.id,
        number=number,
        calendar_id=calendar_id,
        starts=wanted.starts,
        valid_from=start,
    )
    version.key = uuid.uuid5(agreement.key, f"version {number}")
    draft = _draft(wanted, calendar_id, start)
    # Files written before the two were compared still say what they said.
    draft = checked(work, draft, across_priorities=False)
    work.session.add(version)
    work.session.flush()
    put_terms(work, version, draft)
    return True


def _draft(wanted: HouseAgreement, calendar_id: int, start: datetime) -> TermsDraft:
    return TermsDraft(
        calendar_id=calendar_id,
        targets=wanted.drafts(),
        valid_from=start,
        holds=wanted.holds,
        starts=wanted.starts,
        warn_share=wanted.warn_share,
        warnings=wanted.warnings,
        at_reopen=wanted.at_reopen,
        at_priority=wanted.at_priority,
        at_unit=wanted.at_unit,
        reopen_days=wanted.reopen_days,
    )


def _terms(work: UnitOfWork, version: AgreementVersion) -> Terms:
    targets = work.session.scalars(
        select(AgreementTarget).where(AgreementTarget.version_id == version.id)
    )
    holds = work.session.execute(
        select(AgreementHold.kind, AgreementHold.reason).where(
            AgreementHold.version_id == version.id
        )
    )
    levels = work.session.execute(
        select(AgreementWarning.share, AgreementWarning.left_s)
        .where(AgreementWarning.version_id == version.id)
        .order_by(AgreementWarning.id)
    )
    return (
        version.calendar_id,
        version.starts,
        version.warn_share,
        (version.at_reopen, version.at_priority, version.at_unit),
        version.reopen_days,
        {draft_of(one) for one in targets},
        {(kind, reason) for kind, reason in holds},
        tuple(WarningLevel(share, left_s) for share, left_s in levels),
    )


def _wanted_terms(wanted: HouseAgreement, calendar_id: int) -> Terms:
    return (
        calendar_id,
        wanted.starts,
        wanted.warn_share,
        (wanted.at_reopen, wanted.at_priority, wanted.at_unit),
        wanted.reopen_days,
        set(wanted.drafts()),
        {
            (kind, reason)
            for kind, reasons in wanted.holds.items()
            for reason in reasons
        },
        wanted.warnings,
    )
