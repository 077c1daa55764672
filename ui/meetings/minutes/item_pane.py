"""One item of the minutes: what was said, decisions, actions, and a line for more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop import formats
from desktop.domain.text import in_line
from desktop.i18n import gettext as _
from desktop.queries.sitting import DecisionLine, SittingBoard, SittingItem
from ui.common.buttons import Button
from ui.common.labels import PlainLabel, SectionHeading
from ui.common.lines import Line, Lines
from ui.meetings.minutes.said_field import SaidField
from ui.meetings.sitting.entry_line import EntryLine
from ui.meetings.sitting.words import (
    FATES,
    about,
    carried_words,
    minutes_and_seconds,
    title_of,
)

if TYPE_CHECKING:
    from ui.meetings.sitting.link import SittingLink

ROW_PX = 48
SHOWN = 4


class ItemPane(QWidget):
    """Shows an item; what is wanted of it is told.

    ``write(mode)``, ``change_decision(line)``, ``withdraw(line)``, ``open_action(id)``.
    """

    write = Signal(str)
    change_decision = Signal(object)
    withdraw = Signal(object)
    open_action = Signal(int)

    def __init__(self, link: SittingLink, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.item: SittingItem | None = None
        self._can_record = False
        self._decisions: dict[int, DecisionLine] = {}
        self.title = PlainLabel("", size="title", wraps=True)
        self.about = PlainLabel("", ink="text2", wraps=True)
        self.said_heading = PlainLabel(_("Said"), bold=True)
        self.saved = PlainLabel("", size="small", ink="text2")
        self.said = SaidField(link)
        self.said.told.connect(self.saved.setText)
        self.decided = SectionHeading(_("Decided"))
        self.decisions = Lines(_("Decided"), margin=8)
        self.change_button = Button(_("Change"), kind="quiet", icon="pencil")
        self.withdraw_button = Button(_("Withdraw"), kind="quiet", icon="x")
        self.add_decision = Button(_("Add"), kind="quiet", icon="plus", key="Alt+D")
        self.add_decision.setAccessibleName(_("Add a decision"))
        self.to_do = SectionHeading(_("To do"))
        self.given = Lines(_("To do"), margin=8)
        self.open_button = Button(_("Open"), kind="quiet", icon="arrow-right")
        self.add_action = Button(_("Add"), kind="quiet", icon="plus", key="Alt+A")
        self.add_action.setAccessibleName(_("Add an action"))
        self.entry = EntryLine()
        self._place()
        self._connect()

    def _place(self) -> None:
        said = QHBoxLayout()
        said.addWidget(self.said_heading, 1)
        said.addWidget(self.saved)
        decided = QHBoxLayout()
        decided.setSpacing(4)
        decided.addWidget(self.decided, 1)
        for button in (self.withdraw_button, self.change_button, self.add_decision):
            button.set_height(28)
            decided.addWidget(button)
        to_do = QHBoxLayout()
        to_do.setSpacing(4)
        to_do.addWidget(self.to_do, 1)
        for button in (self.open_button, self.add_action):
            button.set_height(28)
            to_do.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 8, 24, 16)
        layout.setSpacing(8)
        layout.addWidget(self.title)
        layout.addWidget(self.about)
        layout.addLayout(said)
        layout.addWidget(self.said, 1)
        layout.addWidget(self.entry)
        layout.addLayout(decided)
        layout.addWidget(self.decisions)
        layout.addLayout(to_do)
        layout.addWidget(self.given)
        self.setFocusProxy(self.said)

    def _connect(self) -> None:
        self.add_decision.clicked.connect(lambda: self.write.emit("decision"))
        self.add_action.clicked.connect(lambda: self.write.emit("action"))
        self.change_button.clicked.connect(self._change)
        self.withdraw_button.clicked.connect(self._withdraw)
        self.open_button.clicked.connect(self._open)
        self.given.doubleClicked.connect(lambda _index: self._open())
        self.decisions.doubleClicked.connect(lambda _index: self._change())
        for one in (self.decisions, self.given):
            one.selectionModel().currentChanged.connect(lambda *_at: self._allow())

    def show_item(self, board: SittingBoard, item: SittingItem) -> None:
        """Show an item; what is being typed stays."""
        self.item = item
        self._can_record = board.can_record
        self.title.setText(f"{item.item.number}  {title_of(board, item)}")
        parts = [about(board, item), _(FATES[item.item.fate][2])]
        if item.item.spent_s:
            used = minutes_and_seconds(item.item.spent_s)
            parts.append(_("{time} used").format(time=used))
        if item.item.references:
            parts.append(", ".join(item.item.references[:8]))
        self.about.setText(in_line(*parts))
        self.said.setReadOnly(not board.can_record)
        self.said.show_item(item.id, item.item.said)
        self._decisions = {one.id: one for one in item.decisions}
        self._fill(self.decisions, [_decision(one) for one in item.decisions])
        self._fill(
            self.given,
            [
                Line(
                    one.id,
                    one.text,
                    in_line(one.label, one.owner, carried_words(one)),
                    right=formats.day(one.due_on)
                    if one.is_open
                    else (_("done") if one.state == "done" else _("dropped")),
                    icon="square" if one.is_open else "check",
                )
                for one in item.actions
            ],
        )
        self.decided.set_words(_("Decided"), count=len(item.decisions))
        self.to_do.set_words(_("To do"), count=len(item.actions))
        for button in (self.add_decision, self.add_action):
            button.setVisible(board.can_record)
        self._allow()

    @staticmethod
    def _fill(shown: Lines, lines: list[Line]) -> None:
        shown.set_lines(lines)
        shown.setFixedHeight(ROW_PX * min(SHOWN, max(1, len(lines))))
        shown.setVisible(bool(lines))

    def _allow(self) -> None:
        chosen = self._decisions.get(self.decisions.chosen_id() or 0)
        for button in (self.change_button, self.withdraw_button):
            button.setVisible(self._can_record and chosen is not None)
        words = _("Withdraw")
        if chosen is not None and chosen.is_withdrawn:
            words = _("Put back")
        self.withdraw_button.set_words(words)
        self.open_button.setVisible(self.given.chosen_id() is not None)

    def _chosen(self) -> DecisionLine | None:
        """Return the decision chosen, where it can be changed."""
        chosen = self._decisions.get(self.decisions.chosen_id() or 0)
        return chosen if self._can_record else None

    def _change(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            self.change_decision.emit(chosen)

    def _withdraw(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            self.withdraw.emit(chosen)

    def _open(self) -> None:
        chosen = self.given.chosen_id()
        if chosen is not None:
            self.open_action.emit(chosen)


def _decision(one: DecisionLine) -> Line:
    return Line(
        one.id,
        one.text,
        f"D-{one.number}",
        right=_("withdrawn") if one.is_withdrawn else "",
        icon="x" if one.is_withdrawn else "gavel",
    )
