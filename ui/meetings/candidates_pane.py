"""What happened since the last session: candidates by weight, to add or put back."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.domain.agenda import Candidate
from desktop.i18n import gettext as _
from desktop.queries.meeting_rows import BoardCandidate, MeetingBoard
from ui.common.buttons import Button, Chip
from ui.common.labels import IconLabel, LinkLabel, PlainLabel
from ui.meetings.words import BoardWords, icon_of, ink_of, requests_words
from ui.style import tokens

Key = tuple[str, str]


class CandidateRow(QWidget):
    """One candidate: why it is one, what is behind it, and what can be done."""

    wanted = Signal()
    evidence = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.icon = IconLabel("circle")
        self.title = PlainLabel(wraps=True)
        self.reason = PlainLabel(size="small", ink="text2", wraps=True)
        self.link = LinkLabel("")
        self.link.clicked.connect(self.evidence)
        self.used = PlainLabel(size="small", ink="text2")
        self.button = Button("")
        self.button.set_height(28)
        self.button.clicked.connect(self.wanted)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.link)
        foot.addStretch(1)
        foot.addWidget(self.used)
        foot.addWidget(self.button)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self.title)
        words.addWidget(self.reason)
        words.addLayout(foot)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 10, 0, 10)
        layout.setSpacing(12)
        layout.addWidget(self.icon, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(words, 1)

    def show_candidate(
        self, one: BoardCandidate, words: BoardWords, can_change: bool
    ) -> None:
        """Show a candidate as it stands now."""
        found = one.candidate
        self.icon.set_icon(icon_of(found.rule), ink_of(found.rule))
        self.title.setText(words.candidate_title(found))
        self.reason.setText(words.candidate_reason(found))
        count = len(found.request_ids)
        self.link.setText(requests_words(count))
        self.link.setVisible(bool(count))
        self._show_place(one.place, found.minutes, can_change)

    def show_removed(self, kind: str, title: str, can_change: bool) -> None:
        """Show an item that was taken off and has no evidence any more."""
        self.icon.set_icon(icon_of(kind), "text2")
        self.title.setText(title)
        self.reason.setText(_("Taken off the agenda"))
        self.link.hide()
        self._show_place("removed", 0, can_change)

    def _show_place(self, place: str, minutes: int, can_change: bool) -> None:
        is_used = place == "on_agenda"
        told = {"on_agenda": _("On the agenda"), "removed": _("Taken off")}
        self.used.setText(told.get(place, ""))
        self.used.setVisible(is_used or (place == "removed" and not can_change))
        add = _("Add, {minutes} min").format(minutes=minutes)
        self.button.set_words(_("Put back") if place == "removed" else add)
        self.button.setVisible(can_change and not is_used)
        spoken = f"{self.button.words()}: {self.title.text()}"
        self.button.setAccessibleName(spoken)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the hairline under the row."""
        box = self.rect()
        line = QRectF(0, box.height() - 1, box.width(), 1)
        QPainter(self).fillRect(line, tokens().line)


class CandidatesPane(QWidget):
    """Rows in order of weight; used ones stay, marked."""

    add = Signal(object)
    put_back = Signal(int)
    evidence = Signal(object, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = PlainLabel(_("What happened"), size="title")
        self.since = PlainLabel("", size="small", ink="text2", wraps=True)
        self.all_chip = Chip(_("All"))
        self.open_chip = Chip(_("Not on the agenda"))
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
        holder = QWidget()
        holder.setObjectName("scrolled")
        self._column = QVBoxLayout(holder)
        self._column.setContentsMargins(0, 0, 12, 0)
        self._column.setSpacing(0)
        self._column.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(holder)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 8, 0)
        layout.setSpacing(4)
        layout.addWidget(self.title)
        layout.addWidget(self.since)
        layout.addSpacing(8)
        layout.addLayout(chips)
        layout.addSpacing(4)
        layout.addWidget(self.quiet)
        layout.addWidget(self._scroll, 1)
        self.setMinimumWidth(280)

    def show_board(self, board: MeetingBoard, words: BoardWords) -> None:
        """Show what a session's period proposes."""
        self._board, self._words = board, words
        self.since.setText(words.since())
        self.quiet.setText(words.quiet(board))
        self.quiet.setVisible(bool(self.quiet.text()))
        offered = [one for one in board.candidates if _is_shown(one)]
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
            for part in (row.link, row.button):
                QWidget.setTabOrder(before, part)
                before = part
        self._rows = rows
        self._scroll.verticalScrollBar().setValue(at)

    def _new_row(self, key: Key) -> CandidateRow:
        row = CandidateRow()
        row.wanted.connect(lambda: self._act(key))
        row.evidence.connect(lambda: self._open(key))
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

    def row(self, candidate: Candidate) -> CandidateRow:
        """Return a candidate's row; KeyError when it is not shown."""
        return self._rows[candidate.kind, candidate.subject]

    def rows(self) -> list[CandidateRow]:
        """Return the rows, the weightiest first."""
        return list(self._rows.values())


def _is_shown(one: BoardCandidate) -> bool:
    """Tell whether a candidate is worth a row: standing ones only when missing."""
    return not one.candidate.is_standing or one.place == "removed"
