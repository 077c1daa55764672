"""Tells people of sessions, actions and obstacles: once an occasion and person."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select

from desktop.entities.outgoing import SessionNotice
from desktop.store.unit_of_work import UnitOfWork


def tell_people(
    work: UnitOfWork,
    people: Iterable[int | None],
    kind: str,
    mark: str,
    *,
    meeting_id: int | None = None,
    action_id: int | None = None,
    obstacle_id: int | None = None,
    words: str = "",
    at: datetime | None = None,
    also_actor: bool = False,
) -> int:
    """Tell each person once of the occasion ``mark``; returns how many were told.

    Whoever acts is told of it only with ``also_actor``; ``None`` is nobody. ``kind`` is
    a code the inbox has words for, ``at`` when it shows (now by itself).
    """
    actor = work.actor.person_id if work.actor else None
    wanted = set(people) - {None, None if also_actor else actor}
    told = select(SessionNotice.person_id).where(
        SessionNotice.mark == mark, SessionNotice.person_id.in_(wanted)
    )
    wanted -= set(work.session.scalars(told))
    for person_id in wanted:
        work.session.add(
            SessionNotice(
                person_id=person_id,
                mark=mark,
                kind=kind,
                meeting_id=meeting_id,
                action_id=action_id,
                obstacle_id=obstacle_id,
                actor_id=actor,
                words=words,
                at=at or work.now,
            )
        )
    work.session.flush()
    return len(wanted)
