"""What tests of windows share: our style, and a window with somebody at the desk."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from desktop.queries.lookups import calendars, people, workspace_info
from tests.small_house import SmallHouse
from ui.context import Context
from ui.crash import CrashReporter
from ui.main_window import MainWindow
from ui.pages import Features
from ui.preferences import Preferences
from ui.program import Opened, Program, Wishes
from ui.style import apply_theme

Seat = Callable[[str], Context]


@pytest.fixture(autouse=True)
def styled(qapp: QApplication) -> QApplication:
    """Dress the application in the light theme before each test."""
    apply_theme(qapp, "light")
    return qapp


@pytest.fixture
def preferences(tmp_path: Path) -> Preferences:
    """Give preferences of this test alone."""
    return Preferences(tmp_path / "window.ini")


@pytest.fixture
def window(preferences: Preferences, qtbot) -> MainWindow:
    """Give a window before anybody is at the desk."""
    made = MainWindow(preferences)
    qtbot.addWidget(made)
    return made


@pytest.fixture
def program(
    window: MainWindow, preferences: Preferences, small_house: SmallHouse
) -> Iterator[Program]:
    """Give a program on the small house, at the house's own time, nobody seated."""
    crash = CrashReporter(lambda: window, None, window)
    clock = small_house_clock(small_house)
    features = Features(pages=list)
    made = Program(window, preferences, crash, clock, Wishes(), features)
    made.workspace = "small house"
    desk = small_house.desk
    made.take(
        Opened(
            desk,
            desk.read(workspace_info),
            desk.read(people),
            desk.read(calendars),
        ),
        watch=False,
    )
    yield made
    made.close()


def small_house_clock(house: SmallHouse) -> Callable[[], datetime]:
    """Return the house's own clock."""
    return lambda: house.instant


@pytest.fixture
def seat(program: Program, small_house: SmallHouse) -> Seat:
    """Give a way to put somebody at the desk by name; returns their context."""

    def sit(name: str) -> Context:
        program.sign_in(small_house.people[name])
        assert program.context is not None
        return program.context

    return sit
