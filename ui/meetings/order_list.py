"""The running order as a list: dragged, chosen, painted by one delegate."""

from __future__ import annotations

import html
from collections.abc import Sequence
from typing import Any, ClassVar

from PySide6.QtCore import (
    QAbstractListModel,
    QByteArray,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop.domain.text import in_line
from desktop.i18n import gettext as _
from desktop.queries.meeting_rows import BoardItem
from ui.common.painting import (
    CENTRE,
    RIGHT,
    draw_focus,
    draw_frame,
    draw_icon,
    draw_text,
    draw_two_lines,
    text_width,
)
from ui.meetings.arrangement import Arrangement
from ui.meetings.rule_words import fresh_words, icon_of, ink_of
from ui.meetings.words import BoardWords, files_words, minutes_words
from ui.style import dress, tokens

Index = QModelIndex | QPersistentModelIndex
ITEM = int(Qt.ItemDataRole.UserRole) + 1
MIME = "application/x-counterpart-agenda-item"


class OrderModel(QAbstractListModel):
    """Items in their order; a drop is told, never done here."""

    dropped = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: tuple[BoardItem, ...] = ()
        self.words: BoardWords | None = None
        self.can_change = False

    def set_order(
        self, order: Arrangement, words: BoardWords, can_change: bool
    ) -> None:
        """Show other items, in place where they are the same ones."""
        self.words, self.can_change = words, can_change
        before = [one.id for one in self._items]
        after = [one.id for one in order.items]
        if before == after:
            self._items = order.items
            if after:
                self.dataChanged.emit(self.index(0), self.index(len(after) - 1))
            return
        self.beginResetModel()
        self._items = order.items
        self.endResetModel()

    def items(self) -> tuple[BoardItem, ...]:
        """Return what is shown."""
        return self._items

    def rowCount(self, parent: Index | None = None) -> int:
        """Return how many items there are."""
        return 0 if parent is not None and parent.isValid() else len(self._items)

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        """Return the item, its title, or what a screen reader says."""
        if not index.isValid() or self.words is None:
            return None
        item = self._items[index.row()]
        if role == ITEM:
            return item
        if role == Qt.ItemDataRole.DisplayRole:
            return self.words.item_title(item.running)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(item)
        if role == Qt.ItemDataRole.ToolTipRole:
            told = f"{self._spoken(item)}. {self.words.reason(item.running)}"
            return f"<span>{html.escape(told)}</span>"
        return None

    def _spoken(self, item: BoardItem) -> str:
        assert self.words is not None
        running = item.running
        at = self.words.clock(running.starts_at) if running.starts_at else ""
        return ", ".join(
            part
            for part in (
                item.section,
                str(running.number),
                at or _("not reached"),
                self.words.item_title(running),
                minutes_words(running.minutes),
                self.words.leader(running),
                fresh_words(item.fresh),
                files_words(len(item.files)),
                _("notes for the chair") if item.chair_notes else "",
            )
            if part
        )

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let items be dragged between each other, where the agenda can be changed."""
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if not self.can_change:
            return flags
        if index.isValid():
            return flags | Qt.ItemFlag.ItemIsDragEnabled
        return Qt.ItemFlag.ItemIsDropEnabled

    def supportedDropActions(self) -> Qt.DropAction:
        """Items are moved, not copied."""
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        """Return the one kind of thing that is dragged here."""
        return [MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """Carry the item's id."""
        data = QMimeData()
        item: BoardItem = indexes[0].data(ITEM)
        data.setData(MIME, QByteArray(str(item.id).encode()))
        return data

    def dropMimeData(
        self,
        data: QMimeData,
        action: Qt.DropAction,
        row: int,
        column: int,
        parent: Index,
    ) -> bool:
        """Tell where an item was dropped; whoever listens moves it."""
        if not data.hasFormat(MIME):
            return False
        item_id = int(bytes(data.data(MIME).data()))
        ids = [one.id for one in self._items]
        if item_id not in ids:
            return False
        to = row if row >= 0 else len(ids)
        start = ids.index(item_id)
        to -= to > start
        if to != start:
            self.dropped.emit(item_id, to)
        return False


class OrderDelegate(QStyledItemDelegate):
    """Paints grip, clock time, icon, two lines, leader and minutes."""

    HEIGHT: ClassVar[int] = 52
    SECTION: ClassVar[int] = 32
    WIDE: ClassVar[int] = 600

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return a row's height; one that begins a section has its heading above."""
        item = index.data(ITEM)
        heads = isinstance(item, BoardItem) and bool(item.section)
        return QSize(320, self.HEIGHT + (self.SECTION if heads else 0))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index
    ) -> None:
        """Paint one item."""
        model = index.model()
        item = index.data(ITEM)
        if not isinstance(model, OrderModel) or model.words is None or item is None:
            return
        box = QRectF(option.rect).adjusted(0, 2, 0, -2)
        if item.section:
            self._heading(painter, box, item.section)
            box.setTop(box.top() + self.SECTION)
        self._ground(painter, box, option)
        if model.can_change:
            middle = box.center().y()
            draw_icon(
                painter, box.left() + 8, middle - 8, "grip-vertical", tokens().edge
            )
        self._words(painter, box.adjusted(32, 0, -8, 0), item, model.words)

    def _heading(self, painter: QPainter, box: QRectF, words: str) -> None:
        """Paint the heading over the items from here on, with a hairline under it."""
        line = QRectF(box.left() + 8, box.top(), box.width() - 16, self.SECTION)
        draw_text(painter, line, words, tokens().text, bold=True)
        painter.fillRect(
            QRectF(line.left(), line.bottom() - 3, line.width(), 1), tokens().line
        )

    def _ground(
        self, painter: QPainter, box: QRectF, option: QStyleOptionViewItem
    ) -> None:
        state: QStyle.StateFlag = option.state
        if state & QStyle.StateFlag.State_Selected:
            draw_frame(painter, box, ground=tokens().soft, radius=8)
            if state & QStyle.StateFlag.State_Active:
                draw_focus(painter, box, radius=8)
            else:
                draw_frame(painter, box, edge=tokens().edge, radius=8)
        elif state & QStyle.StateFlag.State_MouseOver:
            draw_frame(painter, box, ground=tokens().raised, radius=8)

    def _words(
        self, painter: QPainter, box: QRectF, item: BoardItem, words: BoardWords
    ) -> None:
        colours = tokens()
        running = item.running
        middle = box.center().y()
        time = QRectF(box.left(), box.top(), 44, box.height())
        if running.starts_at is not None:
            draw_text(painter, time, words.clock(running.starts_at), colours.text2)
        else:
            draw_icon(
                painter, box.left() + 12, middle - 8, "alert-triangle", colours.risk
            )
        ink = getattr(colours, ink_of(running.rule))
        draw_icon(painter, box.left() + 52, middle - 8, icon_of(running.rule), ink)
        right = self._right(painter, box, item, words)
        title = words.item_title(running)
        second = [words.reason(running)]
        if box.width() < self.WIDE:
            second.insert(0, words.leader(running))
        second += [files_words(len(item.files))] if item.files else []
        if not running.reached:
            second.insert(0, _("Not reached"))
        middle_box = QRectF(box.left() + 80, box.top(), 0, box.height())
        middle_box.setRight(right - 8)
        draw_two_lines(
            painter, middle_box, title, in_line(*second), quiet=not running.reached
        )

    def _right(
        self, painter: QPainter, box: QRectF, item: BoardItem, words: BoardWords
    ) -> float:
        """Draw minutes and leader; return where they begin."""
        colours = tokens()
        shown = minutes_words(item.running.minutes)
        width = max(60, text_width(shown) + 20)
        minutes = QRectF(box.right() - width, box.center().y() - 16, width, 32)
        edge = colours.riskbar if not item.running.reached else colours.edge
        draw_frame(painter, minutes, ground=colours.surface, edge=edge)
        draw_text(painter, minutes, shown, colours.text, align=CENTRE)
        left = self._marks(painter, minutes.left() - 8, box, item)
        if box.width() < self.WIDE:
            return left
        minutes.setLeft(left + 8)
        room = 140.0
        leader = QRectF(minutes.left() - 8 - room, box.top(), room, box.height())
        name = words.leader(item.running)
        draw_text(painter, leader, name, colours.text2, size="small", align=RIGHT)
        return leader.right() - min(room, text_width(name, "small") + 4)

    def _marks(
        self, painter: QPainter, right: float, box: QRectF, item: BoardItem
    ) -> float:
        """Draw what is new and what is internal; return where the marks begin."""
        colours = tokens()
        middle = box.center().y()
        if item.chair_notes:
            right -= 16
            draw_icon(painter, right, middle - 8, "lock", colours.text2)
            right -= 8
        fresh = fresh_words(item.fresh)
        if fresh:
            width = text_width(fresh, "small") + 16
            right -= width
            mark = QRectF(right, middle - 11, width, 22)
            draw_frame(painter, mark, ground=colours.ground("ok"), radius=11)
            ink = colours.ink("ok")
            draw_text(painter, mark, fresh, ink, size="small", align=CENTRE)
            right -= 8
        return right


