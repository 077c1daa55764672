"""A hand at the window: keys, clicks and waiting, and when what it asked is painted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from time import perf_counter
from typing import Any

from PySide6.QtCore import QEvent, QEventLoop, QObject, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

ALT = Qt.KeyboardModifier.AltModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
NONE = Qt.KeyboardModifier.NoModifier
BETWEEN_KEYS_MS = 45
PATIENCE_S = 30.0


class Painting(QObject):
    """Tells when a widget was painted for the first time after something was ready."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.is_ready = False
        self.painted_at: float | None = None
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note the first painting; what is painted with it comes first."""
        if self.is_ready and event.type() == QEvent.Type.Paint:
            self.is_ready = False
            QTimer.singleShot(0, self, self._done)
        return super().eventFilter(watched, event)

    def _done(self) -> None:
        # What comes later, such as counts, is painted for itself.
        if self.painted_at is None:
            self.painted_at = perf_counter()


class Hand:
    """Types and clicks where the keyboard is, as fast as somebody who knows how.

    `doing` says in words what is being done; `painted_ms` keeps by name how long what
    was asked took until it was on the screen.
    """

    def __init__(self, window: QWidget) -> None:
        self._window = window
        self.doing = ""
        self.painted_ms: dict[str, list[float]] = defaultdict(list)

    def rest(self, ms: int) -> None:
        """Let the window work while the hand does nothing."""
        loop = QEventLoop()
        QTimer.singleShot(ms, loop.quit)
        loop.exec()

    def until(self, is_so: Callable[[], bool], seconds: float = PATIENCE_S) -> bool:
        """Wait until something is so; tell whether it came to that."""
        ends = perf_counter() + seconds
        while not is_so():
            if perf_counter() > ends:
                return False
            self.rest(4)
        return True

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = NONE) -> None:
        """Press a key where the keyboard is."""
        QTest.keyClick(self._focused(), key, held)
        self.rest(BETWEEN_KEYS_MS)

    def type(self, words: str) -> None:
        """Type words, letter by letter."""
        for letter in words:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                event = QKeyEvent(kind, 0, NONE, letter)
                QApplication.sendEvent(self._focused(), event)
            self.rest(BETWEEN_KEYS_MS)

    def click(self, widget: QWidget, at: QPoint | None = None) -> None:
        """Click a widget, in its middle unless told where."""
        place = at if at is not None else widget.rect().center()
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, NONE, place)
        self.rest(BETWEEN_KEYS_MS)

    def roll(self, widget: QWidget, notches: int, every_ms: int = 30) -> None:
        """Roll the wheel down over a widget."""
        middle = QPointF(widget.rect().center())
        for _ in range(notches):
            event = QWheelEvent(
                middle,
                QPointF(widget.mapToGlobal(middle)),
                QPoint(),
                QPoint(0, -120),
                Qt.MouseButton.NoButton,
                NONE,
                Qt.ScrollPhase.NoScrollPhase,
                False,
            )
            QApplication.sendEvent(widget, event)
            self.rest(every_ms)

    def painted(
        self,
        name: str,
        act: Callable[[], object],
        widget: QWidget,
        ready: Callable[[Callable[[], None]], Callable[[], None]],
        begins: Callable[[Callable[[], None]], Callable[[], None]] | None = None,
    ) -> None:
        """Do something and note how long it took until a widget showed what came.

        `ready(told)` has `told` called when the answer is there and returns what ends
        that; with `begins` time is counted from then and not from the act.
        """
        painting = Painting(widget)
        began = [perf_counter()]

        def begin() -> None:
            began[0] = perf_counter()

        def told() -> None:
            painting.is_ready = True
            # Rows put in below what is seen paint nothing by themselves.
            widget.update()

        ends = [ready(told)]
        if begins is not None:
            ends.append(begins(begin))
        act()
        if self.until(lambda: painting.painted_at is not None, 3.0):
            assert painting.painted_at is not None
            self.painted_ms[name].append((painting.painted_at - began[0]) * 1000)
        for end in ends:
            end()
        widget.removeEventFilter(painting)
        painting.deleteLater()

    def dialog(self) -> QDialog | None:
        """Return the dialog that is open."""
        shown = (
            one
            for one in QApplication.topLevelWidgets()
            if isinstance(one, QDialog) and one.isVisible()
        )
        return next(shown, None)

    def _focused(self) -> QWidget:
        """Return what has the keyboard; without a desktop nobody gives it back."""
        if QApplication.activeWindow() is None:
            (self.dialog() or self._window).activateWindow()
            # Only then the widget that has the keyboard in it is known.
            self.rest(0)
        popup = QApplication.activePopupWidget()
        return popup or QApplication.focusWidget() or self._window


def after(signal: Any) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """Return what has something called once a signal comes."""

    def listen(told: Callable[[], None]) -> Callable[[], None]:
        connection = signal.connect(lambda *_what: told())
        return lambda: QObject.disconnect(connection)

    return listen
