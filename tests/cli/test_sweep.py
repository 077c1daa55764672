"""`counterpart sweep` makes what is due, says how much, and does nothing twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.cli.program import main
from desktop.config import wall_clock
from desktop.use_cases.requests import ask, take
from tests.small_house import SmallHouse


def test_a_sweep_says_how_many_notices_it_made(
    small_house: SmallHouse, workspace_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    small_house.instant = wall_clock()
    request = small_house.raised()
    small_house.me("Dušan Kovač").run(take, request)
    small_house.run(ask, request, "Which parcel?")
    small_house.desk.close()
    for said in ("1 notice made\n", "0 notices made\n"):
        assert main(["sweep", "--workspace", str(workspace_path)]) == 0
        assert capsys.readouterr().out == said
