"""The page of obstacles, with the pages they are raised from and lead to."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.small_house import SmallHouse
from tests.use_cases.test_obstacles import raised
from ui.counter.spec import PAGES as COUNTER
from ui.obstacles.spec import PAGES as OBSTACLES
from ui.program import Program
from ui.request.page import PAGES as REQUEST

CLERK, CHAIR = "Jelena Marić", "Marko Ivić"


@pytest.fixture
def program(program: Program) -> Program:
    """Give the program with the counter, requests and obstacles."""
    pages = [*OBSTACLES, *REQUEST, *COUNTER]
    program.features = replace(program.features, pages=lambda: pages)
    return program


@pytest.fixture
def open_page(small_house: SmallHouse, seat, window, qtbot):
    """Give a way to sit down and open the page, once its list was read."""

    def open_for(name: str):
        seat(name)
        window.resize(1280, 800)
        window.show()
        window.navigate("obstacles")
        page = window.pages.page("obstacles")
        qtbot.waitUntil(lambda: page.model.rowCount() > 0, timeout=10_000)
        qtbot.waitUntil(lambda: page.pane.details is not None, timeout=10_000)
        return page

    return open_for


@pytest.fixture
def house(small_house: SmallHouse) -> SmallHouse:
    """Give the house with two obstacles its registry owes answers to."""
    house = small_house.at(9, 9).me(CLERK)
    title = house.services["Title extract"]
    raised(house, "Maps only at noon", service_id=title, text="Customers come at ten")
    raised(house, "Only one key", service_id=title)
    return house.at(10, 9)
