"""The window is closed over a sheet that is half written: nothing of it is lost."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.ui.conftest import Seat
from ui.agreements.editor import AgreementEditor
from ui.agreements.page import PAGES as AGREEMENTS
from ui.escalation.editor import EscalationEditor
from ui.escalation.spec import PAGES as ESCALATION
from ui.main_window import MainWindow
from ui.meetings.series.editor import SeriesEditor
from ui.meetings.spec import PAGES as MEETINGS
from ui.program import Program

BOSS = "Marko Ivić"


@pytest.mark.parametrize(
    ("page", "act", "kind", "field", "title"),
    [
        ("agreements", "agreements.new", AgreementEditor, "scope.name", "agreement"),
        ("escalation", "escalation.new", EscalationEditor, "every", "rule"),
        ("meetings", "meetings.series", SeriesEditor, "name", "series"),
    ],
)
def test_a_sheet_half_written_is_kept_and_offered_when_the_window_comes_back(
    seat: Seat,
    window: MainWindow,
    program: Program,
    tmp_path: Path,
    qtbot,
    page,
    act,
    kind,
    field,
    title,
) -> None:
    pages = [*AGREEMENTS, *ESCALATION, *MEETINGS]
    program.features = replace(program.features, pages=lambda: pages)
    opened = program.opened
    window.show()
    seat(BOSS)
    window.navigate(page)
    shown = window.pages.page(page)

    # The page of rules offers none before it knows them.
    qtbot.waitUntil(lambda: getattr(shown, "_known", ()) is not None, timeout=10_000)
    qtbot.waitUntil(lambda: window.actions_known.run(act), timeout=10_000)
    qtbot.waitUntil(lambda: bool(shown.findChildren(kind)), timeout=10_000)
    line = shown.findChildren(kind)[-1]
    for name in field.split("."):
        line = getattr(line, name)
    line.setText("73")
    window.close()
    assert program.context is None
    (kept,) = tmp_path.glob("drafts/words-*.json")
    assert '\\"73\\"' in kept.read_text()
    assert not list(tmp_path.glob("drafts/*.lock"))

    assert opened is not None
    program.take(opened, watch=False)
    window.show()
    seat(BOSS)
    window.navigate(page)
    qtbot.waitUntil(
        lambda: any(
            words.startswith(f"“New {title}” is not saved yet, from ")
            for words in window.banners.words()
        ),
        timeout=10_000,
    )
