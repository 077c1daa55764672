"""A queue with nothing in it says what would appear there."""

from __future__ import annotations


def test_an_empty_queue_says_what_appears_here(seat, window, qtbot):
    seat("Dušan Kovač")
    window.show()
    window.navigate("queue")
    page = window.pages.page("queue")

    qtbot.waitUntil(lambda: page.lists.currentWidget() is page.empty, timeout=15_000)

    assert page.badge() == 0
    assert page.pane.details is None
    assert page.targets() == []
