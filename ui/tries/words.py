"""The words of a trial: what is promised, shares, periods, what changes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta, tzinfo

from desktop import formats
from desktop.domain.agreements import Measure, Target, TargetKind
from desktop.i18n import gettext as _
from desktop.i18n import gettext_noop as N_
from desktop.queries.replay_results import Count, KindReplay, Replay, Verdict
from desktop.queries.try_choices import TryChoice
from ui.common.request_pane.request_words import PRIORITIES
from ui.common.request_pane.target_words import rule_words

KINDS: Mapping[TargetKind, str] = {
    TargetKind.RESOLUTION: N_("Resolution"),
    TargetKind.RESPONSE: N_("Response"),
    TargetKind.UPDATE: N_("Update"),
    TargetKind.ANSWER: N_("Answer"),
}
VERDICTS: Mapping[Verdict, str] = {
    Verdict.KEPT: N_("kept"),
    Verdict.BROKEN: N_("broken"),
    Verdict.OPEN: N_("no verdict yet"),
}
WEEKDAYS = (
    N_("Monday"),
    N_("Tuesday"),
    N_("Wednesday"),
    N_("Thursday"),
    N_("Friday"),
    N_("Saturday"),
    N_("Sunday"),
)
GROUPINGS: Mapping[str, str] = {
    "service": N_("Service"),
    "front": N_("Front office"),
    "priority": N_("Priority"),
    "weekday": N_("Weekday"),
}
"""By what shares can be told apart."""
GOOD_SHARE, FAIR_SHARE = 0.95, 0.9
NOTHING = "–"


def choice_words(choice: TryChoice) -> str:
    """Name an agreement by who promises."""
    if choice.is_new:
        return _("New agreement: {between}").format(between=between_words(choice))
    if choice.name:
        return choice.name
    return choice.back_unit


def subject_words(choice: TryChoice) -> str:
    """Name what is tried, as an agreement is called: a new one by its parties."""
    return between_words(choice) if choice.is_new else choice_words(choice)


def between_words(choice: TryChoice) -> str:
    """Tell for whom an agreement holds."""
    front = choice.front_unit or _("All front offices")
    words = _("{front} with {back}").format(front=front, back=choice.back_unit)
    if choice.service:
        words = _("{units}, {service}").format(units=words, service=choice.service)
    return words


def length_words(target: Target | None) -> str:
    """Write a target as it is promised."""
    if target is None:
        return _("none")
    if target.rule is not None:
        return rule_words(target.rule)
    words = formats.working_time(target.seconds)
    if target.measure is Measure.AROUND_THE_CLOCK:
        return _("{time}, around the clock").format(time=words)
    return words


def target_name(kind: TargetKind, priority: int | None) -> str:
    """Name a target by its kind and, where it is for one, its priority."""
    if priority is None:
        return _(KINDS[kind])
    named = priority_words(priority)
    return _("{kind}, {priority}").format(kind=_(KINDS[kind]), priority=named)


def priority_words(priority: int | None) -> str:
    """Name a priority."""
    if priority is None:
        return _("No priority")
    known = PRIORITIES.get(priority)
    return _(known) if known else _("Priority {number}").format(number=priority)


def group_words(name: str, key: int | str | None) -> str:
    """Name a group of one of GROUPINGS."""
    if name == "weekday" and isinstance(key, int):
        return _(WEEKDAYS[key])
    if name == "priority":
        return priority_words(key if isinstance(key, int) else None)
    return str(key or _("Not told"))


def share_words(count: Count) -> str:
    """Write the share kept, with one decimal."""
    if count.share is None:
        return NOTHING
    return f"{formats.number(count.share * 100)} %"


def of_words(count: Count) -> str:
    """Write how many of how many."""
    return _("{kept} of {judged}").format(
        kept=formats.count(count.kept), judged=formats.count(count.judged)
    )


def lengths_words(seconds: tuple[int, ...]) -> str:
    """Write one target, or from the shortest to the longest."""
    if not seconds:
        return _("nothing promised")
    if len(seconds) == 1:
        return formats.working_time(seconds[0])
    return _("{shortest} to {longest}").format(
        shortest=formats.working_time(seconds[0]),
        longest=formats.working_time(seconds[-1]),
    )


def period_words(replay: Replay, zone: tzinfo) -> str:
    """Write the days replayed, both included."""
    first = replay.start.astimezone(zone).date()
    last = (replay.end - timedelta(seconds=1)).astimezone(zone).date()
    return formats.date_range(first, last)


def day_words(day: date) -> str:
    """Write a day for an axis."""
    return formats.date_range(day, day, year=False)


def reference_words(told: KindReplay, replay: Replay, zone: tzinfo) -> str:
    """Write n and the period, for a chart's second line."""
    return _("n = {n}, {period}").format(
        n=formats.count(told.n), period=period_words(replay, zone)
    )


def rounded_up(seconds: int) -> int:
    """Return a target people would write: whole hours, quarters below two."""
    step = 900 if seconds <= 7200 else 3600
    return -(-seconds // step) * step


def verdict_words(told: KindReplay) -> tuple[str, str, str, int | None]:
    """Judge a trial: its colour, a sentence, a second one, the target to try instead.

    The target is in seconds, None where there is nothing better to try.
    """
    share = told.then.share
    if share is None:
        return "", _("Nothing in this period has a verdict."), "", None
    name = lengths_words(told.targets_then)
    better = told.target_for(FAIR_SHARE)
    advice, wanted = "", None
    if better is not None:
        wanted = rounded_up(better)
        count = told.at_target(wanted)
        advice = _(
            "{target} is the shortest round target that was kept 9 times in 10: {of}."
        ).format(target=formats.working_time(wanted), of=of_words(count))
    else:
        advice = _("No target would have been kept 9 times in 10.")
    if share >= FAIR_SHARE:
        kind = "ok"
        words = _("With {target}, {share} were kept. That can be promised.")
        is_tried = told.targets_then == (wanted,)
        if wanted is None or is_tried or wanted >= max(told.targets_then):
            wanted = None
        return (
            kind,
            words.format(target=name, share=share_words(told.then)),
            (advice),
            wanted,
        )
    words = _("With {target}, {broken} in 10 would be broken. That is no promise yet.")
    tenths = max(1, round((1 - share) * 10))
    return "risk", words.format(target=name, broken=tenths), advice, wanted
