"""What is said of what is not saved: since when, and who was at it meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtWidgets import QWidget

from desktop.formats import short_instant
from desktop.i18n import gettext as _
from ui.common.banner import BannerArea
from ui.common.labels import PlainLabel
from ui.context import Context


class NotSaved(PlainLabel):
    """Shown while something is not saved; from when, where it came back."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Not saved yet"), size="small", ink="risk", parent=parent)
        self._since, self._is_kept = "", True

    def show_since(self, is_changed: bool, since: str) -> None:
        """Show it, with the time what came back was kept; empty: written here."""
        self._since = since
        self.setVisible(is_changed)
        self._say()

    def show_kept(self, is_kept: bool) -> None:
        """Say when what is not saved would be lost with the program."""
        self._is_kept = is_kept
        self._say()

    def _say(self) -> None:
        words = _("Not saved yet")
        if not self._is_kept:
            words = _("Not saved yet, and no draft can be kept")
        elif self._since:
            words = _("Not saved yet, from {time}").format(time=self._since)
        self.setText(words)


def since_words(context: Context, at: datetime | None) -> str:
    """Return when something was kept; empty where it was not."""
    if at is None:
        return ""
    return short_instant(at, context.ticker.now(), context.clocks.zone)


def offer_both(
    banners: BannerArea, subject: str, name: str, put_together: Callable[[], None]
) -> None:
    """Say that somebody else saved first, and offer to put both together."""

    def act() -> None:
        put_together()
        banners.withdraw(subject)

    words = _(
        "{name} was saved by somebody else while you changed it. What you changed "
        "is still here."
    )
    banners.tell(
        words.format(name=name),
        kind="risk",
        subject=subject,
        action=_("Put mine onto theirs"),
        act=act,
    )


def say_both(banners: BannerArea, subject: str, name: str, time: str) -> None:
    """Say that drafts of two windows were put together; ``time``: of the older."""
    words = _(
        "Two windows wrote on {name}, the other one until {time}. Both are put "
        "together here; Undo shows each alone."
    )
    banners.tell(words.format(name=name, time=time), subject=subject)
