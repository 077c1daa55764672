"""A workspace that cannot be opened: what it is, where, and what can be done."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget
from shiboken6 import isValid

from desktop.domain.errors import Refusal
from desktop.i18n import gettext as _
from desktop.i18n import gettext_noop as N_
from desktop.messages import refusal_words
from ui.common.buttons import Button
from ui.common.flow_layout import FlowLayout
from ui.common.inputs import ChoiceInput
from ui.common.labelled import Labelled
from ui.common.labels import IconLabel, PlainLabel
from ui.house.first import choose_workspace
from ui.house.start import Part, StartScreen
from ui.house.words import here

if TYPE_CHECKING:
    from desktop.workspaces import Backup

LEFT = N_("The file was left as it is.")

# code without "workspace_": (what is wrong, what to do about it)
FINDINGS: dict[str, tuple[str, str]] = {
    "missing": (
        N_("There is no such file"),
        N_(
            "It may have been moved or renamed. Choose where it is now, or start a "
            "new workspace there."
        ),
    ),
    "empty": (
        N_("This file is empty"),
        N_(
            "It has no bytes in it, so there is nothing to open. Restore a backup, or "
            "choose another file."
        ),
    ),
    "directory": (
        N_("This is a folder, not a file"),
        N_("Choose the workspace file in it."),
    ),
    "unreadable": (
        N_("This file cannot be read"),
        N_(
            "The computer says: {detail}. Ask whoever looks after it for the right to "
            "read the file, then try again."
        ),
    ),
    "not_a_database": (
        N_("This file is not a Counterpart workspace"),
        N_("It holds something else. Choose another file."),
    ),
    "truncated": (
        N_("A part of this file is missing"),
        N_(
            "It ends too early, as after a copy that was broken off. Copy it again "
            "from where it came, or restore a backup."
        ),
    ),
    "foreign": (
        N_("This file belongs to another program"),
        N_("It is a database, but not one of Counterpart’s. Choose another file."),
    ),
    "newer": (
        N_("A newer Counterpart made this workspace"),
        N_(
            "It has format {schema}, which this program does not know. Update the "
            "program, or choose another file."
        ),
    ),
    "corrupt": (
        N_("This file is damaged"),
        N_("Restore a backup, or choose another file. The check says: {detail}"),
    ),
    "read_only": (
        N_("This file may only be read"),
        N_(
            "Work has to be written down, in the file and in the folder it is in. Ask "
            "for the right to write both, then try again."
        ),
    ),
    "network": (
        N_("This file lies on a network drive"),
        N_(
            "There it could be damaged while it is in use ({detail}). Move it to a "
            "disk of this computer, then choose it there."
        ),
    ),
    "synced": (
        N_("This folder is copied to other computers"),
        N_(
            "A file in use could be torn by that ({detail}). Move it to a folder that "
            "is not synchronised, then choose it there."
        ),
    ),
}
RESTORABLE = frozenset({"missing", "empty", "not_a_database", "truncated", "corrupt"})
MAY_COME_BACK = frozenset({"missing", "unreadable", "read_only", "network", "synced"})


class RefusedPart(Part):
    """Names the finding and offers what helps; the file is not touched."""

    def __init__(self, screen: StartScreen) -> None:
        refusal = screen.case.refusal or Refusal("workspace_missing")
        self.kind = refusal.code.removeprefix("workspace_")
        title, words = _told(refusal)
        super().__init__(screen, title, words)
        self.column.removeWidget(self.title)
        head = QHBoxLayout()
        head.setSpacing(12)
        top = Qt.AlignmentFlag.AlignTop
        head.addWidget(IconLabel("alert-triangle", size=24, ink="risk"), 0, top)
        head.addWidget(self.title, 1)
        self.column.insertLayout(0, head)
        self.place = PlainLabel(screen.case.workspace, wraps=True, selectable=True)
        self.column.insertWidget(1, self.place)
        if self.kind in FINDINGS and self.kind not in ("missing", "directory"):
            self.column.addWidget(PlainLabel(_(LEFT), ink="text2"))
        self._add_backups()
        self.column.addWidget(self.bar)
        self.column.addWidget(self.banners)
        self.column.addWidget(self._buttons())
        self.column.addStretch(1)
        self.setFocusProxy(self.choose)
        if self.kind in RESTORABLE and "://" not in self.case.workspace:
            self.acts.busy(self._find_backups(), self._offer_backups, self._fail)

    def _buttons(self) -> QWidget:
        holder = QWidget()
        line = FlowLayout(holder)
        self.choose = Button(_("Choose another file…"), icon="folder-open")
        self.choose.clicked.connect(self._choose)
        self.again = Button(_("Try again"), icon="refresh")
        self.again.setVisible(self.kind in MAY_COME_BACK or self.kind not in FINDINGS)
        self.again.clicked.connect(self._try_again)
        self.new = Button(_("Start a new workspace…"), icon="plus")
        self.new.clicked.connect(self._start_new)
        self.demo = Button(_("Try the demo"), kind="quiet", icon="player-play")
        self.demo.clicked.connect(self.acts.open_demo)
        for button in (self.choose, self.again, self.new, self.demo):
            line.addWidget(button)
        return holder

    def _add_backups(self) -> None:
        self.backup = ChoiceInput(name=_("Backup of"))
        self.restore = Button(_("Restore this backup"), kind="primary", icon="history")
        self.restore.clicked.connect(self._restore)
        words = _("Backups found beside it")
        self.backups = Labelled(
            words,
            self.backup,
            hint=_("It is checked first. What is there now is kept beside it."),
        )
        self.backups.hide()
        self.restore.hide()
        self.column.addWidget(self.backups)
        self.column.addWidget(self.restore)

    def _find_backups(self) -> partial[tuple[Backup, ...]]:
        return partial(_backups_of, Path(self.case.workspace))

    def _offer_backups(self, found: tuple[Backup, ...]) -> None:
        if not isValid(self) or not found:
            return
        self.backup.set_options([(one.path, here(one.made_at)) for one in found])
        self.backup.setCurrentIndex(0)
        self.backups.show()
        self.restore.show()
        self.setFocusProxy(self.restore)
        if self.choose.hasFocus():
            self.restore.setFocus()

    def _restore(self) -> None:
        copy, workspace = self.backup.value(), Path(self.case.workspace)
        assert isinstance(copy, Path)
        self.restore.setEnabled(False)
        self.bar.show()
        self.banners.withdraw("refusal")
        job = partial(_put_back, copy, workspace, self.acts.clock())
        self.acts.busy(job, lambda _done: self._try_again(), self._fail)

    def _fail(self, refusal: Refusal) -> None:
        if isValid(self):
            self.restore.setEnabled(True)
            self.bar.hide()
            self.say_refusal(refusal)

    def _try_again(self) -> None:
        if isValid(self):
            self.acts.open_workspace(self.case.workspace)

    def _choose(self) -> None:
        path = Path(self.case.workspace)
        choose_workspace(self, path if self.kind == "directory" else path.parent)

    def _start_new(self) -> None:
        from ui.house.new_workspace import NewWorkspacePart

        self.stage.go(NewWorkspacePart)


def _told(refusal: Refusal) -> tuple[str, str]:
    """Return what is wrong, and what to do, in words."""
    kind = refusal.code.removeprefix("workspace_")
    if kind not in FINDINGS:
        return _("This workspace cannot be opened"), refusal_words(refusal)
    title, words = FINDINGS[kind]
    details = {"detail": "", "schema": "", **refusal.details}
    return _(title), _(words).format(**details)


def _backups_of(workspace: Path) -> tuple[Backup, ...]:
    from desktop.workspaces import backups_of

    return backups_of(workspace)


def _put_back(copy: Path, workspace: Path, now: datetime) -> object:
    from desktop.workspaces import put_back

    return put_back(copy, workspace, now)
