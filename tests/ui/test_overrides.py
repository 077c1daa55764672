"""A method that fails while Python waits for Qt is told of, and the process lives."""

from __future__ import annotations

import subprocess
import sys

import pytest

SCRIPT = """
import os, sys
os.environ["QT_QPA_PLATFORM"] = "offscreen"
import ui
import shiboken6
from PySide6.QtWidgets import QApplication, QWidget
app = QApplication([])
gone = QWidget()
shiboken6.delete(gone)
class Failing(QWidget):
    def paintEvent(self, event):
        {failing}
failing = Failing()
try:
    failing.grab()
except Exception as error:
    print(type(error).__name__)
"""


@pytest.mark.parametrize(
    ("failing", "told"),
    [
        ("int('x')", "ValueError"),
        ("gone.width()", "RuntimeError"),
        ("{}['x']", "KeyError"),
    ],
)
def test_it_is_raised_where_qt_was_called(failing: str, told: str) -> None:
    script = SCRIPT.replace("{failing}", failing)
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == [told]
