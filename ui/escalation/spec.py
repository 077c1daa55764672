"""The rules of escalation as a page, registered without importing it."""

from __future__ import annotations

from desktop.i18n import gettext_noop as N_
from ui.context import PageSpec

PAGES = [
    PageSpec(
        "escalation",
        "bell",
        N_("Escalation"),
        "ui.escalation.page:EscalationPage",
        roles=frozenset({"coordinator", "manager", "administrator"}),
        in_rail=False,
    )
]
