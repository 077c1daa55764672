"""What can be done on the counter's page, with its keys."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from desktop.i18n import gettext_noop as N_
from ui.actions import Action
from ui.counter.returns_dialog import show_returns
from ui.counter.tiles import TILE_WORDS

if TYPE_CHECKING:
    from ui.context import Context
    from ui.counter.page import CounterPage

PAGE = "counter"


def add_page_actions(context: Context, page: CounterPage) -> None:
    """Register the tiles, confirming and the rest; their keys work on the page."""
    for number in range(1, 5):
        context.actions.add(_tile(page, number), page)
    for name, words, act, key, icon in (
        ("confirm", N_("Confirm what is done"), page.confirm_one, "C", "check"),
        (
            "rate",
            N_("Confirm: it could not be better"),
            lambda: page.confirm_one("top"),
            "Shift+C",
            "thumb-up",
        ),
        (
            "rate_lower",
            N_("Confirm: it could be better"),
            lambda: page.confirm_one("not_top"),
            "Alt+C",
            "circle-minus",
        ),
        (
            "reopen",
            N_("Send back what is not done after all"),
            lambda: page.confirm_one("reopen"),
            "Shift+R",
            "arrow-back-up",
        ),
        (
            "returns",
            N_("What came back, and why"),
            lambda: show_returns(context, page),
            "B",
            "arrow-back-up",
        ),
        ("copy", N_("Copy what to tell the customer"), page.copy_one, "", "copy"),
        ("whose", N_("Mine or the whole unit"), page.head.toggle, "M", "users"),
    ):
        action = Action(f"{PAGE}.{name}", words, act, key, icon, PAGE)
        context.actions.add(action, page)


def _tile(page: CounterPage, number: int) -> Action:
    return Action(
        f"{PAGE}.tile{number}",
        TILE_WORDS[number - 1],
        lambda: page.tiles.choose(number),
        f"Alt+{number}",
        group=PAGE,
        when=_has_tile(page, number),
    )


def _has_tile(page: CounterPage, number: int) -> Callable[[], bool]:
    return lambda: len(page.tiles.views) >= number
