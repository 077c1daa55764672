"""Each rule of the agenda: what makes a candidate of it, and what does not."""

from dataclasses import replace
from datetime import date

from desktop.domain.agenda_sections import ActionRow, OpenActions
from desktop.domain.candidates import (
    Records,
    agreement,
    ball,
    broken,
    candidates,
    near,
    on_paper,
    open_actions,
    patterns,
    reopened,
    returns,
    scorecard,
    thanks,
)
from tests.domain.small_cases import (
    agreed,
    asked,
    at,
    done,
    pair,
    raised,
    resumed,
    taken,
    told,
)

LATE = {number: raised(number, at(0), kind="Title extract") for number in range(1, 4)}


def kept(count: int, first: int = 100, hours: float = 1):
    return [
        raised(number, at(0), done(at(0, 8 + hours)))
        for number in range(first, first + count)
    ]


def action(number: int, state: str, carried: int = 0) -> ActionRow:
    return ActionRow(
        f"A-{number}", "Call", "returns", "Ana", date(2026, 11, 9), carried, state
    )


def figures(candidate):
    return dict(candidate.counts)


def test_broken_promises_tell_how_many_and_how_often_before():
    found = broken(told(*LATE.values(), raised(9, at(-13)), *kept(2)))
    assert figures(found) == {
        "broken": 3,
        "judged": 5,
        "open": 3,
        "never_named": 3,
        "broken_before": 1,
        "judged_before": 1,
    }
    assert found.request_ids == (1, 2, 3)
    assert (found.outcome, found.leader_role, found.minutes) == (
        "decide",
        "back_lead",
        7,
    )


def test_nothing_broken_is_no_candidate():
    assert broken(told(*kept(3))) is None


def test_the_same_kind_broken_three_times_is_a_pattern():
    two = [raised(number, at(0), kind="Boundary") for number in (7, 8)]
    (found,) = patterns(told(*LATE.values(), *two))
    assert (found.label, found.subject) == ("Title extract", "pattern:Title extract")
    assert figures(found)["of"] == 5
    assert found.request_ids == (1, 2, 3)


def test_near_misses_and_what_falls_due_are_one_candidate():
    evidence = told(raised(1, at(10, 10)), raised(2, at(0), done(at(1, 13))))
    found = near(evidence)
    assert figures(found) == {"due": 1, "warned": 1, "near": 1}
    assert found.request_ids == (1, 2)
    assert near(told(*kept(2))) is None


def test_what_falls_due_after_the_next_session_waits_for_it():
    far = raised(1, at(11, 9))
    between = pair(agreed(target=200))
    assert near(told(far, between=between)) is None


def test_the_ball_names_the_longest_held_by_each():
    evidence = told(
        raised(1, at(1)),
        raised(2, at(0)),
        raised(3, at(9), asked(at(9, 9), "customer")),
    )
    found = ball(evidence)
    assert set(found.request_ids) == {2, 3}
    assert figures(found)["open"] == 3
    assert ball(told(*kept(2))) is None


def test_returns_count_for_the_sender_from_a_quarter_on():
    back = [
        raised(number, at(0), asked(at(0, 9)), resumed(at(0, 10)), done(at(0, 11)))
        for number in (1, 2, 3)
    ]
    found = returns(told(*back, *kept(9)))
    assert figures(found) == {"returned": 3, "sent": 12}
    assert (found.label, found.leader_role) == ("Central counter", "front_lead")
    assert returns(told(*back, *kept(10))) is None
    assert returns(told(*back[:2])) is None


def test_three_reopened_are_a_candidate():
    again = [
        raised(number, at(0), done(at(0, 9)), resumed(at(0, 10)), done(at(0, 11)))
        for number in (1, 2, 3)
    ]
    assert figures(reopened(told(*again))) == {"reopened": 3, "resolved": 3}
    assert reopened(told(*again[:2])) is None


def test_an_agreement_always_missed_always_beaten_or_neither():
    late = [raised(number, at(0)) for number in range(1, 11)]
    assert agreement(told(*late)).rule == "agreement_missed"
    assert agreement(told(*kept(12))).rule == "agreement_beaten"
    assert agreement(told(*kept(12, hours=24 + 6))).rule == "agreement_rotation"
    assert agreement(told(*late[:9])) is None
    assert agreement(told(*late, between=pair())) is None


def test_actions_weigh_more_when_overdue_and_carried():
    new = open_actions(OpenActions((action(1, "open"),), total=1))
    old = open_actions(OpenActions((action(1, "overdue", 3),), total=1, overdue=1))
    assert figures(old) == {"total": 1, "overdue": 1, "carried_often": 1}
    assert old.weight > new.weight
    assert open_actions(OpenActions()) is None


def test_thanks_need_a_reason():
    assert figures(thanks(told(*kept(3)))) == {"back": 1, "front": 0}
    assert thanks(told(*LATE.values())) is None


def test_nothing_to_count_is_no_scorecard():
    assert scorecard(told()) is None
    assert scorecard(told(*kept(1))) is not None


def test_an_empty_period_still_has_minutes_and_other_business():
    assert [one.rule for one in candidates(told())] == ["minutes", "other_business"]
    assert all(one.is_standing for one in candidates(told()))


def test_candidates_are_ranked_by_effect_and_printed_in_order():
    evidence = told(*LATE.values(), raised(9, at(11), taken(at(11, 9))), *kept(9))
    records = Records(OpenActions((action(1, "open"),), total=1))
    ranked = candidates(evidence, records)
    weights = [one.weight for one in ranked]
    assert weights == sorted(weights, reverse=True)
    assert [one.rule for one in on_paper(ranked)] == [
        "minutes",
        "actions",
        "thanks",
        "scorecard",
        "broken",
        "near",
        "ball",
        "pattern",
        "cause",
        "agreement_rotation",
        "other_business",
    ]


def test_more_broken_promises_weigh_more():
    few = broken(told(LATE[1]))
    more = broken(told(*LATE.values()))
    before = broken(told(LATE[1], raised(9, at(-13))))
    assert few.weight < before.weight < more.weight


def test_a_candidate_found_again_has_the_same_kind_and_subject():
    first = candidates(told(*LATE.values(), *kept(9)))
    again = candidates(told(*LATE.values(), replace(LATE[1], request_id=8), *kept(12)))
    assert {(one.kind, one.subject) for one in first} == {
        (one.kind, one.subject) for one in again
    }
    assert len({(one.kind, one.subject) for one in first}) == len(first)
