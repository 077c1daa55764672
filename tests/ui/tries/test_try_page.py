"""Trying an agreement with real clicks on a real workspace."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QPoint, Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QCheckBox, QMenu
from sqlalchemy import select

from desktop.domain.agreements import Measure, Target, TargetKind, VersionStatus
from desktop.domain.calendars import CalendarSpec, Closure
from desktop.domain.requests import PendingReason
from desktop.domain.working_days import DayEnd, DayRule
from desktop.entities.agreements import Agreement, AgreementTarget, AgreementVersion
from desktop.entities.units import PersonRole, Role
from desktop.queries.calendars import calendar_rows
from desktop.queries.kept_trials import content_of, kept_trials
from desktop.queries.replays import Trial
from desktop.use_cases.calendars import create_calendar
from desktop.use_cases.requests import resolve, take
from desktop.use_cases.tries import keep_trial
from tests.small_house import SmallHouse
from ui.common.buttons import IconButton
from ui.common.labels import PlainLabel
from ui.tries.hours_box import AGREED, OWN
from ui.tries.hours_dialog import HoursDialog
from ui.tries.kept import KeptDialog, NameDialog
from ui.tries.page import PAGES
from ui.tries.subject_box import NEW
from ui.tries.target_list import Stepper
from ui.tries.try_page import TryPage
from ui.tries.words import length_words

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

    def click_in_terms(self, widget: Any) -> None:
        """Click what may have to be scrolled to first."""
        self.page.terms.area.ensureWidgetVisible(widget)
        if isinstance(widget, QCheckBox):
            place = QPoint(10, widget.height() // 2)
            self.qtbot.mouseClick(widget, Qt.MouseButton.LeftButton, pos=place)
        else:
            self.click(widget)

    def type_hours(self, words: str, kind: TargetKind = RESOLUTION) -> None:
        """Type a target as a person does."""
        stepper = self.stepper(kind)
        stepper.setFocus()
        stepper.selectAll()
        self.qtbot.keyClicks(stepper, words)
        self.qtbot.keyClick(stepper, Qt.Key.Key_Return)
        self.counted()

    def stepper(self, kind: TargetKind = RESOLUTION, priority: int | None = None):
        """Return the field of a target."""
        return self.page.terms.targets.row((kind, priority)).stepper

    def counted(self) -> None:
        """Wait until a change was noticed and counted."""
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


def choose_period(page: TryPage, name: str) -> None:
    page.terms.period.period.set_value(name)
    page.terms.period.period.chosen.emit(name)


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
    agreement = page.terms.subject.agreement
    made.until(lambda: agreement.count())
    land = agreement.findText("Land registry", Qt.MatchFlag.MatchContains)
    agreement.setCurrentIndex(max(0, land))
    agreement.chosen.emit(agreement.value())
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


def test_other_hours_are_drawn_closed_counted_and_taken_back(trying) -> None:
    page, hours = trying.page, trying.page.terms.hours
    before = page.replay.kinds[RESOLUTION].used_done
    trying.click(hours.draw_button)
    dialog = page.window().findChild(HoursDialog)
    dialog.canvas.set_day(0, [(6 * 3600, 12 * 3600), (22 * 3600, 30 * 3600)])
    dialog.canvas.set_day(1, [])
    trying.click(dialog.undo_button)
    assert dialog.canvas.hours(1)
    dialog.close_days(Closure(date(2026, 11, 10), date(2026, 11, 10), "Moving"))
    holiday = next(box for one, box in dialog.boxes.items() if one.name != "Moving")
    holiday.setChecked(False)
    dialog.submit()
    trying.counted()
    assert hours.calendar.value() == OWN
    assert "22:00 to 06:00 next day" in hours.words.text()
    assert "1 closure more" in hours.words.text()
    assert "1 closure left out" in hours.words.text()
    assert page.replay.kinds[RESOLUTION].used_done != before
    trying.click(page.terms.reset)
    trying.counted()
    assert page.replay.kinds[RESOLUTION].used_done == before
    assert hours.calendar.value() == AGREED


def test_hours_nobody_works_in_are_refused_at_the_field(trying) -> None:
    page, hours = trying.page, trying.page.terms.hours
    trying.click(hours.draw_button)
    dialog = page.window().findChild(HoursDialog)
    for day in range(7):
        dialog.canvas.set_day(day, [])
    dialog.submit()
    assert "no hours" in dialog.problem()
    dialog.reject()
    for closed in ((1970, 2101), (2026, 2026)):
        trying.click(hours.draw_button)
        dialog = page.window().findChildren(HoursDialog)[-1]
        first, last = (date(year, 1, 1) for year in (closed[0], closed[1]))
        dialog.close_days(Closure(first, last.replace(month=12, day=31), "For good"))
        dialog.submit()
        assert "nothing is open" in dialog.problem() or "no hours" in dialog.problem()
        assert dialog.isVisible()
        dialog.reject()
    assert hours.calendar.value() == AGREED


def test_a_calendar_of_others_is_tried(trying) -> None:
    page = trying.page
    before = page.replay.kinds[RESOLUTION].used_done
    nights = CalendarSpec(
        "Europe/Belgrade", {day: [(0, 86_400)] for day in range(7)}, name="Round"
    )
    made = trying.house.run(create_calendar, nights)
    page._refresher.want()
    chooser = page.terms.hours.calendar
    board = page.terms.subject
    trying.until(lambda: made.calendar_id in dict(board._board.calendars))
    page.terms.start_over()
    chooser.set_value(made.calendar_id)
    chooser.chosen.emit(made.calendar_id)
    trying.counted()
    assert sum(page.replay.kinds[RESOLUTION].used_done) > sum(before)
    assert page.terms.trial().calendar_id == made.calendar_id


def test_holds_are_tried_reason_by_reason_and_kind_by_kind(trying) -> None:
    terms = trying.page.terms
    box = terms.holds.boxes[PendingReason.CUSTOMER]
    agreed = box.isChecked()
    trying.click_in_terms(box)
    trying.counted()
    held = terms.trial().holds
    assert (PendingReason.CUSTOMER in held[RESOLUTION]) is not agreed
    assert TargetKind.RESPONSE not in held
    terms.show_kind(TargetKind.ANSWER)
    assert not box.isVisible()
    assert terms.holds.nothing.isVisible()
    terms.show_kind(RESOLUTION)
    trying.click_in_terms(box)
    assert terms.trial().holds == {}


def test_a_priority_gets_a_target_of_its_own_and_loses_it(trying) -> None:
    box = trying.page.terms.targets.kinds[RESOLUTION]
    trying.click_in_terms(box.add_button)
    menu = box.findChild(QMenu)
    trying.until(menu.isVisible)
    act = next(one for one in menu.actions() if one.text() == "Normal")
    act.trigger()
    menu.close()
    trying.counted()
    normal = trying.stepper(priority=3)
    normal.setValue(1)
    trying.counted()
    told = trying.page.replay.kinds[RESOLUTION]
    assert (told.then.kept, told.then.broken) == (1, 3)
    assert len(told.targets_then) == 1
    remove = box.rows[3].findChild(IconButton)
    trying.click_in_terms(remove)
    trying.counted()
    assert 3 not in box.rows
    assert trying.page.replay.kinds[RESOLUTION].changes == ()


def test_keep_informed_promises_are_replayed_once_they_are_tried(trying) -> None:
    page = trying.page
    update = TargetKind.UPDATE
    assert page.replay.kinds[update].n == 0
    trying.type_hours("2", update)
    page.terms.show_kind(update)
    trying.until(lambda: page.replay.kinds[update].n)
    trying.replayed()
    told = page.replay.kinds[update]
    assert told.n == 4
    assert (told.now.judged, told.then.judged) == (0, 4)
    assert page.middle.currentWidget() is page.results


@pytest.mark.parametrize(
    ("typed", "words"),
    [("0", "no time"), ("900000", "more than 3 years"), ("", "")],
)
def test_a_target_nobody_can_keep_is_told_at_its_field(trying, typed, words) -> None:
    stepper = trying.stepper()
    stepper.setFocus()
    stepper.selectAll()
    trying.qtbot.keyClick(stepper, Qt.Key.Key_Backspace)
    trying.qtbot.keyClicks(stepper, typed)
    trying.qtbot.keyClick(stepper, Qt.Key.Key_Return)
    trying.counted()
    row = trying.page.terms.targets.row((RESOLUTION, None))
    assert row.problem.isVisible() is bool(words)
    assert words in row.problem.text()
    assert (trying.page.terms.trial() is None) is bool(words)
    if not typed:
        assert stepper.text() == "none"
        assert trying.page.terms.trial().targets[RESOLUTION, None] is None


def test_another_agreement_is_shown_as_it_is_agreed(trying) -> None:
    terms = trying.page.terms
    trying.type_hours("7")
    for at in range(terms.subject.agreement.count() - 1):
        terms.subject.agreement.setCurrentIndex(at)
        terms.subject.agreement.chosen.emit(terms.subject.agreement.value())
        trying.counted()
        agreed = terms.choice.terms.target(RESOLUTION, None)
        row = terms.targets.row((RESOLUTION, None))
        assert row.stepper.target() == agreed
        shown = [one.text() for one in row.findChildren(PlainLabel)]
        assert length_words(agreed) in shown
        assert terms.trial() == Trial()


def test_a_new_agreement_is_tried_between_units_of_ones_choice(trying) -> None:
    page, subject = trying.page, trying.page.terms.subject
    subject.agreement.set_value(NEW)
    subject.agreement.chosen.emit(NEW)
    for field, name in (
        (subject.front, "Central counter"),
        (subject.back, "Land registry"),
        (subject.service, "Title extract"),
    ):
        field.setCurrentIndex(field.findText(name))
        field.chosen.emit(field.value())
    assert subject.front.isVisible()
    trying.counted()
    trying.type_hours("2")
    told = page.replay.kinds[RESOLUTION]
    assert (told.then.kept, told.then.broken) == (1, 3)
    trying.click(page.terms.propose_button)
    house = trying.house

    def drafted(session: Any) -> list[Any]:
        wanted = select(Agreement).where(Agreement.service_id.is_not(None))
        return list(session.scalars(wanted))

    trying.until(lambda: house.read(drafted))
    (made,) = house.read(drafted)
    assert made.front_unit_id == house.units["Central counter"]
    assert made.service_id == house.services["Title extract"]


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
    assert trying.stepper().value() == 2
    page.results.variants.removed.emit(page.variants[1])
    assert [one.letter for one in page.variants] == ["A", "C", "D"]
    assert page.keep_button.isEnabled()


def test_days_without_promises_and_days_that_are_none_say_so(trying) -> None:
    page = trying.page
    choose_period(page, "own")
    page.terms.period.first.set_value("2020-01-01")
    page.terms.period.last.set_value("2020-01-31")
    trying.until(lambda: page.middle.currentWidget() is page.nothing)
    page.terms.period.last.set_value("2019-01-31")
    trying.until(lambda: page.middle.currentWidget() is page.no_days)
    assert not page.pdf_button.isEnabled()
    choose_period(page, "quarter")
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
    trying.page.out.save_to(path)
    trying.until(path.exists)
    words = " ".join(page.extract_text() for page in PdfReader(path).pages)
    assert "Variant A" in words
    assert "This trial" in words
    assert "1 of 4" in words


def test_the_comparison_is_printed_on_the_printer_chosen(trying, tmp_path) -> None:
    trying.type_hours("2")
    path = tmp_path / "printed.pdf"
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    trying.page.out.print_on(printer)
    banners = trying.page.window().banners
    trying.until(lambda: "Sent to the printer." in " ".join(banners.words()))
    assert len(PdfReader(path).pages) >= 1


def test_a_draft_with_other_hours_has_a_calendar_and_both_are_taken_back(
    trying,
) -> None:
    page, house = trying.page, trying.house
    spec = replace(page.terms.hours.shown(), weekly={0: [(28_800, 72_000)]})
    page.terms.hours.take(spec)
    trying.counted()
    trying.click(page.terms.propose_button)
    window = page.window()
    trying.until(window.undo_bar.isVisible)

    def offered() -> list[str]:
        return [one.name for one in house.read(calendar_rows)]

    (name,) = [one for one in offered() if "hours tried" in one]
    assert "Land registry" in name
    window.undo_bar.undo()
    trying.until(lambda: name not in offered())

    def stages(session: Any) -> list[VersionStatus]:
        return list(session.scalars(select(AgreementVersion.status)))

    assert VersionStatus.WITHDRAWN in house.read(stages)
    assert VersionStatus.DRAFT not in house.read(stages)


def test_variants_kept_by_name_are_found_again_after_a_restart(
    trying, window, seat
) -> None:
    for hours in ("2", "6"):
        trying.type_hours(hours)
        trying.click(trying.page.keep_button)
    choose_period(trying.page, "weeks")
    trying.counted()
    trying.until(lambda: all(one.replay for one in trying.page.variants))
    shares = [one.replay.kinds[RESOLUTION].then for one in trying.page.variants]
    trying.click(trying.page.terms.name_button)
    dialog = window.findChild(NameDialog)
    dialog.name.setText("  ")
    dialog.submit()
    trying.until(lambda: dialog.box.problem.text())
    dialog.name.setText("Two or six")
    dialog.submit()
    trying.until(lambda: window.findChild(NameDialog) is None)
    context = seat("Marko Ivić")
    window.detach()
    window.attach(context, PAGES)
    window.navigate("tries")
    page = trying.page = window.pages.page("tries")
    trying.until(lambda: page.replay is not None)
    assert page.variants == []
    trying.click(page.terms.kept_button)
    listed = window.findChild(KeptDialog)
    trying.until(lambda: listed.model.rowCount())
    listed.table.choose_first()
    listed.submit()
    trying.until(lambda: len(page.variants) == 2)
    trying.until(lambda: all(one.replay for one in page.variants))
    assert page.terms.period.period.value() == "weeks"
    assert [one.replay.kinds[RESOLUTION].then for one in page.variants] == shares
    assert trying.stepper().value() == 2


def test_a_kept_trial_goes_and_comes_back(trying, window) -> None:
    content = content_of(trying.page.terms.kept_subject(), (Trial(),))
    trying.house.run(keep_trial, "As it is", content)
    trying.click(trying.page.terms.kept_button)
    listed = window.findChild(KeptDialog)
    trying.until(lambda: listed.model.rowCount())
    listed.table.choose_first()
    trying.click(listed.remove_button)
    trying.until(lambda: not listed.model.rowCount())
    assert listed.nothing.isVisible()
    window.undo_bar.undo()
    trying.until(lambda: trying.house.read(kept_trials))
    listed.reject()


@pytest.mark.parametrize("trying", [False], indirect=True)
def test_a_house_without_requests_says_what_would_stand_here(trying) -> None:
    assert trying.page.middle.currentWidget() is trying.page.nothing
    assert not trying.page.terms.propose_button.isEnabled()


def test_days_no_calendar_has_are_no_period(trying) -> None:
    page = trying.page
    choose_period(page, "own")
    for first, last in (("0001-01-01", "2026-11-01"), ("2026-11-01", "9999-12-31")):
        page.terms.period.first.set_value(first)
        page.terms.period.last.set_value(last)
        assert page.terms.scope() is None
        assert "Calendars reach from" in page.terms.period.problem.text()


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
    stepper.stepBy(-3)
    assert stepper.text() == "none"
    assert stepper.target() is None
    stepper.stepBy(1)
    assert stepper.target().rule.days == 1
