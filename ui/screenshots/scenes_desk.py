"""Pictures of what an agent does beside the plain steps: approvals, canned texts."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from desktop.domain.approvals import ApprovalState
from desktop.domain.requests import EntryKind
from desktop.queries.desk_sections import desk_sections
from desktop.queries.search import latest_requests
from ui.common.canned import CannedDialog
from ui.common.request_pane.approval_dialogs import ApprovalDialog, PassOnDialog
from ui.screenshots.scene import Scene
from ui.screenshots.studio import Studio

if TYPE_CHECKING:
    from ui.common.request_pane.desk_sections import DeskSections

QUESTION: Final = "The wall is 10 cm over the limit. May it be allowed?"
# The demo's own words, as lines break them.
TYPED: Final = (
    QUESTION,
    *("Agreed, with the usual", "condition", "was told where on"),
    "This is done by another office.",
)


def _step(step: EntryKind, studio: Studio) -> None:
    studio.show("queue")
    studio.run(f"queue.{step.value}")


def _ask(studio: Studio) -> None:
    _step(EntryKind.APPROVAL_ASKED, studio)
    for dialog in studio.dialogs():
        assert isinstance(dialog, ApprovalDialog)
        for _number in range(3):
            dialog.approvers.add(dialog.approvers.choice.itemData(0))
        dialog.in_order.setChecked(True)
        assert dialog.text is not None
        dialog.text.setPlainText(QUESTION)
        dialog.submit_button.setFocus()


def _opened(studio: Studio, *, mine: bool) -> DeskSections:
    """Open a request with approvals: one waiting for me, or one with the most."""
    from ui.request.request_page import RequestPage

    assert studio.program is not None
    assert studio.program.context is not None
    me = studio.program.context.me.person_id
    best = (0, 0)
    for row in studio.desk.read(latest_requests, 600):
        found = studio.desk.read(desk_sections, row.id).approvals
        asked = [one for one in found if not mine or one.is_for(me)]
        decided = sum(one.state is not ApprovalState.ASKED for one in found)
        if asked:
            best = max(best, (len(found) + decided, row.id))
    studio.show("request", request_id=best[1])
    return studio.page(RequestPage).pane.desk


def _approvals(studio: Studio) -> None:
    _opened(studio, mine=False)


def _waiting(studio: Studio) -> None:
    _opened(studio, mine=True)


def _decide(kind: EntryKind, studio: Studio) -> None:
    sections = _opened(studio, mine=True)
    next(one for (_id, what), one in sections.buttons.items() if what is kind).click()
    studio.settle()
    if kind is EntryKind.APPROVAL_PASSED_ON:
        assert any(isinstance(one, PassOnDialog) for one in studio.dialogs())


def _canned(studio: Studio) -> None:
    from ui.queue.queue_page import QueuePage

    studio.show("queue")
    studio.page(QueuePage).pane.canned.open()
    studio.settle()


def _keep(studio: Studio) -> None:
    _canned(studio)
    for dialog in studio.dialogs():
        if isinstance(dialog, CannedDialog):
            dialog.change.click()


DESK: Final = (
    Scene("priority-dialog", partial(_step, EntryKind.PRIORITY_CHANGED)),
    Scene("approval-dialog", _ask),
    Scene("approvals", _approvals),
    Scene("canned-dialog", _canned),
    Scene("canned-editor", _keep),
)
APPROVING: Final = (
    Scene("approval-mine", _waiting),
    Scene("approve-dialog", partial(_decide, EntryKind.APPROVED)),
    Scene("refuse-dialog", partial(_decide, EntryKind.APPROVAL_REFUSED)),
    Scene("pass-on-dialog", partial(_decide, EntryKind.APPROVAL_PASSED_ON)),
)
"""Of somebody who is asked to approve."""
