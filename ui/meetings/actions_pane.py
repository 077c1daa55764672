"""The open actions of a series under its running order: add, done, drop."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop import formats
from desktop.domain.text import in_line
from desktop.i18n import gettext as _
from desktop.i18n import ngettext
from desktop.queries.meeting_rows import BoardAction, MeetingBoard
from ui.common.action_words import carried
from ui.common.buttons import Button
from ui.common.labels import PlainLabel, SectionHeading
from ui.common.lines import Line, Lines

ROW_PX = 48
SHOWN = 2


class ActionsPane(QWidget):
    """A list of open actions, those due first on top."""

    add = Signal()
    close_one = Signal(object, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions: dict[int, BoardAction] = {}
        self.heading = SectionHeading(_("Open actions"))
        self.none = PlainLabel(
            _("No open action. What is agreed in a session is written down here."),
            ink="text2",
            wraps=True,
        )
        self.list = Lines(_("Open actions"), margin=8)
        self.add_button = Button(_("Add"), kind="quiet", icon="plus")
        self.add_button.setAccessibleName(_("Add an action"))
        self.done_button = Button(_("Done"), icon="check")
        self.drop_button = Button(_("Drop"), kind="quiet", icon="x")
        head = QHBoxLayout()
        head.setSpacing(4)
        head.addWidget(self.heading, 1)
        for button in (self.drop_button, self.done_button, self.add_button):
            button.set_height(28)
            head.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(head)
        layout.addWidget(self.none)
        layout.addWidget(self.list)
        self.add_button.clicked.connect(self.add)
        self.done_button.clicked.connect(lambda: self._close(False))
        self.drop_button.clicked.connect(lambda: self._close(True))
        self.list.selectionModel().currentChanged.connect(lambda *_: self._allow())

    def show_actions(self, board: MeetingBoard) -> None:
        """Show what is open; what was chosen stays chosen."""
        self._actions = {one.id: one for one in board.actions}
        overdue = sum(one.is_overdue for one in board.actions)
        note = ngettext("{count} overdue", "{count} overdue", overdue)
        self.heading.set_words(
            _("Open actions"),
            count=len(board.actions),
            note=note.format(count=formats.count(overdue)) if overdue else "",
        )
        self.list.set_lines([_line(one) for one in board.actions])
        self.list.setFixedHeight(ROW_PX * min(SHOWN, max(1, len(board.actions))))
        self.list.setVisible(bool(board.actions))
        self.none.setVisible(not board.actions)
        self._allow()

    def _allow(self) -> None:
        is_chosen = self.list.chosen_id() is not None
        for button in (self.done_button, self.drop_button):
            button.setVisible(is_chosen)

    def _close(self, dropped: bool) -> None:
        action = self._actions.get(self.list.chosen_id() or 0)
        if action is not None:
            self.close_one.emit(action, dropped)


def _line(one: BoardAction) -> Line:
    parts = [f"A-{one.number}", one.topic, one.owner]
    if one.carried:
        parts.append(carried(one.carried))
    due = formats.day(one.due_on)
    words = _("Overdue, {day}") if one.is_overdue else _("Due {day}")
    return Line(
        one.id,
        one.text,
        in_line(*parts),
        right=words.format(day=due),
        icon="alert-triangle" if one.is_overdue else "square",
        kind="risk" if one.is_overdue else "",
    )
