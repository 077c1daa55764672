"""What a period adds up to between two units: every figure the agenda prints."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from desktop.domain.cases import CaseReading, PromiseReading
from desktop.domain.statistics import Observation, SurvivalCurve, share_of

URGENT_PRIORITIES = frozenset({1, 2})


@dataclass(frozen=True, slots=True)
class Passes:
    """Direct hand-overs one way: how many, on how many requests."""

    count: int
    requests: int


@dataclass(frozen=True, slots=True)
class Tally:
    """One period between two units.

    ``scope`` are the requests the front unit had ever sent to the back one;
    ``broken`` and ``kept`` got their verdict in the period: a request once for each
    clock, where its clock began anew. ``sent`` were sent for the first time,
    ``resolved`` ended in it, ``open`` still were when it was looked at. ``answers``
    were asked for in the period.
    """

    start: datetime
    end: datetime
    scope: tuple[CaseReading, ...]
    broken: tuple[CaseReading, ...]
    kept: tuple[CaseReading, ...]
    sent: tuple[CaseReading, ...]
    resolved: tuple[CaseReading, ...]
    open: tuple[CaseReading, ...]
    answers: tuple[PromiseReading, ...]
    turnaround: SurvivalCurve
    answer_time: SurvivalCurve
    reopened: tuple[CaseReading, ...]
    waiting: int
    to_back: Passes
    to_front: Passes
    to_front_in_scope: int
    open_at_back: int

    @classmethod
    def of(
        cls, readings: Iterable[CaseReading], start: datetime, end: datetime
    ) -> Tally:
        """Add up ``readings``, all as at one instant, for ``start <= t < end``."""

        def inside(at: datetime | None) -> bool:
            return at is not None and start <= at < end

        everything = tuple(readings)
        scope = tuple(one for one in everything if one.start is not None)
        clocks = tuple(clock for one in scope for clock in one.each_clock())
        sent = tuple(one for one in scope if inside(one.start))
        answers = tuple(
            answer
            for one in scope
            for answer in one.answers
            if inside(answer.promise.start) and not answer.promise.is_void
        )
        still_open = tuple(one for one in scope if one.is_open)
        return cls(
            start=start,
            end=end,
            scope=scope,
            broken=tuple(one for one in clocks if inside(one.broken_at)),
            kept=tuple(one for one in clocks if one.is_kept and inside(one.judged_at)),
            sent=sent,
            resolved=tuple(one for one in scope if inside(one.ended_at)),
            open=still_open,
            answers=answers,
            turnaround=_curve(_clocks(sent)),
            answer_time=_curve(answers),
            reopened=tuple(one for one in scope if one.was_reopened(start, end)),
            waiting=_waiting(still_open),
            to_back=_passes(everything, start, end, 0),
            to_front=_passes(everything, start, end, 1),
            to_front_in_scope=_passes(scope, start, end, 1).count,
            open_at_back=sum(one.ball()[0] == "back" for one in still_open),
        )

    @property
    def judged(self) -> int:
        """Return how many promises got a verdict."""
        return len(self.kept) + len(self.broken)

    @property
    def share_kept(self) -> float | None:
        """Return the kept share of the verdicts."""
        return share_of(len(self.kept), self.judged)

    @property
    def answers_kept(self) -> int:
        """Return how many answers came in time."""
        return sum(one.is_kept for one in self.answers)

    @property
    def answers_broken(self) -> int:
        """Return how many answers took, or are taking, longer than promised."""
        return sum(one.is_broken for one in self.answers)

    @property
    def answers_judged(self) -> int:
        """Return how many answers got a verdict."""
        return self.answers_kept + self.answers_broken

    @property
    def share_answered(self) -> float | None:
        """Return the share of judged answers that came in time."""
        return share_of(self.answers_kept, self.answers_judged)

    @property
    def first_time_right(self) -> int:
        """Return how many of those sent were never handed back or asked about."""
        return sum(not one.is_asked_back for one in self.sent)

    @property
    def urgent(self) -> int:
        """Return how many of those sent have one of the two highest priorities."""
        return sum(one.history.priority in URGENT_PRIORITIES for one in self.sent)

    @property
    def target_s(self) -> int | None:
        """Return the target most of the requests were under, in seconds."""
        return _usual(one.work for one in self.scope if one.work is not None)

    @property
    def answer_target_s(self) -> int | None:
        """Return the target most of the answers were under, in seconds."""
        return _usual(answer for one in self.scope for answer in one.answers)

    @property
    def broken_open(self) -> int:
        """Return how many of the broken are still open."""
        return sum(one.is_owed for one in self.broken)

    @property
    def never_named(self) -> int:
        """Return how many of the broken never had a name at the back unit."""
        return sum(one.is_never_named for one in self.broken)

    @property
    def single_turn(self) -> int:
        """Return how many of the broken broke in their first turn."""
        return sum(one.is_single_turn for one in self.broken)

    @property
    def kinds(self) -> int:
        """Return of how many kinds the broken are."""
        return len({one.case.kind for one in self.broken})

    def places(self) -> list[tuple[str, int]]:
        """Return where the broken come from, most first."""
        found = Counter(one.case.place for one in self.broken if one.case.place)
        return sorted(found.items(), key=lambda one: (-one[1], one[0]))

    def replayed(self, factor: float, agreement: int | None = None) -> tuple[int, int]:
        """Return (kept, broken) had every target been ``factor`` times as long.

        Only those of one ``agreement``, where it is given.
        """
        kept = broken = 0
        for one in (clock for case in self.scope for clock in case.each_clock()):
            if one.work is None or one.work.promise.is_void:
                continue
            if agreement not in (None, one.work.promise.terms.agreement_id):
                continue
            target = one.work.target * factor
            if one.work.used <= target:
                ended = one.work.promise.stop
                kept += ended is not None and self.start <= ended < self.end
                continue
            at = one.work.broken_at(one.work.promise.calendar, target)
            broken += at is not None and self.start <= at < self.end
        return kept, broken


def seconds(span: timedelta) -> int:
    """Return a duration in whole seconds."""
    return int(span.total_seconds())


def _usual(readings: Iterable[PromiseReading]) -> int | None:
    found = Counter(one.promise.target_s for one in readings)
    return min(found, key=lambda one: (-found[one], one), default=None)


def _curve(readings: Iterable[PromiseReading]) -> SurvivalCurve:
    return SurvivalCurve.of(
        Observation(one.used.total_seconds(), one.promise.stop is not None)
        for one in readings
        if not one.promise.is_void
    )


def _clocks(readings: Iterable[CaseReading]) -> Iterable[PromiseReading]:
    for one in readings:
        for clock in one.each_clock():
            if clock.work is not None:
                yield clock.work


def _waiting(still_open: Iterable[CaseReading]) -> int:
    return sum(one.promise.stop is None for case in still_open for one in case.answers)


def _passes(
    readings: Sequence[CaseReading], start: datetime, end: datetime, way: int
) -> Passes:
    counts = [one.passes_in(start, end)[way] for one in readings]
    return Passes(sum(counts), sum(count > 0 for count in counts))
