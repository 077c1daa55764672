"""Bringing a history in through the window: preview, import, again, bad, stopped."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop.queries.search import find_requests
from tests.exchange.exports import EVENTS, HOUSE, MAPPING, REQUESTS, written
from ui.context import Context
from ui.house.actions import IMPORT
from ui.house.import_dialog import ImportDialog
from ui.house.source_picker import FROM_FILE, SourcePicker
from ui.house.words import Stopped
from ui.program import Program, Wishes


@pytest.fixture
def program(launch, city: Path, qtbot) -> Program:
    """Give the city's window with its coordinator at the desk."""
    made = launch(Wishes(str(city), person="vesna"))
    qtbot.waitUntil(lambda: made.context is not None)
    return made


@pytest.fixture
def context(program: Program) -> Context:
    assert program.context is not None
    return program.context


@pytest.fixture
def sources(tmp_path: Path) -> tuple[Path, Path]:
    """Give the files of a mapping and a house that the small exports fit."""
    mapping, house = tmp_path / "m.toml", tmp_path / "h.toml"
    mapping.write_text(MAPPING, encoding="utf-8")
    house.write_text(HOUSE, encoding="utf-8")
    return mapping, house


@pytest.fixture
def dialog(program: Program, context: Context, window, sources, qtbot) -> ImportDialog:
    """Give the dialog, opened from the palette's action, with mapping and house."""
    assert context.actions.run(IMPORT)
    made = window.findChild(ImportDialog)
    from_file(made.choosing.mapping, sources[0])
    from_file(made.choosing.house, sources[1])
    choosing = made.choosing
    qtbot.waitUntil(
        lambda: choosing.mapping.value is not None and choosing.house.value is not None
    )
    return made


def from_file(picker: SourcePicker, path: Path) -> None:
    picker.choose_preset(FROM_FILE)
    picker.file.set_path(path)


def choose(dialog: ImportDialog, folder: Path, requests=REQUESTS, events=EVENTS):
    files = written(folder, requests, events)
    dialog.choosing.requests.line.setText(str(files.requests))
    dialog.choosing.events.line.setText(str(files.events))


def press(dialog: ImportDialog, qtbot) -> None:
    qtbot.mouseClick(dialog.submit_button, Qt.MouseButton.LeftButton)


def preview(dialog: ImportDialog, qtbot) -> None:
    press(dialog, qtbot)
    qtbot.waitUntil(lambda: dialog.leaves.currentWidget() is dialog.preview)


def bring_in(dialog: ImportDialog, qtbot) -> None:
    press(dialog, qtbot)
    qtbot.waitUntil(lambda: dialog.leaves.currentWidget() is dialog.done_leaf)


def found(program: Program, words: str) -> int:
    return len(program.opened.desk.read(find_requests, words))


def test_only_those_who_may_import_find_it_in_the_palette(launch, city, qtbot) -> None:
    program = launch(Wishes(str(city), person="vesna"))
    qtbot.waitUntil(lambda: program.context is not None)
    actions = program.context.actions
    assert IMPORT in [action.id for action in actions.possible()]
    clerk = next(one for one in program.opened.people if "clerk" in one.roles)
    program.sign_in(clerk.id)
    assert IMPORT not in [action.id for action in actions.possible()]


def test_nothing_chosen_is_said_beside_the_buttons(dialog, qtbot) -> None:
    press(dialog, qtbot)
    assert dialog.problem() == "Choose the file with the requests."
    dialog.choosing.requests.line.setText("r.csv")
    assert dialog.problem() == ""
    press(dialog, qtbot)
    assert dialog.problem() == "Choose the file with the events."


def test_the_preview_says_what_would_be_made_and_makes_nothing(
    dialog, program, context, tmp_path: Path, qtbot
) -> None:
    choose(dialog, tmp_path)
    preview(dialog, qtbot)
    words = dialog.preview.words()
    assert words["Requests"] == "3"
    assert words["Events"] == "14"
    assert words["Units"] == "3: Desk, Keys, Registry"
    assert words["Period"] == "Mon 2 May 2016 to Sun 8 May 2016"
    assert dialog.submit_button.words() == "Import 3 requests"
    assert found(program, "A-1") == 0


def test_what_is_imported_is_there_and_a_second_time_makes_nothing(
    dialog, program, context, tmp_path: Path, qtbot
) -> None:
    choose(dialog, tmp_path)
    preview(dialog, qtbot)
    heard: list[object] = []
    context.operations.changed.connect(lambda changes, _who: heard.append(changes))
    bring_in(dialog, qtbot)
    assert dialog.done_leaf.verdict.text() == "3 requests were brought in."
    assert found(program, "A-1") == 1
    assert any(changes.touches("request") for changes in heard)
    press(dialog, qtbot)
    assert not dialog.isVisible()
    again = ImportDialog(context, program.window)
    again.open()
    from_file(again.choosing.mapping, tmp_path / "m.toml")
    from_file(again.choosing.house, tmp_path / "h.toml")
    choose(again, tmp_path)
    qtbot.waitUntil(lambda: again.choosing.plan() is not None)
    preview(again, qtbot)
    bring_in(again, qtbot)
    told = again.done_leaf.verdict.text()
    assert told == "Nothing was made: all 3 requests were here already."


