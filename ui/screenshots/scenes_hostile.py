"""The same pictures in a house that bad will or bad luck has filled."""

from __future__ import annotations

from typing import Final

from desktop.demo.hostile_words import hostile_line
from ui.screenshots.scene import Scene, Sitting
from ui.screenshots.scenes import SITTINGS
from ui.screenshots.studio import Studio

PREFIX: Final = "hostile-"
HOUSE: Final = "hostile"

CHOSEN: Final = frozenset(
    {
        *("counter-unit", "returns-dialog", "new-request-search", "new-request"),
        *("new-request-several", "new-request-alike", "new-request-files"),
        *("template-dialog", "templates-dialog", "requests-found", "palette-found"),
        *("request-obstacle", "queue", "queue-several", "queue-grouped", "request"),
        *("hand-over-dialog", "assign-dialog", "approval-dialog", "approvals"),
        *("canned-dialog", "canned-editor", "view-dialog", "list-print"),
        *("split-dialog", "merge-dialog", "request-parts", "files", "file-sheet"),
        *("file-remove", "journal", "notices", "inbox", "today-agent"),
        *("today-coordinator", "settings", "approval-mine", "pass-on-dialog"),
        *("catalogue", "catalogue-form", "catalogue-checklist", "meetings"),
        *("item-dialog", "publish-dialog", "send-dialog", "print-dialog"),
        *("evidence-dialog", "raise-item-dialog", "actions", "actions-topic"),
        *("actions-mail-dialog", "actions-decide-dialog", "minutes", "sitting"),
        *("sitting-here", "series-members", "series-standing", "session-move"),
        *("obstacles", "obstacles-answered", "obstacles-raise", "obstacles-merge"),
        *("obstacles-improve", "obstacles-proof", "session-search", "agreements"),
        *("agreement-version-dialog", "which-agreement-dialog", "escalation"),
        *("calendar-year", "calendar-holidays-dialog", "calendar-save-dialog"),
        *("try-tighter", "try-hours", "try-kept"),
    }
)
"""Every page, and every kind of dialog that shows what people wrote."""


def _who(studio: Studio) -> None:
    studio.open(studio.houses[HOUSE])


def _in_that_house(sitting: Sitting) -> Sitting:
    scenes = tuple(
        Scene(PREFIX + one.name, one.show)
        for one in sitting.scenes
        if one.name in CHOSEN
    )
    return Sitting(HOUSE, hostile_line(sitting.person), scenes)


HOSTILE: Final = (
    Sitting("", "", (Scene(f"{PREFIX}start-who", _who),)),
    *(_in_that_house(one) for one in SITTINGS if one.house == "demo"),
)
ALL_SITTINGS: Final = (*SITTINGS, *HOSTILE)
