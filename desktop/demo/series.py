"""The demo's series at the end: planned ahead, one a template, a session cancelled."""

from __future__ import annotations

import uuid
from typing import Final

from sqlalchemy import select

from desktop.demo.simulation import DEMO_KEYS
from desktop.domain.series_templates import Beginning
from desktop.entities.meetings import Meeting, MeetingSeries, MeetingState
from desktop.queries.series_editor import series_form
from desktop.store.unit_of_work import Actor, UnitOfWork
from desktop.use_cases.series_templates import save_template
from desktop.use_cases.sessions_moving import cancel_session
from desktop.use_cases.sessions_planning import plan_all

TEMPLATE: Final = "Fortnightly review"
WHY: Final = "The hall is let that morning, and half of us are at the fair."


def plan_series(work: UnitOfWork) -> None:
    """Plan every series ahead, keep one as a template, cancel a session far ahead."""
    before = work.actor
    rows = work.session.scalars(select(MeetingSeries).order_by(MeetingSeries.id)).all()
    first, last = rows[0], rows[-1]
    if first.chair_id is not None:
        work.actor = Actor(first.chair_id, None)
    plan_all(work)
    said = series_form(work.session, first.id).said
    save_template(work, TEMPLATE, Beginning.like(said), uuid.uuid5(DEMO_KEYS, TEMPLATE))
    planned = select(Meeting.id).where(
        Meeting.series_id == last.id,
        Meeting.state == MeetingState.PLANNED,
        Meeting.starts_at > work.now,
    )
    ahead = work.session.scalars(planned.order_by(Meeting.starts_at)).all()
    if len(ahead) > 1:
        cancel_session(work, ahead[1], WHY)
    work.actor = before
