"""Marks the requests chosen in a list as not read, or as read, at somebody's word."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop.i18n import gettext as _
from desktop.i18n import gettext_noop as N_
from desktop.i18n import ngettext
from desktop.queries.seeing import unread_among
from desktop.use_cases.seeing import see_requests, unsee_requests
from ui.actions import Action
from ui.common.seeing import Seeing

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.common.request_pane.steps import Target
    from ui.context import Context

Undo = Callable[[], None]


class Marking(QObject):
    """Belongs to a page with a list; ``targets`` are the requests chosen there."""

    def __init__(
        self,
        context: Context,
        page: QWidget,
        group: str,
        targets: Callable[[], Sequence[Target]],
    ) -> None:
        super().__init__(page)
        self._context = context
        self._targets = targets
        words = N_("Read, or not read")
        toggle = f"{group}.toggle_read"
        context.actions.add(
            Action(
                toggle,
                words,
                self.toggle,
                "Shift+U",
                "mail",
                group,
                lambda: bool(targets()),
            ),
            page,
        )

    def toggle(self) -> None:
        """Mark what is chosen as not read, or as read where none of it is."""
        ids = [one.id for one in self._targets()]
        if ids:
            self._unread(ids, partial(self._turn, ids))

    def _unread(
        self, ids: Sequence[int], take: Callable[[frozenset[int]], None]
    ) -> None:
        me, now = self._context.me.person_id, self._context.ticker.now()
        self._context.operations.read(unread_among, me, ids, now).start(self, take)

    def _turn(self, ids: Sequence[int], unread: frozenset[int]) -> None:
        read = [one for one in ids if one not in unread]
        self._mark(read or ids, as_read=not read, can_undo=True)

    def _mark(
        self, ids: Sequence[int], *, as_read: bool, can_undo: bool = False
    ) -> None:
        if not as_read:
            Seeing.of(self._context).keep_unread(ids)
        undo = partial(self._mark, ids, as_read=not as_read) if can_undo else None
        told = partial(self._tell_read if as_read else self._tell_unread, ids, undo)
        act = see_requests if as_read else unsee_requests
        write = self._context.operations.write(act, ids)
        write.start(self, lambda _none: self._unread(ids, told))

    def _tell_read(
        self, ids: Sequence[int], undo: Undo | None, unread: frozenset[int]
    ) -> None:
        count = len(ids) - len(unread)
        words = ngettext("Marked as read", "{count} marked as read", count)
        self._context.offer_undo(words.format(count=count), undo)

    def _tell_unread(
        self, ids: Sequence[int], undo: Undo | None, unread: frozenset[int]
    ) -> None:
        count = len(unread)
        words = ngettext("Marked as not read", "{count} marked as not read", count)
        told = [words.format(count=count)] if count else []
        if count < len(ids):
            told.append(
                _("What is older than 30 days, or than your first day, is read.")
            )
        self._context.offer_undo(" · ".join(told), undo if count else None)
