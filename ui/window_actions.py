"""What can be done everywhere in the window, with its keys."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QWidget

from desktop.i18n import gettext_noop as N_
from ui.actions import Action, Actions
from ui.common.top_bar import TopBar
from ui.common.undo_bar import UndoBar
from ui.style import ThemeChoice

NEW_REQUEST_PAGE = "new_request"


class Window(Protocol):
    """What of the main window its actions use."""

    top: TopBar
    undo_bar: UndoBar
    change_person: SignalInstance
    about_wanted: SignalInstance

    def navigate(self, page_id: str) -> None:
        """Show a page."""

    def show_keys(self) -> None:
        """Show the sheet of keys."""

    def choose_theme(self, choice: ThemeChoice) -> None:
        """Switch the colours."""

    def is_attached(self) -> bool:
        """Tell whether somebody is at the desk."""

    def can_raise(self) -> bool:
        """Tell whether there is a page for new requests."""

    def close(self) -> bool:
        """Close the window."""


def add_window_actions(window: Window, actions: Actions) -> None:
    """Register what works on every page."""
    assert isinstance(window, QWidget)

    def add(
        name: str,
        words: str,
        act: Callable[[], object],
        key: str = "",
        icon: str = "",
        when: Callable[[], bool] = lambda: True,
        is_listed: bool = True,
    ) -> None:
        made = Action(name, words, act, key, icon, when=when, is_listed=is_listed)
        actions.add(made, window)

    add(
        "palette",
        N_("Go to, find, or do"),
        window.top.field.open,
        "Ctrl+K",
        is_listed=False,
    )
    add(
        "new",
        N_("New request"),
        lambda: window.navigate(NEW_REQUEST_PAGE),
        "Ctrl+N",
        "plus",
        window.can_raise,
    )
    add("keys", N_("Show the keys"), window.show_keys, "F1", "keyboard")
    add("keys_mark", N_("Show the keys"), window.show_keys, "?", is_listed=False)
    add(
        "undo",
        N_("Undo"),
        window.undo_bar.undo,
        "Ctrl+Z",
        "arrow-back-up",
        window.undo_bar.can_undo,
    )
    attached = window.is_attached
    person = window.change_person
    add("person", N_("Change person"), person.emit, "", "user", attached)
    for choice, words, icon in THEMES:
        add(choice, words, _chooser(window, choice), "", icon)
    about = window.about_wanted
    add("about", N_("About Counterpart"), about.emit, "", "info-circle")
    add("quit", N_("Quit"), window.close, "Ctrl+Q", "logout")


THEMES: tuple[tuple[ThemeChoice, str, str], ...] = (
    ("light", N_("Light colours"), "sun"),
    ("dark", N_("Dark colours"), "moon"),
    ("system", N_("Colours of the system"), "device-desktop"),
)


def _chooser(window: Window, choice: ThemeChoice) -> Callable[[], None]:
    return lambda: window.choose_theme(choice)
