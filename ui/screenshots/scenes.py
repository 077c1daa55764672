"""What is pictured: every page and dialog, each brought about as a person would."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QItemSelectionModel

from desktop.domain.requests import OPEN_STATES, EntryKind
from desktop.queries.request_details import request_details
from desktop.queries.search import latest_requests
from ui.common.request_pane.step_dialogs import StepDialog
from ui.screenshots.scene import Scene, Sitting, action, page
from ui.screenshots.scenes_agreements import AGREEMENTS
from ui.screenshots.scenes_agreements import TYPED as AGREEMENT_WORDS
from ui.screenshots.scenes_calendars import CALENDARS
from ui.screenshots.scenes_calendars import TYPED as CALENDAR_WORDS
from ui.screenshots.scenes_desk import APPROVING, DESK
from ui.screenshots.scenes_desk import TYPED as DESK_WORDS
from ui.screenshots.scenes_empty import AT_THE_COUNTER as NOTHING_AT_THE_COUNTER
from ui.screenshots.scenes_empty import COORDINATING as NOTHING_TO_COORDINATE
from ui.screenshots.scenes_empty import FIRST_DAY, NO_HITS
from ui.screenshots.scenes_empty import IN_THE_QUEUE as NOTHING_IN_THE_QUEUE
from ui.screenshots.scenes_empty import TYPED as FOUND_NOWHERE
from ui.screenshots.scenes_escalation import ESCALATION
from ui.screenshots.scenes_files import AT_THE_COUNTER as COLLECTING
from ui.screenshots.scenes_files import FILES
from ui.screenshots.scenes_files import TYPED as FILE_WORDS
from ui.screenshots.scenes_house import BEGINNING, CARE, COORDINATOR, SKETCH
from ui.screenshots.scenes_links import LINKS, OTHER_SIDE
from ui.screenshots.scenes_lists import LISTS
from ui.screenshots.scenes_lists import TYPED as LIST_WORDS
from ui.screenshots.scenes_meetings import EMPTY_MEETINGS, MEETINGS, NEXT_SESSION
from ui.screenshots.scenes_notices import NO_NOTICES, NOTICES
from ui.screenshots.scenes_obstacles import (
    EMPTY_OBSTACLES,
    OBSTACLES,
    RAISING_OBSTACLES,
)
from ui.screenshots.scenes_obstacles import TYPED as OBSTACLE_WORDS
from ui.screenshots.scenes_raising import CATALOGUE, RAISING
from ui.screenshots.scenes_raising import TYPED as RAISING_WORDS
from ui.screenshots.scenes_series import SERIES
from ui.screenshots.scenes_series import TYPED as SERIES_WORDS
from ui.screenshots.scenes_sittings import NO_ACTIONS
from ui.screenshots.scenes_sittings import SITTINGS as IN_SESSION
from ui.screenshots.scenes_sittings import TYPED as SESSION_WORDS
from ui.screenshots.scenes_today import AGENTS_DAY, COORDINATORS_DAY, NO_DAY
from ui.screenshots.scenes_tries import EMPTY_TRIES, TRIES
from ui.screenshots.scenes_tries import TYPED as TRIAL_NAMES
from ui.screenshots.studio import Studio

TYPED = (
    *(line for words in SKETCH.values() for line in words.splitlines()),
    *("certif", "residence", "wall", "nobody asked this"),
    *(
        "CR-0268 is taken.",
        "The printer does not answer. The agenda was saved instead.",
    ),
    *("to, about", "a picture", "RuntimeError: only a picture"),
    *AGREEMENT_WORDS,
    *CALENDAR_WORDS,
    *DESK_WORDS,
    *FOUND_NOWHERE,
    *FILE_WORDS,
    *RAISING_WORDS,
    *SERIES_WORDS,
    *OBSTACLE_WORDS,
    *LIST_WORDS,
    *SESSION_WORDS,
    *TRIAL_NAMES,
)
"""What the scenes put in as a person or another program would; in one language."""

CLERK, AGENT = "Sanja Lukić", "Ana Petrović"


# ---------------------------------------------------------------- the counter


def _whole_unit(studio: Studio) -> None:
    studio.show("counter")
    studio.run("counter.whose")
    studio.later(lambda: studio.run("counter.whose"))


def _search_service(studio: Studio) -> None:
    from ui.new_request.page import NewRequestPage

    studio.show("new_request")
    studio.page(NewRequestPage).search.field.insert("certif")


def _fill_request(studio: Studio) -> None:
    from ui.new_request.page import NewRequestPage

    studio.show("new_request")
    shown = studio.page(NewRequestPage)
    shown.search.reset()
    shown.search.field.insert("residence")
    studio.settle()
    shown.go_to(shown.search.hits()[0].id)
    studio.settle()
    answers = {
        "born": "1984-03-09",
        "address": "Vinogradska 14",
        "_customer": "Milica Đorđević",
        "_contact": "064 555 310",
    }
    shown.form.set_answers(answers, is_urgent=False, reason="")


def _discard_request(studio: Studio) -> None:
    _fill_request(studio)
    studio.run("new_request.discard")


# ---------------------------------------------------------------- requests


def _eventful(studio: Studio) -> tuple[int, int]:
    """Return the request most was written about, and the clock that was held most."""
    desk = studio.desk
    best = (0, 0, 0)
    for row in desk.read(latest_requests, 60):
        found = desk.read(request_details, row.id, reader_unit_id=None, now=studio.at)
        if found.clocks and found.state in OPEN_STATES:
            shown = next((one for one in found.clocks if one.is_shown), None)
            position = shown.position if shown else found.clocks[-1].position
            best = max(best, (len(found.entries), row.id, position))
    return best[1], best[2]


def _request(studio: Studio) -> None:
    request_id, _position = _eventful(studio)
    studio.show("request", request_id=request_id)


def _why(studio: Studio) -> None:
    request_id, position = _eventful(studio)
    studio.show("request", request_id=request_id, clock=position)


def _find(words: str, studio: Studio) -> None:
    from ui.request.requests_page import RequestsPage

    studio.show("requests")
    studio.page(RequestsPage).search.setText(words)


# ---------------------------------------------------------------- the queue


def _step(step: EntryKind, studio: Studio) -> None:
    studio.show("queue")
    studio.run(f"queue.{step.value}")


def _refused(step: EntryKind, studio: Studio) -> None:
    """Send a dialog with what is needed missing: it stays, and says so."""
    _step(step, studio)
    for dialog in studio.dialogs():
        if isinstance(dialog, StepDialog):
            dialog.submit()


def _several(studio: Studio) -> None:
    from ui.queue.queue_page import QueuePage

    studio.show("queue")
    table = studio.page(QueuePage).table
    model = table.model()
    more = (
        QItemSelectionModel.SelectionFlag.Select
        | QItemSelectionModel.SelectionFlag.Rows
    )
    for row in (2, 3, 4):
        table.selectionModel().select(model.index(row, 0), more)
    studio.settle()


def _compact(studio: Studio) -> None:
    from ui.queue.queue_page import QueuePage

    studio.show("queue")
    table = studio.page(QueuePage).table
    table.set_compact(True)
    studio.later(partial(table.set_compact, False))


# ---------------------------------------------------------------- everywhere


def _palette(words: str, studio: Studio) -> None:
    studio.run("palette")
    studio.window.top.field.setText(words)
    studio.settle()


def _undo(studio: Studio) -> None:
    studio.show("queue")
    studio.window.offer_undo("CR-0268 is taken.", _nothing)
    studio.window.tell(
        "The printer does not answer. The agenda was saved instead.",
        kind="risk",
        subject="picture",
    )


def _nothing() -> None:
    """Stand in for a way back that no picture takes."""


def _crash(studio: Studio) -> None:
    from ui.crash_dialog import CrashDialog

    CrashDialog("a picture\nRuntimeError: only a picture", None, studio.window).open()


AT_THE_COUNTER = (
    Scene("counter", page("counter")),
    Scene("counter-unit", _whole_unit),
    *OTHER_SIDE,
    Scene("new-request-blank", page("new_request")),
    Scene("new-request-search", _search_service),
    Scene("new-request", _fill_request),
    *RAISING,
    Scene("discard-dialog", _discard_request),
    *COLLECTING,
    Scene("requests", page("requests")),
    Scene("requests-found", partial(_find, "wall")),
    Scene("requests-nothing", partial(_find, "nobody asked this")),
    Scene("palette", partial(_palette, "")),
    Scene("palette-found", partial(_palette, "wall")),
    Scene("shortcuts", action("counter", "keys")),
    Scene("about", action("counter", "about")),
    Scene("crash", _crash),
)

IN_THE_QUEUE = (
    Scene("queue", page("queue")),
    Scene("queue-compact", _compact),
    Scene("request", _request),
    Scene("why", _why),
    Scene("undo", _undo),
    *(
        Scene(f"{name}-dialog", partial(_step, step))
        for name, step in (
            ("ask", EntryKind.ASKED),
            ("hold", EntryKind.HELD),
            ("hand-over", EntryKind.HANDED_OVER),
            ("resolve", EntryKind.RESOLVED),
            ("decline", EntryKind.DECLINED),
            ("assign", EntryKind.ASSIGNED),
        )
    ),
    Scene("missing-words", partial(_refused, EntryKind.ASKED)),
    Scene("queue-several", _several),
    *DESK,
    *LISTS,
    *LINKS,
    *NO_HITS,
    *FILES,
    *NOTICES,
)

SITTINGS: tuple[Sitting, ...] = (
    BEGINNING,
    Sitting("demo", CLERK, (*AT_THE_COUNTER, *RAISING_OBSTACLES)),
    Sitting("demo", AGENT, (*IN_THE_QUEUE, *AGENTS_DAY)),
    Sitting(
        "demo",
        COORDINATOR,
        (
            *CARE,
            *COORDINATORS_DAY,
            *APPROVING,
            *CATALOGUE,
            *MEETINGS,
            *IN_SESSION,
            *SERIES,
            *OBSTACLES,
            *AGREEMENTS,
            *ESCALATION,
            *CALENDARS,
            *TRIES,
        ),
    ),
    Sitting(
        "empty",
        CLERK,
        (
            Scene("counter-empty", page("counter")),
            Scene("new-request-empty", _fill_request),
            Scene("requests-empty", page("requests")),
            *NOTHING_AT_THE_COUNTER,
        ),
    ),
    Sitting(
        "empty",
        AGENT,
        (
            Scene("queue-empty", page("queue")),
            *NO_NOTICES,
            *NO_DAY,
            *NOTHING_IN_THE_QUEUE,
        ),
    ),
    Sitting(
        "empty",
        COORDINATOR,
        (
            *EMPTY_MEETINGS,
            *NO_ACTIONS,
            *EMPTY_TRIES,
            *EMPTY_OBSTACLES,
            *NOTHING_TO_COORDINATE,
        ),
    ),
    FIRST_DAY,
)

MAIN_WINDOWS: tuple[Sitting, ...] = (
    Sitting("demo", CLERK, AT_THE_COUNTER[:1]),
    Sitting("demo", AGENT, IN_THE_QUEUE[:1]),
    Sitting("demo", COORDINATOR, NEXT_SESSION),
)
"""What a day played without a screen shows of the windows."""
