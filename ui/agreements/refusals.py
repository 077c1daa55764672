"""What is refused about agreements, in words; taught once, when the page is made."""

from __future__ import annotations

from desktop.i18n import gettext_noop as N_
from ui.messages import add_words

REFUSALS = {
    "no_targets": N_("Nothing is promised yet. Promise at least one thing."),
    "target_twice": N_("This priority has a target already. Keep one of them."),
    "target_zero": N_("This is no time at all. Write how long it may take."),
    "target_too_long": N_(
        "This is longer than {years} years, and no promise. Write a shorter time."
    ),
    "restart_without_cutoff": N_(
        "This hour only counts after a cut-off. Write the cut-off, or leave both empty."
    ),
    "bad_time": N_("This is not a time of day. Write one like 14:00."),
    "not_a_share": N_("Write a share from 1 to 99."),
    "not_a_length": N_("Write a length like 2 or 0:30."),
    "ends_before_it_starts": N_("The last day lies before the first. Change one."),
    "closed_all_along": N_(
        "“{name}” is closed all that time, so no clock would ever run. Choose another "
        "calendar or other days."
    ),
    "response_after_resolution": N_(
        "The first act would be promised later than the whole work. Shorten the "
        "response, or allow more for the resolution."
    ),
    "agreement_overlaps": N_(
        "“{name}”, version {number}, is agreed between the same units, for the same "
        "service, in that time. End it first, or choose later days."
    ),
    "later_version_agreed": N_(
        "Version {number} is agreed from a later day. Choose a first day after it."
    ),
    "is_over": N_("This instant is over already. Choose a later day."),
    "wrong_side": N_("“{name}” is of the other side. Choose another unit."),
    "service_of_another_unit": N_(
        "“{name}” is done by another unit. Choose a service of this one."
    ),
    "not_a_manager_of_either": N_(
        "Only a manager of one of the two units signs. Ask them to agree."
    ),
    "signed_already": N_("Your side signed this already. The other one is still open."),
    "taken": N_("There is one of this name already. Choose another name."),
    "wrong_stage": N_(
        "Somebody took it a step on meanwhile. Look at how it stands now."
    ),
}


def teach() -> None:
    """Let refusals about agreements be said in these words."""
    add_words(REFUSALS)
