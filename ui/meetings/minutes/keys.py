"""The keys of the minutes page; the palette reads them too."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from desktop.i18n import gettext_noop as N_
from ui.actions import Action
from ui.context import Context

if TYPE_CHECKING:
    from ui.meetings.minutes.page import MinutesPage

GROUP = "minutes"


Row = tuple[str, str, Callable[[], object], str, Callable[[], bool]]


def add_keys(context: Context, page: MinutesPage) -> None:
    """Register what can be done with minutes."""
    for name, words, act, key, when in (*_of_items(page), *_of_the_session(page)):
        action = Action(f"{GROUP}.{name}", words, act, key, group=GROUP, when=when)
        context.actions.add(action, page)


def _of_items(page: MinutesPage) -> list[Row]:
    def has_board() -> bool:
        return page.board is not None

    def has_typed() -> bool:
        return page.board is not None and page.board.state in ("held", "approved")

    def records() -> bool:
        return page.board is not None and page.board.can_record

    by, write, paper = page.go_by, page.write, page.paper
    decision, save = N_("Write a decision"), N_("Save the minutes as PDF")
    return [
        ("down", N_("Next item"), lambda: by(1), "Alt+Down", has_board),
        ("up", N_("Item before"), lambda: by(-1), "Alt+Up", has_board),
        ("decision", decision, lambda: write("decision"), "Alt+D", records),
        ("action", N_("Give an action"), lambda: write("action"), "Alt+A", records),
        ("print", N_("Print the minutes"), paper.print_it, "Ctrl+P", has_board),
        ("save", save, paper.save_it, "Ctrl+S", has_board),
        ("send", N_("Send the minutes by mail"), paper.send_it, "", has_typed),
    ]


def _of_the_session(page: MinutesPage) -> list[Row]:
    def is_in(*wanted: str) -> Callable[[], bool]:
        return lambda: page.board is not None and page.board.state in wanted

    ready, sits = is_in("drafted", "published"), is_in("in_session")
    approve, correct = N_("Approve the minutes"), N_("Add a correction")
    screen = N_("Show the session on a screen")
    return [
        ("now", N_("Item under discussion"), page.go_now, "Alt+Home", sits),
        ("begin", N_("Begin the session"), page.begin, "", ready),
        ("screen", screen, page.show_sitting, "F11", sits),
        ("approve", approve, page.approve, "", is_in("held")),
        ("correct", correct, page.asking.correct, "", is_in("approved")),
    ]
