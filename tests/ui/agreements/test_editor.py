"""Writing terms down: every field read, every refusal at its field, nothing lost."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from desktop.domain.agreements import (
    Measure,
    OnChange,
    TargetKind,
    WarningLevel,
)
from desktop.domain.requests import PendingReason
from desktop.domain.working_days import DayEnd, DayRule
from desktop.use_cases.agreements import change_draft
from tests.ui.agreements.conftest import COORDINATOR
from ui.agreements.editor import AgreementEditor
from ui.agreements.fields import length_s, length_words, time_s
from ui.agreements.signing import Step
from ui.agreements.target_rows import END_OF_DAY

REGISTRY = "Counters with Land registry"
RESPONSE, RESOLUTION = TargetKind.RESPONSE, TargetKind.RESOLUTION


@pytest.fixture
def desk(sit):
    """Put the coordinator before the registry's agreement."""
    made = sit(COORDINATOR)
    made.choose(REGISTRY)
    return made


@pytest.fixture
def editor(desk) -> AgreementEditor:
    """Open the editor at the next version of the registry's agreement."""
    desk.step(Step.NEW_VERSION)
    return desk.dialog(AgreementEditor)


def write(desk, field, words: str) -> None:
    """Type words over what a field holds."""
    field.selectAll()
    desk.qtbot.keyClicks(field, words)


@pytest.mark.parametrize(
    ("typed", "seconds"),
    [
        ("8", 28_800),
        ("2.5", 9_000),
        ("2,5 h", 9_000),
        ("2 h 30", 9_000),
        ("2:30", 9_000),
        ("45 min", 2_700),
        ("0", 0),
        ("soon", None),
        ("-3", None),
        ("", None),
    ],
)
def test_a_length_is_read_as_people_write_it(typed, seconds):
    assert length_s(typed) == seconds


@pytest.mark.parametrize("seconds", [0, 60, 9_000, 28_800, 360_000])
def test_a_length_written_is_read_back(seconds):
    assert length_s(length_words(seconds)) == seconds


@pytest.mark.parametrize(
    ("typed", "seconds"),
    [
        ("14:00", 50_400),
        ("14", 50_400),
        ("24:00", 86_400),
        ("25:00", None),
        ("x", None),
    ],
)
def test_a_time_of_day_is_read(typed, seconds):
    assert time_s(typed) == seconds


def test_every_term_written_is_kept_and_shown_again(desk, editor):
    fields = editor.fields
    row = fields.kinds[RESOLUTION].rows[0]
    row.measure.set_value(END_OF_DAY)
    row.measure.chosen.emit(END_OF_DAY)
    write(desk, row.amount, "2")
    write(desk, row.cutoff, "14:00")
    write(desk, row.restart, "9")
    desk.click(fields.kinds[RESOLUTION].add_button)
    urgent = fields.kinds[RESOLUTION].rows[1]
    write(desk, urgent.amount, "3")
    fields.holds.boxes[RESPONSE, PendingReason.CUSTOMER].setChecked(True)
    desk.click(fields.warnings.add_button)
    write(desk, fields.warnings.rows[1].amount, "0:30")
    fields.changes["at_reopen"].choices.set_value("restart")
    fields.valid_until.set_value("2027-03-31")
    fields.note.setPlainText("<b>as said</b> in the session")
    desk.click(editor.submit_button)
    desk.no_dialog()
    desk.until(lambda: desk.stage() == "draft")
    terms = desk.stored(REGISTRY).versions[0].terms
    of_kind = {one.priority: one for one in terms.targets if one.kind is RESOLUTION}
    rule = DayRule(2, DayEnd.END_OF_DAY, 14 * 3600, 9 * 3600)
    assert of_kind[None].rule == rule
    assert of_kind[None].measure is Measure.WORKING_DAYS
    assert of_kind[1].seconds == 3 * 3600
    assert PendingReason.CUSTOMER in terms.holds[RESPONSE]
    assert terms.warnings == (WarningLevel(left_s=1800),)
    assert terms.at_reopen is OnChange.RESTART
    shown = dict(desk.page.pane.terms_of(desk.page.pane.version()))
    assert shown["Resolution"] == (
        "2 working days, end of day, cut-off 14:00, then from 09:00"
        " · urgent 3 h of working time"
    )
    assert shown["Note"] == "<b>as said</b> in the session"
    assert shown["Valid"].endswith("to 31 Mar 2027")
    desk.step(Step.CHANGE)
    again = desk.dialog(AgreementEditor)
    assert again.terms() == terms


