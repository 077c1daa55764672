"""What of a session's candidates somebody has looked at: the rest of them is new."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import update

from desktop.domain.agenda import Candidate
from desktop.domain.candidates import looked_key
from desktop.entities.meetings import Meeting
from desktop.store.changes import note_changes
from desktop.store.unit_of_work import UnitOfWork
from desktop.use_cases.at_the_desk import somebody


def look_at(
    work: UnitOfWork,
    meeting: Meeting,
    found: Sequence[Candidate],
    *,
    again: bool = False,
) -> None:
    """Keep what is known behind candidates, so that what comes later is new.

    Nothing is new before the first draft; after it only what is looked at ``again``
    stops being so.
    """
    if meeting.looked and not again:
        return
    known = {
        **meeting.looked,
        **{looked_key(one): list(one.request_ids) for one in found},
    }
    if known == meeting.looked:
        return
    # Looking is no edit: the session's version stays.
    work.session.execute(
        update(Meeting)
        .where(Meeting.id == meeting.id)
        .values(looked=known)
        .execution_options(synchronize_session="fetch")
    )
    note_changes(work.session, Meeting.__tablename__, [meeting.id])


def look(work: UnitOfWork, meeting_id: int, found: Sequence[Candidate]) -> None:
    """Say that somebody looked at candidates; what was new of them is not any more."""
    somebody(work)
    meeting = work.get(Meeting, meeting_id, for_update=True)
    if meeting.looked:
        look_at(work, meeting, found, again=True)
