"""Lets Tab go through an area as it is seen, also where rows came later."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget


def tab_as_seen(area: QWidget, before: list[QWidget]) -> list[QWidget]:
    """Order what Tab reaches in an area from top to bottom; return that order.

    Qt goes by when widgets were made. ``before`` is what the last call returned: what
    stands as it stood is left alone.
    """

    def place(one: QWidget) -> tuple[int, int]:
        at = one.mapTo(area, QPoint(0, 0))
        return at.y(), at.x()

    reached = [
        one
        for one in area.findChildren(QWidget)
        if one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.isVisibleTo(area)
    ]
    order = sorted(reached, key=place)
    if order != before:
        for earlier, later in pairwise(order):
            QWidget.setTabOrder(earlier, later)
    return order
