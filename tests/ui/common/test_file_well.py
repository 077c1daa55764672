"""Files are dropped, pasted and chosen into a well; copies survive until they go."""

from __future__ import annotations

import os
import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog

from desktop.domain.errors import Invalid, Refusal
from desktop.store.engine import sqlite_path
from tests.another_program import is_held
from tests.small_house import SmallHouse
from ui.common.attachments.carrier import Stopped
from ui.common.attachments.staged import StagedFile, StagingFolder
from ui.common.attachments.well import FileWell

PDF = b"%PDF-1.7\nplan"


@pytest.fixture
def folder(tmp_path: Path) -> StagingFolder:
    return StagingFolder(tmp_path / "drafts" / "files")


@pytest.fixture
def well(seat, folder: StagingFolder, qtbot) -> FileWell:
    made = FileWell(seat("Jelena Marić"), folder, most=3)
    qtbot.addWidget(made)
    made.resize(560, 240)
    made.show()
    return made


def dropped(*paths: Path) -> QMimeData:
    """Return what a file manager sends with these files."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return mime


def drop(well: FileWell, mime: QMimeData) -> None:
    """Let go of something over the well."""
    event = QDropEvent(
        QPointF(9, 9),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    well.dropEvent(event)


def test_dropped_files_are_copied_aside_under_a_clean_name(
    well: FileWell, tmp_path: Path, qtbot
) -> None:
    source = tmp_path / "plan\u202efdp.pdf"
    source.write_bytes(PDF)
    with qtbot.waitSignal(well.changed):
        drop(well, dropped(source))
    (staged,) = well.files()
    assert staged.name == "plan\ufffdfdp.pdf"
    assert staged.path.read_bytes() == PDF
    assert staged.path.name == staged.key.hex
    assert staged.path.stat().st_mode & 0o777 == 0o600
    assert staged.path.parent.stat().st_mode & 0o777 == 0o700
    assert source.exists()
    assert well.value() == ["plan\ufffdfdp.pdf"]
    assert not well.is_busy


def test_a_pasted_picture_is_named_after_the_time(well: FileWell, qtbot) -> None:
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    QGuiApplication.clipboard().setImage(image)
    well.button.setFocus()
    with qtbot.waitSignal(well.changed):
        qtbot.keyClick(well, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert well.value() == ["Picture 2026-11-09 08.00.00.png"]
    assert well.files()[0].kind.code == "image"


def test_chosen_files_come_from_the_dialog_and_more_than_fit_are_told(
    well: FileWell, tmp_path: Path, qtbot
) -> None:
    paths = [tmp_path / f"{number}.pdf" for number in range(5)]
    for path in paths:
        path.write_bytes(PDF)
    qtbot.mouseClick(well.button, Qt.MouseButton.LeftButton)
    dialog = well.findChild(QFileDialog)
    assert dialog is not None
    dialog.filesSelected.emit([str(path) for path in paths])
    dialog.reject()
    qtbot.waitUntil(lambda: len(well.files()) == 3)
    assert well.problem_label.text() == "3 files fit here; the others were left out."


def test_what_cannot_be_taken_is_told_and_the_rest_stays(
    well: FileWell, tmp_path: Path, qtbot
) -> None:
    good, empty = tmp_path / "good.pdf", tmp_path / "empty.pdf"
    good.write_bytes(PDF)
    empty.write_bytes(b"")
    drop(well, dropped(empty, good, tmp_path))
    qtbot.waitUntil(lambda: not well.is_busy)
    assert well.value() == ["good.pdf"]
    assert well.problem_label.isVisible()
    first, second = well.problem_label.text().splitlines()
    assert first.startswith("“empty.pdf” is empty")
    assert "is a folder or no file" in second


def test_a_file_left_out_by_the_keyboard_can_be_put_back(
    well: FileWell, tmp_path: Path, window, qtbot
) -> None:
    source = tmp_path / "invoice.pdf"
    source.write_bytes(b"MZ\x90\0\3\0")
    with qtbot.waitSignal(well.changed):
        drop(well, dropped(source))
    (line,) = well.lines()
    assert "Its name says something else: it is Program" in line.accessibleName()
    line.setFocus()
    qtbot.keyClick(line, Qt.Key.Key_Delete)
    assert well.files() == ()
    window.undo_bar.undo()
    assert well.value() == ["invoice.pdf"]
    assert well.files()[0].path.exists()


def test_a_draft_brings_its_files_back(folder: StagingFolder) -> None:
    kept = [folder.take(PDF, "a.pdf", field="plan"), folder.take(PDF, "b.pdf")]
    plain = [one.plain() for one in kept]
    assert folder.restored(plain) == kept
    kept[0].path.write_bytes(b"other")
    assert folder.restored([*plain, {"key": "../../x", "size": 3}]) == [kept[1]]


def test_a_stopped_copy_leaves_nothing(folder: StagingFolder, tmp_path: Path) -> None:
    source = tmp_path / "big.bin"
    source.write_bytes(bytes(3 * 1024**2))
    shares = []

    def told(done: int, total: int) -> None:
        shares.append(done / total)
        if done > 2 * 1024**2 - 1:
            raise Stopped

    with pytest.raises(Stopped):
        folder.take(source, "big.bin", told=told)
    assert shares == [pytest.approx(1 / 3), pytest.approx(2 / 3)]
    assert not folder.folder.exists()


def test_no_copy_follows_a_link_or_takes_the_place_of_another(
    folder: StagingFolder, tmp_path: Path
) -> None:
    key = uuid.uuid4()
    folder.folder.mkdir(parents=True)
    (folder.folder / key.hex).symlink_to(tmp_path / "elsewhere")
    with pytest.raises(Refusal) as refused:
        folder.take(PDF, "a.pdf", key=key)
    assert refused.value.code == "file_not_kept"
    assert not (tmp_path / "elsewhere").exists()


def test_only_what_no_draft_names_and_is_old_is_swept(folder: StagingFolder) -> None:
    mine, other = folder.take(PDF, "a.pdf"), folder.take(PDF, "b.pdf")
    now = datetime.fromtimestamp(other.path.stat().st_mtime, UTC)
    folder.keep_only([mine.key], now, timedelta(days=1))
    assert other.path.exists()
    folder.keep_only([mine.key], now + timedelta(days=2), timedelta(days=1))
    assert mine.path.exists()
    assert not other.path.exists()


def test_a_file_too_large_is_refused_before_it_is_read_whole(
    folder: StagingFolder, tmp_path: Path
) -> None:
    source = tmp_path / "film.mp4"
    with source.open("wb") as file:
        file.truncate(10 * 1024**3)
    with pytest.raises(Invalid) as refused:
        folder.take(source, "film.mp4")
    assert refused.value.code == "file_too_large"
    assert refused.value.details["most"] == 25


def test_a_staged_file_goes_as_attach_takes_it(folder: StagingFolder) -> None:
    staged: StagedFile = folder.take(PDF, "a.pdf", field="plan")
    new = staged.new_file()
    assert (new.name, new.source, new.field) == ("a.pdf", staged.path, "plan")
    assert new.key == staged.key
    folder.forget([staged])
    assert not staged.path.exists()


def test_the_open_workspace_is_refused_before_anybody_looks_into_it(
    well: FileWell, small_house: SmallHouse, tmp_path: Path, qtbot
) -> None:
    path = sqlite_path(small_house.desk.store.engine.url)
    assert path is not None
    link = tmp_path / "plan.pdf"
    os.link(path, link)
    drop(well, dropped(path, link))
    said = "“{}” belongs to a workspace that is open, and is not read as a file."
    qtbot.waitUntil(lambda: len(well.problem_label.text().splitlines()) == 2)
    assert said.format(path.name) in well.problem_label.text()
    assert said.format(link.name) in well.problem_label.text()
    assert well.files() == ()
    assert is_held(path)
