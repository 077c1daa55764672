"""Marks the requests chosen in a list as not read, or as read, at somebody's word."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop.i18n import gettext_noop as N_
from desktop.i18n import ngettext
from desktop.use_cases.seeing import see_requests, unsee_requests
from ui.actions import Action
from ui.common.seeing import Seeing

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.common.request_pane.steps import Target
    from ui.context import Context


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
        if not ids:
            return
        seeing = Seeing.of(self._context)
        is_read = not all(seeing.knows_unread(one) for one in ids)
        self._mark(ids, as_read=not is_read, can_undo=True)

    def _mark(
        self, ids: Sequence[int], *, as_read: bool, can_undo: bool = False
    ) -> None:
        if not as_read:
            Seeing.of(self._context).keep_unread(ids)

        def done(count: int) -> None:
            words = (
                ngettext("Marked as read", "{count} marked as read", count)
                if as_read
                else ngettext("Marked as not read", "{count} marked as not read", count)
            )
            undo = (lambda: self._mark(ids, as_read=not as_read)) if can_undo else None
            self._context.offer_undo(words.format(count=count), undo)

        act = see_requests if as_read else unsee_requests
        self._context.operations.write(act, ids).start(self, done)
