"""Evidence from requests raised straight to a back unit, and from nothing at all."""

import json
from dataclasses import replace

import pytest

from desktop.domain.agreements import ClockStart, OnChange, TargetKind
from desktop.domain.evidence import evidence_data, tally_data
from tests.domain.small_cases import (
    ANA,
    COUNTER,
    DUSAN,
    HOUR,
    PERIOD,
    PERMITS,
    PHONE,
    REGISTRY,
    agreed,
    asked,
    at,
    done,
    handed,
    pair,
    raised,
    resumed,
    taken,
    told,
)


def seconds_of(one):
    return one.used.total_seconds()


def test_raising_to_a_back_unit_starts_its_clock():
    found = told(raised(1, at(0), done(at(1, 16))))
    (one,) = found.now.kept
    assert one.start == at(0)
    assert one.used.total_seconds() == 16 * 3600
    assert (len(found.now.sent), found.now.first_time_right) == (1, 1)


def test_one_minute_over_the_target_is_broken_at_the_instant_it_ran_out():
    found = told(raised(1, at(0), done(at(2, 8.5))))
    (one,) = found.now.broken
    assert one.broken_at == at(1, 16)
    assert found.broken.rows[0].late_s == 1800


def test_a_promise_kept_long_ago_or_broken_before_is_not_of_this_period():
    found = told(
        raised(1, at(-5), done(at(-4))),
        raised(2, at(-7), taken(at(-7, 9))),
    )
    assert (found.now.judged, found.before.judged) == (0, 2)
    assert [one.case.request_id for one in found.before.broken] == [2]
    assert [row.broken for row in found.ball.rows] == [1]


def test_waiting_for_the_customer_holds_the_clock():
    found = told(
        raised(1, at(0), asked(at(0, 10), "customer"), resumed(at(3, 10)), done(at(4)))
    )
    (one,) = found.now.kept
    back, front, others = (span.total_seconds() / 3600 for span in one.held_by())
    assert (back, front, others) == (8, 0, 24)


def test_a_question_to_the_front_office_is_answered_by_it():
    found = told(
        raised(1, at(0), asked(at(0, 10)), resumed(at(0, 13)), done(at(0, 15))),
        raised(2, at(0), asked(at(0, 10)), resumed(at(1, 12)), done(at(1, 15))),
        raised(3, at(10), asked(at(11, 10))),
    )
    assert (len(found.now.answers), found.now.answers_kept) == (3, 1)
    assert found.now.answers_broken == 2
    assert found.now.waiting == 1
    assert found.now.first_time_right == 0
    assert found.ball.rows[0].holder == "front"


def test_time_the_front_office_needs_is_held_by_it_and_not_by_the_back_unit():
    found = told(raised(1, at(0), asked(at(0, 10)), resumed(at(1, 10)), done(at(1))))
    (one,) = found.now.kept
    assert [span.total_seconds() / 3600 for span in one.held_by()] == [2, 8, 0]


def test_only_the_front_unit_of_the_pair_counts():
    cases = [
        raised(1, at(0), done(at(1))),
        raised(2, at(0), asked(at(0, 9)), front=PHONE),
        raised(3, at(0), taken(at(0, 9)), front=PHONE),
    ]
    counter = told(*cases)
    phone = told(*cases, between=pair(agreed(), front=PHONE))
    assert (len(counter.now.sent), len(counter.now.answers)) == (1, 0)
    assert (len(phone.now.sent), len(phone.now.answers)) == (2, 1)
    assert len(phone.now.broken) == 1


def test_other_back_units_are_third_parties():
    found = told(raised(1, at(8), handed(at(9), PERMITS)))
    assert [(row.holder, row.open) for row in found.ball.rows] == [("third", 1)]
    assert found.near.total == 0


