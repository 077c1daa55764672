"""Every command on a small export: in, again, figures, paper, checks, copies."""

from __future__ import annotations

import io
import json
import os
import resource
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from pypdf import PdfReader

from desktop.cli import main
from desktop.store.engine import opened
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


def refuse_long_files(longest: int) -> AbstractContextManager[None]:
    """Have the system refuse files of more bytes, as a full disk does."""

    @contextmanager
    def limited() -> Iterator[None]:
        usual = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (longest, usual[1]))
        try:
            yield
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, usual)

    return limited()


def test_what_a_full_disk_does_not_take_is_said_and_nothing_is_left(
    run: Run, imported, tmp_path: Path
) -> None:
    folder = tmp_path / "full"
    commands = (
        ("backup", folder / "copy.backup"),
        ("new", "lipovac", "--workspace", folder / "new.counterpart"),
        (*imported, "--workspace", folder / "log.counterpart"),
        ("proof", "A-1", "--out", folder / "proof.pdf"),
        ("sheet", "A-1", "--out", folder / "sheet.pdf"),
    )
    for command in commands:
        with refuse_long_files(10_000):
            status, told, complained = run(*command)
        assert (status, told) == (1, "")
        assert complained.endswith(".\n")
        assert complained.count("\n") == 1
        assert list(folder.iterdir()) == []


def test_a_place_that_takes_no_file_is_named(
    run: Run, imported, tmp_path: Path
) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear Sir", encoding="utf-8")
    for command in (
        ("backup", letter / "copy.backup"),
        ("proof", "A-1", "--out", letter / "proof.pdf"),
        ("proof", "A-1", "--out", tmp_path),
        ("sheet", "A-1", "--out", letter / "sheet.pdf"),
    ):
        status, _told, complained = run(*command)
        assert status == 1
        assert str(tmp_path) in complained
        assert complained.count("\n") == 1


@pytest.mark.parametrize(
    "address",
    ["://", "foo://bar", "mysql://desk/lipovac", "sqlite://"],
)
def test_what_is_no_address_is_refused_plainly(
    run: Run, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setenv("COUNTERPART_WORKSPACE", address)
    status, _told, complained = run("verify")
    assert status == 1
    assert complained.startswith("This is no address of a workspace.")


def test_a_server_that_does_not_answer_is_told_of(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    address = f"postgresql:///desk?host={tmp_path}"
    monkeypatch.setenv("COUNTERPART_WORKSPACE", address)
    status, _told, complained = run("verify")
    assert status == 1
    assert complained.startswith("The server does not answer")


def test_a_workspace_is_not_copied_onto_itself(
    run: Run, imported, workspace: Path, tmp_path: Path
) -> None:
    before = workspace.stat()
    link = tmp_path / "other name.counterpart"
    link.symlink_to(workspace)
    for target in (workspace, link):
        assert run("backup", target, "--overwrite")[0] == 1
    assert workspace.stat().st_ino == before.st_ino


def test_a_file_whose_name_is_no_text_is_told_of(
    run: Run, imported, workspace: Path
) -> None:
    odd = workspace.with_name(os.fsdecode(b"\xff.counterpart"))
    workspace.rename(odd)
    status, _told, complained = run("verify", "--workspace", odd)
    assert status == 1
    assert "Rename the file" in complained


def test_a_file_may_have_any_name_that_is_text(
    run: Run, imported, workspace: Path
) -> None:
    odd = workspace.with_name("a?b=1&c#d %41.counterpart")
    workspace.rename(odd)
    assert run("verify", "--workspace", odd)[0] == 0
    assert run("verify", "--workspace", f"/{odd}")[0] == 0


def test_damage_in_the_file_is_found_where_the_figures_are_right(
    run: Run, imported, workspace: Path
) -> None:
    content = workspace.read_bytes()
    place = content.index(b"Usual")
    workspace.write_bytes(content[:place] + b"Ususl" + content[place + 5 :])
    assert run("verify")[0] == 0
    with opened(workspace) as connection:
        connection.execute("PRAGMA writable_schema=ON")
        connection.execute("UPDATE sqlite_schema SET rootpage = 2 WHERE rootpage = 3")
    status, told, complained = run("verify")
    assert status == 1
    assert "damaged" in told + complained


def test_an_import_that_is_refused_leaves_no_workspace(
    run: Run, imported, workspace: Path
) -> None:
    elsewhere = workspace.with_name("new.counterpart")
    requests = imported[imported.index("--requests") + 1]
    assert isinstance(requests, Path)
    requests.write_bytes(b"\xff\xfe")
    assert run(*imported, "--workspace", elsewhere)[0] == 1
    assert not elsewhere.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        ("--on", "9999-12-31"),
        ("--on", "0001-01-01"),
        ("--minutes", "-5"),
        ("--minutes", "0"),
        ("--at", "10:00+05:00"),
    ],
)
def test_a_session_that_cannot_be_is_misuse(
    run: Run, imported, tmp_path: Path, wrong: tuple[str, str]
) -> None:
    paper = tmp_path / "agenda.pdf"
    with pytest.raises(SystemExit) as ended:
        run(
            *("agenda", "--between", "Desk", "Registry", "--on", "2016-05-16"),
            *("--out", paper, *wrong),
        )
    assert ended.value.code == 2
    assert not paper.exists()


def test_a_session_is_between_a_front_and_a_back_unit(
    run: Run, imported, tmp_path: Path
) -> None:
    for front, back in (("Registry", "Desk"), ("Desk", "Desk")):
        status, _told, complained = run(
            *("agenda", "--between", front, back, "--on", "2016-05-16"),
            *("--out", tmp_path / "agenda.pdf"),
        )
        assert status == 1
        assert "There is no unit" in complained


def test_a_request_is_proved_by_its_very_reference(
    run: Run, imported, tmp_path: Path
) -> None:
    requests = imported[imported.index("--requests") + 1]
    events = imported[imported.index("--events") + 1]
    for path in (requests, events):
        assert isinstance(path, Path)
        path.write_bytes(path.read_bytes().replace(b"A-1", b"a-1"))
    elsewhere = tmp_path / "small letters.counterpart"
    assert run(*imported, "--workspace", elsewhere)[0] == 0
    proof = ("proof", "a-1", "--out", tmp_path / "p.pdf", "--workspace", elsewhere)
    assert run(*proof)[0] == 0


def test_a_terminal_without_the_letters_still_gets_the_figures(
    imported, monkeypatch: pytest.MonkeyPatch
) -> None:
    narrow = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    monkeypatch.setattr(sys, "stdout", narrow)
    assert main(["report", "turnaround"]) == 0
