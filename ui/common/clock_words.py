"""Clocks in words: what a reading says, shortly and for a screen reader."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

ClockState = Literal["ok", "risk", "broken", "held", "kept", "lost", "declined", "none"]


@dataclass(frozen=True, slots=True)
class ClockWords:
    """What a clock cell shows."""

    state: ClockState
    words: str
    due_words: str
    share_used: float | None
    accessible: str
