"""Tables: sections fold, rows keep their place, copying and columns."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from ui.common.cells import Column, LinesCell, Section, TextCell
from ui.common.painting import text_width
from ui.common.table_model import TableModel
from ui.common.table_view import TableView
from ui.preferences import Preferences


@dataclass(frozen=True)
class Line:
    id: int
    subject: str
    weight: int | None = 0


COLUMNS: list[Column[Line]] = [
    Column("id", "Number", lambda line: TextCell(str(line.id)), 80),
    Column("subject", "Subject", lambda line: TextCell(line.subject), stretch=True),
    Column(
        "weight",
        "Weight",
        lambda line: TextCell(str(line.weight)),
        90,
        sort=lambda line: line.weight,
    ),
]


def sections() -> list[Section[Line]]:
    return [
        Section("late", "Late", [Line(1, "one", 5), Line(2, "two", None)]),
        Section("today", "Today", [Line(3, "three", 2), Line(4, "four", 9)]),
    ]


@pytest.fixture
def model() -> TableModel[Line]:
    made = TableModel(COLUMNS, key=lambda line: line.id)
    made.set_sections(sections())
    return made


@pytest.fixture
def view(model: TableModel[Line], qtbot) -> TableView:
    made = TableView(model, name="Lines")
    qtbot.addWidget(made)
    made.resize(600, 400)
    made.show()
    return made


def test_a_column_narrows_before_the_widest_starves_and_widens_again(qtbot) -> None:
    subject = replace(COLUMNS[1], width=200)
    weight = replace(COLUMNS[2], width=180, least=60)
    view = TableView(
        TableModel([COLUMNS[0], subject, weight], key=lambda line: line.id),
        name="Lines",
    )
    qtbot.addWidget(view)
    view.show()
    header = view.horizontalHeader()
    view.resize(360, 300)
    assert header.sectionSize(1) == 200
    assert 60 <= header.sectionSize(2) < 90
    view.resize(300, 300)
    assert header.sectionSize(2) == 60
    assert dict(view.columns.now())["weight"] == 180
    view.resize(600, 300)
    assert header.sectionSize(2) == 180
    header.resizeSection(2, 120)
    view.resize(300, 300)
    view.resize(600, 300)
    assert header.sectionSize(2) == 120


def test_a_column_grows_to_its_words_unless_somebody_set_it(qtbot) -> None:
    columns: list[Column[Line]] = [
        Column("id", "Number", lambda line: LinesCell(f"INC{line.id:07}"), 48),
        COLUMNS[1],
    ]
    rows = [Line(20505, "one")]
    view = TableView(TableModel(columns, key=lambda line: line.id), name="Lines")
    qtbot.addWidget(view)
    header = view.horizontalHeader()
    view.columns.grow("id", rows, margin=24)
    grown = header.sectionSize(0)
    assert grown >= text_width("INC0020505") + 24
    view.columns.grow("id", [Line(5, "two"), Line(1234567890, "three")], margin=24)
    assert header.sectionSize(0) > grown
    header.resizeSection(0, 60)
    view.columns.grow("id", rows, margin=24)
    assert header.sectionSize(0) == 60


def test_headings_run_across_all_columns(view) -> None:
    assert view.columnSpan(0, 0) == len(COLUMNS)
    assert view.columnSpan(3, 0) == len(COLUMNS)
    assert view.columnSpan(1, 0) == 1


def test_rows_are_48_high_and_32_when_compact(view) -> None:
    assert view.rowHeight(1) == 48
    view.set_compact(True)
    assert view.rowHeight(1) == 32


def test_the_arrow_keys_step_over_headings(view, qtbot) -> None:
    view.choose(2)
    qtbot.keyClick(view, Qt.Key.Key_Down)
    assert view.current_row().id == 3
    qtbot.keyClick(view, Qt.Key.Key_Up)
    assert view.current_row().id == 2


def test_home_and_end_go_to_the_first_and_the_last_row(view, qtbot) -> None:
    view.choose(3)
    qtbot.keyClick(view, Qt.Key.Key_End)
    assert view.current_row().id == 4
    qtbot.keyClick(view, Qt.Key.Key_Home)
    assert view.current_row().id == 1
    assert [row.id for row in view.selected_rows()] == [1]


def test_left_folds_the_section_and_right_opens_it(view, model, qtbot) -> None:
    view.choose(1)
    qtbot.keyClick(view, Qt.Key.Key_Left)
    assert model.is_folded("late")
    assert model.rowCount() == 4
    assert view.columnSpan(1, 0) == len(COLUMNS)
    qtbot.keyClick(view, Qt.Key.Key_Right)
    assert model.rowCount() == 6
    assert view.current_row().id == 1


def test_a_folded_heading_can_be_reached_and_opened_by_keys(view, model, qtbot) -> None:
    model.set_folded("late", True)
    view.choose(3)
    qtbot.keyClick(view, Qt.Key.Key_Up)
    qtbot.keyClick(view, Qt.Key.Key_Up)
    assert view.current_row() is None
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert not model.is_folded("late")


def test_a_click_on_a_heading_folds_it(view, model, qtbot) -> None:
    at = view.visualRect(model.index(0, 0)).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert model.is_folded("late")


def test_new_rows_keep_the_selected_one_selected(view, model) -> None:
    view.choose(3)
    late, today = sections()
    model.set_sections([replace(late, rows=[Line(9, "new"), *late.rows]), today])
    assert [row.id for row in view.selected_rows()] == [3]
    assert view.current_row().id == 3


def test_changed_contents_repaint_without_a_reset(view, model, qtbot) -> None:
    late, today = sections()
    fresh = replace(late, rows=[replace(late.rows[0], subject="other"), late.rows[1]])
    with qtbot.assertNotEmitted(model.modelReset), qtbot.waitSignal(model.dataChanged):
        model.set_sections([fresh, today])
    assert model.index(1, 1).data() == "other"


def test_a_row_that_is_gone_is_told_once(view, model) -> None:
    view.choose(3)
    told: list[object] = []
    view.current_changed.connect(told.append)
    model.set_sections(sections()[:1])
    assert told == [None]


def test_sorting_stays_inside_sections_and_puts_unknown_last(view, model) -> None:
    model.sort(2, Qt.SortOrder.DescendingOrder)
    shown = [model.key_at(place) for place in range(model.rowCount())]
    assert shown == [None, 1, 2, None, 4, 3]


def test_selected_rows_are_copied_as_shown(view, model, qtbot) -> None:
    view.choose(3)
    qtbot.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    text = QGuiApplication.clipboard().text()
    assert text == "Number\tSubject\tWeight\n3\tthree\t2"


def test_letters_go_to_the_page(view, model, qtbot) -> None:
    view.choose(3)
    qtbot.keyClicks(view, "f")
    assert view.current_row().id == 3


def test_the_next_page_is_asked_for_once(model, qtbot) -> None:
    model.set_rows([Line(1, "one")], has_more=True)
    asked: list[bool] = []
    model.more_wanted.connect(lambda: asked.append(True))
    root = model.index(-1, -1)
    assert model.canFetchMore(root)
    model.fetchMore(root)
    assert not model.canFetchMore(root)
    more = Section("", "", [Line(1, "one"), Line(2, "two")])
    model.append_sections([more], has_more=False)
    assert (model.rowCount(), asked) == (2, [True])


def test_a_page_goes_on_in_the_last_section_and_begins_others(view, model) -> None:
    _late, today = sections()
    longer = replace(today, rows=[*today.rows, Line(5, "five")], count=9)
    later = Section("later", "Later", [Line(6, "six")])
    view.choose(3)
    moved: list[bool] = []
    model.modelReset.connect(lambda: moved.append(True))
    model.append_sections([longer, later], has_more=True)

    shown = [model.key_at(place) for place in range(model.rowCount())]
    assert shown == [None, 1, 2, None, 3, 4, 5, None, 6]
    assert [model.cell(place, 0).plain() for place in model.section_rows()] == [
        "Late, 2",
        "Today, 9",
        "Later, 1",
    ]
    assert view.columnSpan(7, 0) == len(COLUMNS)
    assert (view.current_row().id, moved) == (3, [])


def test_a_page_below_a_folded_section_stays_folded(view, model) -> None:
    _late, today = sections()
    model.set_folded(today.id, True)
    longer = replace(today, rows=[*today.rows, Line(5, "five")])
    model.append_sections([longer], has_more=False)
    assert model.rowCount() == 4
    model.set_folded(today.id, False)
    assert model.key_at(6) == 5


def test_the_next_page_is_asked_for_before_the_last_row_is_seen(view, model) -> None:
    view.resize(400, 300)
    view.show()
    model.set_rows([Line(one, str(one)) for one in range(100)], has_more=True)
    asked: list[int] = []
    bar = view.verticalScrollBar()
    model.more_wanted.connect(lambda: asked.append(bar.value()))
    bar.setValue(bar.maximum() // 2)
    assert asked == []
    bar.setValue(bar.maximum() - bar.pageStep() - 48)
    bar.setValue(bar.maximum())
    assert asked == [bar.maximum() - bar.pageStep() - 48]


def test_columns_sort_and_folds_survive_a_restart(view, model, tmp_path, qtbot) -> None:
    preferences = Preferences(tmp_path / "kept.ini")
    header = view.horizontalHeader()
    header.moveSection(2, 1)
    header.resizeSection(0, 133)
    header.setSortIndicator(2, Qt.SortOrder.DescendingOrder)
    model.set_folded("late", True)
    view.save_state(preferences, "lines")
    preferences.save()

    again = TableModel(COLUMNS, key=lambda line: line.id)
    again.set_sections(sections())
    other = TableView(again, name="Lines")
    qtbot.addWidget(other)
    other.restore_state(Preferences(tmp_path / "kept.ini"), "lines")
    assert other.shown_columns() == [0, 2, 1]
    assert other.columnWidth(0) == 133
    assert again.is_folded("late")
    assert again.key_at(2) == 4


def test_a_thousand_rows_are_painted_lazily(view, model) -> None:
    made: list[int] = []

    def cell(line: Line) -> TextCell:
        made.append(line.id)
        return TextCell(line.subject)

    columns = [Column("x", "X", cell, 100)]
    big = TableModel(columns, key=lambda line: line.id)
    big.set_rows([Line(number, "x") for number in range(1000)])
    other = TableView(big, name="Big")
    other.resize(300, 300)
    other.grab()
    assert 0 < len(set(made)) < 20
    other.deleteLater()


def test_a_screen_reader_hears_whole_words(model) -> None:
    role = Qt.ItemDataRole.AccessibleTextRole
    assert model.index(0, 0).data(role) == "Late, 2"
    assert model.index(1, 1).data(role) == "one"
