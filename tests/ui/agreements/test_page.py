"""The list of agreements: told in words, narrowed, explained; empty and hostile."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from desktop.domain.agreement_drafts import TargetDraft
from desktop.domain.agreements import Measure, TargetKind
from desktop.domain.working_days import DayEnd, DayRule
from desktop.entities.agreements import (
    Agreement,
    AgreementHold,
    AgreementTarget,
    AgreementVersion,
)
from desktop.entities.units import Unit
from desktop.use_cases.agreements import (
    Parties,
    agree,
    draft_agreement,
    draft_version,
    propose,
)
from tests.small_house import ZONE
from tests.ui.agreements.conftest import BACK_MANAGER, COORDINATOR, FRONT_MANAGER
from ui.agreements.columns import agreement_columns
from ui.agreements.which_dialog import WhichDialog
from ui.agreements.words import (
    change_lines,
)
from ui.common.empty_state import EmptyState
from ui.common.labels import PlainLabel
from ui.common.request_pane.target_words import (
    amount_words,
    kind_words,
)

REGISTRY, PERMITS = "Counters with Land registry", "Counters with Building permits"
HOSTILE = "<img src='/etc/x'> & " + "Ж" * 120


def agreed_extract(sitting, name: str = "Extracts only") -> None:
    """Make an agreement for one service, signed by both sides."""
    house = sitting.house
    terms = sitting.stored(REGISTRY).versions[0].terms
    parties = Parties(
        None, house.units["Land registry"], house.services["Title extract"]
    )
    desk = house.desk
    before = desk.actor
    desk.sign_in(sitting.actor(COORDINATOR))
    made = desk.run(draft_agreement, name, parties, terms).value
    made = desk.run(propose, made.version_id, expected_version=made.lock).value
    for who in (FRONT_MANAGER, BACK_MANAGER):
        desk.sign_in(sitting.actor(who))
        made = desk.run(agree, made.version_id, expected_version=made.lock).value
    desk.sign_in(before)
    sitting.page.reread()
    sitting.until(lambda: name in sitting.names())


@pytest.fixture
def desk(sit):
    """Put the coordinator before the page."""
    return sit(COORDINATOR)


def test_each_agreement_tells_its_promises_its_version_and_its_stage(desk):
    assert desk.names() == [PERMITS, REGISTRY]
    desk.choose(REGISTRY)
    line = desk.page.table.current_row()
    columns = {one.id: one for one in agreement_columns(lambda: ZONE)}
    told = {name: one.cell(line).plain() for name, one in columns.items()}
    assert told == {
        "name": f"{REGISTRY}, All front units, all services",
        "targets": "Resolution 16 h, Response 2 h; Answer 4 h",
        "calendar": "Office hours",
        "force": "Version 3, since 1 May 2026",
        "stage": "In force",
    }
    shown = dict(desk.page.pane.terms_of(desk.page.pane.version()))
    assert shown["Resolution"] == "16 h of working time"
    assert shown["Update"] == "Not promised"
    assert shown["Held while waiting"].startswith("Resolution: for the customer")


def test_working_days_and_priorities_read_as_people_say_them():
    rule = DayRule(2, DayEnd.END_OF_DAY, 14 * 3600)
    days = TargetDraft(TargetKind.RESOLUTION, None, Measure.WORKING_DAYS, None, rule)
    urgent = TargetDraft(TargetKind.RESOLUTION, 1, seconds=3 * 3600)
    clock = TargetDraft(
        TargetKind.RESPONSE, None, Measure.AROUND_THE_CLOCK, 30 * 60, None
    )
    assert amount_words(days) == "2 working days, end of day, cut-off 14:00"
    assert amount_words(clock) == "0 h 30 around the clock"
    told = kind_words((urgent, days), TargetKind.RESOLUTION)
    assert told == "2 working days, end of day, cut-off 14:00 · urgent 3 h"


def test_what_changed_is_said_with_what_was():
    before = [("Response", "2 h"), ("Note", "old"), ("Calendar", "Office")]
    after = [("Response", "1 h"), ("Calendar", "Office"), ("Answer", "4 h")]
    assert change_lines(before, after) == [
        "Response: 1 h (was: 2 h)",
        "Answer: 4 h (new)",
        "Note: left out (was: old)",
    ]


def test_words_and_units_narrow_the_list_and_all_comes_back(desk):
    filters = desk.page.filters
    desk.key(Qt.Key.Key_Slash)
    desk.until(filters.search.hasFocus)
    desk.qtbot.keyClicks(filters.search, "building")
    desk.until(lambda: desk.names() == [PERMITS])
    desk.until(lambda: desk.page.pane.name.text() == PERMITS)
    desk.qtbot.keyClicks(filters.search, " nothing")
    desk.until(lambda: desk.page.lists.currentWidget() is desk.page.nothing)
    filters.clear()
    desk.until(lambda: len(desk.names()) == 2)
    filters.choose_unit(desk.house.units["Land registry"])
    assert desk.names() == [REGISTRY]
    assert filters.unit.words() == "Land registry"
    filters.choose_unit(None)
    desk.click(filters.drafts)
    assert desk.names() == []


def test_a_draft_of_somebody_else_appears_by_itself(desk):
    details = desk.stored(REGISTRY)
    terms = details.versions[0].terms
    operations = desk.page._context.operations
    operations.write(draft_version, details.agreement_id, terms).start(desk.window)
    desk.choose(REGISTRY)
    desk.until(lambda: len(desk.page.pane.details.versions) == 2)
    line = desk.page.table.current_row()
    assert line.row.open_versions == 1
    assert line.row.number == 3


def test_why_this_one_says_which_applies_and_why_not_the_others(desk):
    agreed_extract(desk)
    desk.choose(REGISTRY)
    desk.click(desk.page.which_button)
    dialog = desk.dialog(WhichDialog)
    view = dialog.view
    desk.until(lambda: view.lines and view.lines[0][0] == f"{REGISTRY}, version 3")
    assert (
        "Extracts only, version 1",
        "It is for another service.",
    ) in view.lines
    dialog.service.set_value(desk.house.services["Title extract"])
    dialog.service.chosen.emit(dialog.service.value())
    desk.until(lambda: view.lines[0][0] == "Extracts only, version 1")
    assert "one for a service goes before" in view.lines[0][1]
    assert "one for this service goes before it" in view.lines[1][1]
    dialog.day.set_value("2020-01-01")
    desk.until(lambda: view.lines[0][0] == "No agreement applies")
    assert any("begins on 1 May 2026" in why for _name, why in view.lines)
    dialog.day.line.setText("some day")
    assert "Write a date" in dialog.day_box.problem()
    desk.qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    desk.no_dialog()


def rename_everything(work) -> None:
    """Give units and an agreement names that try to be something else."""
    session = work.session
    unit = session.query(Unit).filter_by(name="Land registry").one()
    unit.name = HOSTILE
    session.query(Agreement).filter_by(name=REGISTRY).one().name = HOSTILE
    session.flush()
    work.rules_changed()


def test_hostile_names_are_shown_as_typed_and_do_not_widen_the_page(sit, small_house):
    small_house.run(rename_everything)
    desk = sit(COORDINATOR)
    desk.window.resize(1280, 800)
    desk.choose(HOSTILE)
    pane = desk.page.pane
    assert pane.name.text() == HOSTILE
    assert pane.name.textFormat() is Qt.TextFormat.PlainText
    labels = desk.page.findChildren(QLabel)
    assert all(one.textFormat() is Qt.TextFormat.PlainText for one in labels)
    assert any(isinstance(one, PlainLabel) for one in labels)
    assert desk.window.width() == 1280
    assert desk.page.splitter.sizes()[1] < 700
    inner = pane.area.widget()
    desk.until(lambda: inner.width() <= pane.area.viewport().width())


def forget_agreements(work) -> None:
    """Take every agreement away."""
    for table in (AgreementHold, AgreementTarget, AgreementVersion, Agreement):
        work.session.query(table).delete()
    work.rules_changed()


def test_a_house_without_agreements_offers_to_write_one(sit, small_house):
    small_house.run(forget_agreements)
    desk = sit(COORDINATOR)
    assert desk.page.lists.currentWidget() is desk.page.empty
    assert isinstance(desk.page.empty, EmptyState)
    assert desk.page.pane.details is None
    desk.click(desk.page.which_button)
    dialog = desk.dialog(WhichDialog)
    desk.until(lambda: dialog.view.lines)
    assert dialog.view.lines[0][0] == "No agreement applies"
