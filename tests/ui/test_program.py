"""One run: the desk opens behind the shell, a person is seated, refusals are told."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget

from desktop.config import wall_clock
from tests.small_house import SmallHouse
from ui.crash import CrashReporter
from ui.pages import Features
from ui.preferences import Preferences
from ui.program import Program, Wishes
from ui.start import StartActs, StartCase


@dataclass
class Starts:
    """Notes which start screens were asked for, and lets a test act on them."""

    cases: list[StartCase] = field(default_factory=list)
    acts: StartActs | None = None

    def make(self, case: StartCase, acts: StartActs) -> QWidget:
        self.cases.append(case)
        self.acts = acts
        return QWidget()


@pytest.fixture
def starts() -> Starts:
    return Starts()


@pytest.fixture
def launch(window, preferences: Preferences, starts: Starts):
    made: list[Program] = []

    def run(wishes: Wishes) -> Program:
        crash = CrashReporter(lambda: window, None, window)
        features = Features(pages=list, start_screen=starts.make)
        program = Program(window, preferences, crash, wall_clock, wishes, features)
        made.append(program)
        program.start()
        return program

    yield run
    for program in made:
        program.close()


def test_somebody_named_is_seated(
    launch, small_house: SmallHouse, workspace_path: Path, window, qtbot
) -> None:
    program = launch(Wishes(str(workspace_path), person="jelena"))
    qtbot.waitUntil(lambda: program.context is not None)
    assert program.context.me.name == "Jelena Marić"
    assert program.context.workspace_name == "City of Lipovac"
    assert window.is_attached()


def test_without_a_name_one_is_asked_and_then_remembered(
    launch, small_house: SmallHouse, workspace_path: Path, starts: Starts, qtbot
) -> None:
    program = launch(Wishes(str(workspace_path)))
    qtbot.waitUntil(lambda: bool(starts.cases))
    assert starts.cases[0].kind == "who"
    names = [row.name for row in starts.cases[0].people]
    assert "Jelena Marić" in names
    starts.acts.sign_in(small_house.people["Jelena Marić"])
    assert program.context.me.name == "Jelena Marić"
    again = launch(Wishes(str(workspace_path)))
    qtbot.waitUntil(lambda: again.context is not None)
    assert again.context.me.name == "Jelena Marić"


def test_changing_person_leaves_the_desk_first(
    launch, small_house: SmallHouse, workspace_path: Path, starts, window, qtbot
) -> None:
    program = launch(Wishes(str(workspace_path), person="jelena"))
    qtbot.waitUntil(lambda: program.context is not None)
    window.change_person.emit()
    assert starts.cases[-1].kind == "who"
    assert not window.is_attached()


def test_a_name_nobody_has_is_said(
    launch, small_house: SmallHouse, workspace_path: Path, starts, window, qtbot
) -> None:
    launch(Wishes(str(workspace_path), person="Nobody Known"))
    qtbot.waitUntil(lambda: bool(starts.cases))
    assert window.banners.words() == ["Nobody here is called Nobody Known."]


def test_a_file_that_is_no_workspace_is_named_and_untouched(
    launch, tmp_path: Path, starts: Starts, qtbot
) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("Dear Sir " * 40, encoding="utf-8")
    launch(Wishes(str(path)))
    qtbot.waitUntil(lambda: bool(starts.cases))
    assert starts.cases[0].kind == "refused"
    assert starts.cases[0].workspace == str(path)
    assert path.read_text(encoding="utf-8") == "Dear Sir " * 40


def test_the_first_start_asks_how_to_begin(
    launch, tmp_path: Path, starts: Starts, monkeypatch, qtbot
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    launch(Wishes())
    qtbot.waitUntil(lambda: bool(starts.cases))
    assert starts.cases[0].kind == "first"


def test_a_workspace_that_went_away_is_named(
    launch, tmp_path: Path, starts: Starts, preferences, qtbot
) -> None:
    gone = str(tmp_path / "none.counterpart")
    preferences.set_value("workspace.last", gone)
    launch(Wishes())
    qtbot.waitUntil(lambda: bool(starts.cases))
    assert (starts.cases[0].kind, starts.cases[0].workspace) == ("refused", gone)


def test_another_workspace_can_be_opened_from_a_refusal(
    launch, small_house, workspace_path: Path, tmp_path: Path, starts, qtbot
) -> None:
    launch(Wishes(str(tmp_path / "gone.counterpart")))
    qtbot.waitUntil(lambda: bool(starts.cases))
    starts.acts.open_workspace(str(workspace_path))
    qtbot.waitUntil(lambda: len(starts.cases) == 2)
    assert starts.cases[1].kind == "who"
