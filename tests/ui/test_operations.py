"""Operations: off the GUI thread and back, in order, and only to those who listen."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop.domain.errors import Conflict, Refusal
from desktop.entities.units import Unit
from desktop.queries.lookups import units
from tests.small_house import SmallHouse
from ui.operations import Operations
from ui.workers import Courier


@dataclass
class Reported:
    """Collects what the crash reporter would be told."""

    errors: list[tuple[str, str]]

    def __call__(self, error: BaseException, context: str) -> None:
        self.errors.append((type(error).__name__, context))


@pytest.fixture
def reported() -> Reported:
    return Reported([])


@pytest.fixture
def operations(small_house: SmallHouse, reported: Reported, qapp):
    made = Operations(small_house.desk, reported)
    yield made
    made.close()


def rename(work: Any, name: str) -> str:
    unit = work.session.query(Unit).order_by(Unit.id).first()
    unit.name = name
    return f"{name} in {threading.current_thread().name}"


def refuse(_work: Any) -> None:
    raise Conflict("stale")


def fail(_work: Any) -> None:
    raise ZeroDivisionError


def test_a_write_runs_elsewhere_and_is_told_on_the_gui_thread(
    operations: Operations, qtbot
) -> None:
    told: list[tuple[str, str]] = []
    owner = QObject()

    def done(value: str) -> None:
        told.append((value, threading.current_thread().name))

    operations.write(rename, "Maps").start(owner, done)
    qtbot.waitUntil(lambda: bool(told))
    assert told == [("Maps in store", "MainThread")]


def test_a_write_says_what_it_changed_and_who_began_it(
    operations: Operations, qtbot
) -> None:
    owner = QObject()
    with qtbot.waitSignal(operations.changed) as caught:
        operations.write(rename, "Maps").start(owner)
    changes, initiator = caught.args
    assert changes.touches("unit")
    assert not changes.touches("request")
    assert initiator is owner


def test_writes_happen_in_the_order_started(operations: Operations, qtbot) -> None:
    told: list[str] = []
    owner = QObject()
    for number in range(20):
        operations.write(rename, f"Unit {number:02}").start(
            owner, lambda value: told.append(value[:7])
        )
    qtbot.waitUntil(lambda: len(told) == 20)
    assert told == [f"Unit {number:02}" for number in range(20)]


def test_a_read_brings_rows(operations: Operations, qtbot) -> None:
    found: list[Any] = []
    operations.read(units).start(operations, found.append)
    qtbot.waitUntil(lambda: bool(found))
    assert len(found[0]) > 1


def test_a_destroyed_owner_is_told_nothing(operations: Operations, qtbot) -> None:
    told: list[str] = []
    owner = QObject()
    operations.write(rename, "Maps").start(owner, told.append)
    owner.deleteLater()
    QCoreApplication.sendPostedEvents(owner, QEvent.Type.DeferredDelete.value)
    with qtbot.waitSignal(operations.changed) as caught:
        pass
    assert told == []
    assert caught.args[1] is None


def test_a_cancelled_read_is_told_nothing(operations: Operations, qtbot) -> None:
    told: list[Any] = []
    ticket = operations.read(units).start(operations, lambda _rows: told.append("old"))
    ticket.cancel()
    operations.read(units).start(operations, lambda _rows: told.append("new"))
    qtbot.waitUntil(lambda: bool(told))
    assert told == ["new"]


def test_a_refusal_goes_to_whoever_asked(operations: Operations, qtbot) -> None:
    refused: list[Refusal] = []
    operations.write(refuse).start(operations, refused=refused.append)
    qtbot.waitUntil(lambda: bool(refused))
    assert refused[0].code == "stale"


def test_a_refusal_nobody_asked_for_is_signalled(operations: Operations, qtbot) -> None:
    with qtbot.waitSignal(operations.refused) as caught:
        operations.write(refuse).start(operations)
    assert isinstance(caught.args[0], Conflict)


def test_a_bug_goes_to_the_crash_reporter_with_its_name(
    operations: Operations, reported: Reported, qtbot
) -> None:
    operations.write(fail).start(operations)
    qtbot.waitUntil(lambda: bool(reported.errors))
    assert reported.errors == [("ZeroDivisionError", "fail")]


def test_after_a_bug_work_goes_on(operations: Operations, qtbot) -> None:
    told: list[str] = []
    operations.write(fail).start(operations)
    operations.write(rename, "Maps").start(operations, told.append)
    qtbot.waitUntil(lambda: bool(told))


def test_twenty_thousand_calls_arrive_in_order_from_another_thread(qtbot) -> None:
    courier = Courier()
    arrived: list[int] = []

    def bring_all() -> None:
        for number in range(20_000):
            courier.bring(adding(number))

    def adding(number: int) -> Callable[[], None]:
        return lambda: arrived.append(number)

    sender = threading.Thread(target=bring_all)
    sender.start()
    qtbot.waitUntil(lambda: len(arrived) == 20_000, timeout=30_000)
    sender.join()
    assert arrived == list(range(20_000))


def test_closing_finishes_the_writes_in_line(small_house: SmallHouse, qapp) -> None:
    operations = Operations(small_house.desk)
    for number in range(5):
        operations.write(rename, f"Unit {number}").start(operations)
    operations.close()
    names = {row.name for row in small_house.desk.read(units)}
    assert "Unit 4" in names


class Held:
    """A line kept busy until it is let go, so that what follows has to queue."""

    def __init__(self, operations: Operations) -> None:
        self._go = threading.Event()
        operations.read(self._wait).start(operations, lambda _done: None)

    def _wait(self, _session: Any) -> None:
        assert self._go.wait(10)

    def let_go(self) -> None:
        self._go.set()


def test_what_is_asked_for_goes_before_what_only_adds_to_it(
    operations: Operations, qtbot
) -> None:
    told: list[str] = []
    held = Held(operations)
    for name, read in (
        ("unread", operations.read_added),
        ("marks", operations.read_added),
        ("page", operations.read),
        ("request", operations.read),
    ):
        read(units).start(operations, lambda _rows, name=name: told.append(name))
    operations.work(lambda: "presence").start(operations, told.append)
    QCoreApplication.processEvents()
    held.let_go()
    qtbot.waitUntil(lambda: len(told) == 5)
    assert told == ["page", "request", "presence", "unread", "marks"]


class Painted(QWidget):
    """Notes when it is painted."""

    def __init__(self, told: list[str]) -> None:
        super().__init__()
        self._told = told

    def paintEvent(self, _event: QPaintEvent) -> None:
        self._told.append("painted")


@pytest.mark.parametrize("read", ["read_added", "read_behind"])
def test_what_only_adds_is_asked_once_what_came_is_painted(
    operations: Operations, qtbot, read: str
) -> None:
    told: list[str] = []
    page = Painted(told)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: "painted" in told)
    told.clear()

    def more(_session: Any) -> None:
        told.append("asked")

    def came(_rows: object) -> None:
        page.update()
        getattr(operations, read)(more).start(operations, lambda _none: None)

    operations.read(units).start(operations, came)
    qtbot.waitUntil(lambda: "asked" in told)
    assert told == ["painted", "asked"]


def test_nothing_asked_for_waits_for_counts_prints_or_evidence(
    operations: Operations, qtbot
) -> None:
    told: list[str] = []
    go = threading.Event()

    def long(_session: Any) -> bool:
        return go.wait(10)

    operations.read_behind(long).start(operations, lambda _done: told.append("count"))
    operations.read_slowly(long).start(operations, lambda _done: told.append("board"))
    operations.work_slowly(lambda: "print").start(operations, told.append)
    operations.read(units).start(operations, lambda _rows: told.append("page"))
    qtbot.waitUntil(lambda: told == ["page"])
    go.set()
    qtbot.waitUntil(lambda: len(told) == 4)
    assert told.index("board") < told.index("print")


def test_a_read_nobody_waits_for_any_more_is_not_run(
    operations: Operations, qtbot
) -> None:
    ran: list[str] = []
    held = Held(operations)
    stale = operations.read(lambda _session: ran.append("stale"))
    stale.start(operations, lambda _none: None).cancel()
    operations.read(lambda _session: ran.append("fresh")).start(
        operations, lambda _none: None
    )
    held.let_go()
    qtbot.waitUntil(lambda: bool(ran))
    assert ran == ["fresh"]


def test_a_thread_that_computes_lets_the_window_go_on_soon(
    operations: Operations,
) -> None:
    assert operations.desk is not None
    assert sys.getswitchinterval() <= 0.001
