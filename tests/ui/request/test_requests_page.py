"""All requests, found by number and by words."""

from __future__ import annotations

import pytest

from tests.ui.queue.rich_queue import fill


@pytest.fixture
def page(small_house, seat, window, qtbot):
    fill(small_house)
    seat("Dušan Kovač")
    window.show()
    window.navigate("requests")
    shown = window.pages.page("requests")
    qtbot.waitUntil(lambda: shown.model.rowCount() == 8, timeout=15_000)
    return shown


def rows(page) -> list[str]:
    return [page.model.entry(n).reference for n in range(page.model.rowCount())]


def test_before_anything_is_typed_the_latest_are_there(page, qtbot):
    assert rows(page)[0] == "LR-0008"
    qtbot.waitUntil(lambda: page.about.text() == "the latest")


def test_a_number_or_words_find_requests(page, qtbot):
    qtbot.keyClicks(page.search, "lr-0003")
    qtbot.waitUntil(lambda: rows(page) == ["LR-0003"], timeout=15_000)
    page.search.clear()
    page.search.setText("нино")
    qtbot.waitUntil(lambda: page.lists.currentWidget() is page.nothing, timeout=15_000)
    page.search.clear()
    qtbot.keyClicks(page.search, "goran")
    qtbot.waitUntil(lambda: rows(page) == ["LR-0003"], timeout=15_000)


def test_the_chosen_request_is_shown_beside(page, qtbot):
    page.table.choose_first()

    qtbot.waitUntil(lambda: page.pane.details is not None, timeout=15_000)
    assert page.pane.details.reference == "LR-0008"


def test_return_opens_it_on_its_own_page_and_closing_comes_back(page, window, qtbot):
    page.table.choose_first()
    page.table.opened.emit(page.table.current_row())
    assert window.pages.current_id == "request"

    window.pages.page("request").close_page()

    assert window.pages.current_id == "requests"
