"""The keys of the minutes page; the palette reads them too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.i18n import gettext_noop as N_
from ui.actions import Action
from ui.context import Context

if TYPE_CHECKING:
    from ui.meetings.minutes.page import MinutesPage

GROUP = "minutes"


def add_keys(context: Context, page: MinutesPage) -> None:
    """Register what can be done with minutes."""

    def has_board() -> bool:
        return page.board is not None

    def records() -> bool:
        return page.board is not None and page.board.can_record

    def state(*wanted: str) -> bool:
        return page.board is not None and page.board.state in wanted

    paper = page.paper
    rows = (
        ("down", N_("Next item"), lambda: page.go_by(1), "Alt+Down", has_board),
        ("up", N_("Item before"), lambda: page.go_by(-1), "Alt+Up", has_board),
        (
            "now",
            N_("Item under discussion"),
            page.go_now,
            "Alt+Home",
            lambda: state("in_session"),
        ),
        (
            "decision",
            N_("Write a decision"),
            lambda: page.write("decision"),
            "Alt+D",
            records,
        ),
        (
            "action",
            N_("Give an action"),
            lambda: page.write("action"),
            "Alt+A",
            records,
        ),
        (
            "begin",
            N_("Begin the session"),
            page.begin,
            "",
            lambda: state("drafted", "published"),
        ),
        (
            "screen",
            N_("Show the session on a screen"),
            page.show_sitting,
            "F11",
            lambda: state("in_session"),
        ),
        (
            "approve",
            N_("Approve the minutes"),
            page.approve,
            "",
            lambda: state("held"),
        ),
        (
            "correct",
            N_("Add a correction"),
            page.asking.correct,
            "",
            lambda: state("approved"),
        ),
        ("print", N_("Print the minutes"), paper.print_it, "Ctrl+P", has_board),
        (
            "save",
            N_("Save the minutes as PDF"),
            page.paper.save_it,
            "Ctrl+S",
            has_board,
        ),
    )
    for name, words, act, key, when in rows:
        action = Action(f"{GROUP}.{name}", words, act, key, group=GROUP, when=when)
        context.actions.add(action, page)
