"""One request as the evidence of a session reads it: whose it was, how long, and why.

Everything is told for a pair of units (front F, back B) and as at an instant; only
what happened before it is read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise

from desktop.domain.agenda_sections import SILENT_AFTER_S, BallCode, CauseCode
from desktop.domain.agreements import AgreementTerms, TargetKind, choose
from desktop.domain.calendars import ServiceCalendar
from desktop.domain.history import History, Stretch
from desktop.domain.pairs import Case, Pair
from desktop.domain.promises import Promise, promises_of
from desktop.domain.requests import ENDED_STATES, PendingReason

_BALL_OF_REASON: dict[PendingReason, BallCode] = {
    PendingReason.CUSTOMER: "customer",
    PendingReason.FRONT_OFFICE: "front",
    PendingReason.THIRD_PARTY: "third",
    PendingReason.APPROVAL: "approver",
}


@dataclass(frozen=True, slots=True)
class Run:
    """A span in which a clock ran, and the open time in it."""

    start: datetime
    end: datetime
    used: timedelta


@dataclass(frozen=True, slots=True)
class PromiseReading:
    """What one promise had come to at an instant."""

    promise: Promise
    runs: tuple[Run, ...]
    used: timedelta
    is_running: bool

    @classmethod
    def of(
        cls, promise: Promise, calendar: ServiceCalendar, until: datetime
    ) -> PromiseReading:
        """Read ``promise``, made from what happened before ``until``."""
        end = until if promise.stop is None else min(promise.stop, until)
        runs = []
        at = promise.start
        for pause in promise.pauses:
            if pause.start > at:
                runs.append(Run(at, pause.start, calendar.elapsed(at, pause.start)))
            at = end if pause.end is None else max(at, pause.end)
        is_running = at < end and promise.stop is None
        if at < end:
            runs.append(Run(at, end, calendar.elapsed(at, end)))
        used = sum((run.used for run in runs), timedelta())
        return cls(promise, tuple(runs), used, is_running)

    @property
    def target(self) -> timedelta:
        """Return what was promised."""
        return self.promise.amount

    @property
    def is_broken(self) -> bool:
        """Tell whether more than the target was used."""
        return not self.promise.is_void and self.used > self.target

    @property
    def is_kept(self) -> bool:
        """Tell whether the promised thing was done within the target."""
        return (
            not self.promise.is_void
            and self.promise.stop is not None
            and self.used <= self.target
        )

    def broken_at(
        self, calendar: ServiceCalendar, target: timedelta | None = None
    ) -> datetime | None:
        """Return when the target (or another one) ran out, ``None`` if it did not."""
        left = self.target if target is None else target
        if self.promise.is_void or self.used <= left:
            return None
        for run in self.runs:
            if run.used > left:
                return calendar.due(run.start, left)
            left -= run.used
        return None


@dataclass(frozen=True, slots=True)
class Turn:
    """An unbroken stay at the back unit, with the clock time used in it."""

    start: datetime
    used: timedelta
    is_named: bool
    assignee: int | None


@dataclass(frozen=True, slots=True)
class CaseReading:
    """A request between the two units, as at an instant.

    ``start`` is the first direct hand-over F to B (``None``: never, it is out of
    scope). ``passes`` are the direct hand-overs between the two, with whether they
    went to the back unit. ``answers`` are the front unit's promises to the back one.
    ``work`` is the back unit's clock that stands; where that began anew, ``earlier``
    has those before it, each with the verdict it keeps. ``since`` and ``before`` are
    the span its turns are of.
    """

    case: Case
    history: History
    pair: Pair
    until: datetime
    start: datetime | None
    passes: tuple[tuple[datetime, bool], ...]
    work: PromiseReading | None
    broken_at: datetime | None
    turns: tuple[Turn, ...]
    answers: tuple[PromiseReading, ...]
    since: datetime | None = None
    before: datetime | None = None
    earlier: tuple[CaseReading, ...] = ()

    @classmethod
    def of(cls, case: Case, pair: Pair, until: datetime) -> CaseReading:
        """Read ``case`` for ``pair`` as at ``until``."""
        history = History.of(case.events, until)
        passes = tuple(_passes(history, pair))
        promises = _promises(case, history, pair)
        clocks = [one for one in promises if _is_work(one, pair)]
        start = next((at for at, is_to_back in passes if is_to_back), None)
        if clocks:
            start = clocks[0].start if start is None else min(start, clocks[0].start)
        answers = tuple(
            PromiseReading.of(one, one.calendar, until)
            for one in promises
            if one.kind is TargetKind.ANSWER
            and (one.unit, one.for_unit) == (pair.front, pair.back)
        )
        whole = cls(
            case, history, pair, until, start, passes, None, None, (), answers, start
        )
        if not clocks:
            return replace(whole, turns=tuple(whole._turns()))
        befores = [*(one.start for one in clocks[1:]), None]
        *earlier, last = [
            whole._with(one, start if place == 0 else one.start, before)
            for place, (one, before) in enumerate(zip(clocks, befores, strict=True))
        ]
        return replace(last, earlier=tuple(earlier)) if earlier else last

    def _with(
        self, promise: Promise, since: datetime | None, before: datetime | None
    ) -> CaseReading:
        """Return the same for one of the back unit's clocks."""
        work = PromiseReading.of(promise, promise.calendar, self.until)
        broken_at = work.broken_at(promise.calendar)
        found = replace(
            self, work=work, broken_at=broken_at, since=since, before=before
        )
        return replace(found, turns=tuple(found._turns()))

    def each_clock(self) -> tuple[CaseReading, ...]:
        """Return a reading for each clock of the back unit, the standing one last."""
        return *self.earlier, self

    @property
    def used(self) -> timedelta:
        """Return the clock time the back unit used."""
        return self.work.used if self.work else timedelta()

    @property
    def late(self) -> timedelta:
        """Return how far the promise is overrun."""
        return self.used - self.work.target if self.work else timedelta()

    @property
    def is_kept(self) -> bool:
        """Tell whether the back unit's promise was met."""
        return self.work is not None and self.work.is_kept

    @property
    def is_open(self) -> bool:
        """Tell whether the request still has to be worked on."""
        return self.history.is_open

    @property
    def ended_at(self) -> datetime | None:
        """Return when the request was resolved for good."""
        return self.history.ended_at

    @property
    def is_told_wrong(self) -> bool:
        """Tell whether its customer was told a day that passed without it."""
        told_by = self.case.told_by
        ended = self.until if self.is_open else self.ended_at
        return told_by is not None and ended is not None and ended > told_by

    @property
    def judged_at(self) -> datetime | None:
        """Return when the clock stopped, ``None`` while it has not."""
        return None if self.work is None else self.work.promise.stop

    @property
    def is_owed(self) -> bool:
        """Tell whether the clock's promise still has to be kept."""
        return self.judged_at is None and self.is_open

    @property
    def is_never_named(self) -> bool:
        """Tell whether the back unit never had a name on it since the start."""
        return not any(turn.is_named for turn in self.turns)

    @property
    def holder(self) -> int | None:
        """Return the person named last at the back unit since the start."""
        named = [turn.assignee for turn in self.turns if turn.assignee is not None]
        return named[-1] if named else None

    @property
    def silent(self) -> timedelta:
        """Return the working time since anything happened."""
        last = self.history.last_at
        return self.pair.calendar.elapsed(last, self.until) if last else timedelta()

    @property
    def is_single_turn(self) -> bool:
        """Tell whether the promise broke during the first stay at the back unit."""
        if self.broken_at is None:
            return False
        return sum(turn.start <= self.broken_at for turn in self.turns) == 1

    @property
    def times_back(self) -> int:
        """Return how often it was handed back since the start."""
        return sum(
            not is_to_back and self.start is not None and at >= self.start
            for at, is_to_back in self.passes
        )

    @property
    def is_asked_back(self) -> bool:
        """Tell whether it was handed back, or the front unit asked, since the start."""
        return self.times_back > 0 or any(
            hold.reason is PendingReason.FRONT_OFFICE
            and hold.unit == self.pair.back
            and self.start is not None
            and hold.start >= self.start
            for hold in self.history.holds
        )

    @property
    def cause(self) -> CauseCode:
        """Return why the promise broke, by the first rule that fits."""
        longest = max((turn.used for turn in self.turns), default=timedelta())
        if self.work is not None and longest <= self.work.target:
            return "to_and_fro"
        if self.is_never_named:
            return "never_named"
        if self.is_owed and self.silent > timedelta(seconds=SILENT_AFTER_S):
            return "named_then_silent"
        return "too_long"

    def passes_in(self, start: datetime, end: datetime) -> tuple[int, int]:
        """Count the direct hand-overs in a span: (to the back unit, to the front)."""
        inside = [is_to_back for at, is_to_back in self.passes if start <= at < end]
        return sum(inside), len(inside) - sum(inside)

    def was_reopened(self, start: datetime, end: datetime) -> bool:
        """Tell whether it was taken up again in a span after having been ended."""
        stretches = self.history.stretches
        return any(
            before.state in ENDED_STATES
            and after.state not in ENDED_STATES
            and start <= after.start < end
            for before, after in pairwise(stretches)
        )

    def held_by(self) -> tuple[timedelta, timedelta, timedelta]:
        """Return the working time of the clock's span by back, front and all others.

        The back unit's is what its clock counted; the time after an end is nobody's.
        """
        front = everything = timedelta()
        for stretch in self._stretches(self.since):
            holder = self._ball_in(stretch)
            if holder == "none":
                continue
            ends = (self.until, self.before, stretch.end)
            end = min(one for one in ends if one is not None)
            spent = self.pair.calendar.elapsed(stretch.start, end)
            everything += spent
            if holder == "front":
                front += spent
        others = max(everything - self.used - front, timedelta())
        return self.used, front, others

    def ball(self) -> tuple[BallCode, datetime]:
        """Return who holds it, and since when without a break."""
        stretches = list(self._stretches(self.start))
        if not stretches:
            return "none", self.until
        holder = self._ball_in(stretches[-1])
        since = stretches[-1].start
        for stretch in reversed(stretches):
            if self._ball_in(stretch) != holder:
                break
            since = stretch.start
        return holder, since

    def _ball_in(self, stretch: Stretch) -> BallCode:
        if stretch.state in ENDED_STATES:
            return "none"
        if stretch.pending in _BALL_OF_REASON:
            holder = _BALL_OF_REASON[stretch.pending]
            is_ours = self.case.front_unit in (None, self.pair.front)
            return holder if holder != "front" or is_ours else "third"
        if stretch.unit is None:
            return "unrecorded"
        if stretch.unit == self.pair.back:
            return "back"
        return "front" if stretch.unit == self.pair.front else "third"

    def _stretches(self, since: datetime | None) -> Iterator[Stretch]:
        """Yield the stretches since an instant, the first clipped to it."""
        for stretch in self.history.stretches:
            if since is None:
                return
            if stretch.end is not None and stretch.end <= since:
                continue
            yield replace(stretch, start=max(stretch.start, since))

    def _turns(self) -> Iterator[Turn]:
        """Yield the stays at the back unit, with what the clock counted in each."""
        runs = self.work.runs if self.work else ()
        for leg in self.history.legs:
            if leg.unit != self.pair.back or self.since is None:
                continue
            if leg.start < self.since and leg.end and leg.end <= self.since:
                continue
            if self.before is not None and leg.start >= self.before:
                continue
            used = sum(
                (
                    run.used
                    for run in runs
                    if run.start >= leg.start
                    and (leg.end is None or run.start < leg.end)
                ),
                timedelta(),
            )
            yield Turn(leg.start, used, leg.named_at is not None, leg.last_assignee)


def _promises(case: Case, history: History, pair: Pair) -> tuple[Promise, ...]:
    def chosen(front: int, back: int, at: datetime) -> AgreementTerms | None:
        if (front, back) != (pair.front, pair.back):
            return None
        return choose(pair.terms, front, back, case.service, at)

    return promises_of(history, pair.rules(chosen), case.front_unit)


def _is_work(promise: Promise, pair: Pair) -> bool:
    return promise.kind is TargetKind.RESOLUTION and (
        promise.unit,
        promise.for_unit,
    ) == (pair.back, pair.front)


def _passes(history: History, pair: Pair) -> Iterator[tuple[datetime, bool]]:
    for leg in history.legs:
        if (leg.from_unit, leg.unit) == (pair.front, pair.back):
            yield leg.start, True
        elif (leg.from_unit, leg.unit) == (pair.back, pair.front):
            yield leg.start, False
