"""What stands where nothing is yet: a house on its first day, lists without rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from desktop.domain.house import House, HousePerson
from desktop.workspaces import start_workspace
from ui.screenshots.scene import Scene, Show, Sitting, action, page
from ui.screenshots.studio import Studio

if TYPE_CHECKING:
    from collections.abc import Sequence

TYPED: Final = ("zzz nothing like this",)
"""Words that are found nowhere."""

FOUNDER: Final = "Vesna Horvat"
BARE: Final = House(
    "City of Lipovac",
    "Europe/Belgrade",
    people=(
        HousePerson(FOUNDER, None, ("clerk", "agent", "coordinator", "administrator")),
    ),
)
"""Nothing but who set it up: no unit, no calendar, no service, no agreement."""


def _in_a_bare_house(then: Show) -> Show:
    def show(studio: Studio) -> None:
        path = studio.folder / "bare.counterpart"
        if not path.exists():
            start_workspace(path, BARE, studio.at)
            studio.open(path, FOUNDER)
        then(studio)

    return show


def _bare(names: Sequence[tuple[str, Show]]) -> tuple[Scene, ...]:
    return tuple(Scene(f"bare-{name}", _in_a_bare_house(show)) for name, show in names)


def _new_series(studio: Studio) -> None:
    studio.show("meetings")
    studio.run("meetings.series")


# ---------------------------------------------------------------- without hits


def _requests_without_hits(studio: Studio) -> None:
    from ui.request.requests_page import RequestsPage

    studio.show("requests")
    shown = studio.page(RequestsPage)
    shown.search.setText(TYPED[0])
    studio.settle()
    studio.later(lambda: shown.search.clear())


def _service_without_hits(studio: Studio) -> None:
    from ui.new_request.page import NewRequestPage

    studio.show("new_request")
    shown = studio.page(NewRequestPage)
    shown.drafting.forget()
    shown.search.field.insert(TYPED[0])
    studio.settle()
    studio.later(shown.search.reset)


def _finder_without_hits(studio: Studio) -> None:
    from desktop.queries.search import latest_requests
    from ui.common.request_pane.link_dialogs import LinkDialog

    row = studio.desk.read(latest_requests, 1)[0]
    studio.show("request", request_id=row.id)
    studio.run("request.link")
    for dialog in studio.dialogs():
        if isinstance(dialog, LinkDialog):
            dialog.finder.search.insert(TYPED[0])
            dialog.finder.search.textEdited.emit(TYPED[0])
    studio.settle()


def _sessions_without_hits(studio: Studio) -> None:
    studio.show("session_search", words=TYPED[0])


def _palette_without_hits(studio: Studio) -> None:
    studio.show("today")
    studio.run("palette")
    studio.window.top.field.setText(TYPED[0])
    studio.settle()


def _obstacles_without_hits(studio: Studio) -> None:
    from ui.obstacles.page import ObstaclesPage

    studio.show("obstacles")
    field = studio.page(ObstaclesPage).search
    field.setText(TYPED[0])
    studio.settle()
    studio.later(field.clear)


def _queue_without_hits(studio: Studio) -> None:
    from ui.queue.queue_page import QueuePage

    studio.show("queue")
    shown = studio.page(QueuePage)
    shown.search.setText(TYPED[0])
    shown.reader.change(words=TYPED[0])
    studio.settle()
    studio.later(shown._show_everyone)


# ---------------------------------------------------------------- dialogs


def _templates(studio: Studio) -> None:
    studio.show("new_request")
    studio.run("new_request.templates")


def _canned(studio: Studio) -> None:
    from ui.queue.queue_page import QueuePage

    studio.show("queue")
    studio.page(QueuePage).pane.canned.open()
    studio.settle()


def _kept_trials(studio: Studio) -> None:
    studio.show("tries")
    studio.run("tries.kept")


AT_THE_COUNTER: Final = (
    Scene("templates-empty", _templates),
    Scene("service-without-hits", _service_without_hits),
    Scene("returns-empty", action("counter", "counter.returns")),
)
IN_THE_QUEUE: Final = (
    Scene("queue-without-hits", _queue_without_hits),
    Scene("canned-empty", _canned),
    Scene("search-without-hits", _requests_without_hits),
    Scene("palette-without-hits", _palette_without_hits),
    Scene("print-empty", action("queue", "queue.list_print")),
)
NO_HITS: Final = (Scene("link-without-hits", _finder_without_hits),)
COORDINATING: Final = (
    Scene("session-search-nothing", page("session_search")),
    Scene("session-search-without-hits", _sessions_without_hits),
    Scene("obstacles-without-hits", _obstacles_without_hits),
    Scene("kept-trials-empty", _kept_trials),
    Scene("raised-by-me-empty", action("meetings", "raising.mine")),
    Scene("minutes-empty", page("minutes")),
)
FIRST_DAY: Final = Sitting(
    "",
    "",
    _bare(
        (
            *((name, page(name)) for name in ("today", "counter", "queue", "inbox")),
            ("new-request", page("new_request")),
            *((name, page(name)) for name in ("requests", "meetings", "actions")),
            *((name, page(name)) for name in ("obstacles", "catalogue", "agreements")),
            ("agreement-dialog", action("agreements", "agreements.new")),
            ("calendars", page("calendars")),
            ("escalation", page("escalation")),
            ("escalation-editor", action("escalation", "escalation.new")),
            ("tries", page("tries")),
            ("series-dialog", _new_series),
            ("obstacle-dialog", action("obstacles", "obstacles.new")),
            ("settings", page("settings")),
        )
    ),
)
