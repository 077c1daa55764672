"""Two people's edits of one text put together, so that nothing either wrote is lost."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher


def merged(before: str, mine: str, theirs: str) -> str:
    """Return a text with what both made of ``before``, line by line.

    Where both changed the same lines, theirs stand first and mine follow.
    """
    if mine == theirs or before == theirs:
        return mine
    if before == mine:
        return theirs
    base, ours, others = (one.split("\n") for one in (before, mine, theirs))
    lines: list[str] = []
    at = at_ours = at_others = 0
    for start, in_ours, in_others, size in _common(base, ours, others):
        was = base[at:start]
        made, found = ours[at_ours:in_ours], others[at_others:in_others]
        if made in (was, found):
            lines += found
        elif found == was:
            lines += made
        else:
            lines += found + [one for one in made if one not in found]
        lines += base[start : start + size]
        at, at_ours, at_others = start + size, in_ours + size, in_others + size
    return "\n".join(lines)


def _common(
    base: Sequence[str], ours: Sequence[str], others: Sequence[str]
) -> Iterator[tuple[int, int, int, int]]:
    """Yield stretches of ``base`` that stand in both others; the end is the last."""
    mine = SequenceMatcher(None, base, ours, autojunk=False).get_matching_blocks()
    theirs = SequenceMatcher(None, base, others, autojunk=False).get_matching_blocks()
    i = j = 0
    while i < len(mine) and j < len(theirs):
        one, other = mine[i], theirs[j]
        start = max(one.a, other.a)
        end = min(one.a + one.size, other.a + other.size)
        if start < end:
            yield (
                start,
                one.b + start - one.a,
                other.b + start - other.a,
                end - start,
            )
        if one.a + one.size < other.a + other.size:
            i += 1
        else:
            j += 1
    yield len(base), len(ours), len(others), 0
