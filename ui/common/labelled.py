"""A field under its label, with what is wrong with it below."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.common.labels import PlainLabel


class Labelled(QWidget):
    """Label, a smaller note beside it, the field, and room for a complaint."""

    def __init__(
        self,
        label: str,
        field: QWidget,
        *,
        note: str = "",
        hint: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.field = field
        if not field.accessibleName():
            field.setAccessibleName(label)
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
        layout.addWidget(field)
        if hint:
            layout.addWidget(PlainLabel(hint, size="small", ink="text2", wraps=True))
        self._problem = PlainLabel("", size="small", ink="broken", wraps=True)
        self._problem.hide()
        layout.addWidget(self._problem)

    def show_problem(self, words: str) -> None:
        """Say what is wrong; nothing when words are empty."""
        self._problem.setText(words)
        self._problem.setVisible(bool(words))
        self.field.setAccessibleDescription(words)
        self.field.setProperty("refused", bool(words))
        self.field.style().unpolish(self.field)
        self.field.style().polish(self.field)
        self.field.update()

    def problem(self) -> str:
        """Return what is said to be wrong."""
        return self._problem.text()
