"""What a row opens below itself: the words of the back office and a field to reply."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.domain.text import clean, shortened
from desktop.i18n import gettext as _
from ui.common.buttons import Button, IconButton
from ui.common.inputs import TextInput
from ui.common.kept_words import KeptWords
from ui.common.labels import ElidedLabel, IconLabel, PlainLabel
from ui.common.painting import draw_frame
from ui.style import tokens

PanelKind = Literal["answer", "reopen", "why"]
SHOWN_TEXT = 800


class ReplyPanel(QWidget):
    """A raised card: who said what, the field, and what was wrong with the reply."""

    sent = Signal(str)
    closed = Signal()

    def __init__(
        self,
        kind: PanelKind,
        *,
        head: str,
        when: str,
        text: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.kind: PanelKind = kind
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 8, 16, 16)
        layout.setSpacing(8)
        layout.addLayout(self._head(head, when))
        self._text = PlainLabel("", wraps=True, selectable=True)
        layout.addWidget(self._text)
        self.field = TextInput(name=_field_name(kind), lines=1)
        self.field.setPlaceholderText(_placeholder(kind))
        self.field.submitted.connect(self._send)
        self.field.textChanged.connect(lambda: self.show_problem(""))
        self.button = Button(_submit(kind), kind="primary", key="Ctrl+Return")
        self.button.set_height(self.field.sizeHint().height())
        self.button.clicked.connect(self._send)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.field, 1)
        line.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(line)
        self._problem = PlainLabel("", size="small", ink="broken", wraps=True)
        self._problem.hide()
        layout.addWidget(self._problem)
        self.follow_button = Button(_("Send it as a new request"), icon="send")
        self.follow_button.clicked.connect(lambda: self._follow())
        self._follow: Callable[[], None] = self.follow_button.hide
        self.follow_button.hide()
        self._forget: Callable[[], None] | None = None
        layout.addWidget(self.follow_button, 0, Qt.AlignmentFlag.AlignLeft)
        if kind == "why":
            self.field.hide()
            self.button.hide()
        self.set_text(text)

    def _head(self, head: str, when: str) -> QHBoxLayout:
        icons = {
            "answer": "message-question",
            "reopen": "arrow-back-up",
            "why": "info-circle",
        }
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(IconLabel(icons[self.kind], ink="accent"))
        line.addWidget(ElidedLabel(head, size="small", ink="text2"), 1)
        line.addWidget(PlainLabel(when, size="small", ink="text2"))
        close = IconButton("x", _("Close without sending"))
        close.setFixedSize(24, 24)
        close.clicked.connect(self.closed)
        line.addWidget(close)
        return line

    def set_text(self, text: str) -> None:
        """Show what was asked or said; very long words are cut, the request has all."""
        shown = shortened(clean(text).strip(), SHOWN_TEXT)
        self._text.setText(shown)
        self._text.setVisible(bool(shown))

    def text(self) -> str:
        """Return what was typed."""
        return self.field.toPlainText()

    def has_words(self) -> bool:
        """Tell whether something was typed that must not be lost."""
        return bool(self.text().strip())

    def keep_in(self, kept: KeptWords, key: str) -> None:
        """Bring back what was typed and not sent, and keep what is typed now."""
        if self._forget is not None:
            return
        self._forget = lambda: kept.drop(key)
        if kept.kept(key):
            self.field.setPlainText(kept.kept(key))
            self.field.moveCursor(QTextCursor.MoveOperation.End)
        self.field.textChanged.connect(lambda: kept.keep(key, self.text()))

    def forget(self) -> None:
        """Forget what was typed: it is sent."""
        if self._forget is not None:
            self._forget()

    def set_busy(self, busy: bool) -> None:
        """Refuse a second sending while the first runs."""
        self.button.setEnabled(not busy)
        self.follow_button.setEnabled(not busy)

    def offer_follow_up(self, follow: Callable[[], None]) -> None:
        """Offer a new request instead: it is too late to send this one back."""
        self._follow = follow
        self.follow_button.show()
        self.follow_button.setFocus()

    def show_problem(self, words: str) -> None:
        """Say what is wrong with the reply; nothing when words are empty."""
        if words == self._problem.text():
            return
        self._problem.setText(words)
        self._problem.setVisible(bool(words))
        self.field.setAccessibleDescription(words)

    def problem(self) -> str:
        """Return what is said to be wrong."""
        return self._problem.text()

    def _send(self) -> None:
        if self.button.isEnabled() and not self.field.isReadOnly():
            self.show_problem("")
            self.sent.emit(self.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close with Escape when nothing would be lost."""
        if event.key() == Qt.Key.Key_Escape and not self.has_words():
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the card's ground."""
        box = QRectF(self.rect())
        draw_frame(QPainter(self), box, ground=tokens().raised, radius=8)


def _field_name(kind: PanelKind) -> str:
    return _("Your answer") if kind == "answer" else _("What is still missing")


def _placeholder(kind: PanelKind) -> str:
    if kind == "answer":
        return _("Answer in a sentence or two")
    return _("What is still missing?")


def _submit(kind: PanelKind) -> str:
    return _("Send answer") if kind == "answer" else _("Send back")
