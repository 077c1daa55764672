"""Threads and what they bring home: nothing of Qt's is sent to late, or dies there."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt

from ui.workers import Courier, Worker


@pytest.fixture
def worker(qapp) -> Iterator[Worker]:
    made = Worker("elsewhere")
    yield made
    made.close()


@pytest.fixture
def quick_turns() -> Iterator[None]:
    """Have threads take turns as often as in the program."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(0.00001)
    yield
    sys.setswitchinterval(before)


class Owned(QObject):
    """Ours, as every dialog and page is: Qt destroys it where Python lets it go."""


def test_what_only_a_job_still_knew_is_destroyed_in_the_gui_thread(
    worker: Worker, qtbot
) -> None:
    destroyed_in: list[str] = []
    owned = Owned()
    owned.destroyed.connect(
        lambda: destroyed_in.append(threading.current_thread().name),
        Qt.ConnectionType.DirectConnection,
    )
    go = threading.Event()
    worker.do(lambda owned=owned: go.wait(10))  # type: ignore[misc]  # it only keeps it
    del owned
    go.set()
    worker.do(lambda: None)
    qtbot.waitUntil(lambda: bool(destroyed_in))
    assert destroyed_in == ["MainThread"]


def test_couriers_may_go_while_a_thread_still_brings_to_them(
    quick_turns: None, qtbot
) -> None:
    told: list[int] = []
    known = [Courier()]
    is_over = threading.Event()

    def bring() -> None:
        while not is_over.is_set():
            known[0].bring(lambda: told.append(1))

    sender = threading.Thread(target=bring)
    sender.start()
    for _round in range(3_000):
        gone = known[0]
        known[0] = Courier()
        del gone
        QCoreApplication.processEvents()
    is_over.set()
    sender.join()
    known[0].bring(is_over.clear)
    qtbot.waitUntil(lambda: not is_over.is_set())


def test_who_is_gone_when_a_call_arrives_is_not_called(qtbot) -> None:
    told: list[str] = []
    gone, there = Courier(), Courier()
    gone.bring(lambda: told.append("gone"))
    there.bring(lambda: told.append("there"))
    gone.deleteLater()
    QCoreApplication.sendPostedEvents(gone, QEvent.Type.DeferredDelete.value)
    qtbot.waitUntil(lambda: bool(told))
    assert told == ["there"]
