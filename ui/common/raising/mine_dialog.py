"""What somebody raised for sessions, and what became of each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.text import in_line
from desktop.formats import short_instant
from desktop.i18n import gettext as _
from desktop.queries.raised_items import RaisedItemRow
from ui.common.buttons import Button
from ui.common.empty_state import EmptyState
from ui.common.labels import PlainLabel
from ui.common.lines import Line, Lines

ICONS: Final = {
    "waiting": ("hourglass", ""),
    "placed": ("circle-check", "ok"),
    "withdrawn": ("x", ""),
    "refused": ("ban", "risk"),
}


class MineDialog(QDialog):
    """`withdraw(row)` takes back what waits, `again(row)` raises it once more."""

    withdraw = Signal(object)
    again = Signal(object)

    def __init__(
        self,
        rows: Sequence[RaisedItemRow],
        now: datetime,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._now = now
        self.rows: dict[int, RaisedItemRow] = {}
        self.setWindowTitle(_("What I raised"))
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(640, 480)
        self.list = Lines(_("What I raised"), margin=8)
        self.empty = EmptyState(
            _("Nothing raised yet"),
            _(
                "From a request or the palette, raise what the next session should "
                "talk about. What becomes of it is told here and in the inbox."
            ),
            icon="users",
        )
        self.stack = QStackedWidget()
        self.stack.addWidget(self.list)
        self.stack.addWidget(self.empty)
        self.take_back = Button(_("Take back"), icon="arrow-back-up", key="Del")
        self.raise_button = Button(_("Raise it again"), icon="refresh")
        self.close_button = Button(_("Close"), kind="quiet", key="Esc")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.setSpacing(12)
        layout.addWidget(PlainLabel(_("What I raised"), size="title"))
        layout.addWidget(self.stack, 1)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.take_back)
        foot.addWidget(self.raise_button)
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        layout.addLayout(foot)
        self.close_button.clicked.connect(self.reject)
        self.take_back.clicked.connect(self._withdraw)
        self.raise_button.clicked.connect(self._raise_again)
        self.list.removed.connect(lambda _what: self._withdraw())
        self.list.selectionModel().currentChanged.connect(lambda *_: self._chosen())
        self.show_rows(rows)

    def show_rows(self, rows: Sequence[RaisedItemRow]) -> None:
        """Show other rows."""
        self.rows = {one.id: one for one in rows}
        self.list.set_lines([_line(one, self._now) for one in rows])
        if rows and self.list.what() is None:
            self.list.choose(rows[0].id)
        self.stack.setCurrentWidget(self.list if rows else self.empty)
        self._chosen()

    def chosen(self) -> RaisedItemRow | None:
        """Return the row the keyboard is on."""
        what = self.list.what()
        return self.rows.get(what) if isinstance(what, int) else None

    def _chosen(self) -> None:
        row = self.chosen()
        self.take_back.setVisible(row is not None and row.state == "waiting")
        closed = row is not None and row.state in ("withdrawn", "refused")
        self.raise_button.setVisible(closed)

    def _withdraw(self) -> None:
        row = self.chosen()
        if row is not None and row.state == "waiting":
            self.withdraw.emit(row)

    def _raise_again(self) -> None:
        row = self.chosen()
        if row is not None:
            self.again.emit(row)


def _line(row: RaisedItemRow, now: datetime) -> Line:
    icon, kind = ICONS[row.state]
    subject = row.reference or ""
    if row.obstacle:
        subject = _("obstacle {number}").format(number=row.obstacle)
    second = in_line(row.series, subject, row.why)
    return Line(row.id, row.title, second, _state(row, now), icon, kind)


def _state(row: RaisedItemRow, now: datetime) -> str:
    if row.state == "placed" and row.session_at is not None:
        when = short_instant(row.session_at, now, ZoneInfo(row.zone))
        told = _("Session {number}, {when}")
        return told.format(number=row.session, when=when)
    words = {
        "waiting": _("Waits for the next session"),
        "placed": _("On an agenda"),
        "withdrawn": _("Taken back"),
        "refused": _("Refused"),
    }
    return words[row.state]
