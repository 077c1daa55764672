"""The days of a proof to scale: what was counted, what was held, what was closed."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop import formats
from desktop.domain.proofs import ProofKind
from desktop.i18n import gettext as _
from desktop.i18n import ngettext
from desktop.queries.proof import DayPart, ProofDay, ProofView
from ui.common.painting import CENTRE, RIGHT, draw_frame, draw_text, text_width
from ui.style import tokens

_ROW = 36
_BAR = 28
_TOP = 24
_FOOT = 44
_LABEL = 104
_SUM = 72
MOST_DAYS = 9
"""Longer proofs show their first days and their last ones, and say what is between."""

_FIRST_DAYS = 3


class DayStrip(QWidget):
    """One row a day, hours to scale, now and the due time as marks."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view: ProofView | None = None
        self._days: list[ProofDay | None] = []
        self._span = (8 * 3600, 16 * 3600)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_view(self, view: ProofView) -> None:
        """Show another proof."""
        self._view = view
        days = list(view.days)
        self._days = [*days]
        if len(days) > MOST_DAYS:
            last = MOST_DAYS - _FIRST_DAYS - 1
            self._days = [*days[:_FIRST_DAYS], None, *days[-last:]]
        starts = [part.from_s for day in days for part in day.parts]
        ends = [part.to_s for day in days for part in day.parts]
        for weekday in view.ground.weekly.values():
            starts += [one[0] for one in weekday]
            ends += [min(one[1], 86_400) for one in weekday]
        if starts:
            first, last_s = min(starts) // 3600 * 3600, -(-max(ends) // 3600) * 3600
            self._span = (first, max(last_s, first + 3600))
        self.setAccessibleName(
            ", ".join(
                f"{formats.day(day.day)} {formats.working_time(day.counted_s)}"
                for day in days
            )
        )
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the height of the days, the hours above and the marks below."""
        return QSize(520, _TOP + _ROW * len(self._days) + _FOOT)

    def _x(self, second: float) -> float:
        first, last = self._span
        room = self.width() - _LABEL - _SUM
        return _LABEL + room * (second - first) / (last - first)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint hours, days and marks."""
        if self._view is None:
            return
        painter = QPainter(self)
        self._draw_hours(painter)
        for number, day in enumerate(self._days):
            top = _TOP + number * _ROW
            if day is None:
                self._draw_between(painter, top)
            else:
                self._draw_day(painter, top, day)
        self._draw_marks(painter)
        self._draw_legend(painter)

    def _draw_hours(self, painter: QPainter) -> None:
        colours = tokens()
        first, last = self._span
        hours = range(first // 3600, last // 3600 + 1)
        step = 1 + int(len(hours) * 52 / max(1, self.width() - _LABEL - _SUM))
        bottom = _TOP + _ROW * len(self._days)
        for hour in list(hours)[::step]:
            x = self._x(hour * 3600)
            painter.fillRect(QRectF(x, _TOP, 1, bottom - _TOP), colours.line)
            box = QRectF(x - 30, 0, 60, _TOP - 4)
            words = f"{hour % 24:02}:00"
            draw_text(painter, box, words, colours.text2, size="small", align=CENTRE)

    def _draw_day(self, painter: QPainter, top: float, day: ProofDay) -> None:
        colours = tokens()
        label = QRectF(0, top, _LABEL - 8, _ROW)
        draw_text(painter, label, formats.day(day.day), colours.text)
        sums = QRectF(self.width() - _SUM, top, _SUM, _ROW)
        words = formats.working_time(day.counted_s)
        draw_text(painter, sums, words, colours.text, align=RIGHT)
        if day.closure and not day.parts:
            left, right = self._x(self._span[0]), self._x(self._span[1])
            box = QRectF(left, top + 4, right - left, _BAR)
            self._draw_closed(painter, box, day.closure)
        for part in day.parts:
            self._draw_part(painter, top, part)

    def _draw_closed(self, painter: QPainter, box: QRectF, name: str) -> None:
        colours = tokens()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(colours.edge, 1)
        pen.setDashPattern([4, 3])
        painter.setPen(pen)
        painter.setBrush(colours.surface)
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.restore()
        draw_text(
            painter,
            box.adjusted(8, 0, -8, 0),
            name,
            colours.text2,
            size="small",
            align=CENTRE,
        )

    def _draw_part(self, painter: QPainter, top: float, part: DayPart) -> None:
        colours = tokens()
        left, right = self._x(part.from_s), self._x(part.to_s)
        box = QRectF(left, top + 4, max(2.0, right - left - 1), _BAR)
        if part.kind is ProofKind.HELD:
            draw_frame(
                painter, box, ground=colours.heldbg, edge=colours.heldbar, radius=4
            )
            _hatch(painter, box, colours.heldbar)
            words, ink = _("held"), colours.held
        else:
            ground = colours.brokenbar if part.is_late else colours.accent
            ink = colours.onaccent
            if part.is_ahead:
                draw_frame(painter, box, ground=colours.soft, edge=ground, radius=4)
                ink = colours.accent
            else:
                draw_frame(painter, box, ground=ground, radius=4)
            words = formats.working_time(part.seconds)
        if text_width(words, "small") + 8 > box.width():
            return
        if part.kind is ProofKind.HELD:
            plate = text_width(words, "small") + 10
            middle = box.center().x()
            ground = colours.heldbg
            painter.fillRect(
                QRectF(middle - plate / 2, box.top() + 5, plate, _BAR - 10), ground
            )
        draw_text(painter, box, words, ink, size="small", align=CENTRE)

    def _draw_between(self, painter: QPainter, top: float) -> None:
        assert self._view is not None
        hidden = len(self._view.days) - (len(self._days) - 1)
        between = self._view.days[_FIRST_DAYS : _FIRST_DAYS + hidden]
        words = ngettext(
            "{count} more day, {time} counted",
            "{count} more days, {time} counted",
            hidden,
        ).format(
            count=hidden,
            time=formats.working_time(sum(day.counted_s for day in between)),
        )
        box = QRectF(_LABEL, top, self.width() - _LABEL - _SUM, _ROW)
        draw_text(painter, box, words, tokens().text2, size="small", align=CENTRE)

    def _draw_marks(self, painter: QPainter) -> None:
        view = self._view
        assert view is not None
        colours = tokens()
        marks: list[tuple[float, float, str, QColor, bool]] = []
        is_stopped = view.stopped_at is not None
        last = view.stopped_at if view.stopped_at is not None else view.now
        word = _("done {time}") if is_stopped else _("now {time}")
        for at, words, ink, bold in (
            (last, word, colours.text, False),
            (view.reading.due_at, _("due {time}"), self._due_ink(), True),
        ):
            if at is None:
                continue
            local = at.astimezone(view.zone)
            second = local.hour * 3600 + local.minute * 60
            for number, day in enumerate(self._days):
                if day is not None and day.day == local.date():
                    shown = words.format(time=formats.clock_time(at, view.zone))
                    top = _TOP + number * _ROW
                    marks.append((self._x(second), top, shown, ink, bold))
        for x, upper, _words, ink, bold in marks:
            painter.setPen(QPen(ink, 2, Qt.PenStyle.SolidLine if bold else _DASHED))
            painter.drawLine(int(x), int(upper), int(x), int(upper + _ROW + 4))
        self._label_marks(painter, marks)

    def _label_marks(
        self, painter: QPainter, marks: list[tuple[float, float, str, QColor, bool]]
    ) -> None:
        """Write the marks' words under the last row, apart from each other."""
        taken = -1e9
        bottom = _TOP + _ROW * len(self._days) + 2
        for x, top, words, ink, bold in sorted(marks):
            if top + _ROW < bottom - 8:
                continue
            width = text_width(words, "small", bold=bold) + 8
            left = min(max(x - width / 2, taken + 4), self.width() - width)
            box = QRectF(left, bottom, width, 18)
            draw_text(painter, box, words, ink, size="small", bold=bold, align=CENTRE)
            taken = left + width

    def _due_ink(self) -> QColor:
        assert self._view is not None
        reading = self._view.reading
        if reading.breached_at is not None:
            return tokens().broken
        return tokens().risk if reading.is_at_risk else tokens().accent

    def _draw_legend(self, painter: QPainter) -> None:
        colours = tokens()
        y = _TOP + _ROW * len(self._days) + 22.0
        x = 0.0
        kinds = {part.kind for day in self._days if day for part in day.parts}
        has_late = any(part.is_late for day in self._days if day for part in day.parts)
        entries: list[tuple[str, QColor, QColor]] = []
        if ProofKind.COUNTED in kinds:
            entries.append((_("counted"), colours.accent, colours.accent))
        if has_late:
            entries.append(
                (_("beyond the promise"), colours.brokenbar, colours.brokenbar)
            )
        if ProofKind.HELD in kinds:
            entries.append((_("held, not counted"), colours.heldbg, colours.heldbar))
        if any(day.closure for day in self._days if day):
            entries.append((_("not a working day"), colours.surface, colours.edge))
        whole = sum(text_width(words, "small") + 42 for words, *_inks in entries)
        step = 42 if whole - 20 <= self.width() else 30
        for words, ground, edge in entries:
            box = QRectF(x, y + 4, 16, 11)
            draw_frame(painter, box, ground=ground, edge=edge, radius=3)
            width = text_width(words, "small")
            draw_text(
                painter,
                QRectF(x + 22, y, width, 20),
                words,
                colours.text2,
                size="small",
            )
            x += width + step


_DASHED = Qt.PenStyle.DashLine


def _hatch(painter: QPainter, box: QRectF, ink: QColor) -> None:
    painter.save()
    faint = QColor(ink)
    faint.setAlphaF(0.55)
    painter.fillRect(
        box.adjusted(1, 1, -1, -1), QBrush(faint, Qt.BrushStyle.BDiagPattern)
    )
    painter.restore()
