"""What can be done on the services page, with its keys; the palette reads it too."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from desktop.i18n import gettext_noop as N_
from ui.actions import Action
from ui.catalogue.head import CHECKS, FORM, SERVICE
from ui.context import Context

if TYPE_CHECKING:
    from ui.catalogue.page import CataloguePage

Row = tuple[str, str, Callable[[], object], str, str, Callable[[], bool]]


def add_actions(context: Context, page: CataloguePage) -> None:
    """Register the page's actions."""
    for name, words, act, key, icon, when in _rows(page):
        made = Action(f"catalogue.{name}", words, act, key, icon, "catalogue", when)
        context.actions.add(made, page)


def _rows(page: CataloguePage) -> list[Row]:
    def always() -> bool:
        return True

    show, ask = page.show_part, page.add_question
    chosen = page.has_service
    new, save, find = N_("New service"), N_("Save the service"), N_("Find a service")
    service, form = N_("Show the service"), N_("Show the form")
    checks, question = N_("Show the checklist"), N_("Add a question")
    back = N_("Discard what is not saved")
    return [
        ("new", new, page.new_service, "Ctrl+Shift+N", "plus", always),
        ("find", find, page.find_service, "Ctrl+F", "search", always),
        ("save", save, page.save, "Ctrl+S", "device-floppy", page.can_save),
        ("discard", back, page.discard, "", "trash", page.can_save),
        ("service", service, partial(show, SERVICE), "Alt+1", "notes", chosen),
        ("form", form, partial(show, FORM), "Alt+2", "list-details", chosen),
        ("checks", checks, partial(show, CHECKS), "Alt+3", "checklist", chosen),
        ("question", question, ask, "Ctrl+Shift+Q", "plus", chosen),
    ]
