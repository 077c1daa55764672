"""Where people write to the other side, or a note for their own."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.domain.requests import Audience
from desktop.i18n import gettext as _
from ui.common.buttons import Button, IconButton
from ui.common.inputs import TextInput
from ui.common.kept_words import KeptWords
from ui.common.menu import Menu
from ui.icons import icons
from ui.style import metrics

MOST_LINES = 6


def _key(request_id: int, audience: Audience) -> str:
    return f"comment {request_id} {audience.value}"


class _AudienceButton(Button):
    def show_audience(self, icon: str, words: str) -> None:
        self._icon = icon
        self.set_words(words)
        self.update()


class Composer(QWidget):
    """A field that grows, a button that names the audience, one that sends.

    What is typed is kept per request, so that looking at another one loses nothing,
    nor does closing the window or a crash; every place that shows the request has it.
    """

    sent = Signal(str, object)
    left = Signal()
    """Escape: the keyboard goes elsewhere, what is typed stays."""

    def __init__(self, kept: KeptWords, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_front = False
        self._subject: int | None = None
        self._kept = kept
        kept.changed.connect(self._follow)
        self.audience = Audience.BOTH
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        self.field = TextInput(lines=1, name=_("Write"))
        self.field.textChanged.connect(self._typed)
        self.field.submitted.connect(self.send)
        self.field.installEventFilter(self)
        self.audience_button = _AudienceButton("", icon="message")
        self.audience_button.clicked.connect(self._choose)
        self.send_button = IconButton("send", _("Send"), key="Ctrl+Return")
        self.send_button.clicked.connect(self.send)
        layout.addWidget(self.field, 1)
        self._layout = layout
        layout.addWidget(self.audience_button)
        layout.addWidget(self.send_button)
        self._typed()
        self._show_audience()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take Escape while writing, before the page takes it to go back."""
        kinds = (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress)
        if event.type() not in kinds or not isinstance(event, QKeyEvent):
            return False
        if watched is not self.field or event.key() != Qt.Key.Key_Escape:
            return False
        event.accept()
        if event.type() == QEvent.Type.KeyPress:
            self.left.emit()
        return True

    def add_tool(self, button: QWidget) -> None:
        """Put a button beside the field."""
        self._layout.insertWidget(1, button)

    def set_subject(self, request_id: int, *, is_front: bool) -> None:
        """Write about another request now; its draft comes back."""
        self._is_front = is_front
        if request_id != self._subject:
            self._subject = request_id
            self._bring_back(request_id)
        self._show_audience()

    def _bring_back(self, request_id: int) -> None:
        """Show what is kept of a request, for whom it was being written."""
        keys = {_key(request_id, one): one for one in Audience}
        key = self._kept.first(*keys)
        self.audience = keys.get(key, Audience.BOTH)
        kept = self._kept.kept(key)
        if self.field.toPlainText() != kept:
            self.field.setPlainText(kept)

    def _keep(self) -> None:
        if self._subject is not None:
            words, key = self.field.toPlainText(), _key(self._subject, self.audience)
            for other in Audience:
                if other is not self.audience:
                    self._kept.drop(_key(self._subject, other))
            self._kept.keep(key, words)

    def _follow(self, key: str) -> None:
        """Take over what was typed, or sent, of this request in another place."""
        subject = self._subject
        if subject is None or self.field.hasFocus():
            return
        if key in (_key(subject, one) for one in Audience):
            self._bring_back(subject)
            self._show_audience()

    def hideEvent(self, event: QHideEvent) -> None:
        """Write down what is typed, before the window may be gone."""
        super().hideEvent(event)
        self._kept.save()

    def write(self, audience: Audience) -> None:
        """Put the keyboard into the field, writing for an audience."""
        self.set_audience(audience)
        self.field.setFocus()

    def set_audience(self, audience: Audience) -> None:
        """Choose who will read it."""
        self.audience = audience
        self._keep()
        self._show_audience()

    def send(self) -> None:
        """Send what is typed, if anything is."""
        words = self.field.toPlainText().strip()
        if words and self.send_button.isEnabled():
            self.send_button.setEnabled(False)
            self.sent.emit(words, self.audience)

    def finish(self, request_id: int, *, is_sent: bool) -> None:
        """Empty the field once a request's words are stored; leave them when refused.

        Another request may be written about by then: its words stay.
        """
        if is_sent and request_id == self._subject:
            self.field.setPlainText("")
        elif is_sent:
            for audience in Audience:
                self._kept.drop(_key(request_id, audience))
        self._typed()

    def _typed(self) -> None:
        words = self.field.toPlainText()
        self.send_button.setEnabled(bool(words.strip()))
        self._keep()
        wanted = min(MOST_LINES, self.field.document().blockCount())
        self.field.setFixedHeight(34 + (wanted - 1) * metrics().lineSpacing())
        is_full = self.field.document().blockCount() > MOST_LINES
        policy = Qt.ScrollBarPolicy
        self.field.setVerticalScrollBarPolicy(
            policy.ScrollBarAsNeeded if is_full else policy.ScrollBarAlwaysOff
        )

    def _show_audience(self) -> None:
        internal = self.audience is Audience.INTERNAL
        words = _("Internal") if internal else _("Public")
        self.audience_button.show_audience("lock" if internal else "message", words)
        if internal:
            hint = _("Write a note for your own side")
        elif self._is_front:
            hint = _("Write to the back office")
        else:
            hint = _("Write to the front office")
        self.field.setPlaceholderText(hint)
        self.field.setAccessibleName(hint)

    def _choose(self) -> None:
        menu = Menu(self)
        other = _("the back office") if self._is_front else _("the front office")
        public = _("Public: {side} sees this").format(side=other)
        internal = _("Internal: only your side sees this")
        menu.addAction(
            icons().icon("message"), public, lambda: self.write(Audience.BOTH)
        )
        menu.addAction(
            icons().icon("lock"), internal, lambda: self.write(Audience.INTERNAL)
        )
        menu.aboutToHide.connect(menu.deleteLater)
        top = self.audience_button.mapToGlobal(QPoint(0, 0))
        menu.popup(top - QPoint(0, menu.sizeHint().height() + 4))
