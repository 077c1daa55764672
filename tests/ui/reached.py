"""What a keyboard or a screen reader would not find: no name, role, or focus seen."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QCalendarWidget,
    QComboBox,
    QDialog,
    QLineEdit,
    QMainWindow,
    QPlainTextEdit,
    QScrollArea,
    QTabBar,
    QTextEdit,
    QWidget,
)

_WITH_A_ROLE = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QCalendarWidget,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QTextEdit,
)
"""What Qt tells a screen reader the kind of; a bare widget is nothing to it."""


def reachable(top: QWidget) -> list[QWidget]:
    """Return what the keyboard can come to in a window, dialogs and menus aside."""
    found = []
    for widget in top.findChildren(QWidget):
        if widget.window() is not top or not widget.isVisible():
            continue
        if not widget.isEnabled() or widget.focusProxy() is not None:
            continue
        takes = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        if takes and not isinstance(widget, QScrollArea | QDialog | QMainWindow):
            found.append(widget)
    return found


def nameless(top: QWidget) -> list[str]:
    """Return the reachable widgets a screen reader has no name or no role for.

    A drawn widget, which Qt gives no role, has to describe itself.
    """
    found = []
    for widget in reachable(top):
        name = widget.accessibleName()
        if not name and isinstance(widget, QAbstractButton):
            name = widget.text()
        if not name:
            found.append(f"{_path(widget)} has no name")
        elif not isinstance(widget, _WITH_A_ROLE) and (
            not widget.accessibleDescription()
        ):
            found.append(f"{_path(widget)} has neither role nor description")
    return found


def unseen_focus(top: QWidget, seen: set[str]) -> list[str]:
    """Return the kinds of widget that look the same with the keyboard in them.

    One of each kind is tried; ``seen`` keeps the kinds tried already.
    """
    found = []
    before = QApplication.focusWidget()
    for widget in reachable(top):
        kind = type(widget).__name__
        if kind in seen or not top.isActiveWindow():
            continue
        around = QRect(widget.mapTo(top, widget.rect().topLeft()), widget.size())
        around = around.adjusted(-4, -4, 4, 4)
        if not top.rect().intersects(around) or around.height() < 10:
            continue
        seen.add(kind)
        widget.clearFocus()
        without = top.grab(around).toImage()
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        if not widget.hasFocus():
            continue
        if top.grab(around).toImage() == without:
            found.append(f"{_path(widget)} does not show that it has the keyboard")
        widget.clearFocus()
    if before is not None:
        before.setFocus()
    return found


def _path(widget: QWidget) -> str:
    names = []
    at: QWidget | None = widget
    while at is not None and len(names) < 4:
        names.append(type(at).__name__)
        at = at.parentWidget()
    return " in ".join(names)
