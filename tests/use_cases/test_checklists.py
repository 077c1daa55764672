"""A checklist is ticked by the unit that has the request, and guards resolving it."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from desktop.domain.errors import Conflict, Forbidden, NotFound, Transition
from desktop.domain.requests import RequestState
from desktop.entities.checklists import RequestCheck, ServiceCheck
from desktop.entities.journal import JournalEntry
from desktop.entities.requests import Request
from desktop.queries.desk_sections import checklist
from desktop.store.unit_of_work import UnitOfWork
from desktop.use_cases.checklists import tick
from desktop.use_cases.requests import resolve
from tests.small_house import SmallHouse

AGENT, FRONT = "Dušan Kovač", "Jelena Marić"


def lines(house: SmallHouse, *texts: tuple[str, bool]) -> list[int]:
    """Give the title extract a checklist."""

    def add(work: UnitOfWork) -> list[int]:
        rows = [
            ServiceCheck(
                service_id=house.services["Title extract"],
                position=number,
                text=text,
                is_needed=is_needed,
            )
            for number, (text, is_needed) in enumerate(texts)
        ]
        work.session.add_all(rows)
        work.session.flush()
        return [one.id for one in rows]

    return house.run(add)


def test_what_must_be_done_first_guards_the_resolving(any_small_house):
    house = any_small_house
    fee, stamp, call = lines(
        house, ("Fee is booked", True), ("Stamped", True), ("Called", False)
    )
    request_id = house.raised()
    house.me(AGENT).run(tick, request_id, fee)
    with pytest.raises(Conflict) as refused:
        house.run(resolve, request_id, "Done.")
    assert refused.value.details["first"] == "Stamped"
    assert refused.value.details["count"] == 1
    house.run(tick, request_id, stamp)
    house.run(tick, request_id, stamp)
    house.run(tick, request_id, call)
    house.run(tick, request_id, call, is_done=False)
    house.run(resolve, request_id, "Done.")
    done = select(RequestCheck.check_id).where(RequestCheck.request_id == request_id)
    assert set(house.read(lambda session: session.scalars(done).all())) == {fee, stamp}
    told = (
        select(JournalEntry.kind, JournalEntry.text)
        .where(JournalEntry.request_id == request_id)
        .order_by(JournalEntry.seq)
    )
    entries = house.read(lambda session: session.execute(told).all())
    assert [tuple(one) for one in entries][1:] == [
        ("checked", "Fee is booked"),
        ("checked", "Stamped"),
        ("checked", "Called"),
        ("unchecked", "Called"),
        ("resolved", "Done."),
    ]
    row = house.read(lambda session: session.get_one(Request, request_id))
    assert row.state is RequestState.RESOLVED


def test_what_was_ticked_keeps_its_words_when_the_line_is_reworded(any_small_house):
    house = any_small_house
    fee, _stamp = lines(house, ("Fee is booked", True), ("Stamped", True))
    old, new = house.raised(), house.raised()
    house.me(AGENT).run(tick, old, fee)

    def reword(work: UnitOfWork) -> None:
        work.get(ServiceCheck, fee).text = "Fee is waived"

    house.run(reword)
    house.run(tick, new, fee)
    shown = [house.read(checklist, one) for one in (old, new)]
    assert [[row.text for row in rows] for rows in shown] == [
        ["Fee is booked", "Stamped"],
        ["Fee is waived", "Stamped"],
    ]
    house.run(tick, old, fee, is_done=False)
    assert house.read(checklist, old)[0].text == "Fee is waived"


def test_only_who_has_the_request_ticks_and_only_while_it_is_open(small_house):
    (fee,) = lines(small_house, ("Fee is booked", False))
    request_id = small_house.raised()
    with pytest.raises(Forbidden):
        small_house.me(FRONT).run(tick, request_id, fee)
    other = small_house.raised(service="Boundary correction")
    with pytest.raises(NotFound):
        small_house.me(AGENT).run(tick, other, fee)
    small_house.run(resolve, request_id, "Done.")
    with pytest.raises(Transition):
        small_house.run(tick, request_id, fee)
