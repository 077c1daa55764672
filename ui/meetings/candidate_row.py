"""One candidate as a row: what it is, why it ranks so, and what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.i18n import gettext as _
from desktop.queries.meeting_rows import BoardCandidate
from ui.common.buttons import Button, IconButton
from ui.common.labels import IconLabel, LinkLabel, PlainLabel, StateChip
from ui.meetings.rule_words import fresh_words, icon_of, ink_of, why
from ui.meetings.words import BoardWords, requests_words
from ui.style import tokens


class CandidateRow(QWidget):
    """One candidate: why it is one, what is behind it, and what can be done."""

    wanted = Signal()
    evidence = Signal()
    menu = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.icon = IconLabel("circle")
        self.title = PlainLabel(wraps=True)
        self.reason = PlainLabel(size="small", ink="text2", wraps=True)
        self.why = PlainLabel(size="small", ink="risk", wraps=True)
        self.fresh = StateChip(parent=self)
        self.more = IconButton("dots", _("More"))
        self.more.clicked.connect(self.menu)
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
        foot.addWidget(self.more)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.title, 1)
        head.addWidget(self.fresh, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addLayout(head)
        words.addWidget(self.reason)
        words.addWidget(self.why)
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
        ranked = why(found)
        self.why.setText(ranked)
        self.why.setVisible(bool(ranked))
        self.fresh.set_state(fresh_words(one.fresh), kind="ok", icon="")
        count = len(found.request_ids)
        self.link.setText(requests_words(count) if count else _("Why"))
        self.link.setVisible(bool(count or found.parts))
        self.more.setVisible(can_change)
        self.more.setAccessibleName(
            _("More about {title}").format(title=self.title.text())
        )
        self._show_place(one.place, found.minutes, can_change)

    def show_removed(self, kind: str, title: str, can_change: bool) -> None:
        """Show an item that was taken off and has no evidence any more."""
        self.icon.set_icon(icon_of(kind), "text2")
        self.title.setText(title)
        self.reason.setText(_("Taken off the agenda"))
        self.why.hide()
        self.fresh.set_state("")
        self.link.hide()
        self.more.hide()
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
