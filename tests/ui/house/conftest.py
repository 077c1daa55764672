"""A window that starts for real, on files of the test alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from desktop.exchange.presets import preset_house
from desktop.workspaces import start_workspace
from ui.crash import CrashReporter
from ui.house.page import PAGES
from ui.house.start import Part, StartScreen
from ui.main_window import MainWindow
from ui.pages import Features
from ui.preferences import Preferences
from ui.program import Program, Wishes

NOW = datetime(2026, 11, 9, 9, 0, tzinfo=UTC)

Launch = Callable[[Wishes], Program]


@pytest.fixture
def data_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the user's data folder of this test alone."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    return tmp_path / "data"


@pytest.fixture(scope="session")
def city_template(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Give the bytes of a workspace with the city's house in it."""
    path = tmp_path_factory.mktemp("city") / "city.counterpart"
    start_workspace(path, preset_house("lipovac"), NOW)
    return path.read_bytes()


@pytest.fixture
def city(city_template: bytes, tmp_path: Path) -> Path:
    """Give a workspace file with the city's house in it."""
    path = tmp_path / "city.counterpart"
    path.write_bytes(city_template)
    return path


@pytest.fixture
def launch(
    window: MainWindow, preferences: Preferences, data_home: Path
) -> Iterator[Launch]:
    """Give a way to start the program as the command line asked."""
    made: list[Program] = []

    def run(wishes: Wishes) -> Program:
        crash = CrashReporter(lambda: window, None, window)
        features = Features(pages=lambda: PAGES)
        program = Program(window, preferences, crash, lambda: NOW, wishes, features)
        made.append(program)
        window.show()
        program.start()
        return program

    yield run
    for program in made:
        program.close()


@pytest.fixture
def part(window: MainWindow, qtbot: Any) -> Callable[[type[Part]], Any]:
    """Give a way to wait for the part of the start screen that is asked for."""

    def wait(kind: type[Part]) -> Any:
        def shown() -> bool:
            start = window._start
            is_there = isinstance(start, StartScreen) and isinstance(start.part, kind)
            return is_there and start.part.isVisible()

        qtbot.waitUntil(shown)
        return window._start.part  # type: ignore[union-attr]  # waited for just above

    return wait
