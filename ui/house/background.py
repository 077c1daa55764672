"""Work of one dialog or page off the GUI thread, in a thread of its own."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject

from desktop.domain.errors import Refusal
from ui.workers import Courier, Worker

Run = Callable[
    [Callable[[], Any], Callable[[Any], None], Callable[[Refusal], None]], None
]
"""Runs a job off the GUI thread: `run(job, done, failed)`, both told on it."""


class Background(QObject):
    """Runs jobs one after the other; the thread ends with the object."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._courier = Courier(self)
        self._worker: Worker | None = None

    def run(
        self,
        job: Callable[[], Any],
        done: Callable[[Any], None],
        failed: Callable[[Refusal], None],
    ) -> None:
        """Do a job and tell what came of it.

        Any error but a Refusal is raised again in the GUI thread, where it is reported
        like every other.
        """
        courier = self._courier

        def work() -> None:
            try:
                value = job()
            except Refusal as refusal:
                courier.bring(partial(failed, refusal))
            except Exception as error:  # noqa: BLE001 - raised again where it is seen
                courier.bring(partial(_raise, error))
            else:
                courier.bring(partial(done, value))

        if self._worker is None:
            worker = self._worker = Worker("house")
            self.destroyed.connect(lambda: worker.close(0))
        self._worker.do(work)


def _raise(error: Exception) -> None:
    raise error
