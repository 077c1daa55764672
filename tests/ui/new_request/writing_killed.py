"""Types half a request in a process of its own and waits to be killed.

Run: python -m tests.ui.new_request.writing_killed ADDRESS FOLDER HOUSE
"""

from __future__ import annotations

import json
import os
import sys
from datetime import datetime
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.desk import Desk
from desktop.store.engine import make_engine
from desktop.store.unit_of_work import Store
from tests.small_house import SmallHouse
from tests.ui.counter.clerks_window import open_window
from ui.common.attachments.picking import Picked
from ui.new_request.spec import PAGES


def main(address: str, folder: Path, told: dict[str, dict[str, int]]) -> None:
    """Choose a service, type a name, attach a file; say when all is on the disk."""
    app = QApplication([])
    instant = datetime.fromisoformat(told.pop("instant"))  # type: ignore[arg-type] - the one value that is no table
    house: SmallHouse
    desk = Desk(Store(make_engine(address), lambda: house.instant))
    house = SmallHouse(desk, instant, **told)
    window = open_window(house, folder)
    page = window.show(PAGES[0])
    plan = folder / "plan.txt"
    plan.write_text("a plan")
    looking = QTimer()

    def look() -> None:
        if page.form.service() is None:
            if page.search.hits() and not page.search.field.text():
                QTest.keyClicks(page.search.field, "title")
            return
        name = page.form.form.row("_customer").input
        if not name.text():
            QTest.keyClicks(name, "Goran Tadic")
        elif not page.form.kept_files():
            if not page.form.is_copying():
                page.form.well.take([Picked("plan.txt", plan)])
        elif page.keeper.draft.saved_at is not None and page.keeper.draft.files:
            sys.stdout.write("saved\n")
            sys.stdout.flush()
            looking.stop()

    looking.timeout.connect(look)
    looking.start(20)
    app.exec()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), json.loads(sys.argv[3]))
