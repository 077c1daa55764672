"""Saving a calendar: its rows, its version, and the journal entry of what changed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any, Final

from sqlalchemy import Select, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from desktop.domain.calendar_changes import changes_between
from desktop.domain.calendars import CalendarSpec
from desktop.domain.errors import Conflict, NotFound
from desktop.domain.requests import EntryKind
from desktop.domain.rule_entries import RuleEntry
from desktop.entities.calendars import Calendar, CalendarVersion
from desktop.entities.requests import Request, RequestClock
from desktop.store.calendar_rows import (
    calendar_specs,
    is_same,
    keep_version,
    write_rows,
)
from desktop.store.recounting import given
from desktop.store.retiming import retime
from desktop.store.unit_of_work import UnitOfWork
from desktop.use_cases.own_hours import count_again, every_hours

PARTS: Final = ("country", "subdivision")


def spec_of(session: Session, calendar_id: int) -> CalendarSpec:
    """Return a calendar as the rules describe one. Raises NotFound."""
    found = calendar_specs(session, calendar_id).get(calendar_id)
    if found is None:
        raise NotFound("not_found", what="calendar", id=calendar_id)
    return found


def put_calendar(
    work: UnitOfWork,
    row: Calendar,
    spec: CalendarSpec,
    parts: Mapping[str, str | None],
    *,
    refund: bool = False,
    is_new: bool = False,
) -> bool:
    """Make a calendar what ``spec`` says, as a new version; tell whether it differed.

    ``parts`` are the country and subdivision of its public holidays. With ``refund``
    the clocks that have not stopped are put under the new version; the caller counts
    them again. Those that have stopped keep theirs.
    """
    session = work.session
    session.flush()
    before = spec_of(session, row.id)
    spec = replace(spec, version=before.version)
    differs = [name for name in PARTS if getattr(row, name) != parts.get(name)]
    if is_same(before, spec) and not differs and not is_new:
        return False
    for name in differs:
        setattr(row, name, parts.get(name))
    if is_new:
        write_rows(session, row, spec)
        session.flush()
        details = {"number": row.version}
        work.record_rules(
            RuleEntry.CALENDAR_CREATED, calendar_id=row.id, details=details
        )
    else:
        _change(work, row, before, spec, refund)
    return True


def _change(
    work: UnitOfWork,
    row: Calendar,
    before: CalendarSpec,
    spec: CalendarSpec,
    refund: bool,
) -> None:
    """Write a new version beside the old one, and what is different in it."""
    session = work.session
    keep_version(session, before, row.id, work.now, None)
    write_rows(session, row, spec)
    # Its version is what a proof names: whatever changed is a new one.
    flag_modified(row, "name")
    session.flush()
    keep_version(
        session,
        replace(spec, version=row.version),
        row.id,
        work.now,
        work.actor.person_id if work.actor else None,
        refunded_at=work.now if refund else None,
    )
    details: dict[str, Any] = {
        "before": before.version,
        "after": row.version,
        "refunded": refund,
        **changes_between(before, spec).to_data(),
    }
    work.record_rules(RuleEntry.CALENDAR_CHANGED, calendar_id=row.id, details=details)


def give_to_open(work: UnitOfWork, calendar_id: int) -> None:
    """Put the clocks that have not stopped under the newest version."""
    newest = work.session.scalar(
        select(CalendarVersion)
        .where(CalendarVersion.calendar_id == calendar_id)
        .order_by(CalendarVersion.number.desc())
        .limit(1)
    )
    if newest is not None and newest.refunded_at is None:
        newest.refunded_at = work.now
        work.session.flush()


def give_to_chosen(work: UnitOfWork, calendar_id: int, chosen: Iterable[int]) -> int:
    """Put the clocks of some open requests under the newest version; count them again.

    Each gets an entry of its own, so that its journal says why it is due then.
    Returns how many moved. Raises Conflict for one that is not open any more.
    """
    wanted = frozenset(chosen)
    row = work.get(Calendar, calendar_id)
    entries = {
        one.id: one.entries
        for one in work.session.execute(
            select(Request.id, Request.entries).where(
                Request.id.in_(_open_on(calendar_id)), Request.id.in_(wanted)
            )
        )
    }
    if entries.keys() != wanted:
        raise Conflict("changed_meanwhile")
    given = {"calendar": {"id": calendar_id, "version": row.version}}
    work.record_for(EntryKind.REFUNDED, entries, given)
    newest = work.reference.calendars[calendar_id]
    hours_of = every_hours(work, calendar_id, lambda _clock: newest)
    return count_again(work, wanted, hours_of, told_at=work.now)


def still_open(work: UnitOfWork, ids: Collection[int]) -> frozenset[int]:
    """Return which of some requests are open."""
    wanted = select(Request.id).where(Request.id.in_(ids), Request.is_open)
    return frozenset(work.session.scalars(wanted)) if ids else frozenset()


def _open_on(calendar_id: int) -> Select[int]:
    return (
        select(RequestClock.request_id)
        .join(Request, Request.id == RequestClock.request_id)
        .where(RequestClock.calendar_id == calendar_id, Request.is_open)
        .distinct()
    )


def retime_open(work: UnitOfWork, calendar_id: int) -> int:
    """Count the open requests on a calendar again; return how many moved."""
    ids = work.session.scalars(_open_on(calendar_id)).all()
    hours_of = given(calendar_id, work.reference.calendars[calendar_id])
    return count_again(work, ids, hours_of)


def retime_begun_now(work: UnitOfWork, calendar_id: int) -> None:
    """Count again what began at this very instant, and so is under the new version."""
    ids = work.session.scalars(
        select(RequestClock.request_id)
        .where(
            RequestClock.calendar_id == calendar_id,
            RequestClock.started_at >= work.now,
        )
        .distinct()
    ).all()
    retime(work.session, ids, work.reference)
