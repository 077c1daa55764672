"""Silencing a request and hearing of it again, and the list of what is silent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.text import in_line
from desktop.formats import short_instant
from desktop.i18n import gettext as _
from desktop.i18n import ngettext
from desktop.queries.notices import SilenceRow
from desktop.use_cases.action_reminders import silence_action
from desktop.use_cases.notice_acts import end_silence, silence
from ui.common.buttons import Button
from ui.common.labels import ElidedLabel, PlainLabel
from ui.notices.rows import When

if TYPE_CHECKING:
    from ui.context import Context

SHOWN = 4


class Silencing(QObject):
    """Carries it out, says so, and offers to take it back."""

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context

    def begin(self, request_id: int, *, until_moves: bool) -> None:
        """Want no warnings of a request until tomorrow, or until it moves."""
        words = (
            _("No warnings of this request until it moves.")
            if until_moves
            else _("No warnings of this request until tomorrow.")
        )

        def done(_until: datetime | None) -> None:
            self._context.offer_undo(words, lambda: self.end(request_id))

        write = self._context.operations.write(
            silence, request_id, until_moves=until_moves
        )
        write.start(self, done)

    def begin_action(self, action_id: int, *, silent: bool = True) -> None:
        """Want no reminders of an action until its date changes, or want them again."""

        def done(_value: None) -> None:
            self._context.offer_undo(
                _("No reminders of this action until its date changes."),
                lambda: self.begin_action(action_id, silent=False),
            )

        write = self._context.operations.write(silence_action, action_id, silent=silent)
        write.start(self, done if silent else None)

    def end(self, request_id: int) -> None:
        """Want to hear of it again."""
        self._context.operations.write(end_silence, request_id).start(self)


class _Line(QWidget):
    """One silenced request."""


class Silences(QWidget):
    """What I silenced, below the inbox: a line each, with its way back."""

    ended = Signal(int)

    def __init__(self, when: When) -> None:
        super().__init__()
        self._when = when
        self._rows: tuple[SilenceRow, ...] = ()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 8, 16, 12)
        layout.setSpacing(4)
        self.title = PlainLabel("", bold=True)
        layout.addWidget(self.title)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        layout.addLayout(self._lines)
        self.more = PlainLabel("", size="small", ink="text2")
        layout.addWidget(self.more)
        self.buttons: list[Button] = []
        self.hide()

    def show_rows(self, rows: Sequence[SilenceRow]) -> None:
        """Show what is silent now."""
        if tuple(rows) == self._rows:
            return
        self._rows = tuple(rows)
        for line in self.findChildren(_Line):
            line.setParent(None)
            line.deleteLater()
        self.buttons = []
        for row in rows[:SHOWN]:
            self._lines.addWidget(self._line(row))
        words = ngettext("{n} request silenced", "{n} requests silenced", len(rows))
        self.title.setText(words.format(n=len(rows)))
        rest = len(rows) - SHOWN
        words = ngettext("and {n} more", "and {n} more", rest)
        self.more.setText(words.format(n=rest))
        self.more.setVisible(rest > 0)
        self.setVisible(bool(rows))

    def _line(self, row: SilenceRow) -> QWidget:
        now, zone = self._when()
        until = (
            _("until it moves")
            if row.until is None
            else _("until {when}").format(when=short_instant(row.until, now, zone))
        )
        line = _Line()
        layout = QHBoxLayout(line)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        said = ElidedLabel(ink="text2")
        said.setText(in_line(row.reference, until, row.subject))
        layout.addWidget(said, 1)
        button = Button(_("Hear of it again"), kind="quiet", icon="bell")
        button.clicked.connect(lambda: self.ended.emit(row.request_id))
        layout.addWidget(button)
        self.buttons.append(button)
        return line
