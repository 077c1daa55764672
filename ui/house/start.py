"""The screen before anybody is at the desk: one calm column, one part at a time."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.errors import Refusal
from desktop.i18n import gettext as _
from desktop.messages import refusal_words
from ui.common.banner import BannerArea
from ui.common.buttons import Button
from ui.common.labels import PlainLabel
from ui.common.progress import Progress
from ui.common.scroll_area import ScrollArea
from ui.start import StartActs, StartCase

WIDTH = 640


class Part(QWidget):
    """One question with its heading; knows the screen it stands on."""

    def __init__(self, screen: StartScreen, title: str, words: str = "") -> None:
        super().__init__(screen)
        self.stage = screen
        self.acts, self.case = screen.acts, screen.case
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(16)
        self.title = PlainLabel(title, size="title", wraps=True)
        self.column.addWidget(self.title)
        self.words = PlainLabel(words, ink="text2", wraps=True)
        self.column.addWidget(self.words)
        self.words.setVisible(bool(words))
        self.banners = BannerArea()
        self.bar = Progress(title)
        self.bar.hide()

    def say(self, words: str) -> None:
        """Say what is wrong where the part keeps its banners."""
        self.banners.tell(words, subject="refusal", kind="broken", closable=False)

    def say_refusal(self, refusal: Refusal) -> None:
        """Say why something was refused."""
        self.say(refusal_words(refusal))

    def back_button(self) -> Button:
        """Return a button that leads to the part before this one."""
        button = Button(_("Back"), kind="quiet", icon="arrow-left", key="Esc")
        button.clicked.connect(self.stage.back)
        return button


MakePart = Callable[["StartScreen"], Part]


class StartScreen(ScrollArea):
    """Shows parts and leads from one to the next and back."""

    def __init__(self, case: StartCase, acts: StartActs) -> None:
        super().__init__()
        self.case, self.acts = case, acts
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner = QWidget()
        line = QHBoxLayout(inner)
        line.setContentsMargins(32, 0, 32, 0)
        self._holder = QVBoxLayout()
        self._holder.setContentsMargins(0, 56, 0, 32)
        line.addStretch(1)
        line.addLayout(self._holder, 1000)
        line.addStretch(1)
        self.setWidget(inner)
        self._made: list[MakePart] = []
        self.part: Part | None = None

    def go(self, make: MakePart) -> None:
        """Show a part, remembering the one before it."""
        self._made.append(make)
        self._show(make)

    def back(self) -> None:
        """Show the part before this one, if there was one."""
        if len(self._made) > 1:
            self._made.pop()
            self._show(self._made[-1])

    def can_go_back(self) -> bool:
        """Tell whether there was a part before this one."""
        return len(self._made) > 1

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back with Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.back()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Put the keyboard where the question is."""
        super().showEvent(event)
        if self.part is not None:
            self.part.setFocus()

    def _show(self, make: MakePart) -> None:
        if self.part is not None:
            self._holder.removeWidget(self.part)
            self.part.hide()
            self.part.deleteLater()
        self.part = make(self)
        self.part.setMaximumWidth(WIDTH)
        self._holder.addWidget(self.part, 1)
        self.part.show()
        self.setFocusProxy(self.part)
        self.part.setFocus()
        self.verticalScrollBar().setValue(0)


def make_start(case: StartCase, acts: StartActs) -> QWidget:
    """Return the screen for what the case says; its parts are imported when shown."""
    screen = StartScreen(case, acts)
    screen.go(_first_part(case))
    return screen


def _first_part(case: StartCase) -> MakePart:
    match case.kind:
        case "who":
            from ui.house.who import WhoPart

            return WhoPart
        case "nobody":
            from ui.house.nobody import NobodyPart

            return NobodyPart
        case "refused":
            from ui.house.refused import RefusedPart

            return RefusedPart
    from ui.house.first import FirstPart

    return FirstPart
