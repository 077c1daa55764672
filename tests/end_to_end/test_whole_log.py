"""The published log of 24,918 requests: in by two files, out as figures and paper."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from tests.conftest import ROOT

AGENDA_IN_S = 5.0
WORST = {
    "INC0020505": 115.8,
    "INC0022627": 111.7,
    "INC0023826": 100.0,
    "INC0024814": 96.7,
    "INC0023642": 96.6,
    "INC0025028": 91.9,
    "INC0024950": 88.7,
    "INC0024305": 87.2,
    "INC0022730": 75.4,
    "INC0023670": 72.0,
}
"""The ten worst of 2 to 15 May, and the hours used, as counted by another program."""


class Terminal:
    """Runs the program's commands on one workspace, in processes of their own."""

    def __init__(self, workspace: Path) -> None:
        self.workspace = workspace

    def run(self, *arguments: object) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "COUNTERPART_WORKSPACE": str(self.workspace)}
        command = [sys.executable, "main.py", *map(str, arguments)]
        done = subprocess.run(
            command, cwd=ROOT, env=environment, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
        return done


@pytest.fixture(scope="module")
def terminal(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Terminal:
    """Import the whole log by nothing but its two files."""
    made = Terminal(tmp_path_factory.mktemp("log") / "log.counterpart")
    log = shared_data / "uci498"
    files = ("--requests", log / "requests.csv.gz", "--events", log / "events.csv.gz")
    told = made.run("import", "history", *files)
    assert told.stdout.startswith("24,918 requests with 166,629 journal entries")
    return made


@pytest.fixture(scope="module")
def agenda(terminal: Terminal) -> tuple[dict[str, Any], Path, float]:
    """Print the session of 16 May; gives figures, paper, and the seconds it took."""
    folder = terminal.workspace.parent
    begun = time.perf_counter()
    terminal.run(
        *("agenda", "--between", "Group 70", "Group 20", "--on", "2016-05-16"),
        *("--out", folder / "agenda.pdf", "--evidence", folder / "evidence.json"),
    )
    took = time.perf_counter() - begun
    figures = json.loads((folder / "evidence.json").read_text(encoding="utf-8"))
    return figures, folder / "agenda.pdf", took


def words_of(path: Path, pages: Sequence[int] | None = None) -> str:
    reader = PdfReader(path)
    chosen = reader.pages if pages is None else [reader.pages[one] for one in pages]
    return " ".join(" ".join(page.extract_text() for page in chosen).split())


def test_turnaround_is_what_the_facts_of_the_log_say(terminal: Terminal) -> None:
    report = json.loads(terminal.run("report", "turnaround", "--json").stdout)
    overall = report["overall"]
    assert overall["n"] == 24_918
    assert overall["median_h"] == pytest.approx(16.1, abs=0.05)
    assert overall["p90_h"] == pytest.approx(361, abs=0.5)
    assert 45.5 <= overall["reassigned_pct"] <= 45.6
    assert overall["reopened_pct"] == pytest.approx(1.1, abs=0.05)
    assert overall["waited_customer_pct"] == pytest.approx(22.0, abs=0.05)
    desk = next(row for row in report["units"] if row["unit"] == "Group 70")
    assert desk["n"] == 11_041


def test_the_agenda_is_printed_in_time(
    agenda: tuple[dict[str, Any], Path, float],
) -> None:
    assert agenda[2] < AGENDA_IN_S


def test_the_figures_of_the_session_are_those_counted_elsewhere(
    agenda: tuple[dict[str, Any], Path, float],
) -> None:
    now, before = agenda[0]["now"], agenda[0]["before"]
    wanted = {
        "broken": (56, 16),
        "kept": (57, 59),
        "sent": (117, 76),
        "resolved": (71, 74),
        "open": (80, 34),
        "open_at_back": (53, 18),
        "broken_open": (45, 8),
        "answers": (65, 45),
    }
    assert {name: (now[name], before[name]) for name in wanted} == wanted


def test_the_ten_worst_are_those_counted_elsewhere(
    agenda: tuple[dict[str, Any], Path, float],
) -> None:
    rows = agenda[0]["broken"]["rows"]
    used = {row["reference"]: round(row["back_s"] / 3600, 1) for row in rows}
    assert used == pytest.approx(WORST, abs=0.051)
    assert list(used) == list(WORST)


def test_the_paper_says_what_the_figures_say(
    agenda: tuple[dict[str, Any], Path, float],
) -> None:
    words = words_of(agenda[1])
    assert "56 broken, 45 of them still open" in words
    assert "117 sent, 71 resolved; 34 open became 80, 53 of them at Group 20" in words
    for reference in WORST:
        assert reference in words


def test_a_due_time_is_proved_line_by_line(terminal: Terminal) -> None:
    path = terminal.workspace.parent / "proof.pdf"
    as_at = "2016-05-16T08:00-03:00"
    terminal.run("proof", "INC0023670", "--as-at", as_at, "--out", path)
    words = words_of(path)
    for figure in ("Thu 5 May 08:33", "Fri 29 Apr 17:34", "71:57", "116:26"):
        assert figure in words


def test_every_figure_follows_from_the_journal(terminal: Terminal) -> None:
    told = terminal.run("verify").stdout
    assert "24,918 requests and 166,629 journal entries: 0 differences" in told
