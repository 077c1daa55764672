"""Codes and durations of a clock proof as the reader's words."""

from typing import Final

from desktop import formats
from desktop.domain.proof_paper import HolderOf, JournalLine
from desktop.i18n import gettext as _
from desktop.i18n import gettext_noop as N_

HELD: Final = "❚❚"
RUNS: Final = "►"

STATES: Final = {
    "broken_open": ("✗", N_("broken, open")),
    "broken_done": ("✗", N_("broken, done")),
    "kept": ("✓", N_("kept")),
    "running": (RUNS, N_("running")),
    "held": (HELD, N_("held")),
    "withdrawn": ("–", N_("withdrawn, no verdict")),
}
PROMISES: Final = {
    "response": N_("first response"),
    "update": N_("keeping informed"),
    "resolution": N_("resolution"),
    "answer": N_("answer"),
}
ENTRY_STATES: Final = {
    "new": N_("new"),
    "active": N_("in work"),
    "pending": N_("waiting"),
    "resolved": N_("resolved"),
    "closed": N_("closed"),
    "declined": N_("declined"),
    "cancelled": N_("cancelled"),
}
WAITS: Final = {
    "customer": N_("waits for requester"),
    "front_office": N_("waits for front office"),
    "third_party": N_("waits for third party"),
    "approval": N_("waits for approval"),
    "internal": N_("waits, internal"),
    "other": N_("waits, other reason"),
}


def clock_of(seconds: int) -> str:
    """Return hours and minutes, "2:02"; a minus before what is over the promise.

    A started minute is not counted.
    """
    hour, minute = divmod(abs(seconds) // 60, 60)
    sign = "\N{MINUS SIGN}" if seconds <= -60 else ""
    return f"{sign}{formats.count(hour)}:{minute:02}"


def holder_name(holder: HolderOf | None, owner: str) -> str:
    """Return a holder's name, or what the ball code says; None is the owner."""
    if holder is None:
        return owner
    if holder.name:
        return holder.name
    return {
        "back": _("back office"),
        "front": _("front office"),
        "customer": _("Requester"),
        "third": _("Third groups"),
        "approver": _("Approver"),
        "unrecorded": _("Not recorded"),
        "none": _("Nobody: closed"),
    }[holder.ball]


def entry_state(entry: JournalLine) -> str:
    """Return the state of an entry, or what it waits for."""
    if entry.state == "pending" and entry.waits_for in WAITS:
        return _(WAITS[entry.waits_for])
    word = ENTRY_STATES.get(entry.state)
    return _(word) if word else entry.state
