"""The queue's page, as the window registers it."""

from __future__ import annotations

from desktop.i18n import gettext_noop as N_
from ui.context import PageSpec

PAGES = [PageSpec("queue", "layout-list", N_("Queue"), "ui.queue.queue_page:QueuePage")]
