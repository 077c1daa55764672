"""Raising the request on screen for the next session of its two units."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from desktop.domain.text import in_line
from desktop.i18n import gettext_noop as N_
from ui.actions import Action

if TYPE_CHECKING:
    from desktop.queries.request_details import RequestDetails
    from ui.common.raising.raising_items import RaisingItems
    from ui.context import Context

KEY = "Shift+N"


class RaisingForSession:
    """The action that raises the request shown for a session."""

    def __init__(
        self,
        context: Context,
        scope: QWidget,
        group: str,
        details: Callable[[], RequestDetails | None],
    ) -> None:
        self._context, self._scope, self._details = context, scope, details
        self.raising: RaisingItems | None = None
        words = N_("Raise for the next session")
        self.action = Action(
            f"{group}.raise_item", words, self._begin, KEY, "users", group, self.may
        )
        context.actions.add(self.action, scope)

    def may(self) -> bool:
        """Tell whether a request is shown."""
        return self._details() is not None

    def offered(self) -> list[Action]:
        """Return the action for the menu, where it is possible."""
        return [self.action] if self.may() else []

    def _begin(self) -> None:
        from ui.common.raising.raising_items import RaisingItems

        details = self._details()
        if details is not None:
            self.raising = RaisingItems(self._context, self._scope)
            about = in_line(details.reference, details.subject)
            self.raising.ask(about=about, title=details.subject, request_id=details.id)
