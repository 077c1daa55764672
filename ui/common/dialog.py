"""The base of every dialog: a title, a body, a refusal in words, two buttons."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLayout,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from desktop.domain.errors import Refusal
from desktop.i18n import gettext as _
from desktop.messages import refusal_words
from ui.common.banner import BannerArea
from ui.common.buttons import Button
from ui.common.inputs import is_submit
from ui.common.labels import PlainLabel
from ui.common.room import room_for
from ui.common.scroll_area import ScrollArea


class Dialog(QDialog):
    """Asks something; opened with `open()`, it stays, as typed, when refused.

    The primary button or Ctrl+Return emits `submitted`; whoever opened it writes,
    then calls `accept()`, or `show_refusal()`.
    """

    submitted = Signal()

    def __init__(
        self,
        title: str,
        words: str = "",
        *,
        submit: str,
        icon: str = "",
        key: str = "Ctrl+Return",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(480)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.setSpacing(16)
        layout.addWidget(PlainLabel(title, size="title", wraps=True))
        self.words = PlainLabel(words, ink="text2", wraps=True)
        layout.addWidget(self.words)
        self.words.setVisible(bool(words))
        self._area = _Body()
        self.body = self._area.column
        layout.addWidget(self._area, 1)
        self.banners = BannerArea()
        layout.addWidget(self.banners)
        self.foot = foot = QHBoxLayout()
        foot.setSpacing(8)
        self.submit_button = Button(submit, kind="primary", icon=icon, key=key)
        self.submit_button.clicked.connect(self.submit)
        self.cancel_button = Button(_("Cancel"), kind="quiet", key="Esc")
        self.cancel_button.clicked.connect(self.reject)
        foot.addStretch(1)
        foot.addWidget(self.cancel_button)
        foot.addWidget(self.submit_button)
        layout.addLayout(foot)
        self._first: QWidget | None = None
        self._is_changed: Callable[[], bool] | None = None

    def start_at(self, field: QWidget) -> None:
        """Name the field the keyboard is in when the dialog opens."""
        self._first = field

    def reveal(self, part: QWidget) -> None:
        """Bring a part of the body into sight, once it has its place."""
        QTimer.singleShot(0, part, lambda: self._area.ensureWidgetVisible(part))

    def submit(self) -> None:
        """Tell that what was typed should be done; ignored while something runs."""
        if self.submit_button.isEnabled():
            self.banners.withdraw("refusal")
            self.submitted.emit()

    def set_busy(self, busy: bool) -> None:
        """Refuse further clicks while the write runs."""
        if isValid(self):
            self.submit_button.setEnabled(not busy)

    def accept(self) -> None:
        """Close, as what was asked is done; left meanwhile, it is gone already."""
        if isValid(self):
            super().accept()

    def ask_before_leaving(self, is_changed: Callable[[], bool]) -> None:
        """Say once, when it is left changed, that what was written is not saved."""
        self._is_changed = is_changed

    def reject(self) -> None:
        """Leave; the first time, say that what was written is not saved."""
        is_changed, self._is_changed = self._is_changed, None
        if is_changed is None or not is_changed():
            super().reject()
            return
        words = _("What you wrote is not saved. Leave once more to drop it.")
        self.banners.tell(words, subject="refusal", kind="risk", closable=False)

    def show_refusal(self, refusal: Refusal) -> None:
        """Say why it was refused; everything typed stays, unless it was left."""
        if isValid(self):
            self.set_busy(False)
            self.show_problem(refusal_words(refusal))

    def show_problem(self, words: str) -> None:
        """Say what is wrong, above the buttons."""
        self.banners.tell(words, subject="refusal", kind="broken", closable=False)
        QTimer.singleShot(0, self, self._make_room)

    def problem(self) -> str:
        """Return what the dialog says is wrong, or nothing."""
        return " ".join(self.banners.words())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Send with Ctrl+Return; Escape leaves."""
        if is_submit(event):
            self.submit()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Fit the height to the words, and put the keyboard where the question is."""
        super().showEvent(event)
        layout = self.layout()
        if layout is not None and layout.hasHeightForWidth():
            self.resize(self.width(), self._wanted_height(layout))
        if self._first is not None:
            self._first.setFocus()

    def _wanted_height(self, layout: QLayout) -> int:
        """Return how high the words want it, which wrapped ones claim too much of."""
        return min(layout.heightForWidth(self.width()), self._room())

    def _make_room(self) -> None:
        """Grow for what was added, so that nothing asked is squeezed away."""
        layout = self.layout()
        if layout is not None and layout.hasHeightForWidth():
            layout.activate()
            height = max(self.height(), self._wanted_height(layout))
            self.resize(self.width(), height)

    def grow(self) -> None:
        """Make room for what was added to the body, once it has its size."""
        QTimer.singleShot(0, self, self._grow)

    def _grow(self) -> None:
        layout = self.layout()
        if layout is None or not self.isVisible():
            return
        self._area.updateGeometry()
        layout.invalidate()
        layout.activate()
        wanted = layout.totalHeightForWidth(self.width())
        self.resize(self.width(), max(self.height(), min(wanted, self._room())))

    def _room(self) -> int:
        """Return how high it may be: what does not fit scrolls, the buttons stay."""
        return room_for(self).height()


class _Body(ScrollArea):
    """What a dialog asks; as high as it wants to be, while there is room."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._inner = QWidget()
        self.column = QVBoxLayout(self._inner)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(16)
        self.setWidget(self._inner)
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if self._inner.hasHeightForWidth():
            return self._inner.heightForWidth(width)
        return self._inner.sizeHint().height()

    def sizeHint(self) -> QSize:
        return self._inner.sizeHint()

    def minimumSizeHint(self) -> QSize:
        return QSize(self._inner.minimumSizeHint().width(), 0)


class Question(Dialog):
    """Asks once before something that cannot be undone, naming what it is about."""

    def __init__(
        self, title: str, words: str, *, submit: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(title, words, submit=submit, parent=parent)
        self.start_at(self.cancel_button)
