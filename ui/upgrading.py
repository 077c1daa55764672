"""Shows how far an earlier workspace is brought up to date while it is opened."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from shiboken6 import isValid

from desktop.domain.errors import Refusal
from desktop.i18n import gettext as _
from desktop.messages import upgrading_words

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desktop.domain.upgrading import Upgrading
    from ui.common.busy import BusyView


class Upgrade:
    """One opening: `told` is called off the GUI thread, the view lives on it."""

    def __init__(
        self,
        show: Callable[[QWidget], None],
        bring: Callable[[Callable[[], None]], None],
        is_closed: Callable[[], bool],
    ) -> None:
        self._show_view, self._bring, self._is_closed = show, bring, is_closed
        self.view: BusyView | None = None

    def told(self, how: Upgrading) -> None:
        """Hear how far it is; refuses to go on once the window is closed."""
        if self._is_closed():
            raise Refusal("upgrade_stopped")
        self._bring(partial(self._show, how))

    def _show(self, how: Upgrading) -> None:
        if self._is_closed():
            return
        if self.view is None:
            from ui.common.busy import BusyView

            self.view = BusyView(_("Bringing the workspace up to date"))
            self._show_view(self.view)
        if not isValid(self.view):
            return
        words = [upgrading_words(how)]
        if how.share is not None:
            self.view.set_share(how.share)
            done = _("{percent} % are done. Closing the window stops it safely.")
            words.append(done.format(percent=int(100 * how.share)))
        self.view.set_detail(" ".join(words))
