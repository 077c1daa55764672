"""Everything the papers of a session are made from, read once; heavy parts if asked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.domain.agenda import AgendaPaper
from desktop.domain.agenda_sections import BrokenRow
from desktop.domain.at_risk import AtRiskRow, at_risk
from desktop.domain.errors import NotFound
from desktop.domain.minutes import MinutesPaper
from desktop.domain.print_options import PrintOptions
from desktop.domain.session_books import ActionRegister
from desktop.domain.target_kinds import TargetKind
from desktop.entities.meetings import Meeting, MeetingSeries, MeetingState
from desktop.entities.requests import RequestClock
from desktop.queries.action_register import action_register
from desktop.queries.agenda import meeting_agenda
from desktop.queries.minutes import minutes_paper
from desktop.queries.proof import ProofView, proof

WITH_MINUTES: Final = (
    MeetingState.IN_SESSION,
    MeetingState.HELD,
    MeetingState.APPROVED,
)


@dataclass(frozen=True, slots=True)
class NumberedProof:
    """Why a broken promise was due when it was; `item` is its number on the agenda."""

    item: str
    kind: str
    view: ProofView


@dataclass(frozen=True, slots=True)
class SessionPapers:
    """What a session's papers say. None and (): not there, or not asked for."""

    meeting_id: int
    series_id: int
    printed_at: datetime
    agenda: AgendaPaper
    minutes: MinutesPaper | None = None
    at_risk: tuple[AtRiskRow, ...] | None = None
    proofs: tuple[NumberedProof, ...] = ()
    register: ActionRegister | None = None


@dataclass(frozen=True, slots=True)
class PrintChoice:
    """What a print dialog begins with: the options its series remembers."""

    options: PrintOptions
    has_minutes: bool


def print_choice(session: Session, meeting_id: int) -> PrintChoice:
    """Return what can be printed of a session. Raises NotFound."""
    row = session.execute(
        select(Meeting.state, MeetingSeries.options)
        .join(MeetingSeries, MeetingSeries.id == Meeting.series_id)
        .where(Meeting.id == meeting_id)
    ).one_or_none()
    if row is None:
        raise NotFound("not_found", what="meeting", id=meeting_id)
    return PrintChoice(
        PrintOptions.of((row.options or {}).get("print")),
        row.state in WITH_MINUTES,
    )


def session_papers(
    session: Session,
    meeting_id: int,
    options: PrintOptions,
    now: datetime,
    *,
    with_minutes: bool = False,
) -> SessionPapers:
    """Read what the papers of a session say, printed at ``now``. Raises NotFound."""
    meeting = session.get(Meeting, meeting_id)
    if meeting is None:
        raise NotFound("not_found", what="meeting", id=meeting_id)
    found = meeting_agenda(session, meeting_id, now)
    paper = replace(found.paper, head=replace(found.paper.head, printed_at=now))
    wants_minutes = with_minutes or options.slips
    minutes = None
    if wants_minutes and meeting.state in WITH_MINUTES:
        minutes = minutes_paper(session, meeting_id, now)
    return SessionPapers(
        meeting_id,
        meeting.series_id,
        now,
        paper,
        minutes,
        at_risk(found.evidence) if options.full_list else None,
        broken_proofs(session, paper, meeting.series_id) if options.proofs else (),
        action_register(session, now, meeting.series_id) if options.register else None,
    )


def broken_proofs(
    session: Session, paper: AgendaPaper, series_id: int
) -> tuple[NumberedProof, ...]:
    """Explain each broken promise an agenda lists, as at the agenda's data."""
    item = next((one for one in paper.items if one.kind == "broken"), None)
    series = session.get(MeetingSeries, series_id)
    if item is None or series is None:
        return ()
    positions = _positions(session, paper.broken.rows, series.back_unit_id)
    as_at = paper.head.data_as_at
    return tuple(
        NumberedProof(
            f"{item.number}.{number}",
            row.kind,
            proof(session, row.request_id, positions[row.request_id], as_at),
        )
        for number, row in enumerate(paper.broken.rows, 1)
        if row.request_id in positions
    )


def _positions(
    session: Session, rows: tuple[BrokenRow, ...], unit_id: int
) -> dict[int, int]:
    """Return which clock of each request is the last the unit promised to resolve."""
    found = session.execute(
        select(RequestClock.request_id, func.max(RequestClock.position))
        .where(
            RequestClock.request_id.in_([row.request_id for row in rows]),
            RequestClock.unit_id == unit_id,
            RequestClock.kind == TargetKind.RESOLUTION,
        )
        .group_by(RequestClock.request_id)
    )
    return {row[0]: row[1] for row in found}
