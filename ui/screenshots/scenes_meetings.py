"""Pictures of the meetings page: what happened, the running order, its dialogs."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from ui.screenshots.scene import Scene
from ui.screenshots.studio import Studio

if TYPE_CHECKING:
    from ui.meetings.page import MeetingsPage

SERIES = "Central counter with Civil registry"


def _page(studio: Studio) -> MeetingsPage:
    """Show the session the pictures are of."""
    from desktop.queries.meetings import series_list
    from ui.meetings.page import MeetingsPage

    rows = studio.desk.read(series_list, studio.at)
    chosen = next((row.id for row in rows if row.name == SERIES), None)
    studio.show("meetings", series_id=chosen)
    return studio.page(MeetingsPage)


def _proposal(studio: Studio) -> None:
    _page(studio)


def _drafted(studio: Studio) -> MeetingsPage:
    page = _page(studio)
    if page.edits.board is not None and not page.edits.board.items:
        studio.run("meetings.draft")
    order = page.edits.order
    if order is not None and len(order.items) > 2:
        page.agenda.list.choose(order.items[2].id)
    studio.settle()
    return page


def _meeting(studio: Studio) -> None:
    _drafted(studio)


def _dialog(action: str, studio: Studio) -> None:
    _drafted(studio)
    studio.run(action)


def _evidence(studio: Studio) -> None:
    page = _drafted(studio)
    board, words = page.edits.board, page.edits.words
    assert board is not None
    assert words is not None
    first = next(one.candidate for one in board.candidates if one.candidate.request_ids)
    page.candidates.evidence.emit(first, words.candidate_title(first))


MEETINGS = (
    Scene("meetings-proposal", _proposal),
    Scene("meetings", _meeting),
    *(
        Scene(f"{name}-dialog", partial(_dialog, f"meetings.{action}"))
        for name, action in (
            ("item", "edit"),
            ("new-item", "item"),
            ("action", "action"),
            ("publish", "publish"),
            ("send", "send"),
            ("print", "print"),
        )
    ),
    Scene("evidence-dialog", _evidence),
)


NEXT_SESSION = (Scene("meetings", _proposal),)
"""The session as somebody left it: nothing is drafted for the picture."""

EMPTY_MEETINGS = (Scene("meetings-empty", lambda studio: studio.show("meetings")),)
