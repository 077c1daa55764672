"""What did we decide about …, asked in the window and from the palette."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from tests.queries.test_session_search import session_held
from tests.small_house import SmallHouse
from ui.common.labels import PlainLabel
from ui.obstacles.spec import PAGES as OBSTACLES
from ui.program import Program
from ui.session_search.page import SessionSearchPage
from ui.session_search.spec import PAGES

CHAIR, CLERK = "Marko Ivić", "Jelena Marić"


@pytest.fixture
def house(small_house: SmallHouse) -> SmallHouse:
    house = small_house.at(9, 9).me(CHAIR)
    units = house.units["Central counter"], house.units["Land registry"]
    house.run(session_held, *units, house.people[CHAIR])
    return house


@pytest.fixture
def program(program: Program) -> Program:
    """Give the program with the search and a page it leads to."""
    pages = [*OBSTACLES, *PAGES]
    program.features = replace(program.features, pages=lambda: pages)
    return program


def opened(seat, window, name: str) -> SessionSearchPage:
    seat(name)
    window.show()
    assert window.actions_known.run("session_search.open")
    page = window.pages.page("session_search")
    assert isinstance(page, SessionSearchPage)
    return page


def test_words_in_latin_letters_find_a_decision_in_cyrillic(
    house: SmallHouse, seat, window, qtbot
) -> None:
    page = opened(seat, window, CHAIR)
    qtbot.keyClicks(page.search, "skeniramo")
    qtbot.waitUntil(lambda: page.model.rowCount() == 2, timeout=10_000)
    one = page.table.current_row()
    assert (one.text, one.number) == ("Скенирамо карте одмах", 1)
    section = page.model.section_at(page.model.section_rows()[0])
    assert section.title == "Counter and registry, session 14, Mon 9 Nov 2026"
    assert page.open_button.isVisible()
    qtbot.keyClick(page.search, Qt.Key.Key_Return)
    assert page.table.hasFocus()


def test_a_clerk_reads_what_was_found_and_nothing_found_says_so(
    house: SmallHouse, seat, window, qtbot
) -> None:
    page = opened(seat, window, CLERK)
    window.navigate("session_search", words="scanner")
    qtbot.waitUntil(lambda: page.model.rowCount() == 2, timeout=10_000)
    assert not page.open_button.isVisible()
    page.search.setText("never said")
    qtbot.waitUntil(lambda: page.lists.currentWidget() is page.empty, timeout=10_000)
    none = "Nothing was said with these words"
    assert none in [label.text() for label in page.empty.findChildren(PlainLabel)]
    page.search.clear()
    qtbot.waitUntil(
        lambda: (
            none not in [label.text() for label in page.empty.findChildren(PlainLabel)]
        ),
        timeout=10_000,
    )


def test_the_palette_leads_there(house: SmallHouse, seat, window, qtbot) -> None:
    page = opened(seat, window, CHAIR)
    field = window.top.field
    field.open()
    qtbot.keyClicks(field, "scanner")
    words = "Search past sessions for these words"
    qtbot.waitUntil(lambda: words in [one.words for one in field.items()])
    next(one for one in field.items() if one.words == words).act()
    qtbot.waitUntil(lambda: page.model.rowCount() == 2, timeout=10_000)
    assert page.search.text() == "scanner"
