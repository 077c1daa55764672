"""The item under discussion in big type: evidence in brief, and what was typed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop import formats
from desktop.domain.text import in_line, shortened
from desktop.i18n import gettext as _
from desktop.i18n import ngettext
from desktop.queries.sitting import BriefRow, SittingBoard, SittingItem
from desktop.reports.request_words import STATES
from ui.common.scroll_area import ScrollArea
from ui.meetings.sitting.big import BigLabel, Scale
from ui.meetings.sitting.words import (
    FATES,
    about,
    action_words,
    carried_words,
    title_of,
)

NOTES_SHOWN = 6
LONGEST = 600
"""So many letters of one text are shown; the minutes have all of it."""


class Stage(ScrollArea):
    """Title, what is wanted of it, evidence, decisions, actions, notes."""

    def __init__(self, scale: Scale, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scale = scale
        self._shown: object = None
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner = QWidget()
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(32, 16, 32, 16)
        self._column.setSpacing(8)
        self.title = BigLabel(scale, 2.4, bold=True)
        self.about = BigLabel(scale, 1.15, ink="text2")
        self.notes = BigLabel(scale, 1.15, ink="text2")
        self._rows = QVBoxLayout()
        self._rows.setSpacing(6)
        for part in (self.title, self.about, self.notes):
            self._column.addWidget(part)
        self._column.addLayout(self._rows)
        self._column.addStretch(1)
        self.setWidget(inner)

    def show_item(self, board: SittingBoard, item: SittingItem | None) -> None:
        """Show an item; nothing moves where nothing changed."""
        if item is None:
            self._show_ended(board)
            return
        if (item, board.state) == self._shown:
            return
        is_other = not isinstance(self._shown, tuple) or (
            getattr(self._shown[0], "id", None) != item.id
        )
        self._shown = (item, board.state)
        self.title.setText(f"{item.item.number}  {title_of(board, item)}")
        fate = FATES[item.item.fate][2]
        words = about(board, item)
        if item.item.fate != "open":
            words = in_line(words, _(fate))
        self.about.setText(words)
        self.notes.setText(shortened(item.notes, LONGEST))
        self.notes.setVisible(bool(item.notes))
        self._fill(item)
        if is_other:
            self.verticalScrollBar().setValue(0)

    def _show_ended(self, board: SittingBoard) -> None:
        self._shown = None
        self._empty()
        ended = board.state in ("held", "approved")
        self.title.setText(
            _("The session is over.") if ended else _("Nothing is under discussion.")
        )
        self.about.setText(
            _("Its minutes are a draft now.") if board.state == "held" else ""
        )
        self.notes.hide()

    def _empty(self) -> None:
        while self._rows.count():
            taken = self._rows.takeAt(0)
            widget = taken.widget() if taken is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def _fill(self, item: SittingItem) -> None:
        self._empty()
        self._section(
            _("What is behind it"),
            [(row.mark, row.words, _aside(row)) for row in item.evidence],
            item.evidence_count - len(item.evidence),
        )
        self._section(
            _("Decided"),
            [
                (f"D-{one.number}", one.text, "")
                for one in item.decisions
                if not one.is_withdrawn
            ],
            is_bold=True,
        )
        self._section(
            _("To do"),
            [
                (one.label, action_words(one), carried_words(one))
                for one in item.actions
            ],
        )
        lines = [one for one in item.item.said.split("\n") if one.strip()]
        self._section(
            _("Said"),
            [("–", one, "") for one in lines[-NOTES_SHOWN:]],
            max(0, len(lines) - NOTES_SHOWN),
        )

    def _section(
        self,
        title: str,
        rows: Sequence[tuple[str, str, str]],
        more: int = 0,
        *,
        is_bold: bool = False,
    ) -> None:
        if not rows:
            return
        self._rows.addSpacing(12)
        self._rows.addWidget(BigLabel(self._scale, 1.0, title, ink="text2", bold=True))
        for mark, words, aside in rows:
            self._rows.addWidget(self._row(mark, words, aside, is_bold))
        if more > 0:
            words = ngettext("and {n} more", "and {n} more", more)
            told = words.format(n=formats.count(more))
            self._rows.addWidget(BigLabel(self._scale, 1.0, told, ink="text2"))

    def _row(self, mark: str, words: str, aside: str, is_bold: bool) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(16)
        first = BigLabel(self._scale, 1.15, mark, ink="text2")
        first.setWordWrap(False)
        first.setMinimumWidth(self._scale.pixels(6.4 if len(mark) > 2 else 1.4))
        top = Qt.AlignmentFlag.AlignTop
        line.addWidget(first, 0, top)
        shown = shortened(words, LONGEST)
        line.addWidget(BigLabel(self._scale, 1.25, shown, bold=is_bold), 3, top)
        if aside:
            line.addWidget(BigLabel(self._scale, 1.0, aside, ink="text2"), 1, top)
        return row


def _aside(row: BriefRow) -> str:
    state = _(STATES[row.state]) if row.state else ""
    return in_line(row.aside, state)
