"""The sentence to tell a customer, in every state a request can be in."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from desktop.domain.requests import PendingReason, RequestState
from desktop.i18n import speaking
from desktop.queries.counter import CounterRow, counter
from desktop.queries.lookups import calendars
from desktop.queries.promise import promise_for
from desktop.use_cases.requests import (
    answer,
    ask,
    cancel,
    confirm,
    decline,
    hand_over,
    hold,
    resolve,
    take,
)
from tests.small_house import ZONE, SmallHouse
from ui.common.customer_words import (
    promise_sentence,
    sentence,
    spoken_day,
    spoken_instant,
)

BACK, FRONT = "Dušan Kovač", "Jelena Marić"


def row_of(house: SmallHouse) -> CounterRow:
    """Return the only request as the counter shows it."""
    view = house.read(
        counter,
        unit_id=house.units["Central counter"],
        person_id=None,
        day_start=house.now - timedelta(days=2),
    )
    (row,) = (*view.needs_you, *view.on_the_way, *view.done_today)
    return row


def told(house: SmallHouse) -> str:
    row = row_of(house)
    assert row.clock is not None
    calendar = house.read(calendars)[row.clock.calendar_id]
    return sentence(row, calendar, house.now, ZONE)


@pytest.fixture
def made(small_house: SmallHouse) -> SmallHouse:
    """Give a house with one request, raised on Monday at nine."""
    small_house.at(9, 9).raised("Title extract")
    small_house.me(BACK).later(minutes=10)
    return small_house


def the_id(house: SmallHouse) -> int:
    return row_of(house).id


def test_before_anybody_took_it(made):
    assert told(made) == (
        "Land registry has it, and it is promised for 10:00 on Thursday 12 November."
    )


def test_while_it_is_being_worked_on(made):
    made.run(take, the_id(made))
    made.at(10, 9)
    assert told(made) == (
        "It is being worked on and is promised for 10:00 on Thursday 12 November."
    )


def test_when_it_may_be_late_the_clerk_offers_to_call(made):
    made.run(take, the_id(made))
    made.at(12, 9)
    assert told(made) == (
        "It is being worked on and is promised for 10:00 today. "
        "If it gets later, I will call you."
    )


def test_when_it_is_late_that_is_said_plainly(made):
    made.run(take, the_id(made))
    made.at(13, 9)
    assert told(made) == (
        "We promised it for 10:00 yesterday and have not kept that. "
        "Land registry is working on it."
    )


def test_nobody_is_said_to_work_on_what_nobody_took(made):
    made.at(13, 9)
    assert told(made) == (
        "We promised it for 10:00 yesterday and have not kept that. "
        "Land registry has it."
    )


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        (PendingReason.CUSTOMER, "They need something from you before they can go on."),
        (PendingReason.THIRD_PARTY, "It waits for an office outside ours."),
        (PendingReason.APPROVAL, "It is prepared and waits for an approval."),
        (PendingReason.INTERNAL, "It is waiting at the moment."),
        (PendingReason.OTHER, "It is waiting at the moment."),
    ],
    ids=str,
)
def test_while_it_waits_it_says_for_whom(made, reason, words):
    made.run(hold, the_id(made), reason)
    shown = told(made)
    assert shown.startswith(words)
    holds = reason not in (PendingReason.INTERNAL, PendingReason.OTHER)
    after = "After that it takes 15 h 50 of working time at most."
    assert shown.endswith(after) is holds


def test_a_question_to_the_counter_is_the_clerks_to_answer(made):
    made.run(ask, the_id(made), "Which?")
    assert told(made) == (
        "They have one question, which I am answering. "
        "After that it takes 15 h 50 of working time at most."
    )
    made.me(FRONT).run(answer, the_id(made), "This one.")
    assert told(made).startswith("Land registry has it")


def test_a_late_request_that_waits_says_both(made):
    made.at(13, 9)
    made.run(hold, the_id(made), PendingReason.THIRD_PARTY)
    assert told(made) == (
        "We promised it for 10:00 yesterday and have not kept that. "
        "It waits for an office outside ours."
    )


def test_back_at_the_counter(made):
    made.run(hand_over, the_id(made), made.units["Central counter"], "Which one?")
    assert told(made) == "It is back with us, and I am looking at what is missing."


def test_done_with_and_without_words(made):
    made.run(resolve, the_id(made), "  It lies\nat desk 3. ")
    assert told(made) == "It is ready. It lies at desk 3."
    row = replace(row_of(made), said=None)
    assert sentence(row, None, made.now, ZONE) == "It is ready for you."


def test_declined_says_why(made):
    made.run(decline, the_id(made), "Instalments begin at 20,000.")
    assert told(made) == "It could not be granted. Instalments begin at 20,000."


def test_closed_and_withdrawn(made):
    made.run(resolve, the_id(made))
    made.me(FRONT).run(confirm, the_id(made))
    row = row_of(made)
    assert sentence(row, None, made.now, ZONE) == "It is done and was handed over."
    gone = replace(row, state=RequestState.CANCELLED)
    assert sentence(gone, None, made.now, ZONE).startswith("It was withdrawn")


def test_a_withdrawn_request_is_not_promised_anything(made):
    row = row_of(made)
    made.me(FRONT).run(cancel, row.id, "No longer needed.")
    assert row.clock is not None
    void = replace(row, clock=replace(row.clock, is_void=True))
    calendar = made.read(calendars)[row.clock.calendar_id]
    assert "promised for" not in sentence(void, calendar, made.now, ZONE)


def test_without_a_promise_no_time_is_named(made):
    row = replace(row_of(made), clock=None)
    assert sentence(row, None, made.now, ZONE) == (
        "Land registry has it. No time was promised."
    )


def test_every_state_and_reason_has_a_sentence_in_any_language(made):
    row = row_of(made)
    assert row.clock is not None
    calendar = made.read(calendars)[row.clock.calendar_id]
    for language in ("en", "qps", "sr_Latn", "ka", "ru"):
        with speaking(language):
            for state in RequestState:
                for reason in (None, *PendingReason):
                    one = replace(row, state=state, pending=reason)
                    words = sentence(one, calendar, made.now, ZONE)
                    assert words
                    assert "{" not in words


def test_long_words_of_the_back_office_are_cut(made):
    made.run(resolve, the_id(made), "x" * 90_000)
    assert len(told(made)) < 300


@pytest.mark.parametrize(
    ("at", "said"),
    [
        ((12, 15, 30), "15:30 today"),
        ((13, 9, 5), "09:05 tomorrow"),
        ((11, 9, 5), "09:05 yesterday"),
        ((16, 14, 20), "14:20 on Monday 16 November"),
        ((9, 14, 20), "14:20 on Monday 9 November"),
    ],
)
def test_instants_are_said_as_people_say_them(at, said):
    day, hour, minute = at
    now = datetime(2026, 11, 12, 13, 20, tzinfo=ZONE)
    instant = datetime(2026, 11, day, hour, minute, tzinfo=ZONE)
    assert spoken_instant(instant, now, ZONE) == said


def test_midnight_is_the_workspaces_own():
    now = datetime(2026, 11, 12, 23, 30, tzinfo=ZoneInfo("UTC"))
    at = datetime(2026, 11, 13, 8, 0, tzinfo=ZONE)
    assert spoken_instant(at, now, ZONE) == "08:00 today"
    assert spoken_instant(at, now, ZoneInfo("UTC")) == "07:00 tomorrow"


def test_a_day_far_away_has_its_year():
    today = datetime(2026, 11, 12, tzinfo=ZONE).date()
    assert spoken_day(today.replace(year=2028), today).endswith("2028")
    with speaking("ru"):
        assert spoken_day(today, today) == "четверг, 12 ноября"


def promise_of(house: SmallHouse):
    view = house.read(
        promise_for,
        house.services["Title extract"],
        front_unit_id=house.units["Central counter"],
        priority=3,
        now=house.now,
    )
    assert view is not None
    return view


def test_a_new_request_is_promised_and_history_added(small_house):
    for _ in range(20):
        small_house.at(9, 8)
        made = small_house.raised()
        small_house.me(BACK).later(minutes=62)
        small_house.run(resolve, made)
    small_house.at(9, 9, 20)
    view = promise_of(small_house)
    assert promise_sentence(view, view.due_at, small_house.now) == (
        "It will be ready by 10:20 on Thursday 12 November at the latest. "
        "Eight people in ten have theirs by 10:30 today."
    )


def test_history_worse_than_the_promise_is_not_read_out(small_house):
    for _ in range(20):
        made = small_house.at(2, 8).raised()
        small_house.at(9, 8).me(BACK).run(resolve, made)
    view = promise_of(small_house.at(9, 9))
    assert view.likely is not None
    words = promise_sentence(view, view.due_at, small_house.now)
    assert words == "It will be ready by 10:00 on Thursday 12 November at the latest."


def test_without_an_agreement_no_time_is_promised(small_house):
    small_house.instant -= timedelta(days=365)
    view = promise_of(small_house)
    words = promise_sentence(view, None, small_house.now)
    assert words.startswith("I am sending it to Land registry. They have not agreed")
