"""Fields people type into: capped, and saying so when something was cut."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import (
    QMetaMethod,
    QMimeData,
    QRectF,
    QSize,
    Qt,
    Signal,
    SignalInstance,
)
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QWidget,
)

from desktop.i18n import gettext as _
from ui.common.buttons import MOST_WORDS
from ui.common.labels import ElidedLabel, plain_tip
from ui.common.painting import (
    RIGHT,
    draw_focus,
    draw_frame,
    draw_icon,
    draw_text,
    text_width,
)
from ui.style import dress, metrics, tokens

TITLE_LIMIT = 200
BODY_LIMIT = 100_000
LINE_LIMIT = 20_000
"""The longest line a text field lays out without making anyone wait."""


_NO_MODIFIER = Qt.KeyboardModifier.NoModifier
_KEYPAD = Qt.KeyboardModifier.KeypadModifier


def is_submit(event: QKeyEvent) -> bool:
    """Tell whether a key press is Ctrl+Return."""
    keys = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
    return event.key() in keys and bool(
        event.modifiers() & Qt.KeyboardModifier.ControlModifier
    )


def send_on(event: QKeyEvent, field: QWidget, submitted: SignalInstance) -> None:
    """Tell who listens to a field that Ctrl+Return was pressed, else what it is in."""
    if field.isSignalConnected(QMetaMethod.fromSignal(submitted)):
        submitted.emit()
    else:
        event.ignore()


class LineInput(QLineEdit):
    """One line of text; what does not fit is cut, and the field says so."""

    shortened = Signal()
    submitted = Signal()

    def __init__(
        self,
        *,
        limit: int = TITLE_LIMIT,
        placeholder: str = "",
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        dress(self, "field")
        self.setMaxLength(limit)
        self.setPlaceholderText(placeholder)
        if name:
            self.setAccessibleName(name)
        self._notice = ""
        self.inputRejected.connect(self._say_shortened)
        self.textEdited.connect(self._look_again)

    def notice(self) -> str:
        """Return what the field says about cut text, or nothing."""
        return self._notice

    def setText(self, words: str | None) -> None:
        """Show words; cut ones are announced."""
        words = words or ""
        self._set_notice("")
        super().setText(words[: self.maxLength()])
        if len(words) > self.maxLength():
            self._say_shortened()

    def _say_shortened(self) -> None:
        if len(self.text()) >= self.maxLength():
            limit = self.maxLength()
            self._set_notice(_("shortened to {count}").format(count=limit))
            self.shortened.emit()

    def _look_again(self, words: str) -> None:
        if len(words) < self.maxLength() and self._notice:
            self._set_notice("")

    def _set_notice(self, words: str) -> None:
        self._notice = words
        self.setAccessibleDescription(words)
        room = text_width(words, "small") + 8 if words else 0
        self.setTextMargins(self.textMargins().left(), 0, room, 0)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Send on Ctrl+Return; everything else is editing."""
        if is_submit(event):
            send_on(event, self, self.submitted)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the field and, at its right, what it has to say."""
        super().paintEvent(event)
        if self._notice:
            box = QRectF(self.rect()).adjusted(0, 0, -10, 0)
            ink = tokens().risk
            draw_text(QPainter(self), box, self._notice, ink, size="small", align=RIGHT)


class SearchField(LineInput):
    """A line with a magnifying glass."""

    def __init__(
        self, placeholder: str, *, name: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(
            placeholder=placeholder, name=name or placeholder, parent=parent
        )
        self.setTextMargins(24, 0, 0, 0)
        self.setClearButtonEnabled(False)
        self._rows: QWidget | None = None

    def leads_to(self, rows: QWidget) -> None:
        """Let Down and Return go on into the rows that were found."""
        self._rows = rows

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go into the rows found; everything else is editing."""
        onward = (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter)
        is_plain = event.modifiers() in (_NO_MODIFIER, _KEYPAD)
        rows = self._rows
        if rows and rows.isVisible() and is_plain and event.key() in onward:
            rows.setFocus()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        """Return room to read what can be found here."""
        hint = super().sizeHint()
        words = text_width(self.placeholderText(), "body") + 60
        return QSize(max(hint.width(), words), hint.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the field and the glass."""
        super().paintEvent(event)
        middle = self.height() / 2
        draw_icon(QPainter(self), 11, middle - 8, "search", tokens().text2)


class TextInput(QPlainTextEdit):
    """Several lines of plain text; a paste too big to lay out is refused in words."""

    submitted = Signal()
    refused = Signal(str)
    file_taker: Callable[[QMimeData], bool] | None = None
    """Takes pasted files and pictures, where whoever has the field wants them."""

    def __init__(
        self,
        *,
        limit: int = BODY_LIMIT,
        placeholder: str = "",
        name: str = "",
        lines: int = 3,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        dress(self, "field")
        self._limit = limit
        self._lines = lines
        self._notice = ""
        self._label = ElidedLabel(size="small", ink="broken", parent=self)
        self._label.hide()
        self.setPlaceholderText(placeholder)
        if name:
            self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.setUndoRedoEnabled(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.textChanged.connect(self._look_again)

    def notice(self) -> str:
        """Return what the field says about a refused paste, or nothing."""
        return self._notice

    def sizeHint(self) -> QSize:
        """Return room for the lines asked for."""
        return QSize(240, self._lines * metrics().lineSpacing() + 24)

    def minimumSizeHint(self) -> QSize:
        """Return the same height, so that a layout does not squeeze it."""
        return QSize(120, self.sizeHint().height())

    def setPlainText(self, text: str) -> None:
        """Show text, or refuse one that is too long to show."""
        problem = self._problem(text)
        if problem:
            self._refuse(problem)
        else:
            super().setPlainText(text)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Insert pasted or dropped plain text unless it is too long."""
        is_file = source.hasUrls() or not source.hasText()
        if is_file and self.file_taker is not None and self.file_taker(source):
            return
        text = source.text()
        problem = self._problem(text, already=self.document().characterCount() - 1)
        if problem:
            self._refuse(problem)
            return
        self.textCursor().insertText(text)
        self.ensureCursorVisible()

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Take text only; files are for the page around the field."""
        return source.hasText() and not source.hasUrls()

    def _problem(self, text: str, already: int = 0) -> str:
        if len(text) + already > self._limit:
            return _("Too long to paste: at most {limit} characters fit here.").format(
                limit=f"{self._limit:,}".replace(",", " ")
            )
        if max(map(len, text.split("\n")), default=0) > LINE_LIMIT:
            return _("One line of this is too long. Break it up, or attach a file.")
        return ""

    def _refuse(self, words: str) -> None:
        self._notice = words
        self._label.setText(words)
        self._label.show()
        self.setViewportMargins(0, 0, 0, 24)
        self.setAccessibleDescription(words)
        self.refused.emit(words)

    def _look_again(self) -> None:
        if self._notice:
            self._notice = ""
            self._label.hide()
            self.setViewportMargins(0, 0, 0, 0)
            self.setAccessibleDescription("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Send on Ctrl+Return; refuse letters beyond the limit."""
        if is_submit(event):
            send_on(event, self, self.submitted)
            return
        full = self.document().characterCount() > self._limit
        if full and event.text().isprintable() and event.text():
            self._refuse(self._problem("x", already=self._limit))
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the notice at the lower edge."""
        super().resizeEvent(event)
        box = self.rect()
        self._label.setGeometry(14, box.bottom() - 25, box.width() - 28, 22)


class ChoiceInput(QComboBox):
    """One of several choices, each an id and its words."""

    chosen = Signal(object)

    def __init__(
        self,
        options: Sequence[tuple[object, str]] = (),
        *,
        name: str = "",
        placeholder: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        if name:
            self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.setFixedHeight(32)
        self.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.setMinimumContentsLength(10)
        self.setMaxVisibleItems(14)
        self.set_options(options)
        self.activated.connect(lambda _at: self.chosen.emit(self.value()))

    def set_options(self, options: Sequence[tuple[object, str]]) -> None:
        """Offer other choices, keeping the chosen one where it is still there."""
        kept = self.value()
        self.clear()
        for option, words in options:
            self.addItem(words, option)
        self.set_value(kept)

    def value(self) -> object:
        """Return the id of the chosen one, None when nothing is chosen."""
        return self.currentData()

    def set_value(self, option: object) -> None:
        """Choose by id; nothing is chosen when there is no such option."""
        at = next((n for n in range(self.count()) if self.itemData(n) == option), -1)
        self.setCurrentIndex(at)

    def showPopup(self) -> None:
        """Offer the choices, in a list that is made when it is first wanted."""
        dress(self.view(), "rows")
        super().showPopup()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page: scrolling must not change an answer."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the field like the other inputs, with an arrow."""
        painter = QPainter(self)
        colours = tokens()
        box = QRectF(self.rect())
        ground = colours.surface if self.isEnabled() else colours.raised
        refused = bool(self.property("refused"))
        edge = colours.brokenbar if refused else colours.edge
        draw_frame(painter, box, ground=ground, edge=edge, width=2 if refused else 1)
        if self.hasFocus():
            draw_focus(painter, box)
        chosen = self.currentIndex() >= 0
        words = self.currentText() if chosen else self.placeholderText()
        ink = colours.text if chosen and self.isEnabled() else colours.text3
        draw_text(painter, box.adjusted(14, 0, -32, 0), words, ink)
        middle = box.center().y()
        draw_icon(painter, box.right() - 26, middle - 8, "chevron-down", colours.text2)


class CheckInput(QCheckBox):
    """Yes or no, with its words beside the box."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(words)
        self.setMinimumHeight(28)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def setText(self, words: str) -> None:
        """Say other words, as they are."""
        self._words = words
        super().setText(words.replace("&", "&&"))
        self.setAccessibleName(words)
        plain_tip(self, words if text_width(words) > MOST_WORDS else "")

    def sizeHint(self) -> QSize:
        """Return the size of box and words."""
        return QSize(text_width(self._words) + 34, 28)

    def minimumSizeHint(self) -> QSize:
        """Return a size that shows our own words whole, and the beginning of a name."""
        return QSize(min(self.sizeHint().width(), MOST_WORDS), 28)

    def hitButton(self, position: object) -> bool:
        """Let the words be clicked too."""
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint box, tick and words."""
        painter, colours = QPainter(self), tokens()
        middle = self.height() / 2
        box = QRectF(2, middle - 9, 18, 18)
        if self.isChecked():
            draw_frame(painter, box, ground=colours.accent, radius=4)
            draw_icon(painter, 4, middle - 7, "check", colours.onaccent, 14)
        else:
            ground, edge = colours.surface, colours.edge
            draw_frame(painter, box, ground=ground, edge=edge, radius=4)
        ink = colours.text if self.isEnabled() else colours.text3
        words = QRectF(30, 0, self.width() - 30, self.height())
        draw_text(painter, words, self._words, ink)
        if self.hasFocus():
            draw_focus(painter, QRectF(self.rect()), radius=4)
