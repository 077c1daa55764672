"""Buttons, chips and segments, painted with their icon, words and key caps."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QWidget,
)

from ui.common.key_caps import draw_key_caps, key_caps_width
from ui.common.labels import plain_tip
from ui.common.painting import (
    CENTRE,
    draw_focus,
    draw_frame,
    draw_icon,
    draw_text,
    text_width,
)
from ui.style import Size, tokens

MOST_WORDS = 320
"""How wide words on a button may be, in pixels: a name without end is cut there."""

ButtonKind = Literal["primary", "secondary", "quiet"]


def _room_for(words: str, size: Size = "body", *, bold: bool = False) -> int:
    """Return the pixels words get on a button, at most so many."""
    return min(text_width(words, size, bold=bold), MOST_WORDS)


def _tell_whole(button: QWidget, words: str) -> None:
    """Have the tip say words that are cut; any other tip stays."""
    if text_width(words) > MOST_WORDS:
        plain_tip(button, words)


def without_mnemonic(words: str) -> str:
    """Double each ampersand, so that Qt shows it instead of an underline."""
    return words.replace("&", "&&")


class Button(QPushButton):
    """A push button 32 px high: icon, words and the key that does the same."""

    def __init__(
        self,
        words: str,
        *,
        kind: ButtonKind = "secondary",
        icon: str = "",
        key: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._kind: ButtonKind = kind
        self._icon = icon
        self._key = key
        self._shows_key = True
        self._words = ""
        self._height = 32
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAutoDefault(False)
        self.set_words(words)

    def words(self) -> str:
        """Return the words on the button."""
        return self._words

    def set_words(self, words: str) -> None:
        """Change the words."""
        self._words = words
        self.setText(without_mnemonic(words))
        self.setAccessibleName(words)
        self.setAccessibleDescription(self._key)
        _tell_whole(self, words)
        self.updateGeometry()

    def set_key(self, key: str) -> None:
        """Change the key shown in caps; the shortcut itself is an action's."""
        self._key = key
        self.set_words(self._words)

    def show_key(self, shown: bool) -> None:
        """Paint the key in caps, or leave it out where room is scarce."""
        self._shows_key = shown
        self.updateGeometry()
        self.update()

    def set_height(self, height: int) -> None:
        """Change the height from the usual 32 pixels."""
        self._height = height
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Return the size of icon, words, key caps and the room around them."""
        bold = self._kind == "primary"
        width = _room_for(self._words, bold=bold) if self._words else 0
        if self._icon:
            width += 16 + (8 if self._words else 0)
        if self._key and self._shows_key:
            width += key_caps_width(self._key) + 8
        return QSize(width + 24, self._height)

    def minimumSizeHint(self) -> QSize:
        """Return the same: a button never loses our words."""
        return self.sizeHint()

    def _inks(self) -> tuple[QColor | None, QColor | None, QColor]:
        """Return ground, edge and ink for the state the button is in."""
        colours = tokens()
        if not self.isEnabled():
            ground = colours.raised if self._kind != "quiet" else None
            return ground, colours.line if ground else None, colours.text3
        over = self.underMouse() or self.isDown()
        if self._kind == "primary":
            return colours.hover if over else colours.accent, None, colours.onaccent
        if self.isChecked():
            return colours.soft, colours.accent, colours.accent
        if self._kind == "secondary":
            ground = colours.raised if over else colours.surface
            return ground, colours.edge, colours.text
        return colours.raised if over else None, None, colours.text2

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint frame, icon, words and caps."""
        painter = QPainter(self)
        box = QRectF(self.rect())
        ground, edge, ink = self._inks()
        draw_frame(painter, box, ground=ground, edge=edge)
        middle = box.center().y()
        left = (box.width() - self.sizeHint().width()) / 2 + 12
        if self._icon:
            draw_icon(painter, left, middle - 8, self._icon, ink)
            left += 24
        bold = self._kind == "primary"
        width = _room_for(self._words, bold=bold)
        words = QRectF(left, 0, width, box.height())
        draw_text(painter, words, self._words, ink, bold=bold)
        if self._key and self._shows_key:
            quiet = tokens().text2 if self._kind != "primary" else ink
            draw_key_caps(painter, left + width + 8, middle, self._key, quiet)
        if self.hasFocus():
            self._draw_ring(painter, box)

    def _draw_ring(self, painter: QPainter, box: QRectF) -> None:
        if self._kind != "primary":
            draw_focus(painter, box)
            return
        inner = box.adjusted(2, 2, -2, -2)
        draw_frame(painter, inner, edge=tokens().onaccent, radius=4, width=2)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Return press the focused button too."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and (
            event.modifiers() in (Qt.KeyboardModifier.NoModifier,)
        ):
            self.click()
        else:
            super().keyPressEvent(event)


