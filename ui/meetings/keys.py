"""What can be done on the meetings page, with its keys; the palette reads it too."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from desktop.i18n import gettext_noop as N_
from ui.actions import Action
from ui.context import Context

if TYPE_CHECKING:
    from ui.meetings.page import MeetingsPage


def add_actions(context: Context, page: MeetingsPage) -> None:
    """Register the page's actions: keys of the list only while it has the keyboard."""
    order, edits = page.agenda.list, page.edits

    def add(
        name: str,
        words: str,
        act: Callable[[], object],
        key: str,
        icon: str,
        *,
        scope: QWidget = page,
        when: Callable[[], bool] = edits.can_change,
    ) -> None:
        made = Action(f"meetings.{name}", words, act, key, icon, "meetings", when)
        context.actions.add(made, scope)

    def on_item() -> bool:
        return edits.can_change() and page.chosen() is not None

    def has_board() -> bool:
        return edits.board is not None

    def in_list(
        name: str, words: str, act: Callable[[], object], key: str, icon: str
    ) -> None:
        add(name, words, act, key, icon, scope=order, when=on_item)

    in_list("up", N_("Move up"), lambda: page.move_chosen(-1), "Alt+Up", "arrow-up")
    in_list(
        "down", N_("Move down"), lambda: page.move_chosen(1), "Alt+Down", "arrow-down"
    )
    in_list("more", N_("One minute more"), lambda: page.time_chosen(1), "+", "plus")
    in_list("less", N_("One minute less"), lambda: page.time_chosen(-1), "-", "minus")
    in_list("remove", N_("Take off the agenda"), page.remove_chosen, "Del", "trash")
    in_list("edit", N_("Change the item"), page.edit_chosen, "Return", "pencil")
    add("item", N_("Add an item"), page.asking.new_item, "N", "plus")
    add("draft", N_("Draft or refresh the agenda"), edits.draft, "D", "refresh")
    preview = page.preview
    add(
        "print",
        N_("Print the agenda"),
        preview.print_it,
        "Ctrl+P",
        "printer",
        when=has_board,
    )
    add(
        "save",
        N_("Save the agenda as PDF"),
        preview.ask_where,
        "Ctrl+S",
        "download",
        when=has_board,
    )
    add("publish", N_("Publish the agenda"), page.asking.publish, "", "send")
    add(
        "action",
        N_("Add an action"),
        page.asking.new_action,
        "",
        "checkbox",
        when=has_board,
    )
    add(
        "plan",
        N_("Plan next session"),
        page.plan,
        "",
        "calendar",
        when=lambda: page.series_id is not None,
    )
    add(
        "series",
        N_("New series"),
        page.asking.new_series,
        "",
        "users",
        when=lambda: True,
    )
