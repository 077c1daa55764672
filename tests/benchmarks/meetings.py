"""What sessions cost: candidates and paper of a real log, a year's book, a million."""

from __future__ import annotations

import gc
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.desk import Desk
from desktop.domain.requests import Side
from desktop.entities.units import Unit
from desktop.queries.action_register import minutes_book
from desktop.queries.agenda import SessionAgenda, pair_agenda
from desktop.queries.lookups import units
from desktop.reports.agenda_paper import agenda_pdf
from desktop.reports.binding import Printed
from desktop.reports.minutes_book import book_print
from desktop.store.engine import reading, sqlite_url
from desktop.store.migrating import create_workspace
from desktop.store.unit_of_work import Store
from tests.benchmarks.generated import generate
from tests.benchmarks.house import NOW, House, open_desk
from tests.benchmarks.measuring import Goal, Row, judged, latency
from tests.benchmarks.reading import PAIR
from tests.benchmarks.replay import LOG, imported_log
from tests.benchmarks.workspaces import Place, Workspaces
from tests.benchmarks.year import BEHIND, SESSIONS, hold_a_year
from tests.domain.desk_log import PERIOD

CANDIDATES_S, PDF_S, BOOK_S, MILLION_S = 1.0, 1.0, 10.0, 2.0
BOOK_OF_FLOOR = 2.0
PAUSE_MS = 50
TIMES = 5
Piece = tuple[float, float, float, bool, str]


def run(made: Workspaces, size: int) -> Iterator[Row]:
    """Measure; the log's figures only where the log is on this machine."""
    if LOG.is_dir():
        yield from _of_the_log()
    yield from _book()
    yield from _of_many(made.of(size), size)


# ------------------------------------------------------------ the published log


def _of_the_log() -> Iterator[Row]:
    with tempfile.TemporaryDirectory(prefix="counterpart-bench-") as folder:
        store = imported_log(Path(folder) / "log.counterpart")
        found = _log_agenda(store)
        took = _seconds(lambda: _log_agenda(store))
        count = len(found.candidates)
        yield _row(f"log: candidates, 70 and 20 ({count})", took, CANDIDATES_S)
        pdf = agenda_pdf(found.paper)
        took = _seconds(lambda: agenda_pdf(found.paper))
        yield _row(f"log: agenda as PDF ({_pages(pdf)} pages)", took, PDF_S)
        store.engine.dispose()


def _log_agenda(store: Store) -> SessionAgenda:
    with Session(reading(store.engine)) as session:
        ids = {name: key for key, name in session.execute(select(Unit.id, Unit.name))}
        return pair_agenda(
            session,
            front_unit_id=ids["Group 70"],
            back_unit_id=ids["Group 20"],
            starts_at=PERIOD.as_at + timedelta(hours=2),
            printed_at=PERIOD.as_at,
        )


# ------------------------------------------------------------ a year in one book


def _book() -> Iterator[Row]:
    with tempfile.TemporaryDirectory(prefix="counterpart-bench-") as folder:
        path = Path(folder) / "year.counterpart"
        create_workspace(path)
        desk = open_desk(sqlite_url(path))
        house = desk.run(generate, SESSIONS * BEHIND, SESSIONS * BEHIND).value
        desk.sign_in(house.actor(house.fronts[0]))
        series = desk.run(hold_a_year, house).value
        yield from _book_of(desk, series)
        desk.close()


def _book_of(desk: Desk, series: int) -> Iterator[Row]:
    def make() -> Printed:
        end = NOW + timedelta(days=1)
        start = end - timedelta(days=14 * (SESSIONS + 1))
        book = desk.read(minutes_book, series, start, end, NOW)
        assert len(book.sessions) == SESSIONS
        return book_print(book)

    printed = make()
    lines = _lines(printed.pdf)
    ours, floors = [], []
    for _ in range(3):
        ours.append(_took(make))
        floors.append(_took(lambda: _drawn(lines)))
    name = f"minutes book, {SESSIONS} sessions ({printed.pages} pages)"
    row = _row(name, median(ours), BOOK_S)
    ratio = median(ours) / median(floors)
    yield {
        **row,
        "floor": round(median(floors), 3),
        "ratio": round(ratio, 2),
        "goal": f"<= {BOOK_S:g} s, {BOOK_OF_FLOOR:g}x",
        "met": median(ours) <= BOOK_S and ratio <= BOOK_OF_FLOOR,
    }
    yield from _behind_the_window(make)


