"""Requests that belong together, in words: what one is to the other, what was done."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from desktop.domain.links import LinkKind, LinkWay
from desktop.domain.requests import EntryKind
from desktop.i18n import gettext as _
from desktop.i18n import gettext_noop as N_
from desktop.i18n import ngettext
from desktop.messages import add_words

if TYPE_CHECKING:
    from desktop.queries.links import LinkMark
    from desktop.queries.request_details import TimelineEntry

Seen = tuple[LinkKind, LinkWay]

LINKS: Mapping[Seen, str] = {
    (LinkKind.PART_OF, LinkWay.IS): N_("Part of"),
    (LinkKind.BLOCKS, LinkWay.OTHER): N_("Is blocked by"),
    (LinkKind.PART_OF, LinkWay.OTHER): N_("Has the part"),
    (LinkKind.BLOCKS, LinkWay.IS): N_("Blocks"),
    (LinkKind.DUPLICATE_OF, LinkWay.IS): N_("Duplicate of"),
    (LinkKind.DUPLICATE_OF, LinkWay.OTHER): N_("Has the duplicate"),
    (LinkKind.FOLLOWS, LinkWay.IS): N_("Follows"),
    (LinkKind.FOLLOWS, LinkWay.OTHER): N_("Is followed by"),
}
"""What a request is to the other one, before the other's reference."""

LINK_ICONS: Mapping[EntryKind, str] = {
    EntryKind.SPLIT: "columns",
    EntryKind.LINKED: "link",
    EntryKind.UNLINKED: "circle-minus",
    EntryKind.MERGED: "corner-up-right",
    EntryKind.PARTS_DONE: "checklist",
    EntryKind.UNBLOCKED: "barrier-block",
}
LINK_ENTRIES = frozenset(LINK_ICONS)

_LINKED: Mapping[Seen, str] = {
    (LinkKind.PART_OF, LinkWay.IS): N_("{who} made it a part of {other}"),
    (LinkKind.PART_OF, LinkWay.OTHER): N_("{who} made {other} a part of it"),
    (LinkKind.BLOCKS, LinkWay.IS): N_("{who} noted that it blocks {other}"),
    (LinkKind.BLOCKS, LinkWay.OTHER): N_("{who} noted that {other} blocks it"),
    (LinkKind.DUPLICATE_OF, LinkWay.IS): N_(
        "{who} noted that it is a duplicate of {other}"
    ),
    (LinkKind.DUPLICATE_OF, LinkWay.OTHER): N_(
        "{who} noted that {other} is a duplicate of it"
    ),
    (LinkKind.FOLLOWS, LinkWay.IS): N_("{who} noted that it follows {other}"),
    (LinkKind.FOLLOWS, LinkWay.OTHER): N_("{who} noted that {other} follows it"),
}


def link_entry_words(entry: TimelineEntry, who: str) -> str:
    """Say in one line what an entry about requests that belong together tells."""
    other = ", ".join(reference for _id, reference in entry.requests) or "?"
    match entry.kind:
        case EntryKind.SPLIT:
            words = _("{who} split it into {other}")
            if entry.changes.get("pending"):
                words = _("{who} split it into {other}, it waits for them")
        case EntryKind.MERGED:
            words = _("{who} closed it as a duplicate of {other}")
        case EntryKind.UNLINKED:
            words = _("{who} took the link with {other} away")
        case EntryKind.PARTS_DONE:
            words = _("All its parts are done: {other}")
        case EntryKind.UNBLOCKED:
            words = _("{other}, which blocked it, is done")
        case EntryKind.LINKED:
            words = _(_LINKED[_seen(entry)])
        case _:
            is_part = entry.details.get("link") == LinkKind.PART_OF
            words = (
                _("{who} split it off {other}")
                if is_part
                else _("{who} sent the request, it follows {other}")
            )
    return words.format(who=who, other=other)


def _seen(entry: TimelineEntry) -> Seen:
    return LinkKind(entry.details["link"]), LinkWay(entry.details["way"])


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
