"""The calendars of the house, and the button that makes another."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.formats import working_time
from desktop.i18n import gettext as _
from desktop.queries.calendars import CalendarRow
from ui.common.buttons import IconButton
from ui.common.labels import PlainLabel
from ui.common.lines import Line, Lines


class ListPane(QWidget):
    """`chosen(id)` when another calendar is; `new` asks for one."""

    chosen = Signal(int)
    new = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumWidth(200)
        self.button = IconButton("plus", _("New calendar"), key="Ctrl+Shift+N")
        self.list = Lines(_("Calendars"))
        head = QHBoxLayout()
        head.setContentsMargins(16, 0, 0, 0)
        head.setSpacing(0)
        head.addWidget(PlainLabel(_("Calendars"), size="title"))
        head.addStretch(1)
        head.addWidget(self.button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 16, 0, 0)
        layout.setSpacing(12)
        layout.addLayout(head)
        layout.addWidget(self.list, 1)
        self.button.clicked.connect(self.new)
        self.list.chosen.connect(lambda what: self.chosen.emit(what))

    def show_rows(
        self,
        rows: Sequence[CalendarRow],
        chosen: int | None,
        unsaved: Collection[int],
    ) -> None:
        """Show the calendars; those with changes not saved say so."""
        self.list.set_lines([_line(row, row.calendar_id in unsaved) for row in rows])
        if chosen is not None:
            self.list.choose(chosen)


def _line(row: CalendarRow, is_unsaved: bool) -> Line:
    hours = _("{hours} a week").format(hours=working_time(row.week_s))
    if row.is_around_the_clock:
        hours = _("always open")
    if row.closed_from is not None:
        hours = _("closed for good")
    words = f"{hours} · {row.zone.replace('_', ' ')}"
    kind = "risk" if is_unsaved else ""
    right = _("not saved") if is_unsaved else ""
    return Line(row.calendar_id, row.name, words, right, kind=kind)
