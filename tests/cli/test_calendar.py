"""`counterpart calendar` writes files calendars take; `sweep` plans ahead."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.cli.program import main
from desktop.config import wall_clock
from desktop.use_cases.meeting_series import create_series
from desktop.use_cases.sessions_moving import cancel_session
from tests.small_house import SmallHouse
from tests.use_cases.series import sessions, wanted


@pytest.fixture
def command(workspace_path: Path, tmp_path: Path):
    """Give a way to write a calendar file of two units' sessions."""
    out = tmp_path / "made.ics"

    def write(*more: str) -> tuple[int, str]:
        between = ("--between", "Central counter", "Land registry")
        place = ("--workspace", str(workspace_path), "--out", str(out))
        status = main(["calendar", *place, *between, *more])
        return status, out.read_text("utf-8") if out.exists() else ""

    return write


def test_a_session_and_a_whole_series_are_written(small_house, command):
    made = small_house.run(create_series, wanted(small_house))
    first = sessions(small_house, made)[0]
    status, told = command("--on", "2026-11-17")
    assert status == 0
    assert f"UID:{first.key}@counterpart" in told
    small_house.run(cancel_session, first.id, "Strike")
    status, told = command("--on", "2026-11-17")
    assert "METHOD:CANCEL" in told
    assert "SEQUENCE:1" in told
    status, told = command()
    assert status == 0
    assert "EXDATE;TZID=Europe/Belgrade:20261117T093000" in told


def test_units_or_days_without_sessions_are_told(small_house, command, capsys):
    assert command() == (1, "")
    assert "have no series of sessions here" in capsys.readouterr().err
    small_house.run(create_series, wanted(small_house))
    assert command("--on", "2026-11-18") == (1, "")
    assert "have no session on that day" in capsys.readouterr().err


def test_a_sweep_plans_sessions_ahead(
    small_house: SmallHouse, workspace_path: Path, capsys
):
    made = small_house.run(create_series, wanted(small_house))
    small_house.desk.close()
    assert main(["sweep", "--workspace", str(workspace_path)]) == 0
    first = capsys.readouterr().out
    rows = [one.starts_at for one in sessions(small_house, made)]
    assert sum(at > wall_clock() for at in rows) >= 3
    assert main(["sweep", "--workspace", str(workspace_path)]) == 0
    assert "planned" not in capsys.readouterr().out
    assert first.startswith("0 notices made")
