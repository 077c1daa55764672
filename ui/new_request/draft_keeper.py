"""Saves what is being typed: a second after the last key, and every three at least."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from desktop import formats
from desktop.i18n import gettext as _
from ui.clocks import Clocks
from ui.common.kept_files import Soon
from ui.new_request.drafts import Draft, DraftFolder
from ui.ticker import Ticker


class DraftKeeper(QObject):
    """Holds the draft in hand; ``gather`` brings it up to date before it is saved.

    ``told(words, kind)`` of what became of it, ``listed`` when there are other drafts.
    """

    told = Signal(str, str)
    listed = Signal()

    def __init__(
        self,
        folder: DraftFolder,
        ticker: Ticker,
        clocks: Clocks,
        gather: Callable[[], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.draft = Draft()
        self.folder = folder
        self._ticker = ticker
        self._clocks = clocks
        self._gather = gather
        self.soon = Soon(self.save, self)
        # Only what outlives this object may be named here.
        self.destroyed.connect(lambda: folder.let_go())

    def touch(self) -> None:
        """Note that something was typed."""
        self.soon.touch()

    def settle(self) -> None:
        """Forget that something changed: it was the program, not a person."""
        self.soon.settle()

    def save(self) -> None:
        """Save now if something changed."""
        if not self.soon.is_due:
            return
        self.settle()
        self._gather()
        if self.draft.is_empty():
            self.folder.remove(self.draft.key)
            self.told.emit("", "")
            return
        now = self._ticker.now()
        if not self.folder.hold(self.draft.key):
            # Another program went on with it meanwhile: both are kept.
            self.draft.key = uuid.uuid4()
            self.folder.hold(self.draft.key)
        if self.folder.save(self.draft, now):
            self.told.emit(_("Draft saved {time}").format(time=self._time()), "")
        else:
            self.told.emit(_("The draft cannot be saved"), "risk")

    def others(self) -> list[Draft]:
        """Return the drafts kept beside the one in hand, the newest first."""
        return [one for one in self.folder.free() if one.key != self.draft.key]

    def restore(self) -> bool:
        """Take up the newest draft no other program has; tell whether there was one."""
        kept = self.folder.free()
        if not kept:
            return False
        self.take(kept[0])
        return True

    def take(self, draft: Draft) -> None:
        """Take a draft in hand; the one before stays where it was saved."""
        self.settle()
        self.draft = draft
        if draft.saved_at is None:
            self.folder.let_go()
        elif not self.folder.hold(draft.key):
            draft.key = uuid.uuid4()
        if draft.saved_at is None:
            self.told.emit("", "")
        else:
            self.told.emit(_("Draft from {time}").format(time=self._time()), "")
        self.listed.emit()

    def leave(self) -> None:
        """Save now, and leave the draft to whoever looks next."""
        self.save()
        self.folder.let_go()

    def forget(self) -> None:
        """Remove the draft, sent or discarded, and begin another."""
        self.folder.remove(self.draft.key)
        self.take(Draft())

    def _time(self) -> str:
        assert self.draft.saved_at is not None
        return formats.short_instant(
            self.draft.saved_at, self._ticker.now(), self._clocks.zone
        )
