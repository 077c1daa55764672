"""What is written of a service and not saved: kept while typing, there after a kill."""

from __future__ import annotations

import logging
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from shiboken6 import isValid

from desktop.queries.catalogue import service_details
from desktop.use_cases.catalogue import create_service, save_service
from tests.ui.catalogue.test_page import saved, stored, typed
from tests.ui.killing import killed_after_writing
from ui.catalogue.head import FORM
from ui.catalogue.opened import KeptService
from ui.catalogue.spec import PAGES
from ui.common.buttons import Button

LEFT = Qt.MouseButton.LeftButton
TITLE, BOUNDARY = "Title extract", "Boundary correction"


@pytest.fixture
def again(qtbot, sit_down):
    """Give what opens the page anew, as after a restart of the program."""

    def come(who: str = "Marko Ivić"):
        shown = sit_down(who).show(PAGES[0])
        qtbot.waitUntil(lambda: bool(shown.list_pane.list.lines()), timeout=10_000)
        return shown

    return come


def gone(window) -> None:
    """Close a window for good; its process would have ended."""
    window.window.close()
    window.page.opened._drafts._lock.unlock()


def lines(page) -> dict[str, str]:
    return {line.first: line.right for line in page.list_pane.list.lines()}


def kept_files(page) -> list:
    return sorted((page._context.preferences.folder / "drafts").glob("*.json"))


def choose(qtbot, page, house, name: str = TITLE) -> None:
    page.choose(house.services[name])
    qtbot.waitUntil(lambda: page.service.name.text() == name, timeout=10_000)


def pressed(qtbot, page, words: str) -> None:
    buttons = page.banners.findChildren(Button)
    # The same said twice replaces itself; the one before is still being taken down.
    qtbot.mouseClick([one for one in buttons if one.words() == words][-1], LEFT)


def test_what_is_written_survives_the_kill_of_the_program(
    qtbot, again, small_house, tmp_path
):
    small_house.at(12, 13, 20)
    killed_after_writing("tests.ui.catalogue.writing_killed", small_house, tmp_path)
    small_house.at(13, 9)
    page = again()
    shown = lines(page)
    assert (shown[TITLE], shown["Copy of a deed"]) == ("not saved", "not saved")
    choose(qtbot, page, small_house)
    assert page.head.unsaved.text() == "Not saved yet, from Thu 13:20"
    assert page.service.told_price.text() == "12 EUR"
    page.show_part(FORM)
    questions = [line.first for line in page.form.list.lines()]
    assert "For which court" in questions
    saved(qtbot, page)
    kept = stored(small_house).draft
    assert kept.told_price == "12 EUR"
    assert [one.label for one in kept.fields] == questions
    (left,) = kept_files(page)
    assert "Copy of a deed" in left.read_text()


def test_a_draft_that_came_back_is_thrown_away_or_taken_back_step_by_step(
    qtbot, page, window, again, small_house
):
    typed(qtbot, page.service.told_price, "12 EUR")
    page.hide()
    assert len(kept_files(page)) == 1
    gone(window)
    anew = again()
    choose(qtbot, anew, small_house)
    qtbot.mouseClick(anew.head.discard_button, LEFT)
    assert anew.service.told_price.text() == ""
    assert not anew.head.unsaved.isVisible()
    assert kept_files(anew) == []
    anew.undo()
    assert anew.service.told_price.text() == "12 EUR"
    assert anew.head.unsaved.text() == "Not saved yet"
    anew.undo()
    assert not anew.can_save()


def test_who_saved_it_since_is_told_and_nothing_is_lost(
    qtbot, page, window, again, small_house
):
    typed(qtbot, page.service.told_price, "12 EUR")
    gone(window)
    known = stored(small_house)
    small_house.me("Marko Ivić").run(
        save_service,
        known.service_id,
        replace(known.draft, told_how="By post"),
        expected_version=known.lock,
    )
    anew = again()
    choose(qtbot, anew, small_house)
    qtbot.waitUntil(lambda: bool(anew.banners.words()), timeout=10_000)
    assert "was saved by somebody else" in anew.banners.words()[0]
    pressed(qtbot, anew, "Put mine onto theirs")
    saved(qtbot, anew)
    kept = stored(small_house).draft
    assert (kept.told_how, kept.told_price) == ("By post", "12 EUR")


def test_what_was_stored_just_before_a_crash_is_not_called_unsaved(
    qtbot, page, window, again, small_house
):
    page.show_part(FORM)
    page.add_question()
    qtbot.keyClicks(page.form.editor.label, "For which court")
    changed = page.chosen_service()
    page.new_service()
    qtbot.keyClicks(page.service.name, "Copy of a deed")
    made = page.chosen_service()
    gone(window)
    # Both writes were committed, but their answers never came.
    house = small_house.me("Marko Ivić")
    title = small_house.services[TITLE]
    house.run(save_service, title, changed.steps.draft, expected_version=changed.lock)
    house.run(create_service, made.steps.draft, key=made.key)
    anew = again()
    choose(qtbot, anew, small_house)
    qtbot.waitUntil(lambda: not anew.opened.unsaved(), timeout=10_000)
    assert list(lines(anew)).count("Copy of a deed") == 1
    assert "not saved" not in lines(anew).values()
    assert anew.banners.words() == []
    assert kept_files(anew) == []


