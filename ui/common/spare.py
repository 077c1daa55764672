"""What a line of a page can do without, put away while there is no room for it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

from ui.common.buttons import Button


class Spare(QObject):
    """Watches how wide `holder` is, and puts parts of it away below `least` pixels.

    A part with words for a key (`Button` in `keys`) loses only its key caps.
    """

    def __init__(
        self,
        holder: QWidget,
        least: int,
        parts: Sequence[QWidget] = (),
        keys: Sequence[Button] = (),
    ) -> None:
        super().__init__(holder)
        self._least = least
        self._parts = tuple(parts)
        self._keys = tuple(keys)
        self._has_room = True
        holder.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look again whenever the holder has another size."""
        if event.type() == QEvent.Type.Resize and isinstance(watched, QWidget):
            has_room = watched.width() >= self._least
            if has_room != self._has_room:
                self._has_room = has_room
                for part in self._parts:
                    part.setVisible(has_room)
                for button in self._keys:
                    button.show_key(has_room)
        return False
