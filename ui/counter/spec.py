"""The counter as a page, registered without importing it."""

from __future__ import annotations

from desktop.i18n import gettext_noop as N_
from ui.context import PageSpec

PAGES = [
    PageSpec(
        "counter",
        "bell-school",
        N_("Counter"),
        "ui.counter.page:CounterPage",
        roles=frozenset({"clerk"}),
    )
]
