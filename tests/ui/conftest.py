"""What tests of windows share: our style on the application, a desk that counts."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from ui.style import apply_theme


@pytest.fixture(autouse=True)
def styled(qapp: QApplication) -> QApplication:
    """Dress the application in the light theme before each test."""
    apply_theme(qapp, "light")
    return qapp
