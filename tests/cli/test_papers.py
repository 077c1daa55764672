"""Every paper of a session from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest
from pypdf import PdfReader

from desktop.cli.program import main
from desktop.use_cases.meetings import plan_session
from desktop.use_cases.sitting import end_session
from tests.queries.test_agenda import a_series, lived_in
from tests.reports.pages import text_of
from tests.small_house import SmallHouse
from tests.use_cases.sittings import begun


@pytest.fixture
def command(small_house: SmallHouse, workspace_path: Path, tmp_path: Path):
    """Give a way to print a paper of the day of the house's series."""

    def printed(paper: str, day: str = "2026-11-16", *more: str) -> tuple[int, Path]:
        out = tmp_path / f"{paper}.pdf"
        between = ("--between", "Central counter", "Land registry")
        status = main(
            [
                *("agenda", "--workspace", str(workspace_path), *between),
                *("--on", day, "--paper", paper, "--out", str(out), *more),
            ]
        )
        return status, out

    return printed


def test_a_session_nobody_planned_is_told_as_its_series_would_hold_it(
    small_house, command
):
    lived_in(small_house)
    small_house.me("Marko Ivić")
    a_series(small_house)
    status, out = command("agenda")
    assert status == 0
    words = text_of(out.read_bytes())
    assert "Room 2.14" in words
    assert "Marko Ivić" in words
    status, out = command("agenda", "2026-11-17")  # the rule has no session that day
    assert status == 0
    assert "Room 2.14" in text_of(out.read_bytes())


def test_units_without_a_series_still_get_their_two_weeks(small_house, command):
    lived_in(small_house)
    status, out = command("short")
    assert status == 0
    assert "Central counter – Land registry" in text_of(out.read_bytes())
    assert len(PdfReader(out).pages) == 1


@pytest.mark.parametrize(
    ("paper", "words"),
    [
        ("agenda", "Agenda of session 1"),
        ("short", "short form"),
        ("chair", "chair’s copy"),
        ("slips", "Action slips"),
        ("minutes", "Minutes of session 1"),
        ("register", "Action register"),
        ("book", "Minutes book"),
    ],
)
def test_each_paper_is_printed_on_the_sheet_asked_for(
    small_house, command, paper, words
):
    meeting = begun(small_house)
    small_house.later(minutes=30)
    small_house.run(end_session, meeting)
    status, out = command(paper, "2026-11-16", "--size", "Letter", "--grey")
    assert status == 0
    assert words in text_of(out.read_bytes())
    assert PdfReader(out).pages[0].mediabox.width == 612


def test_minutes_of_a_session_not_held_are_refused_in_words(
    small_house, command, capsys
):
    lived_in(small_house)
    small_house.me("Marko Ivić")
    small_house.run(plan_session, a_series(small_house))
    status, out = command("minutes")
    assert status == 1
    assert "There are no minutes of a session on that day." in capsys.readouterr().err
    assert not out.exists()
