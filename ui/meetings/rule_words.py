"""The rules of the agenda in words: names, icons, reasons, and what they weigh."""

from __future__ import annotations

from typing import Final

from desktop import formats
from desktop.domain.agenda import Candidate, WeightPart
from desktop.i18n import gettext as _
from desktop.i18n import gettext_noop as N_
from desktop.i18n import ngettext

RULES: Final = {
    "broken": N_("Broken promises"),
    "pattern": N_("The same service broken three times"),
    "cause": N_("One cause behind many broken promises"),
    "near": N_("Near misses and what falls due"),
    "ball": N_("Oldest waiting, by who holds it"),
    "ping_pong": N_("Passed to and fro"),
    "returns": N_("What comes back to the sender"),
    "return_reason": N_("Sent back three times for one reason"),
    "reopened": N_("Reopened"),
    "obstacles": N_("Obstacles without an answer"),
    "actions": N_("Open actions"),
    "action_stuck": N_("Actions carried three times"),
    "agreement_missed": N_("Agreements often missed"),
    "agreement_beaten": N_("Agreements always beaten"),
    "agreement_rotation": N_("One agreement in its turn"),
    "exceptions": N_("Exceptions asked for again"),
    "changes": N_("Changes ahead"),
    "standards": N_("Forms and checklists that changed"),
    "improvements": N_("Improvements to be proven"),
    "thanks": N_("Thanks"),
    "scorecard": N_("Scorecard"),
    "raised": N_("Raised by members"),
    "parked": N_("Parked by a session before"),
    "standing": N_("On every agenda of the series"),
}
"""Every rule a series can turn or silence, as its list names them."""
ICONS: Final = {
    "minutes": "notes",
    "standing": "flag",
    "actions": "checklist",
    "action_stuck": "gavel",
    "thanks": "star",
    "scorecard": "chart-bar",
    "broken": "circle-x",
    "pattern": "alert-triangle",
    "cause": "help-circle",
    "near": "clock",
    "ball": "hourglass",
    "ping_pong": "switch-horizontal",
    "returns": "arrow-back-up",
    "return_reason": "arrow-back-up",
    "reopened": "refresh",
    "obstacles": "barrier-block",
    "agreement_missed": "file-check",
    "agreement_beaten": "file-check",
    "agreement_rotation": "file-check",
    "exceptions": "scale",
    "changes": "calendar-event",
    "standards": "book",
    "improvements": "bulb",
    "raised": "hand-stop",
    "parked": "player-pause",
    "other_business": "messages",
}
INKS: Final = {
    "broken": "broken",
    "pattern": "risk",
    "cause": "risk",
    "near": "risk",
    "ping_pong": "risk",
    "returns": "risk",
    "return_reason": "risk",
    "reopened": "risk",
    "obstacles": "risk",
    "action_stuck": "risk",
    "agreement_missed": "risk",
    "thanks": "accent",
    "raised": "accent",
    "parked": "accent",
}


def icon_of(rule: str | None) -> str:
    """Return the icon of what found an item; a person's own has a bubble."""
    return ICONS.get(rule or "", "message-circle")


def ink_of(rule: str | None) -> str:
    """Return the token an item's icon is drawn in."""
    return INKS.get(rule or "", "text2")


