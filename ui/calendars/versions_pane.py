"""The versions kept of a calendar: what changed, by whom, and bringing one back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.formats import instant
from desktop.i18n import gettext as _
from desktop.queries.calendars import CalendarVersionRow
from ui.calendars.change_words import change_sentences, change_words
from ui.common.buttons import Button
from ui.common.labels import PlainLabel
from ui.common.lines import Line, Lines


class VersionsPane(QWidget):
    """`restore(number)` asks that an earlier version be brought back, `give` that the
    newest be given to open requests."""

    restore = Signal(int)
    give = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._newest = 0
        self._rows: dict[int, CalendarVersionRow] = {}
        self._is_locked = False
        self.words = PlainLabel(
            _(
                "A version is kept whenever the calendar is changed. A clock keeps the "
                "version it began under unless the change was given to it."
            ),
            ink="text2",
            wraps=True,
        )
        self.list = Lines(_("Versions"), margin=8)
        self.button = Button(_("Bring this version back…"), icon="history")
        self.give_button = Button(_("Give the newest to open requests…"), icon="clock")
        self.changes = PlainLabel("", wraps=True)
        line = QHBoxLayout()
        line.addWidget(self.button)
        line.addWidget(self.give_button)
        line.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.setSpacing(8)
        layout.addWidget(self.words)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.changes)
        layout.addLayout(line)
        self.list.chosen.connect(lambda _number: self._show_button())
        self.list.acted.connect(lambda _number: self._ask())
        self.button.clicked.connect(self._ask)
        self.give_button.clicked.connect(self.give)
        self.setFocusProxy(self.list)

    def show_versions(
        self,
        rows: Sequence[CalendarVersionRow],
        newest: int,
        zone: tzinfo,
        *,
        is_locked: bool = False,
    ) -> None:
        """Show versions, the newest first."""
        self._newest, self._is_locked = newest, is_locked
        self._rows = {row.number: row for row in rows}
        lines = [_line(row, newest, zone) for row in rows]
        if not lines:
            words = _("Never changed since it was made")
            title = _("Version {number}").format(number=newest)
            lines = [Line(newest, title, words, _("as it is now"))]
        self.list.set_lines(lines)
        self._show_button()

    def _show_button(self) -> None:
        what = self.list.what()
        can = isinstance(what, int) and what != self._newest and not self._is_locked
        self.button.setEnabled(can)
        newest = self._rows.get(self._newest)
        is_given = newest is None or newest.refunded_at is not None
        self.give_button.setEnabled(not is_given and not self._is_locked)
        row = self._rows.get(what) if isinstance(what, int) else None
        told = [] if row is None or row.before is None else _sentences(row)
        self.changes.setText("\n".join(told))
        self.changes.setVisible(bool(told))

    def _ask(self) -> None:
        what = self.list.what()
        if isinstance(what, int) and self.button.isEnabled():
            self.restore.emit(what)


def _sentences(row: CalendarVersionRow) -> list[str]:
    assert row.before is not None
    return change_sentences(row.before, row.spec)


def _line(row: CalendarVersionRow, newest: int, zone: tzinfo) -> Line:
    when = instant(row.at, zone, year=True)
    words = _("{when}, by {name}").format(when=when, name=row.by) if row.by else when
    if row.refunded_at is not None:
        words = _("{words}; given to open requests").format(words=words)
    right = _("as it is now") if row.number == newest else ""
    title = _("Version {number} · {when}").format(number=row.number, when=words)
    changed = _("The first one kept")
    if row.before is not None:
        changed = change_words(row.before, row.spec)
    return Line(row.number, title, changed, right, icon="history")
