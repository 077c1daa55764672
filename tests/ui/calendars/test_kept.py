"""What is drawn and not saved of a calendar is there again after the program ended."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from desktop.domain.calendars import Closure
from desktop.queries.calendars import calendar_details
from desktop.use_cases.calendars import save_calendar
from tests.ui.counter.conftest import sit_down
from ui.calendars.draft import with_closures
from ui.calendars.spec import PAGES
from ui.common.buttons import Button

__all__ = ["sit_down"]

FLOOD = Closure(date(2026, 11, 10), date(2026, 11, 10), "Flood")
FIRE = Closure(date(2026, 11, 12), date(2026, 11, 12), "Fire")


@pytest.fixture
def come(qtbot, sit_down, small_house):
    """Give what opens the page in a window of its own, the calendar on screen."""

    def open_it():
        made = sit_down("Marko Ivić")
        page = made.show(PAGES[0])
        page.choose(small_house.calendar_id)
        qtbot.waitUntil(lambda: page._chosen() is not None, timeout=10_000)
        return made

    return open_it


def close_days(page, closure: Closure) -> None:
    page.draft.put_spec(with_closures(page.draft.spec, [closure]))


def gone(window) -> None:
    """Close a window for good; its process would have ended."""
    window.window.close()
    window.page.keeping._drafts._lock.unlock()


def kept_files(page) -> list:
    return sorted((page._context.preferences.folder / "drafts").glob("*.json"))


def saved_by_another(house, **changes) -> None:
    known = house.read(calendar_details, house.calendar_id)
    house.me("Marko Ivić").run(
        save_calendar,
        house.calendar_id,
        replace(known.spec, **changes),
        expected_version=known.lock,
    )


def test_it_comes_back_as_not_saved_is_undone_and_leaves_nothing(qtbot, come):
    first = come()
    close_days(first.page, FLOOD)
    gone(first)
    page = come().page
    assert page.list_pane.list.lines()[0].right == "not saved"
    assert page.head.unsaved.text() == "Not saved yet, from 08:00"
    assert FLOOD in page.draft.spec.closures
    page.undo()
    assert not page.draft.is_changed
    assert kept_files(page) == []


def test_who_saved_meanwhile_is_told_and_both_are_put_together(
    qtbot, come, small_house
):
    first = come()
    close_days(first.page, FLOOD)
    gone(first)
    saved_by_another(small_house, name="Office hours, new")
    page = come().page
    qtbot.waitUntil(lambda: bool(page.banners.words()), timeout=10_000)
    assert "was saved by somebody else" in page.banners.words()[0]
    buttons = page.banners.findChildren(Button)
    [one for one in buttons if one.words() == "Put mine onto theirs"][-1].click()
    assert page.draft.spec.name == "Office hours, new"
    assert FLOOD in page.draft.spec.closures
    assert page.draft.is_changed


def test_what_was_stored_just_before_the_end_is_not_called_unsaved(
    qtbot, come, small_house
):
    first = come()
    close_days(first.page, FLOOD)
    closures = first.page.draft.spec.closures
    gone(first)
    saved_by_another(small_house, closures=closures)
    page = come().page
    assert not page.draft.is_changed
    assert page.banners.words() == []
    assert kept_files(page) == []


def test_two_windows_that_ended_lose_nothing_of_each_other(qtbot, come):
    first, second = come(), come()
    close_days(first.page, FLOOD)
    close_days(second.page, FIRE)
    first.page.keeping.save()
    gone(first)
    second.page.hide()
    second.page.show()
    assert {FLOOD, FIRE} <= set(second.page.draft.spec.closures)
    assert "Two windows wrote on Office hours" in second.page.banners.words()[0]
    gone(second)
    assert len(kept_files(second.page)) == 1
    page = come().page
    assert {FLOOD, FIRE} <= set(page.draft.spec.closures)


def test_what_another_left_is_taken_up_where_nothing_was_drawn(qtbot, come):
    first, second = come(), come()
    close_days(first.page, FLOOD)
    gone(first)
    second.page.hide()
    second.page.show()
    assert FLOOD in second.page.draft.spec.closures
    assert second.page.banners.words() == []
    assert second.page.head.unsaved.text().startswith("Not saved yet, from")
    second.page.discard()
    assert kept_files(second.page) == []


@pytest.mark.parametrize(
    ("part", "value"),
    [("lock", "7"), ("base", {"spec": {}, "country": None, "subdivision": None})],
)
def test_a_spoiled_file_is_left(qtbot, come, part, value):
    first = come()
    close_days(first.page, FLOOD)
    gone(first)
    (path,) = kept_files(first.page)
    kept = json.loads(path.read_text())
    kept["draft"][part] = value
    path.write_text(json.dumps(kept))
    page = come().page
    assert not page.draft.is_changed
    assert kept_files(page) == [path]
