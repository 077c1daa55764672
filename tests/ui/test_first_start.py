"""The list one left off at is there first; the page goes on from it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.entities.requests import Request
from tests.small_house import SmallHouse
from tests.ui.conftest import small_house_clock
from tests.ui.queue.rich_queue import fill
from ui.crash import CrashReporter
from ui.first_list import FirstList
from ui.main_window import MainWindow
from ui.pages import Features
from ui.preferences import Preferences
from ui.program import Program, Wishes
from ui.remembered import FILE

ROOT = Path(__file__).resolve().parent.parent.parent
HEAVY = {"sqlalchemy", "reportlab", "numpy", "psycopg", "alembic", "openpyxl"}
AGENT = "Dušan Kovač"
Start = Callable[..., "Run"]


class Run:
    """One run of the window on the small house."""

    def __init__(self, program: Program, qtbot) -> None:
        self.program = program
        self.window = program.window
        self.qtbot = qtbot

    def first(self) -> FirstList | None:
        return next(iter(self.window.findChildren(FirstList)), None)

    def until_first(self) -> FirstList:
        self.qtbot.waitUntil(lambda: self.first() is not None)
        found = self.first()
        assert found is not None
        assert self.program.context is None
        return found

    def until_page(self, page_id: str = "queue") -> QWidget:
        """Wait for a page with rows, over which nothing lies any more."""

        def is_there() -> bool:
            page = self.window.pages.page(page_id)
            is_free = self.first() is None or self.first().isHidden()
            return page is not None and bool(page.reader.rows) and is_free

        self.qtbot.waitUntil(is_there)
        return self.window.pages.page(page_id)

    def close(self) -> None:
        self.window.close()


@pytest.fixture
def made(small_house: SmallHouse) -> dict[str, int]:
    return fill(small_house)


@pytest.fixture
def start(
    small_house: SmallHouse, made, workspace_path: Path, tmp_path: Path, qtbot
) -> Iterator[Start]:
    """Give a way to start the window; each run has the same preferences."""
    runs: list[Run] = []

    def run(person: str = AGENT, *, features: Features | None = None) -> Run:
        preferences = Preferences(tmp_path / "window.ini")
        window = MainWindow(preferences)
        qtbot.addWidget(window)
        crash = CrashReporter(lambda: window, None, window)
        clock = small_house_clock(small_house)
        wishes = Wishes(str(workspace_path), person=person)
        program = Program(window, preferences, crash, clock, wishes, features)
        window.resize(1280, 800)
        window.show()
        qtbot.waitExposed(window)
        runs.append(Run(program, qtbot))
        program.start()
        return runs[-1]

    yield run
    for one in runs:
        one.close()


@pytest.fixture
def again(start: Start) -> Start:
    """Give a way to start it again, after a run that saw the queue."""
    before = start()
    before.until_page()
    before.close()
    return start


def ids(table) -> list[int]:
    rows = (table.rows_model.entry(n) for n in range(table.rows_model.rowCount()))
    return [row.id for row in rows if row is not None]


def words(table) -> list[str]:
    model = table.rows_model
    return [
        model.columns[column].cell(row).plain()
        for n in range(model.rowCount())
        if (row := model.entry(n)) is not None
        for column in table.shown_columns()
    ]


def test_the_first_list_shows_what_the_page_will_show_where_it_will(
    again: Start,
) -> None:
    run = again()
    first = run.until_first()
    told, place = words(first.table), ids(first.table)
    names = [entry.id for entry in run.window.rail.entries()]
    box = first.table.rect().translated(
        first.table.mapTo(run.window, first.rect().topLeft())
    )
    page = run.until_page()
    assert (ids(page.table), words(page.table)) == (place, told)
    assert [entry.id for entry in run.window.rail.entries()] == names
    corner = page.table.mapTo(run.window, page.rect().topLeft())
    assert page.table.rect().translated(corner) == box
    assert page.table.hasFocus()


SCRIPT = """
import json, sys
from pathlib import Path
from PySide6.QtCore import QDeadlineTimer
from ui.app import arguments, make_app, open_window
app = make_app([])
given = ["--workspace", sys.argv[1], "--person", sys.argv[2], "--lang", "en"]
program = open_window(app, arguments().parse_args(given), Path(sys.argv[3]))
def first():
    from PySide6.QtWidgets import QWidget
    found = program.window.findChildren(QWidget)
    return next((one for one in found if type(one).__name__ == "FirstList"), None)
