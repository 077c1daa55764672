"""Why this time? The sentence, the days to scale, the lines, and what they rest on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.errors import Refusal
from desktop.domain.proofs import ProofKind
from desktop.domain.text import shortened
from desktop.i18n import current_language, speaking
from desktop.i18n import gettext as _
from desktop.i18n import gettext_noop as N_
from desktop.messages import refusal_words
from ui.common.buttons import Button, IconButton, SegmentedControl
from ui.common.cells import Column, LinesCell, TextCell
from ui.common.file_dialog import FileDialog
from ui.common.labels import IconLabel, PlainLabel
from ui.common.painting import draw_frame
from ui.common.request_pane.applies import AppliesView
from ui.common.request_pane.promise_budget import PromiseBudget
from ui.common.request_pane.request_words import promise_words
from ui.common.scroll_area import ScrollArea
from ui.common.table_model import TableModel
from ui.common.table_view import TableView
from ui.request import proof_words
from ui.request.day_strip import DayStrip
from ui.style import tokens

if TYPE_CHECKING:
    from desktop.queries.proof import ProofView
    from desktop.queries.request_details import RequestDetails
    from ui.context import Context


class WhyPanel(QWidget):
    """The proof of one clock; several clocks of a request are chosen above it."""

    closed = Signal()
    clock_chosen = Signal(int)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.view: ProofView | None = None
        self.position = 0
        self._positions: list[int] = []
        self._choice: SegmentedControl | None = None
        self.strip = DayStrip()
        self.sentence = PlainLabel(ink="text2", wraps=True, selectable=True)
        self._make_table()
        self.result = _Result()
        self.budget = PromiseBudget()
        self.applies = AppliesView()
        self.move_button = Button(_("Put it under another…"), icon="switch-horizontal")
        self.move_button.hide()
        self._ground = QWidget()
        self._place()

    def _make_table(self) -> None:
        self.model: TableModel[int] = TableModel(
            [
                Column("when", N_("When"), self._when, 196, least=156),
                Column("what", N_("What"), self._what, 120, stretch=True),
                Column(
                    "counted",
                    N_("Counted"),
                    self._counted,
                    160,
                    at_right=True,
                    gives_way=True,
                ),
                Column("total", N_("So far"), self._total, 72, at_right=True),
            ],
            key=lambda number: number,
            parent=self,
        )
        self.table = TableView(self.model, name=_("Proof, line by line"))
        self.table.verticalHeader().setDefaultSectionSize(LINE)
        self.table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        header = self.table.horizontalHeader()
        header.setSectionsClickable(False)
        header.setSortIndicatorShown(False)

    def _place(self) -> None:
        self.title = PlainLabel(_("Why this time?"), size="title")
        self.copy_button = IconButton("copy", _("Copy as text"), key="Ctrl+Shift+C")
        self.copy_button.clicked.connect(self.copy_text)
        self.pdf_button = IconButton("file-type-pdf", _("Save as PDF"))
        self.pdf_button.clicked.connect(self.ask_where)
        self.close_button = Button(_("Close"), kind="quiet", key="Esc")
        self.close_button.clicked.connect(self.closed)
        self._choices = QHBoxLayout()
        inner = QWidget()
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(32, 4, 32, 24)
        self._column.setSpacing(12)
        self._column.addLayout(self._choices)
        self._column.addWidget(self.sentence)
        self._column.addWidget(self.strip)
        self._column.addWidget(self.table)
        self._column.addWidget(self.result)
        for heading, part in (
            (_("Each unit’s part"), self.budget),
            (_("What the count rests on"), self._ground),
            (_("Why this agreement?"), self.applies),
        ):
            self._column.addSpacing(8)
            self._column.addWidget(PlainLabel(heading, bold=True))
            self._column.addWidget(part)
        self._column.addWidget(self.move_button)
        self._column.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(self._head())
        layout.addWidget(_scrolled(inner), 1)

    def _head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setContentsMargins(32, 16, 32, 8)
        head.addWidget(self.title)
        head.addStretch(1)
        for button in (self.copy_button, self.pdf_button, self.close_button):
            head.addWidget(button)
        return head

    # ------------------------------------------------------------ showing

    def show_clocks(self, details: RequestDetails, position: int) -> None:
        """Offer the request's clocks to choose from, with one chosen."""
        positions = [one.position for one in details.clocks]
        self.position = position
        if positions != self._positions:
            self._positions = positions
            self._withdraw_choice()
            if 1 < len(positions) <= MOST_CHOICES:
                self._offer(details)
        if self._choice is not None:
            self._choice.set_value(str(position))

    def _withdraw_choice(self) -> None:
        while self._choices.count():
            item = self._choices.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._choice = None

    def _offer(self, details: RequestDetails) -> None:
        several = len({one.unit for one in details.clocks}) > 1
        options = []
        for one in details.clocks:
            words = promise_words(one.view.kind)
            shown = f"{words}, {shortened(one.unit, 16)}" if several else words
            options.append((str(one.position), shown))
        self._choice = SegmentedControl(options, name=_("Which promise"))
        self._choice.let_shrink()
        self._choice.chosen.connect(lambda one: self.clock_chosen.emit(int(one)))
        self._choices.addWidget(self._choice)
        self._choices.addStretch(1)

    def show_proof(self, view: ProofView) -> None:
        """Show a proof."""
        self.view = view
        self.sentence.setText(proof_words.sentence(view))
        self.strip.set_view(view)
        self.model.set_rows(list(range(len(view.rows) + 1)))
        self.model.beat()
        height = 28 + 4
        for number in range(len(view.rows) + 1):
            is_two = isinstance(self.model.cell(number, 1), LinesCell)
            line = TWO_LINES if is_two else LINE
            self.table.verticalHeader().resizeSection(number, line)
            height += line
        self.table.setFixedHeight(height)
        self.result.show_result(*proof_words.result(view))
        self._show_ground(view)
        self.pdf_button.setEnabled(not view.is_void)

    def _show_ground(self, view: ProofView) -> None:
        fresh = QWidget()
        grid = QGridLayout(fresh)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(6)
        grid.setColumnMinimumWidth(0, 104)
        grid.setColumnStretch(1, 1)
        for line, (heading, words) in enumerate(proof_words.ground_pairs(view)):
            top = Qt.AlignmentFlag.AlignTop
            grid.addWidget(PlainLabel(heading, ink="text2"), line, 0, top)
            grid.addWidget(PlainLabel(words, wraps=True, selectable=True), line, 1)
        self._column.replaceWidget(self._ground, fresh)
        self._ground.hide()
        self._ground.deleteLater()
        self._ground = fresh

    # ------------------------------------------------------------ the table's cells

    def _when(self, number: int) -> TextCell:
        if self.view is None:
            return TextCell("")
        if number == 0:
            return TextCell(proof_words.first_line(self.view)[0])
        return TextCell(proof_words.row_when(self.view.rows[number - 1], self.view))

    def _what(self, number: int) -> TextCell | LinesCell:
        if self.view is None:
            return TextCell("")
        if number == 0:
            what = proof_words.first_line(self.view)[1]
            return LinesCell(what, _("the clock starts"))
        row = self.view.rows[number - 1]
        first, second = proof_words.row_lines(row, self.view)
        if second:
            return LinesCell(first, second)
        is_late = row.left_s < 0 and row.kind is ProofKind.COUNTED
        return TextCell(first, kind="broken" if is_late else "", quiet=row.is_ahead)

    def _counted(self, number: int) -> TextCell:
        if self.view is None or number == 0:
            return TextCell("", at_right=True)
        row = self.view.rows[number - 1]
        words = proof_words.row_counted(row)
        quiet = row.kind is not ProofKind.COUNTED or row.is_ahead
        return TextCell(words, at_right=True, quiet=quiet)

    def _total(self, number: int) -> TextCell:
        if self.view is None or number == 0:
            return TextCell("", at_right=True)
        row = self.view.rows[number - 1]
        words = proof_words.row_total(row)
        return TextCell(words, at_right=True, quiet=row.is_ahead)

    # ------------------------------------------------------------ taking it away

    def copy_text(self) -> None:
        """Put the whole proof on the clipboard as plain text."""
        if self.view is not None:
            QGuiApplication.clipboard().setText(proof_words.as_text(self.view))
            self._context.offer_undo(_("The proof is on the clipboard"), None)

    def ask_where(self) -> None:
        """Ask for a file, then save the proof there."""
        if self.view is None:
            return
        name = _("Proof {reference}.pdf").format(reference=self.view.reference)
        dialog = FileDialog(self, _("Save the proof as PDF"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(_("PDF files (*.pdf)"))
        dialog.setDefaultSuffix("pdf")
        dialog.selectFile(name)
        dialog.fileSelected.connect(lambda path: self.save_pdf(Path(path)))
        dialog.open()

    def save_pdf(self, path: Path) -> None:
        """Write the proof as a PDF, away from the window's own thread."""
        view = self.view
        if view is None:
            return
        operations = self._context.operations
        language, now = current_language(), self._context.ticker.now()

        def make() -> Path:
            from desktop.reports.proof_paper import proof_pdf
            from desktop.reports.proof_source import proof_paper_of
            from ui.common.sheets import save_pdf

            with speaking(language):
                paper = proof_paper_of(view, now)
            return save_pdf(proof_pdf(paper, language), path)

        def told(saved: Path) -> None:
            words = _("Saved as {name}").format(name=saved.name)
            self._context.offer_undo(words, None)

        def refused(refusal: Refusal) -> None:
            words = refusal_words(refusal)
            self._context.tell(words, kind="broken", subject="pdf")

        operations.work_slowly(make).start(self, told, refused)


def _scrolled(inner: QWidget) -> QScrollArea:
    area = ScrollArea()
    area.scroll_sideways()
    area.setWidget(inner)
    return area


class _Result(QWidget):
    """The last line of the proof, on the ground of its state."""

    def __init__(self) -> None:
        super().__init__()
        self._kind = ""
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 10, 12, 10)
        layout.setSpacing(12)
        self._icon = IconLabel("clock")
        self.words = PlainLabel(bold=True, wraps=True)
        self.sums = PlainLabel(bold=True)
        layout.addWidget(self._icon)
        layout.addWidget(self.words, 1)
        layout.addWidget(self.sums)

    def show_result(self, kind: str, icon: str, words: str, sums: str) -> None:
        """Show another result."""
        self._kind = kind
        ink = kind or "text2"
        self._icon.set_icon(icon, ink)
        for label, text in ((self.words, words), (self.sums, sums)):
            label.set_ink(ink)
            label.setText(text)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground."""
        box = QRectF(self.rect())
        draw_frame(QPainter(self), box, ground=tokens().ground(self._kind), radius=8)


LINE = 32
TWO_LINES = 46
MOST_CHOICES = 4
"""More clocks than these are reached through their own cards."""
