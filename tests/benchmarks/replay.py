"""A replay of the whole published log: first figures, all of them, the next trial."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

from sqlalchemy.orm import Session

from desktop.domain.agreements import Target, TargetKind
from desktop.exchange.history_source import HistoryFiles
from desktop.exchange.house_file import read_house
from desktop.exchange.mapping import read_mapping
from desktop.queries.replay_facts import ReplayScope
from desktop.queries.replay_reading import reading_facts
from desktop.queries.replays import Replayer, Trial
from desktop.store.engine import make_engine, reading, sqlite_url, writing
from desktop.store.migrating import create_workspace
from desktop.store.unit_of_work import Store, UnitOfWork
from desktop.use_cases.imports import import_history
from tests.benchmarks.measuring import Row

ROOT = Path(__file__).resolve().parents[2]
LOG = ROOT.parent / "shared" / "data" / "uci498"
NOW = datetime(2017, 3, 1, tzinfo=UTC)
EVER = ReplayScope(datetime(2016, 1, 1, tzinfo=UTC), NOW)
TRIAL = Trial({(TargetKind.RESOLUTION, None): Target(8 * 3600)})
FIRST_S, ALL_S, NEXT_S = 1.0, 3.0, 0.5


def run() -> Iterator[Row]:
    """Measure, the best of three; nothing where the log is not on this machine."""
    if not LOG.is_dir():
        return
    with tempfile.TemporaryDirectory(prefix="counterpart-bench-") as folder:
        store = imported_log(Path(folder) / "log.counterpart")
        goes = [_replay(store, EVER) for _ in range(3)]
        informed = replace(EVER, has_updates=True)
        words = [_replay(store, informed) for _ in range(3)]
        store.engine.dispose()
    names = ("replay 24,918: first figures", "replay 24,918: all", "the next trial")
    for place, goal in enumerate((FIRST_S, ALL_S, NEXT_S)):
        yield _row(names[place], min(one[place] for one in goes), goal)
    told = "replay 24,918: with every word told"
    yield _row(told, min(one[1] for one in words), ALL_S)


def _row(name: str, seconds: float, goal: float) -> Row:
    return {
        "name": name,
        "value": round(seconds, 3),
        "unit": "s",
        "goal": f"<= {goal:g} s",
        "met": seconds <= goal,
    }


def imported_log(path: Path) -> Store:
    """Import the whole published log into a fresh workspace."""
    presets = ROOT / "resources" / "presets"
    create_workspace(path)
    store = Store(make_engine(sqlite_url(path)), lambda: NOW)
    with Session(writing(store.engine)) as session:
        import_history(
            UnitOfWork(session, NOW, None, store.cache),
            HistoryFiles(LOG / "requests.csv.gz", LOG / "events.csv.gz"),
            read_mapping(presets / "uci498.mapping.toml"),
            read_house(presets / "uci498.house.toml"),
        )
        session.commit()
    return store


def _replay(store: Store, scope: ReplayScope) -> tuple[float, float, float]:
    began = perf_counter()
    first = 0.0
    with Session(reading(store.engine)) as session:
        for facts in reading_facts(session, scope, NOW):
            replayer = Replayer(facts)
            replayer.replay(TRIAL)
            first = first or perf_counter() - began
    whole = perf_counter() - began
    began = perf_counter()
    replayer.replay(Trial(TRIAL.targets, facts.calendars[0].spec))
    return first, whole, perf_counter() - began
