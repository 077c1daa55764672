"""Pictures by command: named, sized, the same each time; wrong wishes are told."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from main import main
from ui.screenshots import main as screenshots
from ui.screenshots.scenes import MAIN_WINDOWS, SITTINGS
from ui.screenshots.taking import AT, picture_day, take_pictures
from ui.style import apply_theme

SIZE = QSize(1280, 800)


@pytest.fixture
def houses(demo_path: Path, untouched_house: Path) -> dict[str, Path]:
    """Give the houses pictures are taken in."""
    return {"demo": demo_path, "empty": untouched_house}


def test_a_picture_is_as_large_as_asked_and_the_same_each_time(
    houses: dict[str, Path], tmp_path: Path, qapp: QApplication
) -> None:
    taken = []
    for name in ("one", "other"):
        out = tmp_path / name
        paths = take_pictures(houses, out, SIZE, wanted=lambda one: one == "counter")
        assert [path.name for path in paths] == ["counter.png"]
        taken.append(QImage(str(out / "counter.png")))
    assert taken[0].size() == SIZE
    assert taken[0] == taken[1]


def test_dark_pictures_are_dark(
    houses: dict[str, Path], tmp_path: Path, qapp: QApplication
) -> None:
    lightness = {}
    for choice in ("light", "dark"):
        apply_theme(qapp, choice)
        out = tmp_path / choice
        list(
            take_pictures(houses, out, SIZE, wanted=lambda one: one == "counter-empty")
        )
        picture = QImage(str(out / "counter-empty.png"))
        lightness[choice] = picture.pixelColor(640, 700).lightness()
    assert lightness["dark"] < 60 < 200 < lightness["light"]


@pytest.mark.parametrize("seconds", [0, 59.9])
def test_the_main_windows_of_a_day_are_pictured_at_any_second(
    seconds: float, demo_path: Path, tmp_path: Path, qapp: QApplication
) -> None:
    before = demo_path.read_bytes()
    at = AT + timedelta(seconds=seconds)
    paths = picture_day(demo_path, tmp_path / "windows", at)
    names = [scene.name for sitting in MAIN_WINDOWS for scene in sitting.scenes]
    assert [path.stem for path in paths] == names
    assert all(QImage(str(path)).width() == 1440 for path in paths)
    assert demo_path.read_bytes() == before


def test_every_picture_has_a_name_of_its_own() -> None:
    names = [scene.name for sitting in SITTINGS for scene in sitting.scenes]
    assert len(names) == len(set(names))
    assert {"counter", "queue", "request", "why", "meetings", "palette"} <= set(names)
    assert {"counter-empty", "queue-empty", "meetings-empty"} <= set(names)


def test_a_name_no_picture_has_is_told_with_those_there_are(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wanted = ["screenshots", "--out", str(tmp_path / "out"), "--only", "nothing"]
    assert main(wanted) == 2
    told = capsys.readouterr().err
    assert "nothing" in told
    assert "counter-empty" in told
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("size", ["huge", "1280", "640x480", "1280×800", "0x0"])
def test_a_size_that_is_none_is_refused(
    size: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        screenshots(["--out", str(tmp_path), "--size", size])
    assert ended.value.code == 2
    assert "1280x800" in capsys.readouterr().err or size == "640x480"
