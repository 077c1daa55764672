"""The inbox as a page, registered without importing it."""

from __future__ import annotations

from desktop.i18n import gettext_noop as N_
from ui.context import PageSpec

PAGES = [PageSpec("inbox", "inbox", N_("Inbox"), "ui.notices.inbox_page:InboxPage")]
