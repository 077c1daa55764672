"""The proof of a due time: each interval counted, each hold, each closure skipped."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from desktop.domain.calendars import ClosureSpan
from desktop.domain.instants import from_microseconds, to_microseconds

if TYPE_CHECKING:
    from desktop.domain.clocks import ServiceClock

MOST_LINES = 366
"""A stretch of more open spans than this is told in one line."""


class ProofKind(StrEnum):
    """What a line of a proof tells."""

    COUNTED = "counted"
    HELD = "held"
    CLOSED = "closed"
    CLOSURE = "closure"
    DUE = "due"
    NOW = "now"
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class ProofLine:
    """One line: a stretch of time, the open time in it and what of that counted.

    `used` and `left` are the sums after the line; `left` is negative once the promise
    is broken. `pause` is the index of the pause of a held line in the clock's
    `pauses`, `closure` what a closure line tells (its `open_time` is what the closure
    took). `due`, `now` and `stop` lines are instants. `is_ahead`: after the reading.
    A hold that another hold covers wholly is listed with no open time of its own.
    """

    kind: ProofKind
    start: datetime
    end: datetime
    open_time: timedelta
    counted: timedelta
    used: timedelta
    left: timedelta
    pause: int | None = None
    closure: ClosureSpan | None = None
    is_ahead: bool = False

    @property
    def is_late(self) -> bool:
        """Say whether the line counts time beyond the promise."""
        return self.kind is ProofKind.COUNTED and self.left < timedelta()


@dataclass(slots=True)
class _Draft:
    """A line before its sums; microseconds since 1970 and microseconds."""

    kind: ProofKind
    start: int
    end: int
    open_time: int = 0
    counted: int = 0
    pause: int | None = None
    closure: ClosureSpan | None = None


_ORDER = {
    kind: place
    for place, kind in enumerate(
        (
            ProofKind.COUNTED,
            ProofKind.DUE,
            ProofKind.STOP,
            ProofKind.NOW,
            ProofKind.CLOSED,
            ProofKind.HELD,
            ProofKind.CLOSURE,
        )
    )
}


def proof_of(
    clock: ServiceClock, at: datetime, until_due: bool = True
) -> tuple[ProofLine, ...]:
    """Explain a clock as at an instant, line by line in the order of time.

    Before the promise runs out there is a line for each open span, after it one for
    each stretch between holds; nights and weekends have no line. A running clock
    within its target goes on to its due time when `until_due` (lines `is_ahead`).
    """
    moment = to_microseconds(at)
    begin = to_microseconds(clock.start)
    stop = None if clock.stop is None else to_microseconds(clock.stop)
    is_stopped = stop is not None and stop <= moment
    last = stop if stop is not None and is_stopped else max(moment, begin)
    due = clock.due_at(at)
    due_us = None if due is None else to_microseconds(due)
    drafts: list[_Draft] = []
    for start, end in clock.running_us(moment):
        drafts += _counted(clock, start, end, due_us)
    drafts.append(_Draft(ProofKind.STOP if is_stopped else ProofKind.NOW, last, last))
    end_of_proof = last
    if due_us is not None and due_us <= last:
        drafts.append(_Draft(ProofKind.DUE, due_us, due_us))
    elif due_us is not None and until_due and not is_stopped:
        drafts += _counted(clock, last, due_us, due_us)
        drafts.append(_Draft(ProofKind.DUE, due_us, due_us))
        end_of_proof = due_us
    drafts += _held(clock, begin, last)
    drafts += _closed(clock, begin, end_of_proof, drafts)
    drafts.sort(key=_place)
    return tuple(_summed(clock, drafts, moment))


def _place(draft: _Draft) -> tuple[int, int, int]:
    """Order by start; what ends at an instant comes before what begins there."""
    is_instant = draft.kind in (ProofKind.DUE, ProofKind.STOP, ProofKind.NOW)
    after = 0 if is_instant else 1
    return draft.start, after, _ORDER[draft.kind]


def _counted(
    clock: ServiceClock, start: int, end: int, due: int | None
) -> Iterator[_Draft]:
    """Yield what a running stretch counts: by span until the due time, then whole."""
    calendar = clock.calendar
    breaks = end if due is None or due > end else max(due, start)
    spans = []
    for span in calendar.spans_us(start, breaks):
        spans.append(span)
        if len(spans) > MOST_LINES:
            spans = [(start, breaks)]
            break
    if breaks < end:
        opens = calendar.next_open_us(breaks)
        if opens < end:
            spans.append((opens, end))
    for opens, closes in spans:
        count = calendar.elapsed_us(opens, closes)
        yield _Draft(ProofKind.COUNTED, opens, closes, count, count)


def _held(clock: ServiceClock, begin: int, last: int) -> Iterator[_Draft]:
    """Yield each hold once; where holds overlap, the one that began first is told."""
    ranges = []
    for index, pause in enumerate(clock.pauses):
        start = max(to_microseconds(pause.start), begin)
        end = last if pause.end is None else min(to_microseconds(pause.end), last)
        if start < end:
            ranges.append((start, end, index))
    covered = begin
    for start, end, index in sorted(ranges):
        own = max(start, covered)
        if own >= end:
            yield _Draft(ProofKind.HELD, start, end, pause=index)
            continue
        open_time = clock.calendar.elapsed_us(own, end)
        yield _Draft(ProofKind.HELD, own, end, open_time, pause=index)
        covered = end


def _closed(
    clock: ServiceClock, begin: int, end: int, drafts: Sequence[_Draft]
) -> Iterator[_Draft]:
    """Yield the closures skipped, and the wait for the first opening."""
    calendar = clock.calendar
    if any(draft.kind is ProofKind.COUNTED for draft in drafts):
        opens = calendar.next_open_us(begin)
        if opens > begin and not clock.is_held(from_microseconds(begin)):
            yield _Draft(ProofKind.CLOSED, begin, min(opens, end))
    start, until = from_microseconds(begin), from_microseconds(end)
    for span in calendar.closures_between(start, until):
        yield _Draft(
            ProofKind.CLOSURE,
            to_microseconds(span.start),
            to_microseconds(span.end),
            span.taken // timedelta(microseconds=1),
            closure=span,
        )


def _summed(
    clock: ServiceClock, drafts: Sequence[_Draft], moment: int
) -> Iterator[ProofLine]:
    used = timedelta()
    for draft in drafts:
        counted = timedelta(microseconds=draft.counted)
        used += counted
        yield ProofLine(
            kind=draft.kind,
            start=from_microseconds(draft.start),
            end=from_microseconds(draft.end),
            open_time=timedelta(microseconds=draft.open_time),
            counted=counted,
            used=used,
            left=clock.target - used,
            pause=draft.pause,
            closure=draft.closure,
            is_ahead=draft.start >= moment and draft.end > moment,
        )
