"""What somebody has read: marked as they look, or at their word."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select, update

from desktop.domain.quiet_hours import QuietHours
from desktop.entities.notices import Notice
from desktop.entities.requests import Request
from desktop.entities.seeing import PersonSetting, ReadMark
from desktop.queries.seeing import unread_among
from desktop.store.changes import note_changes
from desktop.store.seeing import QUIET_HOURS, READING_SINCE, keep_mark, put_marks
from desktop.store.unit_of_work import UnitOfWork
from desktop.use_cases.at_the_desk import somebody
from desktop.use_cases.notice_acts import read_request


@dataclass(frozen=True, slots=True)
class ReadNotice:
    """A notice of a request, and when it was read; ``None``: not yet."""

    id: int
    request_id: int
    read_at: datetime | None


@dataclass(frozen=True, slots=True)
class ReadBefore:
    """How far somebody had read requests (``None``: never) before they were marked."""

    marks: Mapping[int, int | None]
    notices: tuple[ReadNotice, ...]


def begin_reading(work: UnitOfWork) -> None:
    """Count what is new for somebody from now on, unless it is counted already."""
    me = somebody(work)
    known = work.session.scalar(
        select(PersonSetting.id).where(
            PersonSetting.person_id == me, PersonSetting.name == READING_SINCE
        )
    )
    if known is None:
        value = {"at": work.now.isoformat()}
        work.session.add(PersonSetting(person_id=me, name=READING_SINCE, value=value))


def see_request(work: UnitOfWork, request_id: int, entries: int | None = None) -> None:
    """Mark a request as read up to an entry, and one's notices of it with it.

    Without ``entries`` as it stands now.
    """
    if entries is None:
        entries = work.get(Request, request_id).entries
    keep_mark(work.session, somebody(work), request_id, entries)
    note_changes(work.session, ReadMark.__tablename__, [request_id])
    read_request(work, request_id)


def see_requests(work: UnitOfWork, request_ids: Sequence[int]) -> ReadBefore:
    """Mark requests as read as they stand; return what was read before."""
    unread = _notices(work, request_ids).where(Notice.read_at.is_(None))
    before = _before(work, request_ids, unread)
    entries = work.session.execute(
        select(Request.id, Request.entries).where(Request.id.in_(request_ids))
    )
    _put_marks(work, {row.id: row.entries for row in entries})
    _put_notices(work, {one.id: work.now for one in before.notices})
    return before


def unsee_requests(work: UnitOfWork, request_ids: Sequence[int]) -> ReadBefore:
    """Mark requests, and the newest notice of each, as not read, to come back to them.

    What is no news (``queries.seeing.news_since``) stays read. Returns what was read
    before.
    """
    before = _before(work, request_ids, _newest_notices(work, request_ids))
    _put_marks(work, dict.fromkeys(request_ids, 0))
    news = unread_among(work.session, somebody(work), request_ids, work.now)
    _put_notices(
        work, {one.id: None for one in before.notices if one.request_id in news}
    )
    return before


def take_back_reading(work: UnitOfWork, before: ReadBefore) -> None:
    """Put back what one had read before ``see_requests`` or ``unsee_requests``."""
    _put_marks(work, before.marks)
    _put_notices(work, {one.id: one.read_at for one in before.notices})


def _notices(work: UnitOfWork, request_ids: Sequence[int]) -> Any:
    return select(Notice.id, Notice.request_id, Notice.read_at).where(
        Notice.person_id == somebody(work),
        Notice.request_id.in_(request_ids),
        Notice.at <= work.now,
    )


def _newest_notices(work: UnitOfWork, request_ids: Sequence[int]) -> Any:
    """Select the newest notice of each request: one to come back to is enough."""
    order = Notice.at.desc(), Notice.id.desc()
    place = func.row_number().over(partition_by=Notice.request_id, order_by=order)
    placed = _notices(work, request_ids).add_columns(place.label("place")).subquery()
    columns = placed.c.id, placed.c.request_id, placed.c.read_at
    return select(*columns).where(placed.c.place == 1)


def _before(work: UnitOfWork, request_ids: Sequence[int], notices: Any) -> ReadBefore:
    marks = work.session.execute(
        select(ReadMark.request_id, ReadMark.entries).where(
            ReadMark.person_id == somebody(work), ReadMark.request_id.in_(request_ids)
        )
    )
    known: dict[int, int] = {row.request_id: row.entries for row in marks}
    told = tuple(ReadNotice(*row) for row in work.session.execute(notices))
    return ReadBefore({one: known.get(one) for one in request_ids}, told)


def _put_marks(work: UnitOfWork, marks: Mapping[int, int | None]) -> None:
    me = somebody(work)
    gone = [one for one, entries in marks.items() if entries is None]
    work.session.execute(
        delete(ReadMark).where(ReadMark.person_id == me, ReadMark.request_id.in_(gone))
    )
    kept = {one: entries for one, entries in marks.items() if entries is not None}
    put_marks(work.session, me, kept)
    note_changes(work.session, ReadMark.__tablename__, marks)


def _put_notices(work: UnitOfWork, read_at: Mapping[int, datetime | None]) -> None:
    """Say when notices were read; those taken back meanwhile are not missed."""
    by_instant: dict[datetime | None, list[int]] = defaultdict(list)
    for one, at in read_at.items():
        by_instant[at].append(one)
    for at, ids in by_instant.items():
        work.session.execute(
            update(Notice).where(Notice.id.in_(ids)).values(read_at=at),
            execution_options={"synchronize_session": False},
        )
    note_changes(work.session, Notice.__tablename__, read_at)


def keep_quiet_hours(work: UnitOfWork, hours: QuietHours) -> None:
    """Keep when one's computer is to keep quiet."""
    keep_setting(work, QUIET_HOURS, hours.to_data())


def keep_setting(work: UnitOfWork, name: str, value: dict[str, Any]) -> None:
    """Keep what somebody chose for themselves, wherever they sign in."""
    me = somebody(work)
    row = work.session.scalars(
        select(PersonSetting).where(
            PersonSetting.person_id == me, PersonSetting.name == name
        )
    ).first()
    if row is None:
        work.session.add(PersonSetting(person_id=me, name=name, value=value))
    else:
        row.value = value
