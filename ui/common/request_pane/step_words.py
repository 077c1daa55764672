"""The steps as data: their words, keys and icons, and what is said when done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from desktop.domain.requests import EntryKind
from desktop.i18n import gettext_noop as N_
from desktop.i18n import ngettext
from desktop.messages import add_words


@dataclass(frozen=True)
class StepSpec:
    """One step: `done` is said of one request, `done_several` of more."""

    words: str
    key: str
    icon: str
    done: str
    done_several: Callable[[int], str]


STEPS: Mapping[EntryKind, StepSpec] = {
    EntryKind.TAKEN: StepSpec(
        N_("Take"),
        "T",
        "user-check",
        N_("{reference} is yours"),
        lambda count: ngettext(
            "{count} request is yours", "{count} requests are yours", count
        ),
    ),
    EntryKind.RESUMED: StepSpec(
        N_("Go on"),
        "G",
        "player-play",
        N_("{reference} goes on"),
        lambda count: ngettext(
            "{count} request goes on", "{count} requests go on", count
        ),
    ),
    EntryKind.ANSWERED: StepSpec(
        N_("Answer"),
        "W",
        "message-2",
        N_("{reference} is answered"),
        lambda count: ngettext(
            "{count} request is answered", "{count} requests are answered", count
        ),
    ),
    EntryKind.CONFIRMED: StepSpec(
        N_("Confirm"),
        "F",
        "circle-check",
        N_("{reference} is closed"),
        lambda count: ngettext(
            "{count} request is closed", "{count} requests are closed", count
        ),
    ),
    EntryKind.RESOLVED: StepSpec(
        N_("Resolve"),
        "R",
        "circle-check",
        N_("{reference} is resolved"),
        lambda count: ngettext(
            "{count} request is resolved", "{count} requests are resolved", count
        ),
    ),
    EntryKind.ASKED: StepSpec(
        N_("Ask"),
        "A",
        "message-question",
        N_("{reference} waits for the front office"),
        lambda count: ngettext(
            "{count} request waits for the front office",
            "{count} requests wait for the front office",
            count,
        ),
    ),
    EntryKind.HELD: StepSpec(
        N_("Hold"),
        "H",
        "circle-pause",
        N_("{reference} is on hold"),
        lambda count: ngettext(
            "{count} request is on hold", "{count} requests are on hold", count
        ),
    ),
    EntryKind.HANDED_OVER: StepSpec(
        N_("Hand over"),
        "O",
        "switch-horizontal",
        N_("{reference} is handed over"),
        lambda count: ngettext(
            "{count} request is handed over", "{count} requests are handed over", count
        ),
    ),
    EntryKind.DECLINED: StepSpec(
        N_("Decline"),
        "D",
        "x",
        N_("{reference} is declined"),
        lambda count: ngettext(
            "{count} request is declined", "{count} requests are declined", count
        ),
    ),
    EntryKind.ASSIGNED: StepSpec(
        N_("Assign"),
        "S",
        "users",
        N_("{reference} is assigned"),
        lambda count: ngettext(
            "{count} request is assigned", "{count} requests are assigned", count
        ),
    ),
    EntryKind.PRIORITY_CHANGED: StepSpec(
        N_("Change the priority"),
        "P",
        "flag",
        N_("{reference} has another priority"),
        lambda count: ngettext(
            "{count} request has another priority",
            "{count} requests have another priority",
            count,
        ),
    ),
    EntryKind.APPROVAL_ASKED: StepSpec(
        N_("Ask for approval"),
        "V",
        "gavel",
        N_("{reference} waits for approval"),
        lambda count: ngettext(
            "{count} request waits for approval",
            "{count} requests wait for approval",
            count,
        ),
    ),
    EntryKind.APPROVAL_WITHDRAWN: StepSpec(
        N_("Ask nobody any more"),
        "",
        "gavel",
        N_("{reference} needs no approval"),
        lambda count: ngettext(
            "{count} request needs no approval",
            "{count} requests need no approval",
            count,
        ),
    ),
    EntryKind.TOLD: StepSpec(
        N_("Note what the customer was told"),
        "",
        "phone",
        N_("{reference}: what the customer was told is kept"),
        lambda count: ngettext(
            "{count} request has what the customer was told",
            "{count} requests have what the customer was told",
            count,
        ),
    ),
    EntryKind.REOPENED: StepSpec(
        N_("Reopen"),
        "Shift+R",
        "refresh",
        N_("{reference} is open again"),
        lambda count: ngettext(
            "{count} request is open again", "{count} requests are open again", count
        ),
    ),
    EntryKind.UNASKED: StepSpec(
        N_("Take the question back"),
        "",
        "arrow-back-up",
        N_("{reference}: the question is taken back"),
        lambda count: ngettext(
            "{count} question is taken back", "{count} questions are taken back", count
        ),
    ),
    EntryKind.CANCELLED: StepSpec(
        N_("Withdraw"),
        "",
        "ban",
        N_("{reference} is withdrawn"),
        lambda count: ngettext(
            "{count} request is withdrawn", "{count} requests are withdrawn", count
        ),
    ),
}

add_words(
    {
        "changed_meanwhile": N_(
            "Somebody changed this first. Look at it again, then repeat your step."
        ),
        "changed_by_other": N_(
            "{name} changed {reference} first. Look at it again, then repeat your step."
        ),
        "taken_by_other": N_("{name} took this first. Write to {name}, or assign it."),
        "step_not_allowed": N_(
            "This step is not possible as things stand now. Look at it again."
        ),
        "not_your_step": N_("This is a step of the other unit."),
        "nothing_to_undo": N_(
            "{reference} cannot be put back: something else happened to it since."
        ),
        "too_late_to_undo": N_(
            "{reference} cannot be put back any more: others may have gone by it."
        ),
        "nothing_left_to_take": N_(
            "Nothing is left to take: everything here has somebody, or waits."
        ),
        "checklist_is_open": N_(
            "“{first}” has to be done before {reference} is resolved. "
            "Tick it in the checklist."
        ),
        "approval_is_open": N_(
            "{reference} waits for {name} to agree. Ask nobody any more, or wait."
        ),
        "no_approval_open": N_("Nobody is asked to approve {reference} any more."),
        "approval_is_decided": N_(
            "{reference} is decided already, or it is somebody else’s turn."
        ),
        "not_your_approval": N_("Somebody else was asked to decide this."),
        "cannot_approve": N_("{name} cannot decide this. Choose somebody else."),
        "named_twice": N_("{name} is named twice. Name everybody once."),
        "nobody_at_the_desk": N_("Choose who you are first."),
        "nobody_to_ask": N_("No front office sent this, so there is nobody to ask."),
        "nothing_asked": N_("There is no open question to answer."),
        "ask_instead": N_("Ask the front office instead: it has to know the question."),
        "not_of_this_unit": N_("This person is not of the unit that has it."),
        "no_verdict": N_("{reference} was withdrawn: there is no verdict to prove."),
        "no_paper": N_("This kind of promise has no paper. Copy the proof as text."),
        "has_it_already": N_("{name} has it already. Choose another unit."),
    }
)
