"""Try it: other targets, hours and holds on a period that is over."""

from __future__ import annotations

from desktop.i18n import gettext_noop as N_
from ui.context import PageSpec

PAGES = [
    PageSpec(
        "tries",
        "scale",
        N_("Try it"),
        "ui.tries.try_page:TryPage",
        roles=frozenset({"coordinator", "manager", "administrator"}),
    )
]
