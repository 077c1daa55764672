"""Windows of a house full of traps: nothing is wider, cut, turned or read as markup."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QWidget,
)

from tests.ui.painted import clipped_texts, painted_texts
from ui.screenshots.scenes_hostile import CHOSEN, HOSTILE, HOUSE
from ui.screenshots.studio import Studio
from ui.screenshots.taking import AT
from ui.style import apply_theme

# All windows are shown once, for all tests of this module.
pytestmark = pytest.mark.timeout(300)
SIZE = QSize(1280, 800)
EDGE = 8
"""Pixels a page may be wider than what shows it: room for its bar."""
TURNING = re.compile("[\u202a-\u202e\u2066\u2067]")
"""What sets a name apart (U+2068, U+2069) turns nothing, and is drawn in pieces."""
HEAP = re.compile("[\u0300-\u036f]{4}")


@dataclass
class Findings:
    """What was seen while every scene was shown."""

    shown: list[str] = field(default_factory=list)
    wide: list[str] = field(default_factory=list)
    clipped: list[str] = field(default_factory=list)
    markup: list[str] = field(default_factory=list)
    turned: list[str] = field(default_factory=list)
    labels: int = 0


def is_outside(one: QWidget) -> bool:
    """Tell whether a widget is cut by its parent's edge at either side."""
    parent = one.parentWidget()
    if one.isWindow() or parent is None or not one.width():
        return False
    if parent.objectName() == "qt_scrollarea_viewport":
        return False
    return one.x() < -1 or one.geometry().right() > parent.width() + 1


def wide_parts(top: QWidget) -> list[str]:
    """Name pages wider than what shows them, and widgets cut by their parent."""
    found = []
    for area in top.findChildren(QScrollArea):
        page = area.widget()
        shown = area.viewport().width()
        if area.isVisibleTo(top) and page is not None and page.width() > shown + EDGE:
            found.append(f"{type(page).__name__}: {page.width()} of {shown}")
    for one in top.findChildren(QWidget):
        if one.isVisibleTo(top) and is_outside(one):
            found.append(f"{type(one).__name__} in {type(one.parent()).__name__}")
    if top.width() > SIZE.width() or top.height() > SIZE.height():
        found.append(f"{type(top).__name__}: {top.width()}×{top.height()}")
    return found


def typed_words(top: QWidget) -> str:
    """Return what stands in fields: there people see it just as it is."""
    fields = [one.text() for one in top.findChildren(QLineEdit)]
    fields += [one.toPlainText() for one in top.findChildren(QPlainTextEdit)]
    return "\n".join(fields)


def look(studio: Studio, name: str, findings: Findings) -> None:
    """Note what a scene shows that it should not."""
    findings.shown.append(name)
    for top in (studio.front or studio.window, *studio.dialogs()):
        findings.wide += [f"{name}: {one}" for one in wide_parts(top)]
        findings.clipped += [f"{name}: {one}" for one in clipped_texts(top)]
        for label in top.findChildren(QLabel):
            findings.labels += 1
            if label.textFormat() is not Qt.TextFormat.PlainText and label.text():
                findings.markup.append(f"{name}: {label.text()[:60]!r}")
        for one in top.findChildren(QWidget):
            if re.search(r"<(b|img|table)\b", one.toolTip()):
                findings.markup.append(f"{name}: tip {one.toolTip()[:60]!r}")
        typed = typed_words(top)
        for text in painted_texts(top):
            if (TURNING.search(text) or HEAP.search(text)) and text not in typed:
                findings.turned.append(f"{name}: {text[:60]!r}")


@pytest.fixture(scope="module")
def findings(
    qapp: QApplication,
    hostile_house: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Findings:
    """Show every scene in the hostile house once, and note what is wrong."""
    folder = tmp_path_factory.mktemp("hostile")
    houses = {HOUSE: Path(shutil.copy(hostile_house, folder))}
    found = Findings()
    apply_theme(qapp, "light")
    for number, sitting in enumerate(HOSTILE):
        own = folder / str(number)
        own.mkdir()
        studio = Studio(houses, own, AT, SIZE)
        if sitting.house:
            studio.open(houses[sitting.house], sitting.person)
        for scene in sitting.scenes:
            scene.show(studio)
            studio.settle()
            look(studio, scene.name, found)
            studio.tidy()
        studio.close()
    return found


def told(lines: list[str]) -> str:
    return "\n" + "\n".join(sorted(set(lines)))


def test_every_scene_chosen_was_shown(findings: Findings) -> None:
    assert len(findings.shown) == len(set(findings.shown)) == len(CHOSEN) + 1


def test_no_name_makes_a_page_wider_than_its_window(findings: Findings) -> None:
    assert not findings.wide, told(findings.wide)


def test_no_text_is_cut_without_a_sign(findings: Findings) -> None:
    assert not findings.clipped, told(findings.clipped)


def test_nothing_typed_is_read_as_markup(findings: Findings) -> None:
    assert findings.labels > 1_000
    assert not findings.markup, told(findings.markup)


def test_nothing_typed_turns_or_leaves_its_line(findings: Findings) -> None:
    assert not findings.turned, told(findings.turned)
