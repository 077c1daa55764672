"""The files of the request shown are added, looked at, saved and taken away."""

from __future__ import annotations

import io
import stat
import struct
import zlib
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QFileDialog
from reportlab.pdfgen.canvas import Canvas
from sqlalchemy import Connection, Engine, event

from desktop.domain.errors import Refusal
from desktop.domain.files import kind_of
from desktop.queries.attachments import files_of
from desktop.use_cases.attachments import NewFile, attach
from desktop.use_cases.requests import confirm, resolve
from tests.small_house import SmallHouse
from ui.common.attachments.copies import copy_to_open, honest_name, write_copy
from ui.common.attachments.looking import look_at
from ui.common.attachments.picking import picked_from
from ui.common.attachments.section import SHOWN_AT_FIRST
from ui.common.dialog import Question
from ui.common.request_pane.pane import RequestPane
from ui.common.request_pane.steps import Steps
from ui.main_window import MainWindow

CLERK, AGENT = "Jelena Marić", "Dušan Kovač"
TEXT = "Жалоба <b>№1</b>".encode()


def pdf(pages: int = 2) -> bytes:
    """Return a PDF of some pages."""
    made = io.BytesIO()
    canvas = Canvas(made)
    for number in range(pages):
        canvas.drawString(72, 700, f"page {number + 1}")
        canvas.showPage()
    canvas.save()
    return made.getvalue()


@pytest.fixture
def request_id(small_house: SmallHouse) -> int:
    return small_house.raised()


@pytest.fixture
def pane(seat, request_id: int, qtbot) -> RequestPane:
    context = seat(CLERK)
    made = RequestPane(context)
    qtbot.addWidget(made)
    made.use_steps(Steps(context, made, list, "request"), made, "request")
    made.resize(600, 900)
    made.show()
    made.show_request(request_id)
    qtbot.waitUntil(lambda: made.files.may_add())
    return made


def arrived(pane: RequestPane, qtbot, count: int) -> list[str]:
    """Wait until so many files are listed; return their names."""
    files = pane.files
    qtbot.waitUntil(lambda: len(files.rows) == count and not files._sending)
    return [one.name for one in files.rows]


def dropped(*paths: Path) -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return mime


def drop_on(pane: RequestPane, mime: QMimeData) -> None:
    """Drag something over the pane and let it go."""
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    entering = QDragEnterEvent(QPointF(9, 9).toPoint(), copy, mime, left, none)
    QApplication.sendEvent(pane, entering)
    assert entering.isAccepted()
    QApplication.sendEvent(pane, QDropEvent(QPointF(9, 9), copy, mime, left, none))


def fill_disk(engine: Engine) -> Callable[[], None]:
    """Let the workspace's file not grow any more; what is returned makes room."""
    room = {"pages": 0}

    def limit(connection: Connection) -> None:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        most = room["pages"] or pages + 8
        connection.exec_driver_sql(f"PRAGMA max_page_count={most}")

    event.listen(engine, "begin", limit)
    return lambda: room.update(pages=1_000_000)


def test_files_dropped_on_the_pane_are_attached_and_told_of(
    pane: RequestPane, tmp_path: Path, qtbot
) -> None:
    hostile = tmp_path / "<b>plan\u202efdp.pdf"
    hostile.write_bytes(pdf())
    other = tmp_path / "notes.txt"
    other.write_bytes(TEXT)
    drop_on(pane, dropped(hostile, other))
    assert arrived(pane, qtbot, 2) == ["_b_plan\ufffdfdp.pdf", "notes.txt"]
    assert pane.files.title.text() == "Files 2"
    qtbot.waitUntil(lambda: len(pane.details.entries) == 2)


def test_a_picture_pasted_into_the_words_is_attached_as_internal_when_chosen(
    pane: RequestPane, small_house: SmallHouse, request_id: int, qtbot
) -> None:
    image = QImage(30, 20, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.blue)
    QGuiApplication.clipboard().setImage(image)
    pane.files.audience.set_value("internal")
    qtbot.keyClick(
        pane.composer.field, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier
    )
    assert arrived(pane, qtbot, 1) == ["Picture 2026-11-09 08.00.00.png"]
    assert pane.composer.field.toPlainText() == ""
    (line,) = pane.files.lines.values()
    assert "Internal" in line.accessibleName()
    assert line.lock.isVisibleTo(line)
    unit = small_house.units["Land registry"]
    assert small_house.read(files_of, request_id, reader_unit_id=unit) == ()


def test_one_that_cannot_be_read_is_named_and_keeps_no_other_out(
    pane: RequestPane, window: MainWindow, tmp_path: Path, qtbot
) -> None:
    good = tmp_path / "good.txt"
    good.write_bytes(TEXT)
    drop_on(pane, dropped(tmp_path / "gone.pdf", good))
    assert arrived(pane, qtbot, 1) == ["good.txt"]
    qtbot.waitUntil(lambda: "gone.pdf" in " ".join(window.banners.words()))


