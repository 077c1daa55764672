"""The hostile house: traps as the program would have kept them, and sound."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import select, update

from desktop.assembly import open_desk
from desktop.config import Config
from desktop.demo.hostile import LINES, TEXTS
from desktop.demo.hostile_words import hostile_line, hostile_text
from desktop.desk import Desk
from desktop.domain.errors import Conflict
from desktop.domain.text import BODY_CAP, clean
from desktop.entities.base import Base
from desktop.entities.journal import JournalEntry
from desktop.queries.search import find_requests
from desktop.store.verification import verify
from ui.screenshots.taking import AT


@pytest.fixture(scope="module")
def house(hostile_house: Path) -> Iterator[Desk]:
    """Give a desk in the hostile house, to read."""
    desk = open_desk(Config(str(hostile_house), lambda: AT))
    yield desk
    desk.close()


def test_it_is_as_its_journal_says(house: Desk) -> None:
    found = house.read(verify)
    assert found.checked > 500
    assert found.is_sound, found.differences[:3]


def test_every_text_is_one_the_program_would_keep(house: Desk) -> None:
    with house.store.reading() as session:
        for name in LINES.keys() | TEXTS.keys():
            table = Base.metadata.tables[name]
            caps = {
                **LINES.get(name, {}),
                **dict.fromkeys(TEXTS.get(name, ()), BODY_CAP),
            }
            for row in session.execute(select(*(table.c[one] for one in caps))):
                for value, (column, cap) in zip(row, caps.items(), strict=True):
                    where = f"{name}.{column}: {value!r}"
                    assert len(value or "") <= cap, where
                    assert clean(value or "") == (value or ""), where


def test_what_it_was_called_still_finds_it(house: Desk) -> None:
    assert len(house.read(find_requests, "wall")) > 5


def test_its_journal_is_closed_again(house: Desk) -> None:
    with pytest.raises(Conflict) as refused, house.store.work(None) as (work, _):
        work.session.execute(update(JournalEntry).values(text="x"))
    assert "append-only" in str(refused.value.__cause__)


def test_the_demo_itself_has_no_trap(played_demo: Path) -> None:
    with closing(sqlite3.connect(played_demo)) as demo:
        names = [one for (one,) in demo.execute("SELECT name FROM unit")]
    assert "Central counter" in names


def test_the_plain_words_stay_in_the_line_within_its_length() -> None:
    for number in range(60):
        words = f"Plan {number}"
        for cap in (40, 200):
            line = hostile_line(words, cap)
            assert words in line
            assert len(line) <= cap
        assert words in hostile_text(words)
    assert (
        len({hostile_line(f"Plan {one}").replace(str(one), "") for one in range(60)})
        > 8
    )
