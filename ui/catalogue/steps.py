"""A service while it is being written: its steps, the way back, and what differs."""

from __future__ import annotations

from dataclasses import fields as parts_of
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Signal

from desktop.domain.service_drafts import ServiceDraft

_KEPT = 200


class Steps(QObject):
    """The service on screen; nothing is saved before somebody says so."""

    changed = Signal()

    def __init__(self, base: ServiceDraft, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.base = self.draft = base
        self._before: list[ServiceDraft] = []
        self._after: list[ServiceDraft] = []
        self._part = ""

    @property
    def is_changed(self) -> bool:
        """Tell whether something is not saved."""
        return self.base != self.draft

    def load(self, base: ServiceDraft) -> None:
        """Begin anew from what is stored."""
        self.base = self.draft = base
        self._before, self._after, self._part = [], [], ""
        self.changed.emit()

    def put(self, draft: ServiceDraft, part: str = "") -> None:
        """Take one step. Letters typed one after another in a part are one."""
        if draft == self.draft:
            return
        if not part or part != self._part or not self._before:
            self._before = [*self._before[-_KEPT:], self.draft]
        self._part = part
        self._after = []
        self.draft = draft
        self.changed.emit()

    def move_onto(self, base: ServiceDraft) -> None:
        """Put what was changed here onto what somebody else saved meanwhile."""
        mine = rebased(self.base, self.draft, base)
        self.base, self.draft = base, mine
        self._before, self._after, self._part = [base], [], ""
        self.changed.emit()

    def can_undo(self) -> bool:
        """Tell whether a step can be taken back."""
        return bool(self._before)

    def undo(self) -> None:
        """Take the last step back."""
        self._step(self._before, self._after)

    def redo(self) -> None:
        """Take a step again."""
        self._step(self._after, self._before)

    def _step(self, source: list[ServiceDraft], target: list[ServiceDraft]) -> None:
        if source:
            target.append(self.draft)
            self.draft = source.pop()
            self._part = ""
            self.changed.emit()

    def discard(self) -> None:
        """Go back to what is stored; this is a step too."""
        self.put(self.base)


def rebased(
    base: ServiceDraft, mine: ServiceDraft, theirs: ServiceDraft
) -> ServiceDraft:
    """Return theirs with the parts that were changed from base to mine.

    Where both changed the same part mine is kept; it is shown before it is saved.
    """
    kept: dict[str, Any] = {}
    for part in parts_of(ServiceDraft):
        if getattr(mine, part.name) != getattr(base, part.name):
            kept[part.name] = getattr(mine, part.name)
    return replace(theirs, **kept)
