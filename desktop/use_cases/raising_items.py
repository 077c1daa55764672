"""What people want on a series' next session: raised, withdrawn, refused, placed.

All refuse with NotFound, and with Conflict when ``expected_version`` is no longer the
stored one. Whoever raised something is told what becomes of it.
"""

from __future__ import annotations

import uuid
from typing import Final

from sqlalchemy import select

from desktop.domain.agenda import Candidate
from desktop.domain.errors import Conflict, Forbidden, Invalid, Transition
from desktop.domain.text import TITLE_CAP
from desktop.entities.meetings import AgendaItem, MeetingSeries
from desktop.entities.obstacles import Obstacle
from desktop.entities.requests import Request
from desktop.entities.sittings import RaisedItem, RaisedState
from desktop.store.session_notices import tell_people
from desktop.store.session_rights import may_run
from desktop.store.unit_of_work import UnitOfWork
from desktop.use_cases.at_the_desk import somebody
from desktop.use_cases.typed_words import needed_line, needed_text, typed_text

LONGEST: Final = 480
OUTCOMES: Final = ("decide", "inform", "unblock")
RAISED_RULES: Final = ("raised", "parked")


def raise_item(
    work: UnitOfWork,
    series_id: int,
    title: str,
    *,
    notes: str = "",
    minutes: int = 5,
    outcome: str = "decide",
    request_id: int | None = None,
    obstacle_id: int | None = None,
    key: uuid.UUID | None = None,
) -> int:
    """Raise something for a series' next session, as anybody may; returns its id.

    A retry with the same key raises it once. Refuses (Transition) an ended series.
    """
    again = select(RaisedItem.id).where(RaisedItem.key == key)
    if key is not None and (known := work.session.scalar(again)) is not None:
        return known
    series = _going_on(work, series_id)
    _refuse_oddities(minutes, outcome)
    _refuse_missing(work, request_id, obstacle_id)
    raised = RaisedItem(
        key=key or uuid.uuid4(),
        series_id=series_id,
        title=needed_line(title, "title", TITLE_CAP),
        notes=typed_text(notes, "notes"),
        minutes=minutes,
        outcome=outcome,
        raised_by_id=somebody(work),
        raised_at=work.now,
        request_id=request_id,
        obstacle_id=obstacle_id,
        state=RaisedState.WAITING,
    )
    work.session.add(raised)
    work.session.flush()
    _record(work, "item_raised", raised)
    _tell_of_it(work, series, raised)
    return raised.id


def _tell_of_it(work: UnitOfWork, series: MeetingSeries, raised: RaisedItem) -> None:
    people = (series.chair_id, series.minute_taker_id)
    tell_people(work, people, "raised_item", f"raised:{raised.id}", words=raised.title)


def _going_on(work: UnitOfWork, series_id: int) -> MeetingSeries:
    series = work.get(MeetingSeries, series_id)
    if series.ended_at is not None:
        raise Transition("series_has_ended", series=series.name)
    return series


def _refuse_missing(
    work: UnitOfWork, request_id: int | None, obstacle_id: int | None
) -> None:
    if request_id is not None:
        work.get(Request, request_id)
    if obstacle_id is not None:
        work.get(Obstacle, obstacle_id)


def _refuse_oddities(minutes: int, outcome: str) -> None:
    if outcome not in OUTCOMES:
        raise Invalid("outcome", "not_a_choice")
    if type(minutes) is not int or not 1 <= minutes <= LONGEST:
        raise Invalid("minutes", "out_of_range", least=1, most=LONGEST)


def withdraw(
    work: UnitOfWork, raised_id: int, *, expected_version: int | None = None
) -> None:
    """Take back what one raised oneself, while no agenda has it."""
    raised = _waiting(work, raised_id, expected_version)
    if raised.raised_by_id != somebody(work):
        raise Forbidden("not_your_item")
    raised.state = RaisedState.WITHDRAWN
    work.session.flush()
    _record(work, "item_withdrawn", raised)