def test_what_a_full_disk_refused_is_kept_and_tried_again(
    pane: RequestPane, small_house: SmallHouse, window, tmp_path: Path, qtbot
) -> None:
    source = tmp_path / "deed.bin"
    source.write_bytes(bytes(2 * 1024**2))
    make_room = fill_disk(small_house.desk.store.engine)
    drop_on(pane, dropped(source))
    qtbot.waitUntil(
        lambda: any(
            "Not attached" in line.accessibleName()
            for line in pane.files._sending.values()
        )
    )
    assert "The disk is full" in " ".join(window.banners.words())
    make_room()
    source.unlink()
    (line,) = pane.files._sending.values()
    line.setFocus()
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert arrived(pane, qtbot, 1) == ["deed.bin"]
    assert list((tmp_path / "sending").iterdir()) == []


def test_a_file_is_taken_away_with_a_reason_and_put_back(
    pane: RequestPane, small_house: SmallHouse, request_id, window, qtbot
) -> None:
    small_house.me(CLERK).run(attach, request_id, [NewFile("plan.pdf", pdf())])
    pane.files._reread()
    arrived(pane, qtbot, 1)
    (line,) = pane.files.lines.values()
    line.setFocus()
    qtbot.keyClick(line, Qt.Key.Key_Delete)
    dialog = pane.files.dialog
    assert dialog is not None
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert dialog.problem() == "“Why” is empty."
    qtbot.keyClicks(dialog.field, "wrong request")
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    arrived(pane, qtbot, 0)
    qtbot.waitUntil(window.undo_bar.can_undo)
    window.undo_bar.undo()
    assert arrived(pane, qtbot, 1) == ["plan.pdf"]


def test_a_pdf_is_looked_at_page_by_page_and_saved(
    pane: RequestPane, small_house: SmallHouse, request_id, window, tmp_path, qtbot
) -> None:
    content = pdf()
    small_house.me(CLERK).run(attach, request_id, [NewFile("plan.pdf", content)])
    pane.files._reread()
    arrived(pane, qtbot, 1)
    (line,) = pane.files.lines.values()
    line.setFocus()
    qtbot.keyClick(line, Qt.Key.Key_Return)
    opener = pane.files.opener
    qtbot.waitUntil(lambda: opener.preview is not None)
    preview = opener.preview
    qtbot.waitUntil(lambda: preview.look is not None)
    assert (preview.look.page, preview.look.pages) == (0, 2)
    qtbot.keyClick(preview, Qt.Key.Key_PageDown)
    qtbot.waitUntil(lambda: preview.look.page == 1)
    assert not preview.picture.image().isNull()
    opened: list[Path] = []
    opener.open_outside = lambda path: not opened.append(path)
    qtbot.mouseClick(preview.open_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(opened))
    assert opened[0].read_bytes() == content
    assert stat.S_IMODE(opened[0].stat().st_mode) == 0o400
    qtbot.mouseClick(preview.save_button, Qt.MouseButton.LeftButton)
    dialog = pane.findChild(QFileDialog)
    dialog.fileSelected.emit(str(tmp_path / "saved.pdf"))
    dialog.reject()
    qtbot.waitUntil(lambda: "Saved as" in " ".join(window.banners.words()))
    assert (tmp_path / "saved.pdf").read_bytes() == content
    preview.reject()
    opener.preview = None
    qtbot.mouseClick(line.title, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: opener.preview is not None)
    opener.preview.reject()


def test_a_program_is_only_saved_and_a_document_asks_by_its_real_ending(
    pane: RequestPane, small_house: SmallHouse, request_id, qtbot
) -> None:
    small_house.me(CLERK).run(
        attach, request_id, [NewFile("invoice.pdf", b"MZ\x90\0\3\0")]
    )
    pane.files._reread()
    arrived(pane, qtbot, 1)
    (line,) = pane.files.lines.values()
    assert [button.accessibleName() for button in line.buttons] == [
        "Save as: invoice.pdf",
        "Take it away: invoice.pdf",
    ]
    with pytest.raises(Refusal):
        copy_to_open(b"MZ", "invoice.pdf", kind_of(b"MZ\x90\0"))
    assert honest_name("invoice.exe", kind_of(b"%PDF-1.7")) == "invoice.exe.pdf"
    assert honest_name("run.bat", kind_of(b"echo hello")) == "run.bat.txt"


def test_of_many_files_the_rest_waits_behind_a_link(
    pane: RequestPane, small_house: SmallHouse, request_id, qtbot
) -> None:
    many = [NewFile(f"{number}.txt", b"x") for number in range(SHOWN_AT_FIRST + 3)]
    small_house.me(CLERK).run(attach, request_id, many)
    pane.files._reread()
    arrived(pane, qtbot, SHOWN_AT_FIRST + 3)
    assert len(pane.files.lines) == SHOWN_AT_FIRST
    assert pane.files.more.text() == "Show 3 more files"
    qtbot.mouseClick(pane.files.more, Qt.MouseButton.LeftButton)
    assert len(pane.files.lines) == SHOWN_AT_FIRST + 3
    assert not pane.files.more.isVisible()


