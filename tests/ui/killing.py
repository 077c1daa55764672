"""Runs a window in a process of its own and kills it once it says what it wrote."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from desktop.desk import Desk
from desktop.store.engine import make_engine
from desktop.store.unit_of_work import Store
from tests.small_house import SmallHouse


@contextmanager
def writing_elsewhere(module: str, house: SmallHouse, folder: Path) -> Iterator[None]:
    """Have ``module`` on the house's workspace in another process, all of it kept.

    It is ended by force at the end.
    """
    told = {
        "instant": house.instant.isoformat(),
        "units": house.units,
        "people": house.people,
        "services": house.services,
    }
    address = str(house.desk.store.engine.url)
    writer = subprocess.Popen(
        [sys.executable, "-m", module, address, str(folder), json.dumps(told)],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert writer.stdout is not None
    try:
        assert writer.stdout.readline() == "saved\n"
        yield
    finally:
        writer.kill()
        writer.wait(30)
        writer.stdout.close()


def killed_after_writing(module: str, house: SmallHouse, folder: Path) -> None:
    """Start ``module`` on the house's workspace; end it by force once all is kept."""
    with writing_elsewhere(module, house, folder):
        pass


def write_until_killed(
    sit: Callable[[SmallHouse, Path], Callable[[], bool]],
) -> None:
    """In the process to be killed: write step by step until all is on the disk.

    ``sit`` opens the window and returns what takes a step; it tells when all is kept.
    """
    address, folder, words = sys.argv[1:]
    told = json.loads(words)
    app = QApplication([])
    instant = datetime.fromisoformat(told.pop("instant"))
    house: SmallHouse
    desk = Desk(Store(make_engine(address), lambda: house.instant))
    house = SmallHouse(desk, instant, **told)
    step = sit(house, Path(folder))
    looking = QTimer()

    def look() -> None:
        if step():
            sys.stdout.write("saved\n")
            sys.stdout.flush()
            looking.stop()

    looking.timeout.connect(look)
    looking.start(20)
    app.exec()
