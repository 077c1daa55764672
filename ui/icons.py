"""Line icons of one family, drawn in a token's colour and cached."""

from __future__ import annotations

from collections import OrderedDict
from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from ui.style import RESOURCES, tokens

_KEPT = 600


class Icons:
    """Draws the SVG files of a folder, tinted; a pixmap is made only once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._sources: dict[str, str] = {}
        self._pixmaps: OrderedDict[tuple[str, int, int, float], QPixmap] = OrderedDict()

    def load(self) -> None:
        """Read all there are, so that no painting has to; any thread may."""
        for name in self.names():
            self._text(name)

    def names(self) -> list[str]:
        """Return the names of all icons there are."""
        return sorted(path.stem for path in self._folder.glob("*.svg"))

    def pixmap(
        self, name: str, colour: QColor, size: int = 16, ratio: float = 1.0
    ) -> QPixmap:
        """Return an icon of `size` logical pixels; KeyError when there is none."""
        key = (name, colour.rgba(), size, ratio)
        known = self._pixmaps.get(key)
        if known is None:
            known = self._pixmaps[key] = self._draw(name, colour, size, ratio)
            if len(self._pixmaps) > _KEPT:
                self._pixmaps.popitem(last=False)
        return known

    def icon(self, name: str, colour: QColor | None = None, size: int = 16) -> QIcon:
        """Return an icon for a menu, in the theme's second ink unless told."""
        ink = colour or tokens().text2
        made = QIcon()
        for ratio in (1.0, 2.0):
            made.addPixmap(self.pixmap(name, ink, size, ratio))
        return made

    def _draw(self, name: str, colour: QColor, size: int, ratio: float) -> QPixmap:
        renderer = QSvgRenderer(QByteArray(self._source(name, colour.name(), size)))
        pixmap = QPixmap(QSize(round(size * ratio), round(size * ratio)))
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        renderer.render(painter, QRectF(pixmap.rect()))
        painter.end()
        pixmap.setDevicePixelRatio(ratio)
        return pixmap

    def _source(self, name: str, colour: str, size: int) -> bytes:
        text = self._text(name).replace("currentColor", colour)
        # Small icons keep the family's own stroke, or they would fade into a hairline.
        stroke = "1.5" if size >= 20 else "1.9"
        return text.replace('stroke-width="2"', f'stroke-width="{stroke}"').encode()

    def _text(self, name: str) -> str:
        text = self._sources.get(name)
        if text is None:
            path = self._folder / f"{name}.svg"
            try:
                text = path.read_text(encoding="utf-8")
            except FileNotFoundError as error:
                raise KeyError(f"no icon named {name}") from error
            self._sources[name] = text
        return text


@lru_cache(maxsize=1)
def icons() -> Icons:
    """Return the icons of this process."""
    return Icons(RESOURCES / "icons")
