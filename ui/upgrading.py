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
        self._is_stopped = False
        self._last: tuple[str, int | None] | None = None
        self.view: BusyView | None = None

    def stop(self) -> None:
        """Have it stopped as soon as that is safe; the workspace is as it was."""
        self._is_stopped = True
        if self.view is not None and isValid(self.view):
            self.view.set_detail(_("Stopping. The workspace stays as it was."))

    def told(self, how: Upgrading) -> None:
        """Hear how far it is; refuses to go on once it is stopped or closed."""
        if self._is_closed() or self._is_stopped:
            raise Refusal("upgrade_stopped")
        percent = None if how.share is None else int(100 * how.share)
        said = (upgrading_words(how), percent)
        if said != self._last:
            # Told of each few pages, shown when something else is to be read.
            self._last = said
            self._bring(partial(self._show, *said))

    def _show(self, words: str, percent: int | None) -> None:
        if self._is_closed() or self._is_stopped:
            return
        if self.view is None:
            from ui.common.busy import BusyView

            self.view = BusyView(_("Bringing the workspace up to date"))
            self.view.offer_stop(self.stop)
            self._show_view(self.view)
        if not isValid(self.view):
            return
        told = [words]
        if percent is None:
            self.view.set_share(None)
        else:
            self.view.set_share(percent / 100)
            told.append(_("{percent}\u00a0% are done.").format(percent=percent))
        told.append(_("It can be stopped safely, also by closing the window."))
        self.view.set_detail(" ".join(told))
