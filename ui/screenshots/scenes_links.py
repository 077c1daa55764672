"""Pictures of requests that belong together, and of what goes between the two sides."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QScrollArea

from desktop.queries.request_rows import QueueRow
from desktop.queries.search import latest_requests
from ui.screenshots.scene import Scene, action
from ui.screenshots.studio import Studio

if TYPE_CHECKING:
    from ui.common.request_pane.request_finder import RequestFinder


def _own(studio: Studio) -> list[QueueRow]:
    """Return the open requests of the unit of whoever sits there, newest first."""
    assert studio.program is not None
    assert studio.program.context is not None
    unit = studio.program.context.me.unit_id
    rows = studio.desk.read(latest_requests, 200)
    return [row for row in rows if row.unit_id == unit and row.resolved_at is None]


def _opened(studio: Studio, act: str = "") -> QueueRow:
    row = _own(studio)[0]
    studio.show("request", request_id=row.id)
    if act:
        studio.run(f"request.{act}")
    return row


def _found(finder: RequestFinder, studio: Studio, words: str) -> None:
    finder.search.setText(words)
    finder.search.textEdited.emit(words)
    finder._typing.stop()
    finder._find()
    studio.settle()
    finder.hits[0].click()
    studio.settle()


def _split_dialog(studio: Studio) -> None:
    from ui.common.request_pane.split_dialog import SplitDialog

    _opened(studio, "split")
    for dialog in studio.dialogs():
        if isinstance(dialog, SplitDialog):
            for number, row in enumerate(dialog.rows, 1):
                row.done_by.set_value(3 * number)
                row.done_by.chosen.emit(3 * number)
            dialog.rows[0].what.setText("wall")
            dialog.submit()


def _link_dialog(studio: Studio) -> None:
    from ui.common.request_pane.link_dialogs import LinkDialog

    _opened(studio, "link")
    for dialog in studio.dialogs():
        if isinstance(dialog, LinkDialog):
            _found(dialog.finder, studio, "wall")


def _merge_dialog(studio: Studio) -> None:
    from ui.common.request_pane.link_dialogs import MergeDialog

    row = _opened(studio, "merge")
    other = next(one for one in _own(studio) if one.id != row.id)
    for dialog in studio.dialogs():
        if isinstance(dialog, MergeDialog):
            _found(dialog.finder, studio, other.reference)


def _with_parts(studio: Studio) -> None:
    """Split one of the unit's requests, end a part, block it, and look at it."""
    from desktop.domain.links import LinkKind
    from desktop.queries.links import links_of, part_choices
    from desktop.use_cases.links import link
    from desktop.use_cases.splitting import PartDraft, split
    from ui.request.request_page import RequestPage

    own = sorted(_own(studio), key=lambda one: one.raised_at)
    row = own[1]
    if len(studio.desk.read(links_of, row.id)) < 3:
        choices = [one for one in studio.desk.read(part_choices) if one.service_id]
        drafts = [
            PartDraft(one.service, one.service_id)
            for one in choices
            if one.unit_id != row.unit_id
        ]
        studio.at -= timedelta(hours=3)
        studio.desk.run(split, row.id, drafts[:3])
        studio.desk.run(link, own[2].id, LinkKind.BLOCKS, row.id)
        studio.at += timedelta(hours=3)
    studio.show("request", request_id=row.id)
    budget = studio.page(RequestPage).why.budget
    area = budget.parentWidget()
    while area is not None and not isinstance(area, QScrollArea):
        area = area.parentWidget()
    if area is not None:
        area.ensureWidgetVisible(budget, 0, 200)


OTHER_SIDE = (Scene("returns-dialog", action("counter", "counter.returns")),)
LINKS = (
    Scene("split-dialog", _split_dialog),
    Scene("link-dialog", _link_dialog),
    Scene("merge-dialog", _merge_dialog),
    Scene("request-parts", _with_parts),
)
