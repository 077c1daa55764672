"""What was promised in words: working time, working days by their rule, all hours."""

from __future__ import annotations

from desktop import formats
from desktop.domain.agreements import Measure, Target
from desktop.domain.working_days import ClosedDay, DayEnd, DayRule
from desktop.i18n import gettext as _
from desktop.i18n import ngettext


def promised_words(target: Target) -> str:
    """Return "16 h of working time", "2 working days, …", "48 h around the clock"."""
    if target.rule is not None:
        return day_rule_words(target.rule)
    time = formats.working_time(target.seconds)
    if target.measure is Measure.AROUND_THE_CLOCK:
        return _("{time} around the clock").format(time=time)
    return _("{time} of working time").format(time=time)


def day_rule_words(rule: DayRule) -> str:
    """Return a rule in full: "2 working days, received after 15:00 counts from …"."""
    days = ngettext("{n} working day", "{n} working days", rule.days)
    parts = [days.format(n=formats.count(rule.days))]
    if rule.ends is DayEnd.END_OF_DAY:
        parts.append(_("by the end of the day"))
    if rule.cutoff_s is not None and rule.restart_s is None:
        words = _("received from {time} on counts from the next")
        parts.append(words.format(time=_time(rule.cutoff_s)))
    elif rule.cutoff_s is not None and rule.restart_s is not None:
        words = _("received from {time} on counts from {restart} of the next")
        parts.append(
            words.format(time=_time(rule.cutoff_s), restart=_time(rule.restart_s))
        )
    if rule.closed_day is ClosedDay.SAME_TIME:
        parts.append(
            _("received on a closed day counts from the same time of the next")
        )
    return ", ".join(parts)


def _time(seconds: int) -> str:
    return f"{seconds // 3600:02}:{seconds % 3600 // 60:02}"
