"""Operations: off the GUI thread and back, in order, and only to those who listen."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject

from desktop.domain.errors import Conflict, Refusal
from desktop.entities.units import Unit
from desktop.queries.lookups import units
from tests.small_house import SmallHouse
from ui.operations import Courier, Operations


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