patience = QDeadlineTimer(20_000)
while first() is None and not patience.hasExpired():
    app.processEvents()
rows = first().table.rows_model
first().table.grab()
print(json.dumps([rows.rowCount(), sorted(sys.modules)]))
program.close()
"""


def test_the_first_list_needs_nothing_heavy(
    again: Start, workspace_path: Path, tmp_path: Path
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(workspace_path), AGENT, str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    count, loaded = json.loads(done.stdout)
    assert count > 3
    assert not {name.split(".")[0] for name in loaded} & HEAVY
    assert not {name for name in loaded if name.startswith("desktop.entities")}


def test_it_shows_what_happened_since(again: Start, small_house: SmallHouse) -> None:
    fresh = small_house.raised("Raised while the window was closed")
    assert fresh in ids(again().until_first().table)


def test_what_is_chosen_in_the_first_list_is_chosen_in_the_page(again: Start) -> None:
    run = again()
    first = run.until_first()
    run.qtbot.keyClick(first.table, Qt.Key.Key_Down)
    run.qtbot.keyClick(first.table, Qt.Key.Key_Down)
    chosen = first.table.current_row().id
    assert chosen != ids(first.table)[0]
    page = run.until_page()
    assert page.table.current_row().id == chosen
    run.qtbot.waitUntil(lambda: page.pane.request_id == chosen)


def test_a_key_pressed_in_the_first_list_does_what_it_does_in_the_page(
    again: Start, small_house: SmallHouse, made
) -> None:
    run = again()
    first = run.until_first()
    assert first.table.choose(made["later"])
    run.qtbot.keyClick(first.table, Qt.Key.Key_T)
    run.until_page()

    def is_taken() -> bool:
        with small_house.desk.store.reading() as session:
            found = session.get(Request, made["later"])
            return found.assignee_id == small_house.people[AGENT]

    run.qtbot.waitUntil(is_taken)


def test_a_row_opened_in_the_first_list_opens_once_there_are_pages(
    again: Start, made
) -> None:
    run = again()
    first = run.until_first()
    assert first.table.choose(made["georgian"])
    run.qtbot.keyClick(first.table, Qt.Key.Key_Return)
    assert run.window.pages.current_id == ""
    run.qtbot.waitUntil(lambda: run.window.pages.current_id == "request")
    run.qtbot.waitUntil(lambda: run.first() is None)


def test_a_page_chosen_in_the_rail_is_shown_once_there_are_pages(
    again: Start,
) -> None:
    run = again()
    run.until_first()
    run.window.rail.chosen.emit("requests")
    run.qtbot.waitUntil(lambda: run.window.pages.current_id == "requests")
    assert run.first() is None or run.first().isHidden()


def test_changing_person_over_the_first_list_asks_who_it_is(
    again: Start, qtbot
) -> None:
    run = again()
    run.until_first()
    run.window.change_person.emit()
    qtbot.waitUntil(lambda: run.program.opened is not None)
    assert run.program.context is None
    assert not run.window.is_attached()


def test_closing_over_the_first_list_ends_well_and_keeps_what_is_remembered(
    again: Start, tmp_path: Path
) -> None:
    before = (tmp_path / FILE).read_text(encoding="utf-8")
    run = again()
    run.until_first()
    run.close()
    assert (tmp_path / FILE).read_text(encoding="utf-8") == before


def other_person(kept: dict) -> str:
    return "Ana Petrović"


def broken_statement(kept: dict) -> str:
    kept["asked"]["parts"][0][0] = "SELECT nothing"
    return AGENT


@pytest.mark.parametrize("change", [other_person, broken_statement])
def test_it_starts_as_ever_where_what_is_remembered_does_not_fit(
    again: Start, tmp_path: Path, change
) -> None:
    kept = json.loads((tmp_path / FILE).read_text(encoding="utf-8"))
    person = change(kept)
    (tmp_path / FILE).write_text(json.dumps(kept), encoding="utf-8")
    run = again(person)
    run.qtbot.waitUntil(lambda: run.program.context is not None)
    assert run.first() is None
    assert run.until_page().reader.rows


def test_nothing_is_remembered_of_a_page_without_such_a_list(
    start: Start, tmp_path: Path
) -> None:
    run = start()
    run.until_page()
    run.qtbot.waitUntil((tmp_path / FILE).exists)
    run.window.navigate("today")
    run.close()
    assert not (tmp_path / FILE).exists()
