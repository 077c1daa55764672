"""Waits until a window shows what it read: by its threads and timers, not by time."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QTimer
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from ui.ticker import Ticker
from ui.workers import Courier, Worker

SHORT_MS = 1500
"""Single-shot timers up to here postpone a read (typing, a beat): their time comes at
once. Longer ones wait."""

LIMIT_MS = 60_000
MOST_ROUNDS = 400


class NotSettled(RuntimeError):
    """A window went on working; what it shows is not final."""


def settle(window: QWidget, patience_ms: int = SHORT_MS) -> None:
    """Let a window's jobs and short timers come to their end, however many follow.

    A timer's time comes at once, the nearest first; one longer than `patience_ms` is
    left alone, and so is the minute's beat: where time stands, it would never end.

    Raises NotSettled when there is no end to them.
    """
    for _round in range(MOST_ROUNDS):
        before = _jobs_given()
        _drain()
        _wait_for_workers()
        _drain()
        timer = _short_timer(window, patience_ms)
        if timer is not None:
            _bring_forward(timer)
        elif _jobs_given() == before:
            return
    raise NotSettled(window.windowTitle())


def _drain() -> None:
    """Deliver every event there is, those for objects about to go as well."""
    QCoreApplication.sendPostedEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QCoreApplication.processEvents()


def _jobs_given() -> int:
    return sum(worker.given for worker in list(Worker.open_ones))


def _wait_for_workers() -> None:
    """Come back when each worker has done, and told, what is in its line now."""
    workers = list(Worker.open_ones)
    if not workers:
        return
    loop = QEventLoop()
    courier = Courier()
    waiting = [len(workers)]

    def told() -> None:
        waiting[0] -= 1
        if not waiting[0]:
            loop.quit()

    for worker in workers:
        worker.do(lambda: courier.bring(told), can_wait=True)
        # A marker is not the window's work.
        worker.given -= 1
    _run(loop)
    if waiting[0]:
        raise NotSettled("a thread did not answer")


def _short_timer(window: QWidget, patience_ms: int) -> QTimer | None:
    timers = window.findChildren(QTimer)
    running = [one for one in timers if one.isActive() and one.isSingleShot()]
    short = [one for one in running if one.interval() <= patience_ms]
    reads = [one for one in short if not isinstance(one.parent(), Ticker)]
    return min(reads, key=QTimer.remainingTime, default=None)


def _bring_forward(timer: QTimer) -> None:
    loop = QEventLoop()
    timer.timeout.connect(loop.quit)
    timer.destroyed.connect(loop.quit)
    interval = timer.interval()
    timer.start(0)
    _run(loop)
    # Unless it was given another by what it set off.
    if isValid(timer) and timer.interval() == 0:
        timer.setInterval(interval)


def _run(loop: QEventLoop) -> None:
    guard = QTimer()
    guard.setSingleShot(True)
    guard.timeout.connect(loop.quit)
    guard.start(LIMIT_MS)
    loop.exec()
