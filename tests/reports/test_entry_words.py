"""Every entry of a request's journal has its sentence: who did what, told whom."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from desktop.domain.requests import Audience, EntryKind, Side
from desktop.i18n import speaking
from desktop.queries.due_moves import DueMove
from desktop.queries.timeline import TimelineEntry
from desktop.reports.entry_words import (
    audience_words,
    due_words,
    entry_notes,
    entry_words,
    is_change,
    written_words,
)

AT = datetime(2026, 11, 9, 8, tzinfo=UTC)
LATER = datetime(2026, 11, 10, 9, tzinfo=UTC)
LINK = {
    "requests": [{"id": 2, "reference": "BP-0007"}],
    "link": "blocks",
    "way": "is",
}
TELLS_BY_ITSELF = {EntryKind.PARTS_DONE, EntryKind.UNBLOCKED}


def entry(kind: EntryKind, **more) -> TimelineEntry:
    """Return an entry of Dušan's at the land registry."""
    made = TimelineEntry(
        1,
        AT,
        kind,
        3,
        "Dušan Kovač",
        "Land registry",
        Side.BACK,
        "",
        Audience.BOTH,
        {},
        None,
    )
    return replace(made, **more)


def when(at: datetime) -> str:
    """Write an instant shortly."""
    return at.strftime("%a %H:%M")


@pytest.mark.parametrize("kind", list(EntryKind))
def test_every_kind_has_a_sentence_of_its_own(kind: EntryKind) -> None:
    one = entry(
        kind,
        changes={"unit": "Building permits", "assignee": "Ana", "priority": 1},
        before={"unit": "Land registry", "priority": 3, "pending": "customer"},
        details={**LINK, "files": [{"name": "plan.pdf"}]},
        people=("Vesna",),
    )
    words = entry_words(one)
    assert words.startswith("Dušan Kovač") or kind in TELLS_BY_ITSELF
    assert not set("{}_") & set(words)
    assert words != "Dušan Kovač changed it"
    # What an older version or an import wrote may keep less.
    bare = entry(kind, details=LINK)
    assert entry_words(bare).strip()
    with speaking("qps"):
        assert entry_words(bare).startswith("⟦")
        assert all(note.startswith("⟦") for note in entry_notes(bare, when))


def test_changes_are_told_from_what_to_what() -> None:
    urgent = entry(
        EntryKind.PRIORITY_CHANGED, changes={"priority": 1}, before={"priority": 3}
    )
    assert entry_words(urgent) == (
        "Dušan Kovač changed the priority from Normal to Urgent"
    )
    over = entry(
        EntryKind.HANDED_OVER,
        changes={"unit": "Building permits", "from_unit": "Land registry"},
    )
    assert entry_words(over) == (
        "Dušan Kovač handed it over from Land registry to Building permits"
    )
    given = entry(
        EntryKind.ASSIGNED,
        changes={"assignee": "Ana"},
        before={"assignee": "Marko"},
    )
    assert entry_words(given) == (
        "Dušan Kovač gave it to Ana, who takes over from Marko"
    )
    goes_on = entry(EntryKind.RESUMED, before={"pending": "customer"})
    assert entry_words(goes_on).endswith("it had waited for the customer")


def test_whom_it_was_told_is_named() -> None:
    words = entry(EntryKind.COMMENTED, to="Central counter", text="Hello")
    assert entry_words(words) == "Dušan Kovač wrote to Central counter"
    assert audience_words(words) == "Central counter sees this"
    assert audience_words(replace(words, to="")) == "Front office sees this"
    at_front = replace(words, to="", side=Side.FRONT)
    assert audience_words(at_front) == "Back office sees this"
    internal = replace(words, audience=Audience.INTERNAL)
    assert entry_words(internal) == "Dušan Kovač made an internal note"
    assert audience_words(internal) == "Internal, Land registry only"
    unsigned = entry(EntryKind.TAKEN, actor="", actor_id=None)
    assert entry_words(unsigned) == "Land registry took it"


def test_a_due_time_that_moved_says_from_where_to_where_and_why() -> None:
    moved = entry(
        EntryKind.RESUMED,
        before={"pending": "customer"},
        due=DueMove(AT, LATER),
    )
    assert due_words(moved, when) == (
        "Due moved from Mon 08:00 to Tue 09:00, because it had waited for the customer"
    )
    begun = entry(EntryKind.RAISED, due=DueMove(None, LATER))
    assert entry_notes(begun, when) == ("Due Tue 09:00",)
    for kind in EntryKind:
        told = due_words(entry(kind, due=DueMove(AT, LATER)), when)
        assert not set("{}_") & set(told)


def test_what_was_agreed_besides_stands_below() -> None:
    told = entry(
        EntryKind.RAISED,
        text="By Tuesday.",
        details={
            "told_due_at": LATER.isoformat(),
            "told_how": "by phone",
            "told_price": "12 EUR",
            "urgency_reason": "flies tomorrow",
        },
    )
    assert entry_notes(told, when) == (
        "Told for Tue 09:00",
        "Told how: by phone",
        "Told price: 12 EUR",
        "Urgent because: flies tomorrow",
    )
    held = entry(EntryKind.HELD, follow_up_at=LATER, is_undone=True)
    assert entry_notes(held, when) == (
        "To be looked at again Tue 09:00",
        "This was taken back.",
    )


def test_whom_the_words_name_is_told() -> None:
    words = entry(EntryKind.COMMENTED, text="@Ana look", mentioned=("Ana", "Marko"))
    assert entry_notes(words, when) == ("Told to Ana, Marko by name",)


def test_a_step_taken_back_is_named() -> None:
    step = entry(EntryKind.HANDED_OVER, changes={"unit": "Building permits"})
    undone = entry(EntryKind.UNDONE, undoes=step)
    assert entry_words(undone) == (
        "Dušan Kovač took this back: Dušan Kovač handed it over to Building permits"
    )


def test_files_are_named_and_many_are_counted() -> None:
    files = [{"name": f"{number}.pdf"} for number in range(6)]
    one = entry(EntryKind.ATTACHED, details={"files": files[:1]})
    assert entry_words(one) == "Dušan Kovač attached “0.pdf”"
    many = entry(EntryKind.ATTACHED, details={"files": files})
    assert entry_words(many) == (
        "Dušan Kovač attached 6 files: “0.pdf”, “1.pdf”, “2.pdf”, “3.pdf” and 2 more"
    )


def test_a_line_of_the_checklist_is_part_of_the_sentence() -> None:
    ticked = entry(EntryKind.CHECKED, text="Stamp both copies")
    assert entry_words(ticked) == "Dušan Kovač ticked “Stamp both copies”"
    assert written_words(ticked) == ""
    assert is_change(ticked)
    assert not is_change(entry(EntryKind.COMMENTED, text="Hello"))
