"""Raising an obstacle from the request on screen."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from desktop.i18n import gettext_noop as N_
from ui.actions import Action

if TYPE_CHECKING:
    from desktop.queries.request_details import RequestDetails
    from ui.common.obstacles.raise_dialog import RaiseDialog
    from ui.context import Context

KEY = "Shift+O"


class RaisingObstacle:
    """The action that raises an obstacle on the request shown."""

    def __init__(
        self,
        context: Context,
        scope: QWidget,
        group: str,
        details: Callable[[], RequestDetails | None],
    ) -> None:
        self._context, self._scope, self._details = context, scope, details
        self.dialog: RaiseDialog | None = None
        words = N_("Raise an obstacle on this request")
        self.action = Action(
            f"{group}.obstacle",
            words,
            self._begin,
            KEY,
            "barrier-block",
            group,
            self.may,
        )
        context.actions.add(self.action, scope)

    def may(self) -> bool:
        """Tell whether a request is shown to somebody of a unit."""
        return self._context.me.unit_id is not None and self._details() is not None

    def offered(self) -> list[Action]:
        """Return the action for the menu, where it is possible."""
        return [self.action] if self.may() else []

    def _begin(self) -> None:
        from ui.common.obstacles.raise_dialog import raise_here

        details = self._details()
        if details is not None:
            self.dialog = raise_here(self._context, self._scope, request_id=details.id)
            self.dialog.finished.connect(self._forget)

    def _forget(self) -> None:
        self.dialog = None
