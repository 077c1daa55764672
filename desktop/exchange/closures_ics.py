"""Closures out of an iCalendar file (.ics), with every problem named by its line.

All-day events become whole days, timed ones parts of their days in the calendar's
zone. What repeats every year becomes a yearly closure, other repetitions are laid out
for some years. Nothing is stored here: this is the preview.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

from desktop.domain.calendars import CalendarSpec, Closure
from desktop.domain.errors import Invalid
from desktop.domain.instants import DAY_S, FIRST_YEAR, LAST_YEAR
from desktop.exchange.problems import BadFile, Problem
from desktop.store.sqlite_files import is_in_use

MOST_BYTES: Final = 2 * 1024 * 1024
MOST_EVENTS: Final = 5_000
MOST_DATES: Final = 400
"""How many dates one repetition may come to."""

LONGEST_NAME: Final = 200
_UNTIL: Final = re.compile(r"UNTIL=(\d{8})[^;]*")
_EVERY_YEAR: Final = ({"FREQ": "YEARLY"}, {"FREQ": "YEARLY", "INTERVAL": "1"})
_ESCAPES: Final = (("\\n", " "), ("\\N", " "), ("\\,", ","), ("\\;", ";"))


@dataclass(frozen=True, slots=True)
class ClosuresFound:
    """What an .ics file would bring: closures, and what could not be read.

    ``already`` are those the calendar has; ``closures`` the others, by date.
    """

    closures: tuple[Closure, ...]
    already: tuple[Closure, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(slots=True)
class _Event:
    line: int
    fields: dict[str, tuple[int, str, str]] = field(default_factory=dict)


def read_closures(
    path: Path, spec: CalendarSpec, *, years: Iterable[int]
) -> ClosuresFound:
    """Return the closures in a file, for a calendar as it is now.

    Repetitions other than yearly ones are laid out for ``years``. Raises BadFile for
    a file that is no calendar at all, or larger than 2 MB.
    """
    try:
        if is_in_use(path):
            raise BadFile([Problem(path.name, "open_workspace")])
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise BadFile([Problem(path.name, "too_large", values={"most": "2 MB"})])
        data = path.read_bytes()
    except OSError as error:
        why = error.strerror or str(error)
        raise BadFile(
            [Problem(path.name, "unreadable", values={"why": why})]
        ) from error
    return closures_in(data, path.name, spec, years=years)


def closures_in(
    data: bytes, name: str, spec: CalendarSpec, *, years: Iterable[int]
) -> ClosuresFound:
    """Return the closures in the bytes of a file called ``name``; see above."""
    if len(data) > MOST_BYTES:
        raise BadFile([Problem(name, "too_large", values={"most": "2 MB"})])
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadFile([Problem(name, "not_text")]) from error
    lines = list(_unfolded(text))
    if not any(line.upper() == "BEGIN:VCALENDAR" for _, line in lines):
        raise BadFile([Problem(name, "not_a_calendar_file")])
    reader = _Reader(name, ZoneInfo(spec.zone), sorted(set(years)))
    events = list(reader.events(lines))
    if len(events) > MOST_EVENTS:
        details = {"count": len(events), "most": MOST_EVENTS}
        raise BadFile([Problem(name, "too_many_events", values=details)])
    found = dict.fromkeys(one for event in events for one in reader.closures(event))
    if not events:
        reader.note(1, "no_closures")
    known = set(spec.closures)
    return ClosuresFound(
        closures=tuple(sorted((one for one in found if one not in known), key=_place)),
        already=tuple(sorted((one for one in found if one in known), key=_place)),
        problems=tuple(reader.problems),
    )


def _place(one: Closure) -> tuple[date, date, str, int]:
    return one.start, one.end, one.name, one.hours[0]


def _unfolded(text: str) -> Iterator[tuple[int, str]]:
    """Yield each content line with the number of its first line."""
    number, kept = 1, ""
    for place, line in enumerate(text.splitlines(), 1):
        if line[:1] in (" ", "\t"):
            kept += line[1:]
            continue
        if kept:
            yield number, kept.strip()
        number, kept = place, line
    if kept:
        yield number, kept.strip()


class _Reader:
    """Reads the events of one file and remembers what is wrong with them."""

    def __init__(self, name: str, zone: ZoneInfo, years: list[int]) -> None:
        self.name = name
        self.zone = zone
        self.years = years
        self.problems: list[Problem] = []

    def note(self, line: int, code: str, **details: object) -> None:
        """Remember a problem of a line."""
        self.problems.append(Problem(self.name, code, line=line, values=details))

    def events(self, lines: Iterable[tuple[int, str]]) -> Iterator[_Event]:
        """Yield the events; one that never ends is a problem."""
        event: _Event | None = None
        inner = 0
        for number, line in lines:
            head = line.upper()
            if head == "BEGIN:VEVENT":
                event, inner = _Event(number), 0
            elif event is None:
                continue
            elif head == "END:VEVENT":
                yield event
                event = None
            elif head.startswith("BEGIN:"):
                inner += 1
            elif head.startswith("END:"):
                inner -= 1
            elif inner == 0:
                before, found, value = line.partition(":")
                if found:
                    key, _, parameters = before.partition(";")
                    event.fields.setdefault(key.upper(), (number, parameters, value))
        if event is not None:
            self.note(event.line, "event_without_end")

    def closures(self, event: _Event) -> Iterator[Closure]:
        """Yield what an event closes; nothing, and a problem, where unreadable."""
        if "DTSTART" not in event.fields:
            self.note(event.line, "event_without_start")
            return
        start = self._moment(event, "DTSTART")
        end = self._moment(event, "DTEND") if "DTEND" in event.fields else None
        if start is None or (end is None and "DTEND" in event.fields):
            return
        try:
            yield from self._laid(event, start, end)
        except (Invalid, ValueError, TypeError, OverflowError):
            self.note(event.line, "event_unreadable")

    def _laid(
        self, event: _Event, start: date | datetime, end: date | datetime | None
    ) -> Iterator[Closure]:
        name = _unescaped(event.fields.get("SUMMARY", (0, "", ""))[2])[:LONGEST_NAME]
        once = list(_parts(name, start, end))
        if not once:
            self.note(event.line, "event_ends_before_it_starts")
            return
        if any(not FIRST_YEAR <= one.end.year <= LAST_YEAR for one in once):
            self.note(event.line, "event_out_of_years")
            return
        rule = event.fields.get("RRULE")
        if rule is None:
            yield from once
            return
        parts = dict(
            part.upper().split("=", 1) for part in rule[2].split(";") if "=" in part
        )
        if parts in _EVERY_YEAR:
            for one in once:
                yield replace(one, yearly=True)
            return
        yield from self._repeated(rule, once)

    def _repeated(
        self, rule: tuple[int, str, str], once: list[Closure]
    ) -> Iterator[Closure]:
        number, _, text = rule
        if not self.years:
            return
        first = datetime(self.years[0], 1, 1, tzinfo=UTC)
        last = datetime(self.years[-1], 12, 31, tzinfo=UTC)
        begins = datetime.combine(once[0].start, time(0), UTC)
        try:
            # Dates repeat here, so the last one counts whatever its time and zone.
            plain = _UNTIL.sub(r"UNTIL=\1T235959Z", text.upper())
            repeated = rrulestr(plain, dtstart=begins)
            days: list[date] = []
            for at in repeated.xafter(first, inc=True):
                if at > last or len(days) > MOST_DATES:
                    break
                days.append(at.date())
        except (ValueError, TypeError, LookupError, AttributeError, OverflowError):
            self.note(number, "repetition_unreadable", value=text[:80])
            return
        if len(days) > MOST_DATES:
            self.note(number, "repeats_too_often", value=text[:80], most=MOST_DATES)
            return
        for day in days:
            moved = day - once[0].start
            for one in once:
                yield replace(one, start=one.start + moved, end=one.end + moved)

    def _moment(self, event: _Event, key: str) -> date | datetime | None:
        """Read a date, or a moment in the calendar's own time."""
        number, parameters, value = event.fields[key]
        value = value.strip()
        try:
            if len(value) == len("20260101"):
                return date.fromisoformat(value)
            at = datetime.fromisoformat(value)
            if at.tzinfo is None:
                at = at.replace(tzinfo=self._zone(parameters))
            return at.astimezone(self.zone)
        except (ValueError, OverflowError):
            self.note(number, "not_a_moment", value=value[:40])
        except LookupError:
            self.note(number, "zone_unknown", value=parameters[:60])
        return None

    def _zone(self, parameters: str) -> ZoneInfo:
        """Return the zone a moment names; without one it is the calendar's own."""
        for part in parameters.split(";"):
            key, _, value = part.partition("=")
            if key.upper() == "TZID":
                try:
                    return ZoneInfo(value.strip('"'))
                except (OSError, ValueError, LookupError) as error:
                    raise LookupError(value) from error
        return self.zone


