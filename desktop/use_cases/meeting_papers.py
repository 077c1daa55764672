"""Keeping a session's papers as they are handed out, never to be changed."""

from __future__ import annotations

from sqlalchemy import select

from desktop.domain.agenda import AgendaPaper
from desktop.domain.errors import Conflict
from desktop.domain.minutes import MinutesPaper
from desktop.domain.paper_codec import digest, encode
from desktop.domain.print_options import PrintOptions
from desktop.entities.meetings import Meeting, MeetingSeries
from desktop.entities.sittings import MeetingPaper
from desktop.store.meeting_papers import KINDS, PaperKind
from desktop.store.unit_of_work import UnitOfWork
from desktop.use_cases.at_the_desk import somebody


def freeze_paper(
    work: UnitOfWork,
    meeting_id: int,
    kind: PaperKind,
    number: int,
    paper: AgendaPaper | MinutesPaper,
) -> int:
    """Keep a paper as version `number` of its kind; returns its id.

    Keeping the same paper again keeps nothing twice. Raises NotFound for a session
    that is not there, Conflict ``paper_kept_already`` where that version says
    something else, TypeError for a paper of another kind.
    """
    if type(paper) is not KINDS[kind]:
        raise TypeError(f"{type(paper).__name__} is not what a paper of {kind} is")
    work.get(Meeting, meeting_id)
    content = encode(paper)
    told = digest(content)
    kept = work.session.execute(
        select(MeetingPaper.id, MeetingPaper.sha256).where(
            MeetingPaper.meeting_id == meeting_id,
            MeetingPaper.kind == kind,
            MeetingPaper.number == number,
        )
    ).one_or_none()
    if kept is not None:
        if kept.sha256 != told:
            raise Conflict("paper_kept_already", number=number)
        return int(kept.id)
    by_id = work.actor.person_id if work.actor else None
    row = MeetingPaper(
        meeting_id=meeting_id, kind=kind, number=number, at=work.now, by_id=by_id
    )
    row.content, row.sha256 = content, told
    work.session.add(row)
    work.session.flush()
    return row.id


def remember_print_options(
    work: UnitOfWork, series_id: int, options: PrintOptions
) -> None:
    """Keep with a series how its papers are printed. Raises NotFound."""
    somebody(work)
    series = work.get(MeetingSeries, series_id)
    kept = {**(series.options or {}), "print": options.content()}
    if kept != series.options:
        series.options = kept
