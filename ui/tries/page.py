"""Try it: other targets, hours and holds on a period that is over."""

from __future__ import annotations

from desktop.i18n import gettext_noop as N_
from ui.context import PageSpec
from ui.tries.try_page import TryPage

PAGES = [
    PageSpec(
        "tries",
        "scale",
        N_("Try it"),
        TryPage,
        roles=frozenset({"coordinator", "manager", "administrator"}),
    )
]
