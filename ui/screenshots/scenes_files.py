"""Pictures of a request's files: listed, looked at, dropped, taken away."""

from __future__ import annotations

import io
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QImage, QImageWriter

from desktop.domain.files import clean_file_name
from desktop.domain.requests import OPEN_STATES, Audience, PendingReason
from desktop.queries.attachments import files_of
from desktop.queries.search import latest_requests
from desktop.use_cases.attachments import NewFile, attach
from desktop.use_cases.requests import change_priority, comment, hold, resume
from ui.common.attachments.section import FilesSection
from ui.leaving import ask_to_close
from ui.screenshots.scene import Scene
from ui.screenshots.studio import Studio

if TYPE_CHECKING:
    from ui.common.request_pane.pane import RequestPane

HOSTILE = "<b>Rechnung & Mahnung</b>\u202efdp.exe"
LONG = "Nachtrag zum Bescheid der Grenzfeststellung, Seite " * 4 + "3.pdf"
NAMES = ("site-plan.pdf", "photo.png", "measurements.txt", LONG, HOSTILE)
WORDS_IN = "12,4 m × 8,1 m"
NOTE = "The wall stands on <my> side & the neighbour says so too"
TYPED = (
    *NAMES[:4],
    LONG[:-4] + ".png",
    clean_file_name(HOSTILE),
    *("gone.pdf", WORDS_IN, NOTE),
)
"""What these scenes put in as a person would."""


def _pdf() -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    made = io.BytesIO()
    canvas = Canvas(made, invariant=1)
    for number in (1, 2, 3):
        canvas.setFontSize(28)
        canvas.drawString(72, 720, f"{number}")
        canvas.rect(72, 300, 400, 380)
        canvas.line(72, 300, 472, 680)
        canvas.showPage()
    canvas.save()
    return made.getvalue()


def _image() -> QImage:
    image = QImage(480, 320, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkCyan)
    return image


def _png() -> bytes:
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"PNG")).write(_image())
    return bytes(content.data())


def _pane(studio: Studio) -> RequestPane:
    """Show one of the unit's requests with files; they are attached once."""
    from ui.request.request_page import RequestPage

    assert studio.program is not None
    assert studio.program.context is not None
    unit = studio.program.context.me.unit_id
    own = [
        one
        for one in studio.desk.read(latest_requests, 200)
        if unit in (one.unit_id, one.front_unit_id)
    ]
    request_id = own[-1].id
    if not studio.desk.read(files_of, request_id, reader_unit_id=unit):
        contents = (_pdf(), _png(), WORDS_IN.encode(), _pdf(), b"MZ\x90\0")
        files = [
            NewFile(name, content)
            for name, content in zip(NAMES, contents, strict=True)
        ]
        studio.desk.run(attach, request_id, files[:3])
        studio.desk.run(attach, request_id, files[3:], audience=Audience.INTERNAL)
    studio.show("request", request_id=request_id)
    pane = studio.page(RequestPage).pane
    pane.scroll_area.ensureWidgetVisible(pane.files, 0, 40)
    return pane


def _files(studio: Studio) -> None:
    section = _section(studio)
    next(iter(section.lines.values())).setFocus()


def _section(studio: Studio) -> FilesSection:
    return _pane(studio).files


def _look(number: int, studio: Studio) -> None:
    section = _section(studio)
    section.opener.look(section.rows[number])
    studio.settle()


def _remove(studio: Studio) -> None:
    section = _section(studio)
    section.ask_to_remove(section.rows[0])
    assert section.dialog is not None
    section.dialog.submit()
    studio.settle()


def _ask_to_open(studio: Studio) -> None:
    section = _section(studio)
    section.opener.ask_to_open(section.rows[2])


def _drop(studio: Studio) -> None:
    from ui.common.attachments.drops import DropArea

    pane = _pane(studio)
    area = pane.findChild(DropArea)
    assert area is not None
    area.veil.resize(pane.size())
    area.veil.show()
    area.veil.raise_()
    studio.later(area.veil.hide)


def _failed(studio: Studio) -> None:
    """Send a file that is not there: it is named, and the others arrive."""
    from ui.common.attachments.picking import Picked

    section = _section(studio)
    gone = Picked("gone.pdf", Path("gone.pdf"))
    section.send([gone], section.rows[0].request_id)
    studio.settle()


def _sheet(studio: Studio) -> None:
    _pane(studio)
    studio.run("request.sheet")
    studio.settle()


def _journal(studio: Studio) -> None:
    """Show what happened to the request most happened to, from its end."""
    from ui.request.request_page import RequestPage

    assert studio.program is not None
    assert studio.program.context is not None
    me = studio.program.context.me
    rows = studio.desk.read(latest_requests, 200)
    own = [
        one for one in rows if one.unit_id == me.unit_id and one.state in OPEN_STATES
    ]
    request_id = own[0].id
    studio.desk.run(comment, request_id, NOTE, Audience.INTERNAL)
    studio.desk.run(hold, request_id, PendingReason.CUSTOMER, NOTE)
    studio.at += timedelta(hours=1)
    studio.desk.run(resume, request_id)
    studio.desk.run(change_priority, request_id, 1, NOTE)
    studio.at -= timedelta(hours=1)
    studio.show("request", request_id=request_id)
    bar = studio.page(RequestPage).pane.scroll_area.verticalScrollBar()
    bar.setValue(bar.maximum())


def _collected(studio: Studio) -> None:
    """Collect files for a new request: two that come, one that is gone."""
    from ui.common.attachments.picking import Picked
    from ui.new_request.page import NewRequestPage

    studio.show("new_request")
    page = studio.page(NewRequestPage)
    page.search.reset()
    page.search.field.insert("residence")
    studio.settle()
    page.go_to(page.search.hits()[0].id)
    studio.settle()
    well = page.form.well
    names = (NAMES[1], LONG[:-4] + ".png")
    well.take([Picked(name, _image()) for name in names])
    well.take([Picked("gone.pdf", Path("gone.pdf"))])
    studio.settle()
    studio.later(lambda: well.set_files(()))


def _closing(studio: Studio) -> None:
    _pane(studio)
    ask_to_close(studio.window, studio.window.showNormal)


AT_THE_COUNTER = (Scene("new-request-files", _collected),)

FILES = (
    Scene("files", _files),
    Scene("file-page", lambda studio: _look(0, studio)),
    Scene("file-picture", lambda studio: _look(1, studio)),
    Scene("file-words", lambda studio: _look(2, studio)),
    Scene("file-open", _ask_to_open),
    Scene("file-remove", _remove),
    Scene("file-drop", _drop),
    Scene("file-failed", _failed),
    Scene("file-sheet", _sheet),
    Scene("file-closing", _closing),
    Scene("journal", _journal),
)