class IconButton(Button):
    """A square quiet button with only an icon; its name is spoken and in the tip."""

    def __init__(
        self, icon: str, name: str, *, key: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__("", kind="quiet", icon=icon, parent=parent)
        self.setAccessibleName(name)
        plain_tip(self, f"{name} ({key})" if key else name)

    def sizeHint(self) -> QSize:
        """Return a square of 32 pixels."""
        return QSize(32, 32)

    def set_icon(self, icon: str) -> None:
        """Show another icon."""
        self._icon = icon
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the icon in the middle."""
        painter = QPainter(self)
        box = QRectF(self.rect())
        ground, edge, ink = self._inks()
        draw_frame(painter, box, ground=ground, edge=edge)
        middle = box.center()
        draw_icon(painter, middle.x() - 8, middle.y() - 8, self._icon, ink)
        if self.hasFocus():
            draw_focus(painter, box)


class Chip(Button):
    """A filter 28 px high that stays chosen; with a menu it shows an arrow."""

    def __init__(
        self,
        words: str,
        *,
        count: int | None = None,
        menu: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(words, parent=parent)
        self._menu = menu
        self._count: int | None = None
        self._height = 28
        self.setCheckable(True)
        self.set_count(count)

    def set_count(self, count: int | None) -> None:
        """Show a count behind the words."""
        self._count = count
        self.setAccessibleName(self._shown())
        self.updateGeometry()
        self.update()

    def _shown(self) -> str:
        return self._words if self._count is None else f"{self._words} {self._count}"

    def sizeHint(self) -> QSize:
        """Return the size of words, count and arrow."""
        return QSize(_room_for(self._shown()) + 24 + (20 if self._menu else 0), 28)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the chip."""
        painter = QPainter(self)
        box = QRectF(self.rect())
        ground, edge, ink = self._inks()
        draw_frame(painter, box, ground=ground, edge=edge)
        words = box.adjusted(12, 0, -12 - (20 if self._menu else 0), 0)
        draw_text(painter, words, self._shown(), ink)
        if self._menu:
            draw_icon(painter, box.right() - 26, 6, "chevron-down", ink)
        if self.hasFocus():
            draw_focus(painter, box)


class _Segment(QAbstractButton):
    def __init__(self, words: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setText(without_mnemonic(words))
        self.setAccessibleName(words)
        self._words = words
        _tell_whole(self, words)
        self.setCheckable(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def sizeHint(self) -> QSize:
        return QSize(_room_for(self._words, "small") + 28, 24)

    def minimumSizeHint(self) -> QSize:
        if self.sizePolicy().horizontalPolicy() is QSizePolicy.Policy.Fixed:
            return self.sizeHint()
        return QSize(min(72, self.sizeHint().width()), 24)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        colours = tokens()
        box = QRectF(self.rect())
        if self.isChecked():
            draw_frame(painter, box, ground=colours.surface, edge=colours.edge)
        over = self.isChecked() or self.underMouse()
        ink = colours.text if over else colours.text2
        words = box.adjusted(6, 0, -6, 0)
        draw_text(painter, words, self._words, ink, size="small", align=CENTRE)
        if self.hasFocus():
            draw_focus(painter, box)


class SegmentedControl(QWidget):
    """A few choices side by side, one of them chosen."""

    chosen = Signal(str)

    def __init__(
        self,
        options: Sequence[tuple[str, str]],
        *,
        name: str,
        is_optional: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """Offer (id, words) pairs; `name` is what a screen reader calls them.

        An optional one starts with nothing chosen.
        """
        super().__init__(parent)
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        self._ids = [option for option, _words in options]
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for number, (_option, words) in enumerate(options):
            segment = _Segment(words, self)
            self._group.addButton(segment, number)
            layout.addWidget(segment)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        if self._ids and not is_optional:
            self._group.button(0).setChecked(True)
        self._group.idClicked.connect(self._tell)

    def let_shrink(self) -> None:
        """Cut words short where the choices have no room side by side."""
        for part in (self, *self._group.buttons()):
            part.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def value(self) -> str:
        """Return the id of the chosen one, empty when none is."""
        at = self._group.checkedId()
        return self._ids[at] if at >= 0 else ""

    def set_value(self, option: str) -> None:
        """Choose without telling; empty takes the choice back."""
        if option:
            self._group.button(self._ids.index(option)).setChecked(True)
            return
        chosen = self._group.checkedButton()
        if chosen is not None:
            self._group.setExclusive(False)
            chosen.setChecked(False)
            self._group.setExclusive(True)

    def _tell(self, number: int) -> None:
        self.chosen.emit(self._ids[number])

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the raised ground."""
        draw_frame(QPainter(self), QRectF(self.rect()), ground=tokens().raised)
