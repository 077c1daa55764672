"""What a window really paints: every run of text in it, delegates included."""

from __future__ import annotations

import html
import re

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from ui.common.labels import ElidedLabel

_TEXT = re.compile(r"<text[^>]*>([^<]*)</text>")


def painted_texts(widget: QWidget) -> list[str]:
    """Return the texts a widget and all in it paint, in the order painted."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.ReadWrite)
    picture = QSvgGenerator()
    picture.setOutputDevice(buffer)
    picture.setSize(widget.size())
    widget.render(picture)
    drawn = bytes(buffer.data().data()).decode("utf-8")
    return [html.unescape(text).strip() for text in _TEXT.findall(drawn)]


def clipped_texts(widget: QWidget) -> list[str]:
    """Return the texts of labels and buttons that have less room than they need."""
    found = []
    for one in widget.findChildren(QWidget):
        if not one.isVisibleTo(widget) or isinstance(one, ElidedLabel):
            continue
        if isinstance(one, QLabel) and one.text() and _is_short(one):
            found.append(f"{one.text()!r} in {one.width()}×{one.height()}")
        elif isinstance(one, QAbstractButton) and _is_narrow(one):
            name = one.accessibleName() or one.text()
            found.append(f"{name!r} in {one.width()}×{one.height()}")
    return found


def _is_narrow(button: QAbstractButton) -> bool:
    """Tell whether a button has less room than its words; one of a fixed size has."""
    if button.minimumWidth() == button.maximumWidth():
        return False
    needed = min(button.sizeHint().width(), button.minimumSizeHint().width())
    return button.width() + 1 < needed


def _is_short(label: QLabel) -> bool:
    if label.wordWrap():
        return label.height() + 1 < label.heightForWidth(label.width())
    hint = label.sizeHint()
    return label.width() + 1 < hint.width() or label.height() + 1 < hint.height()
