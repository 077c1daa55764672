"""What the editor of a series shows: the series as said, its next days, its effects."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from desktop.domain.errors import Invalid, NotFound
from desktop.domain.series_changes import SessionChange, changes_to
from desktop.domain.series_drafts import MemberDraft, SeriesDraft, StandingDraft
from desktop.domain.series_templates import Beginning
from desktop.domain.session_days import FARTHEST_MOVE, Occurrence
from desktop.entities.meetings import (
    Meeting,
    MeetingSeries,
    SeriesMember,
    SeriesTemplate,
    StandingItem,
)
from desktop.queries.lookups import PersonRow, UnitRow, people, units
from desktop.store.series_days import closed_days, laid_sessions, schedule_of
from desktop.store.series_plans import (
    known_occurrences,
    missing_occurrences,
    planned_sessions,
)

PREVIEWED: Final = 8
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class SeriesForm:
    """A series as its editor takes it."""

    id: int
    version: int
    said: SeriesDraft
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class DaysAhead:
    """The next sessions by a rule, with what is left out between them.

    ``is_all``: the rule gives no more than these.
    """

    days: tuple[Occurrence, ...]
    is_all: bool

    @property
    def never(self) -> bool:
        """Tell whether nothing takes place any more."""
        return not any(one.starts_at for one in self.days)


@dataclass(frozen=True, slots=True)
class BeginningRow:
    """What a new series can begin like: a template, or (no id) another series."""

    name: str
    begun: Beginning
    template_id: int | None = None


@dataclass(frozen=True, slots=True)
class EditorChoices:
    """What the editor offers: units, people, and what a series can begin like."""

    units: tuple[UnitRow, ...]
    people: tuple[PersonRow, ...]
    beginnings: tuple[BeginningRow, ...]


def series_form(session: Session, series_id: int) -> SeriesForm:
    """Return a series as its editor takes it. Raises NotFound."""
    series = session.get(MeetingSeries, series_id)
    if series is None:
        raise NotFound("not_found", what="meetingseries", id=series_id)
    local = series.first_at.astimezone(ZoneInfo(series.zone))
    said = SeriesDraft(
        name=series.name,
        front_unit_id=series.front_unit_id,
        back_unit_id=series.back_unit_id,
        rule=series.recurrence,
        starts_on=local.date(),
        at=local.time(),
        zone=series.zone,
        minutes=series.minutes,
        place=series.place,
        link=series.link,
        chair_id=series.chair_id,
        minute_taker_id=series.minute_taker_id,
        members=_members(session, series_id),
        skipped_days=tuple(date.fromisoformat(one) for one in series.skipped_days),
        holidays=series.holidays,
        ahead=series.ahead,
        standing=_standing(session, series_id),
        options=dict(series.options),
    )
    return SeriesForm(series.id, series.version, said, series.ended_at)


def _members(session: Session, series_id: int) -> tuple[MemberDraft, ...]:
    rows = session.scalars(
        select(SeriesMember)
        .where(SeriesMember.series_id == series_id)
        .order_by(SeriesMember.position, SeriesMember.id)
    )
    return tuple(
        MemberDraft(one.person_id, one.side, one.part, one.deputy_id) for one in rows
    )


def _standing(session: Session, series_id: int) -> tuple[StandingDraft, ...]:
    rows = session.scalars(
        select(StandingItem)
        .where(StandingItem.series_id == series_id, StandingItem.is_active)
        .order_by(StandingItem.position, StandingItem.id)
    )
    return tuple(
        StandingDraft(
            one.title,
            one.minutes,
            one.outcome,
            one.leader_id,
            one.after,
            one.notes,
            one.key,
        )
        for one in rows
    )


def editor_choices(session: Session) -> EditorChoices:
    """Return what the editor of a series offers; templates before other series."""
    kept = list(templates(session))
    others = session.scalars(select(MeetingSeries.id).order_by(MeetingSeries.name))
    for series_id in others.all():
        said = series_form(session, series_id).said
        kept.append(BeginningRow(said.name, Beginning.like(said)))
    return EditorChoices(units(session), people(session), tuple(kept))


def days_ahead(
    session: Session, said: SeriesDraft, now: datetime, count: int = PREVIEWED
) -> DaysAhead:
    """Return the next ``count`` sessions of a series as said, and what is left out.

    Refuses (Invalid) a rule, a day or a zone that is none.
    """
    schedule = said.schedule()
    after = max(now, schedule.first_at - _DAY)
    if schedule.first_at > now:
        after = schedule.first_at - timedelta(microseconds=1)
    found: list[Occurrence] = []
    laid = islice(laid_sessions(session, schedule, after), 50 * count)
    for one in laid:
        if sum(known.starts_at is not None for known in found) == count:
            return DaysAhead(tuple(found), is_all=False)
        found.append(one)
    is_all = len(found) < 50 * count
    return DaysAhead(tuple(found), is_all)


def change_effects(
    session: Session,
    series_id: int,
    said: SeriesDraft,
    now: datetime,
    moves_published: bool = False,
) -> tuple[SessionChange, ...]:
    """Return what a change would do to sessions to come; those that stay left out.

    Raises NotFound, and Invalid as `days_ahead` or where nothing takes place.
    """
    schedule = said.schedule()
    before = schedule.first_at - timedelta(microseconds=1)
    if not any(one.starts_at for one in laid_sessions(session, schedule, before)):
        raise Invalid("rule", "never")
    series = session.get(MeetingSeries, series_id)
    if series is None:
        raise NotFound("not_found", what="meetingseries", id=series_id)
    sessions = planned_sessions(session, series, now, None, moves_published)
    occurrences = known_occurrences(session, schedule, now)
    changes = changes_to(sessions, occurrences)
    return tuple(one for one in changes if one.fate != "stays")


def is_closed_on(session: Session, series_id: int, day: date) -> bool:
    """Tell whether either unit of a series is closed all of a day."""
    series = session.get(MeetingSeries, series_id)
    if series is None:
        return False
    units = (series.front_unit_id, series.back_unit_id)
    return closed_days(session, units)(day)


def is_planning_due(session: Session, now: datetime) -> bool:
    """Tell whether any series lacks a session it should have planned by now."""
    wanted = select(MeetingSeries).where(MeetingSeries.ended_at.is_(None))
    return any(_lacks(session, one, now) for one in session.scalars(wanted))


def _lacks(session: Session, series: MeetingSeries, now: datetime) -> bool:
    since = now - timedelta(days=2 * FARTHEST_MOVE)
    sessions = session.scalars(
        select(Meeting).where(
            Meeting.series_id == series.id,
            or_(Meeting.starts_at > since, Meeting.occurrence_at > since),
        )
    ).all()
    try:
        laid = laid_sessions(session, schedule_of(series), now)
        missing = missing_occurrences(laid, sessions, series.zone, series.ahead)
        return next(missing, None) is not None
    except Invalid:
        return False  # its editor tells that the rule cannot be read


def templates(session: Session) -> tuple[BeginningRow, ...]:
    """Return the templates for new series, by name."""
    rows = session.scalars(
        select(SeriesTemplate).order_by(SeriesTemplate.name, SeriesTemplate.id)
    )
    return tuple(
        BeginningRow(one.name, Beginning.of(one.content), one.id) for one in rows
    )
