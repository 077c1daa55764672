"""What raising costs: finding a service, what is alike, and a clerk's whole minute.

The scripted clerk knows the service: she types the begin of its name, Tab, the
customer, a contact and a parcel, and sends. Her strokes are counted at a modest speed;
what the machine takes is measured and added.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.entities.requests import Request
from desktop.queries.alike import Sought, alike_requests
from desktop.queries.services import ServiceHit, ServiceIndex, service_catalogue
from desktop.store.engine import sqlite_url
from desktop.store.migrating import create_workspace
from tests.benchmarks.house import NOW
from tests.benchmarks.measuring import Goal, Row, judged, latency
from tests.benchmarks.workspaces import Place

if TYPE_CHECKING:
    from ui.new_request.page import NewRequestPage

SERVICES = 2_000
STROKES_A_MINUTE = 150
"""Some thirty words a minute: somebody who looks at the customer while typing."""

GOAL_MS = 15_000
WAIT_S = 20.0
TYPED = ("Goran Tadic", "064 555", "1184/2")


def run(place: Place, size: int) -> Iterator[Row]:
    """Measure what a clerk waits for at one size."""
    named = f" at {size:,}"
    desk, house = place.desk, place.house
    front = house.fronts[0]
    person = house.people[front][0]
    sought = desk.read(_somebody)
    for row in (
        latency(
            "the services, by use",
            lambda: desk.read(
                service_catalogue, person_id=person, front_unit_id=front, now=NOW
            ),
            goal=Goal(ms=150),
        ),
        latency(
            "what was raised lately like this",
            lambda: desk.read(alike_requests, sought, now=NOW),
            goal=Goal(ms=100),
        ),
    ):
        yield {**row, "name": row["name"] + named}


def once() -> Iterator[Row]:
    """Measure what does not grow with the workspace."""
    index = ServiceIndex(_services())
    for typed in ("perm", "permti", "land parcel", "wrod77"):
        yield latency(
            f"{SERVICES:,} services searched for “{typed}”",
            lambda typed=typed: index.matching(typed),
            goal=Goal(ms=30),
        )
    with TemporaryDirectory(prefix="counterpart-raise-") as folder:
        yield by_keyboard(Path(folder))


def _services() -> Iterator[ServiceHit]:
    for n in range(SERVICES):
        yield ServiceHit(
            n,
            f"Service {n} of kind {n % 40} word{n}",
            n % 20,
            f"Land registry {n % 20}",
            (f"permit{n}", "paper"),
            "What it is, in a sentence or two. " * 3,
            n % 7,
            n % 11,
            ("Parcel", "Owner", "Wanted on"),
        )


def _somebody(session: Session) -> Sought:
    """Return what somebody would type who raises the newest request again."""
    row = session.scalars(select(Request).order_by(Request.id.desc()).limit(1)).one()
    return Sought(row.service_id, row.customer, row.contact or "064 555", row.subject)


# ---------------------------------------------------------------- the clerk


def by_keyboard(folder: Path) -> Row:
    """Play a clerk's keys on a real window; strokes at a modest speed, and waiting."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from tests.small_house import build_small_house
    from tests.ui.counter.clerks_window import open_window
    from ui.new_request.spec import PAGES

    app = QApplication.instance() or QApplication([])
    path = folder / "small.counterpart"
    create_workspace(path)
    house = build_small_house(sqlite_url(path)).at(12, 13, 20)
    window = open_window(house, folder)
    page: NewRequestPage = window.show(PAGES[0])
    _until(lambda: bool(page.search.hits()))
    page.search.field.setFocus()
    began = perf_counter()
    strokes = _play(page)
    _until(lambda: bool(window.went))
    took = perf_counter() - began
    window.close()
    house.desk.close()
    assert app is not None
    whole = took * 1000 + strokes * 60_000 / STROKES_A_MINUTE
    name = f"a known service by keyboard, {strokes} strokes"
    return judged(
        {"name": name, "value": round(whole), "unit": "ms", "machine": round(took, 3)},
        Goal(ms=GOAL_MS),
    )


def _play(page: NewRequestPage) -> int:
    """Raise a request by keys alone; return how many were struck."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    strokes = 0

    def type_(words: str) -> None:
        nonlocal strokes
        for letter in words:
            QTest.keyClicks(QApplication.focusWidget(), letter)
            strokes += 1

    def press(key: Qt.Key, held: Qt.KeyboardModifier) -> None:
        nonlocal strokes
        QTest.keyClick(QApplication.focusWidget(), key, held)
        strokes += 1

    none, control = (
        Qt.KeyboardModifier.NoModifier,
        Qt.KeyboardModifier.ControlModifier,
    )
    type_("titl")
    _until(lambda: page.form.service() is not None and page.pane.words() != "")
    for words in TYPED:
        press(Qt.Key.Key_Tab, none)
        type_(words)
    press(Qt.Key.Key_Return, control)
    return strokes


def _until(is_so: Callable[[], bool]) -> None:
    from PySide6.QtCore import QEventLoop
    from PySide6.QtWidgets import QApplication

    ends = perf_counter() + WAIT_S
    while not is_so():
        if perf_counter() > ends:
            raise TimeoutError("the window did not come so far")
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
