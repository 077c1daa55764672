"""The fields of the agreement editor: label and refusal, typed lengths and times."""

from __future__ import annotations

import re

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.i18n import gettext as _
from ui.common.form import DateInput
from ui.common.inputs import LineInput
from ui.common.labels import PlainLabel

_LENGTH = re.compile(
    r"(?P<hours>\d{1,7}(?:[.,]\d{1,4})?)\s*h?"
    r"|(?:(?P<whole>\d{1,7})\s*(?:h\s*|:))?(?P<minutes>\d{1,5})\s*(?:m|min)?"
)
_TIME = re.compile(r"(\d{1,2})(?::([0-5]\d))?")


class FieldBox(QWidget):
    """Label above, the input, a hint, and the refusal below the field."""

    def __init__(
        self,
        label: str,
        field: QWidget,
        *,
        needed: bool = False,
        hint: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.field = field
        head = QHBoxLayout()
        head.setSpacing(8)
        title = PlainLabel(label)
        title.setBuddy(field)
        head.addWidget(title)
        if needed:
            head.addWidget(PlainLabel(_("needed"), size="small", ink="text2"))
        head.addStretch(1)
        self.hint = PlainLabel(hint, size="small", ink="text2", wraps=True, parent=self)
        self.hint.setVisible(bool(hint))
        self.problem = Problem()
        named = field.line if isinstance(field, DateInput) else field
        named.setAccessibleName(f"{label}, {_('needed')}" if needed else label)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(head)
        layout.addWidget(field)
        layout.addWidget(self.hint)
        layout.addWidget(self.problem)
        layout.addStretch(1)

    def show_problem(self, words: str) -> None:
        """Say what is wrong; empty words take it back."""
        field = self.field
        self.problem.say(words, field.line if isinstance(field, DateInput) else field)


class Problem(PlainLabel):
    """What is wrong with a field, below it; hidden while nothing is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", size="small", ink="broken", wraps=True, parent=parent)
        self.hide()

    def say(self, words: str, field: QWidget | None = None) -> None:
        """Show words and mark the field they are about."""
        self.setText(words)
        self.setVisible(bool(words))
        if field is None:
            return
        field.setAccessibleDescription(words)
        field.setProperty("refused", bool(words))
        field.style().unpolish(field)
        field.style().polish(field)
        field.update()


def small_line(name: str, placeholder: str = "", width: int = 88) -> LineInput:
    """Return a short line for a length or a time of day."""
    line = LineInput(limit=20, placeholder=placeholder, name=name)
    line.setFixedWidth(width)
    return line


def length_s(words: str) -> int | None:
    """Read "8", "8 h", "2.5 h", "2 h 30", "2:30" or "45 min" as seconds.

    A number alone is hours. None for what is no length.
    """
    match = _LENGTH.fullmatch(words.strip().lower())
    if match is None:
        return None
    if match["hours"]:
        return round(float(match["hours"].replace(",", ".")) * 3600)
    return int(match["whole"] or 0) * 3600 + int(match["minutes"]) * 60


def length_words(seconds: int) -> str:
    """Write seconds as they are read: "8", "2:30"."""
    hours, rest = divmod(seconds // 60, 60)
    return f"{hours}:{rest:02}" if rest else str(hours)


def time_s(words: str) -> int | None:
    """Read a time of day, "14:00" or "14", as seconds; None for anything else."""
    match = _TIME.fullmatch(words.strip())
    if match is None:
        return None
    seconds = int(match[1]) * 3600 + int(match[2] or 0) * 60
    return seconds if seconds <= 86_400 else None
