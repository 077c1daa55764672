"""Taking back a step: the journal keeps both, and the request is as it was before."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from sqlalchemy import delete, select

from desktop.domain.errors import Conflict, Forbidden, Transition
from desktop.domain.requests import ENDED_STATES, UNDOABLE, EntryKind
from desktop.entities.journal import JournalEntry
from desktop.entities.notices import Notice
from desktop.entities.requests import Request
from desktop.store.unit_of_work import UnitOfWork
from desktop.use_cases.at_the_desk import somebody
from desktop.use_cases.links import parts_below

LONGEST: Final = timedelta(minutes=10)
"""How long a step can be taken back: after that others have gone by it."""

_WITH_PARTS: Final = frozenset({EntryKind.CANCELLED.value, EntryKind.CONFIRMED.value})
"""Steps that take the parts of a request along, and so does taking them back."""

_UNDOABLE: Final = frozenset(kind.value for kind in UNDOABLE)


def undo(
    work: UnitOfWork, request_id: int, *, expected_version: int | None = None
) -> int:
    """Take back the actor's own last step on a request; return its version.

    Refuses with Conflict when anybody acted since, with Transition when the last
    entry is no step or is older than ten minutes, with Forbidden when it is
    somebody else's. Clocks, legs and state are then as if it had not happened;
    whoever has not read the news of it yet does not get it.
    """
    me = somebody(work)
    request = work.get(Request, request_id, for_update=True)
    if expected_version is not None and request.version != expected_version:
        raise Conflict("changed_meanwhile", reference=request.reference)
    last = _last_of(work, request_id)
    if last.kind not in _UNDOABLE:
        raise Transition("nothing_to_undo", reference=request.reference)
    if last.actor_id != me:
        raise Forbidden("not_your_step", step=last.kind)
    if work.now - last.recorded_at > LONGEST:
        raise Transition("too_late_to_undo", reference=request.reference)
    _take_back(work, request, last)
    if last.kind in _WITH_PARTS:
        for part in parts_below(work, request, ENDED_STATES):
            done = _last_of(work, part.id)
            if (done.kind, done.actor_id, done.at) == (last.kind, me, last.at):
                _take_back(work, part, done)
    return request.version


def _last_of(work: UnitOfWork, request_id: int) -> JournalEntry:
    return work.session.scalars(
        select(JournalEntry)
        .where(JournalEntry.request_id == request_id)
        .order_by(JournalEntry.seq.desc())
        .limit(1)
    ).one()


def _take_back(work: UnitOfWork, request: Request, last: JournalEntry) -> None:
    work.session.execute(
        delete(Notice).where(
            Notice.request_id == request.id,
            Notice.mark == f"entry:{last.id}",
            Notice.read_at.is_(None),
        )
    )
    work.record(EntryKind.UNDONE, request, {"undoes": last.seq})
    work.session.flush()
