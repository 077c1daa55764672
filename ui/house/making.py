"""Making a workspace out of a house: off the GUI thread, with what was refused."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSignalBlocker
from shiboken6 import isValid

from desktop.config import default_workspace
from desktop.domain.errors import Refusal
from desktop.domain.house import House
from desktop.i18n import gettext as _
from desktop.messages import refusal_words
from ui.house.fields import PathInput
from ui.house.start import Part
from ui.start import StartCase

ENDING = ".counterpart"
Complain = Callable[[str, str], None]
"""Says at a field what is wrong: its name and the words."""


def free_place(case: StartCase) -> Path:
    """Return the place asked for, or the next one where nothing is yet."""
    is_missing = case.refusal is not None and (case.refusal.code == "workspace_missing")
    wanted = Path(case.workspace) if is_missing else default_workspace()
    path, number = wanted, 2
    while path.exists():
        path = wanted.with_name(f"{wanted.stem}-{number}{wanted.suffix}")
        number += 1
    return path


class Making:
    """Makes the file of one part and opens it; what is wrong is said at "place"."""

    def __init__(
        self,
        part: Part,
        complain: Complain,
        busy_changed: Callable[[], None] | None = None,
        done: Callable[[], None] | None = None,
    ) -> None:
        self._part, self._complain, self._done = part, complain, done
        self._busy_changed = busy_changed
        self.is_busy = False

    def start(self, house: House, place: PathInput) -> None:
        """Make a workspace with a house in it where the field says."""
        path = place.path()
        if self.is_busy:
            return
        if path is None:
            self._complain("place", _("Say where the file should go."))
            place.line.setFocus()
            return
        path = path if path.suffix else path.with_suffix(ENDING)
        with QSignalBlocker(place):
            place.set_path(path)
        now = self._part.acts.clock()

        def make() -> Path:
            from desktop.workspaces import start_workspace

            return start_workspace(path, house, now)

        self._set_busy(True)
        self._part.acts.busy(make, self._made, partial(self._failed, place))

    def _set_busy(self, busy: bool) -> None:
        self.is_busy = busy
        self._part.bar.setVisible(busy)
        self._part.banners.withdraw("refusal")
        if self._busy_changed is not None:
            self._busy_changed()

    def _made(self, path: Path) -> None:
        if isValid(self._part):
            if self._done is not None:
                self._done()
            self._part.acts.open_workspace(str(path))

    def _failed(self, place: PathInput, refusal: Refusal) -> None:
        if not isValid(self._part):
            return
        self._set_busy(False)
        if refusal.code.startswith("workspace_"):
            self._complain("place", refusal_words(refusal))
            place.line.setFocus()
        else:
            self._part.say_refusal(refusal)
