"""The demo house, played once a run, and the same house before its first request."""

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

# Imported where they are used: most tests want neither the demo nor Qt.


def made_once(
    tmp_path_factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]
) -> Path:
    """Have a file made by the first process of this run that wants it; others wait."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    path = folder / name
    lock = sqlite3.connect(folder / f"{name}.lock", timeout=110, isolation_level=None)
    with closing(lock):
        lock.execute("BEGIN EXCLUSIVE")
        if not path.exists():
            begun = tmp_path_factory.mktemp("made") / name
            make(begun)
            begun.rename(path)
    return path


@pytest.fixture(scope="session")
def played_demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the demo of eight weeks as it stands when pictures are taken; read only."""
    from desktop.demo import make_demo
    from ui.screenshots.taking import AT

    return made_once(
        tmp_path_factory, "demo.counterpart", lambda path: make_demo(path, AT)
    )


@pytest.fixture
def demo_path(played_demo: Path, tmp_path: Path) -> Path:
    """Give a copy of the demo to write into."""
    return Path(shutil.copyfile(played_demo, tmp_path / "demo.counterpart"))


@pytest.fixture(scope="session")
def hostile_house(played_demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the demo with a trap in every text a person writes; read only."""
    from desktop.demo.hostile import make_hostile
    from ui.screenshots.taking import AT

    path = tmp_path_factory.mktemp("hostile") / "hostile.counterpart"
    return make_hostile(played_demo, path, AT)


@pytest.fixture(scope="session")
def untouched_house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the demo's house with nobody's work in it yet; read only."""
    from desktop.exchange.presets import preset_house
    from desktop.workspaces import start_workspace
    from ui.screenshots.taking import AT, PRESET

    path = tmp_path_factory.mktemp("empty") / "empty.counterpart"
    return start_workspace(path, preset_house(PRESET), AT)
