"""The day of an agent and of a coordinator."""

from __future__ import annotations

from typing import Final

from ui.screenshots.scene import Scene, page

AGENTS_DAY: Final = (Scene("today-agent", page("today")),)
COORDINATORS_DAY: Final = (Scene("today-coordinator", page("today")),)
NO_DAY: Final = (Scene("today-empty", page("today")),)
