"""A list of the day: sections of lines, and the one that is chosen."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent

from desktop.i18n import gettext as _
from desktop.i18n import gettext_noop as N_
from desktop.queries.today import Line, TodayPart, TodaySection
from ui.common.cells import Section
from ui.common.seeing import Seeing
from ui.common.table_model import TableModel
from ui.common.table_view import TableView
from ui.context import Context
from ui.today.columns import key_of, today_columns

SECTIONS: dict[TodaySection, tuple[str, str]] = {
    TodaySection.APPROVALS: (N_("Waiting for your approval"), ""),
    TodaySection.OVERDUE: (N_("Overdue"), "broken"),
    TodaySection.DUE_TODAY: (N_("Due today"), "risk"),
    TodaySection.FOLLOW_UP: (N_("To look at again today"), ""),
    TodaySection.BROKEN_TODAY: (N_("Broken today, still open"), "broken"),
    TodaySection.AT_RISK: (N_("At risk"), "risk"),
    TodaySection.MINE: (N_("Yours, later"), ""),
    TodaySection.SESSIONS: (N_("Sessions of the coming week"), ""),
    TodaySection.ACTIONS: (N_("Actions due within a week"), ""),
}
"""Words and colour of each section."""


class DayList(QObject):
    """A table of lines in sections; `chosen` when one of them is."""

    chosen = Signal()

    def __init__(self, context: Context, name: str, *, margin: int) -> None:
        super().__init__()
        self.model: TableModel[Line] = TableModel(
            today_columns(context), key=key_of, parent=self
        )
        self.table = TableView(self.model, name=name, margin=margin)
        self.table.current_changed.connect(self._tell)
        self.table.installEventFilter(self)
        Seeing.of(context).changed.connect(self.model.beat)
        context.clocks.changed.connect(self.model.beat)

    def show(self, parts: Sequence[TodayPart]) -> None:
        """Show these parts of the day."""
        self.model.set_sections(
            [
                Section(
                    part.section.value,
                    _(SECTIONS[part.section][0]),
                    part.lines,
                    kind=SECTIONS[part.section][1],
                    count=part.count,
                )
                for part in parts
            ]
        )

    def choose(self, key: Hashable) -> bool:
        """Choose a line, if it is on this list and is not already."""
        place = self.model.place_of(key)
        if place >= 0 and self.table.currentIndex().row() != place:
            self.table.choose_place(place)
        return place >= 0

    def choose_none(self) -> None:
        """Choose nothing here: something is chosen on the other list."""
        flags = QItemSelectionModel.SelectionFlag
        self.table.selectionModel().setCurrentIndex(QModelIndex(), flags.Clear)

    def _tell(self, line: Line | None) -> None:
        if line is not None:
            self.chosen.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Choose a line as soon as the keyboard comes to a list without one."""
        if isinstance(event, QFocusEvent) and event.gotFocus():
            is_clicked = event.reason() == Qt.FocusReason.MouseFocusReason
            if not is_clicked and self.table.current_row() is None:
                self.table.choose_first()
        return False