class OrderList(QListView):
    """The list; Qt drags, the page moves."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        dress(self, "rows")
        self.order = OrderModel(self)
        self.setModel(self.order)
        self.setItemDelegate(OrderDelegate(self))
        self.setAccessibleName(_("Running order"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setDragDropOverwriteMode(False)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumHeight(OrderDelegate.HEIGHT * 2)

    def show_order(
        self, order: Arrangement, words: BoardWords, can_change: bool
    ) -> None:
        """Show other items; what was chosen stays chosen, else its neighbour is."""
        kept, row = self.selected_id(), self.currentIndex().row()
        at = self.verticalScrollBar().value()
        self.order.set_order(order, words, can_change)
        if not self.choose(kept) and order.items:
            row = min(max(row, 0), len(order.items) - 1)
            self.setCurrentIndex(self.order.index(row))
        self.verticalScrollBar().setValue(at)

    def selected_id(self) -> int | None:
        """Return the chosen item's id."""
        item = self.currentIndex().data(ITEM)
        return item.id if isinstance(item, BoardItem) else None

    def choose(self, item_id: int | None) -> bool:
        """Choose an item; False when it is not in the list."""
        for row, item in enumerate(self.order.items()):
            if item.id == item_id:
                self.setCurrentIndex(self.order.index(row))
                return True
        return False
