"""The scorecard both ways: each figure beside the period before, read by a rule.

"Worse" and "better" are said only where a two-proportion test passes or a duration
changed by more than a quarter; few cases are "too few to say".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from desktop.domain.agenda import Summary, Verdict, VerdictCode
from desktop.domain.agenda_sections import Measure, ReadingCode, Scorecard, ScoreRow
from desktop.domain.pairs import Pair
from desktop.domain.statistics import (
    CLEAR_Z,
    ENOUGH_EACH,
    SurvivalCurve,
    share_of,
    two_proportions,
)
from desktop.domain.tallies import Tally

UNDER_PRESSURE_SHARE: Final = 0.6
DURATION_CHANGE: Final = 0.25
WAITING_CHANGE: Final = 3


def verdict_code(kept: int, n: int, kept_before: int, n_before: int) -> VerdictCode:
    """Judge a unit: under pressure, improving, stable, or too few to say.

    Under pressure when the kept share clearly fell or is under 60 %, improving when it
    clearly rose.
    """
    if n < ENOUGH_EACH:
        return "too_few"
    z = two_proportions((kept_before, kept), (n_before, n))
    if (z is not None and z < -CLEAR_Z) or kept / n < UNDER_PRESSURE_SHARE:
        return "under_pressure"
    return "improving" if z is not None and z > CLEAR_Z else "stable"


def share_reading(
    part: int, n: int, part_before: int, n_before: int, *, more_is_better: bool
) -> ReadingCode:
    """Read a share against the one before it."""
    z = two_proportions((part_before, part), (n_before, n))
    if z is None:
        return "too_few"
    if abs(z) <= CLEAR_Z:
        return "no_clear_change"
    return "better" if (z > 0) is more_is_better else "worse"


def duration_reading(
    now: SurvivalCurve, before: SurvivalCurve, share: float
) -> ReadingCode:
    """Read a percentile of a duration against the one before it.

    A percentile that is not reached is at least as long as the longest running.
    """
    if min(now.n, before.n) < ENOUGH_EACH:
        return "too_few"
    value, earlier = now.quantile(share), before.quantile(share)
    if value is not None and earlier is not None:
        if value > earlier * (1 + DURATION_CHANGE):
            return "worse"
        return (
            "better" if value < earlier * (1 - DURATION_CHANGE) else "no_clear_change"
        )
    if earlier is not None and (now.longest_unfinished or 0) > earlier:
        return "worse"
    if value is not None and (before.longest_unfinished or 0) > value:
        return "better"
    return "no_clear_change"


def scorecard(now: Tally, before: Tally) -> Scorecard:
    """Put both periods side by side, both ways."""
    return Scorecard(
        rows=(
            *_back_to_front(now, before),
            *_front_to_back(now, before),
            *_flow(now, before),
        ),
        judged=now.judged,
        sent=len(now.sent),
        resolved=len(now.resolved),
    )


@dataclass(frozen=True, slots=True)
class Ratings:
    """How many resolutions were rated in both periods, and how many in the top box."""

    rated: int = 0
    top: int = 0
    rated_before: int = 0
    top_before: int = 0


def with_ratings(card: Scorecard, ratings: Ratings) -> Scorecard:
    """Add what the front office said of the work; nothing where nobody rated any."""
    if not (ratings.rated or ratings.rated_before):
        return card
    row = _share_row(
        "rated_top",
        (ratings.top, ratings.rated),
        (ratings.top_before, ratings.rated_before),
        more_is_better=True,
    )
    return replace(card, rows=(*card.rows, row))


def verdicts(
    now: Tally, before: Tally, pair: Pair, target_s: int, answer_target_s: int
) -> tuple[Verdict, Verdict]:
    """Judge the back unit by its promises and the front unit by its answers."""
    return (
        Verdict(
            unit=pair.back_name,
            side="back",
            code=verdict_code(
                len(now.kept), now.judged, len(before.kept), before.judged
            ),
            share=now.share_kept,
            n=now.judged,
            share_before=before.share_kept,
            n_before=before.judged,
            promise_s=target_s,
        ),
        Verdict(
            unit=pair.front_name,
            side="front",
            code=verdict_code(
                now.answers_kept,
                now.answers_judged,
                before.answers_kept,
                before.answers_judged,
            ),
            share=now.share_answered,
            n=now.answers_judged,
            share_before=before.share_answered,
            n_before=before.answers_judged,
            promise_s=answer_target_s,
        ),
    )


def summary(now: Tally, before: Tally) -> Summary:
    """Gather the figures of the sentences on page 1."""
    return Summary(
        share=now.share_kept,
        share_before=before.share_kept,
        broken=len(now.broken),
        broken_open=now.broken_open,
        sent=len(now.sent),
        resolved=len(now.resolved),
        open_before=len(before.open),
        open_now=len(now.open),
        open_at_back=now.open_at_back,
        single_turn=now.single_turn,
        never_named=now.never_named,
    )


def _back_to_front(now: Tally, before: Tally) -> Iterator[ScoreRow]:
    yield _share_row(
        "kept",
        (len(now.kept), now.judged),
        (len(before.kept), before.judged),
        more_is_better=True,
    )
    yield _count_row(
        "broken",
        (len(now.broken), now.judged),
        (len(before.broken), before.judged),
    )
    yield _duration_row("turnaround_p50", now.turnaround, before.turnaround, 0.5)
    yield _duration_row("turnaround_p90", now.turnaround, before.turnaround, 0.9)
    yield _count_row(
        "reopened",
        (len(now.reopened), len(now.resolved)),
        (len(before.reopened), len(before.resolved)),
    )


def _front_to_back(now: Tally, before: Tally) -> Iterator[ScoreRow]:
    yield _share_row(
        "answers_kept",
        (now.answers_kept, now.answers_judged),
        (before.answers_kept, before.answers_judged),
        more_is_better=True,
    )
    yield _duration_row("answer_p50", now.answer_time, before.answer_time, 0.5)
    yield _duration_row("answer_p90", now.answer_time, before.answer_time, 0.9)
    yield _share_row(
        "first_time_right",
        (now.first_time_right, len(now.sent)),
        (before.first_time_right, len(before.sent)),
        more_is_better=True,
    )
    yield _share_row(
        "urgent",
        (now.urgent, len(now.sent)),
        (before.urgent, len(before.sent)),
        more_is_better=False,
    )
    change = now.waiting - before.waiting
    reading: ReadingCode = "no_clear_change"
    if abs(change) >= WAITING_CHANGE:
        reading = "more_waiting" if change > 0 else "fewer"
    yield ScoreRow(
        "handbacks_waiting",
        now.waiting,
        len(now.answers),
        before.waiting,
        len(before.answers),
        reading,
        change,
    )


def _flow(now: Tally, before: Tally) -> Iterator[ScoreRow]:
    sent, sent_before = len(now.sent), len(before.sent)
    yield ScoreRow(
        "sent",
        sent,
        None,
        sent_before,
        None,
        _plain(sent, sent_before),
        sent - sent_before,
    )
    resolved = len(now.resolved)
    reading: ReadingCode = "same"
    if resolved != sent:
        reading = "less_than_sent" if resolved < sent else "more_than_sent"
    yield ScoreRow(
        "resolved",
        resolved,
        None,
        len(before.resolved),
        None,
        reading,
        abs(sent - resolved),
    )
    still, earlier = len(now.open), len(before.open)
    yield ScoreRow(
        "open",
        still,
        None,
        earlier,
        None,
        "more_than_doubled" if still > 2 * earlier > 0 else _plain(still, earlier),
        still - earlier,
    )


def _plain(value: int, before: int) -> ReadingCode:
    if value == before:
        return "same"
    return "more" if value > before else "fewer"


def _share_row(
    measure: Measure,
    now: tuple[int, int],
    before: tuple[int, int],
    *,
    more_is_better: bool,
) -> ScoreRow:
    share, earlier = share_of(*now), share_of(*before)
    both = share is not None and earlier is not None
    return ScoreRow(
        measure,
        share,
        now[1],
        earlier,
        before[1],
        share_reading(*now, *before, more_is_better=more_is_better),
        (share or 0.0) - (earlier or 0.0) if both else None,
    )


def _count_row(
    measure: Measure, now: tuple[int, int], before: tuple[int, int]
) -> ScoreRow:
    return ScoreRow(
        measure,
        now[0],
        now[1],
        before[0],
        before[1],
        share_reading(*now, *before, more_is_better=False),
        now[0] - before[0],
    )


def _duration_row(
    measure: Measure, now: SurvivalCurve, before: SurvivalCurve, share: float
) -> ScoreRow:
    value = now.quantile(share)
    longest = now.longest_unfinished
    return ScoreRow(
        measure,
        value,
        now.n,
        before.quantile(share),
        before.n,
        duration_reading(now, before, share),
        over_s=int(longest) if value is None and longest is not None else None,
    )
