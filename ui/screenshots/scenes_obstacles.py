"""Obstacles and improvements, and what past sessions said."""

from __future__ import annotations

from functools import partial
from typing import Final

from desktop.queries.obstacle_lists import Looking, ObstacleView, obstacle_list
from desktop.queries.search import latest_requests
from ui.screenshots.scene import Scene, action, page
from ui.screenshots.studio import Studio

TYPED: Final = ("Nobody answers the telephone", "customer")
"""What is typed in these scenes."""


def _raise_on_request(studio: Studio) -> None:
    studio.show("counter")
    request = studio.desk.read(latest_requests, 1)[0]
    studio.show("request", request_id=request.id)
    studio.run("request.obstacle")


def _raise_alike(studio: Studio) -> None:
    from ui.common.obstacles.raise_dialog import RaiseDialog

    studio.show("obstacles")
    studio.run("obstacles.raise")
    for dialog in studio.dialogs():
        if isinstance(dialog, RaiseDialog):
            dialog.title.insert(TYPED[0])
    studio.settle()


def _in_view(view: ObstacleView, studio: Studio) -> None:
    from ui.obstacles.page import ObstaclesPage

    studio.show("obstacles", view=view.value, whose="all")
    studio.page(ObstaclesPage).table.choose_first()
    studio.settle()


def _then(view: ObstacleView, act: str, studio: Studio) -> None:
    _in_view(view, studio)
    studio.run(f"obstacles.{act}")


def _prove(studio: Studio) -> None:
    from ui.obstacles.page import ObstaclesPage

    _in_view(ObstacleView.IMPROVING, studio)
    for card in studio.page(ObstaclesPage).pane.cards:
        card.buttons["confirm"].click()
    studio.settle()


def _met_on_request(studio: Studio) -> None:
    studio.show("counter")
    me = Looking(0, None, ObstacleView.OPEN)
    rows = studio.desk.read(obstacle_list, me).rows
    found = next(one for one in rows if one.references)
    request = next(
        one
        for one in studio.desk.read(latest_requests, 5_000)
        if one.reference == found.references[0]
    )
    studio.show("request", request_id=request.id)


def _search(studio: Studio) -> None:
    from ui.session_search.page import SessionSearchPage

    studio.show("session_search", words=TYPED[1])
    studio.page(SessionSearchPage).table.setFocus()


OBSTACLES: Final = (
    Scene("obstacles", partial(_in_view, ObstacleView.OPEN)),
    Scene("obstacles-improving", partial(_in_view, ObstacleView.IMPROVING)),
    Scene("obstacles-answered", partial(_in_view, ObstacleView.ANSWERED)),
    Scene("obstacles-raise", _raise_alike),
    Scene("obstacles-answer", partial(_then, ObstacleView.OPEN, "answer")),
    Scene("obstacles-give", partial(_then, ObstacleView.OPEN, "give")),
    Scene("obstacles-due", partial(_then, ObstacleView.OPEN, "due")),
    Scene("obstacles-merge", partial(_then, ObstacleView.OPEN, "merge")),
    Scene("obstacles-agenda", partial(_then, ObstacleView.OPEN, "agenda")),
    Scene("obstacles-change", partial(_then, ObstacleView.OPEN, "change")),
    Scene("obstacles-improve", partial(_then, ObstacleView.OPEN, "improve")),
    Scene("obstacles-proof", _prove),
    Scene("session-search", _search),
    Scene("session-search-empty", page("session_search")),
)
RAISING_OBSTACLES: Final = (
    Scene("request-obstacle", _raise_on_request),
    Scene("request-met", _met_on_request),
)
EMPTY_OBSTACLES: Final = (
    Scene("obstacles-empty", page("obstacles")),
    Scene("obstacles-raise-empty", action("obstacles", "obstacles.new")),
)
