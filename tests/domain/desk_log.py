"""The published service-desk log as cases of evidence, read straight from its files."""

from __future__ import annotations

import csv
import gzip
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import holidays

from desktop.domain.agreements import AgreementTerms, ClockStart, TargetKind
from desktop.domain.calendars import CalendarSpec, Closure, ServiceCalendar
from desktop.domain.history import HistoryEvent
from desktop.domain.pairs import Case, Pair, Period
from desktop.domain.requests import PendingReason

ZONE = ZoneInfo("America/Sao_Paulo")
DESK, GROUP_20 = 70, 20
HOUR = 3600
STATES = {
    "new": ("new", None),
    "active": ("active", None),
    "waiting_requester": ("pending", "customer"),
    "waiting_supplier": ("pending", "third_party"),
    "waiting_internal": ("pending", "internal"),
    "unknown": ("active", None),
    "resolved": ("resolved", None),
    "closed": ("closed", None),
}


def local(text: str) -> datetime:
    """Read a local time of the log as an instant."""
    return datetime.fromisoformat(text).replace(tzinfo=ZONE).astimezone(UTC)


PERIOD = Period(
    before_start=local("2016-04-18"),
    start=local("2016-05-02"),
    end=local("2016-05-16"),
    as_at=local("2016-05-16T08:00"),
    next_at=local("2016-05-30T10:00"),
)


def number_in(name: str) -> int | None:
    """Read the number of "Group 70" or "Resolver 246"; an empty name is nobody."""
    return int(name.rsplit(maxsplit=1)[-1]) if name.strip() else None


def calendar() -> ServiceCalendar:
    """Build Monday to Friday 08-18 with Brazil's holidays."""
    days: list[date] = sorted(holidays.country_holidays("BR", years=[2015, 2016, 2017]))
    return ServiceCalendar(
        CalendarSpec(
            name="desk",
            zone=ZONE.key,
            weekly=dict.fromkeys(range(5), ((8 * HOUR, 18 * HOUR),)),
            closures=tuple(Closure(day, day) for day in days),
        )
    )


def terms() -> AgreementTerms:
    """Build the agreement the facts were counted with."""
    waits = frozenset(PendingReason)
    return AgreementTerms(
        version_id=1,
        agreement_id=1,
        number=1,
        name="desk and group 20",
        front_unit=DESK,
        back_unit=GROUP_20,
        service=None,
        calendar=1,
        targets={
            (TargetKind.RESOLUTION, None): 16 * HOUR,
            (TargetKind.RESPONSE, None): 4 * HOUR,
            (TargetKind.ANSWER, None): 8 * HOUR,
        },
        holds=dict.fromkeys(TargetKind, waits),
        warn_share=0.75,
        starts=ClockStart.FRONT_HANDOVER,
        valid_from=datetime(2000, 1, 1, tzinfo=UTC),
    )


def pair() -> Pair:
    """Build the service desk and Group 20 with their agreement."""
    hours = calendar()
    return Pair(
        front=DESK,
        back=GROUP_20,
        front_name="Service desk",
        back_name="Group 20",
        terms=(terms(),),
        calendars={1: hours},
        calendar=hours,
        people={number: f"Resolver {number}" for number in range(400)},
    )


def cases(folder: Path) -> list[Case]:
    """Read every request of the log that both groups ever touched."""
    events: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in _rows(folder / "uci498" / "events.csv.gz"):
        events[row["request_id"]].append(row)
    found = []
    for row in _rows(folder / "uci498" / "requests.csv.gz"):
        mine = events[row["request_id"]]
        if not {"Group 70", "Group 20"} <= {one["group"] for one in mine}:
            continue
        found.append(
            Case(
                request_id=int(row["request_id"][3:]),
                reference=row["request_id"],
                kind=f"{row['category']} / {row['subcategory']}",
                place=row["front_unit"],
                front_unit=None,
                service=None,
                events=list(_events(mine)),
            )
        )
    return found


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def _events(rows: list[dict[str, str]]) -> Iterator[HistoryEvent]:
    known: dict[str, object] = {}
    for row in rows:
        state, pending = STATES[row["phase"]]
        values: dict[str, object] = {
            "state": state,
            "pending": pending,
            "unit": number_in(row["group"]),
            "assignee": number_in(row["assignee"]),
            "priority": int(row["priority"]),
        }
        changes = {
            key: value
            for key, value in values.items()
            if key not in known or known[key] != value
        }
        known = values
        yield HistoryEvent(int(row["seq"]), local(row["at"]), "updated", changes)


def extract(folder: Path, into: Path) -> tuple[Path, Path]:
    """Copy the rows of requests both groups touched; returns both files' paths."""
    kept = {one.reference for one in cases(folder)}
    made = []
    for name in ("requests", "events"):
        target = into / f"{name}.csv"
        rows = [
            row
            for row in _rows(folder / "uci498" / f"{name}.csv.gz")
            if row["request_id"] in kept
        ]
        with target.open("w", encoding="utf-8", newline="") as lines:
            writer = csv.DictWriter(lines, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
        made.append(target)
    return made[0], made[1]
