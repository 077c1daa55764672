"""How much room a dialog has: within the window it belongs to, or on the screen."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

MARGIN = 24
LEAST = QSize(480, 320)


def room_for(dialog: QWidget) -> QSize:
    """Return how large it may be, in pixels: what does not fit has to scroll."""
    above = dialog.parentWidget()
    if above is not None:
        whole = above.window().size()
    else:
        whole = dialog.screen().availableGeometry().size()
    return (whole - QSize(2 * MARGIN, 2 * MARGIN)).expandedTo(LEAST)


def take_room(dialog: QWidget, width: int, height: int) -> None:
    """Give a dialog this size, in pixels, as far as there is room."""
    dialog.resize(QSize(width, height).boundedTo(room_for(dialog)))
