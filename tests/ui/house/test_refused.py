"""What cannot be opened is named in the window, stays untouched, and has a way out."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from desktop.domain.errors import Refusal
from desktop.store.backup import backup
from tests.store.test_workspace_file import (
    cut_in_half,
    make_a_folder,
    make_a_letter,
    make_empty,
    make_newer,
    make_random,
    make_read_only,
    make_somebody_elses,
    remove,
    trash_the_contents_page,
)
from tests.ui.house.conftest import NOW
from ui.house.refused import FINDINGS, RefusedPart, _told
from ui.house.who import WhoPart
from ui.program import Wishes

BAD: list[tuple[Callable[[Path], None], str]] = [
    (remove, "There is no such file"),
    (make_empty, "This file is empty"),
    (make_random, "This file is not a Counterpart workspace"),
    (make_a_letter, "This file is not a Counterpart workspace"),
    (cut_in_half, "A part of this file is missing"),
    (make_somebody_elses, "This file belongs to another program"),
    (make_newer, "A newer Counterpart made this workspace"),
    (make_a_folder, "This is a folder, not a file"),
    (make_read_only, "This file may only be read"),
    (trash_the_contents_page, "This file is damaged"),
]


def listing(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.mark.parametrize(("spoil", "title"), BAD)
def test_each_bad_workspace_is_named_with_its_place_and_left_as_it_is(
    launch, part, workspace_path: Path, tmp_path: Path, spoil, title: str
) -> None:
    folder = tmp_path / "there"
    folder.mkdir()
    path = folder / workspace_path.name
    shutil.move(workspace_path, path)
    spoil(path)
    before = listing(folder)
    launch(Wishes(str(path)))
    refused = part(RefusedPart)
    assert refused.title.text() == title
    assert refused.place.text() == str(path)
    assert "{" not in refused.words.text()
    assert refused.choose.isVisible()
    assert refused.demo.isVisible()
    assert listing(folder) == before


@pytest.mark.parametrize(("kind", "detail"), [("network", "cifs"), ("synced", "/x")])
def test_a_bad_place_says_which_kind_it_is(kind: str, detail: str) -> None:
    title, words = _told(Refusal(f"workspace_{kind}", detail=detail, schema=1))
    assert title
    assert f"({detail})" in words


def test_a_workspace_in_a_synced_folder_is_refused_in_the_window(
    launch, part, workspace_path: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "Dropbox"
    folder.mkdir()
    path = Path(shutil.move(workspace_path, folder / "w.counterpart"))
    launch(Wishes(str(path)))
    refused = part(RefusedPart)
    assert refused.title.text() == "This folder is copied to other computers"
    assert refused.again.isVisible()
    assert [one.name for one in folder.iterdir()] == ["w.counterpart"]


def test_every_kind_of_file_that_is_no_workspace_has_words() -> None:
    from desktop.store.workspace_file import USABLE, FileKind

    assert set(FINDINGS) == {kind.value for kind in FileKind if kind not in USABLE}


def test_a_damaged_workspace_comes_back_from_the_backup_beside_it(
    launch, part, city: Path, qtbot
) -> None:
    backup(city, city.parent / "backups" / "city.20261108T080000Z.backup", now=NOW)
    cut_in_half(city)
    damaged = city.read_bytes()
    launch(Wishes(str(city)))
    refused = part(RefusedPart)
    qtbot.waitUntil(refused.restore.isVisible)
    assert "Nov 2026" in refused.backup.currentText()
    qtbot.mouseClick(refused.restore, Qt.MouseButton.LeftButton)
    who = part(WhoPart)
    assert len(who.people) == 18
    kept = [one for one in city.parent.iterdir() if ".replaced-" in one.name]
    assert [one.read_bytes() for one in kept] == [damaged]


def test_a_backup_that_is_itself_damaged_is_refused_in_place(
    launch, part, city: Path, qtbot
) -> None:
    copy = city.parent / "city.20261108T080000Z.backup"
    backup(city, copy, now=NOW)
    cut_in_half(copy)
    cut_in_half(city)
    before = city.read_bytes()
    launch(Wishes(str(city)))
    refused = part(RefusedPart)
    qtbot.waitUntil(refused.restore.isVisible)
    qtbot.mouseClick(refused.restore, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(refused.banners.words()))
    assert refused.restore.isEnabled()
    assert city.read_bytes() == before


def test_another_file_can_be_chosen(
    launch, part, city: Path, tmp_path: Path, qtbot
) -> None:
    launch(Wishes(str(tmp_path / "gone.counterpart")))
    refused = part(RefusedPart)
    qtbot.mouseClick(refused.choose, Qt.MouseButton.LeftButton)
    dialog = refused.findChild(QFileDialog)
    dialog.fileSelected.emit(str(city))
    part(WhoPart)


def test_what_came_back_opens_at_another_try(
    launch, part, city: Path, tmp_path: Path, qtbot
) -> None:
    away = tmp_path / "away"
    city.rename(away)
    launch(Wishes(str(city)))
    refused = part(RefusedPart)
    away.rename(city)
    qtbot.mouseClick(refused.again, Qt.MouseButton.LeftButton)
    part(WhoPart)
