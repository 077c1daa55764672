"""What several approvals come to, and who is asked next."""

from __future__ import annotations

import pytest

from desktop.domain.approvals import ApprovalState, next_step, outcome_of

W, A, Y, N, X = (
    ApprovalState.WAITING,
    ApprovalState.ASKED,
    ApprovalState.APPROVED,
    ApprovalState.REFUSED,
    ApprovalState.WITHDRAWN,
)


@pytest.mark.parametrize(
    ("states", "outcome"),
    [
        ([A], None),
        ([Y], True),
        ([Y, A], None),
        ([Y, W], None),
        ([Y, Y], True),
        ([Y, N], False),
        ([A, N, W], False),
        ([Y, X], True),
    ],
)
def test_one_no_is_a_no_and_everybody_has_to_say_yes(states, outcome):
    assert outcome_of(states) is outcome


@pytest.mark.parametrize(
    ("approvals", "step"),
    [
        ([(0, Y), (0, A), (1, W)], None),
        ([(0, Y), (0, Y), (1, W), (2, W)], 1),
        ([(0, Y), (1, Y)], None),
    ],
)
def test_the_next_are_asked_when_everybody_before_them_agreed(approvals, step):
    assert next_step(approvals) == step
