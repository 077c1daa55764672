"""The rail's entries, as high as there is room for."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QModelIndex

from ui.common.rail import Rail, RailEntry


@pytest.mark.parametrize(
    ("height", "entries", "high", "scrolls"),
    [(720, 4, 64, False), (660, 11, 60, False), (400, 11, 54, True)],
)
def test_entries_move_closer_before_they_scroll(
    qtbot, height: int, entries: int, high: int, scrolls: bool
) -> None:
    rail = Rail("Pages")
    qtbot.addWidget(rail)
    rail.setFixedHeight(height)
    rail.show()
    rail.set_entries([RailEntry(str(one), "users", "Page") for one in range(entries)])
    model = rail.model()
    assert model.rowCount(QModelIndex()) == entries
    qtbot.waitUntil(lambda: rail.visualRect(model.index(0, 0)).height() == high)
    qtbot.waitUntil(lambda: rail.verticalScrollBar().isVisible() == scrolls)
