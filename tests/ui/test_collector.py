"""Garbage is collected a little at a time, so that the window never waits for it."""

from __future__ import annotations

import gc
import weakref

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from ui import collector as collecting
from ui.collector import Collector, Hands


class Ring:
    """Something only a collection frees."""

    def __init__(self) -> None:
        self.me = self
        self.more = [[] for _ in range(collecting.LIMIT)]


@pytest.fixture
def used() -> list[bool]:
    """Somebody who works in the window, until this is emptied."""
    return [True]


@pytest.fixture
def collector(qapp, used):
    gc.collect()
    frozen = gc.get_freeze_count()
    # What the tests hold themselves is none of a window's.
    gc.freeze()
    made = Collector(is_used=lambda: bool(used))
    made._timer.stop()
    yield made
    if not frozen:
        gc.unfreeze()
    gc.disable()


def forgotten() -> weakref.ref[Ring]:
    ring = Ring()
    return weakref.ref(ring)


def test_what_was_made_and_forgotten_lately_is_freed(collector: Collector) -> None:
    gone = forgotten()
    collector.beat()
    assert gone() is None


def test_much_that_is_new_is_left_alone_and_then_put_aside(
    collector: Collector,
) -> None:
    rows = [[number] for number in range(collecting.MANY + 1_000)]
    frozen = gc.get_freeze_count()
    for _ in range(collecting.PATIENCE - 1):
        collector.beat()
    assert gc.get_count()[0] > collecting.MANY
    assert gc.get_freeze_count() == frozen
    collector.beat()
    assert gc.get_freeze_count() >= frozen + len(rows)
    gone = forgotten()
    collector.beat()
    assert gone() is None


def test_what_lived_for_a_while_is_freed_too(collector: Collector) -> None:
    """As a pane's widgets are that were shown until another request was chosen."""
    ring = Ring()
    for _ in range(3 * collecting.SURVIVED):
        keep_busy(collector)
    gone = weakref.ref(ring)
    del ring
    for _ in range(collecting.OLD * (collecting.SURVIVED + 1) + 2):
        keep_busy(collector)
    assert gone() is None


def test_more_that_is_old_than_a_frame_allows_is_put_aside(
    collector: Collector,
) -> None:
    """The program itself, a second after its start."""
    modules = [[number] for number in range(collecting.MANY - 1)]
    collector.beat()
    frozen = gc.get_freeze_count()
    for _ in range((collecting.OLD + 1) * (collecting.SURVIVED + 1) + 1):
        keep_busy(collector, keep=modules)
    assert gc.get_freeze_count() >= frozen + collecting.MANY


def keep_busy(collector: Collector, keep: list[list[int]] | None = None) -> None:
    rows: list[list[int]] = [[] for _ in range(2 * collecting.LIMIT)]
    collector.beat()
    if keep is not None:
        keep.append(rows[0])


def test_everything_is_looked_through_only_while_nobody_uses_the_window(
    collector: Collector, used: list[bool]
) -> None:
    ring = Ring()
    gone = weakref.ref(ring)
    gc.freeze()
    del ring
    for _ in range(2 * collecting.REST):
        collector.beat()
    assert gone() is not None
    used.clear()
    collector.beat()
    assert gone() is None


def test_hands_are_at_the_window_while_it_is_touched(
    qapp, qtbot, monkeypatch: pytest.MonkeyPatch
) -> None:
    hands = Hands(qapp)
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    assert hands.are_at_it()
    monkeypatch.setattr(collecting, "UNUSED_S", 0.0)
    assert not hands.are_at_it()
    untouched = hands._last
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_A)
    assert hands._last > untouched
