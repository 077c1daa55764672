"""Parts bound into one PDF: their pages, outline, greys, and what goes wrong."""

from __future__ import annotations

from dataclasses import replace

import pytest
from reportlab.platypus import Flowable, PageBreak

from desktop.reports.binding import Part, printed
from desktop.reports.flowables import ItemHeading
from desktop.reports.missing import missing_words
from desktop.reports.paper import A4, Kept, text
from desktop.reports.tables import Column, grid, long_cell
from desktop.reports.writing import escape
from tests.reports.pages import colours, read, text_of
from tests.reports.test_writing import IMPRINT


class Failing(Flowable):
    """Fails where it is told to, after it has drawn half of itself."""

    def __init__(self, where: str) -> None:
        super().__init__()
        self.where = where

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        if self.where == "wrap":
            raise RuntimeError("no size")
        return width, 1e6 if self.where == "size" else 20

    def draw(self) -> None:
        self.canv.saveState()
        self.canv.drawString(0, 0, "half of it")
        raise RuntimeError("no ink")


@pytest.mark.parametrize("where", ["wrap", "draw", "size"])
@pytest.mark.parametrize("is_kept", [False, True])
def test_a_flowable_that_fails_is_told_of_and_the_rest_is_printed(
    where, is_kept, caplog
):
    before, after = text("before"), text("after")
    story = [before, Failing(where), after]
    if is_kept:
        story = [Kept(story)]
    words = text_of(printed(lambda: [Part(IMPRINT, story)]).pdf)
    assert "before" in words
    assert "after" in words
    assert "This part could not be printed" in words
    assert "half of it" not in words
    assert "could not be printed" in caplog.text


def test_each_part_counts_its_own_pages_and_heads_its_outline():
    def parts() -> list[Part]:
        return [
            Part(
                replace(IMPRINT, head_right=name),
                [
                    ItemHeading(A4.text_width, f"{name}-1", "1", "Item", "", ()),
                    PageBreak(),
                    text("more"),
                ],
                name,
            )
            for name in ("One", "Two")
        ]

    made = printed(parts)
    reader = read(made.pdf)
    told = [page.extract_text() for page in reader.pages]
    assert made.pages == 4
    assert ["page 1 of 2" in one for one in told] == [True, False, True, False]
    assert [str(one.title) for one in reader.outline if not isinstance(one, list)] == [
        "One",
        "Two",
    ]
    assert [str(one.title) for one in reader.outline[1]] == ["1  Item"]
    assert reader.page_labels == ["One 1", "One 2", "Two 1", "Two 2"]
    assert "right" not in told[0]
    assert "Two" in told[3]
    assert made.places["Two-1"] == 3


def test_a_chapter_goes_on_counting():
    def parts() -> list[Part]:
        first = Part(IMPRINT, [text("contents")], "Contents", "contents")
        return [first, replace(first, name="Session 1", key="s-1", goes_on=True)]

    reader = read(printed(parts).pdf)
    assert "page 2 of 2" in reader.pages[1].extract_text()
    assert reader.page_labels == ["1", "2"]


def test_for_black_and_white_no_colour_is_left_and_nothing_else_changes():
    from desktop.reports.agenda_paper import agenda_print
    from tests.reports.specimen import agenda

    colour = agenda_print(agenda())
    grey = agenda_print(agenda(), is_grey=True)
    assert any(len(set(one)) > 1 for one in colours(colour.pdf))
    assert all(max(one) - min(one) <= 1 for one in colours(grey.pdf))
    assert text_of(grey.pdf) == text_of(colour.pdf)


def test_what_cannot_be_shown_is_named_at_the_end_and_told():
    made = printed(lambda: [Part(IMPRINT, [text(escape("漢字 漢 👩‍👩‍👧 שלום café"))])])
    assert made.missing == tuple("漢字👩👧שלום")
    words = text_of(made.pdf)
    assert "8 characters cannot be printed and are marked �: U+6F22" in words
    assert "U+1F469 (woman)" in words
    assert printed(lambda: [Part(IMPRINT, [text("plain")])]).missing == ()


def test_only_the_first_eight_are_named():
    told = missing_words(tuple("漢字一二三四五六七八"))
    assert told.startswith("10 characters")
    assert "and 2 more" in told
    assert "漢 (U+6F22)" in missing_words(("漢",), with_shapes=True)
    assert missing_words(()) == ""


@pytest.mark.parametrize("words", ["W" * 100_000, "word " * 20_000, "ქა" * 50_000])
def test_a_text_of_a_hundred_thousand_letters_in_a_cell_is_cut_and_counted(words):
    columns = [Column("No", 14), Column("What", 94), Column("Who", 62)]
    cell = long_cell(words, columns, 1, A4.text_width)
    table = grid(columns, [["1", cell, "me"]], A4.text_width)
    made = printed(lambda: [Part(IMPRINT, [table])])
    assert made.pages == 1
    told = text_of(made.pdf)
    assert "more characters are not printed" in told
    assert "could not be printed" not in told


def test_a_text_that_fits_is_printed_whole():
    words = "Name a holder for every request on arrival. " * 20
    columns = [Column("No", 14), Column("What", 94)]
    cell = long_cell(words, columns, 1, A4.text_width)
    made = printed(lambda: [Part(IMPRINT, [grid(columns, [["1", cell]], 400)])])
    assert text_of(made.pdf).count("Name a holder") == 20
