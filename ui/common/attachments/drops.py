"""A part of the window onto which files may be dropped, saying so while they hover."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from PySide6.QtCore import QEvent, QMimeData, QObject, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDropEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QWidget

from desktop.i18n import gettext as _
from ui.common.attachments.picking import has_files
from ui.common.painting import CENTRE, draw_text
from ui.style import tokens


class DropArea(QObject):
    """Watches a widget: files dropped on it, or on a part that takes none, are ours."""

    def __init__(
        self,
        area: QWidget,
        take: Callable[[QMimeData], bool],
        is_open: Callable[[], bool],
    ) -> None:
        super().__init__(area)
        self._area = area
        self._take = take
        self._is_open = is_open
        self.veil = _Veil(area)
        area.setAcceptDrops(True)
        area.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Show the veil while files hover, take them when they are let go."""
        match event.type():
            case QEvent.Type.DragEnter:
                return self._enter(cast(QDragEnterEvent, event))
            case QEvent.Type.DragLeave:
                self.veil.hide()
            case QEvent.Type.Drop:
                return self._drop(cast(QDropEvent, event))
            case QEvent.Type.Resize:
                self.veil.resize(self._area.size())
        return False

    def _enter(self, event: QDragEnterEvent) -> bool:
        if not has_files(event.mimeData()) or not self._is_open():
            return False
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.veil.resize(self._area.size())
        self.veil.show()
        self.veil.raise_()
        return True

    def _drop(self, event: QDropEvent) -> bool:
        self.veil.hide()
        if not self._take(event.mimeData()):
            return False
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        return True


class _Veil(QWidget):
    """What lies over the area while files hover above it."""

    def __init__(self, area: QWidget) -> None:
        super().__init__(area)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.words = _("Drop to attach")
        self.setAccessibleName(self.words)
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint a dashed frame and what letting go does."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = tokens()
        ground = QColor(colours.soft)
        ground.setAlpha(230)
        pen = QPen(colours.accent, 2)
        pen.setDashPattern([4, 3])
        painter.setPen(pen)
        painter.setBrush(ground)
        box = QRectF(self.rect()).adjusted(8, 8, -8, -8)
        painter.drawRoundedRect(box, 8, 8)
        draw_text(painter, box, self.words, colours.accent, size="title", align=CENTRE)
