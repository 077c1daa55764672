"""Threads that do jobs in the order given, and bring what came of them home."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum, auto
from functools import cache
from itertools import count
from queue import PriorityQueue
from typing import ClassVar
from weakref import WeakSet

from PySide6.QtCore import QObject, Qt, Signal, Slot
from shiboken6 import isValid

_CLOSING_S = 10.0
_CAN_WAIT, _AT_LAST = 1, 2


class _Home(QObject):
    """Where calls from other threads arrive. It outlives every window and thread.

    What is sent to must not be destroyed meanwhile, and what a thread was the last to
    know would be destroyed in that thread, Qt's objects with it: both end the process.
    """

    _arrived = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._brought: deque[tuple[Courier, Callable[[], None]]] = deque()
        self._done: deque[_Job] = deque()
        self._arrived.connect(self._receive, Qt.ConnectionType.QueuedConnection)

    def bring(self, courier: Courier, call: Callable[[], None]) -> None:
        """Have a call made here, if its courier still lives by then; any thread may."""
        self._brought.append((courier, call))
        self._wake()

    def bury(self, job: _Job) -> None:
        """Have what a job knew forgotten here; any thread may."""
        self._done.append(job)
        self._wake()

    def _wake(self) -> None:
        if isValid(self):
            self._arrived.emit()

    @Slot()
    def _receive(self) -> None:
        while self._done:
            self._done.popleft().do = None
        if self._brought:
            courier, call = self._brought.popleft()
            if isValid(courier):
                call()


@cache
def _home() -> _Home:
    """Return the one of this process; first asked for in the GUI thread."""
    return _Home()


class Courier(QObject):
    """Carries calls from any thread to the GUI thread, in order, while it lives."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._home = _home()

    def bring(self, call: Callable[[], None]) -> None:
        """Have a call made in the GUI thread."""
        self._home.bring(self, call)


class Worker:
    """One thread that does jobs in the order given, those that can wait after others.

    `given` counts them. What a job knew is forgotten in the GUI thread.
    """

    open_ones: ClassVar[WeakSet[Worker]] = WeakSet()

    def __init__(self, name: str) -> None:
        self.given = 0
        self._home = _home()
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
        while (job := self._jobs.get()).do is not None:
            job.do()
            self._home.bury(job)


@dataclass(order=True, slots=True)
class _Job:
    """Something to do and its place in the line; nothing to do ends the line.

    A thread knows it by its place only, never what there is to do by itself.
    """

    rank: int
    place: int
    do: Callable[[], None] | None = field(compare=False)


class Line(Enum):
    """Where a read waits for its turn.

    With what a person waits for; behind that, for it only adds to what is shown or is
    no query; with counts of whole lists; with what takes seconds: each no longer than
    its like.
    """

    ASKED = auto()
    ADDED = auto()
    WORK = auto()
    COUNTS = auto()
    SLOW = auto()
