"""The week editor with what holds from when, its sum, and what is to say about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.calendars import CalendarSpec, Interval
from desktop.formats import date_range
from desktop.i18n import gettext as _
from ui.calendars.draft import week_since
from ui.common.buttons import Button
from ui.common.inputs import ChoiceInput
from ui.common.labels import PlainLabel
from ui.common.scroll_area import ScrollArea
from ui.common.week.canvas import WeekCanvas
from ui.common.week.words import total_words

SHOWN_MS = 8000


class WeekPane(ScrollArea):
    """`edited(since, weekly)`: the hours that hold from a date (None: from the first).

    `add_week` and `remove_week(since)` ask for other hours from a date on.
    """

    edited = Signal(object, object)
    add_week = Signal()
    remove_week = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._spec = CalendarSpec("UTC")
        self._is_locked = False
        self.since = ChoiceInput(name=_("Hours that hold"))
        self.since.setMinimumContentsLength(22)
        self.add = Button(_("Other hours from a date…"), icon="plus")
        self.remove = Button(_("Remove these"), kind="quiet", icon="trash")
        self.total = PlainLabel("")
        self.canvas = WeekCanvas()
        self.status = PlainLabel("", ink="text2")
        self.note = PlainLabel("", ink="text2", wraps=True)
        self.problem = PlainLabel("", ink="broken", wraps=True)
        self.help = PlainLabel(
            _(
                "Drag on a day to make hours, drag them to move, their ends to resize; "
                "with Shift in steps of 5 minutes. By keyboard: Tab to hours, arrows "
                "move, Shift and arrows resize (with Ctrl by 5 minutes), Enter types "
                "the day, Del removes, Ctrl+C and Ctrl+V copy a day, Ctrl+Z takes back."
            ),
            size="small",
            ink="text2",
            wraps=True,
        )
        self._place()
        self._away = QTimer(self)
        self._away.setSingleShot(True)
        self._away.setInterval(SHOWN_MS)
        self._away.timeout.connect(lambda: self._say_note(""))
        self._connect()
        self.setFocusProxy(self.canvas)

    def _place(self) -> None:
        inner = QWidget()
        head = QHBoxLayout()
        head.setSpacing(8)
        for part in (self.since, self.add, self.remove):
            head.addWidget(part)
        head.addStretch(1)
        head.addWidget(self.total)
        column = QVBoxLayout(inner)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(8)
        column.addLayout(head)
        column.addSpacing(8)
        column.addWidget(self.canvas, 100)
        self.problem.hide()
        self.note.hide()
        for label in (self.problem, self.status, self.note, self.help):
            column.addWidget(label)
        column.addStretch(1)
        self.setWidget(inner)

    def _connect(self) -> None:
        self.since.chosen.connect(lambda _since: self._show_hours())
        self.add.clicked.connect(self.add_week)
        self.remove.clicked.connect(lambda: self.remove_week.emit(self.chosen()))
        self.canvas.edited.connect(self._edit)
        self.canvas.told.connect(self.status.setText)
        self.canvas.typing.refused.connect(self.show_problem)

    def chosen(self) -> date | None:
        """Return since when the hours on screen hold; None: from the beginning."""
        value = self.since.value()
        return value if isinstance(value, date) else None

    def show_spec(self, spec: CalendarSpec, *, is_locked: bool = False) -> None:
        """Show the hours of a calendar."""
        self._spec, self._is_locked = spec, is_locked
        options: list[tuple[object, str]] = [("", _("From the beginning"))]
        options += [
            (
                one.valid_from,
                _("From {date}").format(
                    date=date_range(one.valid_from, one.valid_from)
                ),
            )
            for one in spec.later
        ]
        self.since.set_options(options)
        if self.since.value() is None:
            self.since.set_value("")
        self.canvas.is_locked = is_locked
        self.add.setVisible(not is_locked)
        self.help.setVisible(not is_locked)
        self._show_hours()

    def choose(self, since: date | None) -> None:
        """Show the hours that hold from a date."""
        self.since.set_value(since if since is not None else "")
        self._show_hours()

    def _show_hours(self) -> None:
        weekly = week_since(self._spec, self.chosen())
        self.remove.setVisible(self.chosen() is not None and not self._is_locked)
        self.canvas.show_week(weekly)
        self.status.setText(self.canvas.words())
        self.total.setText(total_words(weekly))

    def _edit(self, weekly: Mapping[int, Sequence[Interval]], note: str) -> None:
        self.show_problem("")
        self.edited.emit(self.chosen(), weekly)
        self._say_note(note)

    def _say_note(self, words: str) -> None:
        self.note.setText(words)
        self.note.setVisible(bool(words))
        if words:
            self._away.start()

    def show_problem(self, words: str) -> None:
        """Say what is wrong with the hours, below them."""
        self.problem.setText(words)
        self.problem.setVisible(bool(words))
