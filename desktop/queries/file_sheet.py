"""Everything about one request that its file sheet prints, as at one moment."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from desktop.domain.clocks import ClockReading
from desktop.domain.requests import Audience
from desktop.queries.attachments import FileRow, files_of
from desktop.queries.compiled_calendars import compiled_calendar
from desktop.queries.desk_sections import ApprovalRow, CheckRow, desk_sections
from desktop.queries.links import LinkedRow, links_of
from desktop.queries.lookups import workspace_info
from desktop.queries.request_details import ClockRow, RequestDetails, request_details


@dataclass(frozen=True, slots=True)
class SheetClock:
    """A promise of the request and what its clock showed."""

    row: ClockRow
    reading: ClockReading | None


@dataclass(frozen=True, slots=True)
class FileSheet:
    """One request on paper; ``with_internal`` says whose internal words are in it.

    ``house`` and ``zone`` are the workspace's; ``as_at`` is when it was read.
    """

    details: RequestDetails
    clocks: tuple[SheetClock, ...]
    files: tuple[FileRow, ...]
    links: tuple[LinkedRow, ...]
    checks: tuple[CheckRow, ...]
    approvals: tuple[ApprovalRow, ...]
    house: str
    zone: str
    as_at: datetime
    with_internal: bool


def file_sheet(
    session: Session,
    request_id: int,
    *,
    reader_unit_id: int | None,
    with_internal: bool,
    now: datetime,
) -> FileSheet:
    """Return what the file sheet of a request says to a reader of a unit.

    Internal words and files are in it only when asked for, and then only those the
    reader's unit may read. Refuses with NotFound.
    """
    details = request_details(
        session, request_id, reader_unit_id=reader_unit_id, now=now, all_moves=True
    )
    files = files_of(session, request_id, reader_unit_id=reader_unit_id)
    if not with_internal:
        public = [one for one in details.entries if one.audience is Audience.BOTH]
        details = replace(details, entries=tuple(public))
        files = tuple(one for one in files if one.audience is Audience.BOTH)
    beside = desk_sections(session, request_id)
    info = workspace_info(session)
    return FileSheet(
        details,
        tuple(_clock(session, one, now) for one in details.clocks),
        files,
        links_of(session, request_id),
        beside.checklist,
        beside.approvals,
        info.name if info else "",
        info.zone if info else "UTC",
        now,
        with_internal,
    )


def _clock(session: Session, row: ClockRow, now: datetime) -> SheetClock:
    calendar = compiled_calendar(session, row.view.calendar_id)
    reading = row.view.reading(calendar, now) if calendar is not None else None
    return SheetClock(row, reading)
