"""What can be done on the meetings page, with its keys; the palette reads it too."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from desktop.i18n import gettext_noop as N_
from ui.actions import Action
from ui.context import Context

if TYPE_CHECKING:
    from ui.meetings.page import MeetingsPage

Row = tuple[str, str, Callable[[], object], str, str]


def add_actions(context: Context, page: MeetingsPage) -> None:
    """Register the page's actions: keys of the list only while it has the keyboard."""
    edits = page.edits

    def on_item() -> bool:
        return edits.can_change() and page.chosen() is not None

    def has_board() -> bool:
        return edits.board is not None

    def always() -> bool:
        return True

    groups = (
        (_of_the_list(page), page.agenda.list, on_item),
        (_of_the_agenda(page), page, edits.can_change),
        (_of_the_session(page), page, has_board),
        (_of_the_series(context, page), page, always),
    )
    for rows, scope, when in groups:
        for name, words, act, key, icon in rows:
            made = Action(f"meetings.{name}", words, act, key, icon, "meetings", when)
            context.actions.add(made, scope)


def _of_the_list(page: MeetingsPage) -> list[Row]:
    move, time = page.move_chosen, page.time_chosen
    return [
        ("up", N_("Move up"), lambda: move(-1), "Alt+Up", "arrow-up"),
        ("down", N_("Move down"), lambda: move(1), "Alt+Down", "arrow-down"),
        ("more", N_("One minute more"), lambda: time(1), "+", "plus"),
        ("less", N_("One minute less"), lambda: time(-1), "-", "minus"),
        ("remove", N_("Take off the agenda"), page.remove_chosen, "Del", "trash"),
        ("edit", N_("Change the item"), page.edit_chosen, "Return", "pencil"),
        ("evidence", N_("What is behind the item"), page.looking.behind, "E", "eye"),
        ("files", N_("Files of the item"), page.looking.files, "F", "paperclip"),
    ]


def _of_the_agenda(page: MeetingsPage) -> list[Row]:
    asking, edits = page.asking, page.edits
    return [
        ("item", N_("Add an item"), asking.new_item, "N", "plus"),
        ("draft", N_("Draft or refresh the agenda"), edits.draft, "D", "refresh"),
        ("publish", N_("Publish the agenda"), asking.publish, "", "send"),
        ("seen", N_("Mark what is new as seen"), page.choosing.see, "", "check"),
    ]


def _of_the_session(page: MeetingsPage) -> list[Row]:
    preview = page.preview
    save = N_("Save the agenda as PDF")
    return [
        ("print", N_("Print the session"), page.print_session, "Ctrl+P", "printer"),
        ("save", save, preview.out.ask_where, "Ctrl+S", "download"),
        ("send", N_("Send the agenda by mail"), page.send_agenda, "M", "mail"),
        ("minutes", N_("Session and minutes"), page.show_minutes, "Alt+M", "notes"),
        ("actions", N_("Board of actions"), page.show_actions, "", "checklist"),
        (
            "changes",
            N_("What changed since the last version"),
            page.looking.changes,
            "",
            "history",
        ),
        (
            "rules",
            N_("Rules and weights"),
            page.choosing.rules,
            "",
            "adjustments-horizontal",
        ),
        ("action", N_("Add an action"), page.asking.new_action, "", "checkbox"),
    ]


def _of_the_series(context: Context, page: MeetingsPage) -> list[Row]:
    def book() -> None:
        from ui.meetings.printing.books import book_dialog

        if page.series_id is not None:
            book_dialog(context, page.series_id, page).open()

    def register() -> None:
        from ui.meetings.printing.books import register_dialog

        register_dialog(context, page).open()

    return [
        ("plan", N_("Plan next session"), page.plan, "", "calendar"),
        ("book", N_("Print the minutes book of a year"), book, "", "book"),
        (
            "register",
            N_("Print the actions of all series"),
            register,
            "",
            "printer",
        ),
    ]
