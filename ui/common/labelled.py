"""A field under its label, with what is wrong with it below."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.i18n import gettext as _
from ui.common.labels import PlainLabel


class Labelled(QWidget):
    """Label, a smaller note beside it, the field, a hint, and what is wrong below."""

    def __init__(
        self,
        label: str,
        field: QWidget,
        *,
        needed: bool = False,
        note: str = "",
        hint: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.field = field
        note = _("needed") if needed else note
        # The part of a field that takes the keys is what a screen reader names.
        for part in (field, field.focusProxy()):
            if part is not None and part.accessibleName() in ("", label):
                part.setAccessibleName(f"{label}, {note}" if needed else label)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        head = QHBoxLayout()
        head.setSpacing(8)
        words = PlainLabel(label)
        words.setBuddy(field)
        head.addWidget(words)
        if note:
            head.addWidget(PlainLabel(note, size="small", ink="text2"))
        head.addStretch(1)
        layout.addLayout(head)
        self._head = head
        layout.addWidget(field)
        if hint:
            layout.addWidget(PlainLabel(hint, size="small", ink="text2", wraps=True))
        self._problem = Problem()
        layout.addWidget(self._problem)

    def add_tool(self, button: QWidget) -> None:
        """Put a button at the right, above the field."""
        self._head.addWidget(button)

    def show_problem(self, words: str) -> None:
        """Say what is wrong; nothing when words are empty."""
        self._problem.say(words, self.field)

    def refuse(self, words: str) -> None:
        """Say what is wrong, and put the keyboard there."""
        self.show_problem(words)
        self.field.setFocus()

    def problem(self) -> str:
        """Return what is said to be wrong."""
        return self._problem.text()


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
        typed = field.focusProxy() or field
        typed.setAccessibleDescription(words)
        typed.setProperty("refused", bool(words))
        typed.style().unpolish(typed)
        typed.style().polish(typed)
        typed.update()
