"""Writes what a person does with an agenda, shows it at once, offers the way back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from desktop.domain.agenda import Candidate
from desktop.domain.errors import Conflict, Refusal
from desktop.i18n import gettext as _
from desktop.messages import refusal_words
from desktop.queries.meeting_rows import BoardAction, MeetingBoard
from desktop.queries.meetings import meeting_board
from desktop.use_cases.meetings import (
    add_candidate,
    change_item,
    close_action,
    close_session,
    draft_agenda,
    move_item,
    offer_again,
    plan_session,
    publish_agenda,
    remove_item,
    reopen_action,
    reopen_agenda,
    restore_item,
)
from ui.context import Context
from ui.meetings.arrangement import Arrangement
from ui.meetings.words import BoardWords


class Edits(QObject):
    """One at a time per session: the order on screen is ahead of the store's.

    ``arranged`` after a change on screen, ``settled`` when nothing is under way any
    more and the board should be read again.
    """

    arranged = Signal()
    settled = Signal()

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._under_way = 0
        self.begun = 0
        self.board: MeetingBoard | None = None
        self.order: Arrangement | None = None
        self.words: BoardWords | None = None

    @property
    def is_settled(self) -> bool:
        """Tell whether everything done was written."""
        return not self._under_way

    def take(self, board: MeetingBoard | None) -> None:
        """Work on another board, or on a newer reading of the same one."""
        self.board = board
        self.order = Arrangement.of(board) if board else None
        self.words = BoardWords(board.paper) if board else None

    def write(
        self,
        use_case: Callable[..., Any],
        *args: Any,
        done: Callable[[Any], None] | None = None,
        refused: Callable[[Refusal], None] | None = None,
        **kwargs: Any,
    ) -> None:
        """Run a use case; a refusal nobody takes is told above the page."""
        self._under_way += 1
        self.begun += 1

        def finished(value: Any) -> None:
            self._end()
            if done is not None:
                done(value)

        def failed(refusal: Refusal) -> None:
            self._end()
            (refused or self.tell)(refusal)

        write = self._context.operations.write(use_case, *args, **kwargs)
        write.start(self, finished, failed)

    def _end(self) -> None:
        self._under_way -= 1
        if self.is_settled:
            self.settled.emit()

    def tell(self, refusal: Refusal) -> None:
        """Say why something was refused; others' changes are on screen by then."""
        words = refusal_words(refusal)
        if isinstance(refusal, Conflict):
            words = _(
                "Somebody changed this agenda meanwhile. It is shown as it stands "
                "now: look at it again, then repeat your step."
            )
        self._context.tell(words, kind="broken", subject="meeting")

    # ------------------------------------------------------------ items

    def can_change(self) -> bool:
        """Tell whether there is an agenda that can be changed."""
        return self.board is not None and self.board.can_change

    def move(self, item_id: int, to: int) -> None:
        """Put an item at another place."""
        order = self.order
        if order is None or not self.can_change():
            return
        before = order.index(item_id)
        if before < 0 or to == before or not 0 <= to < len(order.items):
            return
        self._arrange(order.moved(item_id, to))
        self.write(move_item, item_id, to)

    def give_minutes(self, item_id: int, by: int) -> None:
        """Give an item more or fewer minutes."""
        item = self.order.item(item_id) if self.order else None
        if self.order is None or item is None or not self.can_change():
            return
        minutes = item.running.minutes + by
        if not 1 <= minutes <= 480:
            return
        self._arrange(self.order.timed(item_id, minutes))
        self.write(change_item, item_id, minutes=minutes)

    def remove(self, item_id: int) -> None:
        """Take an item off, and offer to put it back."""
        item = self.order.item(item_id) if self.order else None
        if self.order is None or self.words is None or item is None:
            return
        if not self.can_change():
            return
        title = self.words.item_title(item.running)
        self._arrange(self.order.without(item_id))
        self.write(
            remove_item,
            item_id,
            done=lambda _value: self._context.offer_undo(
                _("Taken off the agenda: {title}").format(title=title),
                lambda: self.put_back(item_id),
            ),
        )

    def offer_again(self, item_id: int) -> None:
        """Take "not this time" back."""
        self.write(offer_again, item_id)

    def put_back(self, item_id: int) -> None:
        """Put a removed item back where it was."""
        self.write(restore_item, item_id)

    def add(self, candidate: Candidate) -> None:
        """Put a candidate on the agenda."""
        if self.board is not None and self.can_change():
            self.write(add_candidate, self.board.id, candidate)

    def _arrange(self, order: Arrangement) -> None:
        self.order = order
        self.arranged.emit()

    # ------------------------------------------------------------ the session

    def draft(self) -> None:
        """Draft the agenda, or add what was found since; of figures as at now."""
        board = self.board
        if board is None or not board.can_change:
            return
        if board.state == "published":
            self.write(reopen_agenda, board.id, done=lambda _v: self._read_and_draft())
        else:
            self._read_and_draft()

    def _read_and_draft(self) -> None:
        board = self.board
        if board is None:
            return
        now = self._context.ticker.now()
        read = self._context.operations.read_apart(meeting_board, board.id, now)
        read.start(self, self._draft_of)

    def _draft_of(self, fresh: MeetingBoard) -> None:
        is_first = not fresh.items

        def told(added: int) -> None:
            if not is_first:
                self._context.offer_undo(_added_words(added))

        offered = [one.candidate for one in fresh.candidates]
        self.write(draft_agenda, fresh.id, fresh.drafted, offered, done=told)

    def publish(self) -> None:
        """Publish the agenda as it is on screen, as its next version."""
        board = self.board
        if board is None:
            return

        def told(number: int) -> None:
            words = _("Version {number} is published.").format(number=number)
            self._context.offer_undo(words)

        self.write(publish_agenda, board.id, expected_version=board.version, done=told)

    def hold(self) -> None:
        """Say that the session took place."""
        if self.board is not None:
            self.write(close_session, self.board.id)

    def plan(self, series_id: int, done: Callable[[int], None]) -> None:
        """Plan the next session of a series."""
        self.write(plan_session, series_id, done=done)

    def close_action(self, action: BoardAction, dropped: bool) -> None:
        """Say that an action is done or dropped, and offer to take it back."""
        words = _("Dropped: {text}") if dropped else _("Done: {text}")
        self.write(
            close_action,
            action.id,
            dropped=dropped,
            expected_version=action.version,
            done=lambda _value: self._context.offer_undo(
                words.format(text=action.text),
                lambda: self.write(reopen_action, action.id),
            ),
        )


def _added_words(added: int) -> str:
    if not added:
        return _("Nothing new was found. The figures are as at now.")
    return _("Found and added: {count}").format(count=added)
