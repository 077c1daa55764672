"""Types half a request in a process of its own and waits to be killed.

Run: python -m tests.ui.new_request.writing_killed ADDRESS FOLDER HOUSE
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
from ui.common.attachments.picking import Picked
from ui.new_request.spec import PAGES


def sit(house: SmallHouse, folder: Path) -> Callable[[], bool]:
    """Choose a service, type a name, attach a file; say when all is on the disk."""
    page = open_window(house, folder).show(PAGES[0])
    plan = folder / "plan.txt"
    plan.write_text("a plan")

    def step() -> bool:
        if page.form.service() is None:
            if page.search.hits() and not page.search.field.text():
                QTest.keyClicks(page.search.field, "title")
            return False
        name = page.form.form.row("_customer").input
        if not name.text():
            QTest.keyClicks(name, "Goran Tadic")
        elif not page.form.kept_files():
            if not page.form.is_copying():
                page.form.well.take([Picked("plan.txt", plan)])
        else:
            draft = page.keeper.draft
            return draft.saved_at is not None and bool(draft.files)
        return False

    return step


if __name__ == "__main__":
    write_until_killed(sit)
