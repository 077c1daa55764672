"""A line of text kept laid out looks just as when it was first drawn."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QStaticText, QTextLayout

from desktop.domain.text import in_line, on_screen
from ui.common import text_runs
from ui.common.painting import CENTRE, LEFT, RIGHT, draw_text
from ui.style import apply_theme, tokens

WORDS = (
    "N-0000123",
    "Žalba (hitno), qpgj AV To fi",
    "Ђорђе Поповић",
    "ქართული",
    "a" * 200,
    "שלום world",
    "two\ttabs",
    "日本語 and 😀",
)


def drawn(words: str, box: QRectF, **how) -> QImage:
    image = QImage(200, 60, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    draw_text(painter, box, words, tokens().text, **how)
    painter.end()
    return image


@pytest.mark.parametrize("words", WORDS)
def test_a_line_drawn_again_looks_as_the_first_time(qapp, words: str) -> None:
    apply_theme(qapp, "light")
    text_runs.text_run.cache_clear()
    boxes = (QRectF(3, 2, 150, 48), QRectF(10, 5, 90, 17.5), QRectF(2, 4, 90, 9))
    for align in (LEFT, RIGHT, CENTRE):
        for size in ("body", "small"):
            for bold in (False, True):
                for box in boxes:
                    how = {"align": align, "size": size, "bold": bold}
                    assert drawn(words, box, **how) == drawn(words, box, **how)


def test_a_line_is_laid_out_once_however_often_it_is_drawn(
    qapp, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []

    class Counted(QStaticText):
        def __init__(self, words: str) -> None:
            made.append(words)
            super().__init__(words)

    monkeypatch.setattr(text_runs, "QStaticText", Counted)
    text_runs.text_run.cache_clear()
    drawn("once", QRectF(3, 2, 150, 48))
    assert made == []
    for _ in range(3):
        drawn("once", QRectF(3, 2, 150, 48))
    assert made == ["once"]
    text_runs.text_run.cache_clear()


def place(line: str, part: str) -> float:
    layout = QTextLayout(line)
    layout.beginLayout()
    row = layout.createLine()
    layout.endLayout()
    found = row.cursorToX(line.index(part))
    return found[0] if isinstance(found, tuple) else found


@pytest.mark.parametrize("name", ["\u05d3\u05e0\u05d4", "\u0644\u064a\u0644\u0649"])
def test_a_figure_stays_behind_a_name_read_from_the_right(qapp, name: str) -> None:
    bare = f"{name} · 12"
    assert place(bare, "12") <= place(bare, name)
    apart = on_screen(in_line(name, "12"))
    assert place(apart, "12") > place(apart, name)
