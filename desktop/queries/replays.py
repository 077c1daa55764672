"""Try an agreement on what happened: other targets, hours and holds, then and now.

A promise is judged as everywhere: kept where the thing was done without using more
than the target, broken once more is used, else without a verdict yet. Shares are of
those with a verdict. Everything is counted from facts read once (`reading_facts`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Final

from desktop.domain.agreements import Measure, PromiseKey, Target, TargetKind
from desktop.domain.calendars import CalendarSpec, ServiceCalendar
from desktop.domain.instants import (
    SECOND,
    from_microseconds,
    microseconds_of,
    to_microseconds,
)
from desktop.domain.requests import PendingReason
from desktop.queries.replay_facts import KINDS, REASONS, Basis, ReplayFacts
from desktop.queries.replay_results import (
    Change,
    Count,
    Group,
    KindReplay,
    Replay,
    Verdict,
)
from desktop.queries.replay_work import local_days, work_of
from desktop.store.bulk_clocks import NEVER, BulkCalendar, BulkClocks, Pauses

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Micros = NDArray[np.int64]
    Flags = NDArray[np.bool_]

_KEPT, _BROKEN, _OPEN, _NONE = 1, 2, 0, 3
_VERDICTS: Final = {_KEPT: Verdict.KEPT, _BROKEN: Verdict.BROKEN, _OPEN: Verdict.OPEN}
_AROUND: Final = Measure.AROUND_THE_CLOCK
_ALWAYS: Final = CalendarSpec("UTC", dict.fromkeys(range(7), ((0, 86_400),)))
_NOTHING: Final = -1
"""Stands for the amount of a target there is none of."""


@dataclass(frozen=True, slots=True)
class Trial:
    """Other terms; what is not named stays as it was agreed.

    ``targets`` by kind and priority; a kind named in them is promised as they say and
    no more, ``None`` (of no priority) promising nothing. ``calendar`` counts every
    target but those around the clock; ``calendar_id`` says whose it is, None where it
    is nobody's yet. ``holds`` by kind.
    """

    targets: Mapping[PromiseKey, Target | None] = field(default_factory=dict)
    calendar: CalendarSpec | None = None
    holds: Mapping[TargetKind, frozenset[PendingReason]] = field(default_factory=dict)
    calendar_id: int | None = None

    def target(self, basis: Basis) -> Target | None:
        """Return what it promises instead of what was agreed."""
        if all(kind is not basis.kind for kind, _priority in self.targets):
            return _agreed(basis)
        own = self.targets.get((basis.kind, basis.priority))
        return own or self.targets.get((basis.kind, None))

    def is_held_by(self, basis: Basis, reason: PendingReason) -> bool:
        """Tell whether waiting for ``reason`` stops the clocks."""
        if basis.kind in self.holds:
            return reason in self.holds[basis.kind]
        return basis.terms is not None and basis.terms.is_held_by(basis.kind, reason)


def _agreed(basis: Basis) -> Target | None:
    return basis.terms.target(basis.kind, basis.priority) if basis.terms else None


@dataclass(frozen=True, slots=True)
class Counted:
    """What promises come to under one set of terms, in microseconds.

    ``verdicts``: 0 none yet, 1 kept, 2 broken, 3 not promised or void.
    """

    used: Micros
    targets: Micros
    verdicts: Micros


class Replayer:
    """Counts trials on facts read once; what does not change is counted once."""

    def __init__(self, facts: ReplayFacts) -> None:
        self.facts = facts
        self._calendars = [BulkCalendar(one) for one in facts.calendars]
        self._tried: dict[str, BulkCalendar] = {}
        self._always = BulkCalendar(ServiceCalendar(_ALWAYS))

    @cached_property
    def now(self) -> Counted:
        """Return what they came to under what was agreed."""
        return self.count(Trial())

    def replay(self, trial: Trial) -> Replay:
        """Tell what would have come of a trial. Raises Invalid for its calendar."""
        then = self.count(trial)
        calendar = self._calendar_of(trial)
        return Replay(
            as_at=self.facts.as_at,
            start=self.facts.scope.start,
            end=self.facts.scope.end,
            read=self.facts.read,
            total=self.facts.total,
            kinds={kind: self._told(kind, then) for kind in KINDS},
            work=work_of(self.facts, self._rows_of(TargetKind.RESOLUTION, every=True),
                         self._in_period, then.used, calendar),
        )  # fmt: skip

    # ------------------------------------------------------------ counting

    @cached_property
    def _in_period(self) -> Flags:
        found: Flags = self.facts.starts >= to_microseconds(self.facts.scope.start)
        return found

    @cached_property
    def _kinds(self) -> Micros:
        import numpy as np

        of_bases = [KINDS.index(one.kind) for one in self.facts.bases]
        return np.array(of_bases, np.int64)[self.facts.basis]

    @cached_property
    def _days(self) -> Micros:
        return local_days(self.facts.starts, self.facts.zone)

    def _rows_of(self, kind: TargetKind, *, every: bool = False) -> Micros:
        import numpy as np

        found = self._kinds == KINDS.index(kind)
        return np.flatnonzero(found if every else found & self._in_period)

    def _calendar_of(self, trial: Trial) -> ServiceCalendar | None:
        """Return the calendar most of the work is counted on."""
        import numpy as np

        if trial.calendar is not None:
            return self._tried_calendar(trial.calendar).calendar
        if not len(self.facts):
            return None
        most = int(np.argmax(np.bincount(self.facts.calendar)))
        return self.facts.calendars[most]

    def _clocks(self, targets: Sequence[Target | None]) -> list[bool]:
        """Tell of each basis whether it counts around the clock."""
        return [one is not None and one.measure is _AROUND for one in targets]

    @cached_property
    def _clocks_now(self) -> list[bool]:
        return self._clocks([_agreed(one) for one in self.facts.bases])

    def _tried_calendar(self, spec: CalendarSpec) -> BulkCalendar:
        key = repr(spec.to_data())
        if key not in self._tried:
            self._tried[key] = BulkCalendar(ServiceCalendar(spec))
        return self._tried[key]

    def count(self, trial: Trial) -> Counted:
        """Return what every promise comes to under a trial, row by row."""
        import numpy as np

        facts = self.facts
        bases = facts.bases
        targets = [trial.target(one) for one in bases]
        used = self._used(trial, targets)
        amounts = self._amounts(trial, targets)
        as_at = to_microseconds(facts.as_at)
        is_done = facts.stops <= as_at
        verdicts = np.full(len(facts), _OPEN, np.int64)
        verdicts[is_done] = _KEPT
        verdicts[facts.is_superseded] = _NONE
        verdicts[used > amounts] = _BROKEN
        verdicts[facts.is_void | (amounts == _NOTHING)] = _NONE
        return Counted(used, amounts, verdicts)

    def _groups(
        self, trial: Trial, targets: Sequence[Target | None]
    ) -> list[tuple[BulkCalendar, Micros]]:
        """Return each calendar with the rows counted on it."""
        import numpy as np

        is_clock = np.array(self._clocks(targets), np.bool_)[self.facts.basis]
        groups = [(self._always, np.flatnonzero(is_clock))]
        if trial.calendar is not None:
            tried = self._tried_calendar(trial.calendar)
            return [*groups, (tried, np.flatnonzero(~is_clock))]
        for place, calendar in enumerate(self._calendars):
            rows = np.flatnonzero((self.facts.calendar == place) & ~is_clock)
            groups.append((calendar, rows))
        return groups

    def _used(self, trial: Trial, targets: Sequence[Target | None]) -> Micros:
        """Count what each promise used as at the reading."""
        import numpy as np

        facts, pauses = self.facts, self.facts.pauses
        is_same = trial.calendar is None and not trial.holds and "now" in self.__dict__
        if is_same and self._clocks(targets) == self._clocks_now:
            return self.now.used
        holding = np.array(
            [
                [*(trial.is_held_by(one, reason) for reason in REASONS), True]
                for one in facts.bases
            ],
            np.bool_,
        ).reshape(-1, len(REASONS) + 1)
        of_row = np.repeat(np.arange(len(facts)), np.diff(pauses.offsets))
        holds = holding[facts.basis[of_row], facts.reasons]
        ends = np.where(holds, pauses.ends, pauses.starts)
        at = np.full(len(facts), to_microseconds(facts.as_at), np.int64)
        used = np.zeros(len(facts), np.int64)
        for calendar, rows in self._groups(trial, targets):
            if not len(rows):
                continue
            chosen = Pauses(pauses.starts, ends, pauses.offsets).of_rows(rows)
            nothing = np.zeros(len(rows), np.int64)
            used[rows] = BulkClocks(
                calendar, nothing, facts.starts[rows], facts.stops[rows], chosen
            ).elapsed(at[rows])
        return used

    def _amounts(self, trial: Trial, targets: Sequence[Target | None]) -> Micros:
        """Return the open time promised; a date rule comes to another each time."""
        import numpy as np

        facts = self.facts
        flat = [_NOTHING if one is None else one.seconds * SECOND for one in targets]
        amounts = np.array(flat, np.int64)[facts.basis] if flat else np.zeros(0, int)
        ruled = [one is not None and one.rule is not None for one in targets]
        if not any(ruled):
            return amounts
        is_ruled = np.array(ruled, np.bool_)[facts.basis]
        for calendar, rows in self._groups(trial, targets):
            for row in rows[is_ruled[rows]]:
                target = targets[facts.basis[row]]
                assert target is not None
                amounts[row] = _amount(
                    target, calendar.calendar, int(facts.starts[row])
                )
        return amounts

    # ------------------------------------------------------------ telling

    def _told(self, kind: TargetKind, then: Counted) -> KindReplay:
        import numpy as np

        facts, now = self.facts, self.now
        rows = self._rows_of(kind)
        rows = rows[(now.verdicts[rows] != _NONE) | (then.verdicts[rows] != _NONE)]
        before, after = now.verdicts[rows], then.verdicts[rows]
        done = rows[facts.stops[rows] <= to_microseconds(facts.as_at)]
        done = done[~facts.is_void[done] & ~facts.is_superseded[done]]
        is_open = np.isin(rows, done, invert=True)
        is_judgeable = ~facts.is_void[rows] & ~facts.is_superseded[rows]
        undone = rows[is_open & is_judgeable]
        labels = [self._label(int(one)) for one in facts.request_ids[rows]]
        priorities = [facts.bases[one].priority for one in facts.basis[rows]]
        return KindReplay(
            kind=kind,
            now=_counted(before),
            then=_counted(after),
            gained=int(((before != _KEPT) & (after == _KEPT)).sum()),
            lost=int(((before == _KEPT) & (after != _KEPT)).sum()),
            is_promised_now=bool((before != _NONE).any()),
            by_service=_grouped(labels, before, after),
            by_priority=_grouped(priorities, before, after),
            by_front=_grouped(self._units(facts.fronts[rows]), before, after),
            by_back=_grouped(self._units(facts.backs[rows]), before, after),
            by_weekday=_grouped(
                ((self._days[rows] - 1) % 7).tolist(), before, after, by_size=False
            ),
            changes=self._changes(rows, then),
            used_done=tuple(np.sort(then.used[done]).tolist()),
            used_open=tuple(np.sort(then.used[undone]).tolist()),
            targets_now=_lengths(now.targets[rows]),
            targets_then=_lengths(then.targets[rows]),
        )

    def _label(self, request_id: int) -> str:
        told = self.facts.requests[request_id]
        if told.service_id is not None:
            return self.facts.names.services.get(told.service_id, "")
        return told.topic

    def _units(self, ids: Micros) -> list[str]:
        names = self.facts.names.units
        return [names.get(one, "") for one in ids.tolist()]

    def _changes(self, rows: Micros, then: Counted) -> tuple[Change, ...]:
        """List the requests that change verdict; those that lose first, worst first."""
        now, facts = self.now, self.facts
        before, after = now.verdicts[rows], then.verdicts[rows]
        is_other = (before != after) & (before != _NONE) & (after != _NONE)
        found = []
        for row in rows[is_other].tolist():
            request_id = int(facts.request_ids[row])
            told = facts.requests[request_id]
            found.append(
                Change(
                    request_id=request_id,
                    reference=told.reference,
                    subject=told.subject,
                    label=self._label(request_id),
                    used_now_s=int(now.used[row]) // SECOND,
                    used_then_s=int(then.used[row]) // SECOND,
                    target_now_s=int(now.targets[row]) // SECOND,
                    target_then_s=int(then.targets[row]) // SECOND,
                    now=_VERDICTS[int(now.verdicts[row])],
                    then=_VERDICTS[int(then.verdicts[row])],
                    started_at=from_microseconds(int(facts.starts[row])),
                )
            )
        order = {Verdict.BROKEN: 0, Verdict.OPEN: 1, Verdict.KEPT: 2}
        found.sort(key=lambda one: (order[one.then], -one.used_then_s, one.reference))
        return tuple(found)


def _amount(target: Target, calendar: ServiceCalendar, start: int) -> int:
    return microseconds_of(target.amount(calendar, from_microseconds(start)).open_time)


def _counted(verdicts: Micros) -> Count:
    return Count(
        kept=int((verdicts == _KEPT).sum()),
        broken=int((verdicts == _BROKEN).sum()),
        open=int((verdicts == _OPEN).sum()),
    )


def _lengths(targets: Micros) -> tuple[int, ...]:
    """Return the different targets in seconds, shortest first."""
    return tuple(sorted({one // SECOND for one in targets.tolist() if one >= 0}))


def _grouped(
    keys: Sequence[int | str | None],
    before: Micros,
    after: Micros,
    *,
    by_size: bool = True,
) -> tuple[Group, ...]:
    """Count now and then for each key; biggest first, or by the key."""
    places: dict[int | str | None, list[int]] = defaultdict(list)
    for place, key in enumerate(keys):
        places[key].append(place)
    groups = []
    for key, chosen in places.items():
        was, would = before[chosen], after[chosen]
        groups.append(
            Group(
                key=key,
                n=len(chosen),
                now=_counted(was),
                then=_counted(would),
                gained=int(((was != _KEPT) & (would == _KEPT)).sum()),
                lost=int(((was == _KEPT) & (would != _KEPT)).sum()),
            )
        )
    if by_size:
        groups.sort(key=lambda one: (-one.n, str(one.key)))
    else:
        groups.sort(key=lambda one: (one.key is None, one.key or 0))
    return tuple(groups)


__all__ = ["NEVER", "Replayer", "Trial"]
