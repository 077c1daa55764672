"""Searching, sorting, grouping, saving and taking out the queue, by hand and key."""

from __future__ import annotations

import csv

import pytest
from PySide6.QtCore import QPoint, Qt

from desktop.domain.list_views import GroupBy, ListView, SortBy
from desktop.domain.search_words import Field
from desktop.use_cases.requests import take
from desktop.use_cases.saved_views import (
    ViewDraft,
    begin_with_view,
    change_view,
    save_view,
)
from tests.ui.queue.rich_queue import fill
from ui.common.buttons import Button
from ui.common.lists import list_reader
from ui.common.lists.search_help import SearchHelp
from ui.common.table_columns import ENOUGH


def typed(desk, words: str) -> None:
    """Type into the search field and wait for what it asks."""
    desk.page.search.setFocus()
    desk.qtbot.keyClicks(desk.page.search, words)
    desk.until(lambda: desk.page.reader.view.words == words.strip())


def titles(desk) -> list[str]:
    model = desk.page.model
    found = (model.section_at(place) for place in model.section_rows())
    return [section.title for section in found]


def menu_action(menu, words: str):
    """Return an action of a menu by its words, keys and counts left out."""
    for action in menu.actions():
        if words in action.text().split("\t")[0]:
            return action
    raise AssertionError([action.text() for action in menu.actions()])


def test_field_words_narrow_the_queue_and_what_is_not_understood_is_said(desk):
    typed(desk, "is:held")
    desk.until(lambda: set(titles(desk)) == {"Held"})
    assert len(desk.ids()) == 2

    desk.page.search.clear()
    typed(desk, "unti:registry")

    desk.until(lambda: "“unit” may be meant" in desk.page.problem.text())
    assert desk.page.problem.isVisible()
    assert desk.page.lists.currentWidget() is desk.page.nothing
    desk.click(desk.page.nothing.findChild(Button))
    desk.until(lambda: len(desk.ids()) == 8)
    assert desk.page.search.text() == ""


def test_fields_and_their_values_are_completed(desk):
    field = desk.page.search
    field.setFocus()
    desk.until(lambda: len(field.names_of(Field.ASSIGNEE)) == 6)
    desk.qtbot.keyClicks(field, "assi")
    assert [one.text for one in field.offers()] == ["assignee:"]

    field.complete("assignee:")
    desk.qtbot.keyClicks(field, "pet")
    assert field.offers()[0].text == '"Petar Ilić"'
    field.complete('"Petar Ilić"')

    assert field.text() == 'assignee:"Petar Ilić" '


def test_the_filter_menu_writes_field_words_and_takes_them_out(desk):
    menu = desk.page.filter_menu.make_menu()
    part = next(one.menu() for one in menu.actions() if one.text() == "Due")
    menu_action(part, "Today").trigger()
    assert desk.page.search.text().strip() == "due:today"
    desk.until(lambda: len(desk.ids()) == 1)

    menu = desk.page.filter_menu.make_menu()
    part = next(one.menu() for one in menu.actions() if one.text() == "Due")
    action = menu_action(part, "Today")
    assert action.isChecked()
    action.trigger()

    desk.until(lambda: len(desk.ids()) == 8)


def test_a_click_on_a_heading_sorts_inside_the_sections(desk):
    header = desk.page.table.horizontalHeader()
    at = header.sectionViewportPosition(1) + 20
    desk.qtbot.mouseClick(
        header.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(at, 10)
    )
    desk.until(lambda: desk.page.reader.view.sort is SortBy.SUBJECT)

    def overdue() -> list[str]:
        rows = [desk.page.model.entry(place) for place in (1, 2, 3)]
        return [row.subject.lower() for row in rows if row is not None]

    desk.until(lambda: len(overdue()) == 3 and overdue() == sorted(overdue()))
    assert titles(desk)[0] == "Overdue"


def test_groups_are_chosen_from_the_menu(desk):
    menu = desk.page.menu.make_menu()
    groups = next(one.menu() for one in menu.actions() if one.text() == "Group by")
    menu_action(groups, "Assigned to").trigger()

    desk.until(lambda: "Nobody" in titles(desk))
    assert desk.page.reader.view.group is GroupBy.ASSIGNEE
    assert len(desk.ids()) == 8


@pytest.mark.parametrize("group", [GroupBy.DUE, GroupBy.ASSIGNEE, GroupBy.NONE])
def test_pages_put_below_stand_as_if_they_were_read_at_once(desk, monkeypatch, group):
    monkeypatch.setattr(list_reader, "PAGE", 3)
    reader, model = desk.page.reader, desk.page.model
    read: list[int] = []
    reader.laid_out.connect(lambda: read.append(len(reader.rows)))
    reader.change(group=group)
    desk.until(lambda: {3, 6} < set(read) and read[-1] == 8)

    below = [model.index(place, 0).data() for place in range(model.rowCount())]
    reader.lay_out()
    anew = [model.index(place, 0).data() for place in range(model.rowCount())]
    assert below == anew


