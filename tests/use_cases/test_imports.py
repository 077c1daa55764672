"""Another system's history comes in whole or not at all, and only once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select

from desktop.desk import Desk
from desktop.domain.house import hours_of
from desktop.domain.requests import PendingReason, RequestState
from desktop.entities.journal import JournalEntry
from desktop.entities.requests import Request, RequestClock, RequestHold, RequestLeg
from desktop.entities.units import Person, Unit
from desktop.exchange.history_import import BadRows
from desktop.exchange.problems import BadFile
from desktop.store.engine import make_engine, sqlite_url
from desktop.store.search import Asked, asked_ids
from desktop.store.unit_of_work import Store
from desktop.store.verification import verify
from desktop.use_cases.imports import import_history
from tests.exchange.exports import (
    EVENTS,
    REQUESTS,
    small_house,
    small_mapping,
    written,
)

NOW = datetime(2026, 11, 16, 8, 0, tzinfo=UTC)
ROOT = Path(__file__).resolve().parents[2]
BAD = "A-3,never,active,Keys,Kim,1,x"


def open_desk(url: str) -> Desk:
    return Desk(Store(make_engine(url), lambda: NOW))


@pytest.fixture
def desk(workspace_url: str) -> Iterator[Desk]:
    desk = open_desk(workspace_url)
    yield desk
    desk.close()


def requests_in(desk: Desk) -> int:
    with desk.store.reading() as session:
        return session.scalar(select(func.count()).select_from(Request)) or 0


def test_requests_come_in_with_journal_legs_holds_and_clocks(
    desk: Desk, tmp_path: Path
) -> None:
    files = written(tmp_path)
    made = desk.run(import_history, files, small_mapping(), small_house()).value
    assert (made.requests, made.entries) == (3, 3 + len(EVENTS))
    assert (made.legs, made.holds, made.people) == (6, 1, 3)
    assert made.house.created["unit"] == 3
    with desk.store.reading() as session:
        request = session.scalar(select(Request).where(Request.reference == "A-1"))
        assert request is not None
        assert request.state is RequestState.CLOSED
        assert (request.site, request.topic) == ("North", "Deeds / Copy")
        assert request.source == {"name": "small", "said": "1"}
        assert request.resolved_at == datetime(2016, 5, 3, 12, 0, tzinfo=UTC)
        legs = session.scalars(
            select(RequestLeg).where(RequestLeg.request_id == request.id)
        ).all()
        units = dict(session.execute(select(Unit.id, Unit.name)).all())
        assert [units[leg.unit_id] for leg in legs if leg.unit_id] == [
            "Desk",
            "Registry",
        ]
        hold = session.scalars(select(RequestHold)).one()
        assert hold.reason is PendingReason.CUSTOMER


def test_promises_are_counted_by_the_same_rules_as_everybody_elses(
    desk: Desk, tmp_path: Path
) -> None:
    desk.run(import_history, written(tmp_path), small_mapping(), small_house())
    check = desk.read(verify)
    assert (check.checked, check.difference_count) == (3, 0)
    with desk.store.reading() as session:
        clock = session.scalars(
            select(RequestClock)
            .join(Request, Request.id == RequestClock.request_id)
            .where(Request.reference == "A-1", RequestClock.kind == "resolution")
        ).one()
    # 09:30 to 11:00, held until 11:00 the next day, then until 14:00.
    assert clock.used_s == 4.5 * 3600
    assert clock.breached_at is None


def test_people_of_the_log_are_in_the_record_but_cannot_sign_in(
    desk: Desk, tmp_path: Path
) -> None:
    desk.run(import_history, written(tmp_path), small_mapping(), small_house())
    with desk.store.reading() as session:
        people = session.scalars(select(Person).order_by(Person.name)).all()
        entry = session.scalars(
            select(JournalEntry).where(JournalEntry.kind == "reopened")
        ).one()
    assert [(one.name, one.can_sign_in) for one in people] == [
        ("Ada", False),
        ("Kim", False),
        ("Rade", False),
    ]
    assert entry.details == {"by": "Ada"}
    assert entry.recorded_at > entry.at


def test_importing_twice_makes_nothing_twice_and_says_so(
    desk: Desk, tmp_path: Path
) -> None:
    files = written(tmp_path)
    desk.run(import_history, files, small_mapping(), small_house())
    with desk.store.reading() as session:
        before = session.scalar(select(func.count()).select_from(JournalEntry))
    again = desk.run(import_history, files, small_mapping(), small_house()).value
    assert again.is_nothing
    assert again.already == 3
    assert again.house.is_nothing
    with desk.store.reading() as session:
        after = session.scalar(select(func.count()).select_from(JournalEntry))
    assert before == after


def test_a_later_export_adds_only_what_is_new(desk: Desk, tmp_path: Path) -> None:
    files = written(tmp_path, REQUESTS[:1], EVENTS[:7])
    desk.run(import_history, files, small_mapping(), small_house())
    made = desk.run(
        import_history, written(tmp_path), small_mapping(), small_house()
    ).value
    assert (made.requests, made.already) == (2, 1)
    assert desk.read(verify).difference_count == 0


def test_a_bad_row_is_named_and_left_out_when_asked_to_skip(
    desk: Desk, tmp_path: Path
) -> None:
    files = written(tmp_path, REQUESTS, (*EVENTS, BAD))
    made = desk.run(import_history, files, small_mapping(), small_house()).value
    assert (made.requests, made.bad_rows) == (3, 1)
    assert made.problems[0].told() == (
        "events.csv:16:at: “never” is not a date and time as 2016-05-16T08:00. "
        "Correct it in the source."
    )


def test_a_bad_row_stops_the_import_when_asked_to_and_nothing_is_there(
    desk: Desk, tmp_path: Path
) -> None:
    files = written(tmp_path, REQUESTS, (*EVENTS, BAD))
    with pytest.raises(BadFile) as refusal:
        desk.run(
            import_history,
            files,
            small_mapping(),
            small_house(),
            on_bad=BadRows.STOP,
        )
    assert [one.code for one in refusal.value.problems] == ["wrong_instant"]
    assert requests_in(desk) == 0


def test_a_reference_somebody_else_has_is_named(desk: Desk, tmp_path: Path) -> None:
    desk.run(import_history, written(tmp_path), small_mapping(), small_house())
    other = replace(small_mapping(), name="another system")
    made = desk.run(import_history, written(tmp_path), other, small_house()).value
    assert made.is_nothing
    assert [one.code for one in made.problems] == ["reference_taken"] * 3


def test_a_reference_somebody_else_has_stops_the_import_when_asked_to(
    desk: Desk, tmp_path: Path
) -> None:
    desk.run(import_history, written(tmp_path), small_mapping(), small_house())
    files = written(
        tmp_path,
        (*REQUESTS, "B-1,2016-05-02T09:00,Ana,North,Deeds,Copy,1"),
        (*EVENTS, "B-1,2016-05-02T09:00,new,Desk,?,3,Clerk 1"),
    )
    other = replace(small_mapping(), name="another system")
    with pytest.raises(BadFile) as refusal:
        desk.run(import_history, files, other, small_house(), on_bad=BadRows.STOP)
    assert {one.code for one in refusal.value.problems} == {"reference_taken"}
    assert requests_in(desk) == 3


def test_stopping_half_way_leaves_nothing_behind(desk: Desk, tmp_path: Path) -> None:
    class Stopped(Exception):
        pass

    def stop(stage: str, done: int, total: int) -> None:
        if stage == "writing":
            assert (done, total) == (3, 3)
            raise Stopped

    files = written(tmp_path)
    with pytest.raises(Stopped):
        desk.run(import_history, files, small_mapping(), small_house(), progress=stop)
    assert requests_in(desk) == 0
    with desk.store.reading() as session:
        assert session.scalar(select(func.count()).select_from(Unit)) == 0


def test_rules_of_an_import_that_was_stopped_are_forgotten(
    desk: Desk, tmp_path: Path
) -> None:
    class Stopped(Exception):
        pass

    def stop(stage: str, _done: int, _total: int) -> None:
        if stage == "writing":
            raise Stopped

    files, house = written(tmp_path), small_house()
    with pytest.raises(Stopped):
        desk.run(import_history, files, small_mapping(), house, progress=stop)
    hours = hours_of("10:00-12:00")
    assert hours
    calendar = replace(house.calendars[0], week=(hours,) * 5 + ((), ()))
    other = replace(house, calendars=(calendar,))
    desk.run(import_history, files, small_mapping(), other)
    assert desk.read(verify).difference_count == 0


def test_imported_requests_are_found_by_their_words(desk: Desk, tmp_path: Path) -> None:
    desk.run(import_history, written(tmp_path), small_mapping(), small_house())
    with desk.store.reading() as session:
        dialect = session.get_bind().dialect
        found = session.execute(asked_ids(dialect.name, [Asked("bozo")])).all()
    assert len(found) == 1


KILLED = """
import os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from desktop.desk import Desk
from desktop.store.engine import make_engine
from desktop.store.unit_of_work import Store
from desktop.use_cases.imports import import_history
from tests.exchange.exports import small_house, small_mapping, written

