"""What a frame costs while a million rows are scrolled, beside Qt's own model."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import thread_time
from typing import Any

from PySide6.QtGui import QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop.queries.list_narrowing import Moment, Reader
from desktop.queries.lists import list_page
from tests.benchmarks.house import NOW
from tests.benchmarks.measuring import Row
from tests.benchmarks.workspaces import Place

ROWS = 1_000_000
FRAMES = 300
IN_TURNS = 10
VISIBLE = 31
COLUMNS = 12
ROW_PIXELS = 32
MOST_RATIO = 1.6
MOST_P99 = 33.0


def run(place: Place) -> Iterator[Row]:
    """Measure frames of a wheel turned, and of jumps anywhere, in turns with Qt's."""
    application = QApplication.instance() or QApplication(["benchmark"])
    with _window(place) as context:
        ours, theirs = _our_table(place, context), _their_table(place)
        for view in (ours, theirs):
            QTest.qWaitForWindowExposed(view)
        application.processEvents()
        wheel = [step * 3 * ROW_PIXELS for step in range(FRAMES)]
        jumps = [step * 7_919 * ROW_PIXELS * 37 for step in range(FRAMES)]
        for name, steps in (("the wheel", wheel), ("jumps", jumps)):
            taken: dict[Any, list[float]] = {ours: [], theirs: []}
            for view in taken:
                _frames(view, steps[:20])
            for at in range(0, FRAMES, IN_TURNS):
                for view, frames in taken.items():
                    frames += _frames(view, steps[at : at + IN_TURNS])
            yield _judged(name, taken[ours], taken[theirs])
        for view in (ours, theirs):
            view.hide()
    application.processEvents()


def _judged(name: str, ours: list[float], theirs: list[float]) -> Row:
    ours.sort()
    p99 = ours[int(len(ours) * 0.99)]
    ratio = median(ours) / median(theirs)
    return {
        "name": f"a frame's processor time, {name}, {ROWS:,} rows",
        "value": round(median(ours), 2),
        "unit": "ms",
        "p95": round(ours[int(len(ours) * 0.95)], 2),
        "p99": round(p99, 2),
        "floor": round(median(theirs), 2),
        "ratio": round(ratio, 2),
        "goal": f"<= {MOST_RATIO:g}x, p99 <= {MOST_P99:g} ms",
        "met": ratio <= MOST_RATIO and p99 <= MOST_P99,
    }


def _frames(view: Any, steps: list[int]) -> list[float]:
    """Return what each frame costs; what others do on the machine is no part of it."""
    bar, viewport = view.verticalScrollBar(), view.viewport()
    paper = QPixmap(viewport.size())
    taken = []
    for step in steps:
        began = thread_time()
        bar.setValue(step % max(1, bar.maximum()))
        # A picture of it: what is painted does not depend on a screen's own time.
        viewport.render(paper)
        taken.append((thread_time() - began) * 1000)
    return taken


def _our_table(place: Place, context: Any) -> Any:
    """Return the table of a queue with twelve columns and a million places."""
    from ui.common.request_pane.request_columns import request_columns
    from ui.common.table_model import TableModel
    from ui.common.table_view import TableView

    unit = place.house.backs[0]
    view = _queue(unit)
    rows = place.desk.read(
        list_page, view, reader=Reader(None, unit), moment=_moment(), limit=1_000
    ).rows
    model: TableModel[Any] = TableModel(
        request_columns(context)[:COLUMNS], key=lambda row: row.id
    )
    many = list(rows) * (ROWS // len(rows) + 1)
    model.set_rows(many[:ROWS])
    table = TableView(model, name="Queue")
    table.set_compact(True)
    for number in range(COLUMNS):
        table.columns.hide(number, False)
    return _sized(table, model)


def _their_table(place: Place) -> Any:
    """Return a plain table on Qt's model of the same rows, as many as it takes."""
    from PySide6.QtSql import QSqlDatabase, QSqlQueryModel
    from PySide6.QtWidgets import QTableView

    from desktop.store.engine import sqlite_path

    database = QSqlDatabase.addDatabase("QSQLITE", "scroll")
    database.setDatabaseName(str(sqlite_path(place.url)))
    database.open()
    model = QSqlQueryModel()
    columns = "r.reference, r.subject, r.ball, r.due_at, r.assignee_id, r.state"
    columns += ", r.priority, r.service_id, r.front_unit_id, r.customer, r.raised_at"
    model.setQuery(f"SELECT {columns}, r.last_at FROM request r", database)
    while model.canFetchMore():
        model.fetchMore()
    table = QTableView()
    table.setModel(model)
    return _sized(table, model)


def _sized(table: Any, model: Any) -> Any:
    table.kept_model = model
    table.verticalHeader().setDefaultSectionSize(ROW_PIXELS)
    table.verticalHeader().hide()
    table.setVerticalScrollMode(table.ScrollMode.ScrollPerPixel)
    table.resize(1600, VISIBLE * ROW_PIXELS + 30)
    table.show()
    return table


def _queue(unit: int) -> Any:
    from desktop.domain.list_views import ListView
    from desktop.queries.queue import of_unit

    return of_unit(unit, ListView(), NOW.date())


def _moment() -> Moment:
    return Moment(NOW, UTC)


@contextmanager
def _window(place: Place) -> Iterator[Any]:
    """Give a context as pages have it, of somebody at the desk of the house."""
    from desktop.queries.lookups import calendars, people, workspace_info
    from ui.crash import CrashReporter
    from ui.main_window import MainWindow
    from ui.pages import Features
    from ui.preferences import Preferences
    from ui.program import Opened, Program, Wishes
    from ui.style import apply_theme

    read = place.desk.read
    with TemporaryDirectory() as folder:
        apply_theme(QApplication.instance(), "light")
        preferences = Preferences(Path(folder) / "window.ini")
        window = MainWindow(preferences)
        crash = CrashReporter(lambda: window, None, window)
        features = Features(pages=list)
        program = Program(window, preferences, crash, lambda: NOW, Wishes(), features)
        opened = Opened(place.desk, read(workspace_info), read(people), read(calendars))
        program.take(opened, watch=False)
        program.sign_in(place.house.people[place.house.backs[0]][0])
        yield program.context
        program.close()
