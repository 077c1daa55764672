"""The heartbeat hears a window that does not answer, and what it was doing."""

from __future__ import annotations

from time import monotonic

from tests.heartbeat import PAUSE_MS, Heartbeat, Pause


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
