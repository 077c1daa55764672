"""Marks the requests chosen in a list as not read, or as read, at somebody's word."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from desktop.i18n import gettext as _
from desktop.i18n import gettext_noop as N_
from desktop.i18n import ngettext
from desktop.queries.seeing import unread_among
from desktop.use_cases.seeing import (
    ReadBefore,
    see_requests,
    take_back_reading,
    unsee_requests,
)
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
        if read:
            Seeing.of(self._context).keep_unread(read)
            self._mark(unsee_requests, read, self._tell_unread)
        else:
            self._mark(see_requests, ids, self._tell_read)

    def _mark(
        self,
        act: Callable[[Any, Sequence[int]], ReadBefore],
        ids: Sequence[int],
        tell: Callable[[Sequence[int], Undo, frozenset[int]], None],
    ) -> None:
        def marked(before: ReadBefore) -> None:
            self._unread(ids, partial(tell, ids, partial(undo, before)))

        def undo(before: ReadBefore) -> None:
            if act is see_requests:
                Seeing.of(self._context).keep_unread(ids)
            self._context.operations.write(take_back_reading, before).start(self)

        self._context.operations.write(act, ids).start(self, marked)

    def _tell_read(
        self, ids: Sequence[int], undo: Undo, unread: frozenset[int]
    ) -> None:
        count = len(ids) - len(unread)
        words = ngettext("Marked as read", "{count} marked as read", count)
        self._context.offer_undo(words.format(count=count), undo)

    def _tell_unread(
        self, ids: Sequence[int], undo: Undo, unread: frozenset[int]
    ) -> None:
        count = len(unread)
        words = ngettext("Marked as not read", "{count} marked as not read", count)
        told = [words.format(count=count)] if count else []
        if count < len(ids):
            told.append(
                _("What is older than 30 days, or than your first day, is read.")
            )
        self._context.offer_undo(" · ".join(told), undo if count else None)
