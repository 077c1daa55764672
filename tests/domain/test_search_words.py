"""What is typed to search is read as terms, and what is not understood is named."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.list_views import ListView, view_data, view_of
from desktop.domain.search_words import (
    CODES,
    Coded,
    Days,
    Field,
    Misread,
    Named,
    Older,
    Piece,
    Words,
    piece_at,
    quoted,
    read_search,
)

SUNDAY = date(2026, 11, 22)


def read(text: str):
    return read_search(text, SUNDAY)


def terms(text: str):
    return read(text).terms


@pytest.mark.parametrize(
    ("typed", "term"),
    [
        ("Đorđe", Words("dorde")),
        ('"Burst  pipe"', Words("burst  pipe", is_phrase=True)),
        ("-roof", Words("roof", is_not=True)),
        ('-"burst pipe', Words("burst pipe", is_phrase=True, is_not=True)),
        ("is:overdue", Coded(Field.IS, ("overdue",))),
        ("-is:pending", Coded(Field.IS, ("held",), is_not=True)),
        ("is:open,closed", Coded(Field.IS, ("open", "closed"))),
        ("priority:P2", Coded(Field.PRIORITY, ("2",))),
        ("assignee:me", Coded(Field.ASSIGNEE, ("me",))),
        ("assignee:Ana", Named(Field.ASSIGNEE, ("ana",))),
        ("unit:#5", Named(Field.UNIT, (), (5,))),
        ('service:"Title, short",x', Named(Field.SERVICE, ("title, short", "x"))),
        ("customer:Novák", Words("novak", field=Field.CUSTOMER)),
        ("file:plan.pdf", Words("plan.pdf", field=Field.FILE)),
        ("ref:lr-00", Words("lr-00", field=Field.REF)),
        ("due:today", Coded(Field.DUE, ("today",))),
        ("raised:2026-11", Days(Field.RAISED, date(2026, 11, 1), date(2026, 12, 1))),
        ("raised:>2026-11-01", Days(Field.RAISED, date(2026, 11, 2), None)),
        ("raised:<=2025", Days(Field.RAISED, None, date(2026, 1, 1))),
        ("due:..2026-12", Days(Field.DUE, None, date(2027, 1, 1))),
        (
            "raised:2026-11-01..2026-11-02",
            Days(Field.RAISED, date(2026, 11, 1), date(2026, 11, 3)),
        ),
        ("raised:week", Days(Field.RAISED, date(2026, 11, 16), date(2026, 11, 23))),
        ("resolved:yesterday", Days(Field.RESOLVED, date(2026, 11, 21), SUNDAY)),
        ("age:>3d", Older(259_200)),
        ("age:<4h", Older(14_400, is_younger=True)),
    ],
)
def test_a_word_is_read_as_one_term(typed, term):
    assert read(typed).terms == (term,)
    assert read(typed).misread == ()


@pytest.mark.parametrize(
    ("typed", "why", "meant", "text"),
    [
        ("unti:registry", "field", "unit", "unti registry"),
        ("is:overdeu", "value", "overdue", "is overdeu"),
        ("raised:soon", "value", "", "raised soon"),
        ("age:old", "value", "", "age old"),
        ("raised:2026-13", "value", "", "raised 2026-13"),
    ],
)
def test_what_is_not_understood_is_named_and_searched_as_text(typed, why, meant, text):
    found = read(typed)

    assert [(one.why, one.meant) for one in found.misread] == [(why, meant)]
    assert found.terms == (Words(text),)


def test_a_field_without_its_value_yet_asks_for_nothing():
    assert read("unit:") == read("").__class__((), (Misread("unit:", "empty", "unit"),))


@pytest.mark.parametrize("typed", ["10:30", "http://example.org", "note: see", "C++"])
def test_a_colon_that_is_no_fields_is_no_mistake(typed):
    assert read(typed).misread == ()
    assert terms(typed)


@pytest.mark.parametrize(
    ("typed", "words"), [("-note:", "note:"), ("-http://x.y", "http://x.y")]
)
def test_a_colon_that_is_no_fields_leaves_out_what_is_to_be_left_out(typed, words):
    assert terms(typed) == (Words(words, is_not=True),)


def test_a_field_nobody_knows_leaves_out_its_words():
    assert read("-foo:bar").terms == (Words("foo bar", is_not=True),)


@given(st.text(max_size=60), st.dates(date(1900, 1, 1), date(2200, 1, 1)))
def test_reading_never_fails_and_reads_the_same_twice(text, today):
    assert read_search(text, today) == read_search(text, today)


SYNTAX = st.text(alphabet='isunit:"-,<>.#20 6x§', max_size=50)


@given(SYNTAX)
def test_what_looks_like_syntax_never_fails_either(text):
    found = read(text)
    view = ListView(found.terms, text[:40])

    assert view_of(view_data(view)) == view
    for cursor in range(len(text) + 1):
        piece = piece_at(text, cursor)
        assert 0 <= piece.start <= piece.end <= len(text)


@given(st.sampled_from(sorted(CODES)), st.data())
def test_every_value_offered_is_understood(field, data):
    code = data.draw(st.sampled_from(CODES[field]))

    assert read(f"{field.value}:{quoted(code)}").misread == ()


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=8),
        lambda inner: (
            st.lists(inner, max_size=4)
            | st.dictionaries(
                st.sampled_from(["filters", "kind", "field", "codes", "ids", "sort"]),
                inner,
                max_size=4,
            )
        ),
        max_leaves=12,
    )
)
def test_a_view_of_any_stored_value_opens(data):
    assert isinstance(view_of(data), ListView)


def test_the_piece_at_the_cursor_is_what_is_completed():
    text = "unit:land,per is:ov"

    assert piece_at("un", 2) == Piece(0, 2, None, "un")
    assert piece_at("roof -un", 8) == Piece(6, 8, None, "un")
    assert piece_at(text, 13).typed == "per"
    assert (piece_at(text, 13).start, piece_at(text, 13).end) == (10, 13)
    assert piece_at(text, len(text)).field is Field.IS
    assert piece_at(text, len(text)).typed == "ov"
