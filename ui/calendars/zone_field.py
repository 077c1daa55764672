"""Chooses a time zone: type a part of a city's name, take one of the list."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from zoneinfo import available_timezones

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QVBoxLayout, QWidget

from desktop.i18n import gettext as _
from ui.common.inputs import LineInput
from ui.common.labels import PlainLabel
from ui.style import dress

SHOWN = 200
_LEFT_OUT = ("posix/", "right/", "SystemV/", "Etc/")


@lru_cache(maxsize=1)
def known_zones() -> tuple[str, ...]:
    """Return the time zones there are, those named after places first."""
    zones = [one for one in available_timezones() if not one.startswith(_LEFT_OUT)]
    return (
        *sorted(one for one in zones if "/" in one),
        *sorted(one for one in zones if "/" not in one),
    )


def zones_like(words: str, zones: Sequence[str]) -> list[str]:
    """Return the zones whose names hold every word typed."""
    parts = words.casefold().replace("_", " ").replace("/", " ").split()
    return [
        zone
        for zone in zones
        if all(part in zone.casefold().replace("_", " ") for part in parts)
    ]


class ZoneField(QWidget):
    """A search line over the zones found; arrows in the line choose among them."""

    changed = Signal()

    def __init__(self, zone: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = LineInput(limit=64, placeholder=_("for example Belgrade"))
        self.found = QListWidget()
        dress(self.found, "rows")
        self.found.setAccessibleName(_("Time zones found"))
        self.found.setFixedHeight(136)
        # The line above leads it by its arrows.
        self.found.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.found.setFrameShape(QListWidget.Shape.StyledPanel)
        self.nothing = PlainLabel("", size="small", ink="text2")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        for part in (self.line, self.found, self.nothing):
            layout.addWidget(part)
        self.setFocusProxy(self.line)
        self.line.textEdited.connect(self._search)
        self.found.itemClicked.connect(lambda item: self._take(item.text()))
        self.line.installEventFilter(self)
        self.set_value(zone)

    def sizeHint(self) -> QSize:
        """Return room for the line and a few zones."""
        return QSize(320, 176)

    def value(self) -> str:
        """Return the zone chosen: the one typed in full, else the one marked."""
        typed = self.line.text().strip()
        if typed in known_zones() or not typed:
            return typed
        item = self.found.currentItem()
        is_found = item is not None and bool(zones_like(typed, [item.text()]))
        return item.text() if is_found else typed

    def set_value(self, zone: str) -> None:
        """Show a zone."""
        self.line.setText(zone)
        self._show(known_zones())
        for at in range(self.found.count()):
            if self.found.item(at).text() == zone:
                self.found.setCurrentRow(at)
                self.found.scrollToItem(self.found.item(at))

    def _search(self, words: str) -> None:
        self._show(zones_like(words, known_zones()))
        if words.strip() and self.found.count():
            self.found.setCurrentRow(0)
        self.changed.emit()

    def _show(self, zones: Sequence[str]) -> None:
        self.found.clear()
        self.found.addItems(list(zones))
        empty = _("No time zone is called so. Try the nearest large city.")
        self.nothing.setText("" if zones else empty)
        self.nothing.setVisible(not zones)

    def _take(self, zone: str) -> None:
        self.line.setText(zone)
        self.changed.emit()

    def eventFilter(self, watched: object, event: object) -> bool:
        """Let the arrows in the line go through the zones found."""
        if isinstance(event, QKeyEvent) and event.type() == QKeyEvent.Type.KeyPress:
            by = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
            if by and self.found.count():
                at = self.found.currentRow() + by
                self.found.setCurrentRow(min(self.found.count() - 1, max(0, at)))
                self._take(self.found.currentItem().text())
                return True
        return False
