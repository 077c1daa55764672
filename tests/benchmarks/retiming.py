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
from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.calendars import CalendarSpec, Closure
from desktop.domain.requests import EntryKind
from desktop.entities.calendars import Calendar
from desktop.entities.requests import Request, RequestClock
from desktop.queries.calendars import preview_calendar
from desktop.store.unit_of_work import UnitOfWork
from desktop.use_cases.calendar_saving import spec_of
from desktop.use_cases.calendars import CalendarSaved, apply_refund, save_calendar
from desktop.use_cases.refund_undoing import take_back_refund
from tests.benchmarks.generated import write_stories
from tests.benchmarks.histories import Story, Teller
from tests.benchmarks.house import NOW, House
from tests.benchmarks.measuring import Goal, Row, judged
from tests.benchmarks.workspaces import Place, Workspaces

OPEN = 25_000
HOURS = (8, 9, 10)
BEAT_MS = 2
PAUSE = Goal(ms=50)
_DONE = (EntryKind.RESOLVED, EntryKind.CONFIRMED)


def run(made: Workspaces) -> Iterator[Row]:
    """Measure an edit that moves everything open, and the pauses beside it."""
    with made.empty("retiming") as place:
        place.desk.run(_fill, place.house)
        began = perf_counter()
        calendar_id, spec = place.desk.run(_changed, HOURS[0]).value
        place.desk.read(preview_calendar, calendar_id, spec, NOW)
        shown = round((perf_counter() - began) * 1000)
        name = f"what it would move, of {OPEN:,}"
        yield {"name": name, "value": shown, "unit": "ms"}
        goes = [_edited(place, hour) for hour in HOURS]
        # The best of three goes each, to be rid of the neighbours.
        seconds, pause = (min(one[which] for one in goes) for which in (0, 1))
        moved = min(one[2].moved for one in goes)
        name = f"calendar edit, {moved:,} of {OPEN:,} open moved"
        yield {"name": name, "value": round(seconds * 1000), "unit": "ms"}
        name = "longest pause of the window meanwhile"
        yield judged({"name": name, "value": round(pause, 1), "unit": "ms"}, PAUSE)
        yield from _undone(place)


def _undone(place: Place) -> Iterator[Row]:
    """Give newest hours later, to all and then to each chosen, and take them back."""
    calendar_id, version = place.desk.run(_saved, HOURS[-1] + 1).value
    open_ids = place.desk.read(_open)
    for words, only in (("all", None), ("chosen", open_ids)):
        for what in ("given to", "taken back from"):
            began = perf_counter()
            if what == "given to":
                saved = place.desk.run(
                    apply_refund, calendar_id, expected_version=version, only=only
                ).value
            else:
                assert saved.at is not None
                place.desk.run(
                    take_back_refund,
                    calendar_id,
                    expected_version=version,
                    given_at=saved.at,
                    only=only,
                )
            taken = round((perf_counter() - began) * 1000)
            name = f"later hours {what} {words}, {saved.moved:,} moved"
            yield {"name": name, "value": taken, "unit": "ms"}


def _saved(work: UnitOfWork, hour: int) -> tuple[int, int]:
    calendar_id, spec = _changed(work, hour)
    version = work.get(Calendar, calendar_id).version
    saved = save_calendar(work, calendar_id, spec, expected_version=version)
    return calendar_id, saved.version


def _open(session: Session) -> list[int]:
    wanted = select(RequestClock.request_id).join(Request).where(Request.is_open)
    return sorted(set(session.scalars(wanted)))


def _fill(work: UnitOfWork, house: House) -> None:
    teller = Teller(house, 5, NOW, as_at=NOW)
    write_stories(work, (_left_open(one) for one in teller.stories(OPEN)))


def _left_open(story: Story) -> Story:
    entries = [one for one in story.entries if one.kind not in _DONE]
    return replace(story, entries=entries)


def _edit(work: UnitOfWork, hour: int) -> CalendarSaved:
    calendar_id, spec = _changed(work, hour)
    version = work.get(Calendar, calendar_id).version
    return save_calendar(work, calendar_id, spec, expected_version=version, refund=True)


def _changed(work: UnitOfWork, hour: int) -> tuple[int, CalendarSpec]:
    (row,) = work.session.scalars(select(Calendar))
    spec = spec_of(work.session, row.id)
    # Every day of the histories loses an hour, so that everything moves.
    first, last = date(2026, 9, 1), date(2026, 12, 24)
    closed = Closure(first, last, "Water damage", hour * 3600, (hour + 1) * 3600)
    return row.id, replace(spec, closures=[*spec.closures, closed])


def _edited(place: Place, hour: int) -> tuple[float, float, CalendarSaved]:
    """Return how long it took, the longest pause in ms, and what was saved."""
    app = QCoreApplication.instance() or QCoreApplication([])
    told: list[tuple[float, CalendarSaved]] = []
    beats: list[float] = []

    def work() -> None:
        began = perf_counter()
        saved = place.desk.run(_edit, hour).value
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
