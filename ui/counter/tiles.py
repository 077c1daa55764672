"""The services raised most, each a key away, with when they would be done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from desktop import formats
from desktop.i18n import gettext as _
from desktop.i18n import gettext_noop as N_
from ui.common.key_caps import draw_key_caps, key_caps_width
from ui.common.painting import draw_focus, draw_frame, draw_two_lines
from ui.style import tokens

if TYPE_CHECKING:
    from desktop.queries.promise import ServiceTile
    from ui.context import Context

MOST = 4
TILE_WORDS = (
    N_("Raise the service used most"),
    N_("Raise the service used second most"),
    N_("Raise the service used third most"),
    N_("Raise the service used fourth most"),
)


class TileView(QAbstractButton):
    """A raised card: key, service, and when it would be done if sent now."""

    def __init__(
        self, tile: ServiceTile, key: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.tile = tile
        self._key = key
        self._when = ""
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_when(self, when: str) -> None:
        """Say when it would be done."""
        if when != self._when:
            self._when = when
            self.setAccessibleName(f"{self.tile.name}, {when}")
            self.update()

    def when(self) -> str:
        """Return what is said about when it would be done."""
        return self._when

    def sizeHint(self) -> QSize:
        """Return the usual size."""
        return QSize(200, 52)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the card."""
        painter = QPainter(self)
        box, colours = QRectF(self.rect()), tokens()
        over = self.underMouse() or self.isDown()
        ground = colours.soft if over else colours.raised
        draw_frame(painter, box, ground=ground, radius=8)
        draw_key_caps(painter, 14, box.center().y(), self._key, colours.text2)
        left = 14 + key_caps_width(self._key) + 14
        words = box.adjusted(left, 0, -12, 0)
        draw_two_lines(painter, words, self.tile.name, self._when)
        if self.hasFocus():
            draw_focus(painter, box, radius=8)


class Tiles(QWidget):
    """Up to four tiles in a line."""

    chosen = Signal(int)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(16)
        self.views: list[TileView] = []

    def show_tiles(self, tiles: Sequence[ServiceTile]) -> None:
        """Show these services."""
        if [view.tile for view in self.views] == list(tiles):
            return
        for view in self.views:
            self._layout.removeWidget(view)
            view.hide()
            view.deleteLater()
        self.views = []
        for number, tile in enumerate(tiles[:MOST], 1):
            view = TileView(tile, f"Alt+{number}")
            view.clicked.connect(self._opener(tile.service_id))
            self._layout.addWidget(view, 1)
            self.views.append(view)
        self.setVisible(bool(self.views))
        self.tick()

    def _opener(self, service_id: int) -> Callable[[], None]:
        return lambda: self.chosen.emit(service_id)

    def choose(self, number: int) -> None:
        """Choose a tile by its number from 1; nothing when there are fewer."""
        if 1 <= number <= len(self.views):
            self.chosen.emit(self.views[number - 1].tile.service_id)

    def tick(self) -> None:
        """Say anew when each would be done; asks no database."""
        now = self._context.ticker.now()
        for view in self.views:
            view.set_when(self._when(view.tile, now))

    def _when(self, tile: ServiceTile, now: datetime) -> str:
        clocks = self._context.clocks
        calendar = (
            clocks.calendar(tile.calendar_id) if tile.calendar_id is not None else None
        )
        due = None if calendar is None else tile.due_from(calendar, now)
        if due is None:
            return tile.unit
        return _("if sent now: {when}").format(
            when=formats.short_instant(due, now, clocks.zone)
        )
