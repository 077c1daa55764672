"""Rules over records, and what candidates weigh: by effect on customers, in parts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desktop.domain.agenda_topics import (
    ChangeRow,
    ChangesAhead,
    ExceptionRow,
    ImprovementRow,
    RaisedRow,
    ReturnReasonRow,
    SenderReturns,
    StandardRow,
    StuckAction,
)
from desktop.domain.calendars import Closure
from desktop.domain.candidates import (
    Effect,
    FoundException,
    FoundItem,
    Records,
    broken,
    candidates,
    cause,
    changes_ahead,
    exceptions,
    improvements,
    obstacles,
    on_paper,
    patterns,
    raised,
    return_reasons,
    standards,
    standing,
    stuck_actions,
    to_and_fro,
    weighed,
)
from desktop.domain.changes_ahead import changes_ahead_of
from desktop.domain.obstacles import ObstacleLine
from desktop.domain.running_orders import draft
from tests.domain.small_cases import (
    COUNTER,
    PERIOD,
    REGISTRY,
    agreed,
    at,
    done,
    handed,
    hours,
    pair,
    told,
)
from tests.domain.small_cases import raised as sent

LATE = [sent(number, at(0)) for number in range(1, 4)]


def figures(candidate):
    return dict(candidate.counts)


def points(candidate):
    return {one.code: one.points for one in candidate.parts}


def line(number: int = 1, **more) -> ObstacleLine:
    values = {
        "id": number,
        "number": number,
        "title": "No scanner",
        "raised_by": "Ana",
        "unit": "Central counter",
        "days_open": 12,
        "owing": "Land registry",
        "due_at": None,
        "proposal": "",
        "voices": 3,
        "references": (),
    }
    return ObstacleLine(**(values | more))


def item(number: int = 7, **more) -> FoundItem:
    row = RaisedRow(f"raised:{number}", "The new fee table", "Jelena", at(3))
    return FoundItem(number, row, 4, "inform", leader_id=103, **more)


# --- rules ------------------------------------------------------------------------


def test_one_cause_behind_a_third_of_the_broken_is_a_candidate():
    found = cause(told(*LATE))
    assert (found.subject, found.label) == ("cause:never_named", "never_named")
    assert figures(found) == {"broken": 3, "of": 3, "open": 3, "before": 0}
    assert cause(told(*LATE[:2])) is None
    assert cause(told()) is None


def test_ping_pong_needs_three_requests_passed_three_times_each():
    def passed(number: int):
        return sent(
            number,
            at(0),
            handed(at(0, 9), COUNTER),
            handed(at(0, 10), REGISTRY),
            handed(at(0, 11), COUNTER),
            done(at(0, 12)),
        )

    three = [passed(number) for number in (1, 2, 3)]
    found = to_and_fro(told(*three))
    # Sending it is no hand-over of somebody else's: each was passed four times.
    assert figures(found) == {"requests": 3, "passes": 12, "to_front": 6}
    assert found.leader_role == "front_lead"
    assert to_and_fro(told(*three[:2])) is None


def test_a_reason_named_three_times_is_a_pattern_of_the_sender():
    rows = (
        ReturnReasonRow("missing_document", 4),
        ReturnReasonRow("other", 9),
        ReturnReasonRow("", 5),
        ReturnReasonRow("unclear", 2),
    )
    returns = SenderReturns(rows, total=20)
    (found,) = return_reasons(returns, {"missing_document": (5, 6, 5)})
    assert (found.label, found.leader_role) == ("missing_document", "front_lead")
    assert figures(found) == {"returned": 4, "of": 20}
    assert found.request_ids == (5, 6)


def test_obstacles_weigh_by_age_of_their_answer_and_by_whom_they_stop():
    quiet = obstacles([line(voices=1)])
    loud = obstacles([line(voices=9, is_overdue=True, request_ids=(4, 4, 5))])
    assert loud.weight > quiet.weight
    assert figures(loud) == {"open": 1, "overdue": 1, "voices": 9, "days": 12}
    assert loud.request_ids == (4, 5)
    assert obstacles(()) is None


@pytest.mark.parametrize(
    ("code", "asked", "granted", "refused", "is_one"),
    [
        ("approval", 3, 2, 0, True),
        ("approval", 3, 0, 0, False),
        ("approval", 4, 1, 2, False),
        ("approval", 2, 2, 0, False),
        ("declined", 3, 0, 3, True),
        ("declined", 2, 0, 2, False),
    ],
)
def test_an_exception_mostly_granted_or_declined_alike_asks_for_the_rule(
    code, asked, granted, refused, is_one
):
    row = ExceptionRow(code, "Fee waived", asked, granted, refused)
    assert (exceptions([FoundException(row, (1, 2))]) is not None) is is_one


def test_what_changes_ahead_is_told_once_for_both_units():
    fair = Closure(date(2026, 11, 20), date(2026, 11, 20), "Fair")
    sunday = Closure(date(2026, 11, 22), date(2026, 11, 22), "Run")
    later = replace(agreed(), number=2, valid_from=at(20))
    between = pair(agreed(), later, closures=(fair, sunday))
    found = changes_ahead_of(between, PERIOD, hours(fair))
    assert [(row.code, row.name, row.side) for row in found.rows] == [
        ("closure", "Fair", None),
        ("agreement", "Counters with the registry", None),
    ]
    candidate = changes_ahead(found)
    assert figures(candidate)["taken_s"] == 8 * 3600
    assert candidate.label == "Fair, Counters with the registry"


def test_without_a_next_session_nothing_is_ahead_of_it():
    period = replace(PERIOD, next_at=None)
    assert changes_ahead_of(pair(agreed()), period, None) == ChangesAhead()
    assert changes_ahead(ChangesAhead()) is None


def test_actions_carried_three_times_are_each_decided():
    stuck = [
        StuckAction(number, f"A-{number}", "Call", "returns", None, None, carried)
        for number, carried in ((1, 3), (2, 5))
    ]
    first, second = stuck_actions(stuck)
    assert (first.subject, second.subject) == ("action:2", "action:1")
    assert first.weight > second.weight
    assert first.outcome == "decide"


def test_changed_forms_improvements_and_new_services_need_somebody_to_say_so():
    row = StandardRow("Title extract", ("form",), at(3))
    assert standards([row]).label == "Title extract"
    proof = ImprovementRow("Ask for the sketch", "returns_share", date(2026, 11, 27))
    assert figures(improvements([proof])) == {"proofs": 1}
    assert standards(()) is improvements(()) is None
    service = ChangeRow("service", "Fee table", at(3))
    found = changes_ahead(ChangesAhead((service,), 1))
    assert figures(found)["services"] == 1


def test_raised_and_parked_items_carry_title_leader_and_request():
    parked = replace(item().row, subject="raised:8", parked_in=4)
    first, second = raised([item(request_ids=(5,)), replace(item(), row=parked)])
    assert (first.rule, first.label, first.leader_id) == (
        "raised",
        "The new fee table",
        103,
    )
    assert first.request_ids == (5,)
    assert (second.rule, figures(second)) == ("parked", {"session": 4})


def test_standing_items_stand_where_their_series_says():
    ahead = FoundItem(1, item().row, 5, "inform", after="")
    behind = FoundItem(
        2, replace(item().row, subject="s2"), 5, "inform", after="broken"
    )
    records = Records(standing=[ahead, behind])
    found = candidates(told(*LATE), records)
    order = [one.subject or one.kind for one in on_paper(found)]
    assert order[0] == "raised:7"
    assert order[order.index("broken") + 1] == "s2"
    assert all(one.is_standing for one in standing([ahead]))


# --- weights ----------------------------------------------------------------------


def test_customers_told_a_wrong_day_weigh_most_and_each_once():
    wrong = [
        replace(one, told_by=at(1), customer=customer)
        for one, customer in zip(LATE, ("Ana", "ANA ", "Iva"), strict=True)
    ]
    evidence = told(*wrong)
    found = weighed(broken(evidence), Effect.of(evidence))
    assert points(found)["customers"] == 8.0
    assert found.weight == pytest.approx(sum(points(found).values()))
    plain = told(*LATE)
    assert found.weight > weighed(broken(plain), Effect.of(plain)).weight


def test_a_day_kept_or_not_yet_past_is_no_wrong_day():
    kept = replace(sent(1, at(0), done(at(0, 9))), told_by=at(1), customer="Ana")
    ahead = replace(sent(2, at(0)), told_by=at(30), customer="Iva")
    long_ago = replace(sent(3, at(-13), done(at(-3))), told_by=at(-9), customer="Eva")
    assert Effect.of(told(kept, ahead, long_ago)).customers == {}


def test_what_comes_again_weighs_more_each_time_and_a_section_does_not():
    evidence = told(*LATE)
    (pattern,) = patterns(evidence)
    effect = Effect.of(
        evidence, {(pattern.kind, pattern.subject): 2, ("broken", ""): 9}
    )
    assert points(weighed(pattern, effect))["again"] == 4.0
    assert "again" not in points(weighed(broken(evidence), effect))
    often = Effect.of(evidence, {(pattern.kind, pattern.subject): 50})
    assert points(weighed(pattern, often))["again"] == 10.0


def test_a_series_turns_rules_up_down_and_to_nothing():
    evidence = told(*LATE)
    usual = weighed(broken(evidence), Effect.of(evidence))
    for factor in (0.0, 0.5, 3.0):
        turned = weighed(
            broken(evidence), Effect.of(evidence, turned={"broken": factor})
        )
        assert turned.weight == pytest.approx(factor * usual.weight)
    minutes = candidates(evidence, effect=Effect.of(evidence, turned={"minutes": 0}))
    assert minutes[0].weight == 1000.0


def test_a_silenced_rule_proposes_nothing_but_what_every_session_needs_stays():
    silenced = ("broken", "pattern", "minutes", "other_business")
    rules = {one.rule for one in candidates(told(*LATE), silenced=silenced)}
    assert {"minutes", "other_business", "cause"} <= rules
    assert rules.isdisjoint({"broken", "pattern"})


def test_a_draft_has_all_that_was_asked_for_however_little_room_there_is():
    records = Records(raised=[item()])
    drafted = draft(candidates(told(*LATE), records), 10)
    assert "raised" in {one.rule for one in drafted}
    assert "pattern" not in {one.rule for one in drafted}
