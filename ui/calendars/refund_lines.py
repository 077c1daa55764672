"""The open requests a calendar would move, each with a tick: is it given the change?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from desktop.domain.agreements import TargetKind
from desktop.domain.text import in_line
from desktop.formats import short_instant
from desktop.i18n import gettext as _
from desktop.i18n import gettext_noop as N_
from desktop.queries.calendars import RefundRow
from ui.common.lines import ROW, Index, Line, Lines, LinesModel

KINDS = {
    TargetKind.RESPONSE: N_("Response"),
    TargetKind.UPDATE: N_("Update"),
    TargetKind.RESOLUTION: N_("Resolution"),
    TargetKind.ANSWER: N_("Answer"),
}


class _Written(Sequence[Line]):
    """Rows in words, each written when it is first looked at: there may be many."""

    def __init__(
        self, rows: Sequence[RefundRow], now: datetime, zone: ZoneInfo
    ) -> None:
        self.rows = rows
        self.write = lru_cache(maxsize=1_000)(
            lambda number: _line(rows[number], now, zone)
        )

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, number: Any) -> Any:
        return self.write(number)


class _Ticked(LinesModel):
    """Rows of clocks; those of one request are ticked together."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.is_choosing = False
        self.off: set[int] = set()

    def is_on(self, line: Line) -> bool:
        """Tell whether the request of a row is ticked."""
        return request_of(line) not in self.off

    def turn(self, index: Index) -> None:
        """Turn the tick of the request of a row."""
        self.off ^= {request_of(self.lines[index.row()])}
        at = self.index(index.row())
        self.dataChanged.emit(at, at)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        if not self.is_choosing or not index.isValid():
            return super().data(index, role)
        line = self.lines[index.row()]
        is_on = self.is_on(line)
        if role == ROW:
            return replace(line, icon="square-check" if is_on else "square")
        if role == Qt.ItemDataRole.CheckStateRole:
            return Qt.CheckState.Checked if is_on else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.AccessibleTextRole:
            words = _("{row}, chosen") if is_on else _("{row}, not chosen")
            return words.format(row=line.spoken())
        return super().data(index, role)


class RefundLines(Lines):
    """`ticked` when a tick was turned: by a click, or Space."""

    ticked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("What would move"), margin=8, parent=parent)
        self._requests: frozenset[int] = frozenset()
        self._ticks = _Ticked(self)
        self.use_model(self._ticks)
        self.clicked.connect(self._turn)

    def show_rows(
        self, rows: Sequence[RefundRow], now: datetime, zone: ZoneInfo
    ) -> None:
        """Show what would move, every request ticked."""
        self._requests = frozenset(row.request_id for row in rows)
        self._ticks.set_lines(_Written(rows, now, zone))

    def set_choosing(self, is_choosing: bool) -> None:
        """Offer the ticks, or take them away."""
        self._ticks.is_choosing = is_choosing
        self.viewport().update()

    def chosen_requests(self) -> frozenset[int]:
        """Return the requests that are ticked."""
        return self._requests - self._ticks.off

    def how_many(self) -> int:
        """Return how many requests are ticked."""
        return len(self._requests) - len(self._ticks.off)

    def is_everything(self) -> bool:
        """Tell whether all of them are ticked."""
        return not self._ticks.off

    def turn_all(self, is_on: bool) -> None:
        """Tick all of them, or none."""
        self._ticks.off = set() if is_on else set(self._requests)
        self.viewport().update()
        self.ticked.emit()

    def dataChanged(
        self,
        top: Index,
        bottom: Index,
        roles: Sequence[int] = (),
    ) -> None:
        """Paint again: rows are of one height, and thousands need no laying out."""
        QAbstractItemView.dataChanged(self, top, bottom, roles)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn the tick of the row by Space."""
        if event.key() == Qt.Key.Key_Space and self.currentIndex().isValid():
            self._turn(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _turn(self, index: QModelIndex) -> None:
        if self._ticks.is_choosing:
            self._ticks.turn(index)
            # Other rows of the request turned with it.
            self.viewport().update()
            self.ticked.emit()


def request_of(line: Line) -> int:
    """Return the request a row is about."""
    what = line.what
    assert isinstance(what, tuple)
    request_id: int = what[0]
    return request_id


def _line(row: RefundRow, now: datetime, zone: ZoneInfo) -> Line:
    before, after = (
        short_instant(at, now, zone) if at is not None else _("not running")
        for at in (row.due_before, row.due_after)
    )
    kind = _(KINDS[row.kind])
    words = _("{before}, would be {after}").format(before=before, after=after)
    right = ""
    if row.was_broken != row.is_broken:
        right = _("would be broken") if row.is_broken else _("kept again")
    state = "broken" if row.is_broken and not row.was_broken else ""
    return Line(
        (row.request_id, row.kind, row.due_before, row.unit),
        in_line(row.reference, kind, row.unit),
        words,
        right,
        kind=state,
    )
