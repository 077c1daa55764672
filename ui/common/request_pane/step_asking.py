"""What each step's dialog says, as data."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.domain.requests import EntryKind
from desktop.i18n import gettext_noop as N_


@dataclass(frozen=True)
class Asking:
    """One dialog as data, in marked source strings; `needed`: words must be typed."""

    title: str
    several: str
    label: str
    submit: str
    hint: str = ""
    needed: bool = True


ASKING: dict[EntryKind, Asking] = {
    EntryKind.ASKED: Asking(
        N_("Ask the front office about {what}"),
        N_("Ask the front office about {count} requests"),
        N_("Question"),
        N_("Ask"),
        N_("The front office has the ball until it answers."),
    ),
    EntryKind.ANSWERED: Asking(
        N_("Answer about {what}"),
        N_("Answer about {count} requests"),
        N_("Answer"),
        N_("Answer"),
        N_("The back office has the ball again."),
    ),
    EntryKind.HELD: Asking(
        N_("Hold {what}"),
        N_("Hold {count} requests"),
        N_("Note"),
        N_("Hold"),
        N_("Its clock stops where the agreement says so for this reason."),
        needed=False,
    ),
    EntryKind.HANDED_OVER: Asking(
        N_("Hand {what} over"),
        N_("Hand {count} requests over"),
        N_("Why"),
        N_("Hand over"),
        N_("The other unit reads this first."),
    ),
    EntryKind.RESOLVED: Asking(
        N_("Resolve {what}"),
        N_("Resolve {count} requests"),
        N_("Outcome"),
        N_("Resolve"),
        N_("The front office reads this out to the customer."),
        needed=False,
    ),
    EntryKind.DECLINED: Asking(
        N_("Decline {what}"),
        N_("Decline {count} requests"),
        N_("Reason"),
        N_("Decline"),
        N_("The front office has to explain this to the customer."),
    ),
    EntryKind.REOPENED: Asking(
        N_("Reopen {what}"),
        N_("Reopen {count} requests"),
        N_("What is missing"),
        N_("Reopen"),
        N_("Its clock goes on from where it stopped."),
    ),
    EntryKind.CONFIRMED: Asking(
        N_("Confirm {what}"),
        N_("Confirm {count} requests"),
        N_("Remark"),
        N_("Confirm"),
        N_("It is then closed."),
        needed=False,
    ),
    EntryKind.CANCELLED: Asking(
        N_("Withdraw {what}"),
        N_("Withdraw {count} requests"),
        N_("Reason"),
        N_("Withdraw"),
        N_(
            "The customer no longer needs it. Its promises get no verdict, and its "
            "open parts are withdrawn with it."
        ),
    ),
    EntryKind.TOLD: Asking(
        N_("What the customer was told about {what}"),
        N_("What the customers of {count} requests were told"),
        N_("Words"),
        N_("Write down"),
    ),
    EntryKind.PRIORITY_CHANGED: Asking(
        N_("Change the priority of {what}"),
        N_("Change the priority of {count} requests"),
        N_("Why"),
        N_("Change"),
        N_("Its targets are those of the new priority."),
    ),
    EntryKind.APPROVAL_ASKED: Asking(
        N_("Ask for approval of {what}"),
        N_("Ask for approval of {count} requests"),
        N_("What is to be decided"),
        N_("Ask"),
        N_("The work waits until they have decided."),
    ),
    EntryKind.APPROVAL_WITHDRAWN: Asking(
        N_("Ask nobody any more about {what}"),
        N_("Ask nobody any more about {count} requests"),
        N_("Why"),
        N_("Ask nobody"),
        N_("The work goes on without their decision."),
        needed=False,
    ),
    EntryKind.APPROVED: Asking(
        N_("Approve {what}"),
        N_("Approve {count} requests"),
        N_("Remark"),
        N_("Approve"),
        needed=False,
    ),
    EntryKind.APPROVAL_REFUSED: Asking(
        N_("Refuse {what}"),
        N_("Refuse {count} requests"),
        N_("Reason"),
        N_("Refuse"),
        N_("One no is a no, whoever else was asked."),
    ),
    EntryKind.APPROVAL_PASSED_ON: Asking(
        N_("Let somebody else decide about {what}"),
        N_("Let somebody else decide about {count} requests"),
        N_("Note"),
        N_("Pass on"),
        needed=False,
    ),
    EntryKind.ASSIGNED: Asking(
        N_("Assign {what}"), N_("Assign {count} requests"), "", N_("Assign"), "", False
    ),
}
