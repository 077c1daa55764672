"""The gallery draws: every shared widget, in both themes."""

from pathlib import Path

from PySide6.QtGui import QImage

from tests.ui.gallery import main


def test_every_widget_is_drawn_light_and_dark(tmp_path: Path, qtbot) -> None:
    main(tmp_path)
    drawn = sorted(path.stem for path in tmp_path.glob("*.png"))
    assert len(drawn) == 16
    for name in ("table", "form", "dialog"):
        light = QImage(str(tmp_path / f"{name}-light.png"))
        dark = QImage(str(tmp_path / f"{name}-dark.png"))
        assert light.pixelColor(1, 1).lightness() > 200
        assert dark.pixelColor(1, 1).lightness() < 80
