"""What somebody has read: marked as they look, or at their word."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, select

from desktop.domain.quiet_hours import QuietHours
from desktop.entities.requests import Request
from desktop.entities.seeing import PersonSetting, ReadMark
from desktop.store.changes import note_changes
from desktop.store.seeing import QUIET_HOURS, READING_SINCE, keep_mark
from desktop.store.unit_of_work import UnitOfWork
from desktop.use_cases.at_the_desk import somebody
from desktop.use_cases.notice_acts import read_request


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


def see_requests(work: UnitOfWork, request_ids: Sequence[int]) -> None:
    """Mark requests as read as they stand."""
    for request_id in request_ids:
        see_request(work, request_id)


def unsee_requests(work: UnitOfWork, request_ids: Sequence[int]) -> None:
    """Mark requests as not read, to come back to them.

    What is no news (``queries.seeing.news_since``) stays read.
    """
    me = somebody(work)
    work.session.execute(
        delete(ReadMark).where(
            ReadMark.person_id == me, ReadMark.request_id.in_(request_ids)
        )
    )
    work.session.add_all(
        ReadMark(person_id=me, request_id=one, entries=0) for one in request_ids
    )
    note_changes(work.session, ReadMark.__tablename__, request_ids)


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
