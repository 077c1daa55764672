"""A picture to look at: a file's, or the page of a paper, and the keys that turn it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from ui.style import tokens

TURNS = {
    Qt.Key.Key_PageDown: 1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_PageUp: -1,
    Qt.Key.Key_Left: -1,
}


class PictureView(QWidget):
    """A picture in the middle, never larger than it is; a page as wide as the room."""

    def __init__(self, *, is_page: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image = QImage()
        self._is_page = is_page

    def scroll_in(self, area: QScrollArea) -> None:
        """Keep an area's bar beside a page: coming and going it would change its width.

        A page as high as its width asks for would then bring the bar and send it away
        without end.
        """
        if self._is_page:
            area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)

    def image(self) -> QImage:
        """Return the picture shown."""
        return self._image

    def set_image(self, image: QImage) -> None:
        """Show another picture."""
        self._image = image
        self._fit()
        self.update()

    def _fit(self) -> None:
        if self._is_page and not self._image.isNull():
            share = self._image.height() / max(1, self._image.width())
            self.setFixedHeight(round(self.width() * share))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep a page's proportions."""
        super().resizeEvent(event)
        self._fit()

    def sizeHint(self) -> QSize:
        """Return room to see something in."""
        return QSize(640, 480)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the picture on the ground of the window."""
        if self._image.isNull():
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        size = self._image.size()
        if (
            self._is_page
            or size.width() > self.width()
            or size.height() > self.height()
        ):
            size = size.scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        left = (self.width() - size.width()) / 2
        top = (self.height() - size.height()) / 2
        box = QRectF(left, top, size.width(), size.height())
        painter.fillRect(box.adjusted(-1, -1, 1, 1), tokens().line)
        painter.drawImage(box, self._image)
