"""What can be done on the new request page, with its keys; the palette reads it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from desktop.i18n import gettext_noop as N_
from ui.actions import Action
from ui.context import Context

if TYPE_CHECKING:
    from ui.new_request.page import NewRequestPage

Row = tuple[str, str, Callable[[], object], str, str, Callable[[], bool]]


def add_actions(context: Context, page: NewRequestPage) -> None:
    """Register the page's actions."""
    for name, words, act, key, icon, when in _rows(page):
        made = Action(f"new_request.{name}", words, act, key, icon, "new_request", when)
        context.actions.add(made, page)


def _rows(page: NewRequestPage) -> list[Row]:
    def always() -> bool:
        return True

    def has_form() -> bool:
        return page.form.service() is not None

    def has_drafts() -> bool:
        return bool(page.keeper.others())

    begin, send = page.beginnings, page.sending.send
    again, tell = N_("Send and start another"), N_("Copy what to tell the customer")
    several, save = N_("The same for several customers"), N_("Save as a template")
    throw = page.drafting.discard
    return [
        ("send", N_("Send the request"), send, "Ctrl+Return", "send", always),
        ("another", again, lambda: send(True), "Ctrl+Shift+Return", "send", always),
        ("copy", tell, page.pane.copy, "Ctrl+Shift+C", "copy", always),
        ("several", several, page.toggle_several, "Ctrl+Shift+M", "users", has_form),
        ("template", save, begin.save_as_template, "", "bookmark", has_form),
        ("templates", N_("Templates"), begin.manage_templates, "", "list", always),
        ("drafts", N_("Drafts"), begin.offer_drafts, "", "notes", has_drafts),
        ("discard", N_("Discard the request"), throw, "Esc", "trash", always),
    ]
