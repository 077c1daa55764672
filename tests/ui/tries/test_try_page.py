"""Trying an agreement with real clicks on a real workspace."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from sqlalchemy import select

from desktop.domain.agreements import Measure, Target, TargetKind, VersionStatus
from desktop.domain.working_days import DayEnd, DayRule
from desktop.entities.agreements import AgreementTarget, AgreementVersion
from desktop.entities.units import PersonRole, Role
from desktop.use_cases.requests import resolve, take
from tests.small_house import SmallHouse
from ui.tries.page import PAGES
from ui.tries.target_list import Stepper
from ui.tries.try_page import TryPage

RESOLUTION = TargetKind.RESOLUTION


@dataclass
class Trying:
    """The page with somebody before it."""

    house: SmallHouse
    page: TryPage
    qtbot: Any

    def until(self, true: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: bool(true()), timeout=15_000)

    def replayed(self) -> None:
        """Wait until the last change is counted."""
        page = self.page
        self.until(lambda: not page._timer.isActive() and not page.replays.is_busy)

    def click(self, widget: Any) -> None:
        assert widget.isVisible()
        self.qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)

    def type_hours(self, words: str, kind: TargetKind = RESOLUTION) -> None:
        """Type a target as a person does."""
        stepper = self.page.terms.targets.steppers[kind, None]
        stepper.setFocus()
        stepper.selectAll()
        self.qtbot.keyClicks(stepper, words)
        self.qtbot.keyClick(stepper, Qt.Key.Key_Return)
        self.until(self.page._timer.isActive)
        self.replayed()

    def kept(self) -> tuple[str, str]:
        """Return the shares on the screen, now and in the trial."""
        cells = self.page.results.numbers.cells
        return cells[0][2].text(), cells[1][2].text()


def lived_in(house: SmallHouse) -> None:
    """Raise four requests, done after 1, 3, 5 and 20 hours of the clock on the wall."""
    house.at(9, 8)
    for hours in (1, 3, 5, 23):
        house.at(9, 8)
        request_id = house.raised(f"Done after {hours}")
        house.later(minutes=10)
        house.me("Dušan Kovač").run(take, request_id)
        house.at(9, 8).later(hours=hours)
        house.run(resolve, request_id, "It is done.")
    house.at(18, 9)


@pytest.fixture
def trying(seat, window, small_house, qtbot, request: pytest.FixtureRequest) -> Trying:
    """Seat a coordinator before the page, over a week with four requests in it."""
    if getattr(request, "param", True):
        lived_in(small_house)
    house = small_house

    def coordinate(work: Any) -> None:
        person = house.people["Marko Ivić"]
        roles = work.session.scalars(
            select(PersonRole.role).where(PersonRole.person_id == person)
        )
        if Role.COORDINATOR not in set(roles):
            work.session.add(PersonRole(person_id=person, role=Role.COORDINATOR))

    house.run(coordinate)
    context = seat("Marko Ivić")
    window.detach()
    window.attach(context, PAGES)
    window.resize(1280, 800)
    window.show()
    qtbot.waitExposed(window)
    window.navigate("tries")
    page = window.pages.page("tries")
    assert isinstance(page, TryPage)
    made = Trying(house, page, qtbot)
    made.until(lambda: page.terms.agreement.count())
    land = page.terms.agreement.findText("Land registry", Qt.MatchFlag.MatchContains)
    page.terms.agreement.setCurrentIndex(max(0, land))
    page.terms.agreement.chosen.emit(page.terms.agreement.value())
    made.until(lambda: page.replay is not None)
    made.replayed()
    return made


def test_the_page_is_for_those_who_coordinate_and_manage() -> None:
    assert PAGES[0].id == "tries"
    assert PAGES[0].roles == {"coordinator", "manager", "administrator"}


def test_it_begins_with_what_is_agreed_and_nothing_changes(trying) -> None:
    now, then = trying.kept()
    assert now == then
    assert "of 4" in now
    assert trying.page.results.changes_title.text() == "No request changes verdict"
    assert not trying.page.results.table.isVisible()


def test_a_shorter_target_typed_breaks_what_it_breaks(trying) -> None:
    trying.type_hours("2")
    told = trying.page.replay.kinds[RESOLUTION]
    assert (told.then.kept, told.then.broken) == (1, 3)
    assert trying.kept()[1] == "1 of 4"
    subjects = [one.subject for one in told.changes]
    assert trying.page.results.model.rowCount() == len(subjects) > 0
    assert trying.page.results.table.isVisible()


def test_the_judgement_offers_a_target_that_holds_and_one_click_tries_it(
    trying,
) -> None:
    trying.type_hours("1")
    banner = trying.page.results.judgement.banner
    assert "would be broken" in banner.words()
    button = next(
        one for one in banner.findChildren(type(trying.page.keep_button))
        if one.words().startswith("Try ")
    )  # fmt: skip
    trying.until(button.isVisible)
    trying.click(button)
    trying.until(trying.page._timer.isActive)
    trying.replayed()
    assert trying.page.replay.kinds[RESOLUTION].then.share >= 0.9
    assert "can be promised" in trying.page.results.judgement.banner.words()


def test_other_hours_and_holds_are_counted_and_taken_back(trying) -> None:
    page = trying.page
    before = page.replay.kinds[RESOLUTION].used_done
    page.terms.hours.other.setChecked(True)
    saturday = page.terms.hours.days[5]
    saturday.setChecked(True)
    page.terms.hours.closes.setTime(page.terms.hours.closes.time().addSecs(7200))
    trying.until(page._timer.isActive)
    trying.replayed()
    assert sum(page.replay.kinds[RESOLUTION].used_done) > sum(before)
    page.terms.hours.closes.setTime(page.terms.hours.opens.time())
    assert page.terms.trial() is None
    assert page.terms.hours.problem.isVisible()
    trying.click(page.terms.reset)
    trying.until(page._timer.isActive)
    trying.replayed()
    assert page.replay.kinds[RESOLUTION].used_done == before
    assert not page.terms.hours.other.isChecked()


def test_up_to_four_trials_stand_side_by_side_and_come_back(trying) -> None:
    page = trying.page
    for hours in ("2", "4", "6", "8"):
        trying.type_hours(hours)
        trying.click(page.keep_button)
    assert [one.letter for one in page.variants] == ["A", "B", "C", "D"]
    assert not page.keep_button.isEnabled()
    assert page.results.variants.isVisible()
    page.results.variants.buttons[0].click()
    trying.until(page._timer.isActive)
    trying.replayed()
    assert page.terms.targets.steppers[RESOLUTION, None].value() == 2
    page.results.variants.removed.emit(page.variants[1])
    assert [one.letter for one in page.variants] == ["A", "C", "D"]
    assert page.keep_button.isEnabled()


def test_days_without_promises_and_days_that_are_none_say_so(trying) -> None:
    page = trying.page
    page.terms.period.set_value("own")
    page.terms.period.chosen.emit("own")
    page.terms.first.set_value("2020-01-01")
    page.terms.last.set_value("2020-01-31")
    trying.until(lambda: page.middle.currentWidget() is page.nothing)
    page.terms.last.set_value("2019-01-31")
    trying.until(lambda: page.middle.currentWidget() is page.no_days)
    assert not page.pdf_button.isEnabled()
    page.terms.period.set_value("quarter")
    page.terms.period.chosen.emit("quarter")
    trying.until(lambda: page.middle.currentWidget() is page.results)


def test_a_trial_becomes_a_draft_of_the_next_version(trying) -> None:
    trying.type_hours("6")
    trying.click(trying.page.terms.propose_button)

    def drafts(session: Any) -> list[tuple[int, str]]:
        wanted = select(AgreementTarget.target_s, AgreementVersion.note).join(
            AgreementVersion, AgreementVersion.id == AgreementTarget.version_id
        )
        wanted = wanted.where(
            AgreementVersion.status == VersionStatus.DRAFT,
            AgreementTarget.kind == RESOLUTION,
            AgreementTarget.priority.is_(None),
        )
        return [tuple(row) for row in session.execute(wanted)]

    trying.until(lambda: trying.house.read(drafts))
    ((seconds, note),) = trying.house.read(drafts)
    assert seconds == 6 * 3600
    assert "kept" in note
    assert "of 4" in note


def test_the_comparison_is_saved_as_a_pdf(trying, tmp_path: Path) -> None:
    trying.type_hours("2")
    trying.click(trying.page.keep_button)
    trying.type_hours("6")
    path = tmp_path / "trial.pdf"
    trying.page.save_pdf(path)
    trying.until(path.exists)
    words = " ".join(page.extract_text() for page in PdfReader(path).pages)
    assert "Variant A" in words
    assert "This trial" in words
    assert "1 of 4" in words


@pytest.mark.parametrize("trying", [False], indirect=True)
def test_a_house_without_requests_says_what_would_stand_here(trying) -> None:
    assert trying.page.middle.currentWidget() is trying.page.nothing
    assert not trying.page.terms.propose_button.isEnabled()


def test_hours_that_are_never_open_are_refused_in_words(trying) -> None:
    page = trying.page
    page.terms.hours.other.setChecked(True)
    page.terms.hours.closed_from.set_value("1970-01-01")
    page.terms.hours.closed_to.set_value("2101-12-31")
    window = page.window()
    trying.until(lambda: window.banners.words())
    trying.replayed()
    assert page.replays.is_busy is False
    assert page.cancel_button.isHidden()


def test_days_no_calendar_has_are_no_period(trying) -> None:
    page = trying.page
    page.terms.period.set_value("own")
    page.terms.period.chosen.emit("own")
    for first, last in (("0001-01-01", "2026-11-01"), ("2026-11-01", "9999-12-31")):
        page.terms.first.set_value(first)
        page.terms.last.set_value(last)
        assert page.terms.scope() is None


def test_a_requests_row_opens_the_request(trying, window) -> None:
    trying.type_hours("2")
    page = trying.page
    page.results.table.setFocus()
    opened: list[object] = []
    page.results.opened.connect(opened.append)
    page.results.opened.disconnect(page._open)
    page.results.ensureWidgetVisible(page.results.table)
    index = page.results.model.index(0, 0)
    place = page.results.table.visualRect(index).center()
    port = page.results.table.viewport()
    trying.qtbot.mouseClick(port, Qt.MouseButton.LeftButton, pos=place)
    trying.qtbot.mouseDClick(port, Qt.MouseButton.LeftButton, pos=place)
    trying.until(lambda: opened)
    told = page.replay.kinds[RESOLUTION]
    assert opened == [told.changes[0].request_id]


def test_a_target_in_days_takes_hours_as_the_days_they_fill(qtbot) -> None:
    rule = DayRule(2, DayEnd.END_OF_DAY)
    now = Target(2 * 8 * 3600, Measure.WORKING_DAYS, rule)
    stepper = Stepper(now, "Resolution")
    qtbot.addWidget(stepper)
    assert stepper.target() == now
    stepper.show_target(Target(20 * 3600))
    assert stepper.value() == 3
    assert stepper.target().rule == DayRule(3, DayEnd.END_OF_DAY)
    stepper.show_target(None)
    assert stepper.target() is None
