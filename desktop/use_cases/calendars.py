"""What people do with calendars: hours, days, closures, holidays; and undoing it.

Every change is one transaction, one new version and one journal entry of what it
changed. Clocks that run keep the version they began under until the change is given
to them (``apply_refund``, or ``refund=True``), to all or to the requests in ``only``;
those that stopped keep it for good.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select

from desktop.domain.agreement_drafts import check_open
from desktop.domain.agreements import VersionStatus
from desktop.domain.calendars import (
    CalendarSpec,
    ServiceCalendar,
)
from desktop.domain.errors import Conflict, Forbidden, Invalid, NotFound
from desktop.domain.instants import FIRST_YEAR, LAST_YEAR
from desktop.domain.rule_entries import RuleEntry
from desktop.entities.agreements import Agreement, AgreementVersion
from desktop.entities.calendars import Calendar, CalendarVersion
from desktop.exchange.holiday_refresh import HolidaySource
from desktop.store.unit_of_work import UnitOfWork
from desktop.use_cases.calendar_saving import (
    give_to_chosen,
    give_to_open,
    put_calendar,
    retime_begun_now,
    retime_open,
    still_open,
)

LONGEST_NAME: Final = 200
MOST_CLOSURES: Final = 10_000
AHEAD: Final = timedelta(days=366)

ALWAYS_KEYS: Final = uuid.UUID("0f4f7f0a-6b0e-5d53-8a3f-2a4c1d5e7b90")


@dataclass(frozen=True, slots=True)
class CalendarSaved:
    """A calendar after a change; ``before`` is the version undoing goes back to.

    ``moved`` is how many open requests it moved, ``at`` when a refund was given.
    Nothing of the calendar itself changed when ``before`` is ``version``.
    """

    calendar_id: int
    version: int
    before: int
    moved: int = 0
    at: datetime | None = None


def create_calendar(
    work: UnitOfWork,
    spec: CalendarSpec,
    *,
    holidays: HolidaySource | None = None,
    key: uuid.UUID | None = None,
) -> CalendarSaved:
    """Make a calendar. Raises Invalid at the field, also for a name already taken."""
    session = work.session
    if key is not None:
        made = session.scalar(select(Calendar).where(Calendar.key == key))
        if made is not None:
            return CalendarSaved(made.id, made.version, made.version)
    _check(work, spec, None)
    source = holidays or HolidaySource()
    row = Calendar(
        name=spec.name.strip(),
        zone=spec.zone,
        country=source.country,
        subdivision=source.subdivision,
        closed_from=spec.closed_from,
    )
    row.key = key or uuid.uuid4()
    session.add(row)
    session.flush()
    put_calendar(work, row, replace(spec, name=row.name), _parts(source), is_new=True)
    work.rules_changed()
    return CalendarSaved(row.id, row.version, row.version)


def save_calendar(
    work: UnitOfWork,
    calendar_id: int,
    spec: CalendarSpec,
    *,
    expected_version: int,
    holidays: HolidaySource | None = None,
    refund: bool = False,
    only: Collection[int] = (),
) -> CalendarSaved:
    """Make a calendar what ``spec`` says; ``holidays`` ``None`` keeps their source.

    ``refund`` gives it to everything open, ``only`` to these requests alone. Raises
    Conflict when somebody saved it first, Invalid for what cannot be counted with,
    Forbidden for the program's own around the clock.
    """
    row = _calendar(work, calendar_id, expected_version)
    spec = replace(spec, name=spec.name.strip())
    _check(work, spec, row)
    source = holidays or HolidaySource(row.country, row.subdivision)
    before = row.version
    if not put_calendar(work, row, spec, _parts(source), refund=refund):
        return CalendarSaved(calendar_id, before, before)
    work.rules_changed()
    moved = retime_open(work, calendar_id) if refund else 0
    if not refund:
        retime_begun_now(work, calendar_id)
    if only and not refund:
        moved = give_to_chosen(work, calendar_id, only)
    return CalendarSaved(calendar_id, row.version, before, moved)


def restore_calendar(
    work: UnitOfWork,
    calendar_id: int,
    number: int,
    *,
    expected_version: int,
    refund: bool = False,
    only: Collection[int] = (),
) -> CalendarSaved:
    """Make a calendar what it was in an earlier version, as a new one: undo.

    Undoing a refund is a refund too, so clocks follow back; of ``only`` these requests
    those that are still open.
    """
    kept = work.session.scalar(
        select(CalendarVersion).where(
            CalendarVersion.calendar_id == calendar_id, CalendarVersion.number == number
        )
    )
    if kept is None:
        raise NotFound("not_found", what="calendar_version", id=number)
    spec = CalendarSpec.from_data(kept.spec)
    return save_calendar(
        work,
        calendar_id,
        spec,
        expected_version=expected_version,
        refund=refund,
        only=still_open(work, only),
    )


def apply_refund(
    work: UnitOfWork,
    calendar_id: int,
    *,
    expected_version: int,
    only: Collection[int] | None = None,
) -> CalendarSaved:
    """Give the newest version to the clocks that still run; stopped keep theirs.

    ``only`` these requests; ``None``: to all. Undone by ``take_back_refund``.
    """
    row = _calendar(work, calendar_id, expected_version)
    if only is None:
        give_to_open(work, calendar_id)
        work.rules_changed()
        moved = retime_open(work, calendar_id)
    else:
        moved = give_to_chosen(work, calendar_id, only)
    details = {"number": row.version, "moved": moved}
    work.record_rules(
        RuleEntry.CALENDAR_REFUNDED, calendar_id=calendar_id, details=details
    )
    return CalendarSaved(calendar_id, row.version, row.version, moved, work.now)


def around_the_clock(work: UnitOfWork, zone: str) -> int:
    """Return the program's own calendar that is always open in a zone."""
    key = uuid.uuid5(ALWAYS_KEYS, zone)
    found = work.session.scalar(select(Calendar.id).where(Calendar.key == key))
    if found is not None:
        return found
    spec = CalendarSpec(
        zone=zone, weekly=dict.fromkeys(range(7), ((0, 86_400),)), name=f"24/7 {zone}"
    )
    saved = create_calendar(work, spec, key=key)
    work.get(Calendar, saved.calendar_id).is_around_the_clock = True
    work.session.flush()
    return saved.calendar_id


