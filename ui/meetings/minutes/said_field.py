"""Where minutes are typed: saved by themselves, put together with what others type."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal

from desktop.domain.errors import Refusal
from desktop.i18n import gettext as _
from desktop.messages import refusal_words
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
        self._shown = ""
        self._is_filling = False
        self._writing = 0
        self._latest: dict[int | None, str] = {}
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
        return self._item_id is not None and self.toPlainText() != self._shown

    def show_item(self, item_id: int | None, said: str) -> None:
        """Show an item's text; what is typed and not written yet stays.

        A text that a crash left behind is taken up and written.
        """
        if item_id != self._item_id:
            self.save()
            # What was just written may be newer than what was read.
            said = self._latest.pop(item_id, said)
            self._item_id, self._before = item_id, said
            left = self._kept.kept(str(item_id)) if self._kept is not None else ""
            self._fill(said)
            if left and left != said:
                self._fill(left)
                self._shown = said
                self._timer.start()
        elif not self.is_dirty() and not self._writing:
            self._latest.clear()
            self._take(said)

    def _take(self, said: str) -> None:
        """Take the workspace's text; blanks at the end are not worth a jump."""
        if said == self.toPlainText().strip():
            return
        self._before = said
        self._fill(said)

    def _fill(self, text: str) -> None:
        """Show another text with the keyboard where it was.

        What the field cannot show is not dirty: it must never be written as empty.
        """
        if text != self.toPlainText():
            at = self.textCursor().position()
            self._is_filling = True
            self.setPlainText(text)
            self._is_filling = False
            cursor = self.textCursor()
            cursor.setPosition(min(at, len(self.toPlainText())))
            self.setTextCursor(cursor)
        self._shown = self.toPlainText()
        if text.strip() and not self._shown.strip():
            self.setReadOnly(True)

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
        if item_id is None or not self.is_dirty() or self.isReadOnly():
            return
        # What is sent is what the next change begins from.
        self._before = self._shown = mine
        self._latest[item_id] = mine
        self._writing += 1

        def done(now: str) -> None:
            self._writing -= 1
            self._latest[item_id] = now
            self._let_go(item_id, mine)
            if self._item_id == item_id and not self.is_dirty() and not self._writing:
                self._take(now)
                self.told.emit(_("saved"))

        def refused(refusal: Refusal) -> None:
            self._writing -= 1
            self._latest.pop(item_id, None)
            if self._item_id == item_id:
                self._before = self._shown = before
            why = refusal_words(refusal)
            self.told.emit(_("not saved: {why}").format(why=why))

        self._link.write(
            write_said, item_id, mine, before=before, done=done, refused=refused
        )

    def _let_go(self, item_id: int, written: str) -> None:
        """Forget what was kept, unless more was typed since."""
        if self._kept is not None and self._kept.kept(str(item_id)) == written:
            self._kept.drop(str(item_id))
