"""Codes, seconds and instants of an agenda as the reader's words."""

from datetime import date, datetime, timedelta, tzinfo
from typing import Final
from zoneinfo import ZoneInfo

from desktop import formats
from desktop.domain.agenda import AgendaPaper, Head, RunningItem
from desktop.domain.agenda_sections import BallCode, Side
from desktop.domain.minutes import MinutesItem
from desktop.domain.text import unbroken
from desktop.i18n import gettext as _
from desktop.i18n import gettext_noop as N_
from desktop.i18n import ngettext

NOTHING: Final = "–"
OUTCOMES: Final = {
    "decide": N_("decide"),
    "inform": N_("inform"),
    "unblock": N_("unblock"),
}
TITLES: Final = {
    "minutes": N_("Apologies and last minutes"),
    "actions": N_("Open actions"),
    "thanks": N_("Thanks, both sides"),
    "scorecard": N_("Scorecard, both ways"),
    "broken": N_("Broken promises"),
    "near": N_("Near misses and what falls due"),
    "ball": N_("Where the ball is, ping-pong"),
    "agreement": N_("Agreement in rotation"),
    "topic": N_("Topic"),
    "obstacles": N_("Obstacles without an answer"),
    "changes": N_("Changes ahead"),
    "exceptions": N_("Exceptions asked for again"),
    "standards": N_("Forms and checklists that changed"),
    "improvements": N_("Improvements to be proven"),
    "other_business": N_("Other business, read back, next meeting"),
}
CONFIDENTIALITY: Final = {
    "internal": N_("internal"),
    "restricted": N_("restricted"),
    "public": N_("public"),
}
VERDICTS: Final = {
    "stable": ("●", N_("stable")),
    "improving": ("▲", N_("improving")),
    "under_pressure": ("▼", N_("under pressure")),
    "too_few": ("–", N_("too few to say")),
}
CAUSES: Final = {
    "never_named": N_("Never named."),
    "named_then_silent": N_("Named, then silent."),
    "too_long": N_("Took too long."),
    "to_and_fro": N_("Passed to and fro."),
}
CAUSE_TITLES: Final = {
    "never_named": N_("Why broken: nobody’s name on it"),
    "named_then_silent": N_("Why broken: taken, then silent"),
    "too_long": N_("Why broken: the work took too long"),
    "to_and_fro": N_("Why broken: passed to and fro"),
}
RETURN_TITLES: Final = {
    "missing_fact": N_("Sent back: a fact was missing"),
    "missing_document": N_("Sent back: a document was missing"),
    "wrong_service": N_("Sent back: the wrong service"),
    "unclear": N_("Sent back: not clear what is asked"),
}


