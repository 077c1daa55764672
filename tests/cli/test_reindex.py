"""`counterpart reindex` mends an index that `verify` found stale."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.cli.program import main
from desktop.store.search import index_words
from tests.small_house import SmallHouse


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
