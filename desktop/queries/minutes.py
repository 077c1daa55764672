"""The minutes of a session: a draft, or as they were approved with what was added."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from desktop.domain.minutes import MinutesPaper
from desktop.entities.meetings import MeetingState
from desktop.store.meeting_papers import kept_paper
from desktop.store.minutes_rows import addenda_of, drafted_minutes
from desktop.store.session_rows import session_of

APPROVED = 1
"""The number approved minutes are kept under."""


def minutes_paper(session: Session, meeting_id: int, now: datetime) -> MinutesPaper:
    """Return a session's minutes as they print now. Raises NotFound.

    Approved ones are read back as they were kept, with the addenda made since.
    """
    meeting = session_of(session, meeting_id).meeting
    if meeting.state is not MeetingState.APPROVED:
        return drafted_minutes(session, meeting_id, now)
    kept = kept_paper(session, meeting_id, "minutes", APPROVED)
    head = replace(kept.head, printed_at=now)
    return replace(kept, head=head, addenda=addenda_of(session, meeting_id))
