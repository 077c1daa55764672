"""The sheet of field words: what can be asked for, and how it is written."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QGridLayout, QVBoxLayout, QWidget

from desktop.domain.search_words import CODES, Field
from desktop.i18n import gettext as _
from ui.common.labels import PlainLabel
from ui.common.lists.words import FIELDS, OTHER_HELP
from ui.common.room import take_room
from ui.common.scroll_area import ScrollArea


class SearchHelp(QDialog):
    """Lists the field words with an example each; any key that opened it closes it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Searching with field words"))
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 24, 8, 24)
        outer.setSpacing(12)
        outer.addWidget(PlainLabel(_("Searching with field words"), size="title"))
        about = _(
            "Words are found wherever they stand, begun or whole, without accents. "
            "Field words narrow further; all of them have to be true."
        )
        outer.addWidget(PlainLabel(about, ink="text2", wraps=True))
        inner = QWidget()
        grid = QGridLayout(inner)
        grid.setContentsMargins(0, 0, 16, 0)
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        lines = [(_(words), example, "") for words, example in OTHER_HELP]
        lines += [(_(about), how, _values(one)) for one, (about, how) in FIELDS.items()]
        for row, (words, example, values) in enumerate(lines):
            top = Qt.AlignmentFlag.AlignTop
            grid.addWidget(PlainLabel(example, bold=True, selectable=True), row, 0, top)
            told = QVBoxLayout()
            told.setSpacing(0)
            told.addWidget(PlainLabel(words, wraps=True))
            if values:
                told.addWidget(
                    PlainLabel(values, size="small", ink="text2", wraps=True)
                )
            grid.addLayout(told, row, 1)
        area = ScrollArea()
        area.setWidget(inner)
        area.setAccessibleName(_("Field words"))
        outer.addWidget(area)
        take_room(self, 640, 640)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close on F1, ? and Escape."""
        if event.key() in (Qt.Key.Key_F1, Qt.Key.Key_Question, Qt.Key.Key_Escape):
            self.reject()
        else:
            super().keyPressEvent(event)


def _values(field: Field) -> str:
    return "  ".join(CODES.get(field, ()))
