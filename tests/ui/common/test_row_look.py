"""What a row is about is read at once, but not that of each row run through."""

from __future__ import annotations

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from ui.common.row_look import REST_MS, RowLook


def test_one_row_is_looked_at_at_once_and_of_many_the_last(qtbot: QtBot) -> None:
    owner = QObject()
    current: list[int] = []
    seen: list[int] = []
    look = RowLook(owner, lambda: seen.append(current[-1]))
    current.append(1)
    look.soon()
    assert look.interval() == 0
    qtbot.waitUntil(lambda: seen == [1])
    for row in (2, 3, 4):
        current.append(row)
        look.soon()
    assert look.interval() == REST_MS
    qtbot.waitUntil(lambda: len(seen) > 1)
    assert seen == [1, 4]


def test_what_was_just_read_is_painted_first(qtbot: QtBot) -> None:
    owner = QObject()
    look = RowLook(owner, lambda: None)
    with qtbot.waitSignal(look.timeout):
        look.soon(behind=True)
        assert look.interval() == REST_MS
