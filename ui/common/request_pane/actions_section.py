"""What was agreed in sessions about a request, who does it by when; done from here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop import formats
from desktop.domain.text import in_line, shortened
from desktop.i18n import gettext as _
from desktop.i18n import ngettext
from ui.common.buttons import Button
from ui.common.labels import IconLabel, LinkLabel, PlainLabel, SectionHeading

if TYPE_CHECKING:
    from desktop.queries.action_board import ActionLine
    from desktop.queries.request_details import RequestDetails
    from ui.context import Context
    from ui.operations import Ticket

SHOWN = 8


class ActionsSection(QWidget):
    """The actions of one request; hidden while there are none."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._ticket: Ticket | None = None
        self._request_id: int | None = None
        self._lines: tuple[ActionLine, ...] = ()
        self.buttons: dict[int, Button] = {}
        self.heading = SectionHeading(_("Agreed in sessions"))
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(8)
        self._layout.addWidget(self.heading)
        self._rows: list[QWidget] = []
        self.hide()
        context.operations.changed.connect(self._hear)

    def show_details(self, details: RequestDetails) -> None:
        """Read the actions of a request and show them."""
        if details.id != self._request_id:
            self._request_id = details.id
            self._take(())
        self.reread()

    def reread(self) -> None:
        """Read them anew."""
        # Imported when a request is shown: the first list does without it.
        from desktop.queries.action_board import request_actions

        if self._request_id is None:
            return
        if self._ticket is not None:
            self._ticket.cancel()
        now = self._context.ticker.now()
        read = self._context.operations.read_added(
            request_actions, self._request_id, now
        )
        self._ticket = read.start(self, self._take)

    def _hear(self, changes: Any, _initiator: object) -> None:
        if changes.touches("action"):
            self.reread()

    def _take(self, lines: tuple[ActionLine, ...]) -> None:
        if lines == self._lines:
            return
        self._lines = lines
        for row in self._rows:
            self._layout.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows, self.buttons = [], {}
        for line in lines[:SHOWN]:
            row = self._row(line)
            self._layout.addWidget(row)
            self._rows.append(row)
        rest = len(lines) - SHOWN
        if rest > 0:
            words = ngettext("and {n} more", "and {n} more", rest)
            more = PlainLabel(words.format(n=formats.count(rest)), ink="text2")
            self._layout.addWidget(more)
            self._rows.append(more)
        self.heading.set_words(_("Agreed in sessions"), count=len(lines))
        self.setVisible(bool(lines))

    def _row(self, line: ActionLine) -> QWidget:
        row = QWidget()
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        icon, ink = ("square", "text2") if line.is_open else ("check", "ok")
        if line.is_overdue:
            icon, ink = "alert-triangle", "broken"
        layout.addWidget(IconLabel(icon, ink=ink))
        link = LinkLabel(line.label)
        link.clicked.connect(
            lambda: self._context.navigate("actions", action_id=line.id)
        )
        layout.addWidget(link)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(PlainLabel(line.text, wraps=True))
        words.addWidget(PlainLabel(_about(line), size="small", ink="text2", wraps=True))
        layout.addLayout(words, 1)
        if line.is_open:
            button = Button(_("Done"), icon="check")
            button.set_height(28)
            button.setAccessibleName(_("{label} is done").format(label=line.label))
            button.clicked.connect(lambda: self._finish(line))
            self.buttons[line.id] = button
            layout.addWidget(button)
        return row

    def _finish(self, line: ActionLine) -> None:
        """Say that it is done, and offer to take it back."""
        from desktop.use_cases.meeting_actions import close_action

        def done(_value: None) -> None:
            words = _("Done: {text}").format(text=shortened(line.text, 80))
            self._context.offer_undo(words, lambda: self._reopen(line))

        write = self._context.operations.write(
            close_action, line.id, expected_version=line.version
        )
        write.start(self, done)

    def _reopen(self, line: ActionLine) -> None:
        from desktop.use_cases.meeting_actions import reopen_action

        self._context.operations.write(reopen_action, line.id).start(self)


def _about(line: ActionLine) -> str:
    if line.is_open:
        words = _("due {day}") if not line.is_overdue else _("overdue since {day}")
        state = words.format(day=formats.day(line.due_on))
    else:
        state = _("done") if line.state == "done" else _("dropped")
    return in_line(line.owner, state, line.topic)
