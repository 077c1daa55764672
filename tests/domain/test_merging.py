"""Two people's edits of one text, put together."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.merging import merged

LINES = st.lists(st.sampled_from(["a", "b", "c", "", "dd"]), max_size=6)


@pytest.mark.parametrize(
    ("before", "mine", "theirs", "result"),
    [
        ("", "mine", "theirs", "theirs\nmine"),
        ("a", "a\nmine", "a\ntheirs", "a\ntheirs\nmine"),
        ("a\nb\nc", "A\nb\nc", "a\nb\nC", "A\nb\nC"),
        ("a\nb\nx", "a\nx", "a\nb\nx\nc", "a\nx\nc"),
        ("a", "a mine", "a theirs", "a theirs\na mine"),
        ("a\nb", "a\nb", "b", "b"),
    ],
)
def test_what_both_wrote_stands_in_the_text(before, mine, theirs, result):
    assert merged(before, mine, theirs) == result


@settings(max_examples=200, deadline=None)
@given(LINES, LINES, LINES)
def test_nothing_either_added_is_lost_and_nothing_is_made_up(before, mine, theirs):
    base, ours, others = ("\n".join(one) for one in (before, mine, theirs))
    lines = set(merged(base, ours, others).split("\n"))
    was = set(base.split("\n"))
    added = (set(ours.split("\n")) | set(others.split("\n"))) - was
    assert added <= lines
    assert lines <= was | added | {""}
    assert merged(base, ours, base) == ours
    assert merged(base, base, others) == others