def test_words_typed_after_a_new_service_was_stored_are_put_onto_it(
    qtbot, page, window, again, small_house
):
    page.new_service()
    qtbot.keyClicks(page.service.name, "Copy of a deed")
    known = page.chosen_service()
    stored_one = small_house.me("Marko Ivić").run(
        create_service, known.steps.draft, key=known.key
    )
    qtbot.keyClicks(page.service.told_price, "3 EUR")
    gone(window)
    anew = again()
    qtbot.waitUntil(lambda: anew.opened.unsaved() == {stored_one.service_id})
    anew.choose(stored_one.service_id)
    qtbot.waitUntil(lambda: bool(anew.banners.words()), timeout=10_000)
    pressed(qtbot, anew, "Put mine onto theirs")
    saved(qtbot, anew)
    kept = small_house.read(service_details, stored_one.service_id).draft
    assert (kept.name, kept.told_price) == ("Copy of a deed", "3 EUR")


def test_another_window_leaves_what_is_in_hand_alone_until_it_is_gone(
    qtbot, page, window, again, small_house
):
    typed(qtbot, page.service.told_price, "12 EUR")
    page.opened.save()
    other = again()
    assert "not saved" not in lines(other).values()
    choose(qtbot, other, small_house)
    typed(qtbot, other.service.told_how, "By post")
    gone(window)
    other.hide()
    other.show()
    (words,) = other.banners.words()
    assert words.startswith("Two windows wrote on Title extract, the other one until")
    assert other.service.told_how.text() == "By post"
    assert other.service.told_price.text() == "12 EUR"
    other.undo()
    assert other.service.told_how.text() == ""
    other.undo()
    assert other.service.told_price.text() == ""
    assert other.service.told_how.text() == "By post"


def test_a_service_that_is_not_there_any_more_comes_back_as_a_new_one(
    qtbot, page, window, again, small_house
):
    typed(qtbot, page.service.told_price, "12 EUR")
    known = page.chosen_service()
    page.opened.renumber(page.service_id, known, 4_711)
    gone(window)
    anew = again()
    first = anew.list_pane.list.lines()[0]
    assert (first.first, first.right) == (TITLE, "not saved")
    anew.choose(first.what)
    typed(qtbot, anew.service.name, "Title extract, signed")
    saved(qtbot, anew)
    kept = small_house.read(service_details, anew.service_id).draft
    assert (kept.name, kept.told_price) == ("Title extract, signed", "12 EUR")


def test_others_at_this_computer_do_not_get_it(qtbot, page, window, again):
    typed(qtbot, page.service.told_price, "12 EUR")
    gone(window)
    assert "not saved" not in lines(again("Jelena Marić")).values()
    assert lines(again())[TITLE] == "not saved"


def test_who_leaves_the_desk_and_comes_back_has_it_again(qtbot, page, window, again):
    typed(qtbot, page.service.told_price, "12 EUR")
    # As the window does it when somebody else sits down: the process goes on.
    page.hide()
    page.deleteLater()
    qtbot.waitUntil(lambda: not isValid(page))
    assert lines(again())[TITLE] == "not saved"


def test_a_service_only_begun_leaves_nothing_behind(qtbot, page, window):
    page.new_service()
    page.opened.save()
    assert kept_files(page) == []
    qtbot.keyClicks(page.service.name, "D")
    page.opened.save()
    assert len(kept_files(page)) == 1
    page.discard()
    assert kept_files(page) == []


@pytest.mark.parametrize(
    "spoiled",
    [
        b"",
        b'{"saved_at": "2026-11-12T12:20:00+00:00"',
        b'{"saved_at": "2026-11-12T12:20:00", "draft": {}}',
        b'{"saved_at": "2026-11-12T12:20:00+00:00", "draft": {"service_id": 1}}',
    ],
)
def test_a_spoiled_draft_is_logged_and_left(
    qtbot, page, window, again, caplog, spoiled
):
    typed(qtbot, page.service.told_price, "12 EUR")
    gone(window)
    (path,) = kept_files(page)
    path.write_bytes(spoiled)
    caplog.set_level(logging.WARNING)
    anew = again()
    assert "not saved" not in lines(anew).values()
    assert path.read_bytes() == spoiled
    told = [one for one in caplog.records if path.name in one.getMessage()]
    assert len(told) == 1
    anew.hide()
    anew.show()
    assert len([one for one in caplog.records if path.name in one.getMessage()]) == 1


def test_a_draft_with_a_number_where_words_belong_is_spoiled(page):
    known = page.chosen_service()
    content = page.opened._plain(known)
    assert KeptService.of(content).draft == known.steps.draft
    content["draft"]["fields"][0]["label"] = 7
    with pytest.raises(ValueError):
        KeptService.of(content)


def test_a_disk_that_refuses_is_said_and_loses_nothing(qtbot, page):
    folder = page._context.preferences.folder / "drafts"
    folder.parent.mkdir(parents=True, exist_ok=True)
    # A file where the folder should be: not even root can write into it.
    folder.write_text("in the way")
    typed(qtbot, page.service.told_price, "12 EUR")
    page.opened.save()
    assert page.head.unsaved.text() == "Not saved yet, and no draft can be kept"
    folder.unlink()
    qtbot.keyClicks(page.service.told_price, "!")
    page.opened.save()
    assert page.head.unsaved.text() == "Not saved yet"
    assert "12 EUR!" in kept_files(page)[0].read_text()