def test_a_stranger_sees_no_way_to_add_and_nothing_to_take_away(
    seat, small_house: SmallHouse, request_id: int, qtbot
) -> None:
    small_house.me(CLERK).run(attach, request_id, [NewFile("plan.pdf", pdf())])
    context = seat("Vesna Stojanović")
    pane = RequestPane(context)
    qtbot.addWidget(pane)
    pane.show()
    pane.show_request(request_id)
    qtbot.waitUntil(lambda: len(pane.files.rows) == 1)
    (line,) = pane.files.lines.values()
    assert len(line.buttons) == 2
    assert not pane.files.button.isVisible()
    assert not pane.files.may_add()


def test_closing_the_window_in_the_middle_still_attaches_the_whole(
    pane: RequestPane, program, small_house: SmallHouse, request_id, tmp_path, qtbot
) -> None:
    source = tmp_path / "big.bin"
    source.write_bytes(bytes(8 * 1024**2) + b"end")
    now = datetime(2026, 1, 1, tzinfo=UTC)
    pane.files.send(picked_from(dropped(source), now), request_id)
    desk = small_house.desk
    program.operations.close()
    rows = desk.read(
        files_of, request_id, reader_unit_id=small_house.units["Central counter"]
    )
    assert [(one.name, one.size) for one in rows] == [("big.bin", 8 * 1024**2 + 3)]


def test_closing_on_files_under_way_asks_first(
    pane: RequestPane, window: MainWindow, request_id, tmp_path: Path, qtbot
) -> None:
    source = tmp_path / "big.bin"
    source.write_bytes(bytes(8 * 1024**2))
    pane.files.send(
        picked_from(dropped(source), pane._context.ticker.now()), request_id
    )
    assert pane._context.operations.is_storing
    window.show()
    assert not window.close()
    question = window.findChild(Question)
    assert question is not None
    qtbot.mouseClick(question.cancel_button, Qt.MouseButton.LeftButton)
    arrived(pane, qtbot, 1)
    qtbot.waitUntil(lambda: not pane._context.operations.is_storing)
    assert window.close()


def test_attaching_while_somebody_closes_the_request_arrives(
    pane: RequestPane, small_house: SmallHouse, request_id, tmp_path, qtbot
) -> None:
    source = tmp_path / "late.txt"
    source.write_bytes(TEXT)
    small_house.me(AGENT).run(resolve, request_id, "done")
    small_house.me(CLERK).run(confirm, request_id)
    drop_on(pane, dropped(source))
    assert arrived(pane, qtbot, 1) == ["late.txt"]


def test_broken_and_locked_files_are_told_not_shown() -> None:
    for content in (b"%PDF-1.7 nothing", b"\x89PNG\r\n\x1a\nnothing"):
        with pytest.raises(Refusal) as refused:
            look_at(content, kind_of(content), 0, 300)
        assert refused.value.code == "file_not_shown"


@pytest.mark.qt_log_ignore("Rejecting image")
def test_what_would_fill_the_memory_is_shown_small_or_not_at_all() -> None:
    made = io.BytesIO()
    canvas = Canvas(made, pagesize=(2, 14_000))
    canvas.showPage()
    canvas.save()
    look = look_at(made.getvalue(), kind_of(made.getvalue()), 0, 900)
    assert look.image is not None
    assert look.image.width() * look.image.height() <= 31_000_000
    # The head of a picture of 30,000 by 30,000, and a line of nothing.
    rows = zlib.compress(bytes(30_000 * 4 + 1))
    bomb = b"\x89PNG\r\n\x1a\n" + b"".join(
        len(data).to_bytes(4, "big")
        + kind
        + data
        + zlib.crc32(kind + data).to_bytes(4, "big")
        for kind, data in (
            (b"IHDR", struct.pack(">IIBBBBB", 30_000, 30_000, 8, 6, 0, 0, 0)),
            (b"IDAT", rows),
            (b"IEND", b""),
        )
    )
    with pytest.raises(Refusal):
        look_at(bomb, kind_of(bomb), 0, 300)


def test_long_words_are_cut_and_said_to_be() -> None:
    look = look_at(b"a" * 300_000, kind_of(b"abc"), 0, 300)
    assert look.is_cut
    assert max(map(len, look.words.split("\n"))) <= 5_000


def test_a_copy_that_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(Refusal) as refused:
        write_copy(b"x", tmp_path / "no" / "folder.txt")
    assert refused.value.code == "file_not_written"
    (tmp_path / "taken").mkdir()
    with pytest.raises(Refusal):
        write_copy(b"x", tmp_path / "taken")
    assert [one.name for one in tmp_path.iterdir()] == ["taken"]
