"""The service-desk log in a workspace gives the evidence its files give."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.candidates import candidates
from desktop.domain.evidence import PairEvidence, pair_evidence, tally_data
from desktop.entities.units import Unit
from desktop.exchange.history_source import HistoryFiles
from desktop.exchange.house_file import read_house
from desktop.exchange.mapping import read_mapping
from desktop.queries.evidence import agenda_evidence
from desktop.store.engine import make_engine, reading, sqlite_url, writing
from desktop.store.migrating import create_workspace
from desktop.store.unit_of_work import Store, UnitOfWork
from desktop.use_cases.imports import import_history
from tests.domain import desk_log

PRESETS = Path(__file__).resolve().parents[2] / "resources" / "presets"


@pytest.fixture(scope="module")
def imported(
    shared_data: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Store]:
    """Import two whole weeks' worth of the pair's requests by the preset's rules."""
    folder = tmp_path_factory.mktemp("log")
    files = desk_log.extract(shared_data, folder)
    path = folder / "log.counterpart"
    create_workspace(path)
    store = Store(make_engine(sqlite_url(path)), lambda: desk_log.PERIOD.as_at)
    with Session(writing(store.engine)) as session:
        import_history(
            UnitOfWork(session, desk_log.PERIOD.as_at, None, store.cache),
            HistoryFiles(*files),
            read_mapping(PRESETS / "uci498.mapping.toml"),
            read_house(PRESETS / "uci498.house.toml"),
        )
        session.commit()
    yield store
    store.engine.dispose()


@pytest.fixture(scope="module")
def evidence(imported: Store) -> PairEvidence:
    """Make the evidence of the desk and Group 20 from the workspace."""
    with Session(reading(imported.engine)) as session:
        units = {name: key for key, name in session.execute(select(Unit.id, Unit.name))}
        return agenda_evidence(
            session,
            front_unit_id=units["Group 70"],
            back_unit_id=units["Group 20"],
            period=desk_log.PERIOD,
        )


@pytest.fixture(scope="module")
def straight(shared_data: Path) -> PairEvidence:
    """Make the same straight from the files."""
    return pair_evidence(desk_log.cases(shared_data), desk_log.pair(), desk_log.PERIOD)


def test_every_figure_of_both_periods_is_the_same(evidence, straight):
    assert tally_data(evidence.now) == tally_data(straight.now)
    assert tally_data(evidence.before) == tally_data(straight.before)


def test_the_sections_are_the_same(evidence, straight):
    assert evidence.scorecard == straight.scorecard
    assert evidence.summary == straight.summary
    assert evidence.agreement.rows == straight.agreement.rows
    assert [(row.holder, row.open) for row in evidence.ball.rows] == [
        (row.holder, row.open) for row in straight.ball.rows
    ]


def test_the_rows_are_the_same(evidence, straight):
    def told(found):
        return [
            (row.reference, row.late_s, row.cause, row.holder, row.place)
            for row in found.broken.rows
        ]

    assert told(evidence) == told(straight)
    assert evidence.near.near == straight.near.near
    assert [row.due_at for row in evidence.near.rows] == [
        row.due_at for row in straight.near.rows
    ]


def test_the_candidates_are_found(evidence):
    rules = {one.rule for one in candidates(evidence)}
    assert {"broken", "near", "ball", "pattern", "returns", "agreement_missed"} <= rules
