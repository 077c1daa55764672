"""Another system's history as ours: what an import would make, and its journal."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from desktop.domain.house import House
from desktop.domain.requests import (
    ENDED_STATES,
    OPEN_STATES,
    EntryKind,
    PendingReason,
    RequestState,
)
from desktop.exchange.history_source import (
    HistoryFiles,
    HistorySource,
    SourceEvent,
    SourceRequest,
)
from desktop.exchange.mapping import HistoryMapping
from desktop.exchange.problems import BadFile, Problem

SOURCE_KEYS: Final = uuid.UUID("6a5b7a44-6ad4-5c27-8a53-6c38fd5ee1c5")
_EVERY: Final = 500

Progress = Callable[[str, int, int], None]
"""Called with the stage (``reading``, ``writing``), requests done, and all of them
(0 while unknown). May raise to stop the import, which then leaves nothing behind."""


class BadRows(StrEnum):
    """What a bad row does to the import."""

    SKIP = "skip"
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class HistoryPreview:
    """What an import would make, and what it would leave out.

    ``problems`` names the first bad rows of ``bad_rows``; ``notices`` names rows that
    are taken, but not as they stand.
    """

    requests: int
    events: int
    units: tuple[str, ...]
    people: tuple[str, ...]
    first_at: datetime | None
    last_at: datetime | None
    bad_rows: int
    problems: tuple[Problem, ...]
    notices: tuple[Problem, ...]


def preview(
    files: HistoryFiles,
    mapping: HistoryMapping,
    house: House | None = None,
    *,
    progress: Progress | None = None,
) -> HistoryPreview:
    """Read an export through and tell what importing it would make; writes nothing.

    Units the house neither names nor has a rule for are problems. Raises ``BadFile``
    when a file cannot be read at all.
    """
    source = HistorySource(files, mapping)
    sums = _Sums()
    for request in source:
        sums.add(request)
        if progress and sums.requests % _EVERY == 0:
            progress("reading", sums.requests, 0)
    for problem in _unit_problems(sums.units, files, mapping, house):
        source.findings.add(problem)
    return HistoryPreview(
        requests=sums.requests,
        events=sums.events,
        units=tuple(sorted(sums.units)),
        people=tuple(sorted(sums.people)),
        first_at=sums.first_at,
        last_at=sums.last_at,
        bad_rows=source.findings.bad_rows,
        problems=tuple(source.findings.problems),
        notices=tuple(source.findings.notices),
    )


class _Sums:
    """What an export adds up to, request by request."""

    def __init__(self) -> None:
        self.requests = 0
        self.events = 0
        self.units: dict[str, int] = {}
        self.people: set[str] = set()
        self.first_at: datetime | None = None
        self.last_at: datetime | None = None

    def add(self, request: SourceRequest) -> None:
        self.requests += 1
        self.events += len(request.events)
        first, last = request.raised_at, request.events[-1].at
        self.first_at = first if self.first_at is None else min(first, self.first_at)
        self.last_at = last if self.last_at is None else max(last, self.last_at)
        for event in request.events:
            if event.unit is not None:
                self.units.setdefault(event.unit, event.line)
            if event.assignee is not None:
                self.people.add(event.assignee)


def _unit_problems(
    units: Mapping[str, int],
    files: HistoryFiles,
    mapping: HistoryMapping,
    house: House | None,
) -> list[Problem]:
    if house is None or house.unknown_units is not None:
        return []
    known = {unit.name for unit in house.units}
    column = mapping.events.unit
    return [
        Problem(files.events.name, "no_unit_rule", column, line, {"value": name})
        for name, line in units.items()
        if name not in known
    ]


def require_importable(found: HistoryPreview, on_bad: BadRows) -> None:
    """Raise ``BadFile`` when bad rows are to stop the import, or units have no rule."""
    fatal = [one for one in found.problems if one.code == "no_unit_rule"]
    if fatal:
        raise BadFile(fatal)
    if on_bad is BadRows.STOP and found.bad_rows:
        raise BadFile(found.problems)


@dataclass(slots=True)
class Names:
    """The ids of the units and people an export names."""

    units: Mapping[str, int]
    people: Mapping[str, int]


@dataclass(slots=True)
class EntryDraft:
    """One journal entry to be: its kind, instant, changes and what else is known."""

    kind: EntryKind
    at: datetime
    changes: dict[str, Any]
    details: dict[str, Any]


def request_key(mapping: HistoryMapping, reference: str) -> uuid.UUID:
    """Return the key of an imported request: the same at every import."""
    return uuid.uuid5(SOURCE_KEYS, f"{mapping.name}:{reference}")


def journal_of(request: SourceRequest, names: Names) -> list[EntryDraft]:
    """Return the journal of an imported request: it is raised, then one entry a row.

    An entry carries only what its row changed. A row that repeats that the request is
    resolved says so again: the source's own "resolved at" is its last such row.
    """
    fold = _Rows(names)
    first = request.events[0]
    fold.unit, fold.priority = fold.unit_of(first), first.priority
    raised: dict[str, Any] = {"state": RequestState.NEW.value, "unit": fold.unit}
    if first.priority is not None:
        raised["priority"] = first.priority
    details = {"by": opened} if (opened := request.source.get("opened_by")) else {}
    drafts = [EntryDraft(EntryKind.RAISED, request.raised_at, raised, details)]
    drafts.extend(fold.entry(event) for event in request.events)
    return drafts


class _Rows:
    """Where a request stands while its rows are read one after the other."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self.state = RequestState.NEW
        self.pending: PendingReason | None = None
        self.unit: int | None = None
        self.assignee: int | None = None
        self.priority: int | None = None

    def unit_of(self, event: SourceEvent) -> int | None:
        return None if event.unit is None else self.names.units[event.unit]

    def entry(self, event: SourceEvent) -> EntryDraft:
        """Return the entry of one row, and stand where it leads."""
        changes: dict[str, Any] = {}
        unit = self.unit_of(event)
        name = event.assignee
        assignee = None if name is None else self.names.people[name]
        state = event.phase.state or self.state
        pending = event.phase.pending if event.phase.state else self.pending
        if unit != self.unit:
            changes["unit"], changes["from_unit"] = unit, self.unit
        if state is not self.state or state is RequestState.RESOLVED:
            changes["state"] = state.value
        if pending is not self.pending:
            changes["pending"] = pending.value if pending else None
        if assignee != self.assignee:
            changes["assignee"] = assignee
        if event.priority is not None and event.priority != self.priority:
            changes["priority"] = self.priority = event.priority
        kind = self._kind(changes, state, pending)
        self.state, self.pending = state, pending
        self.unit, self.assignee = unit, assignee
        details = {"by": event.actor} if event.actor else {}
        return EntryDraft(kind, event.at, changes, details)

    def _kind(
        self,
        changes: Mapping[str, Any],
        state: RequestState,
        pending: PendingReason | None,
    ) -> EntryKind:
        """Name the row after the most important thing it did."""
        if state is not self.state:
            if state in _KIND_OF_END:
                return _KIND_OF_END[state]
            if self.state in ENDED_STATES and state in OPEN_STATES:
                return EntryKind.REOPENED
        if "unit" in changes:
            return EntryKind.HANDED_OVER
        if pending is not self.pending:
            if pending is None:
                return EntryKind.RESUMED
            is_question = pending is PendingReason.FRONT_OFFICE
            return EntryKind.ASKED if is_question else EntryKind.HELD
        if "assignee" in changes:
            return EntryKind.ASSIGNED
        if "priority" in changes:
            return EntryKind.PRIORITY_CHANGED
        return EntryKind.UPDATED


_KIND_OF_END: Final = {
    RequestState.RESOLVED: EntryKind.RESOLVED,
    RequestState.DECLINED: EntryKind.DECLINED,
    RequestState.CANCELLED: EntryKind.CANCELLED,
    RequestState.CLOSED: EntryKind.CONFIRMED,
}
