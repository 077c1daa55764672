"""The line above the composer that says who else looks at a request, or writes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject

from ui.common.labels import PlainLabel
from ui.common.seeing import Seeing

if TYPE_CHECKING:
    from ui.common.request_pane.pane import RequestPane
    from ui.context import Context


class Company(PlainLabel):
    """Tells others what its pane shows, and shows what they look at."""

    def __init__(self, context: Context, pane: RequestPane) -> None:
        super().__init__("", size="small", ink="accent", parent=pane)
        self._pane = pane
        self._seeing = Seeing.of(context)
        self._seeing.changed.connect(self._say)
        pane.shown.connect(lambda _details: self._look())
        pane.composer.field.textChanged.connect(self._write)
        pane.installEventFilter(self)
        self.hide()

    def _look(self) -> None:
        if self._pane.isVisible():
            details = self._pane.details
            self._seeing.look(details.id if details is not None else None)
        self._say()

    def _write(self) -> None:
        field = self._pane.composer.field
        if field.hasFocus():
            self._seeing.write(bool(field.toPlainText().strip()))

    def _say(self) -> None:
        details = self._pane.details
        words = self._seeing.others(details.id) if details is not None else ""
        self.setText(words)
        self.setVisible(bool(words))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Come and go with the pane."""
        if event.type() == QEvent.Type.Show:
            self._look()
        elif event.type() == QEvent.Type.Hide:
            self._seeing.leave()
        return super().eventFilter(watched, event)
