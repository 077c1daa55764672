"""Keeps what is written in a sheet until it is saved or left, and brings it back."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Collection
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

from desktop import formats
from desktop.i18n import gettext as _
from ui.common.kept_files import AFTER_LAST_KEY_MS
from ui.common.kept_words import KeptWords
from ui.common.written import put_back, written

if TYPE_CHECKING:
    from ui.common.banner import BannerArea
    from ui.common.dialog import Dialog
    from ui.context import Context

log = logging.getLogger(__name__)

SUBJECT = "kept"
When = Callable[[datetime], str]


class KeptSheet(QObject):
    """Looks each second whether a sheet says something else, and keeps that.

    What a program that is gone left of it is put back at once, and can be discarded.
    """

    def __init__(
        self,
        sheet: QWidget,
        banners: BannerArea,
        kept: KeptWords,
        key: str,
        *,
        when: When | None = None,
        besides: Collection[QWidget] = (),
    ) -> None:
        """Keep a sheet under a key, without the parts ``besides``.

        ``when`` words the time of what comes back.
        """
        super().__init__(sheet)
        self._sheet, self._banners, self._kept = sheet, banners, kept
        self._key, self._when, self._besides = key, when, tuple(besides)
        self._clean = self._last = written(sheet, self._besides)
        self._timer = QTimer(self)
        self._timer.setInterval(AFTER_LAST_KEY_MS)
        self._timer.timeout.connect(self.look)
        self._bring_back()
        self._timer.start()

    def is_changed(self) -> bool:
        """Tell whether the sheet says something else than it began with."""
        return written(self._sheet, self._besides) != self._clean

    def look(self) -> None:
        """Keep now what the sheet says, if that is something else than before."""
        if not self._timer.isActive():
            return
        said = written(self._sheet, self._besides)
        if said == self._last:
            return
        self._last = said
        if said == self._clean:
            self._kept.drop(self._key)
            return
        told = {"title": self._sheet.windowTitle(), "fields": said}
        self._kept.keep(self._key, json.dumps(told))
        self._kept.save()

    def forget(self) -> None:
        """Keep it no more: it is saved, or dropped on purpose."""
        self._timer.stop()
        self._kept.drop(self._key)

    def leave(self) -> None:
        """Keep what it says, and offer it again: its page goes."""
        self.look()
        self._kept.leave(self._key)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep what a part of a screen says, for the next one, when it is left."""
        if event.type() == QEvent.Type.Hide:
            self.look()
            self._kept.let_go()
        return False

    def _bring_back(self) -> None:
        kept_at, kept = self._kept.kept_at(self._key), self._kept.kept(self._key)
        if not kept or not self._put(kept):
            return
        self._last = written(self._sheet, self._besides)
        words = _("Not saved yet")
        if kept_at is not None and self._when is not None:
            words = _("Not saved yet, from {time}").format(time=self._when(kept_at))
        self._banners.tell(
            words,
            subject=SUBJECT,
            kind="risk",
            action=_("Discard"),
            act=self.discard,
        )

    def _put(self, kept: str) -> bool:
        try:
            put_back(self._sheet, json.loads(kept)["fields"], self._besides)
        except (ValueError, LookupError, TypeError, AttributeError):
            log.warning("what was kept of a sheet does not fit it", exc_info=True)
            put_back(self._sheet, self._clean, self._besides)
            return False
        return True

    def discard(self) -> None:
        """Throw away what came back: the sheet is as it would be without."""
        self._kept.drop(self._key)
        put_back(self._sheet, self._clean, self._besides)
        self._last = written(self._sheet, self._besides)
        self._banners.withdraw(SUBJECT)


def keep_dialog(
    context: Context,
    dialog: Dialog,
    place: str,
    key: str,
    *,
    besides: Collection[QWidget] = (),
    asks: bool = True,
) -> KeptSheet:
    """Keep what is written in a dialog until it is saved or cancelled.

    Leaving it changed is asked about once, unless ``asks`` is False.
    """
    kept = KeptWords.of(context, place)
    sheet = KeptSheet(
        dialog,
        dialog.banners,
        kept,
        key,
        when=lambda at: _when(context, at),
        besides=besides,
    )
    context.operations.leaving.connect(sheet.leave)
    dialog.finished.connect(sheet.forget)
    if asks:
        dialog.ask_before_leaving(sheet.is_changed)
    return sheet


class OfferKept(QObject):
    """Offers the newest unsaved sheet of a page each time the page is shown."""

    def __init__(
        self, context: Context, page: QWidget, place: str, reopen: Callable[[str], None]
    ) -> None:
        """``reopen(key)`` opens the sheet kept under a key."""
        super().__init__(page)
        self._context, self._place, self._reopen = context, place, reopen
        page.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Offer it once the page comes into sight."""
        if event.type() == QEvent.Type.Show:
            self.offer()
        return False

    def offer(self) -> None:
        """Say what is not saved, and since when."""
        found = self._newest(KeptWords.of(self._context, self._place))
        if found is not None:
            words, key = found
            self._context.tell(
                words,
                kind="risk",
                subject=f"{SUBJECT} {self._place}",
                action=_("Go on with it"),
                act=lambda: self._reopen(key),
            )

    def _newest(self, kept: KeptWords) -> tuple[str, str] | None:
        """Return how the newest is told, and its key."""
        left = kept.left_behind()
        if not left:
            return None
        at, key = left[-1]
        try:
            title = str(json.loads(kept.kept(key))["title"])
        except (ValueError, LookupError, TypeError):
            log.warning("what was kept of a sheet cannot be read", exc_info=True)
            return None
        words = _("“{title}” is not saved yet, from {time}.")
        return words.format(title=title, time=_when(self._context, at)), key


class OfferBegun(OfferKept):
    """Offers what was begun on one thing of many, wherever these are shown.

    Only what a program that is gone left: words put aside on purpose wait quietly.
    """

    def __init__(
        self,
        context: Context,
        page: QWidget,
        place: str,
        reopen: Callable[[str], None],
        told: Callable[[str], str],
    ) -> None:
        """``told(key)`` words it, with a place for the time; "" offers it not."""
        super().__init__(context, page, place, reopen)
        self._told = told

    def _newest(self, kept: KeptWords) -> tuple[str, str] | None:
        for at, key in reversed(kept.not_taken_up()):
            words = self._told(key)
            if words:
                return words.format(time=_when(self._context, at)), key
        return None


def _when(context: Context, at: datetime) -> str:
    now, zone = context.ticker.now(), context.clocks.zone
    return formats.short_instant(at, now, zone)
