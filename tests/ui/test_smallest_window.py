"""The smallest window: every dialog fits into it, and no button or label is cut."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QDialog, QScrollArea, QWidget

from tests.ui.painted import clipped_texts
from ui.common.spare import Spare
from ui.common.table_view import TableView
from ui.screenshots.scenes_hostile import ALL_SITTINGS, HOUSE
from ui.screenshots.studio import Studio
from ui.screenshots.taking import AT
from ui.style import apply_theme

# All windows are shown once, for all tests of this module.
pytestmark = pytest.mark.timeout(300)
SIZE = QSize(960, 600)
EDGE = 16
"""Pixels of a page's own margin that may be under its bar."""
SHOWN = frozenset(
    {
        *("counter-unit", "new-request", "queue", "view-dialog", "requests", "request"),
        *("shortcuts", "search-help", "meetings", "print-dialog", "series-template"),
        *("series-members", "obstacles", "obstacles-raise", "agreements", "catalogue"),
        *("agreement-version-dialog", "calendar-year", "calendar-save-dialog"),
        *("try-tighter", "settings", "inbox", "today-agent", "actions", "files"),
    }
)
"""Each page, and the dialogs that are the largest."""
HOSTILE_SHOWN = frozenset(
    f"hostile-{name}"
    for name in (
        *("counter-unit", "new-request", "queue", "queue-grouped", "request"),
        *("requests-found", "request-parts", "today-coordinator", "inbox", "files"),
        *("catalogue", "catalogue-form", "meetings", "actions", "minutes", "sitting"),
        *("obstacles", "session-search", "agreements", "escalation", "settings"),
        *("calendar-year", "calendar-save-dialog", "print-dialog", "try-tighter"),
    )
)
"""The pages again, and dialogs, with names as bad as they can be."""
LEAST_COLUMN = 96
"""Pixels in which the column a list is about can still be read."""


@dataclass
class Findings:
    """What was seen while the scenes were shown."""

    shown: list[str] = field(default_factory=list)
    large: list[str] = field(default_factory=list)
    clipped: list[str] = field(default_factory=list)
    cut: list[str] = field(default_factory=list)
    narrow: list[str] = field(default_factory=list)


def narrow_columns(top: QWidget) -> list[str]:
    """Name the columns that should take what room there is, and have too little."""
    found = []
    for table in top.findChildren(TableView):
        if not table.isVisibleTo(top):
            continue
        for number in table.shown_columns():
            column, width = table.rows_model.columns[number], table.columnWidth(number)
            if column.stretch and width < LEAST_COLUMN:
                found.append(f"{table.accessibleName()}, {column.words}: {width}")
    return found


def cut_pages(top: QWidget) -> list[str]:
    """Name what is wider than its area: nobody scrolls a page to the side."""
    found = []
    for area in top.findChildren(QScrollArea):
        page, shown = area.widget(), area.viewport().width()
        if not area.isVisibleTo(top) or page is None:
            continue
        if page.width() > shown + EDGE:
            found.append(f"{type(area.parent()).__name__}: {page.width()} of {shown}")
    return found


def look(studio: Studio, name: str, findings: Findings) -> None:
    """Note what a scene shows that it should not."""
    findings.shown.append(name)
    for top in (studio.window, *studio.dialogs()):
        size = top.size()
        if size.width() > SIZE.width() or size.height() > SIZE.height():
            found = f"{type(top).__name__} {size.width()}×{size.height()}"
            findings.large.append(f"{name}: {found}")
        findings.clipped += [f"{name}: {one}" for one in clipped_texts(top)]
        findings.cut += [f"{name}: {one}" for one in cut_pages(top)]
        findings.narrow += [f"{name}: {one}" for one in narrow_columns(top)]


@pytest.fixture(scope="module")
def findings(
    qapp: QApplication,
    played_demo: Path,
    hostile_house: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Findings:
    """Show the scenes in the smallest window, and note what is wrong."""
    folder = tmp_path_factory.mktemp("smallest")
    houses = {
        "demo": Path(shutil.copy(played_demo, folder)),
        HOUSE: Path(shutil.copy(hostile_house, folder)),
    }
    found = Findings()
    apply_theme(qapp, "light")
    for number, sitting in enumerate(ALL_SITTINGS):
        wanted = SHOWN if sitting.house == "demo" else HOSTILE_SHOWN
        scenes = [one for one in sitting.scenes if one.name in wanted]
        if sitting.house not in houses or not scenes:
            continue
        own = folder / str(number)
        own.mkdir()
        studio = Studio(houses, own, AT, SIZE)
        studio.open(houses[sitting.house], sitting.person)
        for scene in scenes:
            scene.show(studio)
            studio.settle()
            look(studio, scene.name, found)
            studio.tidy()
        studio.close()
    return found


def told(lines: list[str]) -> str:
    return "\n" + "\n".join(sorted(set(lines)))


def test_every_scene_was_shown(findings: Findings) -> None:
    assert set(findings.shown) == SHOWN | HOSTILE_SHOWN


def test_every_dialog_fits_into_the_smallest_window(findings: Findings) -> None:
    assert not findings.large, told(findings.large)


def test_no_button_and_no_label_is_cut(findings: Findings) -> None:
    assert not findings.clipped, told(findings.clipped)


def test_nothing_is_out_of_reach_at_the_side(findings: Findings) -> None:
    assert not findings.cut, told(findings.cut)


def test_what_a_list_is_about_can_be_read(findings: Findings) -> None:
    assert not findings.narrow, told(findings.narrow)


def test_a_dialog_larger_than_the_window_would_be_seen(qtbot) -> None:
    from ui.common.room import take_room

    window = QWidget()
    qtbot.addWidget(window)
    window.resize(SIZE)
    dialog = QDialog(window)
    take_room(dialog, 2_000, 2_000)
    assert dialog.size() == QSize(912, 552)


def test_what_a_line_can_do_without_comes_back_with_the_room(qtbot) -> None:
    from ui.common.buttons import Button

    holder = QWidget()
    qtbot.addWidget(holder)
    part, button = QWidget(holder), Button("Print", key="P", parent=holder)
    wide = button.sizeHint().width()
    Spare(holder, 400, [part], keys=[button])
    holder.show()
    holder.resize(300, 80)
    assert not part.isVisibleTo(holder)
    assert button.sizeHint().width() < wide
    holder.resize(500, 80)
    assert part.isVisibleTo(holder)
    assert button.sizeHint().width() == wide
