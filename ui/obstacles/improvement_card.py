"""An improvement: before and after as two bars with their numbers, and its proof."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from desktop import formats
from desktop.domain.improvements import (
    ENDED,
    READINGS,
    Figure,
    ImprovementState,
    Measure,
    ProofCode,
    Span,
)
from desktop.i18n import gettext as _
from desktop.queries.improvements import ImprovementRow
from desktop.reports.obstacle_words import (
    IMPROVEMENT_STATES,
    MEASURED_OF,
    MEASURES,
    figure_words,
    of_words,
    proof_words,
    value_words,
)
from ui.common.buttons import Button
from ui.common.flow_layout import FlowLayout
from ui.common.labels import PlainLabel, StateChip
from ui.common.painting import RIGHT, draw_frame, draw_text, text_width
from ui.style import tokens

STATE_KINDS = {
    ImprovementState.PLANNED: ("", "calendar-event"),
    ImprovementState.RUNNING: ("held", "hourglass"),
    ImprovementState.PROVEN: ("ok", "circle-check"),
    ImprovementState.NOT_PROVEN: ("risk", "circle-x"),
    ImprovementState.DROPPED: ("", "circle-minus"),
}
PROOF_KINDS = {
    ProofCode.BETTER: "ok",
    ProofCode.BETTER_NOT_ENOUGH: "risk",
    ProofCode.WORSE: "broken",
}
_ROW, _BAR = 44, 12


class BeforeAfter(QWidget):
    """Two bars on one scale, each with its value, its n and its period."""

    def __init__(self, row: ImprovementRow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._measure: Measure = row.measured.measure
        self._target = row.target
        after = row.after or Figure(None, 0)
        self.bars = [
            (_("Before"), row.before, _period(row.baseline)),
            (_("After"), after, _period(row.proof_days)),
        ]
        if row.after is None:
            self.bars.pop()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(". ".join(self.lines()))

    def lines(self) -> list[str]:
        """Return what the bars say, as a screen reader gets it."""
        return [
            f"{name}: {figure_words(self._measure, figure)}, {of_words(figure)}, {days}"
            for name, figure, days in self.bars
        ]

    def sizeHint(self) -> QSize:
        """Return the room of both bars and the line of the target."""
        return QSize(280, _ROW * len(self.bars) + (20 if self._target else 0))

    def _scale(self) -> float:
        if READINGS[self._measure].form == "share":
            return 1.0
        values = [figure.value or 0.0 for _name, figure, _days in self.bars]
        return max(*values, self._target or 0.0, 1e-9) * 1.02

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the bars, their words, and where the target lies."""
        painter = QPainter(self)
        colours = tokens()
        scale, width = self._scale(), float(self.width())
        for number, (name, figure, days) in enumerate(self.bars):
            top = float(number * _ROW)
            shown = figure_words(self._measure, figure)
            head = QRectF(0, top, width, 20)
            draw_text(painter, head, f"{name}  {shown}", colours.text, bold=True)
            left = text_width(f"{name}  {shown}", bold=True) + 12
            quiet = QRectF(left, top, width - left, 20)
            told = f"{of_words(figure)}  ·  {days}"
            draw_text(painter, quiet, told, colours.text2, size="small", align=RIGHT)
            track = QRectF(0, top + 22, width, _BAR)
            draw_frame(painter, track, ground=colours.track, radius=3)
            if figure.value:
                share = min(figure.value / scale, 1.0)
                bar = QRectF(0, top + 22, max(width * share, 2.0), _BAR)
                is_after = number == 1
                ink = colours.accent if is_after else colours.edge
                draw_frame(painter, bar, ground=ink, radius=3)
        if self._target is not None:
            self._paint_target(painter, scale, width)

    def _paint_target(self, painter: QPainter, scale: float, width: float) -> None:
        colours = tokens()
        assert self._target is not None
        at = min(self._target / scale, 1.0) * (width - 2)
        for number in range(len(self.bars)):
            mark = QRectF(at, number * _ROW + 18, 2, _BAR + 8)
            painter.fillRect(mark, colours.text)
        words = _("Target {value}").format(
            value=value_words(self._measure, self._target)
        )
        room = text_width(words, "small")
        left = min(max(at - room / 2, 0), width - room)
        place = QRectF(left, len(self.bars) * _ROW, room + 2, 18)
        draw_text(painter, place, words, colours.text2, size="small")


def _period(span: Span) -> str:
    return formats.date_range(span.first, span.last)


class ImprovementCard(QWidget):
    """`wanted` names what to do with it: confirm, change, drop."""

    wanted = Signal(str)

    def __init__(
        self, row: ImprovementRow, *, may_act: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.row = row
        self.buttons: dict[str, Button] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 16)
        column.setSpacing(8)
        kind, icon = STATE_KINDS[row.state]
        head = QWidget()
        flow = FlowLayout(head)
        what = PlainLabel(_("Improvement"), ink="text2")
        what.setMinimumHeight(24)  # as high as the chip beside it
        flow.addWidget(what)
        flow.addWidget(
            StateChip(_(IMPROVEMENT_STATES[row.state]), kind=kind, icon=icon)
        )
        column.addWidget(head)
        self._add(column, row.title, bold=True)
        self._add(column, row.text)
        self._add(column, " → ".join((row.front, row.back)) + _service(row), "text2")
        measure = row.measured.measure
        self._add(column, _(MEASURES[measure]), bold=True)
        self.bars = BeforeAfter(row)
        column.addWidget(self.bars)
        self._add(column, _(MEASURED_OF[measure]), "text2")
        self.verdict = self._verdict()
        proof = row.proof
        ink = PROOF_KINDS.get(proof, "text") if proof is not None else "text"
        self._add(column, self.verdict, ink)
        self._add(column, self._when(), "text2")
        self._add(column, row.closed_why, "text2")
        if may_act and row.state not in ENDED:
            self._add_buttons(column)

    @staticmethod
    def _add(
        column: QVBoxLayout, words: str, ink: str = "text", *, bold: bool = False
    ) -> None:
        if words:
            label = PlainLabel(words, ink=ink, bold=bold, wraps=True, selectable=True)
            label.setMinimumWidth(1)
            column.addWidget(label)

    def _verdict(self) -> str:
        """Say what the two figures mean, or how far the days have come."""
        row = self.row
        if row.proof is not None:
            return proof_words(row.measured.measure, row.proof)
        if row.state is ImprovementState.DROPPED:
            return ""
        if row.after is None:
            return _("The days after it have not begun.")
        return _("So far; the days after it are not over.")

    def _when(self) -> str:
        row = self.row
        told = _("{owner} proves it on {day}")
        if row.state in ENDED:
            told = _("{owner} owned it")
        owner = row.owner or _("Somebody")
        return told.format(owner=owner, day=formats.day(row.proof_on, year=True))

    def _add_buttons(self, column: QVBoxLayout) -> None:
        box = QWidget()
        flow = FlowLayout(box)
        offered = [("change", _("Change"), "pencil"), ("drop", _("Give up"), "x")]
        if self.row.is_over:
            offered.insert(0, ("confirm", _("Confirm the proof"), "check"))
        for act, words, icon in offered:
            button = Button(words, icon=icon)
            button.clicked.connect(lambda _on=False, act=act: self.wanted.emit(act))
            self.buttons[act] = button
            flow.addWidget(button)
        column.addWidget(box)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the card's ground."""
        box = QRectF(self.rect())
        draw_frame(QPainter(self), box, ground=tokens().raised, radius=8)


def _service(row: ImprovementRow) -> str:
    return f"  ·  {row.service}" if row.service else ""
