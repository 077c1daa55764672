"""What the charts show, from the figures of a replay."""

from __future__ import annotations

from desktop import formats
from desktop.i18n import gettext as _
from desktop.queries.replay_results import KindReplay, Replay, Work
from ui.tries.curve_chart import CurveData, Mark
from ui.tries.words import FAIR_SHARE, WEEKDAYS, day_words, rounded_up
from ui.tries.work_chart import Bar, LineData

_POINTS = 40


def curve_of(told: KindReplay) -> CurveData:
    """Return the share kept by target, around what is promised now and tried."""
    named = [*told.targets_now, *told.targets_then]
    better = told.target_for(FAIR_SHARE)
    if not told.n or not named:
        return CurveData()
    longest = max(named) * 1.5
    if better is not None and better <= 4 * max(named):
        longest = max(longest, rounded_up(better) * 1.15)
    shortest = min(named) * 0.5
    step = (longest - shortest) / _POINTS
    points = []
    for place in range(_POINTS + 1):
        at = shortest + place * step
        share = told.at_target(int(at)).share
        if share is not None:
            points.append((at, share))
    marks = []
    for shape, targets, words in (
        ("ring", told.targets_now, _("now {target}: {share}")),
        ("dot", told.targets_then, _("{target}: {share}")),
    ):
        # Several targets at once are no single point of this curve.
        if len(targets) == 1 and (shape == "ring" or targets != told.targets_now):
            mark = _mark(told, shape, targets[0], words)
            if mark is not None:
                marks.append(mark)
    if better is not None and rounded_up(better) <= longest:
        mark = _mark(told, "diamond", rounded_up(better), _("{target}: {share}"))
        if mark is not None and mark.at not in [one.at for one in marks]:
            marks.append(mark)
    return CurveData(
        points,
        marks,
        FAIR_SHARE,
        _("9 in 10"),
        "; ".join(one.words for one in marks),
    )


def _mark(told: KindReplay, shape: str, target_s: int, words: str) -> Mark | None:
    share = told.at_target(target_s).share
    if share is None:
        return None
    percent = f"{formats.number(share * 100)} %"
    target = formats.working_time(target_s)
    return Mark(shape, target_s, share, words.format(target=target, share=percent))


def bars_of(work: Work, people: int) -> tuple[list[Bar], str]:
    """Return a bar a weekday, and what a screen reader says."""
    bars = [
        Bar(_(WEEKDAYS[weekday]), arriving, opened * people)
        for weekday, arriving, opened, _days in work.by_weekday()
    ]
    told = _("{day}: {work} of work, {hours} open")
    words = [
        told.format(
            day=one.words,
            work=formats.working_time(one.work_s),
            hours=formats.working_time(one.open_s),
        )
        for one in bars
    ]
    return bars, "; ".join(words)


def hand_of(replay: Replay) -> LineData:
    """Return the requests in hand by day, and what the longest target allows."""
    work = replay.work
    if not work.days:
        return LineData()
    targets = next(iter(replay.kinds.values())).targets_then
    limit = work.in_hand_at(max(targets)) if targets else None
    words = ""
    if limit is not None:
        words = _("{target}: {count} in hand").format(
            target=formats.working_time(max(targets)), count=formats.number(limit)
        )
    counts = [one.in_hand for one in work.days]
    return LineData(
        counts=counts,
        limit=limit,
        limit_words=words,
        first_words=day_words(work.days[0].day),
        last_words=day_words(work.days[-1].day),
        accessible=_("at most {most} in hand, {words}").format(
            most=formats.count(max(counts)), words=words
        ),
    )
