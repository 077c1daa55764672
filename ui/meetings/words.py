"""What the meetings page says: the words of the paper, and reasons in one line."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from desktop import formats
from desktop.domain.agenda import AgendaPaper, Candidate, RunningItem
from desktop.domain.running_orders import Entry, running_order
from desktop.domain.text import in_line
from desktop.i18n import gettext as _
from desktop.i18n import gettext_noop as N_
from desktop.i18n import ngettext
from desktop.messages import add_words
from desktop.queries.meeting_rows import MeetingBoard, SessionRow
from desktop.reports.wording import Wording
from ui.meetings.rule_words import reasons

OUTCOMES: Final = {
    "decide": N_("Decide"),
    "inform": N_("Inform"),
    "unblock": N_("Unblock"),
}
STATES: Final = {
    "planned": N_("No agenda yet"),
    "drafted": N_("Draft"),
    "published": N_("Published"),
    "in_session": N_("In session"),
    "held": N_("Held"),
    "approved": N_("Minutes approved"),
    "cancelled": N_("Cancelled"),
}

add_words(
    {
        "series_has_ended": N_(
            "This series has no further session. Make a new series."
        ),
        "meeting_is_over": N_("This session was held. Its agenda stays as it was."),
        "agenda_is_empty": N_("There is nothing on this agenda. Add an item first."),
        "published_already": N_("Version {number} is published and nothing changed."),
        "session_not_begun": N_("This session has not begun yet."),
        "not_yours_to_publish": N_(
            "Chair, minute-taker or a coordinator publish an agenda. Ask one of them."
        ),
        "not_yours_to_turn": N_(
            "Chair, minute-taker or a coordinator say what rules weigh in a series."
        ),
        "not_yours_to_refuse": N_(
            "Chair, minute-taker or a coordinator say what a session will not talk "
            "about."
        ),
        "item_is_removed": N_("Somebody took this item off the agenda."),
        "action_closed_already": N_("Somebody closed this action already."),
        "taken": N_("There is one of this name already. Choose another name."),
    }
)


class BoardWords(Wording):
    """The words of one session's board: the paper's own, and one-line reasons."""

    def __init__(self, paper: AgendaPaper) -> None:
        super().__init__(paper.head)
        self.paper = paper

    def item_title(self, item: RunningItem) -> str:
        """Return the title an item prints under."""
        return self.title(item, self.paper)

    def candidate_title(self, candidate: Candidate) -> str:
        """Return the title a candidate would print under."""
        return self.item_title(self._running(candidate))

    def candidate_reason(self, candidate: Candidate) -> str:
        """Return why a candidate is one, in one line."""
        return self.reason(self._running(candidate))

    def _running(self, candidate: Candidate) -> RunningItem:
        entry = Entry.of(candidate)
        return running_order([entry], self.head.starts_at, entry.minutes)[0]

    def reason(self, item: RunningItem) -> str:
        """Return why an item is on the agenda, from its code and its figures."""
        if item.rule is None:
            return _("Added by hand")
        if item.rule == "minutes":
            last = self.paper.minutes.number
            if last is None:
                return _("The first session of the series")
            return _("Approve or amend those of session {number}").format(number=last)
        if item.rule == "other_business":
            return _("On every agenda")
        if not item.counts and item.rule not in ("raised", "parked", "standing"):
            return _("Found earlier, not any more")
        if item.rule == "raised":
            return self._raised(item)
        counts = dict(item.counts)
        shown = {
            name: formats.working_time(value)
            if name.endswith("_s")
            else formats.count(value)
            for name, value in item.counts
        }
        words = ", ".join(reasons(item.rule, counts))
        told = words.format(**shown, unit=self.unit("front"))
        return told[:1].upper() + told[1:]

    def _raised(self, item: RunningItem) -> str:
        """Return who raised an item, and from what."""
        row = next(
            (one for one in self.paper.raised if one.subject == item.subject), None
        )
        if row is None:
            return _("Raised by a member")
        told = _("Raised by {name}").format(name=row.by)
        if row.reference:
            return in_line(told, row.reference)
        if row.obstacle:
            return told + " · " + _("obstacle {number}").format(number=row.obstacle)
        return told

    def when_line(self) -> str:
        """Return day, times, place and number of the session."""
        parts = [self.when]
        if self.head.place:
            parts.append(self.head.place)
        parts.append(_("session {number}").format(number=self.head.number))
        return in_line(*parts)

    def since(self) -> str:
        """Return since when the candidates were looked for."""
        return _("{period}, ranked by effect on customers").format(period=self.period)

    def quiet(self, board: MeetingBoard) -> str:
        """Return that nothing broke, where nothing did."""
        units = {"front": self.unit("front"), "back": self.unit("back")}
        if board.broken:
            return ""
        if board.is_empty:
            words = _(
                "Nothing lay between {front} and {back}, {period}: nothing was sent, "
                "open or judged."
            )
            return words.format(period=self.period, **units)
        if not board.judged:
            words = _("Nothing broke: no promise of {back} ended, {period}.")
            return words.format(period=self.period, **units)
        words = ngettext(
            "Nothing broke: {count} promise of {back} was met, {period}.",
            "Nothing broke: {count} promises of {back} were met, {period}.",
            board.judged,
        )
        count = formats.count(board.judged)
        return words.format(count=count, period=self.period, **units)


def state_words(state: str, agenda_version: int) -> str:
    """Return how far a session has come, "Draft of version 2"."""
    if state == "drafted" and agenda_version:
        return _("Draft of version {number}").format(number=agenda_version + 1)
    if state == "published":
        return _("Published, version {number}").format(number=agenda_version)
    return _(STATES[state])


def session_words(row: SessionRow, now: datetime) -> tuple[str, str]:
    """Return a session's day and time, and its number with its state."""
    zone = ZoneInfo(row.zone)
    other_year = row.starts_at.astimezone(zone).year != now.astimezone(zone).year
    day = formats.instant(row.starts_at, zone, year=other_year)
    told = _("Session {number} · {state}").format(
        number=row.number, state=_(STATES[row.state])
    )
    return day, told


def next_words(row: SessionRow | None, now: datetime) -> str:
    """Return when a series meets next."""
    if row is None:
        return _("Nothing planned")
    shown = formats.short_instant(row.starts_at, now, ZoneInfo(row.zone))
    return _("Next {when}").format(when=shown)


def minutes_words(minutes: int) -> str:
    """Return "6 min"."""
    return _("{minutes} min").format(minutes=formats.count(minutes))


def requests_words(count: int) -> str:
    """Return "11 requests"."""
    words = ngettext("{count} request", "{count} requests", count)
    return words.format(count=formats.count(count))


def files_words(count: int) -> str:
    """Return "2 files"; nothing where there is none."""
    words = ngettext("{count} file", "{count} files", count)
    return words.format(count=formats.count(count)) if count else ""
