"""An index that `verify` finds stale is mended by hand, an earlier one on opening."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from desktop.cli.program import main
from desktop.store.migrating import INDEX_SINCE, prepare
from desktop.store.search import index_words
from tests.small_house import SmallHouse

EARLIER = INDEX_SINCE - 1


def test_a_stale_index_is_named_and_mended(
    small_house: SmallHouse, workspace_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    request = small_house.raised()
    small_house.run(lambda work: index_words(work.session, [(request, "other words")]))
    small_house.desk.close()
    workspace = ["--workspace", str(workspace_path)]

    assert main(["verify", *workspace]) == 1
    assert "LR-0001, request_search" in capsys.readouterr().out
    assert main(["reindex", *workspace]) == 0
    assert capsys.readouterr().out == "1 request is found by its words\n"
    assert main(["verify", *workspace]) == 0


def test_an_index_of_an_earlier_program_is_made_anew_on_opening(
    small_house: SmallHouse, workspace_path: Path
) -> None:
    request = small_house.raised("Извод")
    small_house.run(lambda work: index_words(work.session, [(request, "извод")]))
    small_house.desk.close()
    with closing(sqlite3.connect(workspace_path)) as connection, connection:
        connection.execute(f"UPDATE alembic_version SET version_num = '{EARLIER:04}'")
        connection.execute(f"PRAGMA user_version={EARLIER}")
    prepare(workspace_path, small_house.instant)
    assert main(["verify", "--workspace", str(workspace_path)]) == 0
