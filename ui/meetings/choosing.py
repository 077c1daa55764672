"""What a coordinator makes of what was found: not now, never, how much, seen."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from desktop.domain.agenda import Candidate
from desktop.domain.errors import Refusal
from desktop.domain.text import shortened
from desktop.i18n import gettext as _
from desktop.messages import refusal_words
from desktop.queries.meeting_rows import MeetingBoard
from desktop.use_cases.agenda_rules import hear_rule, silence_rule, turn_rules
from desktop.use_cases.meetings import leave_out, look
from desktop.use_cases.raising_items import raise_again, refuse
from ui.common.dialog import Dialog
from ui.common.inputs import TextInput
from ui.common.labelled import Labelled
from ui.context import Context
from ui.meetings.edits import Edits
from ui.meetings.rule_words import RULES
from ui.meetings.rules_dialog import RulesDialog


class RefuseDialog(Dialog):
    """Asks why a session will not talk about what somebody raised."""

    def __init__(self, title: str, by: str, parent: QWidget | None = None) -> None:
        told = _("{name} is told, with these words.").format(name=by) if by else ""
        super().__init__(
            _("Refuse “{title}”?").format(title=shortened(title, 120)),
            told,
            submit=_("Refuse it"),
            parent=parent,
        )
        self.reason = TextInput(lines=3)
        self.reason.submitted.connect(self.submit)
        self.box = Labelled(_("Why"), self.reason, needed=True)
        self.body.addWidget(self.box)
        self.start_at(self.reason)

    def refused(self, refusal: Refusal) -> None:
        """Say at the field what is wrong."""
        self.set_busy(False)
        self.box.show_problem(refusal_words(refusal))


class Choosing(QObject):
    """Writes what was chosen, and offers the way back."""

    def __init__(self, context: Context, edits: Edits, page: QWidget) -> None:
        super().__init__(page)
        self._context, self._edits, self._page = context, edits, page
        self.rules_dialog: RulesDialog | None = None
        self.refuse_dialog: RefuseDialog | None = None

    def leave_out(self, candidate: Candidate) -> None:
        """Keep a candidate off this agenda."""
        board, words = self._edits.board, self._edits.words
        if board is None or words is None:
            return
        title = words.candidate_title(candidate)

        def told(item_id: int) -> None:
            self._context.offer_undo(
                _("Not this time: {title}").format(title=title),
                lambda: self._edits.offer_again(item_id),
            )

        self._edits.write(leave_out, board.id, candidate, done=told)

    def silence(self, candidate: Candidate) -> None:
        """Never propose by this rule in this series again."""
        board = self._edits.board
        if board is None:
            return
        rule, series_id = candidate.rule, board.series_id
        told = _("Never in this series: {rule}").format(rule=_(RULES[rule]))
        self._edits.write(
            silence_rule,
            series_id,
            rule,
            done=lambda _value: self._context.offer_undo(told, lambda: self.hear(rule)),
        )

    def hear(self, rule: str) -> None:
        """Propose by a silenced rule again."""
        board = self._edits.board
        if board is not None:
            self._edits.write(hear_rule, board.series_id, rule)

    def see(self) -> None:
        """Say that everything new was looked at."""
        board = self._edits.board
        if board is not None:
            fresh = [one.candidate for one in board.candidates if one.fresh]
            self._edits.write(look, board.id, fresh)

    def see_one(self, candidate: Candidate) -> None:
        """Say that one candidate was looked at, where something of it is new."""
        board = self._edits.board
        if board is None:
            return
        if any(one.fresh and one.candidate == candidate for one in board.candidates):
            self._edits.write(look, board.id, [candidate])

    def refuse(self, candidate: Candidate) -> None:
        """Ask why, and tell whoever raised it."""
        words, raised_id = self._edits.words, candidate.source_id
        if words is None or raised_id is None:
            return
        by = next(
            (one.by for one in words.paper.raised if one.subject == candidate.subject),
            "",
        )
        dialog = RefuseDialog(candidate.label, by, self._page)
        self.refuse_dialog = dialog

        def done(_value: object) -> None:
            if isValid(dialog):
                dialog.accept()
            self._context.offer_undo(
                _("Refused: {title}").format(title=candidate.label),
                partial(self._edits.write, raise_again, raised_id),
            )

        def submit() -> None:
            dialog.set_busy(True)
            self._edits.write(
                refuse,
                raised_id,
                dialog.reason.toPlainText(),
                done=done,
                refused=lambda refusal: (
                    dialog.refused(refusal)
                    if isValid(dialog)
                    else self._edits.tell(refusal)
                ),
            )

        dialog.submitted.connect(submit)
        dialog.open()

    def rules(self) -> None:
        """Ask what each rule weighs in this series."""
        board = self._edits.board
        if board is None:
            return
        series_id = board.series_id
        dialog = RulesDialog(
            board.paper.head.series, dict(board.weights), board.silenced, self._page
        )
        self.rules_dialog = dialog

        def submit() -> None:
            dialog.set_busy(True)
            self._edits.write(
                turn_rules,
                series_id,
                dialog.weights(),
                done=lambda _value: dialog.accept() if isValid(dialog) else None,
                refused=lambda refusal: (
                    dialog.show_refusal(refusal)
                    if isValid(dialog)
                    else self._edits.tell(refusal)
                ),
            )

        dialog.submitted.connect(submit)
        dialog.heard.connect(self.hear)
        dialog.open()

    def follow(self, board: MeetingBoard) -> None:
        """Tell an open dialog which rules are silenced now."""
        dialog = self.rules_dialog
        if dialog is not None and isValid(dialog):
            dialog.follow(board.silenced)
