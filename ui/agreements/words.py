"""Agreements in words: stages, targets, terms, and what changed between versions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING

from desktop import formats
from desktop.domain.agreement_drafts import TermsDraft
from desktop.domain.agreements import (
    ClockStart,
    OnChange,
    TargetKind,
    VersionStage,
    WarningLevel,
)
from desktop.domain.requests import PendingReason
from desktop.i18n import gettext as _
from desktop.i18n import gettext_noop as N_
from desktop.i18n import ngettext
from ui.common.request_pane.request_words import REASONS
from ui.common.request_pane.target_words import KINDS, kind_words

if TYPE_CHECKING:
    from desktop.queries.agreements import Signature

STAGES: Mapping[VersionStage, tuple[str, str, str]] = {
    VersionStage.DRAFT: (N_("Draft"), "pencil", ""),
    VersionStage.PROPOSED: (N_("Proposed"), "send", "risk"),
    VersionStage.AGREED: (N_("Agreed, not begun"), "calendar-event", "ok"),
    VersionStage.IN_FORCE: (N_("In force"), "circle-check", "ok"),
    VersionStage.ENDED: (N_("Ended"), "moon", ""),
    VersionStage.WITHDRAWN: (N_("Withdrawn"), "x", ""),
}
"""Words, icon and colour family of each stage."""

KIND_SENTENCES: Mapping[TargetKind, str] = {
    TargetKind.RESPONSE: N_("The back office’s first act."),
    TargetKind.UPDATE: N_(
        "A word to the other side, again and again until it is done."
    ),
    TargetKind.RESOLUTION: N_("The back office’s whole part of the work."),
    TargetKind.ANSWER: N_("The front office’s answer to what it is asked."),
}
ON_CHANGE: Mapping[OnChange, str] = {
    OnChange.CONTINUE: N_("Continue"),
    OnChange.RESTART: N_("Restart"),
    OnChange.RECOMPUTE: N_("Recompute"),
}
CHANGES: Mapping[str, tuple[str, Mapping[OnChange, str]]] = {
    "at_reopen": (
        N_("When it is reopened"),
        {
            OnChange.CONTINUE: N_(
                "The clock goes on with what was left. The time it lay resolved does "
                "not count."
            ),
            OnChange.RESTART: N_(
                "New clocks with the whole targets begin, for the response as for the "
                "resolution, once the unit has it again. The verdicts of the first "
                "ones stay."
            ),
            OnChange.RECOMPUTE: N_(
                "The clock goes on, and the time it lay resolved counts as used."
            ),
        },
    ),
    "at_priority": (
        N_("When its priority changes"),
        {
            OnChange.CONTINUE: N_(
                "The target promised at the start stays, whatever the priority is now."
            ),
            OnChange.RESTART: N_(
                "A new clock with the new priority’s target begins at the change."
            ),
            OnChange.RECOMPUTE: N_(
                "The new priority’s target counts, from the first start."
            ),
        },
    ),
    "at_unit": (
        N_("When it comes back to the unit"),
        {
            OnChange.CONTINUE: N_(
                "The clock goes on where it stopped. The time elsewhere does not count."
            ),
            OnChange.RESTART: N_(
                "A new clock with the whole target begins each time it comes back."
            ),
            OnChange.RECOMPUTE: N_(
                "The clock goes on, and the time elsewhere counts as used."
            ),
        },
    ),
}
"""The three changes of a request, and what each choice does to its clock."""

STARTS: Mapping[ClockStart, str] = {
    ClockStart.FRONT_HANDOVER: N_("When the front office hands it over"),
    ClockStart.RECEIPT: N_("When the unit first receives it, from anybody"),
}


def stage_words(stage: VersionStage) -> str:
    """Return the word of a stage."""
    return _(STAGES[stage][0])


def scope_words(front_unit: str, back_unit: str, service: str) -> str:
    """Say between whom an agreement is, and for which service."""
    front = front_unit or _("All front units")
    told = _("{front} with {back}").format(front=front, back=back_unit)
    return f"{told}, {service or _('all services')}"


# ---------------------------------------------------------------- terms


def term_pairs(terms: TermsDraft, calendar: str, zone: tzinfo) -> list[tuple[str, str]]:
    """Return what a version says, as headings and words, in the order read."""
    pairs = []
    for kind in TargetKind:
        words = kind_words(terms.targets, kind, whole=True)
        pairs.append((_(KINDS[kind]), words or _("Not promised")))
    pairs.append((_("Calendar"), calendar))
    pairs.append((_("The clock starts"), _(STARTS[terms.starts])))
    pairs.append((_("Held while waiting"), holds_words(terms.holds)))
    pairs.append((_("Warned"), warned_words(terms)))
    for name, (heading, sentences) in CHANGES.items():
        choice: OnChange = getattr(terms, name)
        words = f"{_(ON_CHANGE[choice])}. {_(sentences[choice])}"
        pairs.append((_(heading), words))
    pairs.append((_("Can be sent back"), reopen_words(terms.reopen_days)))
    valid = validity_words(terms.valid_from, terms.valid_until, zone)
    pairs.append((_("Valid"), valid))
    if terms.note.strip():
        pairs.append((_("Note"), terms.note.strip()))
    return pairs


def reopen_words(days: int | None) -> str:
    """Say how long after it was resolved a request can be sent back."""
    if days is None:
        return _("At any time")
    words = ngettext("For {count} day", "For {count} days", days)
    return words.format(count=days) if days else _("Only on the same day")


def holds_words(holds: Mapping[TargetKind, frozenset[PendingReason]]) -> str:
    """Say which waiting holds which clock."""
    told = []
    for kind in TargetKind:
        reasons = holds.get(kind, frozenset())
        if reasons:
            names = ", ".join(
                _(REASONS[one]) for one in PendingReason if one in reasons
            )
            words = _("{kind}: for {reasons}")
            told.append(words.format(kind=_(KINDS[kind]), reasons=names))
    return "\n".join(told) or _("Nothing holds a clock")


def warned_words(terms: TermsDraft) -> str:
    """Say when a clock is worth a warning."""
    levels = (WarningLevel(share=terms.warn_share), *terms.warnings)
    return ", ".join(level_words(one) for one in levels)


def level_words(level: WarningLevel) -> str:
    """Say one warning level."""
    if level.left_s is not None:
        time = formats.working_time(level.left_s)
        return _("with {time} left").format(time=time)
    return _("at {share} used").format(share=formats.share(level.share or 0.0))


def validity_words(
    valid_from: datetime | None, valid_until: datetime | None, zone: tzinfo
) -> str:
    """Say from when until when, the last day included."""
    if valid_from is None:
        return _("From a day still to be named")
    first = _boundary(valid_from, zone)
    if valid_until is None:
        return _("From {day} on").format(day=first)
    last = date_words(last_day(valid_until, zone))
    return _("{first} to {last}").format(first=first, last=last)


def _boundary(at: datetime, zone: tzinfo) -> str:
    local = at.astimezone(zone)
    if (local.hour, local.minute) == (0, 0):
        return date_words(local.date())
    return formats.instant(at, zone, year=True)


def date_words(day: date) -> str:
    """Return a date without its weekday: "1 May 2026"."""
    return formats.date_range(day, day)


def last_day(valid_until: datetime, zone: tzinfo) -> date:
    """Return the last local day before an exclusive end."""
    return (valid_until.astimezone(zone) - timedelta(microseconds=1)).date()


def change_lines(
    before: list[tuple[str, str]], after: list[tuple[str, str]]
) -> list[str]:
    """Say what changed between the terms of two versions, one line a change."""
    old = dict(before)
    lines = []
    for heading, words in after:
        was = old.pop(heading, "")
        if words == was:
            continue
        told = " / ".join(words.split("\n"))
        if was:
            line = _("{what}: {now} (was: {before})")
            past = " / ".join(was.split("\n"))
            lines.append(line.format(what=heading, now=told, before=past))
        else:
            lines.append(_("{what}: {now} (new)").format(what=heading, now=told))
    lines += [
        _("{what}: left out (was: {before})").format(what=heading, before=was)
        for heading, was in old.items()
    ]
    return lines


def signature_words(signed: Signature | None, zone: tzinfo) -> str:
    """Say who signed and when; nothing while nobody did."""
    if signed is None:
        return ""
    when = formats.instant(signed.at, zone, year=True)
    return _("{who}, {when}").format(who=signed.person, when=when)
