"""Where minutes are typed: saved by themselves, put together with what others type."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal

from desktop.domain.errors import Refusal
from desktop.i18n import gettext as _
from desktop.use_cases.minutes import write_said
from ui.common.inputs import TextInput
from ui.common.kept_words import KeptWords

if TYPE_CHECKING:
    from ui.meetings.sitting.link import SittingLink

AFTER_LAST_KEY_MS = 800


class SaidField(TextInput):
    """The text of one item. ``told(words)`` of what became of it."""

    told = Signal(str)

    def __init__(self, link: SittingLink) -> None:
        super().__init__(limit=100_000, lines=8, name=_("What was said"))
        self._link = link
        self._item_id: int | None = None
        self._before = ""
        self._is_filling = False
        self._is_writing = False
        self._kept: KeptWords | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(AFTER_LAST_KEY_MS)
        self._timer.timeout.connect(self.save)
        self.textChanged.connect(self._typed)

    def keep_in(self, kept: KeptWords) -> None:
        """Keep there what the workspace does not have yet."""
        self._kept = kept

    def is_dirty(self) -> bool:
        """Tell whether something is typed that is not written yet."""
        return self._item_id is not None and self.toPlainText() != self._before

    def show_item(self, item_id: int | None, said: str) -> None:
        """Show an item's text; what is typed and not written yet stays.

        A text that a crash left behind is taken up and written.
        """
        if item_id != self._item_id:
            self.save()
            self._item_id, self._before = item_id, said
            left = self._kept.kept(str(item_id)) if self._kept is not None else ""
            self._fill(left or said)
            if left:
                self._timer.start()
        elif not self.is_dirty() and not self._is_writing:
            self._take(said)

    def _take(self, said: str) -> None:
        """Take the workspace's text; blanks at the end are not worth a jump."""
        if said == self.toPlainText().strip():
            return
        self._before = said
        self._fill(said)

    def _fill(self, text: str) -> None:
        """Show another text with the keyboard where it was."""
        if text == self.toPlainText():
            return
        at = self.textCursor().position()
        self._is_filling = True
        self.setPlainText(text)
        self._is_filling = False
        cursor = self.textCursor()
        cursor.setPosition(min(at, len(text)))
        self.setTextCursor(cursor)

    def _typed(self) -> None:
        if self._is_filling or self._item_id is None:
            return
        if self._kept is not None:
            self._kept.keep(str(self._item_id), self.toPlainText())
        self.told.emit(_("typing"))
        self._timer.start()

    def save(self) -> None:
        """Write what was typed; what another wrote meanwhile is put beside it."""
        self._timer.stop()
        item_id, mine, before = self._item_id, self.toPlainText(), self._before
        if item_id is None or mine == before or self._is_writing or self.isReadOnly():
            return
        self._is_writing = True

        def done(now: str) -> None:
            self._is_writing = False
            if self._kept is not None:
                self._kept.drop(str(item_id))
            if self._item_id != item_id:
                return
            is_as_sent = self.toPlainText() == mine
            # What came from others counts as read only where it is on screen.
            self._before = mine
            if is_as_sent:
                self._take(now)
                self.told.emit(_("saved"))
            else:
                self._timer.start()

        def refused(refusal: Refusal) -> None:
            from desktop.messages import refusal_words

            self._is_writing = False
            self.told.emit(_("not saved: {why}").format(why=refusal_words(refusal)))

        self._link.write(
            write_said, item_id, mine, before=before, done=done, refused=refused
        )