class Wording:
    """The words of one agenda: its zone, its two units, its dates."""

    def __init__(self, head: Head, place: str = "") -> None:
        self.head = head
        self.place = place  # tells bookmarks of several papers in one PDF apart
        self.zone: tzinfo = ZoneInfo(head.zone)

    def day_of(self, at: datetime) -> date:
        """Return the civil date of an instant where the session is."""
        return at.astimezone(self.zone).date()

    def moment(self, at: datetime) -> str:
        """Return "Mon 16 May 08:30"."""
        return formats.instant(at, self.zone)

    def dated_moment(self, at: datetime) -> str:
        """Return "Mon 16 May 2016 08:30"."""
        return formats.instant(at, self.zone, year=True)

    def brief(self, at: datetime) -> str:
        """Return "16 May 08:30": for sentences, where the weekday adds nothing."""
        day = self.day_of(at)
        year = abs((self.day_of(self.head.data_as_at) - day).days) > 300
        shown = formats.date_range(day, day, year=year)
        return unbroken(f"{shown} {formats.clock_time(at, self.zone)}")

    def clock(self, at: datetime) -> str:
        """Return "08:30"."""
        return formats.clock_time(at, self.zone)

    def span(self, start: datetime, end: datetime, *, year: bool = False) -> str:
        """Return the days of a period whose end is exclusive: "2–15 May"."""
        last = max(start, end - timedelta(microseconds=1))
        return formats.date_range(self.day_of(start), self.day_of(last), year=year)

    @property
    def period(self) -> str:
        """Return the days of this period."""
        return self.span(self.head.period_start, self.head.period_end)

    @property
    def before(self) -> str:
        """Return the days of the period before."""
        return self.span(self.head.before_start, self.head.before_end)

    @property
    def when(self) -> str:
        """Return "Monday 16 May 2016, 10:00 to 11:00"."""
        return _("{day}, {start} to {end}").format(
            day=formats.long_day(self.day_of(self.head.starts_at)),
            start=self.clock(self.head.starts_at),
            end=self.clock(self.head.ends_at),
        )

    def unit(self, side: Side) -> str:
        """Return the name of the unit on a side."""
        return self.head.front if side == "front" else self.head.back

    def key(self, number: int) -> str:
        """Return the bookmark of an item."""
        return f"{self.place}item-{number}"

    def leader(self, item: RunningItem | MinutesItem) -> str:
        """Return who leads an item: a name, else the role."""
        if item.leader:
            return item.leader
        if item.leader_role in ("front_lead", "back_lead"):
            side: Side = "front" if item.leader_role == "front_lead" else "back"
            return _("{unit} lead").format(unit=self.unit(side))
        roles = {
            "chair": _("chair"),
            "minute_taker": _("minute-taker"),
            "coordinator": _("coordinator"),
        }
        return roles[item.leader_role]

    def title(self, item: RunningItem, paper: AgendaPaper) -> str:
        """Return an item's own title, else the words of its kind."""
        agreement = paper.agreement
        return self.titled(
            item, paper.near.next_at, agreement.target_s if agreement else None
        )

    def titled(
        self,
        item: RunningItem | MinutesItem,
        next_at: datetime | None = None,
        target_s: int | None = None,
    ) -> str:
        """Return an item's own title, else the words of its kind.

        `next_at` is when the next session is, `target_s` what the agreement in
        rotation promises, where they are known.
        """
        if item.title:
            return item.title
        if item.kind == "near" and next_at is not None:
            day = self.day_of(next_at)
            return _("Near misses and due before {day}").format(
                day=formats.date_range(day, day, year=False)
            )
        if item.kind == "agreement" and target_s is not None:
            return _("Agreement in rotation: the {hours}").format(
                hours=hours_words(target_s)
            )
        if item.rule == "changes":
            changes = _("Changes ahead: {closures}").format(closures=item.label)
            return changes if item.label else _(TITLES["changes"])
        return self._topic(item) if item.kind == "topic" else _(TITLES[item.kind])

    def _topic(self, item: RunningItem | MinutesItem) -> str:
        """Return the title of a topic the evidence found."""
        label = item.label
        if item.rule in ("raised", "parked", "standing") and label:
            return label
        if item.rule == "action_stuck" and label:
            return _("Do, drop or escalate: {action}").format(action=label)
        if item.rule == "pattern" and label:
            return _("Pattern: {kind}").format(kind=label)
        if item.rule == "cause" and label in CAUSE_TITLES:
            return _(CAUSE_TITLES[label])
        if item.rule == "return_reason" and label in RETURN_TITLES:
            return _(RETURN_TITLES[label])
        if item.rule == "returns":
            return _("What comes back to {front}").format(front=self.head.front)
        if item.rule == "ping_pong":
            return _("Passed to and fro")
        if item.rule == "reopened":
            return _("Reopened")
        return _(TITLES["topic"])

    def holder(self, ball: BallCode) -> str:
        """Return who has the ball, by name where it is one of the two units."""
        named = {"back": self.head.back, "front": self.head.front}
        others = {
            "customer": _("Requester"),
            "third": _("Third groups"),
            "approver": _("Approver"),
            "unrecorded": _("Not recorded"),
            "none": _("Nobody: closed"),
        }
        return named[ball] if ball in named else others[ball]


def source(item: RunningItem) -> str:
    """Return where an item comes from, with its count."""
    count, total = item.count or 0, item.total or 0
    if item.source == "overdue" and not total:
        return _("carried")
    if item.source == "overdue":
        shown = ngettext(
            "{count} overdue of {total}", "{count} overdue of {total}", count
        )
        return shown.format(count=formats.count(count), total=formats.count(total))
    counted = {
        "broken": ngettext("{count} broken", "{count} broken", count),
        "due": ngettext("{count} due", "{count} due", count),
        "open": ngettext("{count} open", "{count} open", count),
    }
    if item.source in counted:
        return counted[item.source].format(count=formats.count(count))
    return {
        "standing": _("standing"),
        "log": _("journal"),
        "replay": _("replay"),
        "coordinator": _("coordinator"),
        "member": _("member"),
    }[item.source]


def hours(seconds: float | None) -> str:
    """Return hours with one decimal for a column that says "h" in its head."""
    return NOTHING if seconds is None else formats.decimal_hours(seconds)


def hours_short(seconds: float) -> str:
    """Return "16 h" or "4.2 h" inside a sentence."""
    return _("{hours} h").format(hours=_figure(seconds))


def hours_words(seconds: float) -> str:
    """Return "16 hours"."""
    return ngettext("{hours} hour", "{hours} hours", _many(seconds)).format(
        hours=_figure(seconds)
    )


def working_hours(seconds: float) -> str:
    """Return "16 working hours"."""
    return ngettext(
        "{hours} working hour", "{hours} working hours", _many(seconds)
    ).format(hours=_figure(seconds))


def _figure(seconds: float) -> str:
    """Return whole hours without a decimal, others with one."""
    if seconds % 3600 == 0:
        return formats.count(int(seconds // 3600))
    return formats.decimal_hours(seconds)


def _many(seconds: float) -> int:
    """Return the number a plural goes by; a broken hour counts as several."""
    return 1 if seconds == 3600 else max(2, int(seconds // 3600))


def percent(share: float | None) -> str:
    """Return "50 %", or a dash when there was nothing to divide."""
    return NOTHING if share is None else formats.share(share)


def verdict(code: str) -> str:
    """Return mark and word: never a mark alone."""
    mark, word = VERDICTS[code]
    return f"{mark} {_(word)}"
