"""Makes a meeting series, changes it with the sessions it planned, and ends it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import select

from desktop.domain.errors import Conflict, Transition
from desktop.domain.series_changes import PlannedSession, SessionChange, changes_to
from desktop.domain.series_drafts import SeriesDraft
from desktop.entities.meetings import Meeting, MeetingSeries, MeetingState
from desktop.store.series_plans import known_occurrences, planned_sessions
from desktop.store.unit_of_work import UnitOfWork
from desktop.use_cases.at_the_desk import somebody
from desktop.use_cases.series_checks import checked, keep_members, keep_standing
from desktop.use_cases.sessions_moving import cancel, relay, restore_session
from desktop.use_cases.sessions_order import (
    TO_COME,
    UNPUBLISHED,
    put_in_order,
    sessions_in_order,
)
from desktop.use_cases.sessions_planning import plan_ahead

INHERITED: Final = ("minutes", "place", "link")


def create_series(work: UnitOfWork, said: SeriesDraft) -> int:
    """Make a series and its members; returns its id, the same for the same key.

    Its sessions are planned ahead at once. Refuses (Invalid) as `checked` says.
    """
    again = work.session.scalar(
        select(MeetingSeries.id).where(MeetingSeries.key == said.key)
    )
    if again is not None:
        return again
    somebody(work)
    series = MeetingSeries(key=said.key, **checked(work, said, None))
    work.session.add(series)
    work.session.flush()
    keep_members(work, series, said)
    keep_standing(work, series, said.standing)
    work.record_house("series_created", {"series": series.id, "name": series.name})
    plan_ahead(work, series.id)
    return series.id


def change_series(
    work: UnitOfWork,
    series_id: int,
    said: SeriesDraft,
    *,
    moves_published: bool = False,
    expected_version: int | None = None,
) -> tuple[SessionChange, ...]:
    """Change a series; returns what became of its sessions to come.

    A session whose agenda is published, or that a person moved, stays where it is
    unless ``moves_published`` says otherwise of published ones. Members are told of
    what moves or falls. Refuses as `create_series`, and with Conflict.
    """
    somebody(work)
    series = work.get(MeetingSeries, series_id, for_update=True)
    if expected_version is not None and series.version != expected_version:
        raise Conflict("changed_meanwhile")
    if series.ended_at is not None:
        raise Transition("series_has_ended", series=series.name)
    values = checked(work, said, series)
    planned = Planned.of(work, series, moves_published=moves_published)
    for name, value in values.items():
        if getattr(series, name) != value:
            setattr(series, name, value)
    members = keep_members(work, series, said)
    standing = keep_standing(work, series, said.standing)
    work.session.flush()
    done = follow(work, planned)
    told = {"members": members, "standing": standing}
    fates = {str(one.session.id): one.fate for one in done}
    named = {"series": series.id, "name": series.name, "sessions": fates}
    work.record_house("series_changed", {**named, **told})
    plan_ahead(work, series_id)
    return done


def end_series(work: UnitOfWork, series_id: int, why: str) -> list[int]:
    """End a series; its sessions to come are cancelled, whose ids are returned.

    What was held stays as it is. ``why`` may be empty. Members are told once, of the
    first session that falls.
    """
    somebody(work)
    series = work.get(MeetingSeries, series_id, for_update=True)
    if series.ended_at is not None:
        raise Transition("series_has_ended", series=series.name)
    series.ended_at = work.now
    work.session.flush()
    cancelled = [
        one
        for one in sessions_in_order(work, series_id)
        if one.state in TO_COME and one.starts_at > work.now
    ]
    for place, one in enumerate(cancelled):
        cancel(work, one, series, why, tells=not place)
    ids = [one.id for one in cancelled]
    work.record_house(
        "series_ended", {"series": series.id, "name": series.name, "sessions": ids}
    )
    return ids


def resume_series(
    work: UnitOfWork, series_id: int, cancelled: tuple[int, ...] = ()
) -> None:
    """Let an ended series go on, with the sessions its end cancelled."""
    somebody(work)
    series = work.get(MeetingSeries, series_id, for_update=True)
    if series.ended_at is None:
        return
    series.ended_at = None
    work.session.flush()
    for meeting_id in cancelled:
        meeting = work.get(Meeting, meeting_id)
        is_to_come = meeting.starts_at > work.now
        if meeting.state is MeetingState.CANCELLED and is_to_come:
            restore_session(work, meeting_id)
    work.record_house("series_resumed", {"series": series.id, "name": series.name})
    plan_ahead(work, series_id)


@dataclass(frozen=True, slots=True)
class Planned:
    """The sessions to come of a series as they were before it is changed."""

    series_id: int
    sessions: tuple[PlannedSession, ...]
    inherited: dict[str, Any]

    @classmethod
    def of(
        cls, work: UnitOfWork, series: MeetingSeries, *, moves_published: bool = False
    ) -> Planned:
        """Return what is planned of a series, and what it took from it."""
        sessions = planned_sessions(
            work.session, series, work.now, work.reference, moves_published
        )
        inherited = {name: getattr(series, name) for name in INHERITED}
        return cls(series.id, sessions, inherited)


def follow(work: UnitOfWork, planned: Planned) -> tuple[SessionChange, ...]:
    """Bring planned sessions in line with their series; returns what became of them."""
    series = work.get(MeetingSeries, planned.series_id)
    occurrences = known_occurrences(work.session, series, work.now, work.reference)
    changes = changes_to(planned.sessions, occurrences)
    for one in changes:
        meeting = work.get(Meeting, one.session.id)
        meeting.occurrence_at = one.rule_at
        if one.fate == "cancelled":
            cancel(work, meeting, series, "")
            continue
        wanted: dict[str, Any] = {"starts_at": one.starts_at}
        if meeting.state in UNPUBLISHED or not one.session.is_fixed:
            wanted |= {
                name: getattr(series, name)
                for name, before in planned.inherited.items()
                if getattr(meeting, name) == before
            }
        if any(getattr(meeting, name) != value for name, value in wanted.items()):
            relay(work, meeting, series, wanted)
    put_in_order(work, series)
    return changes
