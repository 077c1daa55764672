"""Which pages there are, and who makes the start screen; each is imported when used."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.common.command_palette import Search
    from ui.context import Context, PageSpec
    from ui.main_window import MainWindow
    from ui.start import StartActs, StartCase

FEATURES = (
    "counter",
    "new_request",
    "queue",
    "today",
    "request",
    "notices",
    "meetings",
    "action_board",
    "obstacles",
    "session_search",
    "catalogue",
    "agreements",
    "escalation",
    "calendars",
    "tries",
    "house",
)
"""The folders with `PAGES` in `spec` or `page`, in the order of the rail."""

BELL_PARTS = ("ui.notices.feature", "ui.mailer")
"""What `add_bell` is made of: imported before, it takes no time when it is added."""

SETTLED_MS = 500
"""So long after somebody sat down their first page stands, and the bell may be added:
what it is made of is imported, and Python runs one thread at a time."""

ACTION_PARTS = ("ui.house.actions", "ui.obstacles.feature", "ui.common.raising.feature")
"""What `add_actions` is made of."""


def all_pages() -> list[PageSpec]:
    """Return the pages of all features; what makes them is imported by `load`."""
    found: list[PageSpec] = []
    for feature in FEATURES:
        for name in (f"ui.{feature}.spec", f"ui.{feature}.page"):
            if find_spec(name) is not None:
                found.extend(cast("list[PageSpec]", import_module(name).PAGES))
                break
    return found


def start_screen(case: StartCase, acts: StartActs) -> QWidget:
    """Make the start screen of the house feature."""
    make_start = import_module("ui.house.start").make_start
    return cast("QWidget", make_start(case, acts))


def add_actions(context: Context, window: MainWindow) -> None:
    """Register what can be done from every page by somebody of this person's roles."""
    house, obstacles, raising = (import_module(one) for one in ACTION_PARTS)
    house.add_house_actions(context, window, window.is_attached)
    obstacles.add_obstacle_actions(context, window, window.is_attached)
    raising.add_raising_actions(context, window, window.is_attached)


def add_bell(context: Context, window: MainWindow) -> None:
    """Set up bell and mails and keep them true; both wait for the first page."""
    notices, mailer = (import_module(one) for one in BELL_PARTS)
    notices.add_notices(context, window)
    mailer.add_mailer(context, window)


def palette_search(context: Context) -> Search:
    """Return what finds references and words for the palette."""
    from ui.palette_search import PaletteSearch

    return PaletteSearch(context)


@dataclass(frozen=True)
class Features:
    """What the window is filled with; tests give their own."""

    pages: Callable[[], Sequence[PageSpec]] = all_pages
    start_screen: Callable[[StartCase, StartActs], QWidget] = start_screen
    search: Callable[[Context], Search] = palette_search
    add_actions: Callable[[Context, MainWindow], None] = add_actions
    add_bell: Callable[[Context, MainWindow], None] = add_bell
