"""Every fact known of the service-desk log comes out of the program's own rules."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from desktop.domain.evidence import PairEvidence, pair_evidence, tally_data
from desktop.domain.findings import falling_due, finished_at_back
from desktop.domain.tallies import Passes
from tests.domain import desk_log
from tests.domain.desk_log import PERIOD, ZONE

FACTS = {  # fact: (2-15 May, 18 April-1 May); hours where it says so
    "broken": (56, 16),
    "kept": (57, 59),
    "judged": (113, 75),
    "sent": (117, 76),
    "resolved": (71, 74),
    "open": (80, 34),
    "open_at_back": (53, 18),
    "answers": (65, 45),
    "answers_kept": (44, 32),
    "answers_broken": (12, 11),
    "first_time_right": (86, 46),
    "urgent": (6, 4),
    "reopened": (4, 2),
    "handbacks_waiting": (10, 2),
    "to_front_in_scope": (65, 45),
}
SHARES = {"share_kept": (0.504, 0.787), "share_answered": (0.786, 0.744)}
# The list of facts has 4.15 h as the median answer of 2-15 May. The rule gives 3.98 h
# (INC0023486): there the curve falls to 0.49992, and no answer took 4.15 h.
HOURS = {
    "turnaround_p50_s": (43.78, 6.92),
    "turnaround_p90_s": (None, 80.85),
    "answer_p50_s": (3.98, 3.65),
    "answer_p90_s": (17.42, 17.98),
}
WORST = {
    "INC0020505": 115.8,
    "INC0022627": 111.7,
    "INC0023826": 100.0,
    "INC0024814": 96.7,
    "INC0023642": 96.6,
    "INC0025028": 91.9,
    "INC0024950": 88.7,
    "INC0024305": 87.2,
    "INC0022730": 75.4,
    "INC0023670": 72.0,
}


@pytest.fixture(scope="module")
def evidence(shared_data: Path) -> PairEvidence:
    return pair_evidence(desk_log.cases(shared_data), desk_log.pair(), PERIOD)


def hours(value: float | None, digits: int = 1) -> float | None:
    return None if value is None else round(value / 3600, digits)


def local(at: datetime) -> str:
    return at.astimezone(ZONE).strftime("%d %b %H:%M")


def both(evidence: PairEvidence, name: str) -> tuple[object, object]:
    return tally_data(evidence.now)[name], tally_data(evidence.before)[name]


@pytest.mark.parametrize("fact", FACTS)
def test_a_count_of_the_log_comes_out(evidence, fact):
    assert both(evidence, fact) == FACTS[fact]


@pytest.mark.parametrize("fact", SHARES)
def test_a_share_of_the_log_comes_out(evidence, fact):
    assert both(evidence, fact) == pytest.approx(SHARES[fact], abs=0.0005)


@pytest.mark.parametrize("fact", HOURS)
def test_a_percentile_of_the_log_comes_out(evidence, fact):
    assert tuple(hours(one, 2) for one in both(evidence, fact)) == HOURS[fact]


def test_all_hand_overs_are_counted_both_ways(evidence):
    assert (evidence.now.to_back, evidence.now.to_front) == (
        Passes(137, 120),
        Passes(135, 110),
    )
    assert (evidence.before.to_back, evidence.before.to_front) == (
        Passes(82, 77),
        Passes(165, 157),
    )


def test_535_requests_were_ever_in_scope(evidence):
    assert len(evidence.now.scope) == 535


def test_of_the_56_broken_45_are_open_27_nameless_and_40_broke_in_one_turn(evidence):
    told = evidence.broken
    assert (told.open, told.never_named, told.single_turn) == (45, 27, 40)
    assert (hours(told.median_late_s), hours(told.worst_late_s, 2)) == (27.6, 99.85)


def test_the_causes_follow_the_written_rule(evidence):
    causes = [one.cause for one in evidence.now.broken]
    assert {cause: causes.count(cause) for cause in causes} == {
        "never_named": 25,
        "named_then_silent": 18,
        "too_long": 11,
        "to_and_fro": 2,
    }


def test_the_ten_worst_are_the_ten_worst(evidence):
    rows = evidence.broken.rows
    assert [row.reference for row in rows] == list(WORST)
    assert [row.back_s / 3600 for row in rows] == pytest.approx(
        list(WORST.values()), abs=0.051
    )
    ended = {row.reference: row.ended_at for row in rows if row.ended_at}
    assert {name: local(at) for name, at in ended.items()} == {
        "INC0023642": "13 May 09:43"
    }


def test_the_broken_gather_where_they_gather(evidence):
    rows = evidence.broken.gather
    assert [(row.kind, row.broken) for row in rows] == [
        ("Category 26 / Subcategory 175", 12),
        ("Category 23 / Subcategory 75", 7),
        ("Category 23 / Subcategory 174", 5),
        ("Category 26 / Subcategory 275", 4),
        ("Category 32 / Subcategory 9", 4),
        (None, 24),
    ]
    assert rows[-1].kinds == 16
    assert [hours(row.median_late_s) for row in rows] == [
        51.1, 26.5, 45.2, 36.7, 6.1, 16.8
    ]  # fmt: skip
    assert evidence.now.places()[:3] == [
        ("Location 143", 19),
        ("Location 204", 11),
        ("Location 161", 10),
    ]


def test_four_were_kept_only_just(evidence):
    assert [(row.reference, hours(row.used_s)) for row in evidence.near.near] == [
        ("INC0024897", 15.7),
        ("INC0024906", 14.0),
        ("INC0024861", 13.1),
        ("INC0022364", 12.8),
    ]


def test_13_run_unbroken_and_fall_due_in_order(evidence):
    due = falling_due(evidence.now, None)
    told = [(one.case.reference, local(at)) for one, at in due]
    assert len(told) == 13
    assert told[:3] == [
        ("INC0027766", "16 May 08:30"),
        ("INC0028813", "16 May 10:15"),
        ("INC0028870", "16 May 10:42"),
    ]
    assert told[-1] == ("INC0029387", "17 May 14:00")
    assert evidence.near.warned == 3


def test_the_ball_is_where_it_is(evidence):
    told = [
        (
            row.holder,
            row.open,
            row.broken,
            row.silent,
            row.longest_reference,
            hours(row.longest_s),
        )
        for row in evidence.ball.rows
    ]
    assert told == [
        ("back", 53, 40, 19, "INC0012709", 212.4),
        ("front", 10, 7, 0, "INC0025784", 16.4),
        ("customer", 10, 4, 3, "INC0019231", 193.3),
        ("third", 6, 0, 3, "INC0011776", 213.7),
        ("unrecorded", 1, 0, 0, "INC0028469", 12.4),
    ]
    assert local(evidence.ball.rows[0].since) == "13 Apr 15:37"
    assert (evidence.ball.open_before, evidence.ball.open_before_at_back) == (34, 18)


def test_ping_pong_is_counted_in_passes(evidence):
    told = {
        one.case.reference: sum(one.passes_in(PERIOD.start, PERIOD.end))
        for one in evidence.now.scope
    }
    assert {name: count for name, count in told.items() if count >= 5} == {
        "INC0022730": 8,
        "INC0020718": 6,
        "INC0025230": 6,
        "INC0025785": 6,
        "INC0023182": 5,
        "INC0024793": 5,
        "INC0025446": 5,
        "INC0026265": 5,
    }
    rows = {row.reference: row for row in evidence.ball.ping_pong}
    assert rows["INC0020718"].all_handovers == 21


def test_thanks_have_their_reasons(evidence):
    quick, finished, answered = evidence.thanks.rows
    assert (quick.count, quick.total, quick.seconds) == (38, 57, 4 * 3600)
    assert (finished.to, finished.count, finished.total) == ("Resolver 219", 6, 8)
    assert (answered.count, answered.total) == (44, 56)
    assert finished_at_back(evidence.now).total() == 8


def test_the_period_replays_at_other_targets(evidence):
    rows = evidence.agreement.rows
    assert [(row.target_s // 3600, row.kept, row.broken) for row in rows] == [
        (8, 46, 71),
        (12, 53, 61),
        (16, 57, 56),
        (24, 59, 44),
        (32, 61, 38),
        (40, 63, 32),
        (60, 66, 21),
    ]
    assert rows[-1].share == pytest.approx(0.759, abs=0.0005)


def test_the_verdicts_and_readings_are_the_sober_ones(evidence):
    assert [one.code for one in evidence.verdicts] == ["under_pressure", "stable"]
    assert {row.measure: row.reading for row in evidence.scorecard.rows} == {
        "kept": "worse",
        "broken": "worse",
        "turnaround_p50": "worse",
        "turnaround_p90": "worse",
        "reopened": "too_few",
        "answers_kept": "no_clear_change",
        "answer_p50": "no_clear_change",
        "answer_p90": "no_clear_change",
        "first_time_right": "no_clear_change",
        "urgent": "no_clear_change",
        "handbacks_waiting": "more_waiting",
        "sent": "more",
        "resolved": "less_than_sent",
        "open": "more_than_doubled",
    }


def test_the_proof_of_inc0023670_adds_up(evidence):
    one = next(one for one in evidence.now.broken if one.case.reference == "INC0023670")
    assert local(one.start) == "28 Apr 11:34"
    assert local(one.broken_at) == "05 May 08:33"
    calendar = one.pair.calendar
    assert local(calendar.due(one.start, one.work.target)) == "29 Apr 17:34"
    held = [(local(one.start), local(one.end)) for one in one.work.runs]
    assert held == [
        ("28 Apr 11:34", "28 Apr 13:36"),
        ("03 May 14:35", "11 May 08:42"),
        ("12 May 12:12", "16 May 08:00"),
    ]
    back, desk, others = one.held_by()
    minutes = [round(span.total_seconds() / 60) for span in (back, desk, others)]
    assert minutes == [71 * 60 + 57, 12 * 60 + 17, 18 * 60 + 42 + 13 * 60 + 30]
    assert sum(minutes) == 116 * 60 + 26


def test_nothing_after_data_as_at_is_read(evidence):
    cut = [
        replace(
            one.case,
            events=[event for event in one.case.events if event.at < PERIOD.as_at],
        )
        for one in evidence.now.scope
    ]
    again = pair_evidence(cut, desk_log.pair(), PERIOD)
    assert again.broken == evidence.broken
    assert again.near == evidence.near
    assert again.ball.rows == evidence.ball.rows
