"""What the columns of another system's export mean here: a mapping, as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from desktop.domain.requests import PendingReason, RequestState
from desktop.exchange.problems import N_, BadFile
from desktop.exchange.tables import Table, read_text

FORMAT: Final = 1
UNCHANGED: Final = "unchanged"
_PHASE: Final = N_("a state, as “active”, “pending:customer” or “unchanged”")
_PRIORITY: Final = N_("a whole number from 1 to 4")


@dataclass(frozen=True, slots=True)
class Phase:
    """What one of the source's states means; state ``None``: it changes nothing."""

    state: RequestState | None
    pending: PendingReason | None = None


@dataclass(frozen=True, slots=True)
class RequestColumns:
    """Which column of the requests file says what; "" where none does.

    ``subject`` and ``topic`` are joined from several columns. ``source`` columns are
    kept beside the request as what the source said, never as truth.
    """

    reference: str
    raised_at: str
    subject: tuple[str, ...]
    topic: tuple[str, ...]
    customer: str
    contact: str
    site: str
    channel: str
    source: Mapping[str, str]

    def columns(self) -> tuple[str, ...]:
        """Return every column that has to be there."""
        single = (
            self.reference,
            self.raised_at,
            self.customer,
            self.contact,
            self.site,
            self.channel,
        )
        many = (*single, *self.subject, *self.topic, *self.source.values())
        return tuple(dict.fromkeys(one for one in many if one))


@dataclass(frozen=True, slots=True)
class EventColumns:
    """Which column of the events file says what; "" where none does."""

    request: str
    at: str
    phase: str
    unit: str
    assignee: str
    priority: str
    actor: str

    def columns(self) -> tuple[str, ...]:
        """Return every column that has to be there."""
        many = (
            self.request,
            self.at,
            self.phase,
            self.unit,
            self.assignee,
            self.priority,
            self.actor,
        )
        return tuple(one for one in many if one)


@dataclass(frozen=True, slots=True)
class HistoryMapping:
    """How to read one system's requests and events.

    ``name`` goes into the keys of what is made, so that the same export imported again
    makes nothing twice. ``time_format`` is ``strptime``'s; "" means ISO 8601. Times
    without an offset are local to ``zone``.
    """

    name: str
    zone: str
    time_format: str
    unknown: frozenset[str]
    requests: RequestColumns
    events: EventColumns
    phases: Mapping[str, Phase]
    priorities: Mapping[str, int]


def read_mapping(path: Path) -> HistoryMapping:
    """Return the mapping in a file; raises ``BadFile`` with all its problems."""
    return mapping_from_text(read_text(path), path.name)


def mapping_from_text(text: str, file: str) -> HistoryMapping:
    """Return the mapping in ``text``; ``file`` is what problems call it."""
    root = Table.parse(text, file)
    known = root.whole("format", FORMAT, 1, 1_000_000)
    if known != FORMAT:
        root.problem("format", "wrong_format", value=known, known=FORMAT)
        raise BadFile(root.problems)
    mapping = HistoryMapping(
        name=root.name(),
        zone=root.zone("zone", "UTC") if root.require("zone") else "UTC",
        time_format=root.line("time_format"),
        unknown=frozenset(_unknown(root)),
        requests=_requests(root.table("requests")),
        events=_events(root.table("events")),
        phases=_phases(root.table("phases")),
        priorities=_priorities(root.table("priorities")),
    )
    root.finish()
    if root.problems:
        raise BadFile(root.problems)
    return mapping


def _unknown(root: Table) -> list[str]:
    found: list[object] = root.value("unknown", list, N_("a list of texts"), [])
    return ["", *(str(one) for one in found)]


def _requests(table: Table) -> RequestColumns:
    source = table.table("source")
    columns = RequestColumns(
        reference=table.name("reference"),
        raised_at=table.name("raised_at"),
        subject=table.lines("subject") if table.require("subject") else (),
        topic=table.lines("topic"),
        customer=table.line("customer"),
        contact=table.line("contact"),
        site=table.line("site"),
        channel=table.line("channel"),
        source={key: source.name(key) for key in source.data},
    )
    table.finish()
    return columns


def _events(table: Table) -> EventColumns:
    columns = EventColumns(
        request=table.name("request"),
        at=table.name("at"),
        phase=table.name("phase"),
        unit=table.name("unit"),
        assignee=table.line("assignee"),
        priority=table.line("priority"),
        actor=table.line("actor"),
    )
    table.finish()
    return columns


def _phases(table: Table) -> dict[str, Phase]:
    nothing = Phase(None)
    phases = {key: table.parsed(key, phase_of, _PHASE, nothing) for key in table.data}
    if not phases:
        table.problem("", "missing", name="resolved")
    return phases


def phase_of(text: str) -> Phase | None:
    """Return what ``"pending:customer"``, ``"active"`` or ``"unchanged"`` means."""
    if text == UNCHANGED:
        return Phase(None)
    state, _, reason = text.partition(":")
    try:
        phase = Phase(RequestState(state), PendingReason(reason) if reason else None)
    except ValueError:
        return None
    is_pending = phase.state is RequestState.PENDING
    return phase if is_pending == (phase.pending is not None) else None


def _priorities(table: Table) -> dict[str, int]:
    priorities = {}
    for key in table.data:
        number = table.value(key, int, _PRIORITY, 3)
        if not 1 <= number <= 4:
            table.problem(key, "wrong_type", value=number, wanted=_PRIORITY)
        priorities[key] = number
    return priorities
