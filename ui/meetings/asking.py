"""Opens the dialogs of the meetings page and writes what was said in them."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog, QWidget
from shiboken6 import isValid

from desktop.domain.agenda import Candidate
from desktop.domain.errors import Conflict, Refusal
from desktop.domain.text import shortened
from desktop.i18n import gettext as _
from desktop.queries.meeting_rows import EvidenceRow, MeetingBoard
from desktop.queries.meetings import requests_behind
from desktop.use_cases.meetings import (
    add_action,
    add_topic,
    change_item,
)
from ui.common.dialog import Question
from ui.common.kept_words import KeptWords
from ui.context import Context
from ui.meetings.action_dialog import ActionDialog
from ui.meetings.edits import Edits
from ui.meetings.evidence_dialog import EvidenceDialog
from ui.meetings.files_dialog import FilesDialog
from ui.meetings.item_dialog import ItemDialog


class Asking(QObject):
    """One dialog at a time; it stays, as typed, when it is refused."""

    def __init__(self, context: Context, edits: Edits, page: QWidget) -> None:
        super().__init__(page)
        self._context = context
        self._edits = edits
        self._page = page
        self._open: ItemDialog | None = None
        self._files: FilesDialog | None = None

    # ------------------------------------------------------------ items

    def new_item(self) -> None:
        """Ask for an item of one's own."""
        board = self._edits.board
        if board is None or not board.can_change:
            return
        dialog = ItemDialog(board.people, parent=self._page)
        kept = KeptWords.of(self._context, f"agenda {board.id}")
        kept.hold(dialog, "new", dialog.notes, dialog.chair_notes, dialog.title)

        def submit() -> None:
            dialog.set_busy(True)
            said = dialog.values()
            self._edits.write(
                add_topic,
                board.id,
                said.pop("title"),
                said.pop("minutes"),
                key=dialog.key,
                done=lambda _value: _accept(dialog),
                refused=lambda refusal: self._refuse(dialog, refusal),
                **said,
            )

        dialog.submitted.connect(submit)
        dialog.open()

    def item(self, item_id: int) -> None:
        """Ask how an item should be; another's edit meanwhile is told, not lost."""
        board, order, words = self._edits.board, self._edits.order, self._edits.words
        item = order.item(item_id) if order else None
        if board is None or words is None or item is None or not board.can_change:
            return
        role = words.leader(replace(item.running, leader=None))
        title = words.item_title(item.running)
        dialog = ItemDialog(board.people, item, title, role, self._page)

        def submit() -> None:
            assert dialog.item is not None
            dialog.set_busy(True)
            self._edits.write(
                change_item,
                item_id,
                expected_version=dialog.item.version,
                done=lambda _value: _accept(dialog),
                refused=lambda refusal: self._item_refused(dialog, refusal),
                **dialog.values(),
            )

        dialog.submitted.connect(submit)
        self._open = dialog
        dialog.open()

    def files(self, item_id: int) -> None:
        """Show an item's files; what is done there is done at once."""
        order, words = self._edits.order, self._edits.words
        item = order.item(item_id) if order else None
        if item is None or words is None:
            return
        title = words.item_title(item.running)
        self._files = FilesDialog(self._context, self._edits, item, title, self._page)
        self._files.open()

    def _item_refused(self, dialog: ItemDialog, refusal: Refusal) -> None:
        self._refuse(dialog, refusal)
        if isinstance(refusal, Conflict) and isValid(dialog):
            dialog.show_problem(
                _(
                    "Somebody changed this item while you were writing. Close this to "
                    "see it, or copy what you wrote."
                )
            )

    def _refuse(self, dialog: ItemDialog | ActionDialog, refusal: Refusal) -> None:
        """Say it in the dialog, or above the page when it was closed meanwhile."""
        if isValid(dialog):
            dialog.refused(refusal)
        else:
            self._edits.tell(refusal)

    def follow(self, board: MeetingBoard) -> None:
        """Tell an open dialog how its item stands now."""
        files = self._files
        if files is not None and isValid(files):
            shown = [one for one in board.items if one.id == files.item_id]
            files.show_files(shown[0].files if shown else ())
        dialog = self._open
        if dialog is None or not isValid(dialog) or dialog.item is None:
            self._open = None
            return
        wanted = dialog.item.id
        dialog.follow(next((one for one in board.items if one.id == wanted), None))

    # ------------------------------------------------------------ the session

    def publish(self) -> None:
        """Ask once before publishing, naming session and version."""
        board = self._edits.board
        if board is None or not board.can_change or not board.items:
            return
        head = board.paper.head
        question = Question(
            _("Publish the agenda of session {number}?").format(number=head.number),
            _(
                "It becomes version {version} of “{series}”. A change after that "
                "makes the draft of the next version."
            ).format(
                version=board.agenda_version + 1, series=shortened(head.series, 80)
            ),
            submit=_("Publish"),
            parent=self._page,
        )
        question.submitted.connect(self._edits.publish)
        question.submitted.connect(question.accept)
        question.open()

    def hold(self) -> None:
        """Ask once before a session is said to be held."""
        board = self._edits.board
        if board is None or not board.can_close:
            return
        question = Question(
            _("Mark session {number} as held?").format(number=board.paper.head.number),
            _("Its agenda cannot be changed then. Actions due by its day are carried."),
            submit=_("Mark as held"),
            parent=self._page,
        )
        question.submitted.connect(self._edits.hold)
        question.submitted.connect(question.accept)
        question.open()

    def new_action(self) -> None:
        """Ask for an action of this series."""
        board, order, words = self._edits.board, self._edits.order, self._edits.words
        if board is None or order is None or words is None:
            return
        topics = [words.item_title(one.running) for one in order.items]
        page = self._page
        chosen = getattr(page, "chosen", lambda: None)()
        item = order.item(chosen)
        topic = words.item_title(item.running) if item else ""
        due = words.day_of(board.period.next_at or board.paper.head.starts_at)
        dialog = ActionDialog(board.people, topics, topic, due, page)

        def submit() -> None:
            due_on = dialog.due_on()
            if due_on is None:
                return
            dialog.set_busy(True)
            self._edits.write(
                add_action,
                board.series_id,
                dialog.text.text(),
                dialog.topic.text(),
                due_on,
                owner_id=dialog.owner_id(),
                meeting_id=board.id,
                key=dialog.key,
                done=lambda _value: _accept(dialog),
                refused=lambda refusal: self._refuse(dialog, refusal),
            )

        dialog.submitted.connect(submit)
        dialog.open()

    # ------------------------------------------------------------ evidence

    def evidence(self, candidate: Candidate, title: str) -> None:
        """Show the requests behind a candidate; opening one goes there."""
        ids = candidate.request_ids

        def show(rows: tuple[EvidenceRow, ...]) -> None:
            dialog = EvidenceDialog(title, rows, len(ids), candidate.parts, self._page)
            dialog.opened.connect(
                lambda request_id: self._context.navigate(
                    "request", request_id=request_id, back="meetings"
                )
            )
            dialog.open()

        self._context.operations.read(requests_behind, ids).start(self, show)


def _accept(dialog: QDialog) -> None:
    """Close a dialog, unless somebody closed it while it was written."""
    if isValid(dialog):
        dialog.accept()
