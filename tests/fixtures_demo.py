"""The demo house, played once a run, and the same house before its first request."""

import shutil
from pathlib import Path

import pytest

# Imported where they are used: most tests want neither the demo nor Qt.


@pytest.fixture(scope="session")
def played_demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the demo of eight weeks as it stands when pictures are taken; read only."""
    from desktop.demo import make_demo
    from ui.screenshots.taking import AT

    return make_demo(tmp_path_factory.mktemp("demo") / "demo.counterpart", AT)


@pytest.fixture
def demo_path(played_demo: Path, tmp_path: Path) -> Path:
    """Give a copy of the demo to write into."""
    return Path(shutil.copyfile(played_demo, tmp_path / "demo.counterpart"))


@pytest.fixture(scope="session")
def untouched_house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the demo's house with nobody's work in it yet; read only."""
    from desktop.exchange.presets import preset_house
    from desktop.workspaces import start_workspace
    from ui.screenshots.taking import AT, PRESET

    path = tmp_path_factory.mktemp("empty") / "empty.counterpart"
    return start_workspace(path, preset_house(PRESET), AT)
