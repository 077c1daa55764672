"""A clerk before a window, on a fresh workspace, taken down after each test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from tests.small_house import SmallHouse
from tests.ui.counter.clerks_window import ClerksWindow, open_window


@pytest.fixture
def sit_down(
    small_house: SmallHouse, tmp_path: Path, qapp: QApplication
) -> Iterator[Callable[..., ClerksWindow]]:
    """Give what sits somebody down before a window."""
    opened: list[ClerksWindow] = []

    def sit(who: str = "Jelena Marić", **more: str) -> ClerksWindow:
        window = open_window(small_house, tmp_path, who, **more)
        opened.append(window)
        return window

    yield sit
    for window in opened:
        window.close()
        assert window.broken == []
