"""What a session looks at one by one: broken, nearly broken, due, held, passed about.

Each function turns a tally into the rows of one section of the agenda; lists are
capped and the rest is counted.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final

from desktop.domain.agenda import capped
from desktop.domain.agenda_sections import (
    DUE_SHOWN,
    GATHER_SHOWN,
    LONG_SILENT_S,
    PING_PONG_SHOWN,
    WORST_SHOWN,
    AgreementReplay,
    BallAndPasses,
    BallCode,
    BallRow,
    BrokenPromises,
    BrokenRow,
    DueRow,
    GatherRow,
    NearAndDue,
    NearRow,
    PingPongRow,
    ReplayRow,
    Thanks,
    ThanksRow,
)
from desktop.domain.cases import CaseReading
from desktop.domain.pairs import Pair, Period
from desktop.domain.statistics import median
from desktop.domain.tallies import Tally, seconds

REPLAYED: Final = (0.5, 0.75, 1.0, 1.5, 2.0, 2.5, 3.75)
PING_PONG_FROM: Final = 3
QUICK_SHARE: Final = 0.25
THANKS_SHARE: Final = 0.75
THANKS_FROM: Final = 3
BALL_ORDER: Final[tuple[BallCode, ...]] = (
    "back",
    "front",
    "customer",
    "third",
    "approver",
    "unrecorded",
)


def broken_row(one: CaseReading) -> BrokenRow:
    """Tell one broken promise: who held it how long, and why by the rule."""
    assert one.broken_at is not None
    assert one.start is not None
    back, front, others = one.held_by()
    return BrokenRow(
        request_id=one.case.request_id,
        reference=one.case.reference,
        kind=one.case.kind,
        promised_by=one.broken_at,
        late_s=seconds(one.late),
        ended_at=one.judged_at,
        back_s=seconds(back),
        desk_s=seconds(front),
        other_s=seconds(others),
        cause=one.cause,
        sent_at=one.start,
        turns=len(one.turns),
        times_back=one.times_back,
        holder=one.pair.name_of(one.holder),
        place=one.case.place,
        last_act_at=one.history.last_at,
        silent_s=seconds(one.silent),
    )


def worst_first(readings: Iterable[CaseReading]) -> list[CaseReading]:
    """Order broken promises by how late they are."""
    return sorted(readings, key=lambda one: (-one.late, one.case.reference))


def broken_promises(now: Tally, before: Tally) -> BrokenPromises:
    """Tell the worst and where all of them gather."""
    ordered = worst_first(now.broken)
    shown, _ = capped(ordered, WORST_SHOWN)
    late = [seconds(one.late) for one in ordered]
    return BrokenPromises(
        rows=tuple(broken_row(one) for one in shown),
        total=len(ordered),
        n=now.judged,
        total_before=len(before.broken),
        n_before=before.judged,
        open=now.broken_open,
        never_named=now.never_named,
        single_turn=now.single_turn,
        median_late_s=int(median(late) or 0),
        worst_late_s=max(late, default=0),
        gather=tuple(_gathered(ordered)),
    )


def _gathered(broken: Sequence[CaseReading]) -> Iterable[GatherRow]:
    kinds: dict[str, list[CaseReading]] = defaultdict(list)
    for one in broken:
        kinds[one.case.kind].append(one)
    rows = [_gather_row(kind, of_kind) for kind, of_kind in kinds.items()]
    rows.sort(key=lambda row: (-row.broken, -row.median_late_s, row.worst_reference))
    shown, rest = capped(rows, GATHER_SHOWN)
    yield from shown
    if rest:
        others = {row.kind for row in rest}
        yield _gather_row(
            None, [one for one in broken if one.case.kind in others], len(rest)
        )


def _gather_row(
    kind: str | None, broken: Sequence[CaseReading], kinds: int = 1
) -> GatherRow:
    return GatherRow(
        kind=kind,
        broken=len(broken),
        open=sum(one.is_owed for one in broken),
        median_late_s=int(median(seconds(one.late) for one in broken) or 0),
        never_named=sum(one.is_never_named for one in broken),
        worst_reference=worst_first(broken)[0].case.reference,
        kinds=kinds,
    )


def near_misses(now: Tally) -> list[CaseReading]:
    """Return the promises kept after their warning, the closest first."""
    return sorted(
        (one for one in now.kept if _is_warned(one)),
        key=lambda one: (-one.used, one.case.reference),
    )


def falling_due(
    now: Tally, until: datetime | None
) -> list[tuple[CaseReading, datetime]]:
    """Return the unbroken promises that run now with when they fall due, soonest first.

    Only those due before ``until``, where it is given.
    """
    found = []
    for one in now.open:
        if one.work is None or not one.work.is_running or one.work.promise.is_void:
            continue
        if one.broken_at is not None:
            continue
        due_at = one.work.promise.clock().due_at(one.until)
        if due_at is not None and (until is None or due_at < until):
            found.append((one, due_at))
    found.sort(key=lambda each: (each[1], each[0].case.reference))
    return found


def near_and_due(now: Tally, pair: Pair, period: Period, target_s: int) -> NearAndDue:
    """Tell what was kept only just and what falls due before the next session."""
    due = falling_due(now, period.next_at)
    shown, rest = capped(due, DUE_SHOWN)
    warned_at = [one.work.promise.terms for one in now.scope if one.work]
    terms = [*pair.terms, *warned_at]
    return NearAndDue(
        rows=tuple(_due_row(one, due_at) for one, due_at in shown),
        rest=tuple((one.case.reference, due_at) for one, due_at in rest),
        warned=sum(_is_warned(one) for one, _ in due),
        last_due_at=due[-1][1] if due else None,
        near=tuple(
            NearRow(one.case.reference, seconds(one.used)) for one in near_misses(now)
        ),
        warning_s=round(target_s * terms[-1].warn_share) if terms else 0,
        target_s=target_s,
        next_at=period.next_at,
    )


def _due_row(one: CaseReading, due_at: datetime) -> DueRow:
    assert one.work is not None
    return DueRow(
        request_id=one.case.request_id,
        reference=one.case.reference,
        kind=one.case.kind,
        used_s=seconds(one.used),
        due_at=due_at,
        left_s=seconds(one.work.target - one.used),
        holder=one.pair.name_of(one.history.assignee),
        warned=_is_warned(one),
    )


def _is_warned(one: CaseReading) -> bool:
    if one.work is None:
        return False
    return one.used >= one.work.target * one.work.promise.warn_share


def ball_and_passes(now: Tally, before: Tally) -> BallAndPasses:
    """Tell who holds the open requests, and which were passed to and fro."""
    passed = ping_pong(now)
    shown, rest = capped(passed, PING_PONG_SHOWN)
    return BallAndPasses(
        rows=tuple(_ball_rows(now)),
        ping_pong=tuple(_ping_pong_row(one, now) for one in shown),
        ping_pong_more=len(rest),
        to_back=now.to_back.count,
        to_front=now.to_front.count,
        to_front_in_scope=now.to_front_in_scope,
        open_before=len(before.open),
        open_before_at_back=before.open_at_back,
    )


def held_longest(now: Tally) -> dict[BallCode, tuple[CaseReading, datetime, timedelta]]:
    """Return per holder the open request held longest, since when, how long."""
    found: dict[BallCode, tuple[CaseReading, datetime, timedelta]] = {}
    for one in now.open:
        holder, since = one.ball()
        held = one.pair.calendar.elapsed(since, one.until)
        if holder not in found or held > found[holder][2]:
            found[holder] = one, since, held
    return found


def _ball_rows(now: Tally) -> Iterable[BallRow]:
    by_holder: dict[BallCode, list[CaseReading]] = defaultdict(list)
    for one in now.open:
        by_holder[one.ball()[0]].append(one)
    longest = held_longest(now)
    for holder in BALL_ORDER:
        held = by_holder.get(holder)
        if not held:
            continue
        one, since, spent = longest[holder]
        yield BallRow(
            holder=holder,
            open=len(held),
            broken=sum(each.broken_at is not None for each in held),
            silent=sum(seconds(each.silent) > LONG_SILENT_S for each in held),
            longest_reference=one.case.reference,
            since=since,
            longest_s=seconds(spent),
        )


def ping_pong(now: Tally) -> list[CaseReading]:
    """Return the requests passed at least three times in the period, most first."""
    passed = [
        one
        for one in now.scope
        if sum(one.passes_in(now.start, now.end)) >= PING_PONG_FROM
    ]
    return sorted(
        passed,
        key=lambda one: (
            -sum(one.passes_in(now.start, now.end)),
            -one.used,
            one.case.reference,
        ),
    )


def _ping_pong_row(one: CaseReading, now: Tally) -> PingPongRow:
    to_back, to_front = one.passes_in(now.start, now.end)
    back, front, _ = one.held_by()
    return PingPongRow(
        reference=one.case.reference,
        kind=one.case.kind,
        passes=to_back + to_front,
        back_to_front=to_front,
        all_handovers=one.history.handovers,
        back_s=seconds(back),
        desk_s=seconds(front),
        ball=one.ball()[0],
    )


def replay(
    now: Tally,
    target_s: int,
    calendar_name: str | None,
    *,
    agreement: int | None = None,
    name: str | None = None,
) -> AgreementReplay:
    """Replay the period at shorter and longer targets, same calendar and holds.

    Of everything promised, or of one ``agreement`` with its ``name``.
    """
    rows = []
    for factor in REPLAYED:
        kept, broken = now.replayed(factor, agreement)
        rows.append(
            ReplayRow(round(target_s * factor), kept, broken, in_force=factor == 1.0)
        )
    return AgreementReplay(target_s, tuple(rows), calendar_name, name=name)


def thanks(now: Tally, before: Tally, pair: Pair, target_s: int) -> Thanks:
    """Find what deserves thanks on both sides; nothing where nothing does."""
    return Thanks(
        rows=tuple(_thanks_rows(now, before, pair, target_s)),
        kept=len(now.kept),
        answered=now.answers_judged,
    )


def _thanks_rows(
    now: Tally, before: Tally, pair: Pair, target_s: int
) -> Iterable[ThanksRow]:
    limit = timedelta(seconds=target_s * QUICK_SHARE)
    quick = sum(one.used <= limit for one in now.kept)
    if quick >= THANKS_FROM and quick >= len(now.kept) / 2:
        yield ThanksRow(
            "back", "quick", pair.back_name, quick, len(now.kept), seconds(limit)
        )
    finished = finished_at_back(now)
    person, count = max(finished.items(), key=lambda one: one[1], default=(None, 0))
    name = pair.name_of(person)
    if name is not None and count >= THANKS_FROM:
        yield ThanksRow("back", "finished", name, count, finished.total())
    share = now.share_answered
    if share is not None and share >= THANKS_SHARE and now.answers_kept >= THANKS_FROM:
        half = now.answer_time.quantile(0.5)
        yield ThanksRow(
            "front",
            "answered",
            pair.front_name,
            now.answers_kept,
            now.answers_judged,
            now.answer_target_s,
            before.share_answered,
            before.answers_judged,
            int(half) if half is not None else None,
        )


def finished_at_back(now: Tally) -> Counter[int | None]:
    """Count the kept promises the back unit finished itself, per person."""
    found: Counter[int | None] = Counter()
    for one in now.kept:
        ended = one.judged_at
        legs = [leg for leg in one.history.legs if ended and leg.start <= ended]
        if legs and legs[-1].unit == one.pair.back:
            found[legs[-1].last_assignee] += 1
    return found
