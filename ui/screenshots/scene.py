"""What a picture is: a name, and what brings it about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ui.screenshots.studio import Studio

Show = Callable[[Studio], None]


@dataclass(frozen=True)
class Scene:
    """One picture: its file's name, and what brings it about."""

    name: str
    show: Show


@dataclass(frozen=True)
class Sitting:
    """Scenes of one person at the desk of one house: the `demo`, an `empty` or a
    `hostile` one.

    Without a house nothing is open yet.
    """

    house: str
    person: str
    scenes: tuple[Scene, ...]


def page(page_id: str) -> Show:
    """Show a page."""
    return lambda studio: studio.show(page_id)


def action(page_id: str, action_id: str) -> Show:
    """Show a page and do one of its actions."""

    def show(studio: Studio) -> None:
        studio.show(page_id)
        studio.run(action_id)

    return show
