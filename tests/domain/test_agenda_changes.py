"""What changed between two versions of an agenda, item by item."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from desktop.domain.agenda import AgendaPaper, RunningItem
from desktop.domain.agenda_changes import agenda_changes
from tests.reports.specimen import agenda

PAPER = agenda()


def with_items(*items: RunningItem) -> AgendaPaper:
    numbered = [replace(one, number=at) for at, one in enumerate(items, 1)]
    return replace(PAPER, items=tuple(numbered))


def told(before: AgendaPaper, after: AgendaPaper) -> list[tuple[str, str]]:
    return [
        (one.code, one.item.kind if one.item else "")
        for one in agenda_changes(before, after)
    ]


def test_the_same_agenda_has_not_changed_whatever_its_figures_say():
    after = replace(PAPER, broken=replace(PAPER.broken, total=999))
    assert agenda_changes(PAPER, after) == ()


def test_items_added_and_removed_are_named():
    first, *rest = PAPER.items
    own = replace(first, kind="topic", subject="own:1", title="Parking")
    assert told(PAPER, with_items(*rest, own)) == [
        ("added", "topic"),
        ("removed", first.kind),
    ]


def test_only_what_was_moved_is_told_as_moved():
    first, second, *rest = PAPER.items
    moved = with_items(second, *rest, first)
    (change,) = agenda_changes(PAPER, moved)
    assert (change.code, change.item.kind) == ("moved", first.kind)
    assert change.figures == (1, len(PAPER.items))


def test_each_word_of_an_item_is_told_by_itself():
    first, *rest = PAPER.items
    after = replace(
        first,
        title="Another",
        minutes=first.minutes + 3,
        outcome="unblock",
        leader="Ana",
        section="Now",
        note="Look at this",
        files=("plan.pdf",),
    )
    found = agenda_changes(PAPER, with_items(after, *rest))
    codes = ["title", "minutes", "outcome", "leader", "section", "note", "files"]
    assert [one.code for one in found] == codes
    assert found[1].figures == (first.minutes, first.minutes + 3)


def test_what_is_written_for_the_chair_is_nobody_elses_news():
    first, *rest = PAPER.items
    assert (
        agenda_changes(PAPER, with_items(replace(first, chair_note="x"), *rest)) == ()
    )


def test_another_time_place_and_length_come_first():
    head = replace(
        PAPER.head,
        starts_at=PAPER.head.starts_at + timedelta(hours=1),
        ends_at=PAPER.head.ends_at + timedelta(minutes=90),
        place="Hall",
    )
    assert told(PAPER, replace(PAPER, head=head)) == [
        ("start", ""),
        ("length", ""),
        ("place", ""),
    ]


def test_three_hundred_items_are_compared_at_once():
    one = PAPER.items[0]
    many = [
        replace(one, kind="topic", subject=f"own:{number}") for number in range(300)
    ]
    after = with_items(*reversed(many))
    assert len(agenda_changes(with_items(*many), after)) == 299
