"""Chooses a house or a mapping: one that comes along, or a file; says what it holds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget
from shiboken6 import isValid

from desktop.domain.errors import Refusal
from desktop.exchange.problems import BadFile
from desktop.i18n import gettext as _
from desktop.messages import refusal_words
from ui.common.inputs import ChoiceInput
from ui.common.labelled import Labelled
from ui.common.labels import PlainLabel
from ui.house.background import Run
from ui.house.fields import PathInput
from ui.house.problem_list import ProblemList
from ui.house.words import FilesRefused

FROM_FILE = ""
_TYPING_PAUSE_MS = 250


class SourcePicker(QWidget):
    """`value` is what was read, None while there is nothing usable chosen."""

    changed = Signal()

    def __init__(
        self,
        words: str,
        presets: Sequence[tuple[str, str]],
        *,
        load: Callable[[str, Path | None], Any],
        describe: Callable[[Any], str],
        run: Run,
        parent: QWidget | None = None,
    ) -> None:
        """Offer (name, words) presets and a file.

        `load(name, path)` reads a preset, or a file where the name is empty, off the
        GUI thread; it raises BadFile. `describe` says what was read.
        """
        super().__init__(parent)
        self.value: Any = None
        self._load, self._describe, self._run = load, describe, run
        self._asked = 0
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        options = [*presets, (FROM_FILE, _("From a file (TOML)"))]
        self.choice = ChoiceInput(options, name=words)
        self.choice.chosen.connect(lambda _chosen: self._choose())
        layout.addWidget(Labelled(words, self.choice))
        name = _("{what}: file").format(what=words)
        self.file = PathInput(name, filters="TOML (*.toml)")
        self.file.changed.connect(self._wait)
        layout.addWidget(self.file)
        self.told = PlainLabel(ink="text2", wraps=True)
        layout.addWidget(self.told)
        self.problems = ProblemList()
        layout.addWidget(self.problems, 1)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_TYPING_PAUSE_MS)
        self._pause.timeout.connect(self._choose)
        self.choice.setCurrentIndex(0)
        self._choose()

    def choose_preset(self, name: str) -> None:
        """Choose one that comes along."""
        self.choice.set_value(name)
        self._choose()

    def _wait(self) -> None:
        self._forget()
        self._pause.start()

    def _forget(self) -> None:
        self._asked += 1
        self.value = None
        self.told.setText("")
        self.told.set_ink("text2")
        self.problems.set_problems(())
        self.changed.emit()

    def _choose(self) -> None:
        self._pause.stop()
        self._forget()
        name = str(self.choice.value() or FROM_FILE)
        path = self.file.path()
        self.file.setVisible(name == FROM_FILE)
        if name == FROM_FILE and path is None:
            return
        asked, load = self._asked, self._load

        def read() -> Any:
            try:
                return load(name, None if name else path)
            except BadFile as bad:
                raise FilesRefused(bad.problems) from bad

        self._run(
            read,
            lambda value: self._take(asked, value),
            lambda refusal: self._refuse(asked, refusal),
        )

    def _take(self, asked: int, value: Any) -> None:
        if isValid(self) and asked == self._asked:
            self.value = value
            self.told.setText(self._describe(value))
            self.changed.emit()

    def _refuse(self, asked: int, refusal: Refusal) -> None:
        if not isValid(self) or asked != self._asked:
            return
        if not self.problems.show_refusal(refusal):
            self.told.set_ink("broken")
            self.told.setText(refusal_words(refusal))
        self.changed.emit()