def test_passing_to_and_fro_is_counted_but_a_long_turn_is_the_cause():
    found = told(
        raised(
            1,
            at(0),
            handed(at(1, 16), COUNTER),
            handed(at(2, 12), REGISTRY),
            handed(at(2, 16), COUNTER),
            handed(at(3, 12), REGISTRY),
        )
    )
    (one,) = found.now.broken
    assert one.cause == "never_named"
    (row,) = found.ball.ping_pong
    assert (row.passes, row.back_to_front) == (5, 2)


def test_short_turns_that_add_up_are_to_and_fro():
    found = told(
        raised(
            1,
            at(0),
            handed(at(1, 12), COUNTER),
            handed(at(1, 14), REGISTRY),
            done(at(3)),
        )
    )
    (one,) = found.now.broken
    assert [turn.used.total_seconds() / 3600 for turn in one.turns] == [12, 10]
    assert one.cause == "to_and_fro"
    assert not one.is_single_turn


@pytest.mark.parametrize(
    ("then", "cause"),
    [
        ((), "never_named"),
        ((taken(at(0, 9)),), "named_then_silent"),
        ((taken(at(0, 9)), taken(at(11, 15), DUSAN)), "too_long"),
        ((taken(at(0, 9)), done(at(4))), "too_long"),
    ],
)
def test_the_cause_is_the_first_rule_that_fits(then, cause):
    (one,) = told(raised(1, at(0), *then)).now.broken
    assert one.cause == cause


def test_the_broken_tell_who_was_named_last():
    found = told(raised(1, at(0), taken(at(0, 9), ANA), taken(at(1), DUSAN)))
    assert found.broken.rows[0].holder == "Dušan"


def test_a_cancelled_request_gets_no_verdict():
    found = told(
        raised(1, at(0), done(at(5), "cancelled")),
        raised(2, at(0), done(at(0, 9), "cancelled")),
    )
    assert (found.now.judged, len(found.now.sent)) == (0, 2)
    assert found.now.turnaround.n == 0
    assert found.now.replayed(0.5) == (0, 0)


def test_reopening_is_counted_and_the_clock_goes_on():
    found = told(
        raised(1, at(0), done(at(0, 14)), resumed(at(1)), done(at(2, 10))),
    )
    assert len(found.now.reopened) == 1
    assert found.now.kept[0].used.total_seconds() == 16 * 3600


def test_a_clock_begun_anew_is_judged_for_itself_and_the_first_verdict_stays():
    again = replace(agreed(), at_reopen=OnChange.RESTART)
    late = raised(1, at(0), done(at(3, 10)), resumed(at(4)), done(at(4, 12)))
    found = told(late, between=pair(again))
    (broken,), (kept,) = found.now.broken, found.now.kept
    assert (broken.broken_at, seconds_of(broken)) == (at(1, 16), 26 * HOUR)
    assert (kept.judged_at, seconds_of(kept)) == (at(4, 12), 4 * HOUR)
    assert (found.now.broken_open, found.broken.rows[0].ended_at) == (0, at(3, 10))
    assert found.now.replayed(2.0) == (2, 0)
    assert (len(found.now.sent), len(found.now.resolved), found.now.judged) == (1, 1, 2)


def test_the_clock_begun_anew_is_the_one_that_falls_due():
    again = replace(agreed(), at_reopen=OnChange.RESTART)
    found = told(
        raised(1, at(0), done(at(0, 12)), resumed(at(11, 9))), between=pair(again)
    )
    assert [(row.reference, row.due_at) for row in found.near.rows] == [
        ("R-1", at(15, 9))
    ]
    assert [seconds_of(one) for one in found.now.kept] == [4 * HOUR]


def test_what_is_due_before_the_next_session_is_listed_soonest_first():
    found = told(
        raised(1, at(11, 9), taken(at(11, 10))),
        raised(2, at(10, 13)),
    )
    assert [(row.reference, row.due_at, row.warned) for row in found.near.rows] == [
        ("R-2", at(14, 13), False),
        ("R-1", at(15, 9), False),
    ]
    assert [row.holder for row in found.near.rows] == [None, "Ana"]


