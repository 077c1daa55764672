"""What was collected for a session: handed on when it is cancelled, and taken back."""

from __future__ import annotations

import uuid
from typing import Final

from sqlalchemy import delete, select

from desktop.entities.meetings import AgendaItem, Meeting, MeetingSeries
from desktop.entities.sittings import AgendaItemRequest, RaisedItem, RaisedState
from desktop.store.unit_of_work import UnitOfWork
from desktop.use_cases.agenda_items import OWN_SUBJECT

_HANDED_ON: Final = uuid.UUID("0d3b7a52-6f0e-5c1b-9a44-4b8f6c1f2a10")


def hand_on(work: UnitOfWork, meeting: Meeting) -> int:
    """Let what people put on an agenda wait for the series' next one; return how many.

    What was raised waits again; an item somebody wrote on the agenda waits as raised
    by whoever cancels, else by the chair. What the evidence found is found again.
    """
    placed = {one.agenda_item_id: one for one in _placed(work, meeting)}
    for raised in placed.values():
        raised.state, raised.agenda_item_id = RaisedState.WAITING, None
    raiser = work.actor.person_id if work.actor else _chair(work, meeting)
    own = [
        one
        for one in (_items(work, meeting) if raiser is not None else ())
        if one.subject.startswith(OWN_SUBJECT)
        and not one.is_removed
        and one.id not in placed
    ]
    for item in own:
        work.session.add(
            RaisedItem(
                key=_key(item),
                series_id=meeting.series_id,
                title=item.title,
                notes=item.notes,
                minutes=item.minutes,
                outcome=item.outcome,
                raised_by_id=raiser,
                raised_at=work.now,
                request_id=_request(work, item),
                state=RaisedState.WAITING,
            )
        )
    for item_id, raised in placed.items():
        item = work.get(AgendaItem, item_id or 0)
        # Remembered by the item, so that taking the session up again finds it.
        item.evidence = {**item.evidence, "raised": raised.id}
    work.session.flush()
    return len(placed) + len(own)


def take_back(work: UnitOfWork, meeting: Meeting) -> None:
    """Give a session that is not cancelled after all what was collected for it.

    What another agenda has taken meanwhile stays there.
    """
    items = _items(work, meeting)
    for item in items:
        raised_id = item.evidence.get("raised")
        raised = work.session.get(RaisedItem, raised_id) if raised_id else None
        if raised is not None and raised.state is RaisedState.WAITING:
            raised.state, raised.agenda_item_id = RaisedState.PLACED, item.id
    own = [_key(item) for item in items]
    work.session.execute(
        delete(RaisedItem).where(
            RaisedItem.key.in_(own), RaisedItem.state == RaisedState.WAITING
        )
    )
    work.session.flush()


def _request(work: UnitOfWork, item: AgendaItem) -> int | None:
    """Return the first request an item is about."""
    about = select(AgendaItemRequest.request_id).where(
        AgendaItemRequest.agenda_item_id == item.id
    )
    return work.session.scalar(about.order_by(AgendaItemRequest.id).limit(1))


def _chair(work: UnitOfWork, meeting: Meeting) -> int | None:
    """Return who raises what nobody at the desk hands on: a house file moves series."""
    return work.get(MeetingSeries, meeting.series_id).chair_id


def _items(work: UnitOfWork, meeting: Meeting) -> list[AgendaItem]:
    wanted = select(AgendaItem).where(AgendaItem.meeting_id == meeting.id)
    return list(work.session.scalars(wanted.order_by(AgendaItem.position)))


def _placed(work: UnitOfWork, meeting: Meeting) -> list[RaisedItem]:
    wanted = (
        select(RaisedItem)
        .join(AgendaItem, AgendaItem.id == RaisedItem.agenda_item_id)
        .where(
            AgendaItem.meeting_id == meeting.id,
            RaisedItem.state == RaisedState.PLACED,
        )
    )
    return list(work.session.scalars(wanted))


def _key(item: AgendaItem) -> uuid.UUID:
    return uuid.uuid5(_HANDED_ON, str(item.key))
