"""Listens to the GUI thread: how late its beats come, and what it was doing."""

from __future__ import annotations

import faulthandler
import os
import re
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from time import monotonic, process_time, thread_time
from typing import IO

from PySide6.QtCore import QObject, Qt, QTimer

PAUSE_MS = 50
EVERY_MS = 10
_FRAME = re.compile(r'^  File "(.*)", line (\S+) in (.*)$', re.MULTILINE)


@dataclass(frozen=True)
class Pause:
    """One late beat, in milliseconds.

    `waited` of it the thread was ready and the machine ran other programs instead;
    for `computed` it ran itself. What it waited for our own other threads, where these
    would have filled every other processor, is no part of `waited`: that is our own.
    """

    ms: float
    waited_ms: float
    computed_ms: float
    doing: str = ""

    @property
    def own_ms(self) -> float:
        """Return what is left when the machine's part is taken away."""
        return self.ms - self.waited_ms


class Heartbeat(QObject):
    """Notes each beat that comes later than another beat would."""

    def __init__(
        self,
        late: Callable[[Pause], None],
        doing: Callable[[], str] = str,
        parent: QObject | None = None,
    ) -> None:
        """Tell `late` of every late beat, with what `doing` says was done."""
        super().__init__(parent)
        self._late = late
        self._doing = doing
        self._told = _opened(f"/proc/self/task/{threading.get_native_id()}/schedstat")
        self.last = monotonic()
        self._ran, self._waited = thread_time(), self._waited_ms()
        self._all_ran = process_time()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start(EVERY_MS)

    def stop(self) -> None:
        """Listen no more."""
        self._timer.stop()
        if self._told is not None:
            os.close(self._told)
            self._told = None

    def _beat(self) -> None:
        now, ran, waited = monotonic(), thread_time(), self._waited_ms()
        all_ran = process_time()
        whole = (now - self.last) * 1000
        ms = whole - EVERY_MS
        if ms > EVERY_MS:
            own = (ran - self._ran) * 1000
            others = (all_ran - self._all_ran) * 1000 - own
            # Of a beat that came in time the machine may have had its part too.
            part = taken_by_others(waited - self._waited, whole, others)
            self._late(Pause(ms, min(ms, part), own, self._doing()))
        self.last, self._ran, self._waited, self._all_ran = now, ran, waited, all_ran

    def _waited_ms(self) -> float:
        """Return how long this thread has waited for a processor, where it is known."""
        if self._told is None:
            return 0.0
        return int(os.pread(self._told, 99, 0).split()[1]) / 1e6


def taken_by_others(
    waited_ms: float, whole_ms: float, own_threads_ms: float, processors: int = 0
) -> float:
    """Return how much of a thread's waiting other programs are to blame for.

    Alone on the machine our other threads would have left it a processor, unless they
    ran for longer than all processors but one can.
    """
    spare = ((processors or os.cpu_count() or 1) - 1) * whole_ms
    crowded = max(0.0, own_threads_ms - spare)
    return max(0.0, waited_ms - crowded)


def _opened(path: str) -> int | None:
    try:
        return os.open(path, os.O_RDONLY)
    except OSError:
        return None


class Witness(threading.Thread):
    """Looks what the GUI thread does whenever its beat is late; costs a little."""

    def __init__(self, heart: Heartbeat, tell: Callable[[float, str], None]) -> None:
        """Give `tell` how late the beat is, and the places in the code."""
        super().__init__(name="witness", daemon=True)
        self._heart = heart
        self._tell = tell
        self._watched = threading.get_ident()
        self._ended = threading.Event()

    def run(self) -> None:
        """Look every few milliseconds until it is stopped."""
        with TemporaryFile("w+") as paper:
            while not self._ended.wait(EVERY_MS / 1000):
                late = (monotonic() - self._heart.last) * 1000
                places = _places(self._watched, paper) if late > PAUSE_MS else []
                if places:
                    self._tell(late, " < ".join(places))

    def stop(self) -> None:
        """Look no more."""
        self._ended.set()
        self.join()


def _places(thread: int, paper: IO[str]) -> list[str]:
    """Return where a thread is, the innermost place first.

    Written by the interpreter itself: whoever looks at frames keeps them, and with
    them a painter, which ended its painting in the middle of the next and brought the
    process down.
    """
    paper.seek(0)
    paper.truncate()
    faulthandler.dump_traceback(paper, all_threads=True)
    paper.seek(0)
    # Of more than a hundred threads it writes the newest only.
    _, _, after = paper.read().partition(f"0x{thread:016x}")
    of_thread, _, _ = after.partition("\n\n")
    return [
        f"{Path(file).name}:{line} {name}"
        for file, line, name in _FRAME.findall(of_thread)
    ]
