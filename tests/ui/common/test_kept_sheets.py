"""What is written in a sheet survives a kill, is offered, and goes once it is done."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from desktop.domain.agreements import TargetKind
from desktop.queries.escalation import escalation_rules
from tests.ui.common.sheets_killed import LEFT_OUT
from tests.ui.counter.conftest import sit_down as sit_down
from tests.ui.killing import killed_after_writing
from ui.agreements.editor import AgreementEditor
from ui.agreements.page import PAGES as AGREEMENTS
from ui.common.buttons import Button
from ui.escalation.editor import EscalationEditor
from ui.escalation.spec import PAGES as ESCALATION
from ui.meetings.series.editor import SeriesEditor
from ui.meetings.spec import PAGES as MEETINGS

BOSS = "Marko Ivić"


@pytest.fixture
def went_on(qtbot, sit_down):
    """Give what shows a page and goes on with what it offers."""

    def go(spec, kind):
        desk = sit_down(BOSS)
        page = desk.show(spec)
        qtbot.waitUntil(lambda: bool(desk.offered), timeout=10_000)
        words, act = desk.offered[-1]
        assert words == "Go on with it"
        act()
        qtbot.waitUntil(lambda: page.findChild(kind) is not None, timeout=10_000)
        return desk, page.findChild(kind)

    return go


def kept_files(folder: Path) -> list[Path]:
    return sorted(folder.glob("drafts/words-*.json"))


def button(sheet, words: str) -> Button:
    return next(one for one in sheet.findChildren(Button) if one.words() == words)


def test_what_was_written_in_sheets_is_offered_after_the_kill_of_the_program(
    qtbot, small_house, tmp_path, went_on
):
    small_house.at(12, 13, 20)
    killed_after_writing("tests.ui.common.sheets_killed", small_house, tmp_path)
    small_house.at(13, 9)
    assert len(kept_files(tmp_path)) == 3

    desk, agreement = went_on(AGREEMENTS[0], AgreementEditor)
    assert desk.told[-1] == "“New agreement” is not saved yet, from Thu 13:20."
    assert agreement.banners.words() == ["Not saved yet, from Thu 13:20"]
    assert agreement.scope.name.text() == "Counter with registry"
    assert agreement.unit_ids()[2] == small_house.services["Title extract"]
    rows = agreement.fields.kinds[TargetKind.RESOLUTION].rows
    assert [one.amount.text() for one in rows] == ["16", "2 h and a"]
    assert agreement.fields.warnings.rows[-1].amount.text() == "9"
    assert agreement.fields.note.toPlainText() == "As agreed\nin May"
    agreement.reject()
    assert "not saved" in agreement.problem()
    agreement.reject()
    assert len(kept_files(tmp_path)) == 2

    _desk, series = went_on(MEETINGS[0], SeriesEditor)
    assert series.name.text() == "Counter and registry"
    assert series.front.value() == small_house.units["Central counter"]
    assert [one.person_id for one in series.members.drafts()] == [
        small_house.people["Ana Petrović"]
    ]
    assert [one.title for one in series.standing.drafts()] == [
        "Safety first",
        "Parcels",
    ]
    assert series.when.skipped == {LEFT_OUT}
    assert series.when.starts_on.line.text() == "16 Nov"
    qtbot.mouseClick(button(series, "Discard"), Qt.MouseButton.LeftButton)
    assert (series.name.text(), series.standing.rows) == ("", [])
    assert series.when.skipped == set()
    assert len(kept_files(tmp_path)) == 1
    series.reject()

    _desk, rule = went_on(ESCALATION[0], EscalationEditor)
    assert "every 7 h of working time" in rule.second.text()
    rule.submit()
    qtbot.waitUntil(lambda: not kept_files(tmp_path), timeout=10_000)
    stored = small_house.read(escalation_rules).rules
    assert stored[-1].rule.unit == small_house.units["Land registry"]


def test_leaving_the_desk_keeps_the_last_second_too(
    qtbot, small_house, tmp_path, sit_down
):
    desk = sit_down(BOSS)
    page = desk.show(ESCALATION[0])
    qtbot.waitUntil(lambda: page._known is not None)
    page.add()
    page.editor.every.setText("7")
    assert kept_files(tmp_path) == []
    desk.context.operations.leaving.emit()
    (kept,) = kept_files(tmp_path)
    assert '\\"7\\"' in kept.read_text()
    page.hide()
    page.show()
    assert desk.told[-1].startswith("“New rule” is not saved yet, from ")


def test_a_sheet_of_another_version_is_logged_and_begins_anew(
    qtbot, small_house, tmp_path, sit_down, caplog
):
    desk = sit_down(BOSS)
    page = desk.show(ESCALATION[0])
    qtbot.waitUntil(lambda: page._known is not None)
    page.add()
    page.editor.every.setText("7")
    desk.context.operations.leaving.emit()
    desk.context.operations.closing.emit()
    (kept,) = kept_files(tmp_path)
    kept.write_text(kept.read_text().replace("LineInput", "OtherInput"))
    caplog.set_level(logging.WARNING)
    desk = sit_down(BOSS)
    page = desk.show(ESCALATION[0])
    qtbot.waitUntil(lambda: page._known is not None)
    page.add()
    assert page.editor.every.text() == "4"
    assert page.editor.banners.words() == []
    assert any("does not fit" in one.getMessage() for one in caplog.records)
    assert kept_files(tmp_path) != []
