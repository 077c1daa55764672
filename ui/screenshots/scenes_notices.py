"""The bell's pane, as a clerk and as an agent see it."""

from __future__ import annotations

from typing import Final

from desktop.use_cases.notices import sweep
from ui.notices.feature import ACTION, Notices
from ui.screenshots.scene import Scene
from ui.screenshots.studio import Studio


def _open_bell(studio: Studio) -> None:
    studio.desk.run(sweep, studio.at)
    for feature in studio.window.findChildren(Notices):
        feature.look()
    studio.settle()
    studio.run(ACTION)
    studio.later(lambda: studio.run(ACTION))


NOTICES: Final = (Scene("notices", _open_bell),)
NO_NOTICES: Final = (Scene("notices-empty", _open_bell),)
