"""Papers of sessions as they were handed out: read back, checked by their digest."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, Literal, NamedTuple, overload

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.agenda import AgendaPaper
from desktop.domain.errors import NotFound, Refusal
from desktop.domain.minutes import MinutesPaper
from desktop.domain.paper_codec import UnreadablePaper, decode, digest
from desktop.entities.meetings import Meeting, MeetingSeries
from desktop.entities.sittings import MeetingPaper

PaperKind = Literal["agenda", "minutes"]
KINDS: Final[dict[str, type[Any]]] = {"agenda": AgendaPaper, "minutes": MinutesPaper}


class PaperFault(NamedTuple):
    """A kept paper whose content is not what its digest says."""

    paper_id: int
    series: str
    session_number: int
    stored: str
    expected: str


@overload
def kept_paper(
    session: Session, meeting_id: int, kind: Literal["agenda"], number: int
) -> AgendaPaper:
    """Return an agenda."""


@overload
def kept_paper(
    session: Session, meeting_id: int, kind: Literal["minutes"], number: int
) -> MinutesPaper:
    """Return minutes."""


def kept_paper(
    session: Session, meeting_id: int, kind: PaperKind, number: int
) -> AgendaPaper | MinutesPaper:
    """Return a paper as it was handed out: version `number` of a session's agenda…

    Raises NotFound ``not_found``, and Refusal ``paper_not_as_kept`` where its content
    was changed since, or cannot be read.
    """
    row = session.execute(
        select(MeetingPaper.content, MeetingPaper.sha256).where(
            MeetingPaper.meeting_id == meeting_id,
            MeetingPaper.kind == kind,
            MeetingPaper.number == number,
        )
    ).one_or_none()
    if row is None:
        raise NotFound("not_found", what="paper", id=number)
    if digest(row.content) != row.sha256:
        raise Refusal("paper_not_as_kept", number=number)
    try:
        paper: AgendaPaper | MinutesPaper = decode(KINDS[kind], row.content)
    except UnreadablePaper as error:
        raise Refusal("paper_not_as_kept", number=number) from error
    return paper


def paper_faults(session: Session) -> Iterator[PaperFault]:
    """Name kept papers that were changed since; one is in memory at a time."""
    ids = session.scalars(select(MeetingPaper.id).order_by(MeetingPaper.id)).all()
    for paper_id in ids:
        row = session.execute(
            select(
                MeetingPaper.content,
                MeetingPaper.sha256,
                MeetingSeries.name,
                Meeting.number,
            )
            .join(Meeting, Meeting.id == MeetingPaper.meeting_id)
            .join(MeetingSeries, MeetingSeries.id == Meeting.series_id)
            .where(MeetingPaper.id == paper_id)
        ).one()
        found = digest(row.content)
        if found != row.sha256:
            yield PaperFault(paper_id, row.name, row.number, row.sha256, found)
