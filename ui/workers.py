"""Threads that do jobs in the order given, and bring what came of them home."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum, auto
from itertools import count
from queue import PriorityQueue
from typing import ClassVar
from weakref import WeakSet

from PySide6.QtCore import QObject, Qt, Signal, Slot
from shiboken6 import isValid

_CLOSING_S = 10.0
_CAN_WAIT, _AT_LAST = 1, 2


class Courier(QObject):
    """Carries calls from any thread to the thread it was made in, in order."""

    _arrived = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._arrived.connect(self._call, Qt.ConnectionType.QueuedConnection)

    def bring(self, call: Callable[[], None]) -> None:
        """Have a call made in the courier's own thread."""
        if isValid(self):
            self._arrived.emit(call)

    @Slot(object)
    def _call(self, call: Callable[[], None]) -> None:
        call()


class Worker:
    """One thread that does jobs in the order given, those that can wait after others.

    `given` counts them.
    """

    open_ones: ClassVar[WeakSet[Worker]] = WeakSet()

    def __init__(self, name: str) -> None:
        self.given = 0
        self._jobs: PriorityQueue[_Job] = PriorityQueue()
        self._places = count()
        self._thread = threading.Thread(target=self._work, name=name, daemon=True)
        self._thread.start()
        Worker.open_ones.add(self)

    def do(self, job: Callable[[], None], *, can_wait: bool = False) -> None:
        """Put a job at the end of the line, or behind all that cannot wait."""
        self.given += 1
        self._jobs.put(_Job(_CAN_WAIT if can_wait else 0, next(self._places), job))

    def close(self, seconds: float = _CLOSING_S) -> None:
        """Finish what is in line, then stop; wait for it at most so long."""
        Worker.open_ones.discard(self)
        self._jobs.put(_Job(_AT_LAST, next(self._places), None))
        self._thread.join(seconds)

    def _work(self) -> None:
        while (do := self._jobs.get().do) is not None:
            do()


@dataclass(frozen=True, order=True, slots=True)
class _Job:
    """Something to do and its place in the line; nothing to do ends the line."""

    rank: int
    place: int
    do: Callable[[], None] | None = field(compare=False)


class Line(Enum):
    """Where a read waits for its turn.

    With what a person waits for; behind that, for it only adds to what is shown; with
    counts of whole lists; with what takes seconds: each no longer than its like.
    """

    ASKED = auto()
    ADDED = auto()
    COUNTS = auto()
    SLOW = auto()
