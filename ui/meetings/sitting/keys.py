"""The keys of a session in progress, and the strip that tells them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.i18n import gettext as _
from desktop.i18n import gettext_noop as N_
from desktop.queries.sitting import SittingBoard
from ui.actions import Action
from ui.common.buttons import Button
from ui.common.flow_layout import FlowLayout
from ui.common.shortcuts import ShortcutsSheet

if TYPE_CHECKING:
    from ui.context import Context
    from ui.meetings.sitting.window import SittingWindow

GROUP = "sitting"
STRIP = (
    ("decision", N_("Decision"), "D"),
    ("action", N_("Action"), "A"),
    ("note", N_("Note"), "N"),
    ("done", N_("Done"), "F"),
    ("park", N_("Park"), "P"),
    ("back", N_("Back"), "←"),
    ("next", N_("Next"), "→"),
    ("timer", N_("Timer"), "Space"),
    ("here", N_("Who is here"), "T"),
    ("screen", N_("Full screen"), "F11"),
    ("end", N_("End"), "Ctrl+E"),
)


Row = tuple[str, str, Callable[[], object], str, Callable[[], bool]]


def add_keys(context: Context, window: SittingWindow) -> None:
    """Register what can be done in the window; its keys work everywhere in it."""
    hidden = {"next_page", "back_page", "mark"}
    rows = (*_of_items(window), *_of_typing(window), *_of_window(context, window))
    for name, words, act, key, when in rows:
        action = Action(
            f"{GROUP}.{name}",
            words,
            act,
            key,
            group=GROUP,
            when=_unless_typing(window, when) if len(key) == 1 else when,
            is_listed=name not in hidden,
        )
        context.actions.add(action, window)
    for name, button in window.strip.buttons.items():
        button.clicked.connect(
            lambda _on=False, name=name: context.actions.run(f"{GROUP}.{name}")
        )


def _of_items(window: SittingWindow) -> list[Row]:
    acts, by = window.can_act, window.go_by
    return [
        ("next", N_("Next item"), lambda: by(1), "Right", acts),
        ("next_page", N_("Next item"), lambda: by(1), "PgDown", acts),
        ("back", N_("Item before"), lambda: by(-1), "Left", acts),
        ("back_page", N_("Item before"), lambda: by(-1), "PgUp", acts),
        ("done", N_("Item is done"), window.finish, "F", acts),
        ("park", N_("Park for the next session"), window.park, "P", acts),
        ("timer", N_("Hold the timer, or go on"), window.hold_timer, "Space", acts),
        ("end", N_("End the session"), window.end, "Ctrl+E", acts),
    ]


def _of_typing(window: SittingWindow) -> list[Row]:
    write = window.write

    def records() -> bool:
        return window.board is not None and window.board.can_record

    return [
        ("decision", N_("Write a decision"), lambda: write("decision"), "D", records),
        ("action", N_("Give an action"), lambda: write("action"), "A", records),
        ("note", N_("Write a note"), lambda: write("note"), "N", records),
    ]


def _of_window(context: Context, window: SittingWindow) -> list[Row]:
    zoom, undo = window.scale.zoom, window.undo_bar

    def keys() -> None:
        _show(context, window)

    return [
        ("here", N_("Who is here"), window.show_attendance, "T", _always),
        ("screen", N_("Full screen"), window.fill_screen, "F11", _always),
        ("larger", N_("Larger"), lambda: zoom(1), "Ctrl++", _always),
        ("smaller", N_("Smaller"), lambda: zoom(-1), "Ctrl+-", _always),
        ("usual", N_("Usual size"), lambda: zoom(0), "Ctrl+0", _always),
        ("undo", N_("Undo"), undo.undo, "Ctrl+Z", undo.can_undo),
        ("keys", N_("Show the keys"), keys, "F1", _always),
        ("mark", N_("Show the keys"), keys, "?", _always),
    ]


def _unless_typing(
    window: SittingWindow, when: Callable[[], bool]
) -> Callable[[], bool]:
    """Leave letters to whoever has the keyboard in the line being typed."""
    return lambda: when() and not window.is_typing()


def _always() -> bool:
    return True


def _show(context: Context, window: SittingWindow) -> None:
    listed = [one for one in context.actions.all(GROUP) if one.is_listed]
    ShortcutsSheet([(_("In session"), listed)], window).open()


class KeyStrip(QWidget):
    """What the keys do, at the foot of the window; a click does it, too."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        inner = QWidget()
        row.addWidget(inner)
        flow = FlowLayout(inner)
        self.buttons: dict[str, Button] = {}
        for name, words, key in STRIP:
            button = Button(_(words), kind="quiet", key=key)
            # The keys are the window's: what has them must not be a button.
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            flow.addWidget(button)
            self.buttons[name] = button

    def show_board(self, board: SittingBoard) -> None:
        """Offer only what can be done now."""
        is_on = board.can_run
        for name in ("done", "park", "back", "next", "timer", "end"):
            self.buttons[name].setEnabled(is_on)
        for name in ("decision", "action", "note"):
            self.buttons[name].setEnabled(board.can_record)
