"""Who had the ball for how long: a bar to scale, and the same in words below it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.i18n import gettext as _
from ui.common.painting import draw_ball, draw_split_bar, draw_text, text_width
from ui.common.request_pane.request_words import share_words
from ui.style import tokens

if TYPE_CHECKING:
    from desktop.queries.ball_split import BallShare

_BAR = 8
_LINE = 22
_GAP = 20


class SplitBar(QWidget):
    """Paints the shares of the ball; words wrap below the bar."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shares: list[BallShare] = []
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_shares(self, shares: Sequence[BallShare]) -> None:
        """Show other shares; those of under a minute are left out."""
        self._shares = [share for share in shares if share.seconds >= 60]
        words = [share_words(share) for share in self._shares]
        self.setAccessibleName(_("Who had it: {words}").format(words=", ".join(words)))
        self.setVisible(bool(self._shares))
        self.updateGeometry()
        self.update()

    def words(self) -> list[str]:
        """Return what is written below the bar."""
        return [share_words(share) for share in self._shares]

    def _places(self, width: float) -> list[tuple[float, float]]:
        """Return where each share's words begin: x, and y below the bar."""
        places = []
        x, y = 0.0, float(_BAR + 6)
        for words in self.words():
            wanted = text_width(words, "small") + 20
            if x and x + wanted > width:
                x, y = 0.0, y + _LINE
            places.append((x, y))
            x += wanted + _GAP
        return places

    def hasHeightForWidth(self) -> bool:
        """Say that narrow means taller."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of the bar and its lines of words."""
        places = self._places(width)
        return int(places[-1][1]) + _LINE if places else 0

    def sizeHint(self) -> QSize:
        """Return the height at the present width."""
        return QSize(200, self.heightForWidth(max(self.width(), 200)))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the bar and the words."""
        painter = QPainter(self)
        colours = tokens()
        total = sum(share.seconds for share in self._shares)
        if not total:
            return
        parts = [
            (share.seconds / total, colours.accent, not share.is_counted)
            for share in self._shares
        ]
        draw_split_bar(painter, QRectF(0, 0, self.width(), _BAR), parts)
        places = self._places(self.width())
        for share, (x, y) in zip(self._shares, places, strict=True):
            draw_ball(painter, QRectF(x, y + 4, 13, 13), share.ball.value)
            box = QRectF(x + 19, y, self.width() - x - 19, _LINE)
            draw_text(painter, box, share_words(share), colours.text, size="small")

    def resizeEvent(self, event: object) -> None:
        """Take the height the new width needs."""
        self.setMinimumHeight(self.heightForWidth(self.width()))

    def setLayoutDirection(self, direction: Qt.LayoutDirection) -> None:
        """Keep left to right: the bar is a scale."""
        super().setLayoutDirection(Qt.LayoutDirection.LeftToRight)
