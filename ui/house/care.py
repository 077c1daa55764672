"""Backing up and checking the open workspace, with what came of it in words."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from desktop.domain.errors import Refusal
from desktop.formats import count
from desktop.i18n import gettext as _
from desktop.i18n import ngettext
from desktop.messages import refusal_words
from desktop.workspaces import BackedUp, Checked, back_up, check
from ui.common.banner import BannerArea
from ui.common.buttons import Button
from ui.common.labelled import Labelled
from ui.common.labels import PlainLabel
from ui.common.progress import Progress
from ui.house.background import Run
from ui.house.fields import PathInput
from ui.house.import_work import Stoppable
from ui.house.words import Stopped, size_words

if TYPE_CHECKING:
    from desktop.desk import Desk

_MOST_NAMED = 12


class _Block(QWidget):
    """A button, a thin bar while it works, and the verdict."""

    def __init__(self, words: str, icon: str, run: Run) -> None:
        super().__init__()
        self._run = run
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(8)
        self.button = Button(words, icon=icon)
        self.button.clicked.connect(self.begin)
        self.stop = Button(_("Stop"), kind="quiet")
        self.stop.hide()
        self._line = QHBoxLayout()
        self._line.setSpacing(8)
        self._line.addWidget(self.button)
        self._line.addWidget(self.stop)
        self._line.addStretch(1)
        self.bar = Progress(words)
        self.bar.hide()
        self.verdict = BannerArea()

    def _place(self) -> None:
        self.column.addLayout(self._line)
        self.column.addWidget(self.bar)
        self.column.addWidget(self.verdict)

    def begin(self) -> None:
        """Do it; each kind of block says how."""

    def _start(self, job: Any) -> None:
        self.verdict.withdraw()
        self._set_busy(True)
        self._run(job, self._take, self._refuse)

    def _set_busy(self, busy: bool) -> None:
        self.button.setEnabled(not busy)
        self.bar.setVisible(busy)

    def _take(self, value: Any) -> None:
        if isValid(self):
            self._set_busy(False)
            self.tell(value)

    def tell(self, value: Any) -> None:
        """Say what came of it."""

    def say(self, words: str, kind: str) -> None:
        """Show the verdict."""
        self.verdict.tell(words, kind=kind, closable=False)

    def _refuse(self, refusal: Refusal) -> None:
        if isValid(self):
            self._set_busy(False)
            kind = "" if isinstance(refusal, Stopped) else "broken"
            self.say(refusal_words(refusal), kind)

    def words(self) -> str:
        """Return the verdict shown, or nothing."""
        return " ".join(self.verdict.words())


class BackupBlock(_Block):
    """Backs up into the usual folder, or one that is chosen."""

    def __init__(self, desk: Desk, folder: Path, run: Run) -> None:
        super().__init__(_("Back up now"), "device-floppy", run)
        self._desk, self._usual = desk, folder
        self.folder = PathInput(_("Folder for the copy"), kind="folder")
        self.folder.set_path(folder)
        self.column.addWidget(Labelled(_("Folder for the copy"), self.folder))
        self._place()

    def begin(self) -> None:
        """Copy the workspace off the GUI thread."""
        folder = self.folder.path() or self._usual
        self._start(partial(back_up, self._desk, folder))

    def tell(self, value: BackedUp) -> None:
        """Say where the copy is and how large."""
        words = _("{rows} rows copied and checked, {size}: {path}").format(
            rows=count(value.rows), size=size_words(value.size), path=value.path
        )
        if value.removed:
            words += " " + ngettext(
                "{n} old copy was removed.",
                "{n} old copies were removed.",
                value.removed,
            ).format(n=count(value.removed))
        self.say(words, "ok")


class CheckBlock(_Block):
    """Checks the workspace; may be stopped."""

    heard = Signal(int, int)

    def __init__(self, desk: Desk, run: Run) -> None:
        super().__init__(_("Check the workspace"), "list-check", run)
        self._desk = desk
        self._work: Stoppable | None = None
        self.stop.clicked.connect(self._stop)
        self.details = PlainLabel(ink="text2", wraps=True, selectable=True)
        self.details.hide()
        self.heard.connect(self._show)
        self._place()
        self.column.addWidget(self.details)

    def begin(self) -> None:
        """Check off the GUI thread."""
        heard = self.heard

        def told(_stage: str, done: int, total: int) -> None:
            if isValid(self):
                heard.emit(done, total)

        work = self._work = Stoppable(told)
        desk = self._desk
        self.details.hide()
        self.bar.setRange(0, 0)
        self._start(
            lambda: desk.read(check, lambda done, total: work("check", done, total))
        )

    def _set_busy(self, busy: bool) -> None:
        super()._set_busy(busy)
        self.stop.setVisible(busy)

    def _stop(self) -> None:
        if self._work is not None:
            self._work.stop()

    def _show(self, done: int, total: int) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(done)

    def tell(self, value: Checked) -> None:
        """Say whether everything is as the journal says, and else what is not."""
        found = value.found
        read = _("{requests} requests and {entries} journal entries were read.").format(
            requests=count(found.checked), entries=count(found.entries)
        )
        if value.is_sound:
            words = _("Everything is as the journal says, and the file is whole.")
            self.say(f"{words} {read}", "ok")
            return
        wrong = []
        if value.damage:
            wrong.append(_("The file is damaged. Restore a backup."))
        if found.difference_count:
            many = found.difference_count
            wrong.append(
                ngettext(
                    "{n} value differs from what the journal adds up to.",
                    "{n} values differ from what the journal adds up to.",
                    many,
                ).format(n=count(many))
            )
        self.say(" ".join([*wrong, read]), "broken")
        self._name(value)

    def _name(self, value: Checked) -> None:
        lines = list(value.damage[:_MOST_NAMED])
        for one in value.found.differences[:_MOST_NAMED]:
            place = f"{one.table} {one.position}" if one.position else one.table
            lines.append(
                _(
                    "{request}, {place}, {column}: {stored} instead of {expected}"
                ).format(
                    request=one.reference,
                    place=place,
                    column=one.column,
                    stored=one.stored,
                    expected=one.expected,
                )
            )
        self.details.setText("\n".join(lines))
        self.details.show()
