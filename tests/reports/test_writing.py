"""User text on paper is data: it never breaks a print and never reaches out."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.platypus import Paragraph

from desktop.reports.binding import Part, printed
from desktop.reports.paper import A4, CELL, Imprint, text
from desktop.reports.writing import (
    CELL_LIMIT,
    MISSING,
    clean,
    escape,
    linked,
    paragraphs,
    plain,
    quiet,
    strong,
)
from tests.reports.hostile import HOSTILE, listening
from tests.reports.pages import text_of

IMPRINT = Imprint(
    title="Test",
    subject="Test",
    author="Test",
    language="en",
    head_left="left",
    head_right="right",
    foot=("one", "two"),
    page_of=lambda number, total: f"page {number} of {total}",
)
anything = st.text(st.characters(), max_size=400)


def shown(markup: str) -> str:
    """Return what a paragraph of this markup says."""
    return Paragraph(markup, CELL).getPlainText(identify=False)


@given(anything)
@settings(max_examples=300)
def test_any_text_comes_through_as_what_paper_can_show(words):
    assert shown(escape(words)).split() == plain(words).split()


@given(anything)
def test_our_own_marks_around_any_text_hold(words):
    for mark in (strong, quiet, lambda one: linked(escape(one), "item-1")):
        assert shown(mark(words)).split() == plain(words).split()


@given(anything)
def test_nothing_is_longer_than_its_cell(words):
    assert len(plain(words)) <= CELL_LIMIT
    assert len(plain(words, 10)) <= 10


def pdf_of(words: str) -> bytes:
    part = Part(IMPRINT, [text(escape(words)), text(strong(words))])
    return printed(lambda: [part], A4).pdf


@pytest.mark.parametrize("words", HOSTILE)
def test_a_hostile_text_is_printed_and_touches_nothing(words):
    pdf_of("warm")
    with listening() as heard:
        content = pdf_of(words)
    assert heard == []
    assert content.startswith(b"%PDF-")


def test_markup_typed_by_a_person_is_read_as_typed():
    assert "<5 and >3 & <b>bold</b>" in text_of(pdf_of("<5 and >3 & <b>bold</b>"))


def test_the_watch_hears_a_file_that_is_opened():
    with listening() as heard, open(__file__, encoding="utf-8"):
        pass
    assert heard


def test_a_character_the_font_lacks_leaves_a_mark():
    assert clean("a漢b") == f"a{MISSING}b"


def test_direction_and_control_characters_go():
    assert clean("a\u202eb\x00c\u200bd") == "abcd"


def test_letters_of_all_our_languages_stay():
    words = "ქართული Ђорђе Čačak Brașov Ёлка «да» “so” – ☐ ✓ ✗ ▲ ▼ ● ○ ► ❚ ◄ ✂"
    assert clean(words) == words


def test_a_long_note_is_split_and_what_is_left_out_is_counted():
    pieces, left_out = paragraphs("word " * 4_000)
    assert all(len(piece) <= 2_000 for piece in pieces)
    assert left_out == 8_000
    assert sum(piece.count("word") for piece in pieces) == 2_400


def test_a_split_never_falls_inside_a_word_where_there_is_a_space():
    pieces, _left_out = paragraphs("elephant " * 500)
    assert {word for piece in pieces for word in piece.split()} == {"elephant"}


def test_ten_megabytes_in_a_cell_cost_no_more_than_a_line():
    assert len(escape("x" * 10_000_000)) == CELL_LIMIT
