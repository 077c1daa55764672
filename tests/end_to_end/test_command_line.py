"""Every command on a small export: in, again, figures, paper, checks, copies."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfReader

from desktop.cli import main
from tests.exchange.exports import HOUSE, MAPPING, written

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Name a workspace that is not there yet, as the user would."""
    path = tmp_path / "small.counterpart"
    monkeypatch.setenv("COUNTERPART_WORKSPACE", str(path))
    return path


@pytest.fixture
def run(workspace: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Give a way to run a command: its status, what it said, what it complained of."""

    def command(*arguments: object) -> tuple[int, str, str]:
        status = main([str(one) for one in arguments])
        said = capsys.readouterr()
        return status, said.out, said.err

    return command


@pytest.fixture
def imported(run: Run, tmp_path: Path) -> tuple[object, ...]:
    """Import the small export; gives the command that did it."""
    files = written(tmp_path)
    mapping, house = tmp_path / "m.toml", tmp_path / "h.toml"
    mapping.write_text(MAPPING, encoding="utf-8")
    house.write_text(HOUSE, encoding="utf-8")
    command = (
        *("import", "history", "--requests", files.requests, "--events", files.events),
        *("--mapping", mapping, "--house", house),
    )
    status, told, _complained = run(*command)
    assert status == 0
    assert told.startswith("3 requests with ")
    return command


def test_importing_again_makes_nothing_twice(run: Run, imported) -> None:
    assert run(*imported)[:2] == (
        0,
        "Nothing new: 3 requests were there already.\n",
    )


def test_a_preview_makes_nothing(run: Run, imported, workspace: Path) -> None:
    before = workspace.read_bytes()
    status, told, _complained = run(*imported, "--preview")
    assert status == 0
    assert told.startswith("3 requests with 14 events")
    assert workspace.read_bytes() == before


def test_turnaround_comes_as_table_and_as_data(run: Run, imported) -> None:
    report = json.loads(run("report", "turnaround", "--json")[1])
    assert report["overall"]["n"] == 3
    assert report["overall"]["resolved"] == 2
    status, table, _complained = run("report", "turnaround")
    assert status == 0
    assert "Registry" in table


def test_an_agenda_is_printed_with_the_figures_behind_it(
    run: Run, imported, tmp_path: Path
) -> None:
    paper, figures = tmp_path / "agenda.pdf", tmp_path / "figures.json"
    status, told, _complained = run(
        *("agenda", "--between", "Desk", "Registry", "--on", "2016-05-16"),
        *("--out", paper, "--evidence", figures),
    )
    assert (status, told) == (0, f"{paper}\n")
    assert "Desk – Registry" in PdfReader(paper).pages[0].extract_text()
    assert json.loads(figures.read_text(encoding="utf-8"))["front"] == "Desk"


def test_a_unit_nobody_knows_is_named_with_those_there_are(
    run: Run, imported, tmp_path: Path
) -> None:
    paper = tmp_path / "agenda.pdf"
    status, _told, complained = run(
        *("agenda", "--between", "Desk", "Nobody", "--on", "2016-05-16"),
        *("--out", paper),
    )
    assert status == 1
    assert "Nobody" in complained
    assert "Registry" in complained
    assert not paper.exists()


def test_a_due_time_is_proved_on_paper(run: Run, imported, tmp_path: Path) -> None:
    paper = tmp_path / "proof.pdf"
    status, _told, _complained = run(
        *("proof", "A-1", "--as-at", "2016-05-16T08:00+02:00", "--out", paper)
    )
    assert status == 0
    assert "A-1" in PdfReader(paper).pages[0].extract_text()


def test_an_instant_without_a_zone_is_refused(
    run: Run, imported, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        run("proof", "A-1", "--as-at", "2016-05-16T08:00", "--out", tmp_path / "p.pdf")
    assert ended.value.code == 2
    assert "has no zone" in capsys.readouterr().err


def test_what_was_imported_follows_from_its_journal(run: Run, imported) -> None:
    status, told, _complained = run("verify")
    assert status == 0
    assert told.endswith("0 differences\n")


def test_a_backup_comes_back_whole(
    run: Run, imported, workspace: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.counterpart"
    status, told, _complained = run("backup", copy)
    assert status == 0
    assert "copied and checked" in told
    workspace.write_bytes(b"")
    status, told, _complained = run("restore", copy)
    assert status == 0
    assert "rows are back" in told
    assert json.loads(run("report", "turnaround", "--json")[1])["overall"]["n"] == 3


def test_a_backup_is_not_written_over_another(
    run: Run, imported, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.counterpart"
    copy.write_bytes(b"somebody's letters")
    assert run("backup", copy)[0] == 1
    assert copy.read_bytes() == b"somebody's letters"
    assert run("backup", copy, "--overwrite")[0] == 0


def test_a_workspace_is_started_from_a_preset(run: Run, workspace: Path) -> None:
    status, told, _complained = run("new", "lipovac")
    assert (status, told) == (0, f"City of Lipovac is ready: {workspace}\n")
    assert run("verify")[0] == 0
    status, _told, complained = run("new", "lipovac")
    assert status == 1
    assert str(workspace) in complained


def test_a_file_that_is_no_workspace_is_named_and_left(
    run: Run, workspace: Path
) -> None:
    workspace.write_text("Dear Sir " * 400, encoding="utf-8")
    before = workspace.read_bytes()
    status, _told, complained = run("report", "turnaround")
    assert status == 1
    assert str(workspace) in complained
    assert workspace.read_bytes() == before


def test_columns_no_preset_knows_ask_for_a_mapping(run: Run, tmp_path: Path) -> None:
    files = written(tmp_path)
    status, _told, complained = run(
        *("import", "history", "--requests", files.requests, "--events", files.events)
    )
    assert status == 1
    assert "uci498" in complained


def test_a_house_that_is_refused_leaves_no_workspace(
    run: Run, workspace: Path, tmp_path: Path
) -> None:
    house = tmp_path / "wrong.toml"
    house.write_text(HOUSE.replace('zone = "Europe/Berlin"', 'zone = "Nowhere"', 1))
    status, _told, complained = run("new", house)
    assert status == 1
    assert "Nowhere" in complained
    assert not workspace.exists()


def test_the_address_of_a_server_is_no_file_to_back_up(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("COUNTERPART_WORKSPACE", "postgresql://127.0.0.1/lipovac")
    status, _told, complained = run("backup", tmp_path / "copy.counterpart")
    assert status == 1
    assert "server" in complained