def _calendar(work: UnitOfWork, calendar_id: int, expected: int) -> Calendar:
    row = work.get(Calendar, calendar_id)
    if row.is_around_the_clock:
        raise Forbidden("around_the_clock_is_fixed")
    if row.version != expected:
        raise Conflict("changed_meanwhile")
    return row


def _check(work: UnitOfWork, spec: CalendarSpec, row: Calendar | None) -> None:
    """Refuse what cannot be counted with: no open time, zone, name, dates."""
    name = spec.name.strip()
    if not name:
        raise Invalid("name", "empty")
    if len(name) > LONGEST_NAME:
        raise Invalid("name", "too_long")
    taken = work.session.scalar(select(Calendar.id).where(Calendar.name == name))
    if taken is not None and (row is None or taken != row.id):
        raise Invalid("name", "taken", name=name)
    if len(spec.closures) > MOST_CLOSURES:
        raise Invalid("closures", "too_many", most=MOST_CLOSURES)
    days = [*spec.overrides, *(one.start for one in spec.closures)]
    if any(not FIRST_YEAR <= day.year <= LAST_YEAR for day in days):
        raise Invalid("closures", "out_of_years", first=FIRST_YEAR, last=LAST_YEAR)
    calendar = ServiceCalendar(spec)
    if spec.closed_from is None:
        _check_ahead(calendar, work.now)
        if row is not None:
            _check_agreements(work, calendar, row.id)


def _check_ahead(calendar: ServiceCalendar, now: datetime) -> None:
    """Refuse closures that leave no open time in the year ahead."""
    try:
        check_open(calendar, now, now + AHEAD)
    except Invalid as refused:
        raise Invalid("closures", refused.code, **refused.details) from None


def _check_agreements(
    work: UnitOfWork, calendar: ServiceCalendar, calendar_id: int
) -> None:
    """Refuse closures that leave an agreement no open time while it is valid."""
    wanted = (
        select(AgreementVersion, Agreement.name)
        .join(Agreement, Agreement.id == AgreementVersion.agreement_id)
        .where(
            AgreementVersion.calendar_id == calendar_id,
            AgreementVersion.status != VersionStatus.WITHDRAWN,
            AgreementVersion.valid_until > work.now,
        )
        .order_by(AgreementVersion.id)
    )
    for version, name in work.session.execute(wanted):
        try:
            check_open(calendar, version.valid_from, version.valid_until)
        except Invalid:
            raise Invalid(
                "closures", "closes_an_agreement", name=name, number=version.number
            ) from None


def _parts(source: HolidaySource) -> dict[str, str | None]:
    return {"country": source.country, "subdivision": source.subdivision}
