"""Calls something a moment later, so that what is due now has its turn before it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

A_TURN_MS = 1
"""A timer of no time may fire among those already due, before anything else has its
turn; one of a millisecond does not."""


def later(owner: QObject, ms: int, call: Callable[[], object]) -> None:
    """Call something after so many milliseconds, unless ``owner`` is gone by then.

    At 0 what there is to paint comes first, and perhaps nothing else: such a timer may
    fire among those already due. The timer is the owner's child, so that whoever looks
    can see that something is to come.
    """
    turn = QTimer(owner)
    turn.setSingleShot(True)
    turn.timeout.connect(turn.deleteLater)
    turn.timeout.connect(call)
    turn.start(ms)
