"""Marks all notices as read, for the bell and the inbox alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.i18n import ngettext
from desktop.use_cases.notice_acts import mark_read, mark_unread

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from ui.context import Context


def read_all(context: Context, owner: QObject) -> None:
    """Mark everything as read, shown or not; just that can be taken back."""

    def done(marked: tuple[int, ...]) -> None:
        words = ngettext("{n} marked as read.", "{n} marked as read.", len(marked))

        def undo() -> None:
            context.operations.write(mark_unread, marked).start(owner)

        context.offer_undo(words.format(n=len(marked)), undo)

    context.operations.write(mark_read).start(owner, done)
