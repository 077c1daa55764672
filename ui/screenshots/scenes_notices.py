"""The bell's pane and the inbox, as a clerk and as an agent see them."""

from __future__ import annotations

from typing import Final

from desktop.use_cases.notices import sweep
from ui.notices.feature import ACTION, Notices
from ui.screenshots.scene import Scene
from ui.screenshots.studio import Studio


def _swept(studio: Studio) -> None:
    studio.desk.run(sweep, studio.at)
    for feature in studio.window.findChildren(Notices):
        feature.look()
    studio.settle()


def _open_bell(studio: Studio) -> None:
    _swept(studio)
    studio.run(ACTION)
    studio.later(lambda: studio.run(ACTION))


def _inbox(studio: Studio) -> None:
    _swept(studio)
    studio.show("inbox")


NOTICES: Final = (Scene("notices", _open_bell), Scene("inbox", _inbox))
NO_NOTICES: Final = (Scene("notices-empty", _open_bell), Scene("inbox-empty", _inbox))