@pytest.mark.parametrize("most_reread", [1, 1_000])
def test_a_page_read_ahead_is_read_again_when_something_changed(
    desk, monkeypatch, most_reread
):
    reader, last = desk.page.reader, desk.ids()[-1]
    desk.page.model.more_wanted.disconnect(reader.read_more)
    desk.page.table.verticalScrollBar().valueChanged.disconnect()
    monkeypatch.setattr(list_reader, "PAGE", 3)
    monkeypatch.setattr(list_reader, "MOST_REREAD", most_reread)
    read: list[int] = []
    to_paint = list_reader.page_to_paint

    def page_to_paint(session, clocks, **asked):
        page = to_paint(session, clocks, **asked)
        read.append(len(page.rows))
        return page

    monkeypatch.setattr(list_reader, "page_to_paint", page_to_paint)
    with desk.qtbot.waitSignal(reader.counted):
        reader.start()
    assert read == [3]
    reader.read_more()
    desk.until(lambda: len(reader.rows) == 6)
    desk.until(lambda: read == [3, 3, 2])

    with desk.qtbot.waitSignal(reader.laid_out):
        desk.page._context.operations.write(take, last).start(reader)
    reader.read_more()

    desk.until(lambda: len(reader.rows) == 8 and not reader.is_busy)
    row = desk.page.model.entry(desk.page.model.place_of(last))
    assert row.assignee == "Dušan Kovač"


def test_a_view_is_saved_found_by_its_key_changed_and_deleted_with_undo(desk):
    typed(desk, "is:held")
    desk.page.views.ask_new()
    dialog = desk.page.views.dialog
    dialog.submit()
    desk.until(lambda: "name" in dialog.problem().lower())
    desk.qtbot.keyClicks(dialog.field, "Waiting")
    dialog.submit()
    desk.until(lambda: len(desk.page.views.rows()) == 1)
    assert desk.page.views.chip.words() == "Waiting"
    desk.until(lambda: desk.page.views.dialog is None)

    desk.window.activateWindow()
    desk.until(desk.window.isActiveWindow)
    desk.page.table.setFocus()
    desk.qtbot.keyClick(desk.page.table, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    desk.until(lambda: len(desk.ids()) == 8)
    assert desk.page.search.text() == ""
    desk.qtbot.keyClick(desk.page.table, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    desk.until(lambda: len(desk.ids()) == 2)
    assert desk.page.search.text() == "is:held"

    desk.page.reader.change(group=GroupBy.NONE)
    assert desk.page.views.chip.words() == "Waiting, changed"
    desk.page.views.update_current()
    desk.until(lambda: desk.page.views.chip.words() == "Waiting")
    desk.page.views.delete_current()
    desk.until(lambda: desk.page.views.rows() == ())
    desk.window.undo_bar.undo()
    desk.until(lambda: len(desk.page.views.rows()) == 1)


def test_two_who_change_a_shared_view_are_told_in_words(desk):
    house = desk.house
    draft = ViewDraft("queue", "Ours", ListView(words="is:held"), is_shared=True)
    view_id = house.me("Ana Petrović").run(save_view, draft)
    desk.page.views.read()
    desk.until(lambda: len(desk.page.views.rows()) == 1)
    desk.page.views.choose(1)
    house.run(change_view, view_id, view=ListView(words="is:open"))
    house.me("Dušan Kovač")
    desk.page.reader.change(words="wall")

    desk.page.views.update_current()

    desk.until(
        lambda: any(
            "Somebody changed “Ours” meanwhile" in words
            for words in desk.window.banners.words()
        )
    )


def test_the_view_somebody_begins_with_is_there_after_a_restart(
    small_house, seat, window, qtbot
):
    fill(small_house)
    house = small_house.me("Dušan Kovač")
    draft = ViewDraft("queue", "Waiting", ListView(words="is:held"))
    house.run(begin_with_view, "queue", house.run(save_view, draft))
    seat("Dušan Kovač")
    window.show()
    window.navigate("queue")
    page = window.pages.page("queue")

    qtbot.waitUntil(lambda: page.search.text() == "is:held", timeout=15_000)
    qtbot.waitUntil(lambda: len(page.reader.rows) == 2, timeout=15_000)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_what_is_shown_is_saved_as_a_file(desk, tmp_path, kind):
    path = tmp_path / f"queue.{kind}"

    with desk.qtbot.waitSignal(desk.page.menu.out.finished, timeout=10_000):
        desk.page.menu.out.save_to(path, kind)

    assert any("8 requests saved" in one for one in desk.window.banners.words())
    if kind == "csv":
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file))
        assert rows[0][0] == "Reference"
        assert "Due (Europe/Belgrade)" in rows[0]
        assert len(rows) == 9


def test_a_list_is_looked_at_on_paper_before_it_is_printed(desk):
    desk.page.menu.print_list()
    dialog = desk.page.menu.dialog

    desk.until(lambda: dialog.sheet is not None)

    assert dialog.place.text() == "page 1 of 1, as printed"
    assert dialog.print_button.isEnabled()
    dialog.reject()
    desk.until(lambda: desk.page.menu.dialog is None)


def test_the_field_words_are_on_a_sheet(desk):
    desk.page.menu.show_help()
    sheet = desk.page.menu.dialog

    assert isinstance(sheet, SearchHelp)
    desk.qtbot.keyClick(sheet, Qt.Key.Key_Escape)
    desk.until(lambda: desk.page.menu.dialog is None)


def test_a_narrow_list_leaves_a_column_out_and_a_wide_one_shows_it_again(desk):
    header = desk.page.table.horizontalHeader()
    holder = [column.id for column in desk.page.model.columns].index("holder")
    desk.window.resize(1280, 800)
    desk.until(lambda: header.isSectionHidden(holder))
    assert header.sectionSize(1) >= ENOUGH

    desk.window.resize(1900, 900)

    desk.until(lambda: not header.isSectionHidden(holder))
