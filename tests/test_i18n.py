"""The words' door."""

from pathlib import Path
from threading import Thread

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from hypothesis import given
from hypothesis import strategies as st

from desktop import i18n


@pytest.fixture(autouse=True)
def english_afterwards():
    yield
    i18n.set_language("en")


@pytest.fixture
def catalogues(tmp_path: Path) -> Path:
    """Give a folder with a small Serbian catalogue, compiled."""
    serbian = Catalog(locale="sr")
    serbian.add("Queue", "Red")
    serbian.add(
        ("{n} request", "{n} requests"), ("{n} zahtev", "{n} zahteva", "{n} zahteva")
    )
    folder = tmp_path / "sr" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / "counterpart.mo").open("wb") as file:
        write_mo(file, serbian)
    return tmp_path


def test_source_words_are_english():
    assert i18n.gettext("Queue") == "Queue"
    assert i18n.ngettext("{n} request", "{n} requests", 1) == "{n} request"
    assert i18n.ngettext("{n} request", "{n} requests", 0) == "{n} requests"


def test_a_marked_word_stays_as_it_is():
    i18n.set_language("qps")
    assert i18n.gettext_noop("Queue") == "Queue"


def test_a_catalogue_is_spoken(catalogues):
    i18n.set_language("sr", catalogues)
    assert i18n.gettext("Queue") == "Red"
    assert i18n.gettext("Counter") == "Counter"


@pytest.mark.parametrize(
    ("n", "form"), [(1, "{n} zahtev"), (2, "{n} zahteva"), (21, "{n} zahtev")]
)
def test_plurals_follow_the_language(catalogues, n, form):
    i18n.set_language("sr", catalogues)
    assert i18n.ngettext("{n} request", "{n} requests", n) == form


@pytest.mark.parametrize("code", ["sr-RS", "sr_RS.UTF-8", "sr_Cyrl_RS", "sr@latin"])
def test_a_regional_code_finds_its_language(catalogues, code):
    i18n.set_language(code, catalogues)
    assert i18n.gettext("Queue") == "Red"


@pytest.mark.parametrize(
    "code", ["xx", "zz_ZZ", "", "C", "POSIX", "../../etc", "a" * 300]
)
def test_an_unknown_language_leaves_english(code):
    i18n.set_language(code)
    assert i18n.gettext("Queue") == "Queue"
    assert str(i18n.current_locale()) == "en_GB"


@pytest.mark.parametrize(
    ("code", "locale"),
    [("ka", "ka"), ("ru-RU", "ru_RU"), ("sr-Latn", "sr_Latn"), ("sr_XX", "sr")],
)
def test_the_locale_goes_with_the_language(code, locale):
    i18n.set_language(code)
    assert str(i18n.current_locale()) == locale


def test_a_print_speaks_its_own_language_and_then_falls_silent(catalogues):
    with i18n.speaking("sr", catalogues):
        assert i18n.gettext("Queue") == "Red"
        assert i18n.current_language() == "sr"
    assert i18n.gettext("Queue") == "Queue"


def test_a_language_for_the_moment_stays_in_its_thread(catalogues):
    heard = []
    with i18n.speaking("sr", catalogues):
        listener = Thread(target=lambda: heard.append(i18n.gettext("Queue")))
        listener.start()
        listener.join()
    assert heard == ["Queue"]


def test_the_language_of_the_process_is_spoken_in_every_thread(catalogues):
    heard = []
    i18n.set_language("sr", catalogues)
    listener = Thread(target=lambda: heard.append(i18n.gettext("Queue")))
    listener.start()
    listener.join()
    assert heard == ["Red"]


def test_english_can_always_be_chosen():
    assert "en" in i18n.available_languages()


def test_the_pseudo_language_shows_on_every_word():
    i18n.set_language("qps")
    assert i18n.gettext("New request") == "⟦Ñééw ŕééqúúéšt⟧"
    assert i18n.ngettext("{n} day", "{n} days", 2).startswith("⟦{n} ")


def test_the_pseudo_language_leaves_what_programs_read():
    message = "&Save {count:,} of %(all)s in <b>{place}</b>, %d &amp; more"
    shown = i18n.pseudo(message)
    for whole in ("{count:,}", "%(all)s", "<b>", "{place}", "</b>", "%d", "&amp;"):
        assert whole in shown
    assert "&Š" in shown


@given(st.text(st.characters(categories=["L", "Zs"]), max_size=80))
def test_the_pseudo_language_is_about_a_third_longer(message):
    grown = len(i18n.pseudo(message)) - len(message) - 2
    assert grown == round(len(message) * 0.3)


def test_a_sentence_sets_apart_names_that_are_read_from_the_right():
    dana = "\u05d3\u05e0\u05d4"
    words = i18n.gettext("{n} with {name}, due {when}")
    assert words.format(n=3, name="Ana", when="14:30") == "3 with Ana, due 14:30"
    told = words.format(n=3, name=dana, when="14:30")
    assert told == f"3 with \u2068{dana}\u2069, due 14:30"
    many = i18n.ngettext("{n} request of {name}", "{n} requests of {name}", 2)
    assert many.format(n=2, name=dana) == f"2 requests of \u2068{dana}\u2069"
