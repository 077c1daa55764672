"""Over which days it is tried: a usual period, or from day to day."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.instants import FIRST_YEAR, LAST_YEAR
from desktop.i18n import gettext as _
from desktop.i18n import gettext_noop as N_
from desktop.queries.try_choices import TryBoard
from ui.common.form import DateInput
from ui.common.inputs import ChoiceInput
from ui.common.labels import PlainLabel
from ui.context import Context

PERIODS = (
    ("weeks", N_("Last 4 weeks"), 28),
    ("quarter", N_("Last 3 months"), 91),
    ("year", N_("Last 12 months"), 365),
    ("ever", N_("The whole history"), 0),
    ("own", N_("From day to day"), 0),
)


class PeriodBox(QWidget):
    """Says `changed`; `problem` is said below the days."""

    changed = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._board = TryBoard()
        self.period = ChoiceInput(
            [(name, _(words)) for name, words, _days in PERIODS], name=_("Period")
        )
        self.period.set_value("quarter")
        self.first, self.last = DateInput(name=_("From")), DateInput(name=_("Until"))
        self.problem = PlainLabel("", size="small", ink="broken", wraps=True)
        self._days = QWidget()
        days = QVBoxLayout(self._days)
        days.setContentsMargins(0, 0, 0, 0)
        for part in (self.first, self.last, self.problem):
            days.addWidget(part)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.period)
        layout.addWidget(self._days)
        self._days.hide()
        self.problem.hide()
        self.period.chosen.connect(self._choose)
        for dated in (self.first, self.last):
            dated.changed.connect(self.changed)

    def show_board(self, board: TryBoard) -> None:
        """Take since when there is a history."""
        self._board = board

    def _choose(self, name: object) -> None:
        if name == "own" and not self.first.value():
            found = self._span("quarter")
            if found is not None:
                self._show_days(*found)
        self._days.setVisible(name == "own")
        self.changed.emit()

    def _show_days(self, first: date, last: date) -> None:
        self.first.set_value(first.isoformat())
        self.last.set_value(last.isoformat())

    def restore(self, name: str, first: str, last: str) -> None:
        """Choose a period again."""
        known = [one for one, _words, _days in PERIODS]
        self.period.set_value(name if name in known else "own")
        if self.period.value() == "own":
            self.first.set_value(first)
            self.last.set_value(last)
        self._days.setVisible(self.period.value() == "own")

    def kept(self) -> tuple[str, str, str]:
        """Return the period's name, and its days where they are one's own."""
        name = str(self.period.value())
        if name != "own":
            return name, "", ""
        return name, self.first.value() or "", self.last.value() or ""

    def span(self) -> tuple[datetime, datetime] | None:
        """Return from when until when, the second excluded; None for no period."""
        days = self._span(str(self.period.value()))
        words = ""
        if days is None:
            words = _("Write the first and the last day.")
        elif days[0] > days[1]:
            words = _("The last day lies before the first. Turn them round.")
        elif days[0].year <= FIRST_YEAR or days[1].year >= LAST_YEAR:
            words = _("Calendars reach from {first} to {last}. Choose days in it.")
            words = words.format(first=FIRST_YEAR + 1, last=LAST_YEAR - 1)
        self.problem.setText(words)
        self.problem.setVisible(bool(words))
        if words or days is None:
            return None
        zone = self._context.clocks.zone
        first, after = (
            datetime.combine(day, time(), zone).astimezone(UTC)
            for day in (days[0], days[1] + timedelta(days=1))
        )
        return first, after

    def _span(self, chosen: str) -> tuple[date, date] | None:
        """Return first and last day, both included; the last is over."""
        today = self._day(self._context.ticker.now())
        if chosen == "own":
            try:
                return (
                    date.fromisoformat(self.first.value() or ""),
                    date.fromisoformat(self.last.value() or ""),
                )
            except ValueError:
                return None
        if chosen == "ever":
            board = self._board
            if board.first_at is None or board.last_at is None:
                return None
            return self._day(board.first_at), self._day(board.last_at)
        days = next(one for name, _words, one in PERIODS if name == chosen)
        return today - timedelta(days=days), today - timedelta(days=1)

    def _day(self, at: datetime) -> date:
        return at.astimezone(self._context.clocks.zone).date()
