"""One filter for everything that comes in, one fold for everything searched."""

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain import text

ANY_TEXT = st.text(alphabet=st.characters(exclude_categories=()), max_size=80)


@pytest.mark.parametrize(
    ("given_text", "kept"),
    [
        ("plain", "plain"),
        ("a\x00b", "a\ufffdb"),
        ("tab\tand\nline", "tab\tand\nline"),
        ("Word's\x0bvertical tab", "Word's\ufffdvertical tab"),
        ("windows\r\nold mac\rend", "windows\nold mac\nend"),
        ("lone \ud800 surrogate", "lone \ufffd surrogate"),
        ("non\ufffecharacters\uffff", "non\ufffdcharacters\ufffd"),
        ("e\u0301", "\u00e9"),
        ("😀", "😀"),
    ],
)
def test_what_cannot_be_kept_is_replaced_where_it_stood(
    given_text: str, kept: str
) -> None:
    assert text.clean(given_text) == kept


@given(ANY_TEXT)
def test_cleaned_text_can_always_be_stored_and_cleaning_twice_changes_nothing(
    anything: str,
) -> None:
    cleaned = text.clean(anything)
    cleaned.encode("utf-8")
    assert "\x00" not in cleaned
    assert unicodedata.is_normalized("NFC", cleaned)
    assert text.clean(cleaned) == cleaned


@given(ANY_TEXT)
def test_folding_twice_changes_nothing(anything: str) -> None:
    folded = text.fold_for_search(anything)
    assert text.fold_for_search(folded) == folded


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("Đorđe", "dorde"),
        ("Łukasz", "lukasz"),
        ("Ёлкин", "елкин"),
        ("Smørrebrød", "smorrebrod"),
        ("Straße", "strasse"),
        ("Œuvre", "oeuvre"),
        ("São Paulo", "sao paulo"),
        ("İstanbul", "istanbul"),
        ("Ĳssel", "ijssel"),
        ("Ångström", "angstrom"),
        ("O’Neil", "o'neil"),
        ("Ação", unicodedata.normalize("NFD", "AÇÃO")),
        ("zero\u200bwidth", "zerowidth"),
    ],
)
def test_it_is_found_when_typed_without_accents(written: str, typed: str) -> None:
    assert text.fold_for_search(written) == text.fold_for_search(typed)


def test_vowel_signs_that_are_letters_are_not_folded_away() -> None:
    assert text.fold_for_search("कि") != text.fold_for_search("का")


def test_a_line_has_no_breaks_and_no_blanks_at_its_ends() -> None:
    assert text.clean_line("  two\nlines\t ") == "two lines"


def test_shortened_text_shows_that_it_was_cut() -> None:
    assert text.shortened("abcdef", 4) == "abc…"
    assert text.shortened("abcd", 4) == "abcd"


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("Ştefan Ţiriac", "stefan tiriac"),
        ("Ștefan Țiriac", "stefan tiriac"),
        ("Ёлкин", "елкин"),
        ("Straße", "strasse"),
        ("ŁÓDŹ", "lodz"),
        ("ნინო", "ნინო"),
        ("ПЕТРОВИЋ", "петровић"),
        ("Čačak, Žabalj", "cacak, zabalj"),
    ],
)
def test_letters_of_many_languages_fold_to_what_is_typed(written, typed):
    assert text.fold_for_search(written) == text.fold_for_search(typed) == typed


@pytest.mark.parametrize(
    ("written", "other"),
    [
        ("Đorđe Petrović", "djordje"),
        ("Müller", "mueller"),
        ("Jørgen Åse", "joergen aase"),
        ("Petrović", ""),
        ("plain", ""),
    ],
)
def test_words_that_are_also_written_otherwise_are_told(written, other):
    assert text.other_spellings(written) == other


@pytest.mark.parametrize(
    ("words", "latin"),
    [
        ("Грађевинска дозвола", "gradevinska dozvola"),
        ("Љиљана Њежић", "ljiljana njezic"),
        ("Объект №5", "obekt no5"),
        ("ნებართვა", "nebartva"),
        ("Straße Đorđe", "strasse dorde"),
        ("漢字 عربي", "漢字 عربي"),
    ],
)
def test_cyrillic_and_georgian_are_found_as_typed_in_plain_latin(words, latin):
    assert text.latinised(text.fold_for_search(words)) == latin


def test_a_word_of_a_hundred_thousand_letters_is_made_searchable_at_once():
    # Tried from each of its letters anew it would take minutes.
    started = time.process_time()
    assert len(text.searchable("ж" * 100_000)) == 300_001 - 100_000
    assert time.process_time() - started < 2


def test_a_line_may_end_inside_a_very_long_word_and_in_no_other():
    assert text.with_breaks("Grundstücksverkehr " * 9) == "Grundstücksverkehr " * 9
    broken = text.with_breaks("W" * 40)
    assert max(map(len, broken.split(text.BREAK))) < 10
    assert broken.replace(text.BREAK, "") == "W" * 40
    family = "👩\u200d👩\u200d👧" * 9
    assert text.with_breaks(family) == family


def test_a_letter_keeps_the_marks_a_script_gives_it_and_no_heap():
    heap = "Z\u0338\u0322\u031b\u0301\u0337algo"
    assert text.on_screen(heap) == "Z\u0338\u0322\u031balgo"
    vietnamese = unicodedata.normalize("NFD", "Đặng Thị Ngọc Hường")
    assert text.on_screen(vietnamese) == vietnamese


DANA, LAYLA = "\u05d3\u05e0\u05d4", "\u0644\u064a\u0644\u0649"


@pytest.mark.parametrize(
    ("name", "apart"),
    [
        ("Ana", "Ana"),
        ("Đorđe", "Đorđe"),
        ("იოსებ", "იოსებ"),
        (DANA, f"\u2068{DANA}\u2069"),
        (LAYLA, f"\u2068{LAYLA}\u2069"),
        (f"Ana {DANA}", f"\u2068Ana {DANA}\u2069"),
        # What somebody typed to get out of its place stays in it, and is seen.
        (f"{DANA}\u2069 12", f"\u2068{DANA}\ufffd 12\u2069"),
        (f"\u2069{DANA}\u2068", f"\u2068\ufffd{DANA}\ufffd\u2069"),
    ],
)
def test_a_name_read_from_the_right_stands_apart_in_a_line(name, apart):
    assert text.isolated(name) == apart
    assert text.on_screen(apart) == apart
    assert text.in_line(name, "", "LR-12") == f"{apart} · LR-12"


@given(st.text(alphabet=f"a1 .{DANA}\u2066\u2067\u2068\u2069\u202a\u202c\u202e"))
def test_nothing_typed_turns_what_stands_around_it(typed):
    shown = text.on_screen(text.in_line(typed, "LR-12"))
    assert not set(shown) & set("\u2066\u2067\u202a\u202c\u202e")
    depth = 0
    for letter in shown:
        depth += {"\u2068": 1, "\u2069": -1}.get(letter, 0)
        assert depth >= 0
    assert depth == 0
    assert shown.endswith("LR-12")
    assert text.on_screen(shown) == shown
