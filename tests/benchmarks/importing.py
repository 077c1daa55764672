"""Bringing a history in, beside the same rows written by the bare driver."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from desktop.exchange.history_source import HistoryFiles
from desktop.exchange.presets import preset_house, preset_mapping
from desktop.use_cases.imports import import_history
from tests.benchmarks.generated import TABLES
from tests.benchmarks.house import NOW
from tests.benchmarks.measuring import Row, rate, seconds
from tests.benchmarks.workspaces import Place, Workspaces

LOG = Path(__file__).resolve().parents[3] / "shared" / "data" / "uci498"
PRESET = "uci498"
GENERATED = 5_000
COPIED = (*(table.name for table in TABLES), "request_search")


def run(made: Workspaces) -> Iterator[Row]:
    """Import the real log where it is, else a generated one of the same shape."""
    files = HistoryFiles(LOG / "requests.csv.gz", LOG / "events.csv.gz")
    name = "import of the service desk's log"
    if not files.requests.exists():
        files, name = _generated(made.folder), "import of a generated log"
    with made.empty("imported") as place:
        outcome = []
        took = seconds(lambda: outcome.append(_import(place, files)))
        entries = outcome[0].entries
        rows = _rows(place)
        with made.empty("copied") as other:
            bare = seconds(lambda: _copy(other, rows))
        written = sum(len(one) for _, one in rows.values())
        yield rate(f"{name}, rows", written / took, written / bare, share=0.3)
        yield rate(f"{name}, events", entries / took, at_least=10_000)


def _import(place: Place, files: HistoryFiles) -> object:
    house = preset_house(PRESET)
    return place.desk.run(import_history, files, preset_mapping(PRESET), house).value


def _rows(place: Place) -> dict[str, tuple[list[str], list[tuple[object, ...]]]]:
    """Read everything an import wrote, table by table."""
    found = {}
    for table in COPIED:
        names = [column.name for one in TABLES if one.name == table for column in one.c]
        if not names:
            identity = "request_id" if place.floor.is_server else "rowid"
            names = [identity, "text"]
        columns = ", ".join(f'"{name}"' for name in names)
        rows = place.floor.rows(f"SELECT {columns} FROM {table}")
        found[table] = (names, [tuple(row) for row in rows])
    return found


def _copy(
    other: Place, rows: dict[str, tuple[list[str], list[tuple[object, ...]]]]
) -> None:
    """Write the same rows in one transaction, nothing checked but by the database."""
    floor = other.floor
    # What the rows point to, units and people, is not copied, so it is not checked.
    unchecked = "SET session_replication_role = replica"
    floor.connection.execute(unchecked if floor.is_server else _UNCHECKED)
    floor.connection.execute("BEGIN")
    for table, (names, values) in rows.items():
        columns = ", ".join(f'"{name}"' for name in names)
        marks = ", ".join("?" * len(names))
        floor.many(f"INSERT INTO {table} ({columns}) VALUES ({marks})", values)
    floor.connection.execute("COMMIT")


_UNCHECKED = "PRAGMA foreign_keys=OFF"
REQUEST_COLUMNS = (
    *("request_id", "raised_at", "requester", "front_unit", "channel", "category"),
    *("subcategory", "opened_by", "resolved_at", "closed_at", "made_sla"),
    *("reassignments", "reopens", "knowledge_used", "closed_code"),
)
EVENT_COLUMNS = ("request_id", "at", "phase", "group", "assignee", "priority", "actor")
PHASES = ("new", "active", "waiting_requester", "active", "resolved", "closed")


def _generated(folder: Path) -> HistoryFiles:
    """Write a log of plain histories in the shape of the real one."""
    files = HistoryFiles(folder / "requests.csv", folder / "events.csv")
    first = NOW - timedelta(days=90)
    with (
        files.requests.open("w", newline="", encoding="utf-8") as requests,
        files.events.open("w", newline="", encoding="utf-8") as events,
    ):
        heads, entries = csv.writer(requests), csv.writer(events)
        heads.writerow(REQUEST_COLUMNS)
        entries.writerow(EVENT_COLUMNS)
        for number in range(GENERATED):
            name = f"INC{number:07d}"
            at = first + timedelta(minutes=20 * number)
            told = (name, f"{at:%Y-%m-%dT%H:%M}", f"Caller {number % 900}", "Site 1")
            heads.writerow([*told, "Phone", f"Category {number % 50}", "", *[""] * 8])
            for place, phase in enumerate(PHASES):
                when = at + timedelta(hours=3 * place)
                group = "Group 70" if place == 0 else f"Group {number % 20}"
                entries.writerow(
                    [name, f"{when:%Y-%m-%dT%H:%M}", phase, group, "Rade", 3, "Ana"]
                )
    return files
