"""Writing the house to a file, and bringing one in, from the settings."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from desktop.domain.errors import Refusal
from desktop.domain.house import House
from desktop.exchange.house_file import read_house
from desktop.exchange.problems import BadFile
from desktop.i18n import gettext as _
from desktop.i18n import ngettext
from desktop.messages import refusal_words
from desktop.use_cases.houses import HouseApplied, apply_house
from desktop.workspaces import write_house
from ui.common.banner import BannerArea
from ui.common.buttons import Button
from ui.common.dialog import Dialog
from ui.house.background import Run
from ui.house.fields import file_dialog
from ui.house.words import house_words

if TYPE_CHECKING:
    from ui.operations import Operations

ENDING = ".house.toml"
_MOST_PROBLEMS = 8


class HouseBlock(QWidget):
    """Two buttons and what came of them; who may not change the house only writes."""

    def __init__(self, operations: Operations, run: Run, *, may_bring: bool) -> None:
        super().__init__()
        self._operations, self._run = operations, run
        self.dialog: QFileDialog | None = None
        self.question: Dialog | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        line = QHBoxLayout()
        line.setSpacing(8)
        self.write_button = Button(_("Write the house to a file…"), icon="download")
        self.write_button.clicked.connect(self._ask_where)
        self.bring_button = Button(_("Bring in a house file…"), icon="upload")
        self.bring_button.clicked.connect(self._ask_which)
        line.addWidget(self.write_button)
        line.addWidget(self.bring_button)
        line.addStretch(1)
        column.addLayout(line)
        # Shown before it has a place, it would be a window of its own for a moment.
        self.bring_button.setVisible(may_bring)
        self.verdict = BannerArea()
        column.addWidget(self.verdict)

    def words(self) -> str:
        """Return the verdict shown, or nothing."""
        return " ".join(self.verdict.words())

    # ------------------------------------------------------------ writing

    def _ask_where(self) -> None:
        words = _("Write the house to a file")
        self.dialog = file_dialog(self, words, "new_file")
        self.dialog.setDefaultSuffix(ENDING.lstrip("."))
        self.dialog.fileSelected.connect(lambda name: self.write(Path(name)))
        self.dialog.open()

    def write(self, path: Path) -> None:
        """Write the house; a file that is there is never replaced."""
        self._do(
            partial(write_house, self._operations.desk, path),
            lambda _house: self._say(
                _("The house is written: {path}").format(path=path), "ok"
            ),
        )

    # ------------------------------------------------------------ bringing in

    def _ask_which(self) -> None:
        self.dialog = file_dialog(self, _("Bring in a house file"), "file")
        self.dialog.fileSelected.connect(lambda name: self.read(Path(name)))
        self.dialog.open()

    def read(self, path: Path) -> None:
        """Read a file, say what is in it, and ask before it is applied."""
        self._do(partial(_read, path), partial(self._ask, path))

    def _ask(self, path: Path, house: House | BadFile) -> None:
        if isinstance(house, BadFile):
            told = [problem.told(_) for problem in house.problems[:_MOST_PROBLEMS]]
            self._say("\n".join(told), "broken")
            return
        words = _(
            "{path}\n{what}\nWhat is here already is brought in line with it, under "
            "new versions where agreements or calendars differ. What the file does not "
            "name stays as it is."
        ).format(path=path, what=house_words(house))
        title = _("Bring in “{name}”").format(name=house.name)
        question = Dialog(title, words, submit=_("Bring in"), parent=self)
        self.question = question

        def bring() -> None:
            question.accept()
            self._set_busy(True)
            self._operations.write(apply_house, house).start(
                self, self._told, self._refuse
            )

        question.submitted.connect(bring)
        question.open()

    def _told(self, applied: HouseApplied) -> None:
        self._set_busy(False)
        if applied.is_nothing:
            self._say(_("Everything is as the file says."), "ok")
            return
        made, changed = applied.created.total(), applied.changed.total()
        words = ngettext("{made} thing made", "{made} things made", made)
        more = ngettext("{changed} changed", "{changed} changed", changed)
        line = f"{words}, {more}."
        self._say(line.format(made=made, changed=changed), "ok")

    # ------------------------------------------------------------ telling

    def _do(self, job: Any, done: Any) -> None:
        self.verdict.withdraw()
        self._set_busy(True)

        def take(value: Any) -> None:
            if isValid(self):
                self._set_busy(False)
                done(value)

        self._run(job, take, self._refuse)

    def _set_busy(self, busy: bool) -> None:
        self.write_button.setEnabled(not busy)
        self.bring_button.setEnabled(not busy)

    def _say(self, words: str, kind: str) -> None:
        self.verdict.tell(words, kind=kind, closable=False)

    def _refuse(self, refusal: Refusal) -> None:
        if not isValid(self):
            return
        self._set_busy(False)
        self._say(refusal_words(refusal), "broken")


def _read(path: Path) -> House | BadFile:
    """Return the house of a file, or everything that is wrong with the file."""
    try:
        return read_house(path)
    except BadFile as bad:
        return bad
