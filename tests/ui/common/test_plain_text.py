"""What people typed is shown as they typed it: no widget of ours reads markup."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QLineEdit, QToolTip, QWidget

from ui.common.banner import Banner
from ui.common.buttons import Button, Chip
from ui.common.cells import (
    BallCell,
    Cell,
    Column,
    LinesCell,
    PersonCell,
    Section,
    TextCell,
)
from ui.common.dialog import Dialog
from ui.common.empty_state import EmptyState
from ui.common.labels import (
    ElidedLabel,
    PlainLabel,
    SectionHeading,
    StateChip,
    plain_tip,
)
from ui.common.painting import elided
from ui.common.table_model import TableModel
from ui.common.table_view import TableView

RED = QColor("#FF0000")


@pytest.fixture
def evil(tmp_path: Path) -> str:
    """Give words that would show a red picture, were they read as markup."""
    picture = QImage(64, 64, QImage.Format.Format_RGB32)
    picture.fill(RED)
    path = tmp_path / "red.png"
    assert picture.save(str(path))
    return f'<img src="{path}"><b>x</b>'


def red_pixels(widget: QWidget) -> int:
    """Count the pure red pixels of a widget as drawn."""
    image = widget.grab().toImage()
    return sum(
        image.pixelColor(x, y) == RED
        for x in range(0, image.width(), 2)
        for y in range(0, image.height(), 2)
    )


def table(words: str) -> TableView:
    cells: list[Cell] = [
        TextCell(words),
        LinesCell(words, words),
        BallCell("back", words, words),
        PersonCell(words, words),
    ]
    columns = [
        Column(str(number), "x", lambda _row, cell=cell: cell, 200)
        for number, cell in enumerate(cells)
    ]
    model = TableModel(columns, key=lambda row: row)
    model.set_sections([Section("a", words, [1, 2], note=words)])
    view = TableView(model, name="x")
    model.setParent(view)
    return view


MAKERS = {
    "label": PlainLabel,
    "wrapped label": lambda words: PlainLabel(words, wraps=True),
    "elided": ElidedLabel,
    "heading": lambda words: SectionHeading(words, note=words),
    "chip": lambda words: StateChip(words, kind="risk"),
    "button": Button,
    "filter": Chip,
    "banner": lambda words: Banner(words, action=words, act=lambda: None),
    "empty": lambda words: EmptyState(words, words),
    "dialog": lambda words: Dialog(words, words, submit=words),
    "table": table,
}


@pytest.mark.parametrize("name", MAKERS)
def test_no_picture_is_loaded_from_typed_words(name: str, evil: str, qtbot) -> None:
    widget = MAKERS[name](evil)
    qtbot.addWidget(widget)
    widget.resize(800, 300)
    widget.show()
    assert red_pixels(widget) == 0


def test_the_red_pixel_test_would_see_the_picture(evil: str, qtbot) -> None:
    from PySide6.QtWidgets import QLabel

    label = QLabel(evil)
    qtbot.addWidget(label)
    label.resize(400, 100)
    assert red_pixels(label) > 100


def test_a_tooltip_shows_typed_words_as_they_are(evil: str, qtbot) -> None:
    from PySide6.QtGui import QTextDocument

    widget = QWidget()
    qtbot.addWidget(widget)
    plain_tip(widget, evil)
    document = QTextDocument()
    document.setHtml(widget.toolTip())
    assert document.toPlainText() == evil
    QToolTip.hideText()


def test_nothing_turns_the_direction_of_what_is_shown(qtbot) -> None:
    words = "plan\u202efdp.exe \u2066x\u2069 שלום"
    label, button = PlainLabel(words), Button("x")
    qtbot.addWidget(label)
    qtbot.addWidget(button)
    plain_tip(button, words)
    shown = "plan\ufffdfdp.exe \ufffdx\ufffd שלום"
    assert label.text() == elided(words, 900) == shown
    assert button.toolTip() == f"<span>{shown}</span>"


def test_an_ampersand_is_shown_and_makes_no_mnemonic(qtbot) -> None:
    button = Button("Roads & parks")
    qtbot.addWidget(button)
    assert button.shortcut().isEmpty()
    assert button.words() == "Roads & parks"


def test_a_field_keeps_the_ampersand_of_its_name(qtbot) -> None:
    plain, named, field = PlainLabel("Q & A"), PlainLabel("Q & A"), QLineEdit()
    for one in (plain, named, field):
        qtbot.addWidget(one)
    named.setBuddy(field)
    assert (named.text(), named.accessibleName()) == ("Q & A", "Q & A")
    for one in (plain, named):
        one.resize(80, 24)
    assert named.grab().toImage() == plain.grab().toImage()
    named.setText("&amp; more")
    assert named.text() == "&amp; more"
    assert named.sizeHint() == PlainLabel("&amp; more").sizeHint()
