"""Targets as people write them in a house file: "16 h", "3 working days"."""

from __future__ import annotations

import re
from typing import Final

from desktop.domain.agreement_drafts import TargetDraft
from desktop.domain.agreements import Measure, TargetKind
from desktop.domain.instants import DAY_S
from desktop.domain.working_days import ClosedDay, DayEnd, DayRule

_PART: Final = re.compile(r"(\d{1,6}(?:\.\d{1,3})?)\s*(h|min|m|s)\b")
_UNIT_S: Final = {"h": 3600, "min": 60, "m": 60, "s": 1}
_DAYS: Final = re.compile(r"(\d{1,4}) working days?")
_CUTOFF: Final = re.compile(
    r"from (\d{1,2}):(\d{2}) the next day(?: at (\d{1,2}):(\d{2}))?"
)
_CLOCK: Final = " around the clock"
_END: Final = "end of day"
_SAME: Final = "closed days at the same time"


def seconds_of(text: str) -> int | None:
    """Return the seconds in ``"16 h"``, ``"2 h 30 min"``, ``"90 min"``; else None.

    Only real lengths: "2 days" is refused, since a day has no fixed length here.
    """
    rest = _PART.sub("", text.strip())
    parts = _PART.findall(text)
    if rest.strip() or not parts:
        return None
    total = sum(float(number) * _UNIT_S[unit] for number, unit in parts)
    return int(total) if total == int(total) and total > 0 else None


def duration_text(seconds: int) -> str:
    """Write ``seconds`` so that ``seconds_of`` reads it back."""
    hours, rest = divmod(seconds, 3600)
    minutes, left = divmod(rest, 60)
    parts = ((hours, "h"), (minutes, "min"), (left, "s"))
    return " ".join(f"{number} {unit}" for number, unit in parts if number)


def target_of(text: str) -> TargetDraft | None:
    """Read a target; its kind and priority stand beside it. None when unreadable.

    Beside lengths: "24 h around the clock"; "3 working days" with, after commas, "end
    of day", "from 17:00 the next day at 08:30", "closed days at the same time".
    """
    text = " ".join(text.split())
    if text.endswith(_CLOCK):
        seconds = seconds_of(text.removesuffix(_CLOCK))
        measure = Measure.AROUND_THE_CLOCK
    else:
        seconds, measure = seconds_of(text), Measure.WORKING_TIME
    if seconds is not None:
        return TargetDraft(TargetKind.RESOLUTION, None, measure, seconds)
    rule = _rule_of(text)
    if rule is None:
        return None
    return TargetDraft(TargetKind.RESOLUTION, None, Measure.WORKING_DAYS, None, rule)


def target_text(target: TargetDraft) -> str:
    """Write a target so that ``target_of`` reads it back."""
    rule = target.rule
    if rule is None:
        more = _CLOCK if target.measure is Measure.AROUND_THE_CLOCK else ""
        return duration_text(target.seconds or 0) + more
    parts = [f"{rule.days} working day{'' if rule.days == 1 else 's'}"]
    if rule.ends is DayEnd.END_OF_DAY:
        parts.append(_END)
    if rule.cutoff_s is not None:
        at = "" if rule.restart_s is None else f" at {_clock(rule.restart_s)}"
        parts.append(f"from {_clock(rule.cutoff_s)} the next day{at}")
    if rule.closed_day is ClosedDay.SAME_TIME:
        parts.append(_SAME)
    return ", ".join(parts)


def _rule_of(text: str) -> DayRule | None:
    first, *rest = (part.strip() for part in text.split(","))
    days = _DAYS.fullmatch(first)
    if days is None:
        return None
    ends, closed_day = DayEnd.SAME_TIME, ClosedDay.OPENING
    cutoff_s: int | None = None
    restart_s: int | None = None
    for part in rest:
        match = _CUTOFF.fullmatch(part)
        if part == _END:
            ends = DayEnd.END_OF_DAY
        elif part == _SAME:
            closed_day = ClosedDay.SAME_TIME
        elif match is not None:
            cutoff_s = _seconds(match[1], match[2])
            restart_s = _seconds(match[3], match[4]) if match[3] else None
            if cutoff_s is None or (match[3] and restart_s is None):
                return None
        else:
            return None
    return DayRule(int(days[1]), ends, cutoff_s, restart_s, closed_day)


def _seconds(hours: str, minutes: str) -> int | None:
    total = int(hours) * 3600 + int(minutes) * 60
    return total if int(minutes) < 60 and total < DAY_S else None


def _clock(second: int) -> str:
    return f"{second // 3600:02d}:{second % 3600 // 60:02d}"
