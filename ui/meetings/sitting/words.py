"""The words of a session in progress: titles, time, attendance, refusals."""

from __future__ import annotations

from typing import Final

from desktop import formats
from desktop.domain.text import in_line
from desktop.i18n import gettext as _
from desktop.i18n import gettext_noop as N_
from desktop.i18n import ngettext
from desktop.messages import add_words
from desktop.queries.action_board import ActionLine
from desktop.queries.sitting import SittingBoard, SittingItem
from desktop.reports.wording import OUTCOMES, Wording
from ui.common.action_words import carried

add_words(
    {
        "not_yours_to_hold": N_(
            "Only the chair, the minute-taker or a coordinator does this."
        ),
        "the_chair_approves": N_("Only the chair of the series approves its minutes."),
        "minutes_are_sealed": N_(
            "These minutes are approved and stay as they are. Add a correction instead."
        ),
        "minutes_not_approved": N_(
            "These minutes can still be changed: correct them where they stand."
        ),
        "session_not_over": N_("The session is not over. End it first."),
        "parked_is_placed": N_("The next agenda has this item already."),
        "not_to_come": N_("Choose a day that is still to come."),
    }
)

ATTENDANCE: Final = {
    "invited": N_("not said yet"),
    "present": N_("here"),
    "apology": N_("apology"),
    "absent": N_("not here"),
    "deputy": N_("deputy"),
}
ATTENDANCE_LOOK: Final = {
    "invited": ("circle-dashed", "text2"),
    "present": ("circle-check", "ok"),
    "apology": ("mail", "held"),
    "absent": ("circle-minus", "risk"),
    "deputy": ("user-check", "ok"),
}
FATES: Final = {
    "open": ("circle", "text2", N_("to come")),
    "done": ("circle-check", "ok", N_("done")),
    "parked": ("clock", "held", N_("parked")),
    "not_reached": ("circle-dashed", "risk", N_("not reached")),
}
SIDES: Final = {"front": N_("front"), "back": N_("back")}


def title_of(board: SittingBoard, item: SittingItem) -> str:
    """Return the title an item prints under, as on the agenda."""
    return Wording(board.head).titled(item.item, board.next_at)


def about(board: SittingBoard, item: SittingItem) -> str:
    """Return outcome wanted, who leads, and the time-box."""
    parts = [
        _(OUTCOMES[item.item.outcome]),
        Wording(board.head).leader(item.item),
        _("{minutes} min").format(minutes=formats.count(item.item.minutes)),
    ]
    return in_line(*parts)


def minutes_and_seconds(seconds: int) -> str:
    """Return "4:05"."""
    return f"{seconds // 60}:{seconds % 60:02d}"


def action_words(line: ActionLine) -> str:
    """Return an action in one line: who, what, by when."""
    return _("{owner}: {text} – {due}").format(
        owner=line.owner, text=line.text, due=formats.day(line.due_on)
    )


def carried_words(line: ActionLine) -> str:
    """Return how old an action is: carried how often, for how many days."""
    parts = []
    if line.carried:
        parts.append(carried(line.carried))
    if line.age_days:
        words = ngettext("{n} day old", "{n} days old", line.age_days)
        parts.append(words.format(n=formats.count(line.age_days)))
    return ", ".join(parts)


def here_words(board: SittingBoard) -> str:
    """Return how many of those invited are here."""
    here = sum(one.state in ("present", "deputy") for one in board.attendance)
    return _("{here} of {all} here").format(
        here=formats.count(here), all=formats.count(len(board.attendance))
    )
