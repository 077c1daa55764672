"""How an approval stands, and what several of them come to."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Final


class ApprovalState(StrEnum):
    """How one person's approval stands.

    ``waiting``: an earlier step is not agreed yet. ``withdrawn``: no longer needed.
    """

    WAITING = "waiting"
    ASKED = "asked"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


DECIDING: Final = (ApprovalState.WAITING, ApprovalState.ASKED)
"""The states in which nothing is decided yet."""


def outcome_of(states: Iterable[ApprovalState]) -> bool | None:
    """Tell what the approvals of one round come to; None while somebody is to decide.

    One no is a no, whoever else is still to decide.
    """
    found = list(states)
    if ApprovalState.REFUSED in found:
        return False
    if any(state in DECIDING for state in found):
        return None
    return True


def next_step(approvals: Iterable[tuple[int, ApprovalState]]) -> int | None:
    """Return the step to ask now, given each approval's step and state.

    None while somebody of the step being asked has not decided, or when none is left.
    """
    found = list(approvals)
    if any(state is ApprovalState.ASKED for _, state in found):
        return None
    return min(
        (step for step, state in found if state is ApprovalState.WAITING), default=None
    )
