"""Agreements: every one between the units, its versions, and who signed them."""

from __future__ import annotations

from desktop.i18n import gettext_noop as N_
from ui.agreements.agreements_page import AgreementsPage
from ui.agreements.signing import WRITERS
from ui.context import PageSpec

PAGES = [
    PageSpec(
        "agreements", "file-check", N_("Agreements"), AgreementsPage, roles=WRITERS
    )
]
