"""The queue's page, registered; its widget is imported when it is first shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.i18n import gettext_noop as N_
from ui.context import Context, PageSpec

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


def _make(context: Context) -> QWidget:
    from ui.queue.queue_page import QueuePage

    return QueuePage(context)


PAGES = [PageSpec("queue", "layout-list", N_("Queue"), _make)]
