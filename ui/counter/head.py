"""The counter's head: the day, how long the unit is open, and whose requests."""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QSizePolicy, QWidget

from desktop import formats
from desktop.i18n import gettext as _
from desktop.queries.lookups import UnitRow, units
from ui.common.buttons import Chip
from ui.common.labels import ElidedLabel, PlainLabel
from ui.common.painting import draw_text
from ui.counter.columns import CLOCK, HOLDER, columns_of
from ui.style import tokens

if TYPE_CHECKING:
    from desktop.domain.calendars import ServiceCalendar
    from ui.context import Context

WHOSE = "counter.whose"
LOOKED_AHEAD = timedelta(days=8)
"""Who is open as long as this does not close by any weekday's hours."""


class PageHead(QWidget):
    """Title, day and hours at the left; mine or the whole unit at the right."""

    whose_changed = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._calendar_id: int | None = None
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(PlainLabel(_("Counter"), size="title"))
        layout.addSpacing(8)
        self.day = ElidedLabel(ink="text2")
        layout.addWidget(self.day, 1)
        layout.addWidget(PlainLabel(_("Your requests"), size="small", ink="text2"))
        self.mine = Chip(_("Mine"))
        self.unit = Chip(context.me.unit_name or _("The unit"))
        self._group = QButtonGroup(self)
        for number, chip in enumerate((self.mine, self.unit)):
            self._group.addButton(chip, number)
            layout.addWidget(chip)
        is_unit = context.preferences.value(WHOSE) == "unit"
        (self.unit if is_unit else self.mine).setChecked(True)
        self._group.idClicked.connect(self._choose)
        self.setFixedHeight(40)
        context.operations.read(units).start(self, self._take_units)
        self.tick()

    def is_whole_unit(self) -> bool:
        """Tell whether everybody's requests are wanted."""
        return self.unit.isChecked()

    def toggle(self) -> None:
        """Switch between mine and the whole unit."""
        chip = self.mine if self.is_whole_unit() else self.unit
        chip.click()

    def _choose(self, number: int) -> None:
        self._context.preferences.set_value(WHOSE, "unit" if number else "mine")
        self.whose_changed.emit()

    def _take_units(self, rows: tuple[UnitRow, ...]) -> None:
        mine = [one for one in rows if one.id == self._context.me.unit_id]
        self._calendar_id = mine[0].calendar_id if mine else None
        self.tick()

    def tick(self) -> None:
        """Say the day, the time, and until when the unit is open."""
        now, clocks = self._context.ticker.now(), self._context.clocks
        day = formats.long_day(now.astimezone(clocks.zone).date())
        words = f"{day}, {formats.clock_time(now, clocks.zone)}"
        hours = self._hours()
        self.day.setText(f"{words}. {hours}" if hours else words)

    def _hours(self) -> str:
        now, clocks = self._context.ticker.now(), self._context.clocks
        calendar = (
            clocks.calendar(self._calendar_id)
            if self._calendar_id is not None
            else None
        )
        return open_words(calendar, now, clocks.zone) if calendar else ""


def open_words(calendar: ServiceCalendar, now: datetime, zone: tzinfo) -> str:
    """Say until when a unit is open, or when it opens."""
    if not calendar.is_open(now):
        when = formats.short_instant(calendar.next_open(now), now, zone)
        return _("Closed, opens {when}").format(when=when)
    ends = next(iter(calendar.spans(now, now + LOOKED_AHEAD))).end
    if ends == now + LOOKED_AHEAD:
        return _("Open day and night")
    if ends < now + timedelta(days=1):
        until = formats.clock_time(ends, zone)
    else:
        until = formats.short_instant(ends, now, zone)
    return _("Open until {time}").format(time=until)


class ColumnHeads(QWidget):
    """The names of the columns, once for all sections."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(20)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the names where the columns stand."""
        painter, at = QPainter(self), columns_of(self.width())
        for left, width, words in (
            (0, at.what_width, _("What, for whom")),
            (at.holder, HOLDER, _("Who holds it")),
            (at.clock, CLOCK, _("Promise")),
            (at.told, at.told_width, _("What can I tell the customer")),
        ):
            box = QRectF(left, 0, width, self.height())
            draw_text(painter, box, words, tokens().text2, size="small")
