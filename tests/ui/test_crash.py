"""A bug is logged with its context, said once, and the window stays."""

from __future__ import annotations

import logging
import threading

import pytest
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.common.inputs import TextInput
from ui.crash import CrashReporter


@pytest.fixture
def reporter(window) -> CrashReporter:
    return CrashReporter(lambda: window, None, window)


def broken() -> ValueError:
    try:
        raise ValueError("no such leg")
    except ValueError as error:
        return error


def test_a_bug_is_shown_with_its_trace_and_logged(reporter, window, caplog) -> None:
    window.show()
    with caplog.at_level(logging.ERROR):
        reporter.report(broken(), "take")
    assert reporter.dialog is not None
    details = reporter.dialog.findChild(TextInput).toPlainText()
    assert details.startswith("take")
    assert "ValueError: no such leg" in details
    assert "take failed" in caplog.text
    assert window.isVisible()


def test_a_second_bug_opens_no_second_dialog(reporter, window, caplog) -> None:
    reporter.report(broken(), "take")
    first = reporter.dialog
    reporter.report(broken(), "hold")
    assert reporter.dialog is first
    assert "hold failed" in caplog.text


def test_after_closing_the_next_bug_is_shown_again(reporter) -> None:
    reporter.report(broken(), "take")
    reporter.dialog.reject()
    assert reporter.dialog is None


def test_a_bug_in_another_thread_is_shown_in_this_one(
    reporter, monkeypatch, qtbot
) -> None:
    monkeypatch.setattr("sys.excepthook", None)
    monkeypatch.setattr("threading.excepthook", None)
    reporter.install()

    def fail() -> None:
        raise broken()

    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: reporter.dialog is not None)


class Careless(QWidget):
    """Fails in the middle of its first painting."""

    painted = 0

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self.painted += 1
        if self.painted == 1:
            raise ValueError("no such colour")
        painter.fillRect(event.rect(), QColor("red"))


def test_what_failed_while_it_was_painted_is_painted_again(
    reporter, monkeypatch, qtbot
) -> None:
    monkeypatch.setattr("sys.excepthook", None)
    monkeypatch.setattr("threading.excepthook", None)
    reporter.install()
    careless = Careless()
    qtbot.addWidget(careless)
    careless.show()
    qtbot.waitUntil(lambda: reporter.dialog is not None)
    careless.repaint()
    assert careless.painted == 2
    assert careless.grab().toImage().pixelColor(5, 5).name() == "#ff0000"
