"""What happened since the last session: candidates by weight, to add or put back."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMenu,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.agenda import Candidate
from desktop.i18n import gettext as _
from desktop.queries.meeting_rows import BoardCandidate, MeetingBoard
from ui.common.buttons import Chip, IconButton
from ui.common.labels import LinkLabel, PlainLabel
from ui.common.menu import Menu
from ui.common.scroll_area import ScrollArea
from ui.meetings.candidate_row import CandidateRow
from ui.meetings.rule_words import RULES, fresh_words
from ui.meetings.words import BoardWords

Key = tuple[str, str]


class CandidatesPane(QWidget):
    """Rows in order of weight; used ones stay, marked."""

    add = Signal(object)
    put_back = Signal(int)
    evidence = Signal(object, str)
    leave_out = Signal(object)
    silence = Signal(object)
    refuse = Signal(object)
    rules = Signal()
    seen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = PlainLabel(_("What happened"), size="title")
        self.since = PlainLabel("", size="small", ink="text2", wraps=True)
        self.all_chip = Chip(_("All"))
        self.open_chip = Chip(_("Not on the agenda"))
        self.rules_button = IconButton("adjustments-horizontal", _("Rules"))
        self.rules_button.clicked.connect(self.rules)
        self.seen_link = LinkLabel("")
        self.seen_link.clicked.connect(self.seen)
        self.quiet = PlainLabel("", ink="text2", wraps=True)
        self._rows: dict[Key, CandidateRow] = {}
        self._shown: dict[Key, BoardCandidate | tuple[int, str, str]] = {}
        self._board: MeetingBoard | None = None
        self._words: BoardWords | None = None
        self._only_open = False
        self._place()
        self.all_chip.setChecked(True)
        self.all_chip.clicked.connect(lambda: self._choose(False))
        self.open_chip.clicked.connect(lambda: self._choose(True))

    def _place(self) -> None:
        chips = QHBoxLayout()
        chips.setSpacing(8)
        chips.addWidget(self.all_chip)
        chips.addWidget(self.open_chip)
        chips.addStretch(1)
        chips.addWidget(self.seen_link)
        holder = QWidget()
        self._column = QVBoxLayout(holder)
        self._column.setContentsMargins(0, 0, 12, 0)
        self._column.setSpacing(0)
        self._column.addStretch(1)
        self._scroll = ScrollArea()
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(holder)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 8, 0)
        layout.setSpacing(4)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.rules_button)
        layout.addLayout(head)
        layout.addWidget(self.since)
        layout.addSpacing(8)
        layout.addLayout(chips)
        layout.addSpacing(4)
        layout.addWidget(self.quiet)
        layout.addWidget(self._scroll, 1)
        self.setMinimumWidth(296)

    def show_board(self, board: MeetingBoard, words: BoardWords) -> None:
        """Show what a session's period proposes."""
        self._board, self._words = board, words
        self.since.setText(words.since())
        self.quiet.setText(words.quiet(board))
        self.quiet.setVisible(bool(self.quiet.text()))
        offered = [one for one in board.candidates if _is_shown(one)]
        fresh = sum(bool(one.fresh) for one in offered)
        told = _("{fresh}: mark as seen").format(fresh=fresh_words(fresh))
        self.seen_link.setText(told if fresh else "")
        self.seen_link.setVisible(bool(fresh))
        waiting = [one for one in offered if one.place != "on_agenda"]
        self.all_chip.set_count(len(offered) + len(board.removed))
        self.open_chip.set_count(len(waiting) + len(board.removed))
        shown: dict[Key, BoardCandidate | tuple[int, str, str]] = {
            (one.candidate.kind, one.candidate.subject): one
            for one in (waiting if self._only_open else offered)
        }
        shown.update({("removed", str(one[0])): one for one in board.removed})
        self._fill(shown)

    def _choose(self, only_open: bool) -> None:
        self._only_open = only_open
        self.all_chip.setChecked(not only_open)
        self.open_chip.setChecked(only_open)
        if self._board is not None and self._words is not None:
            self.show_board(self._board, self._words)

    def _fill(self, shown: dict[Key, BoardCandidate | tuple[int, str, str]]) -> None:
        """Show rows, keeping those that stay where they are."""
        assert self._board is not None
        assert self._words is not None
        if list(shown) != list(self._rows):
            self._rebuild(list(shown))
        self._shown = shown
        for key, one in shown.items():
            row = self._rows[key]
            if isinstance(one, BoardCandidate):
                row.show_candidate(one, self._words, self._board.can_change)
            else:
                title = one[2] or _("An item found earlier")
                row.show_removed(one[1], title, self._board.can_change)

    def _rebuild(self, keys: list[Key]) -> None:
        at = self._scroll.verticalScrollBar().value()
        for key, row in list(self._rows.items()):
            self._column.removeWidget(row)
            if key not in keys:
                del self._rows[key]
                row.hide()
                row.deleteLater()
        rows = {}
        for place, key in enumerate(keys):
            row = self._rows.get(key) or self._new_row(key)
            self._column.insertWidget(place, row)
            rows[key] = row
        before: QWidget = self.open_chip
        for row in rows.values():
            for part in (row.link, row.button, row.more):
                QWidget.setTabOrder(before, part)
                before = part
        self._rows = rows
        self._scroll.verticalScrollBar().setValue(at)

    def _new_row(self, key: Key) -> CandidateRow:
        row = CandidateRow()
        row.wanted.connect(lambda: self._act(key))
        row.evidence.connect(lambda: self._open(key))
        row.menu.connect(lambda: self._offer(key))
        return row

    def _act(self, key: Key) -> None:
        one = self._shown[key]
        if not isinstance(one, BoardCandidate):
            self.put_back.emit(one[0])
        elif one.place == "removed" and one.item_id is not None:
            self.put_back.emit(one.item_id)
        else:
            self.add.emit(one.candidate)

    def _open(self, key: Key) -> None:
        one = self._shown[key]
        if isinstance(one, BoardCandidate):
            self.evidence.emit(one.candidate, self._rows[key].title.text())

    def _offer(self, key: Key) -> None:
        one = self._shown[key]
        if isinstance(one, BoardCandidate):
            row = self._rows[key]
            at = row.more.mapToGlobal(row.more.rect().bottomLeft())
            self.menu_of(one).popup(at)

    def menu_of(self, one: BoardCandidate) -> QMenu:
        """Return what else can be done with a candidate."""
        menu = Menu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        found = one.candidate
        if one.place != "removed":
            menu.addAction(_("Not this time"), lambda: self.leave_out.emit(found))
        if found.rule in ("raised", "parked"):
            menu.addAction(_("Refuse with a reason…"), lambda: self.refuse.emit(found))
        if found.rule in RULES:
            menu.addAction(
                _("Never this rule for this series"),
                lambda: self.silence.emit(found),
            )
        menu.addSeparator()
        menu.addAction(_("Rules and weights…"), self.rules.emit)
        return menu

    def row(self, candidate: Candidate) -> CandidateRow:
        """Return a candidate's row; KeyError when it is not shown."""
        return self._rows[candidate.kind, candidate.subject]

    def rows(self) -> list[CandidateRow]:
        """Return the rows, the weightiest first."""
        return list(self._rows.values())


def _is_shown(one: BoardCandidate) -> bool:
    """Tell whether a candidate is worth a row: standing ones only when missing."""
    return not one.candidate.is_standing or one.place == "removed"
