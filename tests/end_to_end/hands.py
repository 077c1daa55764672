"""What the keyboard tours share: ways through the windows by keys alone."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from desktop.queries.request_details import RequestDetails, request_details
from desktop.queries.search import find_requests
from tests.end_to_end.conftest import Seat
from ui.common.inputs import ChoiceInput

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
MOST_TABS = 60


def details(seat: Seat, reference: str) -> RequestDetails:
    """Read a request as it stands."""
    desk = seat.program.opened.desk
    row = next(
        one
        for one in desk.read(find_requests, reference, 5)
        if one.reference == reference
    )
    return desk.read(request_details, row.id, reader_unit_id=None, now=seat.clock.now)


def goes(seat: Seat, words: str) -> QWidget:
    """Go to a page or a request by the palette; returns the page."""
    seat.press(Key.Key_K, CTRL)
    seat.type(words)
    seat.press(Key.Key_Return)
    return seat.page()


def tabs_to(seat: Seat, name: str, *, back: bool = False) -> QWidget:
    """Go on with Tab until what has the keyboard is called so."""
    passed = []
    for _time in range(MOST_TABS):
        if seat.focused().accessibleName().startswith(name) or said(seat) == name:
            return seat.focused()
        passed.append(seat.focused().accessibleName() or said(seat))
        QTest.keyClick(seat.focused(), Key.Key_Backtab if back else Key.Key_Tab)
    raise AssertionError(f"“{name}” is not reached by Tab, only {passed}")


def said(seat: Seat) -> str:
    """Return the words on the button in focus."""
    words = getattr(seat.focused(), "text", None)
    return str(words()) if callable(words) else ""


def sends(seat: Seat, words: str = "") -> None:
    """Type into the open dialog where the keyboard is, and send it."""
    dialog = seat.dialog()
    assert dialog.isAncestorOf(seat.focused())
    if words:
        seat.type(words)
    seat.press(Key.Key_Return, CTRL)
    still = [one for one in QApplication.topLevelWidgets() if one is dialog]
    assert not still or not dialog.isVisible(), dialog.problem()
    comes_back(seat)


def comes_back(seat: Seat) -> None:
    """Bring what is below a closed dialog to the front: offscreen, nobody does."""
    below = QApplication.activeModalWidget() or seat.window
    below.activateWindow()
    seat.settle()
    assert below.isAncestorOf(seat.focused())


def undo_words(seat: Seat) -> str:
    """Return what the bar at the lower edge says was done."""
    bar = seat.window.undo_bar
    return bar.words() if bar.isVisible() else ""


def in_popup(seat: Seat, key: Qt.Key, words: str = "") -> None:
    """Press a key in whatever floats above the window, as the system would."""
    above = QApplication.activePopupWidget()
    assert above is not None
    target = above.focusWidget() or above
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, words)
        QApplication.sendEvent(target, event)
    seat.settle()


def chooses(seat: Seat, words: str) -> None:
    """Choose in the choice the keyboard is in, by typing how it begins."""
    field = seat.focused()
    assert isinstance(field, ChoiceInput)
    seat.type(words)
    assert field.currentText().startswith(words), field.currentText()
