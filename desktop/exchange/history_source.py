"""Another system's requests and events, put together, checked and named where bad."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from desktop.domain.text import clean_line
from desktop.exchange.csv_rows import CELL_CAP, CsvRows
from desktop.exchange.mapping import HistoryMapping, Phase
from desktop.exchange.problems import Problem, quoted

PROBLEMS_KEPT: Final = 500
FIRST_YEAR: Final = 1971
LAST_YEAR: Final = 2099
_TITLE: Final = 200
_MOST_REMEMBERED: Final = 20_000
_CAPS: Final = {"reference": 40, "channel": 40}
_NOT_COUNTED_AS_BAD: Final = frozenset({"before_raised"})


@dataclass(frozen=True, slots=True)
class HistoryFiles:
    """The two files of an export."""

    requests: Path
    events: Path


@dataclass(slots=True)
class Findings:
    """What was wrong: the first few hundred named, all of them counted."""

    problems: list[Problem] = field(default_factory=list)
    notices: list[Problem] = field(default_factory=list)
    bad_rows: int = 0

    def add(self, problem: Problem) -> None:
        """Note one problem."""
        if problem.code in _NOT_COUNTED_AS_BAD:
            if len(self.notices) < PROBLEMS_KEPT:
                self.notices.append(problem)
            return
        self.bad_rows += 1
        if len(self.problems) < PROBLEMS_KEPT:
            self.problems.append(problem)


@dataclass(slots=True)
class SourceEvent:
    """One row of the events file; texts are ``None`` where the source knows nothing."""

    line: int
    at: datetime
    phase: Phase
    unit: str | None
    assignee: str | None
    priority: int | None
    actor: str | None


@dataclass(slots=True)
class SourceRequest:
    """One row of the requests file with its events in order of time."""

    line: int
    reference: str
    raised_at: datetime
    subject: str
    topic: str
    customer: str
    contact: str
    site: str
    channel: str
    source: dict[str, str]
    events: list[SourceEvent] = field(default_factory=list)


class HistorySource:
    """Streams the requests of an export, each with its events.

    Both files are read once, side by side; when they are in the same order only one
    request is held at a time. What is wrong goes to ``findings`` and is left out;
    raises ``BadFile`` when a file cannot be read at all.
    """

    def __init__(self, files: HistoryFiles, mapping: HistoryMapping) -> None:
        self.files = files
        self.mapping = mapping
        self.findings = Findings()
        self._zone = ZoneInfo(mapping.zone)
        # Names and times come again and again: each is read once.
        self._instants: dict[str, datetime] = {}
        self._texts: dict[str, str] = {}
        self._lines: dict[str, int] = {}
        self._waiting: dict[str, SourceRequest] = {}

    def __iter__(self) -> Iterator[SourceRequest]:
        requests = self._requests()
        done: set[str] = set()
        for reference, line, events in self._groups(done):
            request = self._waiting.pop(reference, None)
            while request is None:
                request = next(requests, None)
                if request is None:
                    break
                if request.reference != reference:
                    self._waiting[request.reference] = request
                    request = None
            done.add(reference)
            if request is None:
                self._refuse_event(
                    "no_request",
                    self.mapping.events.request,
                    line,
                    value=quoted(reference),
                )
                continue
            request.events = self._in_order(request, events)
            if request.events:
                yield request
            else:
                self._no_events(request)
        for request in requests:
            self._waiting[request.reference] = request
        for request in self._waiting.values():
            self._no_events(request)

    def _no_events(self, request: SourceRequest) -> None:
        self._refuse(
            self.files.requests,
            "no_events",
            self.mapping.requests.reference,
            request.line,
            value=request.reference,
        )

    # ---------------------------------------------------------------- requests

    def _requests(self) -> Iterator[SourceRequest]:
        columns = self.mapping.requests.columns()
        rows = CsvRows(self.files.requests, columns, self.findings.add)
        for line, cells in rows:
            request = self._request(line, dict(zip(columns, cells, strict=True)))
            if request is not None:
                yield request

    def _request(self, line: int, row: dict[str, str]) -> SourceRequest | None:
        columns = self.mapping.requests
        try:
            reference = self._text(row, columns.reference, "reference")
            raised_at = self._instant(row[columns.raised_at], columns.raised_at)
            request = SourceRequest(
                line=line,
                reference=reference,
                raised_at=raised_at,
                subject=self._joined(row, columns.subject) or reference,
                topic=self._joined(row, columns.topic),
                customer=self._text(row, columns.customer),
                contact=self._text(row, columns.contact),
                site=self._text(row, columns.site),
                channel=self._text(row, columns.channel, "channel"),
                source={
                    name: text
                    for name, column in columns.source.items()
                    if (text := self._text(row, column))
                },
            )
            if not reference:
                raise _BadCell(columns.reference, "empty")
        except _BadCell as bad:
            self._refuse(self.files.requests, bad.code, bad.column, line, **bad.values)
            return None
        if reference in self._lines:
            self._refuse(
                self.files.requests,
                "duplicate",
                columns.reference,
                line,
                value=reference,
                first=self._lines[reference],
            )
            return None
        self._lines[reference] = line
        return request

    def _text(self, row: dict[str, str], column: str, what: str = "") -> str:
        if not column:
            return ""
        text = self._cleaned(row[column], column)
        cap = _CAPS.get(what, _TITLE)
        if len(text) > cap:
            raise _BadCell(column, "too_long", length=len(text), most=cap)
        return text

    def _cleaned(self, raw: str, column: str) -> str:
        """Return a cell as one clean line, "" where the source knows nothing."""
        known = self._texts.get(raw)
        if known is not None:
            return known
        if len(raw) > CELL_CAP:
            raise _BadCell(column, "cell_too_long", most=CELL_CAP)
        text = "" if raw in self.mapping.unknown else clean_line(raw)
        if len(raw) <= _TITLE:
            if len(self._texts) > _MOST_REMEMBERED:
                self._texts.clear()
            self._texts[raw] = text
        return text

    def _joined(self, row: dict[str, str], columns: tuple[str, ...]) -> str:
        texts = [self._text(row, column) for column in columns]
        joined = " / ".join(text for text in texts if text)
        if len(joined) > _TITLE:
            raise _BadCell(columns[0], "too_long", length=len(joined), most=_TITLE)
        return joined

    def _instant(self, text: str, column: str) -> datetime:
        known = self._instants.get(text)
        if known is not None:
            return known
        wanted = self.mapping.time_format or "2016-05-16T08:00"
        try:
            if self.mapping.time_format:
                read = datetime.strptime(text, self.mapping.time_format)  # noqa: DTZ007 - the zone follows
            else:
                read = datetime.fromisoformat(text)
            if not FIRST_YEAR <= read.year <= LAST_YEAR:
                raise _BadCell(
                    column,
                    "out_of_range",
                    value=quoted(text),
                    first=FIRST_YEAR,
                    last=LAST_YEAR,
                )
        except (ValueError, OverflowError) as refused:
            raise _BadCell(
                column, "wrong_instant", value=quoted(text), wanted=wanted
            ) from refused
        if read.tzinfo is None:
            # An hour that comes twice when clocks go back is taken as the first one.
            read = read.replace(tzinfo=self._zone)
        at = read.astimezone(UTC)
        # Only short texts are remembered, so memory stays small on any file.
        if len(text) > _TITLE:
            return at
        if len(self._instants) > _MOST_REMEMBERED:
            self._instants.clear()
        self._instants[text] = at
        return at

    # ------------------------------------------------------------------ events

    def _groups(self, done: set[str]) -> Iterator[tuple[str, int, list[SourceEvent]]]:
        """Yield each request's reference, first line and events, as they stand."""
        columns = self.mapping.events
        wanted = columns.columns()
        optional = [columns.assignee, columns.priority, columns.actor]
        places = [wanted.index(one) if one else None for one in optional]
        raw, reference, first_line, events = "", "", 0, list[SourceEvent]()
        for line, cells in CsvRows(self.files.events, wanted, self.findings.add):
            if cells[0] != raw or not first_line:
                raw, now = cells[0], clean_line(cells[0])
            if now != reference or not first_line:
                if events:
                    yield reference, first_line, events
                reference, first_line, events = now, line, []
            if now in done:
                self._refuse_event(
                    "scattered", columns.request, line, value=quoted(now)
                )
                continue
            event = self._event(line, cells, places)
            if event is not None:
                events.append(event)
        if events:
            yield reference, first_line, events

    def _event(
        self, line: int, cells: list[str], places: list[int | None]
    ) -> SourceEvent | None:
        columns = self.mapping.events
        assignee, priority, actor = (
            cells[place] if place is not None else "" for place in places
        )
        try:
            at = self._instant(cells[1], columns.at)
            phase = self.mapping.phases.get(cells[2])
            if phase is None:
                raise _BadCell(
                    columns.phase, "unmapped", value=quoted(cells[2]), table="phases"
                )
            return SourceEvent(
                line,
                at,
                phase,
                self._name(cells[3], columns.unit),
                self._name(assignee, columns.assignee),
                self._priority(priority),
                self._name(actor, columns.actor),
            )
        except _BadCell as bad:
            self._refuse_event(bad.code, bad.column, line, **bad.values)
            return None

    def _name(self, raw: str, column: str) -> str | None:
        text = self._cleaned(raw, column)
        if len(text) > _TITLE:
            raise _BadCell(column, "too_long", length=len(text), most=_TITLE)
        return text or None

    def _priority(self, text: str) -> int | None:
        if text in self.mapping.unknown:
            return None
        number = self.mapping.priorities.get(text)
        if number is None:
            raise _BadCell(
                self.mapping.events.priority,
                "unmapped",
                value=quoted(text),
                table="priorities",
            )
        return number

    def _in_order(
        self, request: SourceRequest, events: list[SourceEvent]
    ) -> list[SourceEvent]:
        """Return the events without those that go back in time, none before raising."""
        column = self.mapping.events.at
        if any(later.at < earlier.at for earlier, later in pairwise(events)):
            kept = longest_run([event.at for event in events])
            for place, event in enumerate(events):
                if place not in kept:
                    self._refuse_event(
                        "back_in_time", column, event.line, value=self._local(event.at)
                    )
            events = [event for place, event in enumerate(events) if place in kept]
        for event in events:
            if event.at >= request.raised_at:
                break
            self._refuse_event(
                "before_raised",
                column,
                event.line,
                value=self._local(event.at),
                raised=self._local(request.raised_at),
            )
            event.at = request.raised_at
        return events

    def _refuse_event(self, code: str, column: str, line: int, **values: Any) -> None:
        self._refuse(self.files.events, code, column, line, **values)

    def _local(self, at: datetime) -> str:
        return at.astimezone(self._zone).isoformat(" ", "minutes")

    def _refuse(
        self, path: Path, code: str, column: str, line: int, **values: Any
    ) -> None:
        self.findings.add(Problem(path.name, code, column, line, values))


class _BadCell(Exception):
    def __init__(self, column: str, code: str, **values: Any) -> None:
        super().__init__(code)
        self.column = column
        self.code = code
        self.values = values


def longest_run(instants: list[datetime]) -> set[int]:
    """Return the places of the most instants that never go back in time.

    So of three rows at 11:10, 09:52 and 11:03 it is the first that does not fit.
    """
    tails: list[datetime] = []
    ends: list[int] = []
    before: list[int] = []
    for place, at in enumerate(instants):
        length = bisect_right(tails, at)
        before.append(ends[length - 1] if length else -1)
        if length == len(tails):
            tails.append(at)
            ends.append(place)
        else:
            tails[length], ends[length] = at, place
    kept = set()
    place = ends[-1] if ends else -1
    while place >= 0:
        kept.add(place)
        place = before[place]
    return kept
