"""The file sheet holds all of a request, whatever people wrote, the same bytes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop.domain.errors import NotFound
from desktop.domain.links import LinkKind
from desktop.domain.requests import Audience, PendingReason
from desktop.queries.file_sheet import FileSheet, file_sheet
from desktop.reports.file_sheet import file_sheet_pdf
from desktop.reports.paper import LETTER
from desktop.use_cases.attachments import NewFile, attach
from desktop.use_cases.links import link
from desktop.use_cases.requests import (
    change_priority,
    comment,
    hold,
    resolve,
    resume,
    take,
    tell_customer,
)
from tests.reports.hostile import HOSTILE, listening
from tests.reports.pages import fonts_of, read, text_of
from tests.small_house import SmallHouse

CLERK, AGENT = "Jelena Marić", "Dušan Kovač"


def sheet_of(
    house: SmallHouse, request_id: int, *, internal: bool = False
) -> FileSheet:
    """Return the sheet of a request as the land registry reads it."""
    return house.read(
        file_sheet,
        request_id,
        reader_unit_id=house.units["Land registry"],
        with_internal=internal,
        now=house.now,
    )


@pytest.fixture
def worked_on(small_house: SmallHouse) -> int:
    """Give a request with a story."""
    house = small_house.at(9, 8)
    one = house.raised(
        customer="Goran Babić",
        contact="064 555 310",
        form={"extent": "Full", "parcel": "1184/2"},
        body="The wall stands on my side.",
        told_text="By Wednesday.",
    )
    other = house.raised("The neighbour's wall")
    house.me(AGENT).later(minutes=10).run(take, one)
    house.run(attach, one, [NewFile("plan.pdf", b"%PDF-1.7")])
    house.run(attach, one, [NewFile("odd.txt", b"odd")], audience=Audience.INTERNAL)
    house.run(comment, one, "He was rude.", Audience.INTERNAL)
    house.run(hold, one, PendingReason.CUSTOMER, "He calls back.")
    house.later(hours=2).run(resume, one)
    house.run(change_priority, one, 1, "He flies tomorrow.")
    house.run(link, one, LinkKind.FOLLOWS, other)
    house.me(CLERK).run(tell_customer, one, "By Thursday.", how="by phone")
    house.me(AGENT).later(hours=1).run(resolve, one, "Printed and stamped.")
    return one


def test_the_sheet_tells_all_of_a_request(
    small_house: SmallHouse, worked_on: int
) -> None:
    words = text_of(file_sheet_pdf(sheet_of(small_house, worked_on)))
    for told in (
        "LR-0001",
        "Parcel 1184/2",
        "Goran Babić · 064 555 310",
        "Extent Full",
        "The wall stands on my side.",
        "By Thursday.",
        "by phone",
        "Kept,",
        "plan.pdf",
        "Follows LR-0002",
        "Dušan Kovač changed the priority from Normal to Urgent",
        "Due moved from",
        "because it had waited for the customer",
        "Printed and stamped.",
        "page 1 of",
    ):
        assert told in words
    for hidden in ("He was rude.", "odd.txt", "with internal notes"):
        assert hidden not in words


def test_internal_words_are_in_it_only_when_asked_for(
    small_house: SmallHouse, worked_on: int
) -> None:
    words = text_of(file_sheet_pdf(sheet_of(small_house, worked_on, internal=True)))
    for told in (
        "He was rude.",
        "odd.txt (internal)",
        "Internal, Land registry only",
        "with internal notes, for this house only",
    ):
        assert told in words
    theirs = small_house.read(
        file_sheet,
        worked_on,
        reader_unit_id=small_house.units["Central counter"],
        with_internal=True,
        now=small_house.now,
    )
    assert "He was rude." not in text_of(file_sheet_pdf(theirs))


def test_the_same_sheet_gives_the_same_bytes_with_its_outline_and_fonts(
    small_house: SmallHouse, worked_on: int
) -> None:
    sheet = sheet_of(small_house, worked_on)
    made = file_sheet_pdf(sheet)
    assert made == file_sheet_pdf(sheet_of(small_house, worked_on))
    paper = read(made)
    assert paper.metadata is not None
    assert paper.metadata.title == "LR-0001: Parcel 1184/2"
    assert [one.title for one in paper.outline] == [
        "What was asked",
        "What the customer was told",
        "Promises",
        "Belongs together",
        "Files",
        "What happened",
    ]
    assert all(fonts_of(made).values())
    box = read(file_sheet_pdf(sheet, size=LETTER)).pages[0].mediabox
    assert (round(box.width), round(box.height)) == (612, 792)


def test_hostile_words_are_printed_as_they_are_and_nothing_is_fetched(
    small_house: SmallHouse,
) -> None:
    house = small_house
    one = house.raised('<img src="/etc/passwd"/> &amp; <b>', customer="<para>x")
    house.me(AGENT)
    for words in HOSTILE:
        if words.strip():
            house.run(comment, one, words)
    house.run(attach, one, [NewFile("<b>x & y.pdf", b"%PDF-1.7")])
    sheet = sheet_of(house, one)
    file_sheet_pdf(sheet)
    with listening() as heard:
        made = file_sheet_pdf(sheet)
    assert not [one for one in heard if "passwd" in one or "socket" in one]
    words = text_of(made)
    assert '<img src="/etc/passwd"/> &amp; <b>' in words
    assert "_b_x & y.pdf" in words
    assert "characters cannot be printed and are marked" in " ".join(words.split())


def test_a_long_text_and_five_hundred_entries_are_printed_to_the_end(
    small_house: SmallHouse,
) -> None:
    house = small_house
    one = house.raised(body="Слово " * 16_000 + "END-OF-BODY")
    house.me(AGENT).run(comment, one, "Remark")
    sheet = sheet_of(house, one)
    said = sheet.details.entries[-1]
    entries = [replace(said, text=f"Remark {number}.") for number in range(500)]
    details = replace(sheet.details, entries=tuple(entries))
    made = file_sheet_pdf(replace(sheet, details=details))
    pages = read(made).pages
    assert len(pages) > 20
    assert "Remark 499." in pages[-1].extract_text()
    assert any("END-OF-BODY" in page.extract_text() for page in pages)


def test_no_sheet_of_what_is_not_there(small_house: SmallHouse) -> None:
    with pytest.raises(NotFound):
        sheet_of(small_house, 99)
