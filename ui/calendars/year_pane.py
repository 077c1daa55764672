"""The year with its closures beside it: days are closed, given hours, opened again."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.calendars import CalendarSpec, Closure
from desktop.formats import day as day_words
from desktop.i18n import gettext as _
from ui.calendars.day_marks import Legend
from ui.calendars.days import known_year, year_states
from ui.calendars.year_canvas import YearCanvas
from ui.common.buttons import Button, IconButton
from ui.common.flow_layout import FlowLayout
from ui.common.labels import PlainLabel, SectionHeading
from ui.common.lines import Line, Lines
from ui.common.scroll_area import ScrollArea
from ui.common.week.words import closure_title, closure_words, hours_words

SIDE, LEAST_SIDE = 296, 224
WIDE_PX = 760
"""From here on the closures have all the room they want beside the year."""


class YearPane(QWidget):
    """What is done with days is asked of the page: `close`, `hours`, `usual` and more.

    `edit` and `remove` are about a row of the list: a closure, a date with hours of
    its own, or the date from which it is closed for good.
    """

    close_days = Signal()
    give_hours = Signal()
    usual_hours = Signal()
    edit = Signal(object)
    remove = Signal(object)
    holidays = Signal()
    read_file = Signal()
    for_good = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._spec = CalendarSpec("UTC")
        self._is_locked = False
        self.canvas = YearCanvas()
        self.year_label = PlainLabel("", size="title")
        self.back = IconButton("chevron-left", _("The year before"))
        self.forward = IconButton("chevron-right", _("The year after"))
        self.closing = Button(_("Close…"), icon="ban")
        self.hours = Button(_("Other hours…"), icon="clock")
        self.usual = Button(_("As every week"), kind="quiet", icon="arrow-back-up")
        self.status = PlainLabel("", wraps=True)
        self.note = PlainLabel("", ink="text2", wraps=True)
        self.problem = PlainLabel("", ink="broken", wraps=True)
        self.heading = SectionHeading(_("Closures"))
        self.list = Lines(_("Closures and hours of single dates"), margin=8)
        self.change = Button(_("Change…"), icon="pencil")
        self.away = Button(_("Remove"), icon="trash")
        self.public = Button(_("Public holidays…"), icon="flag")
        self.import_button = Button(_("From a file…"), icon="file-import")
        self.good = Button(_("Close for good…"), kind="quiet", icon="circle-x")
        self._place()
        self._connect()
        self.setFocusProxy(self.canvas)

    def _place(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.back)
        head.addWidget(self.year_label)
        head.addWidget(self.forward)
        acts = FlowLayout()
        for button in (self.closing, self.hours, self.usual):
            acts.addWidget(button)
        head.addSpacing(16)
        head.addLayout(acts, 1)
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addLayout(head)
        left.addWidget(self._days(), 1)
        left.addWidget(self.problem)
        left.addWidget(self.status)
        self.problem.hide()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(24, 16, 16, 16)
        layout.setSpacing(16)
        layout.addLayout(left, 1)
        layout.addWidget(self._closures())

    def _days(self) -> ScrollArea:
        """Return the months, which scroll where they have no room to be read."""
        self._page = QWidget()
        column = QVBoxLayout(self._page)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(8)
        column.addWidget(self.canvas, 1)
        column.addWidget(Legend())
        self.months = ScrollArea()
        self.months.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.months.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.months.setWidget(self._page)
        return self.months

    def _closures(self) -> QWidget:
        self.side = QWidget()
        self.side.setFixedWidth(SIDE)
        right = QVBoxLayout(self.side)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(8)
        right.addWidget(self.heading)
        right.addWidget(self.list, 1)
        right.addWidget(self.note)
        below = FlowLayout()
        for button in (
            *(self.change, self.away),
            *(self.public, self.import_button, self.good),
        ):
            below.addWidget(button)
        right.addLayout(below)
        return self.side

    def _connect(self) -> None:
        self.back.clicked.connect(lambda: self.turn(-1))
        self.forward.clicked.connect(lambda: self.turn(1))
        canvas = self.canvas
        canvas.turned.connect(self.turn)
        canvas.chosen.connect(self._say)
        canvas.chosen.connect(self._show_day)
        # The months are where they will be once the area knows how high they are.
        queued = Qt.ConnectionType.QueuedConnection
        canvas.laid_out.connect(self._show_month, queued)
        canvas.acted.connect(self._act)
        canvas.removed.connect(self._remove_chosen)
        self.closing.clicked.connect(self.close_days)
        self.hours.clicked.connect(self.give_hours)
        self.usual.clicked.connect(self.usual_hours)
        self.list.chosen.connect(self._show_row)
        self.list.acted.connect(self._edit)
        self.list.removed.connect(self._remove)
        self.change.clicked.connect(lambda: self._edit(self.list.what()))
        self.away.clicked.connect(lambda: self._remove(self.list.what()))
        self.public.clicked.connect(self.holidays)
        self.import_button.clicked.connect(self.read_file)
        self.good.clicked.connect(self.for_good)

    # ------------------------------------------------------------ what is shown

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the days their room before the closures beside them."""
        super().resizeEvent(event)
        self.side.setFixedWidth(SIDE if self.width() >= WIDE_PX else LEAST_SIDE)

    def _show_day(self) -> None:
        """Scroll to the day the keyboard is on."""
        self._scroll_to(self.canvas.day_box(self.canvas.day))

    def _show_month(self) -> None:
        """Scroll to the whole month the keyboard is in."""
        self._scroll_to(self.canvas.month_box(self.canvas.day.month))
        self._show_day()

    def _scroll_to(self, box: QRectF) -> None:
        at = self.canvas.mapTo(self._page, box.center().toPoint())
        self.months.ensureVisible(at.x(), at.y(), 0, int(box.height() / 2) + 4)

    def begin(self, today: date) -> None:
        """Start at the present day."""
        self._show_year(today.year)
        self.canvas.choose(today)
        self._show_month()

    def show_spec(self, spec: CalendarSpec, *, is_locked: bool = False) -> None:
        """Show the days of a calendar in the year on screen."""
        self._spec, self._is_locked = spec, is_locked
        for button in (self.closing, self.hours, self.public, self.import_button):
            button.setVisible(not is_locked)
        self.good.setVisible(not is_locked)
        self._show_year(self.canvas.year)

    def turn(self, by: int) -> None:
        """Show another year."""
        if known_year(self.canvas.year + by):
            self._show_year(self.canvas.year + by)

    def _show_year(self, year: int) -> None:
        self.canvas.show_year(year, year_states(self._spec, year))
        self.year_label.setText(str(year))
        self.back.setEnabled(known_year(year - 1))
        self.forward.setEnabled(known_year(year + 1))
        rows = self._rows(year)
        self.list.set_lines(rows)
        words = _("Closures and other hours in {year}").format(year=year)
        self.heading.set_words(words, count=len(rows))
        self.note.setVisible(not rows)
        empty = _("Nothing is closed this year. Choose days and close them.")
        self.note.setText("" if rows else empty)
        self._say()

    def _rows(self, year: int) -> list[Line]:
        first, last = date(year, 1, 1), date(year, 12, 31)
        found: list[tuple[date, Line]] = []
        for closure in self._spec.closures:
            begins = next((a for a, _b in closure.occurrences(first, last)), None)
            if begins is None:
                continue
            icon = "flag" if closure.is_public_holiday else "ban"
            words = closure_words(closure, year=closure.start.year != closure.end.year)
            line = Line(closure, closure_title(closure), words, icon=icon)
            found.append((begins, line))
        for day, hours in self._spec.overrides.items():
            if day.year == year:
                title = hours_words(hours)
                words = f"{day_words(day)}, {_('other hours')}"
                found.append((day, Line(day, title, words, icon="clock")))
        closed = self._spec.closed_from
        if closed is not None:
            words = _("from {date}").format(date=day_words(closed, year=True))
            row = Line("good", _("Closed for good"), words, icon="circle-x")
            found.append((closed, row))
        return [line for _day, line in sorted(found, key=lambda one: one[0])]

    def _say(self) -> None:
        self.status.setText(self.canvas.words())
        first, last = self.canvas.days()
        own = any(first <= day <= last for day in self._spec.overrides)
        self.usual.setVisible(own and not self._is_locked)
        has_row = self.list.what() is not None and not self._is_locked
        for button in (self.change, self.away):
            button.setEnabled(has_row)
            button.setVisible(bool(self.list.lines()) and not self._is_locked)

    def show_problem(self, words: str) -> None:
        """Say what is wrong with the closures, below the year."""
        self.problem.setText(words)
        self.problem.setVisible(bool(words))

    # ------------------------------------------------------------ what is done

    def _show_row(self, what: object) -> None:
        """Choose the days a row of the list is about."""
        year = self.canvas.year
        if isinstance(what, Closure):
            first, last = date(year, 1, 1), date(year, 12, 31)
            for begins, ends in what.occurrences(first, last):
                self.canvas.choose(max(begins, first), min(ends, last))
                break
        elif isinstance(what, date):
            self.canvas.choose(what)
        self._say()

    def _act(self) -> None:
        if not self._is_locked:
            self.close_days.emit()

    def _edit(self, what: object) -> None:
        if what is not None and not self._is_locked:
            self.edit.emit(what)

    def _remove(self, what: object) -> None:
        if what is not None and not self._is_locked:
            self.remove.emit(what)

    def _remove_chosen(self) -> None:
        """Remove what makes the chosen day unlike others: its closure, or its hours."""
        first, last = self.canvas.days()
        for closure in reversed(self._spec.closures):
            if any(True for _span in closure.occurrences(first, last)):
                self._remove(closure)
                return
        if any(first <= day <= last for day in self._spec.overrides):
            self.usual_hours.emit()
