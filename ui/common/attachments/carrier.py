"""Copies picked files aside in the line of their own, telling how far it is."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from desktop.queries.house_settings import most_file_bytes
from ui.common.attachments.picking import Picked
from ui.common.attachments.staged import StagedFile, StagingFolder
from ui.operations import Operations, Ticket


class Stopped(Exception):
    """Nobody wants the copy any more."""


class Copying(QObject):
    """One file on its way aside.

    `progressed(share)` with 0..1, then `copied(StagedFile)` or `refused(Refusal)`;
    neither once cancelled.
    """

    progressed = Signal(float)
    copied = Signal(object)
    refused = Signal(object)

    def __init__(
        self,
        operations: Operations,
        folder: StagingFolder,
        picked: Picked,
        field: str,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self.picked = picked
        self.key = uuid.uuid4()
        self._operations = operations
        self._folder = folder
        self._field = field
        self._ticket = Ticket(self)

    def start(self) -> None:
        """Put the copying in line."""
        self._operations.start_aside(
            self._ticket, self._copy, self._told, self.refused.emit
        )

    def cancel(self) -> None:
        """Stop; a copy already made is removed."""
        self._ticket.cancel()

    def _copy(self) -> StagedFile | None:
        ticket = self._ticket
        bring: Callable[[Callable[[], None]], None] = self._operations.courier.bring

        def told(done: int, total: int) -> None:
            if not ticket.is_heard:
                raise Stopped
            bring(partial(self._tell, done / max(total, 1)))

        try:
            if not ticket.is_heard:
                return None
            staged = self._folder.take(
                self.picked.readable(),
                self.picked.name,
                field=self._field,
                key=self.key,
                most=self._operations.desk.read(most_file_bytes),
                told=told,
            )
        except Stopped:
            return None
        return self._if_wanted(staged)

    def _if_wanted(self, staged: StagedFile) -> StagedFile | None:
        if self._ticket.is_heard:
            return staged
        self._folder.forget([staged])
        return None

    def _tell(self, share: float) -> None:
        if self._ticket.is_heard:
            self.progressed.emit(min(share, 1.0))

    def _told(self, staged: StagedFile | None) -> None:
        if staged is not None:
            self.copied.emit(staged)
