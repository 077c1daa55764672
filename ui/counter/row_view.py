"""One request on the counter: what, who holds it, the promise, what to say."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.domain.requests import RequestState
from desktop.i18n import gettext as _
from ui.common.buttons import Button, IconButton
from ui.common.labels import LinkLabel
from ui.common.painting import (
    draw_ball,
    draw_clock,
    draw_focus,
    draw_text,
    draw_two_lines,
)
from ui.counter.columns import (
    CLOCK,
    HOLDER,
    MOST_LINES,
    Columns,
    columns_of,
    line_height,
    wrapped,
)
from ui.counter.words import RowWords
from ui.style import tokens

HEIGHT = 56
DONE_HEIGHT = 32


class RowView(QWidget):
    """Painted by the shared painters; ``wanted`` names what should be done with it."""

    wanted = Signal(str)
    moved = Signal(int)

    def __init__(self, words: RowWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._lines: list[str] = []
        self._is_act_hidden = False
        self._is_open = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.copy_button = IconButton("copy", _("Copy what to tell the customer"))
        self.copy_button.setParent(self)
        self.copy_button.clicked.connect(lambda: self.wanted.emit("copy"))
        self.act_button = Button("", parent=self)
        self.act_button.clicked.connect(lambda: self.wanted.emit(self._words.act))
        self.rate_buttons = {
            "top": IconButton("thumb-up", _("Confirm: it could not be better")),
            "not_top": IconButton("circle-minus", _("Confirm: it could be better")),
        }
        for act, button in self.rate_buttons.items():
            button.setParent(self)
            button.setFixedSize(24, 24)
            button.clicked.connect(self._teller(act))
        self.link = LinkLabel("", self)
        self.link.clicked.connect(lambda: self.wanted.emit(self._second_act()))
        self._key = ""
        self._show_words()

    @property
    def words(self) -> RowWords:
        """Return what the row shows."""
        return self._words

    def _teller(self, act: str) -> Callable[[], None]:
        return lambda: self.wanted.emit(act)

    def set_words(self, words: RowWords) -> None:
        """Show another state of the same request."""
        if words != self._words:
            self._words = words
            self._show_words()

    def _show_words(self) -> None:
        words = self._words
        self.setAccessibleName(words.accessible)
        self.setAccessibleDescription(_("A request; Return opens it"))
        labels = {
            "confirm": _("Confirm"),
            "answer": _("Answer"),
            "open": _("Open"),
        }
        self.act_button.set_words(labels.get(words.act, ""))
        self.act_button.setVisible(bool(words.act) and not self._is_act_hidden)
        second = {"reopen": _("Send back"), "why": _("See why")}.get(self._second_act())
        self.link.setVisible(bool(second))
        self.link.setText(second or "")
        self.copy_button.setVisible(not words.is_done)
        can_rate = words.act == "confirm" and words.state is RequestState.RESOLVED
        for button in self.rate_buttons.values():
            button.setVisible(can_rate)
        self._arrange()
        self.update()

    def _second_act(self) -> str:
        if self._words.act != "confirm":
            return ""
        return "why" if self._words.state is RequestState.DECLINED else "reopen"

    def set_open(self, is_open: bool, hidden: bool) -> None:
        """Say that a panel stands below, and hide the button that opened it."""
        self._is_open = is_open
        self.update()
        self._is_act_hidden = hidden
        self.act_button.setVisible(bool(self._words.act) and not hidden)

    def set_key(self, key: str) -> None:
        """Show on the button which key presses it."""
        if key != self._key:
            self._key = key
            self.act_button.set_key(key)
            self._arrange()

    # ------------------------------------------------------------ geometry

    def columns(self) -> Columns:
        """Return where the columns stand in this row."""
        return columns_of(self.width())

    def _arrange(self) -> None:
        columns = self.columns()
        most = 1 if self._words.is_done else MOST_LINES
        width = columns.told_width - 14
        self._lines = wrapped(self._words.told, width, most)
        height = DONE_HEIGHT
        if not self._words.is_done:
            height = max(HEIGHT, len(self._lines) * line_height() + 22)
            if self._second_act():
                height = max(height, 68)
        if height != self.height() or self.minimumHeight() != height:
            self.setFixedHeight(height)
        middle = height // 2
        self.copy_button.setGeometry(QRect(columns.copy, middle - 16, 32, 32))
        button = self.act_button.sizeHint()
        top = middle - 28 if self._second_act() else middle - 16
        right = self.width()
        self.act_button.setGeometry(
            QRect(right - button.width(), top, button.width(), 32)
        )
        for place, rate in enumerate(self.rate_buttons.values()):
            rate.setGeometry(QRect(columns.act + place * 26, top + 35, 24, 24))
        link = self.link.sizeHint()
        self.link.setGeometry(
            QRect(right - link.width() - 4, top + 36, link.width(), link.height())
        )

    def sizeHint(self) -> QSize:
        """Return the usual size."""
        return QSize(960, HEIGHT)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap the sentence anew and put the buttons in their columns."""
        super().resizeEvent(event)
        self._arrange()

    # ------------------------------------------------------------ painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the row."""
        painter = QPainter(self)
        colours = tokens()
        box = QRectF(self.rect())
        if self.underMouse() and not self._words.is_done:
            painter.fillRect(box, colours.raised)
        if self._words.is_done:
            self._paint_done(painter, box)
        else:
            self._paint_open(painter, box)
            if not self._is_open:
                line = QRectF(0, box.bottom() - 1, box.width(), 1)
                painter.fillRect(line, colours.line)
        if self.hasFocus():
            draw_focus(painter, box.adjusted(-6, 0, 6, 0).intersected(box))

    def _paint_open(self, painter: QPainter, box: QRectF) -> None:
        words, at = self._words, self.columns()
        height = box.height()
        left = 8 if self.hasFocus() else 0
        what = QRectF(left, 0, at.what_width - left, height)
        draw_two_lines(painter, what, words.subject, words.about, bold=words.is_new)
        middle = height / 2 - 8
        draw_ball(painter, QRectF(at.holder, middle - 7, 14, 14), words.ball)
        holder = QRectF(at.holder + 22, 0, HOLDER - 22, height)
        draw_two_lines(painter, holder, words.holder, words.since)
        draw_clock(painter, QRectF(at.clock, 0, CLOCK, height), words.clock)
        self._paint_told(painter, height)

    def _paint_told(self, painter: QPainter, height: float) -> None:
        at, step = self.columns(), line_height()
        room = len(self._lines) * step
        top = (height - room) / 2
        colours = tokens()
        painter.fillRect(QRectF(at.told, top, 2, room), colours.accent)
        for number, line in enumerate(self._lines):
            place = QRectF(at.told + 14, top + number * step, at.told_width - 14, step)
            draw_text(painter, place, line, colours.text)

    def _paint_done(self, painter: QPainter, box: QRectF) -> None:
        words, at, colours = self._words, self.columns(), tokens()
        height = box.height()
        left = 8 if self.hasFocus() else 0
        draw_text(
            painter,
            QRectF(left, 0, at.what_width - left, height),
            words.subject,
            colours.text,
        )
        draw_text(
            painter, QRectF(at.holder, 0, HOLDER, height), words.holder, colours.text2
        )
        clock = QRectF(at.clock, 0, CLOCK, height)
        draw_clock(painter, clock, words.clock, compact=True)
        draw_text(
            painter,
            QRectF(at.told, 0, at.told_width, height),
            words.told,
            colours.text2,
        )

    # ------------------------------------------------------------ hand and keys

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open the request on a click beside the buttons."""
        left = event.button() == Qt.MouseButton.LeftButton
        if left and self.rect().contains(event.position().toPoint()):
            self.wanted.emit("open")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open on Return, go on with the arrows."""
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if not event.modifiers():
                self.wanted.emit("open")
            case Qt.Key.Key_Down:
                self.moved.emit(1)
            case Qt.Key.Key_Up:
                self.moved.emit(-1)
            case _:
                super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the ring away."""
        super().focusOutEvent(event)
        self.update()