def raise_again(work: UnitOfWork, raised_id: int) -> None:
    """Let something withdrawn or refused wait for a session again."""
    raised = work.get(RaisedItem, raised_id, for_update=True)
    if raised.state not in (RaisedState.WITHDRAWN, RaisedState.REFUSED):
        raise Transition("item_not_closed")
    if raised.raised_by_id != somebody(work):
        _of_who_runs(work, raised)
    raised.state, raised.why = RaisedState.WAITING, ""
    work.session.flush()
    _record(work, "item_raised_again", raised)


def refuse(
    work: UnitOfWork,
    raised_id: int,
    why: str,
    *,
    expected_version: int | None = None,
) -> None:
    """Say that no session will talk about it, and why; whoever raised it is told."""
    raised = _waiting(work, raised_id, expected_version)
    _of_who_runs(work, raised)
    raised.why = needed_text(why, "why")
    raised.state = RaisedState.REFUSED
    work.session.flush()
    _record(work, "item_refused", raised)
    _tell(work, raised, "raised_refused", None, raised.why)


def place(work: UnitOfWork, item: AgendaItem, candidate: Candidate) -> None:
    """Say that an agenda has taken what was raised, with its notes; others do nothing.

    Refuses (Transition) what another agenda took, or was taken back meanwhile.
    """
    if candidate.rule not in RAISED_RULES or candidate.source_id is None:
        return
    raised = work.get(RaisedItem, candidate.source_id, for_update=True)
    if raised.state is RaisedState.PLACED and raised.agenda_item_id == item.id:
        return
    if raised.state is not RaisedState.WAITING:
        raise Transition("item_not_waiting", title=raised.title)
    raised.state, raised.agenda_item_id = RaisedState.PLACED, item.id
    item.notes = item.notes or raised.notes
    work.session.flush()
    _tell(work, raised, "raised_placed", item.meeting_id)


def take_off(work: UnitOfWork, item: AgendaItem) -> None:
    """Let what was raised wait for the session after, as its item was taken off."""
    for raised in work.session.scalars(
        select(RaisedItem).where(
            RaisedItem.agenda_item_id == item.id,
            RaisedItem.state == RaisedState.PLACED,
        )
    ):
        raised.state, raised.agenda_item_id = RaisedState.WAITING, None
        work.session.flush()
        _tell(work, raised, "raised_taken_off", item.meeting_id)


def take_again(work: UnitOfWork, item: AgendaItem) -> None:
    """Let an item put back have what it was made of, unless another agenda has it."""
    raised_id = item.evidence.get("source_id")
    if item.evidence.get("rule") not in RAISED_RULES or raised_id is None:
        return
    raised = work.get(RaisedItem, raised_id, for_update=True)
    if raised.state is not RaisedState.WAITING:
        raise Transition("item_not_waiting", title=raised.title)
    raised.state, raised.agenda_item_id = RaisedState.PLACED, item.id
    work.session.flush()
    _tell(work, raised, "raised_placed", item.meeting_id)


def _waiting(
    work: UnitOfWork, raised_id: int, expected_version: int | None
) -> RaisedItem:
    raised = work.get(RaisedItem, raised_id, for_update=True)
    if expected_version is not None and raised.version != expected_version:
        raise Conflict("changed_meanwhile")
    if raised.state is not RaisedState.WAITING:
        raise Transition("item_not_waiting", title=raised.title)
    return raised


def _of_who_runs(work: UnitOfWork, raised: RaisedItem) -> None:
    series = work.get(MeetingSeries, raised.series_id)
    if not may_run(work.session, series, somebody(work)):
        raise Forbidden("not_yours_to_refuse")


def _record(work: UnitOfWork, kind: str, raised: RaisedItem) -> None:
    told = {"series": raised.series_id, "raised": raised.id}
    work.record_house(kind, told)


def _tell(
    work: UnitOfWork,
    raised: RaisedItem,
    kind: str,
    meeting_id: int | None,
    more: str = "",
) -> None:
    """Tell whoever raised it; each step of it is an occasion of its own."""
    words = f"{raised.title}: {more}" if more else raised.title
    tell_people(
        work,
        (raised.raised_by_id,),
        kind,
        f"raised:{raised.id}:{raised.version}",
        meeting_id=meeting_id,
        words=words,
    )
