"""What lists say of requests that do not stand alone: blocked, parts open, part of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.queries.links import LinkMark, link_marks
from ui.common.request_pane.link_words import mark_words

if TYPE_CHECKING:
    from desktop.desk import ChangeSet
    from ui.context import Context

BEAT_MS = 30
"""Rows that are painted together are asked about together."""

_ALONE = LinkMark()


class LinkMarks(QObject):
    """One for all lists of a desk; `of` finds it. `changed`: paint rows anew."""

    changed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__(context.operations)
        self._context = context
        self._known: dict[int, LinkMark] = {}
        self._asked: set[int] = set()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(BEAT_MS)
        self._soon.timeout.connect(self._ask)
        context.operations.changed.connect(self._hear)

    @classmethod
    def of(cls, context: Context) -> LinkMarks:
        """Return the one of this desk, made when first asked for."""
        known = context.operations.findChild(cls)
        return known if isinstance(known, cls) else cls(context)

    def words(self, request_id: int) -> str:
        """Return what a row says; nothing yet where it is still to be asked."""
        mark = self._known.get(request_id)
        if mark is None:
            self._asked.add(request_id)
            if not self._soon.isActive():
                self._soon.start()
            return ""
        return mark_words(mark)

    def _ask(self) -> None:
        asked, self._asked = sorted(self._asked), set()
        if not asked:
            return

        def take(found: dict[int, LinkMark]) -> None:
            before = {one: self._known.get(one, _ALONE) for one in asked}
            self._known |= {one: found.get(one, _ALONE) for one in asked}
            if any(self._known[one] != before[one] for one in asked):
                self.changed.emit()

        self._context.operations.read_added(link_marks, asked).start(self, take)

    def _hear(self, changes: ChangeSet, _initiator: object) -> None:
        """Ask again where a link, or a request that is linked, changed."""
        if changes.touches("request_link"):
            stale = set(self._known)
        elif changes.touches("request"):
            stale = {one for one, mark in self._known.items() if mark != _ALONE}
        else:
            return
        if stale:
            # What is shown stays until it is known anew.
            self._asked |= stale
            self._soon.start()
