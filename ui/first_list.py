"""The list one left off at, while the rest of the program is still being imported.

Its rows are real and can be chosen at once; what else is wanted waits for the page.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop.i18n import gettext as _
from desktop.queries.list_rows import QueueRow
from desktop.queries.sections import QueueSection, section_of
from ui.common.cells import Section
from ui.common.clock_words import ClockWords, clock_words
from ui.common.labels import PlainLabel
from ui.common.lists.section_words import SECTIONS
from ui.common.request_pane.request_columns import RowTelling, row_columns
from ui.common.table_model import TableModel
from ui.common.table_view import TableView
from ui.preferences import Preferences
from ui.remembered import FirstPage, Remembered
from ui.style import tokens

if TYPE_CHECKING:
    from desktop.domain.calendars import ServiceCalendar
    from desktop.domain.clock_views import ClockView
    from desktop.queries.first_rows import FirstRows

LONGEST_MS = 3_000
"""So long the page may take to read its rows before it is shown without them."""

_MOVING = frozenset(
    {
        Qt.Key.Key_Up,
        Qt.Key.Key_Down,
        Qt.Key.Key_Left,
        Qt.Key.Key_Right,
        Qt.Key.Key_PageUp,
        Qt.Key.Key_PageDown,
        Qt.Key.Key_Home,
        Qt.Key.Key_End,
        Qt.Key.Key_Tab,
        Qt.Key.Key_Backtab,
        Qt.Key.Key_Return,
        Qt.Key.Key_Enter,
        Qt.Key.Key_Shift,
        Qt.Key.Key_Control,
        Qt.Key.Key_Alt,
        Qt.Key.Key_AltGr,
        Qt.Key.Key_Meta,
    }
)
"""The keys the list itself knows, and those that do nothing alone."""


class _Moment:
    """The instant the rows were read at, and clocks as they stood then."""

    def __init__(self, rows: FirstRows) -> None:
        self._now = rows.moment.now
        self._calendars: Mapping[int, ServiceCalendar] = rows.calendars
        self.zone: tzinfo = rows.moment.zone

    def now(self) -> datetime:
        return self._now

    def words(self, view: ClockView | None) -> ClockWords:
        calendar = self._calendars.get(view.calendar_id) if view is not None else None
        return clock_words(view, calendar, self._now)


class _Silence:
    """Knows no news and no links: the page asks about them, and marks its rows."""

    def is_unread(self, _request_id: int, _entries: int) -> bool:
        return False

    def others(self, _request_id: int) -> str:
        return ""

    def words(self, _request_id: int) -> str:
        return ""


class FirstList(QWidget):
    """Lies over the pages, its table where the page will have it.

    ``wanted(request_id)``: a row was opened. `keys` are those pressed meanwhile;
    ``gone``: the page shows its rows now, and has what was chosen here.
    """

    wanted = Signal(int)
    gone = Signal()

    def __init__(
        self, pages: QWidget, kept: Remembered, rows: FirstRows, memory: Preferences
    ) -> None:
        """Show rows over ``pages``; columns are as ``memory`` has them."""
        super().__init__(pages.parentWidget())
        self.page: FirstPage = kept.page
        self.keys: list[str] = []
        self._pages = pages
        self._next: Any = None
        self.title = PlainLabel(kept.page.words, size="title", parent=self)
        moment, silence = _Moment(rows), _Silence()
        telling = RowTelling(kept.person_id, moment, moment, silence, silence)
        model: TableModel[QueueRow] = TableModel(
            row_columns(telling), key=lambda row: row.id, parent=self
        )
        model.sorts_itself = False
        self.table = TableView(model, name=kept.page.words, margin=24, parent=self)
        self.table.restore_state(memory, f"{kept.page.id}.table")
        if kept.page.columns:
            places = [(name, width) for name, width in kept.page.columns]
            self.table.columns.show(places)
            self.table.columns.show_sort(*kept.page.sort)
        if kept.page.is_grouped:
            model.set_sections(_sections(rows), has_more=rows.has_more)
        else:
            model.set_rows(rows.rows, has_more=rows.has_more)
        self.table.choose_first()
        self.table.opened.connect(lambda row: self.wanted.emit(row.id))
        self.table.installEventFilter(self)
        pages.installEventFilter(self)
        self._lie_over()
        self.setFocusProxy(self.table)
        self.show()
        self.raise_()

    def _lie_over(self) -> None:
        """Stand where the pages stand, the table where the page had it."""
        self.setGeometry(self._pages.geometry())
        width, height = self.page.size
        more = (self.width() - width, self.height() - height)
        self.title.setGeometry(QRect(*self.page.title))
        self.table.setGeometry(QRect(*self.page.table).adjusted(0, 0, *more))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the pages, and note keys that only the page knows."""
        if watched is self._pages and event.type() in (
            QEvent.Type.Resize,
            QEvent.Type.Move,
        ):
            self._lie_over()
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            is_copy = event.matches(QKeySequence.StandardKey.Copy)
            if event.key() not in _MOVING and not is_copy:
                self.keys.append(QKeySequence(event.keyCombination()).toString())
                return True
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground of a page."""
        QPainter(self).fillRect(event.rect(), tokens().surface)

    # ------------------------------------------------------------ the page comes

    def give_way(self, page: QWidget | None) -> None:
        """Go once a page has its rows; it goes on with what was chosen here."""
        reader: Any = getattr(page, "reader", None)
        if page is None or reader is None:
            self.leave()
            return
        self._next = page
        reader.laid_out.connect(self._go_on)
        QTimer.singleShot(LONGEST_MS, self, self.leave)
        self._go_on()

    def _go_on(self) -> None:
        # Its rows may be there before we ask, and it is laid out without them too.
        if self._next.reader.is_read and not self.isHidden():
            self._next.table.take_place_of(self.table)
            self.leave()
            self.gone.emit()

    def leave(self) -> None:
        """Go at once."""
        self._pages.removeEventFilter(self)
        self.hide()
        self.deleteLater()


def _sections(rows: FirstRows) -> list[Section[QueueRow]]:
    """Lay rows out as a list by due time does before it has been counted."""
    now, zone = rows.moment.now, rows.moment.zone
    grouped: dict[QueueSection, list[QueueRow]] = {}
    for row in rows.rows:
        grouped.setdefault(section_of(row, now, zone), []).append(row)
    return [
        Section(
            str(one),
            _(SECTIONS[one][0]),
            grouped[one],
            kind=SECTIONS[one][1],
            count=len(grouped[one]),
        )
        for one in QueueSection
        if one in grouped
    ]
