"""The meetings as a page, registered without importing it."""

from __future__ import annotations

from desktop.i18n import gettext_noop as N_
from ui.context import PageSpec

PAGES = [
    PageSpec(
        "meetings",
        "users",
        N_("Meetings"),
        "ui.meetings.page:MeetingsPage",
        roles=frozenset({"coordinator", "manager", "administrator"}),
    ),
    PageSpec(
        "minutes",
        "notes",
        N_("Minutes"),
        "ui.meetings.minutes.page:MinutesPage",
        in_rail=False,
    ),
]
