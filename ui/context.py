"""What every page is given: small, frozen, and nothing global."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any, Protocol, cast

from PySide6.QtWidgets import QWidget

from ui.actions import Actions
from ui.clocks import Clocks
from ui.icons import Icons
from ui.operations import Operations
from ui.preferences import Preferences
from ui.style import Theme
from ui.ticker import Ticker


@dataclass(frozen=True)
class Me:
    """Who is at the desk: the person, their unit and what roles let them see."""

    person_id: int
    name: str
    unit_id: int | None = None
    unit_name: str = ""
    side: str = ""
    roles: frozenset[str] = field(default_factory=frozenset)


class Navigate(Protocol):
    """Goes to a page, with what it should show there."""

    def __call__(self, page_id: str, **what: Any) -> None:
        """Show a page; `what` goes to its `go_to`."""


class Tell(Protocol):
    """Shows a banner above the page."""

    def __call__(
        self,
        words: str,
        *,
        kind: str = "",
        subject: str = "",
        action: str = "",
        act: Callable[[], None] | None = None,
    ) -> None:
        """Say something; one banner a subject."""


class OfferUndo(Protocol):
    """Says what was done, and offers to take it back for some seconds."""

    def __call__(self, words: str, undo: Callable[[], None] | None = None) -> None:
        """Show the bar."""


@dataclass(frozen=True)
class Context:
    """The parts of the window a page works with."""

    operations: Operations
    icons: Icons
    preferences: Preferences
    me: Me
    ticker: Ticker
    clocks: Clocks
    theme: Theme
    actions: Actions
    navigate: Navigate
    tell: Tell
    offer_undo: OfferUndo
    workspace_name: str = ""


class Page(Protocol):
    """A page of the rail; registered before it is made, made when first shown.

    A page widget may have `go_to(**what)`, `badge() -> int` with a signal
    `badge_changed`, and `leaving() -> None`.
    """

    id: str
    icon: str
    words: str
    roles: frozenset[str]
    in_rail: bool

    def create(self, context: Context) -> QWidget:
        """Make the page's widget."""


@dataclass(frozen=True)
class PageSpec:
    """A page as data: `words` is a marked source string; no roles means everybody.

    `make` may be named as "module:Name": then it is imported when it is needed.
    """

    id: str
    icon: str
    words: str
    make: Callable[[Context], QWidget] | str
    roles: frozenset[str] = frozenset()
    in_rail: bool = True
    at_foot: bool = False

    def create(self, context: Context) -> QWidget:
        """Make the page's widget."""
        return self.load()(context)

    def load(self) -> Callable[[Context], QWidget]:
        """Import what makes the page, if it is not there yet."""
        if not isinstance(self.make, str):
            return self.make
        module, name = self.make.split(":")
        return cast(
            "Callable[[Context], QWidget]", getattr(import_module(module), name)
        )

    @property
    def module(self) -> str:
        """Return what `load` imports, empty when there is nothing to import."""
        return self.make.split(":")[0] if isinstance(self.make, str) else ""

    def is_for(self, me: Me) -> bool:
        """Tell whether a person's roles see this page."""
        return not self.roles or bool(self.roles & me.roles)
