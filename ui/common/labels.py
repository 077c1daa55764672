"""Labels that never read markup out of what people typed."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import (
    QContextMenuEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QAbstractButton, QLabel, QSizePolicy, QWidget

from desktop.domain.text import BREAK, on_screen, with_breaks
from desktop.i18n import gettext as _
from ui.common.menu import Menu
from ui.common.painting import (
    CENTRE,
    draw_avatar,
    draw_ball,
    draw_focus,
    draw_frame,
    draw_icon,
    draw_section,
    draw_text,
    text_width,
)
from ui.style import Size, font, metrics, theme, tokens


def plain_tip(widget: QWidget, words: str) -> None:
    """Give a widget a tooltip that shows `words` as they are."""
    if words:
        # Here, and not `html`, which is slow to load and knows every entity there is.
        for mark, written in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;")):
            words = words.replace(mark, written)
        words = f"<span>{on_screen(words)}</span>"
    widget.setToolTip(words)


class PlainLabel(QLabel):
    """A label that shows its words as plain text, in a token's ink."""

    def __init__(
        self,
        words: str = "",
        *,
        size: Size = "body",
        ink: str = "text",
        bold: bool = False,
        wraps: bool = False,
        selectable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._ink = ink
        self._size: Size = size
        self._bold = bold
        self.setWordWrap(wraps)
        if selectable:
            self.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse
                | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
        self.setText(words)
        self._paint_theme()
        theme().changed.connect(self._paint_theme)

    def setText(self, words: str) -> None:
        """Show words; markup in them stays visible as typed, and so do turns."""
        self._shown = on_screen(words)
        shown = with_breaks(self._shown) if self.wordWrap() else self._shown
        if self.buddy() is not None:
            # To Qt a single one names a key, of a label that belongs to a field.
            shown = shown.replace("&", "&&")
        super().setText(shown)
        self.setAccessibleName(words)

    def setBuddy(self, field: QWidget) -> None:
        """Belong to a field: its name for who hears the screen."""
        super().setBuddy(field)
        self.setText(self._shown)

    def text(self) -> str:
        """Return the words as they read, without the places where a line may end."""
        return self._shown

    def copy(self) -> None:
        """Copy what is selected as it reads."""
        words = self.selectedText().replace(BREAK, "")
        QGuiApplication.clipboard().setText(words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy by the usual key."""
        if event.matches(QKeySequence.StandardKey.Copy) and self.hasSelectedText():
            self.copy()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer to copy, where words can be selected."""
        selectable = Qt.TextInteractionFlag.TextSelectableByMouse
        if not self.textInteractionFlags() & selectable:
            event.ignore()
            return
        menu = Menu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        copying = menu.addAction(_("Copy"), self.copy)
        copying.setEnabled(self.hasSelectedText())
        whole = len(super().text())
        menu.addAction(_("Select all"), lambda: self.setSelection(0, whole))
        menu.popup(event.globalPos())

    def set_ink(self, ink: str) -> None:
        """Change the token the words are written in."""
        self._ink = ink
        self._paint_theme()

    def _paint_theme(self) -> None:
        palette = self.palette()
        palette.setColor(self.foregroundRole(), getattr(tokens(), self._ink))
        self.setPalette(palette)
        self.setFont(font(self._size, bold=self._bold))


class ElidedLabel(QWidget):
    """One line of plain text, cut at its end; the whole stands in the tooltip."""

    def __init__(
        self,
        words: str = "",
        *,
        size: Size = "body",
        ink: str = "text",
        bold: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._words = ""
        self._size: Size = size
        self._ink = ink
        self._bold = bold
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setText(words)

    def text(self) -> str:
        """Return the whole words."""
        return self._words

    def setText(self, words: str) -> None:
        """Show words on one line."""
        self._words = words
        self.setAccessibleName(words)
        plain_tip(self, words)
        self.updateGeometry()
        self.update()

    def set_ink(self, ink: str) -> None:
        """Change the token the words are written in."""
        self._ink = ink
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size of the whole line."""
        width = text_width(self._words, self._size, bold=self._bold)
        return QSize(width, metrics(self._size, bold=self._bold).height() + 2)

    def minimumSizeHint(self) -> QSize:
        """Return a size that still shows a few letters."""
        return QSize(24, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the line, elided to the width there is."""
        painter = QPainter(self)
        ink = getattr(tokens(), self._ink)
        draw_text(
            painter, self.rect(), self._words, ink, size=self._size, bold=self._bold
        )


class LinkLabel(QAbstractButton):
    """Words that act when clicked or when Return is pressed."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(words)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def setText(self, words: str) -> None:
        """Change the words."""
        super().setText(words.replace("&", "&&"))
        self._words = words
        self.setAccessibleName(words)
        self.updateGeometry()
        self.update()

    def text(self) -> str:
        """Return the words."""
        return self._words

    def sizeHint(self) -> QSize:
        """Return the size of the words and the room for the focus ring."""
        return QSize(text_width(self._words, "small") + 8, 18)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the words in accent, with a ring when focused."""
        painter = QPainter(self)
        box = QRectF(self.rect())
        colours = tokens()
        ink = colours.hover if self.underMouse() else colours.accent
        draw_text(painter, box, self._words, ink, size="small", align=CENTRE)
        if self.hasFocus():
            draw_focus(painter, box, radius=4)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Act on Return too; Space is every button's own."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)


class SectionHeading(QWidget):
    """A section's bold words with count and note over a hairline."""

    def __init__(
        self,
        title: str,
        *,
        count: int | None = None,
        note: str = "",
        kind: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setFixedHeight(36)
        self._kind = kind
        self.set_words(title, count=count, note=note)

    def set_words(
        self, title: str, *, count: int | None = None, note: str = ""
    ) -> None:
        """Change title, count and note."""
        self._title, self._count, self._note = title, count, note
        shown = [title, str(count) if count is not None else "", note]
        self.setAccessibleName(" ".join(word for word in shown if word))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the heading."""
        draw_section(
            QPainter(self),
            QRectF(self.rect()),
            self._title,
            count=self._count,
            note=self._note,
            kind=self._kind,
        )


class StateChip(QWidget):
    """A small coloured chip: icon and words of a state, 24 px high."""

    def __init__(
        self,
        words: str = "",
        *,
        kind: str = "",
        icon: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_state(words, kind=kind, icon=icon)

    def set_state(self, words: str, *, kind: str = "", icon: str = "") -> None:
        """Show another state: kind is `ok risk broken held`, or quiet when empty."""
        self._words, self._kind, self._icon = words, kind, icon
        self.setAccessibleName(words)
        # Shown before it has a parent it would be a window of its own for a moment.
        if not words or self.parent() is not None:
            self.setVisible(bool(words))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size of icon and words."""
        icon = 22 if self._icon else 0
        return QSize(text_width(self._words, "small") + icon + 17, 24)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the chip."""
        painter = QPainter(self)
        colours = tokens()
        box = QRectF(self.rect())
        draw_frame(painter, box, ground=colours.ground(self._kind))
        ink = colours.ink(self._kind)
        left = 8
        if self._icon:
            draw_icon(painter, 8, box.center().y() - 8, self._icon, ink)
            left = 30
        words = box.adjusted(left, 0, -4, 0)
        draw_text(painter, words, self._words, ink, size="small")


class BallLabel(QWidget):
    """The ball and who holds it, in words."""

    def __init__(
        self, ball: str = "none", words: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setFixedHeight(24)
        self.set_ball(ball, words)

    def set_ball(self, ball: str, words: str) -> None:
        """Show another holder."""
        self._ball, self._words = ball, words
        self.setAccessibleName(words)
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size of ball and words."""
        return QSize(text_width(self._words) + 22, 24)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ball and the words."""
        painter = QPainter(self)
        draw_ball(painter, QRectF(0, 5, 14, 14), self._ball)
        box = self.rect().adjusted(22, 0, 0, 0)
        draw_text(painter, box, self._words, tokens().text2)


class IconLabel(QWidget):
    """A decorative icon of a given size in a token's ink."""

    def __init__(
        self,
        name: str,
        *,
        size: int = 16,
        ink: str = "text2",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._name, self._pixels, self._ink = name, size, ink
        self.setFixedSize(size, size)

    def set_icon(self, name: str, ink: str = "text2") -> None:
        """Show another icon."""
        self._name, self._ink = name, ink
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the icon."""
        ink = getattr(tokens(), self._ink)
        draw_icon(QPainter(self), 0, 0, self._name, ink, self._pixels)


class AvatarLabel(QWidget):
    """A person's initials in a circle."""

    def __init__(
        self,
        name: str,
        *,
        own: bool = False,
        side: int = 24,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._name, self._own = name, own
        self.setFixedSize(side, side)
        self.setAccessibleName(name)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the circle."""
        draw_avatar(QPainter(self), QRectF(self.rect()), self._name, own=self._own)
