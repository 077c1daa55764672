"""Targets of an agreement in words: hours, working days, around the clock."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from desktop import formats
from desktop.domain.agreement_drafts import TargetDraft
from desktop.domain.agreements import Measure, TargetKind
from desktop.domain.working_days import DayEnd, DayRule
from desktop.i18n import gettext as _
from desktop.i18n import gettext_noop as N_
from desktop.i18n import ngettext
from ui.common.request_pane.request_words import PRIORITIES

KINDS: Mapping[TargetKind, str] = {
    TargetKind.RESPONSE: N_("Response"),
    TargetKind.UPDATE: N_("Update"),
    TargetKind.RESOLUTION: N_("Resolution"),
    TargetKind.ANSWER: N_("Answer"),
}


def amount_words(target: TargetDraft, *, whole: bool = False) -> str:
    """Return how long is promised: "2 h", "2 working days, end of day, cut-off 14:00".

    Hours are working time unless said otherwise; ``whole`` says that too.
    """
    if target.rule is not None:
        return rule_words(target.rule)
    time = formats.working_time(target.seconds or 0)
    if target.measure is Measure.AROUND_THE_CLOCK:
        return _("{time} around the clock").format(time=time)
    return _("{time} of working time").format(time=time) if whole else time


def rule_words(rule: DayRule) -> str:
    """Return a rule in working days."""
    days = ngettext("{n} working day", "{n} working days", rule.days)
    parts = [days.format(n=formats.count(rule.days))]
    if rule.ends is DayEnd.END_OF_DAY:
        parts.append(_("end of day"))
    if rule.cutoff_s is not None:
        parts.append(_("cut-off {time}").format(time=time_words(rule.cutoff_s)))
        if rule.restart_s is not None:
            words = _("then from {time}")
            parts.append(words.format(time=time_words(rule.restart_s)))
    return ", ".join(parts)


def time_words(seconds: int) -> str:
    """Return a time of day given in seconds: "14:00"."""
    return f"{seconds // 3600:02}:{seconds % 3600 // 60:02}"


def priority_words(priority: int) -> str:
    """Return a priority's name; a number where it has none."""
    known = PRIORITIES.get(priority)
    return _(known) if known else _("Priority {n}").format(n=priority)


def kind_words(
    targets: Iterable[TargetDraft], kind: TargetKind, *, whole: bool = False
) -> str:
    """Return what is promised of one kind: "16 h, urgent 3 h"; empty for nothing."""
    of_kind = [one for one in targets if one.kind is kind]
    if whole and len(of_kind) > 1:
        measures = {one.measure for one in of_kind}
        if measures == {Measure.WORKING_TIME}:
            amounts = kind_words(of_kind, kind)
            return _("{time} of working time").format(time=amounts)
    of_kind.sort(key=lambda one: (one.priority is not None, one.priority or 0))
    told = []
    for one in of_kind:
        amount = amount_words(one, whole=whole)
        if one.priority is None:
            told.append(amount)
        else:
            words = _("{priority} {time}")
            name = priority_words(one.priority).lower()
            told.append(words.format(priority=name, time=amount))
    return " · ".join(told)


def targets_line(targets: Iterable[TargetDraft]) -> str:
    """Return all that is promised on one line."""
    known = tuple(targets)
    told = []
    for kind in TargetKind:
        words = kind_words(known, kind)
        if words:
            told.append(f"{_(KINDS[kind])} {words}")
    return "; ".join(told)