url, folder, batch = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
requests = [f"B-{n},2016-05-02T09:00,Ana,North,Deeds,Copy,1" for n in range(2000)]
events = [f"B-{n},2016-05-02T09:05,new,Desk,Ada,3,x" for n in range(2000)]
seen = []

def progress(stage, done, total):
    if stage == "writing":
        seen.append(done)
        if len(seen) == batch:
            os.kill(os.getpid(), signal.SIGKILL)

desk = Desk(Store(make_engine(url), lambda: datetime(2026, 11, 16, tzinfo=UTC)))
files = written(folder, requests, events)
desk.run(import_history, files, small_mapping(), small_house(), progress=progress)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no kill -9")
@pytest.mark.parametrize("batch", [1, 3, 4])
def test_a_program_killed_half_way_has_imported_nothing(
    workspace_path: Path, tmp_path: Path, batch: int
) -> None:
    url = sqlite_url(workspace_path)
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, url, str(tmp_path), str(batch)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    desk = open_desk(url)
    assert requests_in(desk) == 0
    with desk.store.reading() as session:
        assert session.scalar(select(func.count()).select_from(JournalEntry)) == 0
        assert session.scalar(select(func.count()).select_from(Unit)) == 0
    made = desk.run(
        import_history, written(tmp_path), small_mapping(), small_house()
    ).value
    assert made.requests == 3
    assert desk.read(verify).difference_count == 0
    desk.close()