_REASONS: Final = {
    "scorecard": N_("{judged} promises judged, {sent} sent, {resolved} resolved"),
    "broken": N_(
        "{broken} of {judged} broken, {open} still open. "
        "Before: {broken_before} of {judged_before}"
    ),
    "pattern": N_(
        "{broken} of {of} broken promises are of this kind, {open} still open"
    ),
    "cause": N_("{broken} of {of} broken promises, {open} still open"),
    "ping_pong": N_(
        "{requests} requests passed {passes} times, {to_front} of them back to {unit}"
    ),
    "returns": N_("{returned} of {sent} came back to {unit}"),
    "return_reason": N_("{returned} of {of} returns to {unit}"),
    "reopened": N_("{reopened} reopened, {resolved} resolved"),
    "action_stuck": N_("carried {carried} times"),
    "agreement_missed": N_("Often missed: {kept} of {judged} kept within {target_s}"),
    "agreement_beaten": N_(
        "Always beaten: {kept} of {judged} kept within {target_s}, half would do"
    ),
    "agreement_rotation": N_("{kept} of {judged} kept within {target_s}"),
    "exceptions": N_(
        "{asked} asked for, {granted} granted: change the rule? Rules: {rules}"
    ),
    "improvements": N_("measured again before the next session: {proofs}"),
    "parked": N_("parked by session {session}"),
}
_COUNTED: Final = {
    "actions": (
        ("total", N_("{total} open")),
        ("overdue", N_("{overdue} overdue")),
        ("carried_often", N_("{carried_often} carried three times or more")),
    ),
    "thanks": (
        ("back", N_("reasons at the back: {back}")),
        ("front", N_("reasons in front: {front}")),
    ),
    "near": (
        ("due", N_("{due} due")),
        ("warned", N_("{warned} past the warning")),
        ("near", N_("{near} kept only just")),
    ),
    "ball": (
        ("open", N_("{open} open")),
        ("at_back", N_("{at_back} at the back")),
        ("silent", N_("{silent} without a word")),
        ("ping_pong", N_("{ping_pong} passed to and fro")),
        ("longest_s", N_("the longest {longest_s}")),
    ),
    "obstacles": (
        ("open", N_("{open} without an answer")),
        ("overdue", N_("{overdue} overdue")),
        ("voices", N_("stopped people: {voices}")),
        ("days", N_("the oldest open for {days} days")),
    ),
    "changes": (
        ("agreements", N_("agreements that come into force: {agreements}")),
        ("calendars", N_("hours that change: {calendars}")),
        ("services", N_("new services: {services}")),
    ),
    "standards": (("services", N_("services everybody must be told of: {services}")),),
}
_ALWAYS_TOLD: Final = ("total", "open", "due")


def reasons(rule: str, counts: dict[str, int]) -> list[str]:
    """Return the parts of a reason; what is not so is left out."""
    told = []
    if rule == "changes" and counts.get("closures"):
        words = ngettext(
            "{closures} closure takes {taken_s} before the next session",
            "{closures} closures take {taken_s} before the next session",
            counts["closures"],
        )
        told.append(words)
    if rule in _COUNTED:
        return told + [
            _(words)
            for name, words in _COUNTED[rule]
            if counts.get(name) or name in _ALWAYS_TOLD
        ]
    if rule == "raised":
        return [_("raised by a member")]
    if rule == "standing":
        return [_("on every agenda of the series")]
    return [_(_REASONS[rule])] if rule in _REASONS else []


def why(candidate: Candidate) -> str:
    """Return why it ranks where it does: "3 customers told the wrong day, 2nd time"."""
    parts = {one.code: one for one in candidate.parts}
    told = []
    if "customers" in parts:
        count = parts["customers"].figure
        words = ngettext(
            "{count} customer told the wrong day",
            "{count} customers told the wrong day",
            count,
        )
        told.append(words.format(count=formats.count(count)))
    elif "promises" in parts:
        count = parts["promises"].figure
        words = ngettext("{count} promise broken", "{count} promises broken", count)
        told.append(words.format(count=formats.count(count)))
    if "late" in parts and told:
        late = formats.working_time(parts["late"].figure)
        told.append(_("{late} late in all").format(late=late))
    if "again" in parts and candidate.rule not in ("actions", "action_stuck"):
        told.append(time_words(parts["again"].figure))
    if "turned" in parts:
        share = formats.count(parts["turned"].figure)
        told.append(_("turned to {share} %").format(share=share))
    line = ", ".join(told)
    return line[:1].upper() + line[1:]


def fresh_words(count: int) -> str:
    """Return "3 new"; nothing where nothing is."""
    words = ngettext("{count} new", "{count} new", count)
    return words.format(count=formats.count(count)) if count else ""


def time_words(before: int) -> str:
    """Return the which time it is, when it was there so often before."""
    if before == 1:
        return _("2nd time")
    if before == 2:
        return _("3rd time")
    return _("on {count} agendas before").format(count=formats.count(before))


def part_words(part: WeightPart) -> str:
    """Return what one part of a weight counts."""
    figure = formats.count(part.figure)
    if part.code == "late":
        figure = formats.working_time(part.figure)
    words = {
        "usual": _("Every item of this kind"),
        "customers": _("Customers told the wrong day: {figure}"),
        "promises": _("Promises broken: {figure}"),
        "late": _("Late in all: {figure}"),
        "before": _("Broken in the period before: {figure}"),
        "again": _("On agendas before: {figure} times"),
        "open": _("Cases behind it: {figure}"),
        "overdue": _("Past their day or warning: {figure}"),
        "voices": _("People it stops: {figure}"),
        "turned": _("This series turned it to {figure} %"),
    }
    return words[part.code].format(figure=figure)
