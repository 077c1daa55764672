"""Files on their way into a request: read aside first, then stored in one act."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from desktop.domain.errors import Refusal
from desktop.domain.requests import Audience
from desktop.queries.house_settings import most_file_bytes
from ui.common.attachments.carrier import Stopped
from ui.common.attachments.picking import Picked
from ui.common.attachments.staged import StagedFile, StagingFolder
from ui.operations import Operations, Ticket

if TYPE_CHECKING:
    from desktop.desk import Outcome

STALE: Final = timedelta(days=1)


class Upload(QObject):
    """What was picked at once for one request.

    `progressed(number, share)` and `left_out(number, Refusal)` for single files, then
    `stored()` for those that came so far, or `failed(Refusal)`: the copies are kept
    for `again`. Begun, it goes on even when the window closes.
    """

    progressed = Signal(int, float)
    left_out = Signal(int, object)
    stored = Signal()
    failed = Signal(object)

    def __init__(
        self,
        operations: Operations,
        folder: StagingFolder,
        request_id: int,
        picked: Sequence[Picked],
        audience: Audience,
        now: datetime,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._now = now
        self.request_id = request_id
        self.picked = tuple(picked)
        self.audience = audience
        self._operations = operations
        self._folder = folder
        self._unwanted: set[int] = set()
        self._staged: dict[int, StagedFile] = {}

    def start(self) -> None:
        """Put it in line; also what repeats it after a failure."""
        self._operations.start_carrying(
            Ticket(self), self._carry, self._done, self.failed.emit
        )

    def leave_out(self, number: int) -> None:
        """Take one file out, while it is not yet stored."""
        self._unwanted.add(number)

    def forget(self) -> None:
        """Remove the copies of what failed and is not wanted any more."""
        self._folder.forget(self._staged.values())
        self._staged.clear()

    def _carry(self) -> Outcome[Any]:
        """Copy and store; runs in the files' line, without the window's help."""
        from desktop.use_cases.attachments import attach

        # What a window left behind that ended in the middle.
        self._folder.keep_only((), self._now, STALE)
        most = self._operations.desk.read(most_file_bytes)
        for number, picked in enumerate(self.picked):
            if number not in self._unwanted and number not in self._staged:
                self._stage(number, picked, most)
        wanted = [
            staged.new_file()
            for number, staged in sorted(self._staged.items())
            if number not in self._unwanted
        ]
        outcome = self._operations.desk.run(
            attach, self.request_id, wanted, audience=self.audience
        )
        self.forget()
        return outcome

    def _stage(self, number: int, picked: Picked, most: int) -> None:
        def told(done: int, total: int) -> None:
            if number in self._unwanted:
                raise Stopped
            share = min(done / max(total, 1), 1.0)
            self._bring(partial(self.progressed.emit, number, share))

        try:
            self._staged[number] = self._folder.take(
                picked.readable(), picked.name, most=most, told=told
            )
        except Stopped:
            return
        except Refusal as refusal:
            # One that cannot be read does not keep the others out.
            self._unwanted.add(number)
            self._bring(partial(self.left_out.emit, number, refusal))

    def _bring(self, call: Callable[[], None]) -> None:
        """Tell the window, unless it has gone meanwhile."""
        self._operations.courier.bring(lambda: call() if isValid(self) else None)

    def _done(self, _kept: Any) -> None:
        self.stored.emit()
