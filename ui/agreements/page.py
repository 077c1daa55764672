"""Agreements: every one between the units, its versions, and who signed them."""

from __future__ import annotations

from desktop.i18n import gettext_noop as N_
from ui.context import PageSpec

PAGES = [
    PageSpec(
        "agreements",
        "file-check",
        N_("Agreements"),
        "ui.agreements.agreements_page:AgreementsPage",
        roles=frozenset({"coordinator", "manager", "administrator"}),
    )
]
