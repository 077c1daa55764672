"""What is kept of the steps people take: the words, the journal, and its sum."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import delete, func, select, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from desktop.domain.history import History
from desktop.domain.requests import Audience, RequestState
from desktop.entities.journal import JournalEntry
from desktop.entities.requests import Request, RequestClock, RequestHold, RequestLeg
from desktop.queries.counter import counter
from desktop.store.engine import writing
from desktop.store.projection import events_of, project_rows
from desktop.store.reference import load_reference
from desktop.use_cases.requests import (
    ask,
    comment,
    hand_over,
    reopen,
    retime_open,
    tell_customer,
)
from tests.use_cases.test_requests import (
    BACK,
    FRONT,
    STRANGER,
    entries,
    in_state,
    stored,
)

HOSTILE = [
    "<img src=x onerror=alert(1)> & <b>",
    "'; DROP TABLE request; --",
    "%s {0} {name} \\ %(x)s",
    "\u202eright to left\u202c \u200d \ufeff",
    "თამარ 漢字 😀 e\u0301",
    "two\r\nlines\rand\ta tab",
]


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_are_kept_as_words(any_small_house, words):
    house = any_small_house
    request_id = house.raised(words)
    house.me(BACK)
    house.run(comment, request_id, words)
    house.run(ask, request_id, words)
    kept = entries(house, request_id)[-1].text
    assert kept.replace("é", "e\u0301") == words.replace("\r\n", "\n").replace(
        "\r", "\n"
    )
    midnight = house.now - timedelta(hours=12)
    view = house.read(
        counter,
        unit_id=house.units["Central counter"],
        person_id=None,
        day_start=midnight,
    )
    assert view.needs_you[0].said is not None
    assert view.needs_you[0].said.text == kept


def test_what_no_database_can_keep_is_replaced_and_seen(any_small_house):
    house = any_small_house
    request_id = house.raised("a\x00b\ud800c")
    assert stored(house, request_id).subject == "a\ufffdb\ufffdc"


def test_an_internal_note_is_marked_as_one(any_small_house):
    house = any_small_house
    request_id = house.raised()
    house.me(BACK)
    house.run(comment, request_id, "Between us", Audience.INTERNAL)
    assert entries(house, request_id)[-1].audience is Audience.INTERNAL


@pytest.mark.parametrize(
    "statement",
    [
        update(JournalEntry).values(text="rewritten"),
        delete(JournalEntry),
    ],
    ids=["update", "delete"],
)
def test_the_journal_only_grows(any_small_house, statement):
    house = any_small_house
    house.raised("Kept")
    with Session(writing(house.desk.store.engine)) as session:
        with pytest.raises(DBAPIError):
            session.execute(statement)
        session.commit()
    count = house.read(
        lambda session: session.scalar(select(func.count()).select_from(JournalEntry))
    )
    assert count == 1


def test_what_is_stored_is_what_the_journal_adds_up_to(any_small_house):
    house = any_small_house
    made = [in_state(house, state) for state in RequestState]
    returned = in_state(house, RequestState.ACTIVE)
    house.me(BACK)
    house.run(hand_over, returned, house.units["Building permits"], "Theirs.")
    house.later(hours=3).me(STRANGER)
    house.run(hand_over, returned, house.units["Land registry"], "No, yours.")
    reopened = in_state(house, RequestState.RESOLVED)
    house.me(FRONT).later(hours=2)
    house.run(reopen, reopened, "A page is missing.")
    for request_id in [*made, returned, reopened]:
        wanted, found = house.read(folded_and_stored, request_id)
        assert found == wanted


def folded_and_stored(session: Session, request_id: int) -> tuple[object, object]:
    """Return a request's projection folded anew, and as it is stored."""
    request = session.get_one(Request, request_id)
    rows = project_rows(
        History.of(events_of(session, request_id)),
        load_reference(session, 0),
        request_id=request_id,
        service_id=request.service_id,
        front_unit_id=request.front_unit_id,
    )
    found = []
    for table, wanted in (
        (RequestLeg, rows.legs),
        (RequestHold, rows.holds),
        (RequestClock, rows.clocks),
    ):
        kept = session.scalars(
            select(table).where(table.request_id == request_id).order_by(table.position)
        ).all()
        names = list(wanted[0]) if wanted else []
        found.append([{name: getattr(one, name) for name in names} for one in kept])
    columns = {name: getattr(request, name) for name in rows.request}
    return (rows.request, rows.legs, rows.holds, rows.clocks), (columns, *found)


def test_reading_open_clocks_anew_changes_nothing_while_no_rule_did(small_house):
    made = [in_state(small_house, state) for state in RequestState]
    before = [small_house.read(folded_and_stored, one)[1] for one in made]
    assert small_house.run(retime_open) == 3
    assert [small_house.read(folded_and_stored, one)[1] for one in made] == before


def test_every_time_a_customer_was_told_stays_in_the_journal(any_small_house):
    house = any_small_house
    request_id = house.raised()
    house.me(FRONT)
    first, second = house.now + timedelta(days=1), house.now + timedelta(days=3)
    for due in (first, second):
        house.run(tell_customer, request_id, "Ready then.", due)
    told = [one.details for one in entries(house, request_id)[1:]]
    assert told == [{"told_due_at": due.isoformat()} for due in (first, second)]
