"""Who runs a series' sessions and who approves their minutes, read from rows."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.entities.meetings import MeetingSeries, SeriesMember
from desktop.entities.units import PersonRole, Role


def may_run(session: Session, series: MeetingSeries, person_id: int) -> bool:
    """Tell whether somebody is chair, their deputy, minute-taker, or coordinates."""
    return (
        person_id in (series.chair_id, series.minute_taker_id)
        or _stands_in(session, series, person_id)
        or _coordinates(session, person_id)
    )


def may_approve(session: Session, series: MeetingSeries, person_id: int) -> bool:
    """Tell whether somebody chairs or stands in; a coordinator where nobody does."""
    if series.chair_id is None:
        return _coordinates(session, person_id)
    return person_id == series.chair_id or _stands_in(session, series, person_id)


def _stands_in(session: Session, series: MeetingSeries, person_id: int) -> bool:
    wanted = select(SeriesMember.id).where(
        SeriesMember.series_id == series.id,
        SeriesMember.person_id == series.chair_id,
        SeriesMember.deputy_id == person_id,
    )
    return session.scalar(wanted) is not None


def _coordinates(session: Session, person_id: int) -> bool:
    wanted = select(PersonRole.id).where(
        PersonRole.person_id == person_id, PersonRole.role == Role.COORDINATOR
    )
    return session.scalar(wanted) is not None
