"""What a candidate weighs, and the requests behind it; opening one goes to it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop import formats
from desktop.domain.agenda import WeightPart
from desktop.i18n import gettext as _
from desktop.i18n import gettext_noop as N_
from desktop.i18n import ngettext
from desktop.queries.meeting_rows import EvidenceRow
from ui.common.buttons import Button
from ui.common.cells import Column, LinesCell, Section, TextCell
from ui.common.labels import PlainLabel
from ui.common.table_model import TableModel
from ui.common.table_view import TableView
from ui.meetings.rule_words import part_words

STATES = {
    "new": N_("New"),
    "active": N_("Being worked on"),
    "pending": N_("Waiting"),
    "resolved": N_("Resolved"),
    "closed": N_("Closed"),
    "declined": N_("Declined"),
    "cancelled": N_("Cancelled"),
}
COLUMNS: list[Column[EvidenceRow]] = [
    Column("reference", N_("Reference"), lambda row: TextCell(row.reference), 110),
    Column(
        "what",
        N_("What is asked"),
        lambda row: LinesCell(row.subject, row.service),
        280,
        stretch=True,
    ),
    Column("state", N_("State"), lambda row: LinesCell(_state(row), row.unit), 170),
]


def _state(row: EvidenceRow) -> str:
    return _(STATES[str(row.state)])


class EvidenceDialog(QDialog):
    """A plain table; Return or a double click opens a request."""

    opened = Signal(int)

    def __init__(
        self,
        title: str,
        rows: Sequence[EvidenceRow],
        total: int,
        parts: Sequence[WeightPart] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Evidence"))
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(680, 480)
        model: TableModel[EvidenceRow] = TableModel(COLUMNS, key=lambda row: row.id)
        model.set_sections([Section("all", "", rows)])
        self.table = TableView(model, name=_("Evidence"))
        model.setParent(self.table)
        self.open_button = Button(_("Open the request"), kind="primary", key="Return")
        self.close_button = Button(_("Close"), kind="quiet", key="Esc")
        self.open_button.setEnabled(bool(rows))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.setSpacing(12)
        layout.addWidget(PlainLabel(title, size="title", wraps=True))
        self.parts = PlainLabel(_weight(parts), size="small", ink="text2", wraps=True)
        layout.addWidget(self.parts)
        self.parts.setVisible(bool(parts))
        layout.addWidget(PlainLabel(_count(len(rows), total), ink="text2"))
        layout.addWidget(self.table, 1)
        self.table.setVisible(bool(rows))
        if not rows:
            layout.addStretch(1)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        foot.addWidget(self.open_button)
        layout.addLayout(foot)
        self.close_button.clicked.connect(self.reject)
        self.open_button.clicked.connect(self._open)
        self.table.opened.connect(lambda _row: self._open())
        if rows:
            self.table.choose(rows[0].id)
        self.table.setFocus()

    def _open(self) -> None:
        row = self.table.current_row()
        if isinstance(row, EvidenceRow):
            self.opened.emit(row.id)
            self.accept()


def _count(shown: int, total: int) -> str:
    words = ngettext("{count} request", "{count} requests", total)
    told = words.format(count=formats.count(total))
    if shown < total:
        more = _("{told}, the first {shown} are shown")
        return more.format(told=told, shown=formats.count(shown))
    return told


def _weight(parts: Sequence[WeightPart]) -> str:
    """Return what it weighs and of what: a line for each part."""
    total = sum(one.points for one in parts)
    lines = [f"{formats.number(one.points)}   {part_words(one)}" for one in parts]
    head = _("Weight {points}, of which").format(points=formats.number(total))
    return "\n".join((head, *lines))
