"""What can be promised, what really happens, and what to say: the right-hand pane."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop import formats
from desktop.i18n import gettext as _
from desktop.queries.promise import FEWEST_COMPARED
from ui.common.buttons import Button
from ui.common.customer_words import promise_sentence, spoken_day
from ui.common.histogram import Histogram
from ui.common.inputs import CheckInput
from ui.common.labels import IconLabel, PlainLabel
from ui.common.painting import draw_frame
from ui.common.scroll_area import ScrollArea
from ui.common.told_fields import ToldFields, told_sentences
from ui.new_request.chart import histogram_of
from ui.new_request.likely_words import comparison_words, likely_words
from ui.style import tokens

if TYPE_CHECKING:
    from desktop.domain.calendars import ServiceCalendar
    from desktop.queries.promise import PromiseView
    from desktop.queries.services import ServiceForm
    from ui.context import Context


class PromisePane(QWidget):
    """Speaks of the service chosen, as if it were sent now."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._view: PromiseView | None = None
        self._due: datetime | None = None
        self._usual = ""
        self._sentence = ""
        self._body = QWidget()
        layout = QVBoxLayout(self._body)
        layout.setContentsMargins(24, 16, 24, 24)
        layout.setSpacing(4)
        self._add_promise(layout)
        self._add_likely(layout)
        self._add_words(layout)
        self._add_closures(layout)
        layout.addStretch(1)
        self._nothing = PlainLabel(
            _("Choose a service to see what can be promised for it."),
            ink="text2",
            wraps=True,
        )
        self._nothing.setContentsMargins(24, 20, 24, 0)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        area = ScrollArea()
        area.setWidget(self._body)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area = area
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._nothing, 1)
        outer.addWidget(area, 1)
        self.show_promise(None)

    def set_margin(self, margin: int) -> None:
        """Leave so many pixels at both sides."""
        layout = self._body.layout()
        if layout is not None:
            layout.setContentsMargins(margin, 16, margin, 24)

    def _add_promise(self, layout: QVBoxLayout) -> None:
        layout.addWidget(PlainLabel(_("The promise"), bold=True))
        self.due_label = PlainLabel("", size="title", wraps=True)
        self.basis_label = PlainLabel("", size="small", ink="text2", wraps=True)
        self.usual_label = PlainLabel("", size="small", ink="text2", wraps=True)
        layout.addWidget(self.due_label)
        layout.addWidget(self.basis_label)
        layout.addWidget(self.usual_label)
        layout.addWidget(_Line())

    def _add_likely(self, layout: QVBoxLayout) -> None:
        layout.addWidget(PlainLabel(_("What really happens"), bold=True))
        self.likely_label = PlainLabel("", wraps=True)
        self.figures_label = PlainLabel("", size="small", ink="text2", wraps=True)
        self.chart = Histogram()
        self._axis = PlainLabel(
            _("working time from sending"), size="small", ink="text2"
        )
        for widget in (
            self.likely_label,
            self.figures_label,
            self.chart,
            self._axis,
            _Line(),
        ):
            layout.addWidget(widget)

    def _add_words(self, layout: QVBoxLayout) -> None:
        layout.addWidget(PlainLabel(_("What can I tell the customer"), bold=True))
        layout.addSpacing(4)
        card = _Card()
        inner = QVBoxLayout(card)
        inner.setContentsMargins(16, 12, 16, 12)
        inner.setSpacing(8)
        self.words_label = PlainLabel("", wraps=True, selectable=True)
        self.told_fields = ToldFields()
        self.told_fields.changed.connect(self.tick)
        self.copy_button = Button(_("Copy"), icon="copy", key="Ctrl+Shift+C")
        self.copy_button.clicked.connect(self.copy)
        self.told = CheckInput(_("The customer was told this"))
        self.told.setChecked(True)
        inner.addWidget(self.words_label)
        inner.addWidget(self.told_fields)
        inner.addWidget(self.copy_button)
        inner.addWidget(self.told)
        layout.addWidget(card)
        layout.addSpacing(8)

    def _add_closures(self, layout: QVBoxLayout) -> None:
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(IconLabel("calendar", ink="text2"), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(2)
        self.closures_label = PlainLabel("", wraps=True)
        self._closures_note = PlainLabel("", size="small", ink="text2", wraps=True)
        words.addWidget(self.closures_label)
        words.addWidget(self._closures_note)
        line.addLayout(words, 1)
        self._closures = QWidget()
        self._closures.setLayout(line)
        line.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._closures)

    # ------------------------------------------------------------ showing

    def show_promise(self, view: PromiseView | None) -> None:
        """Show what can be promised; None empties the pane."""
        self._view = view
        self._nothing.setVisible(view is None)
        self._area.setVisible(view is not None)
        self.tick()

    def due(self) -> datetime | None:
        """Return when it is promised for, sent now."""
        return self._due

    def show_service(self, service: ServiceForm | None) -> None:
        """Take what the house says of a service: when, how and at what price."""
        self._usual = service.told_when if service is not None else ""
        told = ("", "") if service is None else (service.told_how, service.told_price)
        self.told_fields.set_usual(*told)
        usual = _("The house says: {when}").format(when=self._usual)
        self.usual_label.setText(usual)
        self.usual_label.setVisible(bool(self._usual))
        self.tick()

    def words(self) -> str:
        """Return what to tell the customer, empty without a service."""
        return self.words_label.text() if self._view is not None else ""

    def told_words(self) -> str:
        """Return when the customer was told it is done, empty if nothing was told."""
        is_told = self.told.isChecked() and self._view is not None
        return self._sentence if is_told else ""

    def told_how(self) -> str:
        """Return how the customer was told it comes."""
        return self.told_fields.how.text().strip()

    def told_price(self) -> str:
        """Return what the customer was told it costs."""
        return self.told_fields.price.text().strip()

    def copy(self) -> None:
        """Copy what to tell the customer."""
        if self.words():
            QGuiApplication.clipboard().setText(self.words())
            self._context.offer_undo(_("Copied: what to tell the customer"))

    def tick(self) -> None:
        """Count from now anew; asks no database."""
        view = self._view
        if view is None:
            return
        now = self._context.ticker.now()
        calendar = self._calendar(view)
        self._due = view.due_at
        if calendar is not None and view.target is not None:
            self._due = view.due_from(calendar, now)
        self._say_promise(view, now)
        self._say_likely(view, calendar, now)
        self._sentence = promise_sentence(view, self._due, now)
        if self._due is None and self._usual:
            self._sentence = self._usual
        self.words_label.setText(
            told_sentences(self._sentence, self.told_how(), self.told_price())
        )
        self._say_closures(view)

    def _calendar(self, view: PromiseView) -> ServiceCalendar | None:
        if view.calendar_id is None:
            return None
        return self._context.clocks.calendar(view.calendar_id)

    def _say_promise(self, view: PromiseView, now: datetime) -> None:
        if self._due is None or view.zone is None or view.target_s is None:
            self.due_label.setText(_("No time is agreed"))
            self.basis_label.setText(
                _("There is no agreement with {unit} for this service.").format(
                    unit=view.unit
                )
                if view.agreement is None
                else _("{agreement}, version {number}, names no time for it.").format(
                    agreement=view.agreement, number=view.version
                )
            )
            return
        zone = ZoneInfo(view.zone)
        today = now.astimezone(zone).date()
        day = spoken_day(self._due.astimezone(zone).date(), today)
        self.due_label.setText(f"{day}, {formats.clock_time(self._due, zone)}")
        self.basis_label.setText(
            _("{time} of working time from now. {agreement}, version {number}").format(
                time=formats.working_time(view.target_s),
                agreement=view.agreement,
                number=view.version,
            )
        )

    def _say_likely(
        self, view: PromiseView, calendar: ServiceCalendar | None, now: datetime
    ) -> None:
        likely = view.likely
        is_shown = likely is not None and calendar is not None and bool(likely.bins)
        for widget in (self.figures_label, self.chart, self._axis):
            widget.setVisible(is_shown)
        if likely is None or calendar is None:
            self.likely_label.setText(
                _(
                    "Fewer than {count} requests were raised in the last half year, "
                    "too few to say how long they take."
                ).format(count=FEWEST_COMPARED)
            )
            return
        zone = calendar.zone
        self.likely_label.setText(likely_words(likely, calendar, now))
        self.figures_label.setText(comparison_words(likely, view.unit, zone))
        self.figures_label.show()
        if is_shown:
            self.chart.set_data(
                histogram_of(likely, view.target_s, calendar, now, zone)
            )

    def _say_closures(self, view: PromiseView) -> None:
        self._closures.setVisible(self._due is not None)
        if not view.closures:
            self.closures_label.setText(_("No closures before then"))
            self._closures_note.setText(_("Days that are closed anyway do not count"))
            return
        told = [
            f"{formats.day(one.start)}: {one.name}"
            if one.start == one.end
            else f"{formats.date_range(one.start, one.end, year=False)}: {one.name}"
            for one in view.closures[:5]
        ]
        self.closures_label.setText("\n".join(told))
        self._closures_note.setText(_("Closed before then; it does not count"))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the pane's ground and the line at its left."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), tokens().raised)
        painter.fillRect(QRectF(0, 0, 1, self.height()), tokens().line)


class _Line(QWidget):
    """A hairline between blocks."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(33)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(QRectF(0, 16, self.width(), 1), tokens().line)


class _Card(QWidget):
    """The card with the words to say."""

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = tokens()
        box = QRectF(self.rect())
        draw_frame(
            QPainter(self), box, ground=colours.surface, edge=colours.line, radius=8
        )
