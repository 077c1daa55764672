"""The list of rules: each a sentence, however long, and how it is told again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop.domain.escalation import KeptRule
from desktop.domain.text import with_breaks
from desktop.i18n import gettext as _
from ui.common.items_model import ITEM, Index, ItemsModel
from ui.common.painting import draw_frame, draw_icon
from ui.escalation.words import LEVELS
from ui.style import dress, font, metrics, tokens

_WRAPS = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft)
_LEFT, _PAD, _TALL = 44, 12, 100_000


@dataclass(frozen=True, slots=True)
class RuleLine:
    """A rule with its words."""

    kept: KeptRule
    sentence: str
    again: str

    @property
    def below(self) -> str:
        """Return the second sentence, which says it where the rule is switched off."""
        return self.again if self.kept.is_active else _("Switched off. ") + self.again


def _words(line: RuleLine) -> str:
    return f"{line.sentence} {line.below}"


class _Painter(QStyledItemDelegate):
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index
    ) -> None:
        line: RuleLine = index.data(ITEM)
        colours = tokens()
        box = QRectF(option.rect).adjusted(16, 2, -16, -2)
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        ground = colours.soft if is_chosen else None
        draw_frame(painter, box, ground=ground, edge=colours.line, radius=8)
        _words, icon, ink = LEVELS[line.kept.rule.notice]
        is_on = line.kept.is_active
        colour = colours.ink(ink) if is_on else colours.text2
        draw_icon(painter, box.left() + 16, box.top() + _PAD + 2, icon, colour)
        left, width = box.left() + _LEFT, int(box.width()) - _LEFT - _PAD
        first = _height(line.sentence, width, is_bold=True)
        painter.setFont(font("body", bold=True))
        painter.setPen(colours.text if is_on else colours.text2)
        place = QRectF(left, box.top() + _PAD, width, first)
        painter.drawText(place, _WRAPS, with_breaks(line.sentence))
        painter.setFont(font("small"))
        painter.setPen(colours.text2)
        top = place.bottom() + 4
        second = QRectF(left, top, width, box.bottom() - top)
        painter.drawText(second, _WRAPS, line.below)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        line: RuleLine = index.data(ITEM)
        view = self.parent()
        assert isinstance(view, QListView)
        width = view.viewport().width() - 32 - _LEFT - _PAD
        height = _height(line.sentence, width, is_bold=True) + 4
        height += _height(line.below, width, is_bold=False)
        return QSize(200, height + 2 * _PAD + 4)


def _height(words: str, width: int, *, is_bold: bool) -> int:
    size = metrics("body", bold=True) if is_bold else metrics("small")
    shown = with_breaks(words)
    box = size.boundingRect(0, 0, max(80, width), _TALL, _WRAPS, shown)
    return int(box.height())


class RuleList(QListView):
    """Rules to choose from; Enter or a double click opens one."""

    chosen = Signal()
    opened = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        dress(self, "rows")
        self.setAccessibleName(_("Rules of escalation"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(_Painter(self))
        self._lines: ItemsModel[RuleLine] = ItemsModel(_words, self)
        self.setModel(self._lines)
        self.doubleClicked.connect(lambda _at: self.opened.emit())
        self.selectionModel().currentChanged.connect(lambda *_: self.chosen.emit())

    def show_lines(self, lines: Sequence[RuleLine]) -> None:
        """Show rules; the one chosen before stays chosen."""
        before = self.current()
        row = max(0, self.currentIndex().row())
        self._lines.set_items(lines)
        keys = [line.kept.key for line in lines]
        if before is not None and before.kept.key in keys:
            row = keys.index(before.kept.key)
        row = min(row, len(lines) - 1)
        self.setCurrentIndex(self._lines.index(row, 0))
        self.chosen.emit()

    def choose(self, key: object) -> None:
        """Choose the rule of a key, if it is shown."""
        for row, line in enumerate(self._lines.items):
            if line.kept.key == key:
                self.setCurrentIndex(self._lines.index(row, 0))

    def lines(self) -> tuple[RuleLine, ...]:
        """Return what is shown."""
        return self._lines.items

    def current(self) -> RuleLine | None:
        """Return the rule the keyboard is on."""
        row = self.currentIndex().row()
        lines = self._lines.items
        return lines[row] if 0 <= row < len(lines) else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open with Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the sentences anew."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()
