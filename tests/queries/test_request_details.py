"""One request as its pane shows it."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from desktop.domain.agreements import Measure, TargetKind
from desktop.domain.errors import NotFound
from desktop.domain.requests import Audience, Ball, EntryKind, PendingReason
from desktop.domain.working_days import DayEnd
from desktop.entities.agreements import AgreementTarget
from desktop.queries.request_details import request_details
from desktop.use_cases.requests import (
    answer,
    ask,
    comment,
    hand_over,
    hold,
    resolve,
    resume,
    take,
    tell_customer,
)


def details(house, request_id: int, reader: str = "Land registry"):
    return house.read(
        request_details,
        request_id,
        reader_unit_id=house.units.get(reader),
        now=house.now,
    )


def test_the_head_says_what_was_asked_by_whom_and_who_has_it(any_small_house):
    house = any_small_house
    one = house.raised(
        customer="Goran Babić", form={"extent": "Full", "parcel": "1184/2"}
    )
    house.me("Dušan Kovač").later(minutes=35)
    house.run(take, one)

    shown = details(house, one)

    assert (shown.reference, shown.subject, shown.customer) == (
        "LR-0001",
        "Parcel 1184/2",
        "Goran Babić",
    )
    assert (shown.front_unit, shown.requester) == ("Central counter", "Jelena Marić")
    assert (shown.unit, shown.assignee, shown.ball) == (
        "Land registry",
        "Dušan Kovač",
        Ball.BACK,
    )
    assert [(one.label, one.answer) for one in shown.form] == [
        ("Parcel number", "1184/2"),
        ("Extent", "Full"),
    ]


def test_both_clocks_are_there_and_one_is_the_one_lists_show(small_house):
    one = small_house.raised()
    small_house.me("Dušan Kovač").later(minutes=35)
    small_house.run(take, one)

    shown = details(small_house, one)

    assert [(clock.view.kind, clock.view.used_s) for clock in shown.clocks] == [
        ("response", 35 * 60),
        ("resolution", 35 * 60),
    ]
    assert shown.shown_clock is not None
    assert shown.shown_clock.view.kind == "resolution"
    assert (shown.shown_clock.unit, shown.shown_clock.for_unit) == (
        "Land registry",
        "Central counter",
    )


def test_a_promise_in_working_days_says_how_many(small_house):
    def promise_days(work):
        work.session.execute(
            update(AgreementTarget)
            .where(AgreementTarget.kind == TargetKind.RESOLUTION)
            .values(measure=Measure.WORKING_DAYS, days=2, ends=DayEnd.END_OF_DAY)
        )
        work.rules_changed()

    small_house.run(promise_days)
    request_id = small_house.raised()
    found = details(small_house, request_id)
    assert {one.view.kind: one.days for one in found.clocks} == {
        TargetKind.RESPONSE: None,
        TargetKind.RESOLUTION: 2,
    }


def test_the_split_counts_open_time_by_who_had_the_ball(any_small_house):
    house = any_small_house
    one = house.at(9, 8).raised()
    house.me("Dušan Kovač").at(9, 10)
    house.run(hold, one, PendingReason.CUSTOMER, "sketch")
    house.at(10, 9)
    house.run(resume, one)
    house.run(ask, one, "Which parcel?")
    house.at(10, 11)
    house.me("Jelena Marić").run(answer, one, "The second")
    house.at(10, 13)

    split = [
        (share.ball, share.unit, share.seconds / 3600, share.is_counted)
        for share in details(house, one).split
    ]

    assert split == [
        (Ball.BACK, "Land registry", 3.5, True),
        (Ball.CUSTOMER, "", 6.5, False),
        (Ball.FRONT, "Central counter", 2.0, False),
    ]


def test_another_units_time_is_not_counted_for_this_ones_promise(small_house):
    one = small_house.at(9, 8).raised()
    small_house.me("Dušan Kovač").at(9, 9)
    small_house.run(hand_over, one, small_house.units["Building permits"], "theirs")
    small_house.me("Vesna Stojanović").at(9, 10)
    small_house.run(hand_over, one, small_house.units["Land registry"], "yours")
    small_house.at(9, 12)

    shown = details(small_house, one)

    assert [(s.unit, s.seconds, s.is_counted) for s in shown.split] == [
        ("Land registry", 3 * 3600, True),
        ("Building permits", 3600, False),
    ]
    assert [leg.unit for leg in shown.legs] == [
        "Land registry",
        "Building permits",
        "Land registry",
    ]


def test_the_split_stands_still_once_it_is_resolved(small_house):
    one = small_house.raised()
    small_house.me("Dušan Kovač").later(hours=1)
    small_house.run(resolve, one, "done")
    small_house.later(hours=5)

    assert [share.seconds for share in details(small_house, one).split] == [3600]


def test_the_timeline_tells_who_did_what_with_names(any_small_house):
    house = any_small_house
    one = house.raised()
    house.me("Dušan Kovač").later(minutes=5)
    house.run(take, one)
    house.later(minutes=5)
    house.run(hand_over, one, house.units["Building permits"], "It is theirs.")

    entries = details(house, one).entries

    assert [entry.kind for entry in entries] == [
        EntryKind.RAISED,
        EntryKind.TAKEN,
        EntryKind.HANDED_OVER,
    ]
    assert entries[1].actor == "Dušan Kovač"
    assert entries[1].changes["assignee"] == "Dušan Kovač"
    assert entries[2].changes["unit"] == "Building permits"
    assert entries[2].text == "It is theirs."


def test_an_internal_note_is_not_for_the_other_side(any_small_house):
    house = any_small_house
    one = house.raised()
    house.me("Dušan Kovač").later(minutes=5)
    house.run(comment, one, "The mortgage is struck out.", Audience.INTERNAL)
    house.run(comment, one, "We are looking.")

    def read(unit: str | None) -> list[str]:
        return [one_.text for one_ in details(house, one, unit).entries if one_.text]

    assert read("Land registry") == ["The mortgage is struck out.", "We are looking."]
    assert read("Central counter") == ["We are looking."]
    assert read("Building permits") == ["We are looking."]
    assert read("") == ["We are looking."]


def test_a_back_unit_that_got_it_reads_the_notes_of_the_one_before(small_house):
    one = small_house.raised()
    small_house.me("Dušan Kovač")
    small_house.run(comment, one, "Only for us", Audience.INTERNAL)
    small_house.run(hand_over, one, small_house.units["Building permits"], "theirs")
    back = small_house.units["Central counter"]
    small_house.me("Vesna Stojanović").run(hand_over, one, back, "not ours either")

    texts = [
        entry.text for entry in details(small_house, one, "Building permits").entries
    ]
    at_front = [
        entry.text for entry in details(small_house, one, "Central counter").entries
    ]

    assert "Only for us" in texts
    assert "Only for us" not in at_front


def test_what_the_customer_was_told_is_the_last_thing(small_house):
    one = small_house.raised(told_text="By Thursday at noon.")
    first = details(small_house, one)
    small_house.me("Jelena Marić").later(hours=1)
    small_house.run(tell_customer, one, "By Friday.")
    then = details(small_house, one)

    assert (first.told_text, first.told_by) == ("By Thursday at noon.", "Jelena Marić")
    assert (then.told_text, then.told_at) == ("By Friday.", small_house.now)


def test_a_follow_up_date_comes_back_as_an_instant(small_house):
    one = small_house.raised()
    small_house.me("Dušan Kovač")
    due = small_house.at(12, 9).now
    small_house.at(9, 9)
    small_house.run(hold, one, PendingReason.CUSTOMER, follow_up_at=due)

    assert details(small_house, one).entries[-1].follow_up_at == due


def test_a_request_that_is_not_there_is_refused(any_small_house):
    with pytest.raises(NotFound):
        details(any_small_house, 4711)
