"""Boston's own targets, by its rule as an agreement: python -m tests.conformance.boston

Its rule, inferred from the log: a weekend is moved to Monday at the same time; at or
after 17:00 it counts from 08:30 of the next weekday; then so many weekdays are added;
holidays are not skipped.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TextIO
from zoneinfo import ZoneInfo

from desktop.domain.agreements import AgreementTerms, ClockStart, TargetKind
from desktop.domain.calendars import CalendarSpec, ServiceCalendar
from desktop.domain.history import History, HistoryEvent
from desktop.domain.promises import Rules, promises_of
from desktop.domain.working_days import ClosedDay, DayRule

ZONE = ZoneInfo("America/New_York")
CLOSE_ENOUGH = timedelta(minutes=10)
"""The source's own stamps drift by seconds and minutes."""

NEEDED_PERCENT = 98.9
FRONT, BACK = 1, 2
WEEKDAYS = CalendarSpec(
    zone=ZONE.key, weekly=dict.fromkeys(range(5), ((0, 86_400),)), name="Weekdays"
)
RULE = DayRule(
    days=1,
    cutoff_s=17 * 3600,
    restart_s=8 * 3600 + 1800,
    closed_day=ClosedDay.SAME_TIME,
)
KIND = (TargetKind.RESOLUTION, None)
AGREEMENT = AgreementTerms(
    version_id=1,
    agreement_id=1,
    number=1,
    name="City departments",
    front_unit=None,
    back_unit=BACK,
    service=None,
    calendar=1,
    targets={KIND: 86_400},
    rules={KIND: RULE},
    holds={},
    warn_share=0.75,
    starts=ClockStart.FRONT_HANDOVER,
    valid_from=datetime(2011, 1, 1, tzinfo=UTC),
)


class City:
    """The agreement on its compiled calendar."""

    def __init__(self) -> None:
        self.calendars = {1: ServiceCalendar(WEEKDAYS)}

    def target(self, opened: datetime, weekdays: int) -> datetime | None:
        """Give when a request raised to the department is due, in local time."""
        days = replace(RULE, days=weekdays)
        terms = replace(
            AGREEMENT, rules={KIND: days}, targets={KIND: 86_400 * weekdays}
        )
        rules = Rules.plain(lambda *_: terms, self.calendars)
        raised = {"state": "new", "unit": BACK, "from_unit": FRONT}
        history = History.of(
            [HistoryEvent(1, opened.astimezone(UTC), "raised", raised)]
        )
        (promise,) = promises_of(history, rules, FRONT)
        due = promise.clock().due_at(opened)
        return None if due is None else due.astimezone(ZONE)


def judged(rows: Iterable[Mapping[str, str]]) -> tuple[int, int]:
    """Count the rows whose target we give within ten minutes, and all."""
    city = City()
    good = count = 0
    for row in rows:
        due = city.target(local(row["open_dt"]), int(row["weekdays_target"]))
        wanted = local(row["target_dt"])
        good += due is not None and abs(due - wanted) <= CLOSE_ENOUGH
        count += 1
    return good, count


def local(text: str) -> datetime:
    """Read a stamp of the source, which is the city's own time."""
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def main(arguments: Sequence[str], out: TextIO) -> int:
    """Judge a file; 0 when enough targets agree, 1 when not, 2 without a file."""
    if len(arguments) != 1:
        out.write("usage: python -m tests.conformance.boston FILE\n")
        return 2
    try:
        with Path(arguments[0]).open(encoding="utf-8", newline="") as file:
            good, count = judged(csv.DictReader(file))
    except (OSError, UnicodeDecodeError, KeyError, ValueError) as error:
        out.write(f"{arguments[0]} cannot be read: {error}\n")
        return 2
    share = 100 * good / count if count else 0.0
    out.write(
        f"{good} of {count} targets within ten minutes: {share:.2f} % "
        f"(needed: {NEEDED_PERCENT} %)\n"
    )
    return 0 if share >= NEEDED_PERCENT else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], sys.stdout))
