"""What belongs together with a request: a line for each, with what it is to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.links import LinkKind, LinkWay
from desktop.domain.text import in_line
from desktop.i18n import gettext as _
from desktop.reports.link_words import LINKS
from ui.common.buttons import IconButton
from ui.common.labels import ElidedLabel, LinkLabel, PlainLabel
from ui.common.refresher import Refresher
from ui.common.request_pane.request_words import STATES

if TYPE_CHECKING:
    from desktop.queries.links import LinkedRow
    from desktop.queries.request_details import RequestDetails
    from ui.context import Context
    from ui.operations import Ticket

TABLES = ("request_link", "request")


class LinksSection(QWidget):
    """Hidden while a request stands alone; `remove_wanted` names a link to drop."""

    remove_wanted = Signal(object)
    changed = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._details: RequestDetails | None = None
        self._ticket: Ticket | None = None
        self.rows: tuple[LinkedRow, ...] = ()
        self.lines: list[tuple[str, str, str, str]] = []
        self.openers: list[LinkLabel] = []
        self.removers: dict[int, IconButton] = {}
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(6)
        self._layout.addWidget(PlainLabel(_("Belongs together"), bold=True))
        self._grid = QWidget()
        self._layout.addWidget(self._grid)
        self.hide()
        Refresher(self, context.operations, TABLES, self._reread)

    def show_details(self, details: RequestDetails) -> None:
        """Read what belongs to a request and show it."""
        if self._details is None or self._details.id != details.id:
            self._take(())
        self._details = details
        self._reread()

    def _reread(self) -> None:
        from desktop.queries.links import links_of

        if self._ticket is not None:
            self._ticket.cancel()
        if self._details is not None:
            self._ticket = self._context.operations.read_added(
                links_of, self._details.id
            ).start(self, self._take)

    def _take(self, rows: tuple[LinkedRow, ...]) -> None:
        is_other = rows != self.rows
        self.rows = rows
        self.beat()
        if is_other:
            self.changed.emit()

    def beat(self) -> None:
        """Say anew how the others stand; asks no database."""
        lines = [self._words(one) for one in self.rows]
        if lines != self.lines or len(self.openers) != len(lines):
            self.lines = lines
            self._fill()
        self.setVisible(bool(self.rows))

    def _words(self, one: LinkedRow) -> tuple[str, str, str, str]:
        """Return what it is, its reference, its subject, and how it stands."""
        row = one.row
        clock = self._context.clocks.words(row.clock)
        stands = clock.words if one.is_open and clock.state != "none" else ""
        parts = (row.holder, row.assignee, stands or _(STATES[row.state]))
        second = in_line(*parts, wide=True)
        return _(LINKS[one.kind, one.way]), row.reference, row.subject, second

    def _fill(self) -> None:
        fresh = QWidget()
        grid = QGridLayout(fresh)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(2)
        grid.setColumnMinimumWidth(0, 96)
        grid.setColumnStretch(1, 1)
        self.openers, self.removers = [], {}
        for number, (one, words) in enumerate(zip(self.rows, self.lines, strict=True)):
            self._add_line(grid, number, one, words)
        self._layout.replaceWidget(self._grid, fresh)
        self._grid.hide()
        self._grid.deleteLater()
        self._grid = fresh

    def _may_drop(self, one: LinkedRow) -> bool:
        """Tell whether I may take a link away: a part who has the whole, else both."""
        me, shown, row = self._context.me.unit_id, self._details, one.row
        if me is None or shown is None or one.kind is LinkKind.DUPLICATE_OF:
            return False
        if one.kind is LinkKind.PART_OF:
            return me == (row.unit_id if one.way is LinkWay.IS else shown.unit_id)
        of_both = (shown.unit_id, shown.front_unit_id, row.unit_id, row.front_unit_id)
        return me in of_both

    def _add_line(
        self,
        grid: QGridLayout,
        number: int,
        one: LinkedRow,
        words: tuple[str, str, str, str],
    ) -> None:
        what, reference, subject, stands = words
        top = Qt.AlignmentFlag.AlignTop
        keeps = one.way is LinkWay.OTHER and one.kind in _KEEPING and one.is_open
        ink = "risk" if keeps else "text2"
        grid.addWidget(PlainLabel(what, ink=ink), 2 * number, 0, top)
        opener = LinkLabel(reference)
        opener.clicked.connect(
            lambda: self._context.navigate("request", request_id=one.row.id)
        )
        self.openers.append(opener)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(opener)
        line.addWidget(ElidedLabel(subject), 1)
        if self._may_drop(one):
            name = _("Take the link with {reference} away").format(reference=reference)
            remover = IconButton("x", name)
            remover.setFixedSize(24, 24)
            remover.clicked.connect(lambda: self.remove_wanted.emit(one))
            self.removers[number] = remover
            line.addWidget(remover)
        grid.addLayout(line, 2 * number, 1)
        below = QHBoxLayout()
        below.setContentsMargins(4, 0, 0, 0)  # under the words of the link
        below.addWidget(ElidedLabel(stands, size="small", ink="text2"))
        grid.addLayout(below, 2 * number + 1, 1)


_KEEPING = frozenset({LinkKind.PART_OF, LinkKind.BLOCKS})
"""Seen from the other side, these keep a request from ending while they are open."""
