"""The services as a page, registered without importing it."""

from __future__ import annotations

from desktop.i18n import gettext_noop as N_
from ui.context import PageSpec

PAGES = [
    PageSpec(
        "catalogue",
        "list-details",
        N_("Services"),
        "ui.catalogue.page:CataloguePage",
        roles=frozenset({"coordinator", "manager", "administrator"}),
    )
]
