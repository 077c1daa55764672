"""Trying an agreement with real clicks on a real workspace."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QAbstractButton

from desktop.domain.agreements import TargetKind
from ui.common.labels import ElidedLabel, PlainLabel
from ui.tries.page import PAGES

RESOLUTION = TargetKind.RESOLUTION


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


def test_up_to_four_trials_stand_side_by_side_and_come_back(trying) -> None:
    page = trying.page
    for hours in ("2", "4", "6", "8"):
        trying.type_hours(hours)
        trying.click(page.keep_button)
    assert [one.letter for one in page.variants] == ["A", "B", "C", "D"]
    assert not page.keep_button.isEnabled()
    assert page.results.variants.isVisible()
    table = page.results.variants
    by_weekday = table.by.findChildren(QAbstractButton)[3]
    trying.click(by_weekday)

    def shown() -> set[str]:
        labels = [*table.findChildren(PlainLabel), *table.findChildren(ElidedLabel)]
        return {one.text() for one in labels if one.isVisible()}

    trying.until(lambda: "Monday" in shown())
    assert {"25.0 %", "50.0 %"} <= shown()
    page.results.variants.buttons[0].click()
    trying.until(page._timer.isActive)
    trying.replayed()
    assert trying.stepper().value() == 2
    page.results.variants.removed.emit(page.variants[1])
    assert [one.letter for one in page.variants] == ["A", "C", "D"]
    assert page.keep_button.isEnabled()


def test_days_without_promises_and_days_that_are_none_say_so(trying) -> None:
    page = trying.page
    trying.choose_period("own")
    page.terms.period.first.set_value("2020-01-01")
    page.terms.period.last.set_value("2020-01-31")
    trying.until(lambda: page.middle.currentWidget() is page.nothing)
    page.terms.period.last.set_value("2019-01-31")
    trying.until(lambda: page.middle.currentWidget() is page.no_days)
    assert not page.pdf_button.isEnabled()
    trying.choose_period("quarter")
    trying.until(lambda: page.middle.currentWidget() is page.results)


@pytest.mark.parametrize("trying", [False], indirect=True)
def test_a_house_without_requests_says_what_would_stand_here(trying) -> None:
    assert trying.page.middle.currentWidget() is trying.page.nothing
    assert not trying.page.terms.propose_button.isEnabled()


def test_days_no_calendar_has_are_no_period(trying) -> None:
    page = trying.page
    trying.choose_period("own")
    for first, last in (("0001-01-01", "2026-11-01"), ("2026-11-01", "9999-12-31")):
        page.terms.period.first.set_value(first)
        page.terms.period.last.set_value(last)
        assert page.terms.scope() is None
        assert "Calendars reach from" in page.terms.period.problem.text()


def test_a_replay_tells_how_far_it_is_and_can_be_stopped(trying) -> None:
    page = trying.page
    told: list[tuple[int, int]] = []
    page.replays.reading.connect(lambda done, total: told.append((done, total)))
    page.replays.forget()
    page._ask()
    assert page.cancel_button.isVisible()
    trying.click(page.cancel_button)
    assert not page.replays.is_busy
    assert page.cancel_button.isHidden()
    trying.type_hours("2")
    assert told[-1] == (4, 4)
    assert page.replay.kinds[RESOLUTION].then.broken == 3
    assert page.cancel_button.isHidden()
