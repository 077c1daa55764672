"""Writing down the terms of a version, and what else holds at the same time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import aliased
from sqlalchemy.orm.attributes import flag_modified

from desktop.domain.agreement_drafts import (
    TargetDraft,
    TermsDraft,
    check_terms,
    usual_seconds,
)
from desktop.domain.agreements import Measure, VersionStatus
from desktop.domain.calendars import ServiceCalendar
from desktop.domain.errors import Invalid
from desktop.entities.agreements import (
    Agreement,
    AgreementHold,
    AgreementTarget,
    AgreementVersion,
    AgreementWarning,
)
from desktop.store.unit_of_work import UnitOfWork
from desktop.use_cases.calendar_saving import spec_of
from desktop.use_cases.calendars import around_the_clock


def checked(
    work: UnitOfWork, terms: TermsDraft, *, across_priorities: bool = True
) -> TermsDraft:
    """Return terms that can be promised. Raises Invalid at the field to mend."""
    calendar = ServiceCalendar(spec_of(work.session, terms.calendar_id))
    check_terms(terms, calendar, across_priorities=across_priorities)
    return replace(terms, note=terms.note.strip())


def put_terms(work: UnitOfWork, version: AgreementVersion, terms: TermsDraft) -> None:
    """Make the rows of a version say what ``terms`` says; they are checked already."""
    session = work.session
    version.calendar_id = terms.calendar_id
    version.starts = terms.starts
    version.warn_share = terms.warn_share
    version.valid_from = terms.valid_from
    version.valid_until = terms.valid_until
    version.at_reopen = terms.at_reopen
    version.at_priority = terms.at_priority
    version.at_unit = terms.at_unit
    version.reopen_days = terms.reopen_days
    version.note = terms.note
    # Most of it is in other rows, yet who saves second must be told.
    flag_modified(version, "note")
    for table in (AgreementTarget, AgreementHold, AgreementWarning):
        session.execute(delete(table).where(table.version_id == version.id))
    calendar = ServiceCalendar(spec_of(session, terms.calendar_id))
    session.add_all(
        target_row(work, version.id, one, calendar) for one in terms.targets
    )
    for kind, reasons in terms.holds.items():
        session.add_all(
            AgreementHold(version_id=version.id, kind=kind, reason=reason)
            for reason in sorted(reasons)
        )
    session.add_all(
        AgreementWarning(version_id=version.id, share=one.share, left_s=one.left_s)
        for one in terms.warnings
    )
    session.flush()


def target_row(
    work: UnitOfWork, version_id: int, target: TargetDraft, calendar: ServiceCalendar
) -> AgreementTarget:
    """Return a target's row; one around the clock names the program's own calendar."""
    rule = target.rule
    always: int | None = None
    if target.measure is Measure.AROUND_THE_CLOCK:
        always = around_the_clock(work, calendar.spec.zone)
    return AgreementTarget(
        version_id=version_id,
        kind=target.kind,
        priority=target.priority,
        target_s=usual_seconds(target, calendar),
        measure=target.measure,
        days=rule.days if rule else None,
        ends=rule.ends if rule else None,
        cutoff_s=rule.cutoff_s if rule else None,
        restart_s=rule.restart_s if rule else None,
        closed_day=rule.closed_day if rule else None,
        calendar_id=always,
    )


_Own = aliased(Agreement)


def overlapping(
    work: UnitOfWork, version: AgreementVersion
) -> Sequence[AgreementVersion]:
    """Return the agreed versions as specific as this one that hold at the same time."""
    mine = work.get(Agreement, version.agreement_id)
    wanted = (
        select(AgreementVersion)
        .join(_Own, _Own.id == AgreementVersion.agreement_id)
        .where(
            AgreementVersion.id != version.id,
            AgreementVersion.status == VersionStatus.AGREED,
            _Own.back_unit_id == mine.back_unit_id,
            _Own.front_unit_id.is_not_distinct_from(mine.front_unit_id),
            _Own.service_id.is_not_distinct_from(mine.service_id),
            or_(
                AgreementVersion.valid_until.is_(None),
                AgreementVersion.valid_until > max(version.valid_from, work.now),
            ),
        )
        .order_by(AgreementVersion.id)
    )
    if version.valid_until is not None:
        wanted = wanted.where(AgreementVersion.valid_from < version.valid_until)
    return work.session.scalars(wanted).all()


def refuse_overlap(work: UnitOfWork, version: AgreementVersion) -> None:
    """Refuse a version another agreement would contend with, equally specific.

    An earlier version of the same agreement is no rival: it ends where this begins.
    """
    for one in overlapping(work, version):
        if one.agreement_id != version.agreement_id:
            rival = work.get(Agreement, one.agreement_id)
            raise Invalid(
                "valid_from", "agreement_overlaps", name=rival.name, number=one.number
            )
