"""Reasons in one line, from a code and its figures."""

from __future__ import annotations

import pytest

from desktop.queries.meetings import meeting_board
from desktop.use_cases.meetings import plan_session
from tests.queries.test_agenda import a_series, lived_in
from tests.use_cases.agendas import candidate
from ui.icons import icons
from ui.meetings.rule_words import ICONS, INKS, icon_of
from ui.meetings.words import BoardWords, state_words
from ui.style import tokens


@pytest.fixture
def words(small_house) -> BoardWords:
    lived_in(small_house)
    meeting = small_house.at(16, 8).run(plan_session, a_series(small_house))
    return BoardWords(small_house.read(meeting_board, meeting, small_house.now).paper)


@pytest.mark.parametrize(
    ("rule", "counts", "said"),
    [
        ("actions", {"total": 3, "overdue": 0, "carried_often": 0}, "3 open"),
        (
            "actions",
            {"total": 3, "overdue": 2, "carried_often": 1},
            "3 open, 2 overdue, 1 carried three times or more",
        ),
        ("near", {"due": 0, "warned": 0, "near": 2}, "0 due, 2 kept only just"),
        (
            "ball",
            {"open": 9, "at_back": 8, "silent": 1, "longest_s": 79200, "ping_pong": 0},
            "9 open, 8 at the back, 1 without a word, the longest 22 h",
        ),
        ("thanks", {"back": 2, "front": 0}, "Reasons at the back: 2"),
        (
            "changes",
            {"closures": 1, "taken_s": 27000},
            "1 closure takes 7 h 30 before the next session",
        ),
        (
            "agreement_missed",
            {"kept": 16, "judged": 28, "target_s": 28800},
            "Often missed: 16 of 28 kept within 8 h",
        ),
        ("returns", {"returned": 4, "sent": 9}, "4 of 9 came back to Central counter"),
        ("reopened", {"reopened": 3, "resolved": 9}, "3 reopened, 9 resolved"),
    ],
)
def test_a_reason_says_what_is_so_and_leaves_out_what_is_not(words, rule, counts, said):
    found = candidate("topic", rule=rule, counts=tuple(counts.items()))
    assert words.candidate_reason(found) == said


def test_what_was_found_once_and_is_not_any_more_says_so(words):
    assert words.candidate_reason(candidate("topic", rule="returns", counts=())) == (
        "Found earlier, not any more"
    )


def test_every_rule_has_an_icon_of_the_set_and_a_colour_of_the_theme():
    for rule in (*ICONS, None):
        assert icon_of(rule) in icons().names()
    assert all(hasattr(tokens(), ink) for ink in INKS.values())


def test_a_changed_agenda_is_the_draft_of_the_next_version():
    assert state_words("drafted", 0) == "Draft"
    assert state_words("drafted", 1) == "Draft of version 2"
    assert state_words("published", 2) == "Published, version 2"
