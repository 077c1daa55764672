"""The pane behind the bell: notices to open, to mark as read, and to silence."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListView,
    QVBoxLayout,
    QWidget,
)

from desktop.i18n import gettext as _
from desktop.queries.notices import AnyNotice, Inbox, SessionNoticeRow
from ui.common.buttons import Button
from ui.common.items_model import ItemsModel
from ui.common.labels import ElidedLabel, PlainLabel
from ui.common.painting import draw_frame
from ui.notices.rows import ROW_HEIGHT, NoticeDelegate, When, spoken
from ui.notices.session_words import is_silenced_by_action
from ui.style import dress, tokens

WIDTH, MOST_ROWS = 460, 8


class NoticesPane(QFrame):
    """Floats below the bell in the same window; Esc or a click elsewhere closes it."""

    opened = Signal(object)
    read_all = Signal()
    inbox_wanted = Signal()
    silenced = Signal(int, bool)
    """A request's id, and whether until it moves (else until tomorrow)."""
    action_silenced = Signal(int)

    def __init__(self, when: When, window: QWidget) -> None:
        super().__init__(window)
        self.setAccessibleName(_("Notices"))
        self._opener: QWidget | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(8)
        head = QHBoxLayout()
        head.setContentsMargins(12, 0, 0, 0)
        head.addWidget(PlainLabel(_("Notices"), bold=True), 1)
        self.inbox_button = Button(_("Inbox"), kind="quiet", icon="inbox")
        self.inbox_button.clicked.connect(self._to_inbox)
        head.addWidget(self.inbox_button)
        self.all_button = Button(_("Mark all as read"), kind="quiet", icon="check")
        self.all_button.clicked.connect(self.read_all)
        head.addWidget(self.all_button)
        layout.addLayout(head)
        self._add_list(layout, when)
        self._add_foot(layout)
        self.hide()

    def _add_list(self, layout: QVBoxLayout, when: When) -> None:
        self.nothing = PlainLabel(
            _("Nothing yet. Warnings and what others do with your requests come here."),
            wraps=True,
            ink="text2",
        )
        self.nothing.setContentsMargins(12, 0, 12, 12)
        layout.addWidget(self.nothing)
        self.list = QListView()
        dress(self.list, "rows")
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setAccessibleName(_("Notices"))
        self.list.setUniformItemSizes(True)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setItemDelegate(NoticeDelegate(when, self.list))
        self.model: ItemsModel[AnyNotice] = ItemsModel(
            lambda row: spoken(row, *when()), self.list
        )
        self.list.setModel(self.model)
        self.list.clicked.connect(lambda index: self._open(index.row()))
        self.list.selectionModel().currentChanged.connect(
            lambda *_places: self._offer()
        )
        layout.addWidget(self.list, 1)

    def _add_foot(self, layout: QVBoxLayout) -> None:
        self.foot = QWidget()
        row = QHBoxLayout(self.foot)
        row.setContentsMargins(12, 0, 0, 0)
        row.setSpacing(8)
        self.of_what = ElidedLabel(ink="text2")
        row.addWidget(self.of_what, 1)
        self.tomorrow = Button(_("Until tomorrow"), kind="quiet", icon="clock")
        self.tomorrow.clicked.connect(lambda: self._silence(False))
        self.moves = Button(_("Until it moves"), kind="quiet", icon="arrow-right")
        self.moves.clicked.connect(lambda: self._silence(True))
        self.until_changed = Button(
            _("Until its date changes"), kind="quiet", icon="clock"
        )
        self.until_changed.clicked.connect(lambda: self._silence(True))
        for button in (self.tomorrow, self.moves, self.until_changed):
            row.addWidget(button)
        layout.addWidget(self.foot)

    # ------------------------------------------------------------ showing

    def show_inbox(self, inbox: Inbox) -> None:
        """Show what was read; the line chosen before stays chosen."""
        chosen = self.current()
        self.model.set_items(inbox.rows)
        ids = [row.notice_id for row in inbox.rows]
        kept = chosen.notice_id if chosen is not None else None
        row = ids.index(kept) if kept in ids else 0
        self.list.setCurrentIndex(self.model.index(row, 0))
        self.all_button.setEnabled(inbox.unread > 0)
        self.all_button.setVisible(bool(inbox.rows))
        self.nothing.setVisible(not ids)
        self.list.setVisible(bool(ids))
        self._offer()
        if self.isVisible() and self._opener is not None:
            self.open_below(self._opener)

    def open_below(self, opener: QWidget) -> None:
        """Show the pane below what opened it, and put the keyboard into it."""
        window = self.window() if self.isWindow() else self.parentWidget()
        assert window is not None
        is_new = self._opener is not opener or not self.isVisible()
        self._opener = opener
        corner = opener.mapTo(window, QPoint(opener.width(), opener.height() + 8))
        rows = min(MOST_ROWS, len(self.model.items))
        height = rows * ROW_HEIGHT + 104
        height = min(height, window.height() - corner.y() - 24)
        # Other languages are longer; nothing of the pane is cut where there is room.
        width = max(WIDTH, self.foot.sizeHint().width() + 16, self.sizeHint().width())
        width = min(width, window.width() - 16)
        left = max(8, min(corner.x(), window.width() - 8) - width)
        self.setGeometry(left, corner.y(), width, height)
        self.show()
        self.raise_()
        if is_new:
            (self.list if rows else self).setFocus()

    def current(self) -> AnyNotice | None:
        """Return the notice the keyboard is on."""
        row = self.list.currentIndex().row()
        return self.model.items[row] if 0 <= row < len(self.model.items) else None

    def _offer(self) -> None:
        chosen = self.current()
        self.foot.setVisible(chosen is not None)
        if chosen is not None:
            words = _("Silence {reference}")
            self.of_what.setText(words.format(reference=_reference(chosen)))
        is_request = not isinstance(chosen, SessionNoticeRow)
        self.tomorrow.setVisible(is_request)
        self.moves.setVisible(is_request)
        is_reminder = is_silenced_by_action(chosen)
        self.until_changed.setVisible(not is_request)
        self.until_changed.setEnabled(is_reminder)
        is_warning = (
            chosen is not None
            and not isinstance(chosen, SessionNoticeRow)
            and chosen.kind.is_warning
        )
        self.tomorrow.setEnabled(is_warning)
        self.moves.setEnabled(is_warning)
        self.of_what.setVisible(is_request or is_reminder)

    # ------------------------------------------------------------ acting

    def _open(self, row: int) -> None:
        if 0 <= row < len(self.model.items):
            self.put_away()
            self.opened.emit(self.model.items[row])

    def _to_inbox(self) -> None:
        self.put_away()
        self.inbox_wanted.emit()

    def _silence(self, until_moves: bool) -> None:
        chosen = self.current()
        if isinstance(chosen, SessionNoticeRow):
            self.action_silenced.emit(chosen.action_id)
        elif chosen is not None:
            self.silenced.emit(chosen.request_id, until_moves)

    def put_away(self) -> None:
        """Hide the pane and give the keyboard back to the bell."""
        had = self.isAncestorOf(self.focusWidget()) if self.focusWidget() else False
        self.hide()
        if had and self._opener is not None and self._opener.isVisible():
            self._opener.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open a notice with Enter, leave with Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.put_away()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.list.currentIndex().row())
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QEvent) -> None:
        """Listen for clicks elsewhere while it is open."""
        self._application().installEventFilter(self)

    def hideEvent(self, event: QEvent) -> None:
        """Stop listening."""
        self._application().removeEventFilter(self)

    @staticmethod
    def _application() -> QCoreApplication:
        application = QCoreApplication.instance()
        assert application is not None
        return application

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Put the pane away at a click on anything that is not its own."""
        if event.type() == QEvent.Type.MouseButtonPress and isinstance(
            watched, QWidget
        ):
            is_own = watched is self or self.isAncestorOf(watched)
            if not is_own and watched is not self._opener:
                self.hide()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the card."""
        colours = tokens()
        box = QRectF(self.rect())
        draw_frame(
            QPainter(self), box, ground=colours.surface, edge=colours.edge, radius=8
        )


def _reference(row: AnyNotice) -> str:
    if isinstance(row, SessionNoticeRow):
        return f"A-{row.action}" if row.action is not None else ""
    return row.reference
