"""An agreement's way with real clicks: drafted, proposed, signed by both, ended."""

from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtCore import Qt

from desktop.domain.agreements import TargetKind, VersionStage
from desktop.use_cases.agreements import propose
from tests.small_house import ZONE
from tests.ui.agreements.conftest import BACK_MANAGER, COORDINATOR, FRONT_MANAGER
from ui.agreements.editor import AgreementEditor
from ui.agreements.end_dialog import EndDialog
from ui.agreements.rename_dialog import RenameDialog
from ui.agreements.signing import Step
from ui.common.dialog import Question

REGISTRY = "Counters with Land registry"


def draft_next(sitting, hours: str = "12", day: str = "") -> None:
    """Draft the next version of the registry's agreement with other hours."""
    sitting.choose(REGISTRY)
    sitting.step(Step.NEW_VERSION)
    dialog = sitting.dialog(AgreementEditor)
    row = dialog.fields.kinds[TargetKind.RESOLUTION].rows[0]
    row.amount.selectAll()
    sitting.qtbot.keyClicks(row.amount, hours)
    if day:
        dialog.fields.valid_from.set_value(day)
    sitting.click(dialog.submit_button)
    sitting.no_dialog()
    sitting.until(lambda: sitting.stage() == "draft")


def test_a_draft_proposed_and_signed_by_both_managers_comes_in_force(sit):
    desk = sit(COORDINATOR)
    draft_next(desk, day="2026-11-09")
    desk.step(Step.PROPOSE)
    desk.until(lambda: desk.stage() == "proposed")
    assert not desk.page.pane.is_offered(Step.AGREE)

    front = sit(FRONT_MANAGER)
    front.choose(REGISTRY)
    front.page.pane.choose_version(front.stored(REGISTRY).versions[0].version_id)
    front.step(Step.AGREE)
    front.until(lambda: front.stored(REGISTRY).versions[0].front_agreed)
    front.until(lambda: not front.page.pane.is_offered(Step.AGREE))
    assert front.stage() == "proposed"

    back = sit(BACK_MANAGER)
    back.choose(REGISTRY)
    back.page.pane.choose_version(back.stored(REGISTRY).versions[0].version_id)
    back.key(Qt.Key.Key_A)
    back.until(lambda: back.stage() == "in_force")
    stored = back.stored(REGISTRY)
    assert [one.stage for one in stored.versions] == [
        VersionStage.IN_FORCE,
        VersionStage.ENDED,
    ]
    signed = stored.versions[0]
    assert signed.front_agreed.person == FRONT_MANAGER
    assert signed.back_agreed.person == BACK_MANAGER
    assert "12 h of working time (was: 16 h" in back.page.pane.changes.text()
    line = back.page.table.current_row()
    assert (line.row.number, line.row.stage) == (4, VersionStage.IN_FORCE)


def test_a_version_of_a_later_day_comes_in_force_on_that_day(sit, small_house):
    desk = sit(COORDINATOR)
    draft_next(desk)
    version = desk.stored(REGISTRY).versions[0]
    assert version.terms.valid_from == datetime(2026, 11, 10, tzinfo=ZONE)
    desk.step(Step.PROPOSE)
    desk.until(lambda: desk.stage() == "proposed")
    for name in (FRONT_MANAGER, BACK_MANAGER):
        manager = sit(name)
        manager.choose(REGISTRY)
        manager.page.pane.choose_version(version.version_id)
        manager.step(Step.AGREE)
        manager.until(lambda at=manager: not at.page.pane.is_offered(Step.AGREE))
    assert manager.stage() == "agreed"
    assert manager.page.table.current_row().row.number == 3
    small_house.at(10, 9)
    manager.page._context.ticker.beat.emit()
    manager.until(lambda: manager.stage() == "in_force")
    assert manager.page.table.current_row().row.number == 4


