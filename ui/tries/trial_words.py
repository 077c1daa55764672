"""The other terms of a trial in words: on paper, and beside its variant."""

from __future__ import annotations

from desktop.domain.agreements import TargetKind
from desktop.i18n import gettext as _
from desktop.queries.replays import Trial
from desktop.queries.try_choices import TryChoice
from ui.common.request_pane.request_words import REASONS
from ui.common.week.words import closure_title, closure_words, weekly_words
from ui.tries.words import KINDS, length_words, priority_words

MOST_CLOSURES = 12


def trial_lines(choice: TryChoice, trial: Trial) -> tuple[str, ...]:
    """Return what a trial promises otherwise than agreed, a line each."""
    lines = [_target_line(trial, kind) for kind in KINDS]
    lines += _hours_lines(choice, trial)
    for kind in KINDS:
        if kind in trial.holds and kind is not TargetKind.ANSWER:
            reasons = trial.holds[kind]
            told = ", ".join(
                _(words) for one, words in REASONS.items() if one in reasons
            )
            line = _("{kind} is held while waiting for: {reasons}")
            lines.append(line.format(kind=_(KINDS[kind]), reasons=told or _("nothing")))
    return tuple(one for one in lines if one) or (_("as agreed"),)


def _target_line(trial: Trial, kind: TargetKind) -> str:
    of_kind = {key[1]: one for key, one in trial.targets.items() if key[0] is kind}
    if not of_kind:
        return ""
    every = length_words(of_kind.get(None))
    told = [
        _("{priority} {target}").format(
            priority=priority_words(priority).lower(), target=length_words(target)
        )
        for priority, target in sorted(of_kind.items(), key=lambda one: one[0] or 0)
        if priority is not None
    ]
    words = _("{kind}: {targets}")
    return words.format(kind=_(KINDS[kind]), targets=", ".join([every, *told]))


def _hours_lines(choice: TryChoice, trial: Trial) -> list[str]:
    spec, now = trial.calendar, choice.calendar
    if spec is None:
        return []
    week = weekly_words(spec.later[-1].weekly if spec.later else spec.weekly)
    if trial.calendar_id is not None:
        words = _("Counted by {calendar}: {hours}")
        return [words.format(calendar=spec.name[:80], hours=week)]
    lines = [_("Hours: {hours}").format(hours=week)]
    for title, fresh in (
        (_("Closed too: {days}"), [one for one in spec.closures
                                   if one not in now.closures]),
        (_("Not closed: {days}"), [one for one in now.closures
                                   if one not in spec.closures]),
    ):  # fmt: skip
        days = [f"{closure_title(one)[:60]} ({closure_words(one)})" for one in fresh]
        if days:
            more = ["…"] if len(days) > MOST_CLOSURES else []
            lines.append(title.format(days=", ".join(days[:MOST_CLOSURES] + more)))
    return lines