def test_refusals_stand_at_their_field_and_nothing_typed_is_lost(desk, editor):
    response = editor.fields.kinds[RESPONSE].rows[0]
    write(desk, response.amount, "soon")
    desk.click(editor.submit_button)
    assert response.problem.text() == "Write a length like 8, 2:30 or 45 min."
    assert editor.focusWidget() is response.amount
    write(desk, response.amount, "0")
    desk.click(editor.submit_button)
    desk.until(lambda: "promise of no time" in response.problem.text())
    write(desk, response.amount, "99")
    desk.click(editor.submit_button)
    desk.until(lambda: "later than the resolution" in response.problem.text())
    write(desk, response.amount, "999999")
    desk.click(editor.submit_button)
    desk.until(lambda: "more than 3 years" in response.problem.text())
    assert response.amount.text() == "999999"
    write(desk, response.amount, "1")
    editor.fields.valid_until.set_value("2026-01-01")
    desk.click(editor.submit_button)
    box = editor.fields.boxes["valid_until"]
    desk.until(lambda: "ends before it starts" in box.problem())
    assert response.problem.text() == ""
    editor.fields.valid_until.set_value(None)
    desk.qtbot.keyClick(editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    desk.no_dialog()
    desk.until(lambda: desk.stage() == "draft")


def test_a_calendar_closed_all_the_while_is_said_at_the_calendar(desk, editor):
    """The whole validity is a public holiday."""
    editor.fields.valid_from.set_value("2026-11-11")
    editor.fields.valid_until.set_value("2026-11-11")
    desk.click(editor.submit_button)
    box = editor.fields.boxes["calendar"]
    desk.until(lambda: "has no open time in the whole span" in box.problem())
    assert editor.fields.valid_until.value() == "2026-11-11"


def test_a_priority_twice_and_a_share_beyond_all_are_said_at_once(desk, editor):
    kind = editor.fields.kinds[RESPONSE]
    desk.click(kind.add_button)
    kind.rows[1].priority.set_value(kind.rows[0].priority.value())
    write(desk, kind.rows[1].amount, "1")
    desk.click(editor.submit_button)
    assert "has a target already" in kind.rows[1].problem.text()
    desk.click(kind.rows[1].remove)
    warned = editor.fields.warnings.rows[0]
    write(desk, warned.amount, "750")
    desk.click(editor.submit_button)
    assert warned.problem.text() == "Write a share from 1 to 99."


def test_nothing_promised_at_all_is_refused_where_a_promise_begins(desk, editor):
    for kind in editor.fields.kinds.values():
        for row in list(kind.rows):
            desk.click(row.remove)
    desk.click(editor.submit_button)
    at = editor.fields.kinds[RESPONSE]
    desk.until(lambda: "Nothing is promised yet" in at.problem.text())


def test_a_new_agreement_needs_a_name_and_a_back_office(desk):
    desk.key(Qt.Key.Key_N)
    dialog = desk.dialog(AgreementEditor)
    desk.click(dialog.submit_button)
    assert dialog.scope.boxes["name"].problem() == "This is needed."
    desk.qtbot.keyClicks(dialog.scope.name, REGISTRY)
    desk.click(dialog.submit_button)
    assert dialog.scope.boxes["back_unit"].problem() == "This is needed."
    dialog.scope.back.set_value(desk.house.units["Land registry"])
    dialog.scope.back.chosen.emit(dialog.scope.back.value())
    dialog.scope.service.set_value(desk.house.services["Title extract"])
    kind = dialog.fields.kinds[RESPONSE]
    desk.click(kind.add_button)
    desk.qtbot.keyClicks(kind.rows[0].amount, "1")
    desk.click(dialog.submit_button)
    box = dialog.scope.boxes["name"]
    desk.until(lambda: "one of this name" in box.problem())
    write(desk, dialog.scope.name, "Extracts <i>quick</i>")
    desk.click(dialog.submit_button)
    desk.no_dialog()
    desk.until(lambda: desk.page.pane.name.text() == "Extracts <i>quick</i>")
    assert desk.stored("Extracts <i>quick</i>").service == "Title extract"


def test_two_editors_of_one_draft_are_told_and_keep_what_they_wrote(
    desk, editor, small_house
):
    desk.click(editor.submit_button)
    desk.no_dialog()
    desk.until(lambda: desk.stage() == "draft")
    version = desk.page.pane.version()
    desk.step(Step.CHANGE)
    mine = desk.dialog(AgreementEditor)
    small_house.me("Ana Petrović")
    theirs = replace(version.terms, targets=version.terms.targets[:2])
    small_house.run(
        change_draft, version.version_id, theirs, expected_version=version.lock
    )
    small_house.me(COORDINATOR)
    row = mine.fields.kinds[RESOLUTION].rows[0]
    write(desk, row.amount, "7")
    desk.click(mine.submit_button)
    desk.until(lambda: "Somebody changed this draft" in mine.problem())
    assert row.amount.text() == "7"
    desk.qtbot.keyClick(mine, Qt.Key.Key_Escape)
    assert mine.isVisible()
    assert "not saved" in mine.problem()
    desk.qtbot.keyClick(mine, Qt.Key.Key_Escape)
    desk.no_dialog()


def test_an_editor_nothing_was_written_in_is_left_at_once(desk, editor):
    desk.qtbot.keyClick(editor, Qt.Key.Key_Escape)
    desk.no_dialog()


def test_each_choice_at_a_change_says_what_it_does(desk, editor):
    change = editor.fields.changes["at_unit"]
    before = change.sentence.text()
    segment = change.choices._group.button(1)
    desk.click(segment)
    assert change.value() is OnChange.RESTART
    assert change.sentence.text() != before
    assert "new clock" in change.sentence.text()
