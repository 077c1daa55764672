"""What differs between an agenda handed out and the one that follows, item by item."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from desktop.domain.agenda import AgendaChange, AgendaPaper, ChangedCode, RunningItem

Key = tuple[str, str]


def agenda_changes(before: AgendaPaper, after: AgendaPaper) -> tuple[AgendaChange, ...]:
    """Tell what a reader of ``before`` has to know of ``after``.

    First the session itself, then items added and removed, then each item's own
    changes in the order of ``after``. Figures of the evidence are not compared: the
    paper says as at when they are.
    """
    return (*_of_head(before, after), *_of_items(before.items, after.items))


def _of_head(before: AgendaPaper, after: AgendaPaper) -> Iterator[AgendaChange]:
    old, new = before.head, after.head
    if old.starts_at != new.starts_at:
        yield AgendaChange("start")
    lengths = _minutes(old.starts_at, old.ends_at), _minutes(new.starts_at, new.ends_at)
    if lengths[0] != lengths[1]:
        yield AgendaChange("length", figures=lengths)
    if old.place != new.place:
        yield AgendaChange("place")


def _minutes(start: datetime, end: datetime) -> int:
    return round((end - start).total_seconds() / 60)


def _of_items(
    old: Sequence[RunningItem], new: Sequence[RunningItem]
) -> Iterator[AgendaChange]:
    known = {_key(one): one for one in old}
    kept = {_key(one) for one in new}
    for one in new:
        if _key(one) not in known:
            yield AgendaChange("added", one)
    for one in old:
        if _key(one) not in kept:
            yield AgendaChange("removed", one, one)
    moved = _moved([_key(one) for one in old], [_key(one) for one in new])
    for one in new:
        before = known.get(_key(one))
        if before is None:
            continue
        if _key(one) in moved:
            yield AgendaChange("moved", one, before, (before.number, one.number))
        yield from _of_item(before, one)


def _of_item(before: RunningItem, after: RunningItem) -> Iterator[AgendaChange]:
    if before.title != after.title:
        yield AgendaChange("title", after, before)
    if before.minutes != after.minutes:
        figures = before.minutes, after.minutes
        yield AgendaChange("minutes", after, before, figures)
    pairs: tuple[tuple[ChangedCode, object, object], ...] = (
        ("outcome", before.outcome, after.outcome),
        ("leader", _leader(before), _leader(after)),
        ("section", before.section, after.section),
        ("note", before.note, after.note),
        ("files", before.files, after.files),
    )
    for code, old, new in pairs:
        if old != new:
            yield AgendaChange(code, after, before)


def _leader(item: RunningItem) -> tuple[str | None, str]:
    return item.leader, "" if item.leader else item.leader_role


def _key(item: RunningItem) -> Key:
    return item.kind, item.subject


def _moved(old: Sequence[Key], new: Sequence[Key]) -> set[Key]:
    """Return the fewest items that moved among those on both agendas.

    All but a longest run that kept its order.
    """
    places = {key: at for at, key in enumerate(old)}
    common = [key for key in new if key in places]
    best: list[tuple[int, int]] = []  # length of the run that ends here, from where
    for at, key in enumerate(common):
        length, came_from = 1, -1
        for earlier in range(at):
            if places[common[earlier]] < places[key] and best[earlier][0] >= length:
                length, came_from = best[earlier][0] + 1, earlier
        best.append((length, came_from))
    at = max(range(len(best)), key=lambda one: best[one][0], default=-1)
    stayed = set()
    while at >= 0:
        stayed.add(common[at])
        at = best[at][1]
    return set(common) - stayed
