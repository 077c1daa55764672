"""Takes the pictures: makes the houses once, sits people down, saves what is seen."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QSize

from desktop.exchange.presets import preset_house
from desktop.workspaces import start_workspace
from ui.screenshots.scene import Sitting
from ui.screenshots.scenes import MAIN_WINDOWS, SITTINGS
from ui.screenshots.studio import Studio

AT = datetime(2026, 5, 4, 8, 50, tzinfo=UTC)
"""When the pictures are taken: a Monday after a holiday, 10:50 in Lipovac."""

PRESET = "lipovac"


def make_houses(folder: Path) -> dict[str, Path]:
    """Make the demo as it stands at the pictures' instant, and two beside it.

    One is a house without work, one is filled with texts as bad as they can be.
    """
    from desktop.demo import make_demo
    from desktop.demo.hostile import make_hostile

    demo = make_demo(folder / "demo.counterpart", AT)
    return {
        "demo": demo,
        "hostile": make_hostile(demo, folder / "hostile.counterpart", AT),
        "empty": start_workspace(
            folder / "empty.counterpart", preset_house(PRESET), AT
        ),
    }


def take_pictures(
    houses: dict[str, Path],
    out: Path,
    size: QSize,
    at: datetime = AT,
    sittings: Sequence[Sitting] = SITTINGS,
    wanted: Callable[[str], bool] = lambda _name: True,
) -> Iterator[Path]:
    """Picture the scenes wanted; each file is given as soon as it is there."""
    out.mkdir(parents=True, exist_ok=True)
    for sitting in sittings:
        scenes = [scene for scene in sitting.scenes if wanted(scene.name)]
        if not scenes:
            continue
        with _studio(houses, at, size) as studio:
            if sitting.house:
                studio.open(houses[sitting.house], sitting.person)
            for scene in scenes:
                scene.show(studio)
                path = out / f"{scene.name}.png"
                studio.picture().save(str(path))
                studio.tidy()
                yield path


@contextmanager
def _studio(houses: dict[str, Path], at: datetime, size: QSize) -> Iterator[Studio]:
    with TemporaryDirectory(prefix="counterpart-") as folder:
        studio = Studio(houses, Path(folder), at, size)
        try:
            yield studio
        finally:
            studio.close()


def picture_day(workspace: Path, out: Path, at: datetime) -> Sequence[Path]:
    """Picture the main windows of a workspace as they stand at `at`; without a screen.

    The workspace is copied first: a picture changes nothing.
    """
    from ui.app import make_app
    from ui.style import apply_theme

    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    apply_theme(make_app([]), "light")
    with TemporaryDirectory(prefix="counterpart-") as folder:
        copy = Path(shutil.copy(workspace, Path(folder) / workspace.name))
        size = QSize(1440, 900)
        return list(take_pictures({"demo": copy}, out, size, at, MAIN_WINDOWS))
