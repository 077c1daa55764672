"""The timeline tells what stood before, whom it told, and how the due time moved."""

from __future__ import annotations

from datetime import datetime

from desktop.domain.requests import Audience, EntryKind, PendingReason
from desktop.queries.request_details import request_details
from desktop.queries.timeline import TimelineEntry
from desktop.use_cases.attachments import NewFile, attach
from desktop.use_cases.requests import (
    change_priority,
    comment,
    hand_over,
    hold,
    resume,
    take,
)
from desktop.use_cases.undoing import undo
from tests.small_house import ZONE, SmallHouse

CLERK, AGENT = "Jelena Marić", "Dušan Kovač"


def timeline(
    house: SmallHouse, request_id: int, reader: str = "Land registry"
) -> dict[EntryKind, TimelineEntry]:
    """Return the last entry of each kind that a unit sees."""
    found = house.read(
        request_details,
        request_id,
        reader_unit_id=house.units[reader],
        now=house.now,
    )
    return {one.kind: one for one in found.entries}


def local(at: datetime) -> str:
    """Write an instant as the house reads it."""
    return at.astimezone(ZONE).strftime("%d %H:%M")


def test_waiting_moves_the_due_time_and_says_from_where(
    any_small_house: SmallHouse,
) -> None:
    house = any_small_house.at(9, 8)
    one = house.raised()
    house.me(AGENT).later(hours=1).run(hold, one, PendingReason.CUSTOMER, "calls back")
    house.later(hours=2).run(resume, one)
    told = timeline(house, one)
    raised, held, resumed = (
        told[kind] for kind in (EntryKind.RAISED, EntryKind.HELD, EntryKind.RESUMED)
    )
    assert raised.due is not None
    assert raised.due.before is None
    assert held.due is None
    assert resumed.due is not None
    assert resumed.due.before == raised.due.after
    assert resumed.due.after > resumed.due.before
    assert local(resumed.due.before) != local(resumed.due.after)
    assert resumed.before["pending"] == PendingReason.CUSTOMER.value
    assert (held.to, raised.to) == ("Central counter", "Land registry")


def test_a_priority_is_told_from_what_to_what_and_an_undone_step_comes_back(
    small_house: SmallHouse,
) -> None:
    house = small_house.at(9, 8)
    one = house.raised()
    house.me(AGENT).run(take, one)
    house.run(change_priority, one, 1, "the customer flies tomorrow")
    told = timeline(house, one)[EntryKind.PRIORITY_CHANGED]
    assert (told.before["priority"], told.changes["priority"]) == (3, 1)
    assert told.before["assignee"] == AGENT
    house.later(minutes=1).run(undo, one)
    told = timeline(house, one)
    assert told[EntryKind.PRIORITY_CHANGED].is_undone
    undone = told[EntryKind.UNDONE]
    assert undone.undoes is not None
    assert undone.undoes.kind is EntryKind.PRIORITY_CHANGED
    permits = house.units["Building permits"]
    house.later(minutes=1).run(hand_over, one, permits, "yours")
    over = timeline(house, one)[EntryKind.HANDED_OVER]
    assert over.before["priority"] == 3
    assert over.changes["from_unit"] == "Land registry"
    assert over.to == "Central counter"


def test_files_are_told_and_internal_words_only_to_their_side(
    small_house: SmallHouse,
) -> None:
    house = small_house
    one = house.raised()
    house.me(CLERK).run(attach, one, [NewFile("plan.pdf", b"%PDF-1.7")])
    house.me(AGENT).run(comment, one, "Odd.", Audience.INTERNAL)
    house.run(attach, one, [NewFile("note.txt", b"odd")], audience=Audience.INTERNAL)
    mine, theirs = timeline(house, one), timeline(house, one, "Central counter")
    assert mine[EntryKind.ATTACHED].files == ("note.txt",)
    assert theirs[EntryKind.ATTACHED].files == ("plan.pdf",)
    assert EntryKind.COMMENTED not in theirs


def test_of_many_moves_only_the_last_are_told_unless_all_are_asked_for(
    small_house: SmallHouse,
) -> None:
    house = small_house.at(9, 8)
    one = house.raised()
    house.me(AGENT)
    for _ in range(25):
        house.later(minutes=1).run(hold, one, PendingReason.CUSTOMER, "busy")
        house.later(minutes=1).run(resume, one)

    def moves(*, all_moves: bool) -> int:
        found = house.read(
            request_details,
            one,
            reader_unit_id=house.units["Land registry"],
            now=house.now,
            all_moves=all_moves,
        )
        return sum(entry.due is not None for entry in found.entries)

    assert moves(all_moves=True) == 26
    assert moves(all_moves=False) == 20
