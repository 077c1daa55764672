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


THEMES: tuple[tuple[ThemeChoice, str, str], ...] = (
    ("light", N_("Light colours"), "sun"),
    ("dark", N_("Dark colours"), "moon"),
    ("system", N_("Colours of the system"), "device-desktop"),
)


def add_window_actions(window: Window, actions: Actions) -> None:
    """Register what works on every page."""
    assert isinstance(window, QWidget)
    for action in (*_going(window), *_settling(window)):
        actions.add(action, window)


def _going(window: Window) -> list[Action]:
    """Return what leads somewhere, or back."""
    field, undo, keys = window.top.field, window.undo_bar, window.show_keys
    words = N_("Go to, find, or do")
    return [
        Action("palette", words, field.open, "Ctrl+K", is_listed=False),
        Action(
            "new",
            N_("New request"),
            lambda: window.navigate(NEW_REQUEST_PAGE),
            "Ctrl+N",
            "plus",
            when=window.can_raise,
        ),
        Action("keys", N_("Show the keys"), keys, "F1", "keyboard"),
        Action("keys_mark", N_("Show the keys"), keys, "?", is_listed=False),
        Action(
            "undo",
            N_("Undo"),
            undo.undo,
            "Ctrl+Z",
            "arrow-back-up",
            when=undo.can_undo,
        ),
    ]


def _settling(window: Window) -> list[Action]:
    """Return what concerns the person, the looks and the program itself."""
    person, about = window.change_person.emit, window.about_wanted.emit
    attached = window.is_attached
    return [
        Action("person", N_("Change person"), person, icon="user", when=attached),
        *(
            Action(choice, words, _chooser(window, choice), icon=icon)
            for choice, words, icon in THEMES
        ),
        Action("about", N_("About Counterpart"), about, icon="info-circle"),
        Action("quit", N_("Quit"), window.close, "Ctrl+Q", "logout"),
    ]


def _chooser(window: Window, choice: ThemeChoice) -> Callable[[], None]:
    return lambda: window.choose_theme(choice)
