"""Asks once before a session is ended, naming what was not reached."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop import formats
from desktop.i18n import gettext as _
from desktop.i18n import ngettext
from desktop.queries.sitting import SittingBoard
from desktop.use_cases.sitting import end_session
from ui.common.dialog import Dialog
from ui.common.inputs import CheckInput
from ui.common.labels import PlainLabel
from ui.meetings.sitting.words import title_of

NAMED = 6


class EndDialog(Dialog):
    """Ends the session; what was not dealt with can go on the next agenda."""

    def __init__(self, board: SittingBoard, parent: QWidget | None = None) -> None:
        super().__init__(
            _("End session {number}?").format(number=board.head.number),
            _(
                "Its minutes become a draft. Open actions due by its day are carried "
                "to the next session."
            ),
            submit=_("End the session"),
            parent=parent,
        )
        self._board = board
        self.rest = [
            one
            for one in board.items
            # The others are on every agenda by themselves.
            if one.item.kind == "topic"
            and one.item.fate == "open"
            and one.id != board.item_id
            and not (one.item.spent_s or one.item.said or one.decisions or one.actions)
        ]
        words = ngettext(
            "Put {n} item that was not reached off to the next session",
            "Put {n} items that were not reached off to the next session",
            len(self.rest),
        )
        self.put_off = CheckInput(words.format(n=formats.count(len(self.rest))))
        self.put_off.setChecked(bool(self.rest))
        self.body.addWidget(self.put_off)
        self.put_off.setVisible(bool(self.rest))
        for one in self.rest[:NAMED]:
            title = f"{one.item.number}  {title_of(board, one)}"
            self.body.addWidget(PlainLabel(title, ink="text2", wraps=True))
        self.start_at(self.submit_button)

    def wanted(self) -> tuple[Callable[..., Any], int, dict[int, str]]:
        """Return the use case and what it takes."""
        put_off = self.rest if self.put_off.isChecked() else []
        titles = {one.id: title_of(self._board, one) for one in put_off}
        return end_session, self._board.meeting_id, titles
