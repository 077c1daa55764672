"""Requests that belong together, in words: what one is to the other, what was done."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.domain.links import LinkKind, LinkWay
from desktop.domain.requests import EntryKind
from desktop.i18n import gettext as _
from desktop.i18n import gettext_noop as N_
from desktop.queries.timeline import TimelineEntry

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

LINK_ENTRIES = frozenset(
    {
        EntryKind.SPLIT,
        EntryKind.LINKED,
        EntryKind.UNLINKED,
        EntryKind.MERGED,
        EntryKind.PARTS_DONE,
        EntryKind.UNBLOCKED,
    }
)

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
