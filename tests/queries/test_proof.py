"""The proof of a due time, on the day the mock-up shows: 9 to 12 November 2026."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.domain.errors import NotFound
from desktop.domain.proofs import ProofKind
from desktop.domain.requests import PendingReason
from desktop.queries.proof import proof
from desktop.use_cases.requests import (
    ask,
    hand_over,
    hold,
    resolve,
    resume,
    take,
)

HOUR = 3600


def the_case_of_the_mockup(house) -> int:
    """Raise at Monday 09:30, hold from Tuesday 13:00 to Thursday 09:30."""
    one = house.at(9, 9, 30).raised("Parcel 1184/2: extract with encumbrances")
    house.me("Dušan Kovač").at(9, 10, 5)
    house.run(take, one)
    house.at(10, 13)
    house.run(hold, one, PendingReason.CUSTOMER, "signed sketch")
    house.at(12, 9, 30)
    house.run(resume, one)
    house.at(12, 13, 20)
    return one


def explained(house, request_id: int, position: int = 2):
    return house.read(proof, request_id, position, house.now)


def test_the_lines_are_those_of_the_mock_up(any_small_house):
    house = any_small_house
    view = explained(house, the_case_of_the_mockup(house))

    counted = [row for row in view.rows if row.kind is ProofKind.COUNTED]

    assert [row.counted_s / HOUR for row in counted] == pytest.approx(
        [2.5, 3.5, 4.0, 0.5, 2.5, 5 / 6, 13 / 6]
    )
    assert view.reading.due_at == house.at(12, 15, 30).now
    assert [row.is_ahead for row in counted] == [False] * 6 + [True]
    assert counted[-1].used_s == 16 * HOUR


def test_a_held_line_says_who_held_it_why_and_what_did_not_count(small_house):
    view = explained(small_house, the_case_of_the_mockup(small_house))
    held = next(row for row in view.rows if row.kind is ProofKind.HELD)

    assert (held.reason, held.by, held.note) == (
        PendingReason.CUSTOMER,
        "Dušan Kovač",
        "signed sketch",
    )
    assert (held.open_s, held.counted_s) == (int(4.5 * HOUR), 0)


def test_a_holiday_inside_a_hold_is_named_and_took_nothing_from_the_count(small_house):
    view = explained(small_house, the_case_of_the_mockup(small_house))
    (closed,) = (row for row in view.rows if row.kind is ProofKind.CLOSURE)

    assert (closed.closure, closed.is_inside_hold) == ("Armistice Day", True)


def test_the_strip_and_the_lines_add_up_to_the_same(any_small_house):
    house = any_small_house
    view = explained(house, the_case_of_the_mockup(house))

    assert [day.day for day in view.days] == [
        date(2026, 11, n) for n in (9, 10, 11, 12)
    ]
    assert [day.counted_s / HOUR for day in view.days] == pytest.approx(
        [6, 4.5, 0, 5.5]
    )
    assert sum(day.counted_s for day in view.days) == view.rows[-1].used_s
    assert view.days[2].closure == "Armistice Day"
    first = view.days[0].parts[0]
    assert (first.from_s, first.to_s) == (9.5 * HOUR, 12 * HOUR)


def test_the_ground_names_agreement_target_calendar_and_pause_rules(small_house):
    ground = explained(small_house, the_case_of_the_mockup(small_house)).ground

    assert (ground.agreement, ground.number) == ("Counters with Land registry", 3)
    assert (ground.target_s, ground.service) == (16 * HOUR, "Title extract")
    assert (ground.calendar, ground.zone, ground.country) == (
        "Office hours",
        "Europe/Belgrade",
        "RS",
    )
    assert list(ground.weekly[0]) == [(28800, 43200), (45000, 57600)]
    assert (ground.public_holidays, ground.closures) == (1, 0)
    assert PendingReason.CUSTOMER in ground.holds
    assert ground.entries == 4


def test_a_broken_promise_shows_where_it_ran_out_and_what_came_after(small_house):
    one = small_house.at(9, 8).raised()
    small_house.at(12, 11)
    view = explained(small_house, one)

    due = next(row for row in view.rows if row.kind is ProofKind.DUE)
    after = next(row for row in view.rows if row.left_s < 0)

    assert due.start == small_house.at(12, 9).now
    assert after.counted_s == 2 * HOUR
    assert any(part.is_late for day in view.days for part in day.parts)


def test_a_kept_promise_ends_where_it_was_resolved(small_house):
    one = small_house.at(9, 8).raised()
    small_house.me("Dušan Kovač").at(9, 11)
    small_house.run(resolve, one, "done")
    small_house.at(12, 8)

    view = explained(small_house, one)

    assert view.rows[-1].kind is ProofKind.STOP
    assert view.rows[-1].used_s == 3 * HOUR
    assert not any(row.is_ahead for row in view.rows)


def test_time_in_other_hands_is_told_with_their_name(small_house):
    one = small_house.at(9, 8).raised()
    small_house.me("Dušan Kovač").at(9, 9)
    permits = small_house.units["Building permits"]
    small_house.run(hand_over, one, permits, "It is theirs.")
    small_house.at(9, 11)

    view = explained(small_house, one)
    elsewhere = next(row for row in view.rows if row.kind is ProofKind.HELD)

    assert (elsewhere.cause, elsewhere.holder, elsewhere.note) == (
        "elsewhere",
        "Building permits",
        "It is theirs.",
    )


def test_every_stored_clock_can_be_explained_and_agrees_with_it(small_house):
    from desktop.queries.request_details import request_details

    one = the_case_of_the_mockup(small_house)
    shown = small_house.read(
        request_details,
        one,
        reader_unit_id=small_house.units["Land registry"],
        now=small_house.now,
    )

    for clock in shown.clocks:
        view = explained(small_house, one, clock.position)
        assert view.reading.due_at == clock.view.due_at
        assert view.ground.kind is clock.view.kind


def test_a_clock_that_is_not_there_is_refused(any_small_house):
    one = any_small_house.raised()

    for request_id, position in ((one, 0), (one, 9), (999, 1)):
        with pytest.raises(NotFound):
            explained(any_small_house, request_id, position)


def test_who_held_it_is_told_also_when_two_things_happened_at_once(small_house):
    one = small_house.at(9, 9).raised()
    small_house.me("Ana Petrović")
    small_house.run(ask, one, "Which parcel?")
    small_house.at(9, 11)

    view = explained(small_house, one)
    held = next(row for row in view.rows if row.kind is ProofKind.HELD)

    assert (held.by, held.note) == ("Ana Petrović", "Which parcel?")
    assert view.started_by == "Jelena Marić"


def test_an_answer_is_started_by_whoever_asked(small_house):
    one = small_house.at(9, 9).raised()
    small_house.me("Ana Petrović").at(9, 10)
    small_house.run(ask, one, "Which parcel?")
    small_house.at(9, 11)

    view = explained(small_house, one, 3)

    assert view.ground.kind == "answer"
    assert (view.unit, view.started_by) == ("Central counter", "Ana Petrović")
