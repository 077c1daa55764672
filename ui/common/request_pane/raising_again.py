"""Beginning another request like the one on screen."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from desktop.i18n import gettext_noop as N_
from desktop.queries.request_details import RequestDetails
from ui.actions import Action
from ui.context import Context


class RaisingAgain:
    """The action that opens a new request filled in like the one shown."""

    def __init__(
        self,
        context: Context,
        scope: QWidget,
        group: str,
        details: Callable[[], RequestDetails | None],
    ) -> None:
        self._context = context
        self._details = details
        words = N_("Raise one like this again")
        self.action = Action(
            f"{group}.again", words, self._begin, "", "copy", group, self.may
        )
        context.actions.add(self.action, scope)

    def may(self) -> bool:
        """Tell whether this person raises requests, and one is shown."""
        return "clerk" in self._context.me.roles and self._details() is not None

    def offered(self) -> list[Action]:
        """Return the action for the menu, where it is possible."""
        return [self.action] if self.may() else []

    def _begin(self) -> None:
        details = self._details()
        if details is not None:
            self._context.navigate("new_request", like=details.id)
