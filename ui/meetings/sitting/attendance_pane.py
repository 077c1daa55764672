"""Who is here: a row each, marked by keys; P here, A apology, X not here, D deputy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.text import in_line
from desktop.i18n import gettext as _
from desktop.queries.sitting import AttendanceLine, SittingBoard
from desktop.use_cases.attendance import add_guest, all_present, mark_attendance
from ui.common.buttons import Button
from ui.common.inputs import LineInput
from ui.common.labels import PlainLabel
from ui.common.lines import Line, Lines
from ui.meetings.sitting.words import ATTENDANCE, ATTENDANCE_LOOK, SIDES, here_words

if TYPE_CHECKING:
    from ui.meetings.sitting.link import SittingLink

KEYS = {
    Qt.Key.Key_P: "present",
    Qt.Key.Key_A: "apology",
    Qt.Key.Key_X: "absent",
    Qt.Key.Key_D: "deputy",
    Qt.Key.Key_Backspace: "invited",
}


class AttendancePane(QWidget):
    """The list, a button for each state, and a line for guests and deputies' names."""

    left = Signal()

    def __init__(self, link: SittingLink, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._link = link
        self._rows: dict[int, AttendanceLine] = {}
        self.heading = PlainLabel(_("Who is here"), bold=True)
        self.count = PlainLabel("", ink="text2")
        self.list = _MarkedList(_("Who is here"))
        self.buttons = {
            "present": Button(_("Here"), key="P", icon="circle-check"),
            "apology": Button(_("Apology"), key="A", icon="mail"),
            "absent": Button(_("Not here"), key="X", icon="circle-minus"),
            "deputy": Button(_("Deputy"), key="D", icon="user-check"),
        }
        self.all_button = Button(_("Everybody else is here"), kind="quiet")
        self.name = LineInput(
            limit=200,
            name=_("Name of a deputy or guest"),
            placeholder=_("Name of a deputy or guest"),
        )
        self.deputy_button = Button(_("Is the deputy"), kind="quiet")
        self.guest_button = Button(_("Add as guest"), kind="quiet", icon="plus")
        self._place()
        self._connect()

    def _place(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.heading)
        head.addWidget(self.count, 1)
        marks = QHBoxLayout()
        marks.setSpacing(8)
        for button in self.buttons.values():
            marks.addWidget(button)
        marks.addStretch(1)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.name, 1)
        foot.addWidget(self.deputy_button)
        foot.addWidget(self.guest_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addWidget(self.list, 1)
        layout.addLayout(marks)
        layout.addWidget(self.all_button)
        layout.addLayout(foot)
        self.setFocusProxy(self.list)

    def _connect(self) -> None:
        for state, button in self.buttons.items():
            button.clicked.connect(lambda _on=False, state=state: self.mark(state))
        self.list.marked.connect(self.mark)
        self.list.left.connect(self.left)
        self.all_button.clicked.connect(self.everybody)
        self.deputy_button.clicked.connect(self._name_deputy)
        self.guest_button.clicked.connect(self._add_guest)
        self.name.submitted.connect(self._add_guest)

    def show_board(self, board: SittingBoard) -> None:
        """Show who was invited and who came; who was chosen stays chosen."""
        self._rows = {one.id: one for one in board.attendance}
        self.count.setText(here_words(board))
        self.list.set_lines([_line(one) for one in board.attendance])
        if self.list.chosen_id() is None and board.attendance:
            self.list.choose(board.attendance[0].id)
        for part in (*self.buttons.values(), self.all_button, self.name):
            part.setEnabled(board.can_record)
        for part in (self.deputy_button, self.guest_button):
            part.setEnabled(board.can_record)

    def mark(self, state: str) -> None:
        """Say how it is with the chosen one, and go to the next."""
        row = self._rows.get(self.list.chosen_id() or 0)
        if row is None:
            return
        self._link.write(mark_attendance, row.id, state)
        ids = list(self._rows)
        at = ids.index(row.id) + 1
        if state in ("present", "apology", "absent") and at < len(ids):
            self.list.choose(ids[at])

    def everybody(self) -> None:
        """Say of everybody nothing was said of that they are here."""
        if self._link.meeting_id is not None:
            self._link.write(all_present, self._link.meeting_id)

    def _name_deputy(self) -> None:
        row = self._rows.get(self.list.chosen_id() or 0)
        name = self.name.text().strip()
        if row is not None and name:
            self._link.write(
                mark_attendance, row.id, "deputy", deputy=name, done=self._named
            )

    def _add_guest(self) -> None:
        row = self._rows.get(self.list.chosen_id() or 0)
        name = self.name.text().strip()
        if self._link.meeting_id is not None and name:
            side = row.side if row is not None else "front"
            self._link.write(
                add_guest, self._link.meeting_id, name, side, done=self._named
            )

    def _named(self, _value: object) -> None:
        self.name.setText("")


class _MarkedList(Lines):
    """The rows; letters mark the chosen one."""

    marked = Signal(str)
    left = Signal()

    def event(self, event: QEvent) -> bool:
        """Take its letters before the window's own keys do."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and KEYS.get(Qt.Key(event.key()))
            and not event.modifiers()
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        state = KEYS.get(Qt.Key(event.key()))
        if state is not None and not event.modifiers():
            self.marked.emit(state)
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


def _line(one: AttendanceLine) -> Line:
    icon, ink = ATTENDANCE_LOOK[one.state]
    state = _(ATTENDANCE[one.state])
    if one.deputy:
        state = _("deputy: {name}").format(name=one.deputy)
    about = [_(SIDES[one.side]), one.part]
    if one.usual_deputy and not one.deputy:
        about.append(_("deputy would be {name}").format(name=one.usual_deputy))
    return Line(
        one.id,
        one.name,
        in_line(*about),
        right=state,
        icon=icon,
        kind=ink if ink in ("ok", "risk", "held") else "",
    )