def test_a_proposal_another_agreement_stands_in_the_way_of_is_told_by_name(sit):
    desk = sit(COORDINATOR)
    desk.click(desk.page.new_button)
    dialog = desk.dialog(AgreementEditor)
    dialog.scope.name.setText("The same once more")
    dialog.scope.back.set_value(desk.house.units["Land registry"])
    kind = dialog.fields.kinds[TargetKind.RESOLUTION]
    desk.click(kind.add_button)
    desk.qtbot.keyClicks(kind.rows[0].amount, "8")
    desk.click(dialog.submit_button)
    desk.until(lambda: desk.stage() == "draft")
    desk.step(Step.PROPOSE)
    desk.until(lambda: REGISTRY in desk.words())
    assert desk.stored("The same once more").versions[0].stage is VersionStage.DRAFT


def test_a_draft_is_withdrawn_only_after_a_question(sit):
    desk = sit(COORDINATOR)
    draft_next(desk)
    desk.step(Step.WITHDRAW)
    question = desk.dialog(Question)
    desk.click(question.cancel_button)
    desk.no_dialog()
    assert desk.stage() == "draft"
    desk.step(Step.WITHDRAW)
    desk.click(desk.dialog(Question).submit_button)
    desk.until(lambda: desk.stage() == "withdrawn")
    assert desk.stored(REGISTRY).versions[0].stage is VersionStage.WITHDRAWN


def test_an_agreement_ends_with_its_last_day_and_a_day_gone_by_is_refused(sit):
    desk = sit(COORDINATOR)
    desk.choose(REGISTRY)
    desk.step(Step.END)
    dialog = desk.dialog(EndDialog)
    dialog.day.set_value("2026-10-01")
    desk.click(dialog.submit_button)
    desk.until(lambda: dialog.box.problem())
    assert "lies in the past" in dialog.box.problem()
    dialog.day.line.setText("not a day")
    desk.click(dialog.submit_button)
    assert "Write a date" in dialog.box.problem()
    dialog.day.set_value("2026-11-30")
    desk.click(dialog.submit_button)
    desk.no_dialog()
    desk.until(lambda: not desk.page.pane.is_offered(Step.END))
    ended = desk.stored(REGISTRY).versions[0].terms.valid_until
    assert ended == datetime(2026, 12, 1, tzinfo=ZONE).astimezone(UTC)
    assert "to 30 Nov 2026" in desk.page.pane.model.cell(0, 2).words


def test_a_step_somebody_took_first_is_told_and_the_page_catches_up(sit, small_house):
    desk = sit(COORDINATOR)
    draft_next(desk)
    version = desk.page.pane.version()
    step = desk.page.pane.buttons[Step.PROPOSE]
    small_house.me("Ana Petrović")
    small_house.run(propose, version.version_id, expected_version=version.lock)
    small_house.me(COORDINATOR)
    desk.click(step)
    desk.until(lambda: desk.words())
    desk.until(lambda: desk.stage() == "proposed")


def test_an_agent_has_no_page_of_agreements(seat, window):
    seat("Ana Petrović")
    window.navigate("agreements")
    assert window.pages.page("agreements") is None


def test_an_agreement_is_renamed_at_its_field_and_back_again(sit, small_house):
    desk = sit(COORDINATOR)
    desk.choose(REGISTRY)
    desk.step(Step.RENAME)
    dialog = desk.dialog(RenameDialog)
    assert dialog.field.text() == REGISTRY
    dialog.field.selectAll()
    desk.qtbot.keyClicks(dialog.field, "   ")
    desk.click(dialog.submit_button)
    desk.until(lambda: dialog.box.problem() == "This must not be empty.")
    desk.qtbot.keyClicks(dialog.field, "Registry, all counters")
    desk.click(dialog.submit_button)
    desk.no_dialog()
    desk.until(lambda: desk.page.pane.name.text() == "Registry, all counters")
    assert desk.window.undo_bar.words() == (
        f"“{REGISTRY}” is now called “Registry, all counters”."
    )
    desk.window.undo_bar.undo()
    desk.until(lambda: desk.page.pane.name.text() == REGISTRY)


def test_a_version_tells_how_many_open_requests_run_under_it(sit, small_house):
    small_house.raised()
    small_house.raised("Parcel 2")
    desk = sit(COORDINATOR)
    desk.choose(REGISTRY)
    model = desk.page.pane.model
    place = [one.id for one in model.columns].index("running")
    assert model.cell(0, place).words == "2"
