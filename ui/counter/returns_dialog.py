"""What came back to a front unit: how often for whom, about what, and why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.requests import EntryKind
from desktop.domain.text import in_line
from desktop.i18n import gettext as _
from desktop.i18n import gettext_noop as N_
from desktop.i18n import ngettext
from desktop.queries.returns import ReturnCount, ReturnRow, Returns, returns_of
from ui.common.buttons import SegmentedControl
from ui.common.cells import Column, LinesCell, Section
from ui.common.dialog import Dialog
from ui.common.empty_state import EmptyState
from ui.common.labels import PlainLabel
from ui.common.return_words import return_reason_words
from ui.common.table_model import TableModel
from ui.common.table_view import TableView

if TYPE_CHECKING:
    from ui.context import Context
    from ui.operations import Ticket

PERIODS = (("30", N_("30 days")), ("90", N_("90 days")), ("365", N_("A year")))
MOST_COUNTS = 6


class ReturnsDialog(Dialog):
    """Counts by reason, sender, service and unit, over the returns themselves."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(
            _("What came back, and why"),
            _(
                "Questions and requests handed back to {unit}. What was missing is "
                "counted for whoever sent the request."
            ).format(unit=context.me.unit_name),
            submit=_("Close"),
            parent=parent,
        )
        self.setMinimumWidth(860)
        self.cancel_button.hide()
        self._context = context
        self._ticket: Ticket | None = None
        self.found: Returns | None = None
        self.period = SegmentedControl(
            [(days, _(words)) for days, words in PERIODS], name=_("Period")
        )
        self.period.set_value("30")
        self.period.chosen.connect(lambda _days: self._read())
        self.total = PlainLabel(bold=True)
        line = QHBoxLayout()
        line.addWidget(self.total)
        line.addStretch(1)
        line.addWidget(self.period)
        self.body.addLayout(line)
        self.counts = QWidget()
        self.body.addWidget(self.counts)
        self.nothing = EmptyState(
            _("Nothing came back"),
            _("What is handed back in these days appears here, with what was missing."),
            icon="arrow-back-up",
        )
        self.nothing.hide()
        self.body.addWidget(self.nothing, 1)
        self.model: TableModel[ReturnRow] = TableModel(
            [
                Column("what", N_("Request"), self._what, 280, stretch=True),
                Column("who", N_("Returned by"), self._who, 180),
                Column("why", N_("Why"), self._why, 300),
            ],
            key=lambda row: (row.request_id, row.at),
            parent=self,
        )
        self.table = TableView(self.model, name=_("What came back"))
        self.table.setMinimumHeight(240)
        self.table.activated.connect(lambda _index: self._open())
        self.body.addWidget(self.table, 1)
        self.submitted.connect(self.accept)
        self._read()

    def _read(self) -> None:
        unit = self._context.me.unit_id
        if unit is None:
            return
        if self._ticket is not None:
            self._ticket.cancel()
        days = timedelta(days=int(str(self.period.value())))
        self._ticket = self._context.operations.read(
            returns_of, unit, self._context.ticker.now() - days
        ).start(self, self._take)

    def _take(self, found: Returns) -> None:
        self.found = found
        count = len(found.rows)
        words = ngettext("{count} time", "{count} times", count)
        self.total.setText(words.format(count=count) if count else "")
        self.nothing.setVisible(not count)
        self._fill_counts(found)
        self.model.set_sections([Section("", "", found.rows)])
        self.table.setVisible(bool(found.rows))
        self.grow()

    def lists(self) -> list[tuple[str, list[str]]]:
        """Return what is counted, as headings and lines."""
        if self.found is None or not self.found.rows:
            return []
        reasons = [
            ReturnCount(return_reason_words(one.name), one.count)
            for one in self.found.reasons
        ]
        return [
            (_("Why"), _lines(reasons)),
            (_("Who sent it"), _lines(self.found.senders)),
            (_("Service"), _lines(self.found.services)),
            (_("Returned by"), _lines(self.found.units)),
        ]

    def _fill_counts(self, found: Returns) -> None:
        fresh = QWidget()
        grid = QGridLayout(fresh)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(24)
        for column, (heading, lines) in enumerate(self.lists()):
            box = QVBoxLayout()
            box.setSpacing(2)
            box.addWidget(PlainLabel(heading, size="small", ink="text2"))
            for words in lines:
                label = PlainLabel(words, wraps=True)
                label.setMinimumWidth(1)  # a word that does not break is cut
                box.addWidget(label)
            box.addStretch(1)
            grid.addLayout(box, 0, column)
            grid.setColumnStretch(column, 1)
        self.body.replaceWidget(self.counts, fresh)
        self.counts.hide()
        self.counts.deleteLater()
        self.counts = fresh

    def _what(self, row: ReturnRow) -> LinesCell:
        second = in_line(row.sender, row.service, wide=True)
        return LinesCell(f"{row.reference}  {row.subject}", second)

    def _who(self, row: ReturnRow) -> LinesCell:
        from desktop.formats import short_instant

        now, zone = self._context.ticker.now(), self._context.clocks.zone
        return LinesCell(row.unit or row.by, short_instant(row.at, now, zone))

    def _why(self, row: ReturnRow) -> LinesCell:
        words = return_reason_words(row.reason)
        if row.kind is EntryKind.HANDED_OVER:
            words = _("{reason}, handed back").format(reason=words)
        return LinesCell(words, " ".join(row.text.split())[:300])

    def _open(self) -> None:
        row = self.table.current_row()
        if row is not None:
            self.accept()
            self._context.navigate("request", request_id=row.request_id, back="counter")


def _lines(counts: Sequence[ReturnCount]) -> list[str]:
    """Return the largest counts, and how many more there are."""
    lines = [
        _("{count} × {name}").format(count=one.count, name=one.name or _("Nobody"))
        for one in counts[:MOST_COUNTS]
    ]
    rest = len(counts) - MOST_COUNTS
    if rest > 0:
        lines.append(ngettext("{n} more", "{n} more", rest).format(n=rest))
    return lines


def show_returns(context: Context, parent: QWidget) -> ReturnsDialog:
    """Open the dialog over a page."""
    dialog = ReturnsDialog(context, parent)
    dialog.open()
    return dialog
