"""What is there on every page: raising an obstacle, and asking past sessions."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from desktop.i18n import gettext_noop as N_
from ui.actions import Action

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.context import Context

RAISE, SEARCH = "obstacles.raise", "session_search.open"


def add_obstacle_actions(
    context: Context, window: QWidget, is_attached: Callable[[], bool]
) -> None:
    """Register both for whoever sits down; who has no unit raises nothing."""

    def begin() -> None:
        from ui.common.obstacles.raise_dialog import raise_here

        raise_here(context, window)

    def may_raise() -> bool:
        return is_attached() and context.me.unit_id is not None

    raising = N_("Raise an obstacle")
    looking = N_("Search past sessions")
    context.actions.add(
        Action(RAISE, raising, begin, "Ctrl+Shift+O", "barrier-block", when=may_raise),
        window,
    )
    context.actions.add(
        Action(
            SEARCH,
            looking,
            lambda: context.navigate("session_search"),
            "Ctrl+Shift+F",
            "search",
            when=is_attached,
        ),
        window,
    )
