"""One file on a line: what it is, how far it is, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import (
    QAbstractButton,
    QHBoxLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop.i18n import gettext as _
from ui.common.buttons import IconButton, without_mnemonic
from ui.common.labels import ElidedLabel, IconLabel
from ui.common.menu import Menu
from ui.common.painting import draw_bar, draw_focus, draw_frame
from ui.icons import icons
from ui.style import tokens


@dataclass(frozen=True)
class LineAct:
    """Something done with a file: its icon, words, act, and the key that does it."""

    icon: str
    words: str
    act: Callable[[], None]
    key: Qt.Key | None = None
    key_words: str = ""


class FileLine(QAbstractButton):
    """Icon, name, a smaller line, a lock and buttons; itself a button, too.

    A click, Return and Space do the first act, unless that one has a key of its own;
    the acts' keys do theirs.
    """

    stepped = Signal(int)

    def __init__(self, name: str, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = name
        self._acts: tuple[LineAct, ...] = ()
        self._share: float | None = None
        self.buttons: list[IconButton] = []
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.clicked.connect(self._do_first)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(48)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 4, 8, 4)
        layout.setSpacing(8)
        self._icon = IconLabel(icon)
        layout.addWidget(self._icon)
        layout.addSpacing(4)
        column = QVBoxLayout()
        column.setSpacing(0)
        self.title = ElidedLabel(name)
        self.detail = ElidedLabel("", size="small", ink="text2")
        column.addStretch(1)
        column.addWidget(self.title)
        column.addWidget(self.detail)
        column.addStretch(1)
        layout.addLayout(column, 1)
        self.lock = IconLabel("lock", ink="held")
        self.lock.hide()
        layout.addWidget(self.lock)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(0)
        layout.addLayout(self._buttons)
        self.say("")

    def say(self, detail: str, *, ink: str = "text2", icon: str = "") -> None:
        """Show the smaller line, and another icon where one is given."""
        self.detail.set_ink(ink)
        self.detail.setText(detail)
        self.detail.setVisible(bool(detail))
        if icon:
            self._icon.set_icon(icon, ink)
        self.setAccessibleName(", ".join(one for one in (self.name, detail) if one))

    def set_share(self, share: float | None) -> None:
        """Show how far it is, 0..1; None for nothing under way."""
        self._share = share
        self.update()

    @property
    def share(self) -> float | None:
        """Return how far it is."""
        return self._share

    def set_acts(self, *acts: LineAct) -> None:
        """Offer these; the first is also done by a click, Return and Space."""
        self._acts = acts
        for button in self.buttons:
            self._buttons.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons = []
        for one in acts:
            words = _("{what}: {name}").format(what=one.words, name=self.name)
            button = IconButton(one.icon, words, key=one.key_words)
            button.clicked.connect(one.act)
            self._buttons.addWidget(button)
            self.buttons.append(button)
        hand = Qt.CursorShape.PointingHandCursor if self._first() else None
        self.setCursor(hand or Qt.CursorShape.ArrowCursor)
        told = [f"{one.words} ({one.key_words})" for one in acts if one.key_words]
        self.setAccessibleDescription(", ".join(told))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do what the key says; up and down go to the next line."""
        key = Qt.Key(event.key())
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
            return
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.stepped.emit(-1 if key == Qt.Key.Key_Up else 1)
            return
        found = next((one for one in self._acts if one.key == key), None)
        if found is None:
            super().keyPressEvent(event)
        else:
            found.act()

    def _first(self) -> LineAct | None:
        """Return what a click does: nothing that would take something away."""
        return next((one for one in self._acts[:1] if one.key is None), None)

    def _do_first(self) -> None:
        first = self._first()
        if first is not None:
            first.act()

    def sizeHint(self) -> QSize:
        """Return the size of what is in it."""
        layout = self.layout()
        return layout.sizeHint() if layout is not None else QSize(200, 48)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer the same acts in a menu."""
        if not self._acts:
            return
        menu = Menu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for one in self._acts:
            words = without_mnemonic(one.words)
            menu.addAction(icons().icon(one.icon), words).triggered.connect(one.act)
        menu.popup(event.globalPos())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the frame, how far it is, and the focus."""
        painter = QPainter(self)
        box = QRectF(self.rect()).adjusted(0, 2, 0, -2)
        colours = tokens()
        over = self.underMouse() and self._first() is not None
        ground = colours.raised if over else colours.surface
        draw_frame(painter, box, ground=ground, edge=colours.line)
        if self._share is not None:
            bar = QRectF(box.left() + 1, box.bottom() - 5, box.width() - 2, 4)
            draw_bar(painter, bar, self._share, "ok")
        if self.hasFocus():
            draw_focus(painter, box)