def _lines(pdf: bytes) -> list[list[Piece]]:
    """Return every piece of text of a PDF: where, how large, bold or not, its words."""
    from pypdf import PdfReader

    return [_placed(page) for page in PdfReader(BytesIO(pdf)).pages]


def _placed(page: Any) -> list[Piece]:
    found: list[Piece] = []

    def see(text: str, cm: Any, tm: Any, font: Any, size: float) -> None:
        x = cm[0] * tm[4] + cm[2] * tm[5] + cm[4]
        y = cm[1] * tm[4] + cm[3] * tm[5] + cm[5]
        is_bold = font is not None and "Bold" in str(font.get("/BaseFont"))
        for line in text.splitlines():
            if line.strip():
                found.append((x, y, size or 8.0, is_bold, line))

    page.extract_text(visitor_text=see)
    return found


def _drawn(pages: list[list[Piece]]) -> bytes:
    """Draw the same words at the same places straight on a canvas: the floor."""
    from reportlab.lib.utils import simpleSplit
    from reportlab.pdfgen.canvas import Canvas

    from desktop.reports.faces import BOLD, REGULAR
    from desktop.reports.paper import A4, INK

    buffer = BytesIO()
    canvas = Canvas(buffer, invariant=1, pageCompression=1)
    for page in pages:
        for x, y, size, is_bold, words in page:
            font = BOLD if is_bold else REGULAR
            canvas.setFillColor(INK)
            canvas.setFont(font, size)
            # Whoever draws by hand has to break lines, too.
            for line in simpleSplit(words, font, size, A4.text_width):
                canvas.drawString(x, y, line)
        for at in range(30):
            canvas.line(57, 700 - 20 * at, 538, 700 - 20 * at)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _behind_the_window(make: Callable[[], Printed]) -> Iterator[Row]:
    """Make the book in a thread, and listen to the one of the window meanwhile."""
    from PySide6.QtCore import QEventLoop
    from PySide6.QtWidgets import QApplication

    from tests.heartbeat import Heartbeat, Pause
    from ui.collector import Collector
    from ui.operations import _HAND_OVER_S
    from ui.workers import Courier, Worker

    application = QApplication.instance() or QApplication([])
    pauses: list[Pause] = []
    before = sys.getswitchinterval()
    sys.setswitchinterval(_HAND_OVER_S)
    courier, worker, loop = Courier(), Worker("book"), QEventLoop()
    collector = Collector()
    gc.collect()
    heart = Heartbeat(pauses.append)

    def job() -> None:
        make()
        courier.bring(loop.quit)

    began = perf_counter()
    worker.do(job)
    loop.exec()
    took = perf_counter() - began
    heart.stop()
    worker.close()
    collector.deleteLater()
    gc.enable()
    sys.setswitchinterval(before)
    application.processEvents()
    longest = max((one.own_ms for one in pauses), default=0.0)
    yield _row("minutes book behind the window", took, BOOK_S)
    row: Row = {"name": "longest pause of the window", "unit": "ms"}
    yield judged({**row, "value": round(longest, 1)}, Goal(ms=PAUSE_MS))


# ------------------------------------------------------------ at a million


def _of_many(place: Place, size: int) -> Iterator[Row]:
    house: House = place.house
    front, back = house.fronts[PAIR[0]], house.backs[PAIR[1]]

    def build() -> SessionAgenda:
        return place.desk.read(
            pair_agenda,
            front_unit_id=front,
            back_unit_id=back,
            starts_at=NOW,
            printed_at=NOW,
        )

    assert len(place.desk.read(units, Side.FRONT)) == len(house.fronts)
    found = build()
    yield latency(
        f"{size:,} requests: candidates ({len(found.candidates)})",
        build,
        None,
        Goal(ms=MILLION_S * 1000),
        times=TIMES,
    )


def _seconds(work: Callable[[], object]) -> float:
    return median(_took(work) for _ in range(TIMES))


def _took(work: Callable[[], object]) -> float:
    began = perf_counter()
    work()
    return perf_counter() - began


def _pages(pdf: bytes) -> int:
    return pdf.count(b"/Type /Page\n")


def _row(name: str, seconds: float, goal: float) -> Row:
    return {
        "name": name,
        "value": round(seconds, 3),
        "unit": "s",
        "goal": f"<= {goal:g} s",
        "met": seconds <= goal,
    }
