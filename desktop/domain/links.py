"""What one request can be to another, and which of it cannot be."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from desktop.domain.requests import OPEN_STATES, RequestState


class LinkKind(StrEnum):
    """What a request is to the other one.

    ``part_of``: one of the parts another was split into, done side by side.
    ``blocks``: the other cannot go on before it. ``duplicate_of``: the same thing
    asked again. ``follows``: it came out of the other.
    """

    PART_OF = "part_of"
    BLOCKS = "blocks"
    DUPLICATE_OF = "duplicate_of"
    FOLLOWS = "follows"


class LinkWay(StrEnum):
    """From which of the two a link is seen: the one that ``is`` it, or the ``other``.

    "Is part of" is seen from the one, "has the part" from the other.
    """

    IS = "is"
    OTHER = "other"


# A request ends after its parts and after what blocks it: a circle through both kinds
# could never end.
_GROUPS: Final = (
    frozenset({LinkKind.PART_OF, LinkKind.BLOCKS}),
    frozenset({LinkKind.DUPLICATE_OF}),
    frozenset({LinkKind.FOLLOWS}),
)


@dataclass(frozen=True, slots=True)
class Link:
    """``request`` is ``kind`` of ``other``, by their ids."""

    request: int
    other: int
    kind: LinkKind


def kinds_that_meet(kind: LinkKind) -> frozenset[LinkKind]:
    """Return the kinds that must not make a circle together with ``kind``."""
    return next(group for group in _GROUPS if kind in group)


def makes_a_circle(wanted: Link, known: Iterable[Link]) -> bool:
    """Tell whether ``wanted`` would lead from a request back to itself.

    ``known`` holds what can be reached from ``wanted.other``; more does no harm.
    """
    if wanted.request == wanted.other:
        return True
    group = kinds_that_meet(wanted.kind)
    leads: dict[int, list[int]] = defaultdict(list)
    for link in known:
        if link.kind in group:
            leads[link.request].append(link.other)
    seen, waiting = {wanted.other}, [wanted.other]
    while waiting:
        for other in leads[waiting.pop()]:
            if other == wanted.request:
                return True
            if other not in seen:
                seen.add(other)
                waiting.append(other)
    return False


def problem_of(
    wanted: Link,
    known: Iterable[Link],
    state: RequestState,
    other_state: RequestState,
) -> str | None:
    """Return the code of what keeps two requests from being linked; None if nothing.

    ``known`` holds the links of ``wanted.request`` and those that lead on from
    ``wanted.other``.
    """
    known = tuple(known)
    if wanted.request == wanted.other:
        return "link_to_itself"
    if wanted in known:
        return "linked_already"
    if state not in OPEN_STATES:
        return "link_of_ended"
    # What came out of a request may well be raised after that one ended.
    if other_state not in OPEN_STATES and wanted.kind is not LinkKind.FOLLOWS:
        return "link_of_ended"
    is_part = wanted.kind is LinkKind.PART_OF
    if is_part and any(
        link.kind is LinkKind.PART_OF and link.request == wanted.request
        for link in known
    ):
        return "part_of_another"
    return "link_in_a_circle" if makes_a_circle(wanted, known) else None
