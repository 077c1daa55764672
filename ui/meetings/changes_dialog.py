"""What changed on an agenda since the version handed out before, item by item."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop.i18n import gettext as _
from desktop.reports.agenda_changes import change_words, changes_title
from ui.common.buttons import Button
from ui.common.labels import PlainLabel
from ui.common.scroll_area import ScrollArea
from ui.meetings.words import BoardWords


class ChangesDialog(QDialog):
    """A plain list of sentences."""

    def __init__(self, words: BoardWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        paper = words.paper
        self.setWindowTitle(_("What changed"))
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(560, 400)
        self.lines = [change_words(one, paper, words) for one in paper.changed]
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(8)
        for line in self.lines:
            column.addWidget(PlainLabel(line, wraps=True))
        column.addStretch(1)
        scroll = ScrollArea()
        scroll.setWidget(holder)
        close = Button(_("Close"), kind="primary", key="Esc")
        close.clicked.connect(self.accept)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.setSpacing(12)
        layout.addWidget(PlainLabel(changes_title(paper), size="title", wraps=True))
        layout.addWidget(scroll, 1)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(close)
        layout.addLayout(foot)
        close.setFocus()
