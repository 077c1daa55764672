"""The heartbeat hears a window that does not answer, and what it was doing."""

from __future__ import annotations

import re
import subprocess
import sys
from time import monotonic

import pytest

from tests.heartbeat import PAUSE_MS, Heartbeat, Pause, taken_by_others


def test_a_heartbeat_hears_how_long_the_window_did_not_answer(qtbot) -> None:
    heard: list[Pause] = []
    heart = Heartbeat(heard.append, lambda: "counting")
    busy_until = monotonic() + 2 * PAUSE_MS / 1000
    while monotonic() < busy_until:
        pass
    qtbot.waitUntil(lambda: any(one.ms > PAUSE_MS for one in heard))
    heart.stop()
    longest = max(heard, key=lambda one: one.ms)
    assert longest.doing == "counting"
    assert 0 <= longest.own_ms <= longest.ms


WATCHED = """
from time import monotonic
from PySide6.QtCore import QCoreApplication
from tests.heartbeat import Heartbeat, Witness

def compute():
    patience = monotonic() + 20
    while not told and monotonic() < patience:
        pass

app = QCoreApplication([])
told = []
heart = Heartbeat(lambda _pause: None, lambda: "counting")
witness = Witness(heart, lambda _late, places: told.append(places))
witness.start()
compute()
witness.stop()
print(told[0])
"""


def test_a_witness_says_where_the_window_is() -> None:
    done = subprocess.run(
        [sys.executable, "-c", WATCHED], capture_output=True, text=True, check=True
    )
    assert re.fullmatch(r"<string>:\d+ compute < <string>:\d+ <module>\n", done.stdout)


@pytest.mark.parametrize(
    ("own_threads", "processors", "taken"),
    [(0, 2, 60), (90, 2, 60), (130, 2, 30), (200, 2, 0), (30, 1, 30), (80, 1, 0)],
)
def test_waiting_for_our_own_threads_is_not_the_machines_fault(
    own_threads: float, processors: int, taken: float
) -> None:
    """In 100 ms the window's thread was ready, and did not run, for 60."""
    assert taken_by_others(60, 100, own_threads, processors) == taken
