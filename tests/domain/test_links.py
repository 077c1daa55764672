"""What a request can be to another one, and that no circle is ever made of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.links import (
    Link,
    LinkKind,
    kinds_that_meet,
    makes_a_circle,
    problem_of,
)
from desktop.domain.requests import RequestState

ACTIVE, CLOSED = RequestState.ACTIVE, RequestState.CLOSED
PART_OF, BLOCKS = LinkKind.PART_OF, LinkKind.BLOCKS
DUPLICATE_OF, FOLLOWS = LinkKind.DUPLICATE_OF, LinkKind.FOLLOWS


@pytest.mark.parametrize(
    ("wanted", "known", "states", "code"),
    [
        (Link(1, 2, BLOCKS), [], (ACTIVE, ACTIVE), None),
        (Link(1, 1, BLOCKS), [], (ACTIVE, ACTIVE), "link_to_itself"),
        (Link(1, 2, PART_OF), [], (ACTIVE, CLOSED), "link_of_ended"),
        (Link(1, 2, PART_OF), [], (CLOSED, ACTIVE), "link_of_ended"),
        (Link(1, 2, FOLLOWS), [], (ACTIVE, CLOSED), None),
        (Link(1, 2, FOLLOWS), [], (CLOSED, ACTIVE), "link_of_ended"),
        (Link(1, 2, BLOCKS), [Link(1, 2, BLOCKS)], (ACTIVE,) * 2, "linked_already"),
        (Link(1, 2, BLOCKS), [Link(1, 2, FOLLOWS)], (ACTIVE,) * 2, None),
        (Link(1, 2, PART_OF), [Link(1, 3, PART_OF)], (ACTIVE,) * 2, "part_of_another"),
        (Link(1, 2, PART_OF), [Link(3, 2, PART_OF)], (ACTIVE,) * 2, None),
        (Link(1, 2, BLOCKS), [Link(2, 1, BLOCKS)], (ACTIVE,) * 2, "link_in_a_circle"),
        # A part ends before its whole, so its whole cannot block it.
        (Link(1, 2, BLOCKS), [Link(2, 1, PART_OF)], (ACTIVE,) * 2, "link_in_a_circle"),
        (Link(1, 2, FOLLOWS), [Link(2, 1, PART_OF)], (ACTIVE,) * 2, None),
        (
            Link(1, 2, DUPLICATE_OF),
            [Link(2, 3, DUPLICATE_OF), Link(3, 1, DUPLICATE_OF)],
            (ACTIVE,) * 2,
            "link_in_a_circle",
        ),
    ],
    ids=str,
)
def test_what_cannot_be_linked_is_named(
    wanted: Link,
    known: list[Link],
    states: tuple[RequestState, RequestState],
    code: str | None,
) -> None:
    assert problem_of(wanted, known, *states) == code


LINKS = st.builds(
    Link, st.integers(1, 6), st.integers(1, 6), st.sampled_from(list(LinkKind))
)


def leads_back(start: int, links: set[tuple[int, int]]) -> bool:
    """Tell, the slow way, whether one gets from a request back to it."""
    reached = {other for one, other in links if one == start}
    for _ in range(len(links)):
        reached |= {other for one, other in links if one in reached}
    return start in reached


@given(st.lists(LINKS, max_size=30))
def test_links_that_are_accepted_one_by_one_never_make_a_circle(
    wanted: list[Link],
) -> None:
    kept: list[Link] = []
    for one in wanted:
        before = [link for link in kept if link.kind in kinds_that_meet(one.kind)]
        pairs = {(link.request, link.other) for link in before}
        expected = leads_back(one.request, pairs | {(one.request, one.other)})
        assert makes_a_circle(one, kept) == expected
        if problem_of(one, kept, ACTIVE, ACTIVE) is None:
            kept.append(one)
    for kind in LinkKind:
        meeting = kinds_that_meet(kind)
        pairs = {(link.request, link.other) for link in kept if link.kind in meeting}
        assert not any(leads_back(one, pairs) for one in range(1, 7))
    wholes = [link.request for link in kept if link.kind is PART_OF]
    assert len(wholes) == len(set(wholes))
