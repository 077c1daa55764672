"""The obstacles like the one being typed: one click says that they stop me, too."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.i18n import gettext as _
from ui.common.buttons import Button
from ui.common.labels import ElidedLabel, PlainLabel

if TYPE_CHECKING:
    from desktop.queries.obstacle_places import AlikeObstacle


class AlikeList(QWidget):
    """Hidden while nothing is alike; `wanted` names the one I am heard at."""

    wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[AlikeObstacle, ...] = ()
        self.buttons: list[Button] = []
        self._lines: list[QWidget] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(4)
        words = _("Is it one of these? Then say so, and it is answered for all of you.")
        self._layout.addWidget(PlainLabel(words, size="small", ink="text2", wraps=True))
        self.hide()

    def show_rows(self, rows: Sequence[AlikeObstacle]) -> bool:
        """Show what is alike now; tell whether there is more to show than before."""
        if tuple(rows) == self.rows:
            return False
        is_more = len(rows) > len(self.rows)
        self.rows = tuple(rows)
        for line in self._lines:
            self._layout.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._lines, self.buttons = [], []
        for row in self.rows:
            line = self._line(row)
            self._lines.append(line)
            self._layout.addWidget(line)
        self.setVisible(bool(self.rows))
        return is_more

    def _line(self, row: AlikeObstacle) -> QWidget:
        line = QWidget()
        layout = QHBoxLayout(line)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(ElidedLabel(f"#{row.number}  {row.title}"))
        who = _("You raised it") if row.is_mine else row.raised_by
        words.addWidget(ElidedLabel(who, size="small", ink="text2"))
        layout.addLayout(words, 1)
        if not row.is_mine:
            button = Button(_("This stops me too"), icon="thumb-up")
            told = _("#{number} stops me too").format(number=row.number)
            button.setAccessibleDescription(told)
            button.clicked.connect(lambda: self.wanted.emit(row))
            self.buttons.append(button)
            layout.addWidget(button)
        return line
