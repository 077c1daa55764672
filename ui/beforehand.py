"""What is seen and wanted before anybody is at the desk: a first list, and a line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import SignalInstance

from ui.actions import Actions
from ui.common.page_stack import PageStack
from ui.common.rail import Rail, RailEntry
from ui.common.top_bar import TopBar
from ui.turns import A_TURN_MS, later

if TYPE_CHECKING:
    from ui.first_list import FirstList
    from ui.remembered import Remembered


class Window(Protocol):
    """What of the main window a first list stands in."""

    top: TopBar
    rail: Rail
    foot: Rail
    pages: PageStack
    actions_known: Actions
    seated: SignalInstance

    def navigate(self, page_id: str, **what: Any) -> None:
        """Show a page."""

    def show_foot(self) -> None:
        """Give the lower rail its room."""


class Beforehand:
    """Keeps a window's first list; where somebody wants to go waits for the pages."""

    def __init__(self, window: Window) -> None:
        self._window = window
        self._first: FirstList | None = None
        self._waiting: tuple[str, dict[str, Any]] | None = None
        self.can_raise = False

    def show(self, first: FirstList, kept: Remembered) -> None:
        """Show a list, and the person and the rails it was remembered with."""
        window = self._window
        self._first, self.can_raise = first, kept.page.can_raise
        window.top.mark.set_workspace(kept.house)
        window.top.person.set_person(kept.person, kept.unit)
        window.top.new_button.setVisible(kept.page.can_raise)
        for rail, entries in (
            (window.rail, kept.page.rail),
            (window.foot, kept.page.foot),
        ):
            rail.set_entries([RailEntry(*one) for one in entries])
            rail.choose(kept.page.id)
        window.show_foot()
        page_id = kept.page.id
        first.wanted.connect(
            lambda one: window.navigate("request", request_id=one, back=page_id)
        )
        if not window.top.field.hasFocus():
            first.setFocus()

    def puts_off(self, page_id: str, what: dict[str, Any]) -> bool:
        """Let a way wait while there are no pages; tell whether it does."""
        if self._first is not None:
            self._waiting = (page_id, what)
        return self._first is not None

    def take(self) -> FirstList | None:
        """Give the first list away: the pages are being made."""
        first, self._first, self.can_raise = self._first, None, False
        return first

    def lead_to(self, page_id: str, first: FirstList | None) -> None:
        """Make the page somebody begins on a moment later, and then show it.

        All at once would keep the window from everything else for too long.
        """
        pages = self._window.pages
        context = pages.context

        def make() -> None:
            pages.prepare(page_id)
            then(show)

        def show() -> None:
            if not pages.current_id:
                pages.show_page(page_id)
                pages.focus_page()
            self.go_on_from(first)
            self._window.seated.emit(context)
            # The badge of the page at home is seen from every other.
            home = next((one.id for one in pages.specs if one.in_rail), "")
            then(partial(pages.prepare, home))

        def then(step: Callable[[], None]) -> None:
            later(pages, A_TURN_MS, partial(take, step))

        def take(step: Callable[[], None]) -> None:
            if pages.context is context:  # nobody else sits here by now
                step()

        # Asked for the first time, it has PySide make a hundred enums: not with a page.
        self._window.rail.viewport()
        then(make)

    def go_on_from(self, first: FirstList | None) -> None:
        """Let the page in front go on from a first list, and do what waited."""
        waiting, self._waiting = self._waiting, None
        if first is None:
            return
        current = self._window.pages.current_id
        is_same = first.page.id == current and waiting is None
        if is_same:
            first.gone.connect(partial(self._press, first.keys))
        first.give_way(self._window.pages.page(current) if is_same else None)
        if waiting is not None:
            self._window.navigate(waiting[0], **waiting[1])

    def _press(self, keys: Sequence[str]) -> None:
        """Press the keys that waited, each where the one before has led."""
        for key in keys:
            window = self._window
            window.actions_known.press(key, window.pages.current_id)

    def drop(self) -> None:
        """Take the first list away: no page is to go on from it."""
        first = self.take()
        if first is not None:
            self._waiting = None
            first.leave()
