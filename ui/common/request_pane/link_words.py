"""Requests that belong together, in words: what one is to the other, what was done."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from desktop.domain.requests import EntryKind
from desktop.i18n import gettext as _
from desktop.i18n import gettext_noop as N_
from desktop.i18n import ngettext
from desktop.messages import add_words

if TYPE_CHECKING:
    from desktop.queries.links import LinkMark

LINK_ICONS: Mapping[EntryKind, str] = {
    EntryKind.SPLIT: "columns",
    EntryKind.LINKED: "link",
    EntryKind.UNLINKED: "circle-minus",
    EntryKind.MERGED: "corner-up-right",
    EntryKind.PARTS_DONE: "checklist",
    EntryKind.UNBLOCKED: "barrier-block",
}


def mark_words(mark: LinkMark) -> str:
    """Say in a few words that a request does not stand alone; empty when it does."""
    if mark.blockers:
        return _("blocked")
    if mark.open_parts:
        words = ngettext(
            "{open} of {count} part open", "{open} of {count} parts open", mark.parts
        )
        return words.format(open=mark.open_parts, count=mark.parts)
    if mark.whole:
        return _("part of {reference}").format(reference=mark.whole)
    if mark.parts:
        return _("all parts done")
    return ""


add_words(
    {
        "link_to_itself": N_("A request cannot be linked to itself. Choose another."),
        "linked_already": N_("{reference} is linked to {other} like this already."),
        "link_of_ended": N_(
            "Both have to be open for this. What has ended can only be followed."
        ),
        "part_of_another": N_(
            "{reference} is part of another request already. Take that link away first."
        ),
        "link_in_a_circle": N_(
            "Then {reference} and {other} would wait for each other, and neither "
            "could end."
        ),
        "link_gone": N_("This link to {reference} is not there any more."),
        "not_yours_to_link": N_(
            "Only the units that have or sent these requests link them, and only who "
            "has {reference} gives it parts."
        ),
        "undo_merge_instead": N_(
            "{reference} was merged. Undo the merge instead, while nobody acted on it."
        ),
        "open_parts": N_(
            "{reference} has open parts: {parts}. Wait for them, withdraw them, or say "
            "that it is done without them."
        ),
        "still_blocked": N_(
            "{reference} is blocked by {blockers}. Wait for that, take the link away, "
            "or say that it is done all the same."
        ),
        "no_open_parts": N_("{reference} has no open parts to wait for."),
        "held_already": N_("It waits for something else already. Let it go on first."),
    }
)
