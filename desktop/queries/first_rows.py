"""The first rows of a list, read by the driver alone before the core is imported.

What is asked is not written here: `queries.first_lists` remembers the very statements
the list's own query made, with what has to be so for them to be the right ones.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any, Final, NamedTuple
from zoneinfo import ZoneInfo

from desktop.domain.calendars import CalendarSpec, ServiceCalendar
from desktop.domain.clocks import ClockState
from desktop.domain.errors import Refusal
from desktop.domain.requests import Ball, PendingReason, RequestState
from desktop.domain.target_kinds import TargetKind
from desktop.queries.list_rows import QueueRow, row_of
from desktop.queries.moments import Moment
from desktop.store.sqlite_files import SQLITE, opened
from desktop.store.workspace_file import FileKind, inspect

MOST: Final = "most"
"""The name of the value that says how many rows are wanted."""

CODES: Final[dict[str, type[StrEnum]]] = {
    kind.__name__: kind
    for kind in (Ball, ClockState, PendingReason, RequestState, TargetKind)
}
INSTANT: Final = "instant"
FLAG: Final = "flag"
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_PATIENCE: Final = "PRAGMA busy_timeout=200"
_READING: Final = "PRAGMA query_only=ON"


class Asked(NamedTuple):
    """A statement as the driver gets it; ``named`` are values known when it is asked.

    They are named by their place, as JSON names them: "0" for the first.
    """

    sql: str
    values: Sequence[Any]
    named: Mapping[str, str]


class Fact(NamedTuple):
    """What a statement has to answer for all that was remembered to hold."""

    asked: Asked
    rows: Sequence[Sequence[Any]]


class FirstList(NamedTuple):
    """A list's first page as it is asked, and the calendars its clocks run by.

    ``columns`` says how each column is read: `INSTANT`, `FLAG`, a code's kind, or
    empty for what needs no reading. A calendar is its versions, the present one first.
    """

    facts: Sequence[Fact]
    parts: Sequence[Asked]
    columns: Sequence[str]
    limit: int
    zone: str
    calendars: Mapping[str, Sequence[Mapping[str, Any]]]

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> FirstList:
        """Read what JSON gave back. Raises KeyError, TypeError or ValueError."""
        return cls(
            [Fact(Asked(*asked), rows) for asked, rows in data["facts"]],
            [Asked(*asked) for asked in data["parts"]],
            list(data["columns"]),
            int(data["limit"]),
            str(data["zone"]),
            dict(data["calendars"]),
        )


class FirstRows(NamedTuple):
    """The rows as they are now, whether more follow, and the calendars of clocks."""

    rows: Sequence[QueueRow]
    has_more: bool
    moment: Moment
    calendars: Mapping[int, ServiceCalendar]


def first_rows(path: Path, wanted: FirstList, now: datetime) -> FirstRows | None:
    """Read the rows of a remembered list from a workspace file, in one snapshot.

    None where the file is no workspace of this program's schema, where a fact is no
    longer so, and where anything at all fails: then the list is read the usual way.
    """
    if inspect(path).kind is not FileKind.CURRENT:
        return None
    try:
        moment = Moment(now, ZoneInfo(wanted.zone))
        with opened(path, "ro") as connection:
            for statement in (_PATIENCE, _READING, "BEGIN"):
                connection.execute(statement)
            for asked, known in wanted.facts:
                if _answers(connection, asked) != [list(row) for row in known]:
                    return None
            found = _found(connection, wanted, moment)
        rows = [row_of(_read(row, wanted.columns)) for row in found[: wanted.limit]]
        more = len(found) > wanted.limit
        calendars = _calendars(wanted)
        for row in rows:
            # What is painted of them is computed here first, off the GUI thread.
            if row.clock is not None and row.clock.calendar_id in calendars:
                row.clock.reading(calendars[row.clock.calendar_id], now)
        return FirstRows(rows, more, moment, calendars)
    except (Refusal, SQLITE.Error, LookupError, TypeError, ValueError):
        return None


def _answers(connection: Any, asked: Asked) -> list[list[Any]]:
    return [list(row) for row in connection.execute(asked.sql, list(asked.values))]


def _found(connection: Any, wanted: FirstList, moment: Moment) -> list[Sequence[Any]]:
    """Ask one part after the other until there are enough, and one more."""
    instants: dict[str, Any] = {
        name: microseconds(at) for name, at in moment.instants().items()
    }
    found: list[Sequence[Any]] = []
    for part in wanted.parts:
        missing = wanted.limit + 1 - len(found)
        if missing <= 0:
            break
        known = {**instants, MOST: missing}
        values = list(part.values)
        for place, name in part.named.items():
            values[int(place)] = known[name]
        rows = connection.execute(part.sql, values).fetchall()
        if any(len(row) != len(wanted.columns) for row in rows):
            raise ValueError("other columns than were remembered")
        found += rows
    return found


def microseconds(at: datetime) -> int:
    """Return an instant as a file keeps it."""
    return (at - _EPOCH) // timedelta(microseconds=1)


def _read(row: Sequence[Any], columns: Sequence[str]) -> list[Any]:
    return [
        value if value is None or not kind else _value(value, kind)
        for value, kind in zip(row, columns, strict=True)
    ]


def _value(value: Any, kind: str) -> Any:
    if kind == INSTANT:
        return _EPOCH + timedelta(0, 0, value)
    if kind == FLAG:
        return bool(value)
    return CODES[kind](value)


def _calendars(wanted: FirstList) -> Mapping[int, ServiceCalendar]:
    found: dict[int, ServiceCalendar] = {}
    for key, versions in wanted.calendars.items():
        made = [ServiceCalendar(CalendarSpec.from_data(one)) for one in versions]
        by_number = {one.spec.version: one for one in made}
        for one in made if len(made) > 1 else ():
            one.earlier = by_number
        found[int(key)] = made[0]
    return found
