"""A step taken back leaves the request as it was before, and the journal with both."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.errors import Conflict, Forbidden, Transition
from desktop.domain.requests import UNDOABLE, EntryKind, RequestState
from desktop.entities.journal import JournalEntry
from desktop.entities.requests import Request, RequestClock, RequestHold, RequestLeg
from desktop.store.verification import verify
from desktop.use_cases.requests import comment, resolve, take
from desktop.use_cases.undoing import undo
from tests.small_house import SmallHouse
from tests.use_cases.test_requests import BACK, FRONT, STEP_OF, actor_of, in_state

# A clock is stored as read at the last entry, and the undoing is an entry.
NOT_UNDONE = {"id", "version", "entries", "last_at", "used_s", "running_since"}
BEGIN = {
    EntryKind.ANSWERED: RequestState.PENDING,
    EntryKind.RESUMED: RequestState.PENDING,
    EntryKind.REOPENED: RequestState.RESOLVED,
    EntryKind.CONFIRMED: RequestState.RESOLVED,
    EntryKind.TAKEN: RequestState.NEW,
}


def rows_of(house: SmallHouse, request_id: int) -> list[dict[str, object]]:
    """Return what the journal decides of a request, as it is stored."""

    def read(session: Session) -> list[dict[str, object]]:
        found: list[dict[str, object]] = []
        for entity in (Request, RequestLeg, RequestHold, RequestClock):
            column = Request.id if entity is Request else entity.request_id
            for row in session.scalars(select(entity).where(column == request_id)):
                values = {
                    one.key: getattr(row, one.key) for one in entity.__table__.columns
                }
                found.append({k: v for k, v in values.items() if k not in NOT_UNDONE})
        return found

    return house.read(read)


@pytest.mark.parametrize("step", sorted(UNDOABLE & STEP_OF.keys()))
def test_a_step_taken_back_leaves_everything_as_it_was(
    any_small_house: SmallHouse, step: EntryKind
) -> None:
    house = any_small_house
    request_id = in_state(house, BEGIN.get(step, RequestState.ACTIVE))
    house.me(actor_of(step))
    before = rows_of(house, request_id)
    house.later(minutes=1)
    STEP_OF[step](house, request_id)
    assert rows_of(house, request_id) != before
    house.later(minutes=2).run(undo, request_id)
    assert rows_of(house, request_id) == before
    kinds = house.read(
        lambda session: session.scalars(
            select(JournalEntry.kind)
            .where(JournalEntry.request_id == request_id)
            .order_by(JournalEntry.seq)
        ).all()
    )
    assert kinds[-2:] == [step.value, "undone"]
    assert house.read(verify).differences == []


def test_what_others_built_upon_is_not_taken_back(small_house: SmallHouse) -> None:
    request_id = small_house.raised()
    small_house.me(BACK).run(resolve, request_id, "Done.")
    small_house.me(FRONT).run(comment, request_id, "Thank you.")
    with pytest.raises(Transition):
        small_house.me(BACK).run(undo, request_id)


def test_only_who_took_a_step_takes_it_back(small_house: SmallHouse) -> None:
    request_id = small_house.raised()
    version = small_house.me(BACK).run(take, request_id)
    with pytest.raises(Forbidden):
        small_house.me("Ana Petrović").run(undo, request_id)
    with pytest.raises(Conflict):
        small_house.me(BACK).run(undo, request_id, expected_version=version - 1)


def test_a_step_is_taken_back_once_and_soon(small_house: SmallHouse) -> None:
    request_id = small_house.raised()
    small_house.me(BACK).run(take, request_id)
    small_house.run(undo, request_id)
    with pytest.raises(Transition):
        small_house.run(undo, request_id)
    small_house.run(take, request_id)
    with pytest.raises(Transition):
        small_house.later(minutes=11).run(undo, request_id)
