"""The request desk at size, in one run: start, lists, search, steps, a session."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from statistics import median
from typing import Any

from desktop.store.engine import sqlite_path
from tests.benchmarks import reading, starting, writing
from tests.benchmarks.generated import optimise, write_house
from tests.benchmarks.measuring import Goal, Row, judged
from tests.benchmarks.workspaces import Place, Workspaces
from tests.heartbeat import PAUSE_MS

ROOT = Path(__file__).resolve().parents[2]
OPEN = 0.12
"""This share of the requests is open: 120,000 of a million."""

MEMORY_MB = 400
MORE_S = 120
"""A session may take so much longer than it was asked to."""

PAINTED = {
    "queue, first page": 50,
    "queue, next page": 30,
    "everything, next page": 30,
    "saved view": 50,
    "request in the pane": 60,
    "request in full": 60,
    "search in the queue": 100,
    "search in everything": 100,
}
"""Until it is on the screen, milliseconds; a filter's rows are a first page too."""


def run(made: Workspaces, size: int, minutes: float) -> Iterator[Row]:
    """Measure what a clerk and an agent wait for, then play a session of theirs."""
    place = made.of(size, OPEN)
    yield from starting.run(place, size)
    kept = sqlite_path(place.url)
    with _kept_warm(kept) if kept is not None else nullcontext():
        yield from reading.desk(place, size)
        yield from writing.run(place, size)
    if kept is not None:
        yield from _session(place, kept, size, minutes)


def _session(place: Place, kept: Path, size: int, minutes: float) -> Iterator[Row]:
    """Play on a copy, so that a workspace that is kept stays as it was made."""
    optimise(place.desk)
    copy = kept.with_name("session.counterpart")
    shutil.copyfile(kept, copy)
    with copy.open("rb") as file:
        # What is still on its way to the disk would go before what a person saves.
        os.fsync(file.fileno())
    write_house(place.house, copy.with_suffix(".json"))
    try:
        heard = _played(copy, minutes)
    finally:
        for one in copy.parent.glob(f"{copy.stem}.*"):
            one.unlink()
    for row in (*_painted(heard), *_pauses(heard)):
        yield {**row, "name": f"{row['name']} at {size:,}"}


def _played(workspace: Path, minutes: float) -> dict[str, Any]:
    script = "tests.benchmarks.session"
    with _kept_warm(workspace):
        done = subprocess.run(
            [sys.executable, "-m", script, str(workspace), "--minutes", str(minutes)],
            cwd=ROOT,
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
            capture_output=True,
            text=True,
            timeout=minutes * 60 + MORE_S,
            check=False,
        )
    if done.returncode:
        raise RuntimeError(f"the session did not end:\n{done.stderr}")
    heard: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    if heard["problems"]:
        raise RuntimeError("\n".join(heard["problems"]))
    return heard


@contextmanager
def _kept_warm(workspace: Path) -> Iterator[None]:
    """Have another process keep a file in the system's memory."""
    command = [sys.executable, "-m", "tests.benchmarks.warming", str(workspace)]
    warming = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE)
    try:
        yield
    finally:
        warming.communicate()


def _painted(heard: dict[str, Any]) -> Iterator[Row]:
    for name, took in heard["painted_ms"].items():
        ordered = sorted(took)
        late = ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]
        row: Row = {"name": f"painted: {name} ({len(took)}x)", "unit": "ms"}
        row |= {"value": round(median(ordered), 1), "p95": round(late, 1)}
        yield judged(row, Goal(ms=PAINTED.get(name, 50)))


def _pauses(heard: dict[str, Any]) -> Iterator[Row]:
    """Tell of the pauses as they were, and without what the machine took of them.

    On a machine that is busy with other things the window's own part says more.
    """
    pauses = heard["pauses"]
    whole = [one["ms"] for one in pauses]
    own = [one["ms"] - one["waited_ms"] for one in pauses]
    minutes = heard["seconds"] / 60
    acts = f"{heard['acts']} acts, {minutes:.1f} min"
    yield _count(f"pauses over {PAUSE_MS} ms ({acts})", whole, None)
    yield _count("… the window's own part", own, 0)
    yield {"name": "longest pause", "value": round(max(whole, default=0)), "unit": "ms"}
    longest = {"name": "longest, the window's own part", "unit": "ms"}
    yield judged({**longest, "value": round(max(own, default=0))}, Goal(ms=PAUSE_MS))
    value = round(heard["memory_mb"])
    memory: Row = {"name": "memory after the session", "value": value, "unit": "MB"}
    yield {**memory, "goal": f"<= {MEMORY_MB}", "met": 0 < value <= MEMORY_MB}
    yield from _worst(pauses)


def _count(name: str, pauses: list[float], most: int | None) -> Row:
    value = sum(one > PAUSE_MS for one in pauses)
    row: Row = {"name": name, "value": value, "unit": "pauses"}
    return row if most is None else {**row, "goal": "none", "met": value <= most}


def _worst(pauses: list[dict[str, Any]]) -> Iterator[Row]:
    """Say what was being done in the pauses, each act with its longest."""
    by_act: dict[str, list[float]] = {}
    for one in pauses:
        own = one["ms"] - one["waited_ms"]
        if own > PAUSE_MS:
            by_act.setdefault(one["doing"], []).append(own)
    for act, own in sorted(by_act.items(), key=lambda found: -max(found[1])):
        name = f"… paused {len(own)}x to {act}"
        yield {"name": name, "value": round(max(own)), "unit": "ms"}
