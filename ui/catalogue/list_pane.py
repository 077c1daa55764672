"""The services of the house, found by typing, and the button that makes another."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.text import fold_for_search, in_line
from desktop.formats import count
from desktop.i18n import gettext as _
from desktop.i18n import ngettext
from desktop.queries.catalogue import CatalogueRow
from ui.common.buttons import IconButton
from ui.common.inputs import SearchField
from ui.common.labels import PlainLabel
from ui.common.lines import Line, Lines


class ListPane(QWidget):
    """`chosen(id)` when another service is; `new` asks for one."""

    chosen = Signal(int)
    new = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumWidth(180)
        self._rows: Sequence[CatalogueRow] = ()
        self._unsaved: Collection[int] = ()
        self._current: int | None = None
        self.button = IconButton("plus", _("New service"), key="Ctrl+Shift+N")
        self.field = SearchField(_("Find a service"))
        self.list = Lines(_("Services"))
        self.none = PlainLabel(_("No service fits."), ink="text2", wraps=True)
        self.none.setContentsMargins(16, 0, 16, 0)
        head = QHBoxLayout()
        head.setContentsMargins(16, 0, 8, 0)
        head.addWidget(PlainLabel(_("Services"), size="title"))
        head.addStretch(1)
        head.addWidget(self.button)
        search = QHBoxLayout()
        search.setContentsMargins(16, 0, 16, 0)
        search.addWidget(self.field)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 16, 0, 0)
        layout.setSpacing(12)
        layout.addLayout(head)
        layout.addLayout(search)
        layout.addWidget(self.none)
        layout.addWidget(self.list, 1)
        self.none.hide()
        self.button.clicked.connect(self.new)
        self.field.textChanged.connect(lambda _words: self._show())
        self.list.chosen.connect(lambda what: self.chosen.emit(what))

    def show_rows(
        self,
        rows: Sequence[CatalogueRow],
        current: int | None,
        unsaved: Collection[int],
    ) -> None:
        """Show the services; those with changes not saved say so."""
        self._rows, self._current, self._unsaved = rows, current, unsaved
        self._show()

    def _show(self) -> None:
        words = fold_for_search(self.field.text()).split()
        fitting = [row for row in self._rows if _fits(row, words)]
        self.list.set_lines([_line(r, r.service_id in self._unsaved) for r in fitting])
        self.none.setVisible(bool(self._rows) and not fitting)
        if self._current is not None:
            self.list.choose(self._current)


def _fits(row: CatalogueRow, words: Sequence[str]) -> bool:
    text = fold_for_search(f"{row.name} {row.unit}")
    return all(word in text for word in words)


def _line(row: CatalogueRow, is_unsaved: bool) -> Line:
    questions = ngettext("{count} question", "{count} questions", row.questions)
    second = in_line(row.unit, questions.format(count=row.questions), wide=True)
    right = count(row.used) if row.used else ""
    kind = ""
    if not row.is_active:
        right, kind = _("not offered"), "text2"
    if is_unsaved:
        right, kind = _("not saved"), "risk"
    return Line(row.service_id, row.name or _("New service"), second, right, "", kind)