def test_what_is_kept_past_the_warning_is_a_near_miss():
    found = told(raised(1, at(0), done(at(1, 13))), raised(2, at(0), done(at(1, 11))))
    assert [row.reference for row in found.near.near] == ["R-1"]
    assert found.near.warning_s == 12 * 3600


def test_an_agreement_may_start_at_receipt_from_anybody():
    through = raised(1, at(0), handed(at(0, 12), REGISTRY), to=PERMITS)
    direct = told(through)
    received = told(through, between=pair(agreed(starts=ClockStart.RECEIPT)))
    assert direct.now.scope == ()
    (one,) = received.now.broken
    assert (one.start, one.broken_at) == (at(0, 12), at(2, 12))


def test_targets_by_priority_are_replayed_in_proportion():
    by_priority = replace(
        agreed(),
        targets={
            (TargetKind.RESOLUTION, 1): 4 * HOUR,
            (TargetKind.RESOLUTION, 3): 57_600,
        },
    )
    found = told(
        raised(1, at(0), done(at(0, 14)), priority=1),
        raised(2, at(0), done(at(0, 14)), priority=3),
        between=pair(by_priority),
    )
    assert [one.case.request_id for one in found.now.broken] == [1]
    assert found.now.replayed(1.5) == (2, 0)
    assert found.now.replayed(0.25) == (0, 2)


def test_nothing_at_all_divides_by_nothing():
    found = told()
    assert found.is_empty
    assert [one.code for one in found.verdicts] == ["too_few", "too_few"]
    assert (found.now.share_kept, found.now.share_answered) == (None, None)
    assert found.broken.rows == ()
    assert found.thanks.rows == ()
    assert {row.reading for row in found.scorecard.rows} == {
        "too_few",
        "no_clear_change",
        "same",
    }


def test_without_an_agreement_flow_is_told_but_no_verdict():
    found = told(raised(1, at(0), taken(at(1)), done(at(9))), between=pair())
    assert (found.target_s, found.agreement) == (None, None)
    assert (found.now.judged, len(found.now.sent)) == (0, 1)
    assert len(found.now.resolved) == 1


def test_an_agreement_without_an_answer_target_judges_no_answers():
    found = told(
        raised(1, at(0), asked(at(0, 10)), resumed(at(0, 11))),
        between=pair(agreed(answer=None)),
    )
    assert (len(found.now.answers), found.answer_target_s) == (0, None)
    assert found.now.first_time_right == 0


def test_few_promises_are_too_few_to_say():
    kept = [raised(number, at(0), done(at(0, 9))) for number in range(1, 10)]
    assert told(*kept).verdicts[0].code == "too_few"
    assert told(*kept, raised(10, at(0), done(at(0, 9)))).verdicts[0].code == "stable"


def test_a_clear_rise_is_improving_and_a_clear_fall_is_pressure():
    good = [raised(number, at(0), done(at(0, 9))) for number in range(20)]
    bad = [raised(number, at(-13)) for number in range(20, 40)]
    later = [raised(number, at(0)) for number in range(40, 60)]
    early = [raised(number, at(-13), done(at(-13, 9))) for number in range(60, 80)]
    assert told(*good, *bad).verdicts[0].code == "improving"
    assert told(*early, *later).verdicts[0].code == "under_pressure"


def test_the_period_before_is_read_with_the_same_hindsight():
    assert at(0, 8) == PERIOD.before_as_at
    found = told(raised(1, at(-3), done(at(0, 7))), raised(2, at(-3), done(at(0, 9))))
    assert [one.case.request_id for one in found.before.open] == [2]


def test_the_evidence_is_plain_data():
    data = json.loads(json.dumps(evidence_data(told(raised(1, at(0))))))
    assert data["now"]["broken"] == 1
    assert data["broken_all"][0]["promised_by"] == "2026-11-03T16:00:00+00:00"
    assert data["front"] == "Central counter"
    assert data["now"] == json.loads(json.dumps(tally_data(told(raised(1, at(0))).now)))
