"""N: take the next request of the queue without looking for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from desktop.domain.errors import Refusal
from desktop.i18n import gettext as _
from desktop.i18n import gettext_noop as N_
from desktop.messages import refusal_words
from ui.actions import Action

if TYPE_CHECKING:
    from desktop.use_cases.taking import Taken
    from ui.context import Context


def add_next_action(
    context: Context, page: QWidget, show: Callable[[int], None]
) -> None:
    """Add the action to a page; `show` brings the request taken into sight."""

    def taken(request: Taken) -> None:
        from desktop.use_cases.undoing import undo

        words = _("{reference} is yours").format(reference=request.reference)

        def give_back() -> None:
            context.operations.write(
                undo, request.id, expected_version=request.version
            ).start(page, None, refused)

        context.offer_undo(words, give_back)
        show(request.id)

    def refused(refusal: Refusal) -> None:
        context.tell(refusal_words(refusal), subject="refusal")

    def act() -> None:
        from desktop.use_cases.taking import take_next

        context.operations.write(take_next).start(page, taken, refused)

    action = Action(
        "queue.next", N_("Take the next one"), act, "N", "player-play", "queue"
    )
    context.actions.add(action, page)
