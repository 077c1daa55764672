"""A query asked in another process: its answer, its refusals, and how it ends."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from desktop.apart import Apart
from desktop.domain.errors import Interrupted, NotFound
from desktop.entities.units import Unit
from tests.small_house import SmallHouse


def names(session: Session, beginning: str) -> tuple[int, list[str]]:
    found = session.scalars(select(Unit.name).where(Unit.name.startswith(beginning)))
    return os.getpid(), sorted(found)


def missing(_session: Session) -> None:
    raise NotFound("not_found", what="unit", id=7)


def forever(session: Session, begun: Path) -> None:
    begun.touch()
    ever = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "
    session.execute(text(ever + "SELECT max(i) FROM n"))


def end_yourself(_session: Session) -> None:
    os._exit(1)


@pytest.fixture
def apart(small_house: SmallHouse) -> Iterator[Apart]:
    url = small_house.desk.store.engine.url.render_as_string(hide_password=False)
    made = Apart(url)
    yield made
    made.close()


def test_another_process_answers_or_refuses_as_this_one_would(
    apart: Apart, small_house: SmallHouse
) -> None:
    process, found = apart.read(names, "")
    assert process != os.getpid()
    assert found == small_house.desk.read(names, "")[1]
    with pytest.raises(NotFound) as refused:
        apart.read(missing)
    assert (refused.value.code, refused.value.details) == (
        "not_found",
        {"what": "unit", "id": 7},
    )
    assert apart.read(names, "no such unit") == (process, [])


def test_a_process_that_ended_is_replaced(apart: Apart) -> None:
    first, _ = apart.read(names, "")
    os.kill(first, signal.SIGKILL)
    second, _ = apart.read(names, "")
    assert second != first
    with pytest.raises(RuntimeError, match="has ended"):
        apart.read(end_yourself)


def test_closing_ends_a_query_that_goes_on(apart: Apart, tmp_path: Path) -> None:
    begun = tmp_path / "begun"
    heard: list[BaseException] = []

    def ask() -> None:
        try:
            apart.read(forever, begun)
        except Interrupted as error:
            heard.append(error)

    asking = threading.Thread(target=ask)
    asking.start()
    while not begun.exists():
        asking.join(0.01)
    apart.close()
    asking.join(20)
    assert not asking.is_alive()
    assert heard