def _parts(
    name: str, start: date | datetime, end: date | datetime | None
) -> Iterator[Closure]:
    """Yield the closures of one occurrence: whole days, or a part of each day."""
    if not isinstance(start, datetime):
        last = end.date() if isinstance(end, datetime) else end
        # The end of an all-day event is the day after it; without one it is a day.
        last = start if last is None or last == start else last - timedelta(days=1)
        if last >= start:
            yield Closure(start, last, name)
        return
    if end is None:
        return
    if not isinstance(end, datetime):
        end = datetime.combine(end, time(0), start.tzinfo)
    day = start.date()
    while day <= end.date():
        from_s = _second(start) if day == start.date() else 0
        to_s = _second(end) if day == end.date() else DAY_S
        if from_s < to_s:
            is_whole = (from_s, to_s) == (0, DAY_S)
            yield Closure(
                day, day, name, None if is_whole else from_s, None if is_whole else to_s
            )
        day += timedelta(days=1)
        if (day - start.date()).days > MOST_DATES:
            raise ValueError("too long")


def _second(at: datetime) -> int:
    return at.hour * 3600 + at.minute * 60 + at.second


def _unescaped(text: str) -> str:
    for escaped, plain in _ESCAPES:
        text = text.replace(escaped, plain)
    return " ".join(text.replace("\\\\", "\\").split())
