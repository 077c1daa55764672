"""Pictures of the meetings page: what happened, the running order, its dialogs."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

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


def _change(studio: Studio, item_id: int, **values: Any) -> None:
    from desktop.use_cases.meetings import change_item

    studio.desk.run(lambda work: change_item(work, item_id, **values))


def _edited(studio: Studio) -> None:
    """Head sections, and write for the chair."""
    page = _drafted(studio)
    assert page.edits.order is not None
    items = page.edits.order.items
    if not any(one.section for one in items):
        _change(studio, items[0].id, section="What stands")
        _change(
            studio,
            items[len(items) // 2].id,
            section="What has to be decided",
            chair_notes="Ask the registry before the session.",
        )
    _page(studio)


def _changes(studio: Studio) -> None:
    """Publish, change an item, and list what changed."""
    from desktop.use_cases.meetings import publish_agenda

    page = _drafted(studio)
    board = page.edits.board
    assert board is not None
    if not board.agenda_version:
        studio.desk.run(publish_agenda, board.id)
        _change(studio, board.items[1].id, minutes=9, title="Last time")
        _change(studio, board.items[2].id, outcome="unblock")
    _page(studio)
    studio.run("meetings.changes")


def _raise_item(studio: Studio) -> None:
    _page(studio)
    studio.run("raising.item")


def _raised(studio: Studio) -> None:
    _edited(studio)
    studio.run("raising.mine")


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
    Scene("rules-dialog", partial(_dialog, "meetings.rules")),
    Scene("item-files-dialog", partial(_dialog, "meetings.files")),
    Scene("agenda-edited", _edited),
    Scene("agenda-changes-dialog", _changes),
    Scene("raise-item-dialog", _raise_item),
    Scene("raised-by-me-dialog", _raised),
)


NEXT_SESSION = (Scene("meetings", _proposal),)
"""The session as somebody left it: nothing is drafted for the picture."""

EMPTY_MEETINGS = (Scene("meetings-empty", lambda studio: studio.show("meetings")),)
