"""Writes a service and begins another in a process of its own, waiting to be killed.

Run: python -m tests.ui.catalogue.writing_killed ADDRESS FOLDER HOUSE
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtTest import QTest

from tests.small_house import SmallHouse
from tests.ui.counter.clerks_window import open_window
from tests.ui.killing import write_until_killed
from ui.catalogue.spec import PAGES


def sit(house: SmallHouse, folder: Path) -> Callable[[], bool]:
    """Type a price, add a question, begin a service; say when all is on the disk."""
    page = open_window(house, folder, "Marko Ivić").show(PAGES[0])
    title = house.services["Title extract"]
    kept: list[bool] = []
    page.opened.told.connect(kept.append)

    def step() -> bool:
        if page.service_id != title and not page.opened.unsaved():
            if page.list_pane.list.lines():
                page.choose(title)
        elif page.service_id == title and page.has_service():
            QTest.keyClicks(page.service.told_price, "12 EUR")
            page.add_question()
            QTest.keyClicks(page.form.editor.label, "For which court")
            page.new_service()
            QTest.keyClicks(page.service.name, "Copy of a deed")
        return kept == [True]

    return step


if __name__ == "__main__":
    write_until_killed(sit)
