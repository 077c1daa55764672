"""Small widgets: histogram, undo, segments, key caps, chips, and their names."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from ui.common.buttons import Button, Chip, IconButton, SegmentedControl
from ui.common.histogram import Histogram, HistogramData
from ui.common.key_caps import key_caps
from ui.common.labels import LinkLabel
from ui.common.painting import initials_of
from ui.common.undo_bar import UndoBar
from ui.style import tokens


@pytest.mark.parametrize("filled_to", [2.0, 2.5, 3.75])
def test_the_filled_part_ends_exactly_at_eight_of_ten(filled_to, qtbot) -> None:
    chart = Histogram()
    qtbot.addWidget(chart)
    chart.resize(402, 140)
    chart.set_data(HistogramData((5, 5, 5, 5), filled_to, ""))
    image = chart.grab().toImage()
    accent, row = tokens().accent, 100
    filled = [x for x in range(402) if image.pixelColor(x, row) == accent]
    assert max(filled) == pytest.approx(filled_to * 100 + 1, abs=2)


def test_a_histogram_without_figures_draws_nothing(qtbot) -> None:
    chart = Histogram()
    qtbot.addWidget(chart)
    image = chart.grab().toImage()
    inks = {image.pixel(x, 70) for x in range(image.width())}
    assert len(inks) == 1


def test_undo_goes_away_by_itself(window, qtbot) -> None:
    bar = UndoBar(window)
    window.show()
    bar.offer("Taken", lambda: None, ms=10)
    qtbot.waitUntil(lambda: not bar.isVisible())
    assert not bar.can_undo()


def test_a_segment_tells_its_id_once_chosen(qtbot) -> None:
    control = SegmentedControl([("a", "All"), ("p", "Public")], name="Audience")
    qtbot.addWidget(control)
    assert control.value() == "a"
    with qtbot.waitSignal(control.chosen) as caught:
        qtbot.mouseClick(control._group.button(1), Qt.MouseButton.LeftButton)
    assert caught.args == ["p"]
    assert control.value() == "p"


@pytest.mark.parametrize(
    ("key", "caps"),
    [
        ("Ctrl+Return", ["Ctrl ↵"]),
        ("Ctrl+Shift+C", ["Ctrl ⇧ C"]),
        ("Alt+Up, Alt+Down", ["Alt ↑", "Alt ↓"]),
        ("+, -", ["+", "-"]),
        ("R", ["R"]),
    ],
)
def test_keys_are_shown_as_caps(key: str, caps: list[str]) -> None:
    assert key_caps(key) == caps


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("Dušan Kovač", "DK"),
        ("Ana", "A"),
        ("ნინო ბერიძე", "ნბ"),
        ("Ana-Marija de Vries", "AV"),
        ("(unknown)", "?"),
    ],
)
def test_initials_are_taken_as_written(name: str, initials: str) -> None:
    assert initials_of(name) == initials


def test_return_presses_a_focused_button(qtbot) -> None:
    button = Button("Send", key="Ctrl+Return")
    qtbot.addWidget(button)
    with qtbot.waitSignal(button.clicked):
        qtbot.keyClick(button, Qt.Key.Key_Return)


def test_a_link_acts_by_key_and_pointer(qtbot) -> None:
    link = LinkLabel("Why this time?")
    qtbot.addWidget(link)
    with qtbot.waitSignal(link.clicked):
        qtbot.keyClick(link, Qt.Key.Key_Space)
    with qtbot.waitSignal(link.clicked):
        qtbot.mouseClick(link, Qt.MouseButton.LeftButton)


def test_buttons_have_names_for_screen_readers(qtbot) -> None:
    chip = Chip("Mine", count=4)
    icon = IconButton("copy", "Copy the sentence")
    for widget in (chip, icon):
        qtbot.addWidget(widget)
    assert chip.accessibleName() == "Mine 4"
    assert icon.accessibleName() == "Copy the sentence"


def test_a_focused_button_shows_a_ring_two_pixels_wide(window, qtbot) -> None:
    button = Button("Ask", parent=window)
    button.resize(button.sizeHint())
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    button.show()
    button.setFocus()
    qtbot.waitUntil(button.hasFocus)
    image = button.grab().toImage()
    middle = image.height() // 2
    assert image.pixelColor(0, middle) == tokens().accent
    assert image.pixelColor(1, middle) == tokens().accent