def test_a_bad_row_is_named_with_its_place_and_left_out(
    dialog, program, tmp_path: Path, qtbot
) -> None:
    bad = [EVENTS[0].replace("2016-05-02T09:00", "yesterday"), *EVENTS[1:]]
    choose(dialog, tmp_path, events=bad)
    preview(dialog, qtbot)
    (problem,) = dialog.preview.problems.problems()
    assert problem.place() == "events.csv:2:at"
    bring_in(dialog, qtbot)
    assert [one.place() for one in dialog.done_leaf.problems.problems()] == [
        "events.csv:2:at"
    ]
    assert found(program, "A-1") == 1


def test_a_bad_row_stops_the_import_when_asked(
    dialog, program, tmp_path: Path, qtbot
) -> None:
    bad = [EVENTS[0].replace("2016-05-02T09:00", "yesterday"), *EVENTS[1:]]
    choose(dialog, tmp_path, events=bad)
    dialog.choosing.on_bad.set_value("stop")
    preview(dialog, qtbot)
    assert not dialog.submit_button.isEnabled()
    assert "Bad rows stop this import" in dialog.problem()
    qtbot.mouseClick(dialog.back_button, Qt.MouseButton.LeftButton)
    assert dialog.leaves.currentWidget() is dialog.choosing
    assert dialog.submit_button.isEnabled()


def test_a_file_without_its_columns_is_refused_and_what_was_chosen_stays(
    dialog, tmp_path: Path, qtbot
) -> None:
    choose(dialog, tmp_path)
    path = dialog.choosing.requests.path()
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    press(dialog, qtbot)
    qtbot.waitUntil(lambda: bool(dialog.refused.problems()))
    assert "The column “id” is missing." in dialog.refused.problems()[0].what()
    assert dialog.leaves.currentWidget() is dialog.choosing
    assert dialog.choosing.requests.path() == path


def test_files_that_are_no_csv_or_not_there_are_refused(
    dialog, tmp_path: Path, qtbot
) -> None:
    choose(dialog, tmp_path)
    dialog.choosing.requests.path().write_bytes(b"\xff\xfe\x00\x01" * 9)
    press(dialog, qtbot)
    qtbot.waitUntil(lambda: bool(dialog.refused.problems()))
    assert dialog.refused.problems()[0].code == "not_text"
    dialog.choosing.requests.line.setText(str(tmp_path / "none.csv"))
    assert dialog.refused.problems() == ()
    press(dialog, qtbot)
    qtbot.waitUntil(lambda: bool(dialog.refused.problems()))
    assert dialog.refused.problems()[0].code == "not_found"


def many(number: int) -> tuple[list[str], list[str]]:
    requests = [
        f"B-{at},2016-05-02T09:00,Ana,North,Deeds,Copy,1" for at in range(number)
    ]
    events = [
        f"B-{at},2016-05-02T09:00,active,Desk,?,3,Clerk 1" for at in range(number)
    ]
    return requests, events


def test_an_import_that_is_stopped_leaves_nothing_half_done(
    dialog, program, tmp_path: Path, qtbot
) -> None:
    choose(dialog, tmp_path, *many(5000))
    preview(dialog, qtbot)

    def stop(stage: str, _done: int, _total: int) -> None:
        if stage == "writing":
            qtbot.mouseClick(dialog.cancel_button, Qt.MouseButton.LeftButton)

    # Pressed after the first of ten batches was written.
    dialog.heard.connect(stop)
    press(dialog, qtbot)
    assert dialog.leaves.currentWidget() is dialog.running
    qtbot.waitUntil(
        lambda: dialog.leaves.currentWidget() is dialog.preview, timeout=20_000
    )
    assert dialog.problem() == "Stopped. Nothing was changed."
    assert dialog.isVisible()
    assert dialog.submit_button.words() == "Import 5,000 requests"
    assert found(program, "B-1") == 0


def test_the_window_answers_while_a_history_is_read(
    dialog, tmp_path: Path, qtbot
) -> None:
    choose(dialog, tmp_path, *many(3000))
    told: list[tuple[str, int]] = []
    dialog.heard.connect(lambda stage, done, _total: told.append((stage, done)))
    preview(dialog, qtbot)
    assert ("reading", 500) in told
    assert dialog.preview.words()["Requests"] == "3,000"


def test_stopping_is_a_refusal_of_its_own() -> None:
    assert Stopped().code == "stopped"


def test_the_preset_that_fits_two_files_is_chosen(
    program, context, shared_data: Path, qtbot
) -> None:
    folder = shared_data / "uci498"
    dialog = ImportDialog(context, program.window)
    dialog.open()
    dialog.choosing.house.choose_preset("lipovac")
    dialog.choosing.requests.set_path(folder / "requests.csv.gz")
    dialog.choosing.events.set_path(folder / "events.csv.gz")
    qtbot.waitUntil(lambda: dialog.choosing.house.choice.value() == "uci498")
    assert dialog.choosing.mapping.choice.value() == "uci498"
    dialog.reject()
    assert QApplication.activeModalWidget() is None


def test_a_name_too_long_for_any_disk_is_typed_without_harm(
    dialog: ImportDialog, sources: tuple[Path, Path]
) -> None:
    for picker in (dialog.choosing.events, dialog.choosing.requests):
        picker.line.setText(str(sources[0].with_name("ქ" * 100)))
    assert dialog.choosing.files() is not None
