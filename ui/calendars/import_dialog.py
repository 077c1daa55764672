"""Closures out of an .ics file: what it would bring, and what could not be read."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from desktop.domain.calendars import CalendarSpec, Closure
from desktop.domain.errors import Refusal
from desktop.exchange.closures_ics import ClosuresFound, read_closures
from desktop.exchange.problems import BadFile, Problem
from desktop.i18n import gettext as _
from desktop.i18n import gettext_noop as N_
from desktop.i18n import ngettext
from ui.common.buttons import Button
from ui.common.dialog import Dialog
from ui.common.file_dialog import FileDialog
from ui.common.inputs import LineInput
from ui.common.labelled import Labelled
from ui.common.labels import PlainLabel
from ui.common.lines import HEIGHT, Line, Lines
from ui.common.week.words import closure_title, closure_words, problem_of

if TYPE_CHECKING:
    from ui.operations import Operations

LONGEST_PATH = 4000
PAUSE_MS = 250
MOST_SHOWN = 300
YEARS_AHEAD = 3
NOTHING_YET = N_("Choose a file to see what it would bring.")


class _PathField(QWidget):
    """The line of a path and the button that chooses one."""

    def __init__(self) -> None:
        super().__init__()
        self.line = LineInput(limit=LONGEST_PATH)
        self.browse = Button(_("Choose a file…"), icon="folder-open")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.line, 1)
        layout.addWidget(self.browse)
        self.setFocusProxy(self.line)


class ImportDialog(Dialog):
    """`closures()` are those the file would bring."""

    def __init__(
        self,
        spec: CalendarSpec,
        year: int,
        operations: Operations,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            _("Closures from a file"),
            _(
                "A calendar file (.ics). Whole-day events close whole days, timed ones "
                "that part of the day."
            ),
            submit=_("Add them"),
            parent=parent,
        )
        self.resize(640, 0)
        self._spec, self._operations = spec, operations
        self._years = range(year, year + YEARS_AHEAD)
        self._found: tuple[Closure, ...] = ()
        self._asked = 0
        chooser = _PathField()
        self.path, self.browse = chooser.line, chooser.browse
        self.box = Labelled(_("File"), chooser)
        self.body.addWidget(self.box)
        self.sentence = PlainLabel(_(NOTHING_YET), wraps=True)
        self.list = Lines(_("What the file would bring"), margin=8)
        self.list.setFixedHeight(3 * HEIGHT)
        self.problems = Lines(_("What could not be read"), margin=8)
        self.problems.setFixedHeight(2 * HEIGHT)
        kept = self.problems.sizePolicy()
        kept.setRetainSizeWhenHidden(True)
        self.problems.setSizePolicy(kept)
        self.problems.hide()
        for part in (self.sentence, self.list, self.problems):
            self.body.addWidget(part)
        self.submit_button.setEnabled(False)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._read)
        self.path.textChanged.connect(lambda _words: self._wait())
        self.browse.clicked.connect(self._browse)
        self.start_at(self.path)

    def set_path(self, path: Path) -> None:
        """Read a file."""
        self.path.setText(str(path))

    def closures(self) -> tuple[Closure, ...]:
        """Return the closures the file would bring."""
        return self._found

    def _browse(self) -> None:
        chooser = FileDialog(self, _("Closures from a file"))
        chooser.setFileMode(QFileDialog.FileMode.ExistingFile)
        chooser.setNameFilters([_("Calendar files (*.ics)"), _("All files (*)")])
        chooser.fileSelected.connect(self.path.setText)
        chooser.open()

    def _wait(self) -> None:
        self._found = ()
        self._asked += 1
        self.submit_button.setEnabled(False)
        self.box.show_problem("")
        self.sentence.setText(_(NOTHING_YET))
        self.list.set_lines(())
        self._show_problems(())
        if self.path.text().strip():
            self._pause.start()

    def _read(self) -> None:
        asked, spec, years = self._asked, self._spec, self._years
        path = Path(self.path.text().strip()).expanduser()

        def work() -> ClosuresFound | BadFile:
            try:
                return read_closures(path, spec, years=years)
            except BadFile as bad:
                return bad

        def show(found: ClosuresFound | BadFile) -> None:
            if asked == self._asked:
                self._show(found)

        self.sentence.setText(_("Reading the file…"))
        reading = self._operations.work_slowly(work)
        reading.start(self, show, self._refuse)

    def _refuse(self, refusal: Refusal) -> None:
        self.sentence.setText("")
        self.box.refuse(problem_of(refusal))

    def _show(self, found: ClosuresFound | BadFile) -> None:
        if isinstance(found, BadFile):
            self.sentence.setText("")
            self.box.refuse(" ".join(_said(one) for one in found.problems[:3]))
            return
        self._found = found.closures
        self.sentence.setText(_found_words(found))
        self.list.set_lines(
            [
                Line((n, one), closure_title(one), closure_words(one), icon="ban")
                for n, one in enumerate(found.closures[:MOST_SHOWN])
            ]
        )
        self._show_problems(found.problems)
        self.submit_button.setEnabled(bool(found.closures))

    def _show_problems(self, problems: Sequence[Problem]) -> None:
        self.problems.setVisible(bool(problems))
        self.problems.set_lines(
            [
                Line((n, one), one.what(_), _place(one), icon="alert-triangle")
                for n, one in enumerate(problems[:MOST_SHOWN])
            ]
        )


def _said(problem: Problem) -> str:
    return f"{problem.what(_)} {problem.remedy(_)}"


def _place(problem: Problem) -> str:
    if problem.line:
        return _("line {n}").format(n=problem.line) + " · " + problem.remedy(_)
    return problem.remedy(_)


def _found_words(found: ClosuresFound) -> str:
    new, known, bad = len(found.closures), len(found.already), len(found.problems)
    parts = [
        ngettext(
            "{count} closure would be added.", "{count} closures would be added.", new
        ).format(count=new)
    ]
    if known:
        parts.append(
            ngettext(
                "{count} is in the calendar already.",
                "{count} are in the calendar already.",
                known,
            ).format(count=known)
        )
    if bad:
        parts.append(
            ngettext(
                "{count} event could not be read and is left out.",
                "{count} events could not be read and are left out.",
                bad,
            ).format(count=bad)
        )
    if new > MOST_SHOWN:
        parts.append(_("The first {count} are shown.").format(count=MOST_SHOWN))
    return " ".join(parts)
