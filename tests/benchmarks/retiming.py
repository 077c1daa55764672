"""A calendar is edited with 25,000 requests open: how long, and does a window notice?

The whole path: a new version of the calendar, given to what is open, every due time
counted again and written, in a background thread as the window does it. Meanwhile an
event loop beats as the window's would; its longest pause is what somebody would feel.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import pairwise
from threading import Thread
from time import perf_counter

from PySide6.QtCore import QCoreApplication, Qt, QTimer

from desktop.domain.calendars import Closure
from desktop.domain.requests import EntryKind
from desktop.store.unit_of_work import UnitOfWork
from desktop.use_cases.calendar_saving import spec_of
from desktop.use_cases.calendars import CalendarSaved, save_calendar
from tests.benchmarks.generated import write_stories
from tests.benchmarks.histories import Story, Teller
from tests.benchmarks.house import NOW, House
from tests.benchmarks.measuring import Goal, Row, judged
from tests.benchmarks.workspaces import Place, Workspaces

OPEN = 25_000
BEAT_MS = 2
WHOLE = Goal(ms=3_000)
PAUSE = Goal(ms=50)
_DONE = (EntryKind.RESOLVED, EntryKind.CONFIRMED)


def run(made: Workspaces) -> Iterator[Row]:
    """Measure an edit that moves everything open, and the pauses beside it."""
    with made.empty("retiming") as place:
        place.desk.run(_fill, place.house)
        calendar_id, version = place.floor.rows("SELECT id, version FROM calendar")[0]
        seconds, pause, saved = _edited(place, calendar_id, version)
        name = f"calendar edit, {saved.moved:,} of {OPEN:,} open moved"
        yield judged(
            {"name": name, "value": round(seconds * 1000), "unit": "ms"}, WHOLE
        )
        name = "longest pause of the window meanwhile"
        yield judged({"name": name, "value": round(pause, 1), "unit": "ms"}, PAUSE)


def _fill(work: UnitOfWork, house: House) -> None:
    teller = Teller(house, 5, NOW, as_at=NOW)
    write_stories(work, (_left_open(one) for one in teller.stories(OPEN)))


def _left_open(story: Story) -> Story:
    entries = [one for one in story.entries if one.kind not in _DONE]
    return replace(story, entries=entries)


def _edit(work: UnitOfWork, calendar_id: int, version: int) -> CalendarSaved:
    spec = spec_of(work.session, calendar_id)
    # Every day of the histories loses an hour, so that everything moves.
    closed = Closure(
        date(2026, 9, 1), date(2026, 12, 24), "Water damage", 28_800, 32_400
    )
    spec = replace(spec, closures=[*spec.closures, closed])
    return save_calendar(work, calendar_id, spec, expected_version=version, refund=True)


def _edited(
    place: Place, calendar_id: int, version: int
) -> tuple[float, float, CalendarSaved]:
    """Return how long it took, the longest pause in ms, and what was saved."""
    app = QCoreApplication.instance() or QCoreApplication([])
    told: list[tuple[float, CalendarSaved]] = []
    beats = [perf_counter()]

    def work() -> None:
        began = perf_counter()
        saved = place.desk.run(_edit, calendar_id, version).value
        told.append((perf_counter() - began, saved))

    def beat() -> None:
        beats.append(perf_counter())
        if told:
            app.quit()

    timer = QTimer()
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.timeout.connect(beat)
    timer.start(BEAT_MS)
    gc.collect()
    thread = Thread(target=work)
    thread.start()
    app.exec()
    thread.join()
    pauses = [after - before for before, after in pairwise(beats)]
    seconds, saved = told[0]
    return seconds, max(pauses) * 1000 - BEAT_MS, saved
