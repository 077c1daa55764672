"""A request's journal as its readers see it: names for ids, and what was before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final

from desktop.domain.history import History
from desktop.domain.requests import Audience, EntryKind, Side
from desktop.entities.journal import JournalEntry
from desktop.queries.due_moves import DueMove
from desktop.queries.request_names import Names

FOLDED: Final = ("state", "unit", "assignee", "pending", "priority")


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One thing that happened. ``changes`` holds names for units and people.

    ``details`` is what the entry keeps besides, such as the requests it names.
    ``before`` is what stood before it, with names; ``to`` the unit it was told;
    ``people`` whom it is about, ``mentioned`` whom its words name; ``due`` how the
    promise moved by it. ``undoes`` is the entry this one took back, ``is_undone``
    marks one that was taken back.
    """

    id: int
    at: datetime
    kind: EntryKind
    actor_id: int | None
    actor: str
    unit: str
    side: Side | None
    text: str
    audience: Audience
    changes: Mapping[str, Any]
    follow_up_at: datetime | None
    details: Mapping[str, Any] = field(default_factory=dict)
    before: Mapping[str, Any] = field(default_factory=dict)
    to: str = ""
    people: tuple[str, ...] = ()
    mentioned: tuple[str, ...] = ()
    due: DueMove | None = None
    undoes: TimelineEntry | None = None
    is_undone: bool = False

    @property
    def requests(self) -> tuple[tuple[int, str], ...]:
        """Return the requests it names, as (id, reference)."""
        named = self.details.get("requests", ())
        return tuple((one["id"], one["reference"]) for one in named)

    @property
    def files(self) -> tuple[str, ...]:
        """Return the names of the files it is about."""
        return tuple(one["name"] for one in self.details.get("files", ()))


@dataclass(frozen=True, slots=True)
class Readers:
    """For which front unit a request is, who reads it, and where it has been."""

    front_unit_id: int | None
    reader_unit_id: int | None
    history: History

    def may_read(self, entry: JournalEntry, names: Names) -> bool:
        """Tell whether an entry is shown: internal ones to their own side only.

        Those are read by the unit that wrote them, and by units of its side that had
        the request too.
        """
        me = self.reader_unit_id
        if entry.audience is Audience.BOTH or (me and entry.unit_id == me):
            return True
        if me is None or me not in {leg.unit for leg in self.history.legs}:
            return False
        return names.sides.get(entry.unit_id or 0) is names.sides.get(me)


def timeline_of(
    journal: Iterable[JournalEntry],
    names: Names,
    readers: Readers,
    dues: Mapping[int, DueMove],
) -> tuple[TimelineEntry, ...]:
    """Return the entries a reader may see, in order."""
    now: dict[str, Any] = {}
    befores: dict[int, dict[str, Any]] = {}
    found: dict[int, TimelineEntry] = {}
    for entry in journal:
        before = befores[entry.seq] = dict(now)
        now = _after(entry, before, befores)
        if not readers.may_read(entry, names):
            continue
        holder = before.get("unit", entry.changes.get("unit"))
        other = _other(entry.unit_id, holder, readers.front_unit_id)
        made = _entry(entry, names, before)
        made = replace(made, to=names.unit(other), due=dues.get(entry.seq))
        seq = entry.changes.get("undoes", 0)
        if entry.kind == EntryKind.UNDONE and seq in found:
            made = replace(made, undoes=found[seq])
            found[seq] = replace(found[seq], is_undone=True)
        found[entry.seq] = made
    return tuple(found.values())


def _after(
    entry: JournalEntry,
    before: Mapping[str, Any],
    befores: Mapping[int, dict[str, Any]],
) -> dict[str, Any]:
    """Return what stands after an entry; one that undoes brings back what was."""
    if entry.kind == EntryKind.UNDONE:
        return dict(befores.get(entry.changes.get("undoes", 0), before))
    changed: dict[str, Any] = {
        name: entry.changes[name] for name in FOLDED if name in entry.changes
    }
    return {**before, **changed}


def _other(
    by_unit: int | None, holder: int | None, front_unit: int | None
) -> int | None:
    """Return the unit on the other side of whoever acted."""
    other = front_unit if by_unit == holder else holder
    return None if other == by_unit else other


def _entry(
    entry: JournalEntry, names: Names, before: Mapping[str, Any]
) -> TimelineEntry:
    follow_up = entry.details.get("follow_up_at")
    return TimelineEntry(
        entry.id,
        entry.at,
        EntryKind(entry.kind),
        entry.actor_id,
        names.person(entry.actor_id),
        names.unit(entry.unit_id),
        names.sides.get(entry.unit_id or 0),
        entry.text,
        entry.audience,
        _named(entry.changes, names),
        datetime.fromisoformat(follow_up) if follow_up else None,
        entry.details,
        _named(before, names),
        people=_people(entry, "people", names),
        mentioned=_people(entry, "mentions", names),
    )


def _people(entry: JournalEntry, what: str, names: Names) -> tuple[str, ...]:
    found = (names.person(one) for one in entry.details.get(what, ()))
    return tuple(one for one in found if one)


def _named(changes: Mapping[str, Any], names: Names) -> Mapping[str, Any]:
    named = dict(changes)
    for column in ("unit", "from_unit"):
        if column in named:
            named[column] = names.unit(named[column])
    if "assignee" in named:
        named["assignee"] = names.person(named["assignee"])
    return named
