"""`counterpart sweep` makes what is due and says how much."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.cli.program import main
from tests.small_house import SmallHouse


def test_a_sweep_says_how_many_notices_it_made(
    small_house: SmallHouse, workspace_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    small_house.raised()
    small_house.desk.close()
    # By the wall clock nothing of the standing house is new, or all is yet to come.
    assert main(["sweep", "--workspace", str(workspace_path)]) == 0
    assert capsys.readouterr().out == "0 notices made\n"
