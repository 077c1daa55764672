"""A queue with nothing in it says what would appear there."""

from __future__ import annotations

from PySide6.QtCore import QPoint


def test_an_empty_queue_says_what_appears_here(seat, window, qtbot):
    seat("Dušan Kovač")
    window.show()
    window.navigate("queue")
    page = window.pages.page("queue")

    qtbot.waitUntil(lambda: page.lists.currentWidget() is page.empty, timeout=15_000)

    assert page.badge() == 0
    assert page.pane.details is None
    assert page.targets() == []
    assert not page.pane.isVisible()


def test_the_menus_that_narrow_the_queue_stay_together(seat, window, qtbot):
    seat("Ana Petrović")
    window.show()
    window.navigate("queue")
    filters = window.pages.page("queue").filters
    lines = set()
    for width in range(200, 1000, 50):
        filters.resize(width, 200)
        filters.layout().activate()
        corner = QPoint(0, 0)
        tops = [
            one.mapTo(filters, corner).y() for one in (filters.service, filters.front)
        ]
        assert tops[0] == tops[1]
        lines.add(tops[0])
    assert len(lines) > 1
