"""Opens the dialogs of the minutes page and writes what was said in them."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop.i18n import gettext as _
from desktop.queries.sitting import DecisionLine
from desktop.use_cases.minutes import add_addendum, approve_minutes, change_decision
from ui.common.dialog import Question
from ui.common.kept_words import KeptWords
from ui.meetings.minutes.dialogs import AddendumDialog, DecisionDialog
from ui.meetings.sitting.link import SittingLink


class MinutesAsking(QObject):
    """One dialog at a time; it stays, as typed, when it is refused."""

    def __init__(self, link: SittingLink, page: QWidget) -> None:
        super().__init__(page)
        self.link = link
        self.kept: KeptWords | None = None
        self._page = page

    def change_decision(self, line: DecisionLine) -> None:
        """Ask for other words of a decision."""
        dialog = DecisionDialog(line, self._page)

        def submit() -> None:
            dialog.set_busy(True)
            self.link.write(
                change_decision,
                line.id,
                dialog.text.toPlainText(),
                expected_version=line.version,
                done=lambda _value: dialog.accept(),
                refused=dialog.show_refusal,
            )

        dialog.submitted.connect(submit)
        dialog.open()

    def approve(self) -> None:
        """Ask once before the minutes are sealed."""
        board = self.link.board
        if board is None or not board.may_approve or board.state != "held":
            return
        question = Question(
            _("Approve the minutes of session {number}?").format(
                number=board.head.number
            ),
            _(
                "They are sealed then: what has to be said later is added as a "
                "correction. Whoever was invited is told."
            ),
            submit=_("Approve"),
            parent=self._page,
        )

        def submit() -> None:
            question.set_busy(True)
            self.link.write(
                approve_minutes,
                board.meeting_id,
                done=lambda _value: question.accept(),
                refused=question.show_refusal,
            )

        question.submitted.connect(submit)
        question.open()

    def correct(self) -> None:
        """Ask for a correction of approved minutes."""
        board = self.link.board
        if board is None or board.state != "approved":
            return
        dialog = AddendumDialog(board, self._page)
        if self.kept is not None:
            self.kept.hold(dialog, "correction", dialog.text)

        def submit() -> None:
            dialog.set_busy(True)
            self.link.write(
                add_addendum,
                board.meeting_id,
                dialog.text.toPlainText(),
                item_id=dialog.item_id(),
                key=dialog.key,
                done=lambda _value: dialog.accept(),
                refused=dialog.show_refusal,
            )

        dialog.submitted.connect(submit)
        dialog.open()
