"""What can be done on the calendars page, with its keys; the palette reads it too."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from desktop.i18n import gettext_noop as N_
from ui.actions import Action
from ui.calendars.head import VERSIONS, WEEK, YEAR
from ui.context import Context

if TYPE_CHECKING:
    from ui.calendars.page import CalendarsPage

Row = tuple[str, str, Callable[[], object], str, str, Callable[[], bool]]


def add_actions(context: Context, page: CalendarsPage) -> None:
    """Register the page's actions."""
    for name, words, act, key, icon, when in (*_of_all(page), *_of_one(page)):
        made = Action(f"calendars.{name}", words, act, key, icon, "calendars", when)
        context.actions.add(made, page)


def _of_all(page: CalendarsPage) -> list[Row]:
    def always() -> bool:
        return True

    show, new = page.show_part, page.asking.new_calendar
    return [
        ("new", N_("New calendar"), new, "Ctrl+Shift+N", "plus", always),
        ("week", N_("Show the week"), lambda: show(WEEK), "", "clock", always),
        ("year", N_("Show the year"), lambda: show(YEAR), "", "calendar", always),
        (
            "versions",
            N_("Show the versions"),
            lambda: show(VERSIONS),
            "",
            "history",
            always,
        ),
    ]


def _of_one(page: CalendarsPage) -> list[Row]:
    def can_change() -> bool:
        return not page.is_locked

    ask = page.asking
    good = N_("Close for good from a date")
    week = N_("Other weekly hours from a date")
    read = N_("Closures from a file")
    give = N_("Give the newest version to open requests")
    return [
        ("give", give, page.give, "", "clock", can_change),
        ("save", N_("Save"), page.save, "Ctrl+S", "device-floppy", page.can_save),
        ("rename", N_("Name and time zone"), ask.rename, "", "pencil", can_change),
        ("add_week", week, ask.add_week, "", "plus", can_change),
        ("close", N_("Close days"), ask.close_days, "", "ban", can_change),
        ("hours", N_("Other hours"), ask.give_hours, "", "clock", can_change),
        ("holidays", N_("Public holidays"), ask.holidays, "", "flag", can_change),
        ("read", read, ask.read_file, "", "file-import", can_change),
        ("good", good, ask.close_for_good, "", "circle-x", can_change),
    ]
