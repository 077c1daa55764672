"""Looking at a file inside the window: a picture, a PDF's pages, the first words."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QPlainTextEdit,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.errors import Refusal
from desktop.i18n import gettext as _
from desktop.messages import refusal_words
from desktop.reports.file_words import kind_words, size_words
from ui.common.attachments.looking import Look, look_at
from ui.common.buttons import Button, IconButton
from ui.common.labels import ElidedLabel, PlainLabel
from ui.common.picture_view import TURNS, PictureView
from ui.common.scroll_area import ScrollArea
from ui.operations import Operations, Ticket
from ui.style import dress

if TYPE_CHECKING:
    from desktop.queries.attachments import FileBytes

WAIT_MS = 150


class FilePreview(QDialog):
    """One file; opened with `open()`, closed by Esc."""

    def __init__(
        self,
        operations: Operations,
        file: FileBytes,
        open_outside: Callable[[], None],
        save: Callable[[], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._operations = operations
        self._file = file
        self._ticket: Ticket | None = None
        self.look: Look | None = None
        self.setWindowTitle(file.row.name)
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.title = ElidedLabel(file.row.name, size="title")
        kind, size = kind_words(file.row.kind), size_words(file.row.size)
        self.note = PlainLabel(f"{kind}  ·  {size}", size="small", ink="text2")
        self.back = IconButton("chevron-left", _("Page before"))
        self.forward = IconButton("chevron-right", _("Next page"))
        self.picture = PictureView(is_page=file.row.kind.code == "pdf")
        self.words = QPlainTextEdit()
        dress(self.words, "field")
        self.words.setReadOnly(True)
        self.words.setAccessibleName(_("What is in the file"))
        self.problem = PlainLabel("", wraps=True)
        self.problem.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.open_button = Button(_("Open with another program"), icon="external-link")
        self.save_button = Button(_("Save as"), icon="download")
        self.close_button = Button(_("Close"), kind="quiet", key="Esc")
        self._place()
        self.back.clicked.connect(lambda: self.turn(-1))
        self.forward.clicked.connect(lambda: self.turn(1))
        self.open_button.clicked.connect(open_outside)
        self.save_button.clicked.connect(save)
        self.close_button.clicked.connect(self.reject)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(WAIT_MS)
        self._timer.timeout.connect(self._draw_again)

    def _place(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.title, 1)
        head.addWidget(self.note)
        head.addWidget(self.back)
        head.addWidget(self.forward)
        for button in (self.back, self.forward):
            button.hide()
        area = ScrollArea()
        self.picture.scroll_in(area)
        area.setWidget(self.picture)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        holder = QWidget()
        self._stack = QStackedLayout(holder)
        for part in (area, self.words, self.problem):
            self._stack.addWidget(part)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.open_button)
        foot.addWidget(self.save_button)
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.setSpacing(16)
        layout.addLayout(head)
        layout.addWidget(holder, 1)
        layout.addLayout(foot)
        parent = self.parentWidget()
        room = parent.window().size() if parent is not None else QSize(1000, 800)
        self.resize(min(960, room.width() - 48), room.height() - 48)
        self.open_button.setVisible(self._file.row.kind.opens)

    def start(self) -> None:
        """Open, and picture the file off this thread."""
        self.open()
        self.close_button.setFocus()
        self._draw(0)

    def turn(self, pages: int) -> None:
        """Look at another page."""
        if self.look is not None and 0 <= self.look.page + pages < self.look.pages:
            self._draw(self.look.page + pages)

    def _draw(self, page: int) -> None:
        content, kind = self._file.content, self._file.row.kind
        width = round(max(320, self.picture.width()) * self.devicePixelRatioF())
        if self._ticket is not None:
            self._ticket.cancel()
        self._ticket = Ticket(self)
        self._operations.start_aside(
            self._ticket,
            lambda: look_at(content, kind, page, width),
            self._show,
            self._refuse,
        )

    def _draw_again(self) -> None:
        if self.look is not None and self.look.pages and self.picture.isVisible():
            self._draw(self.look.page)

    def _show(self, look: Look) -> None:
        self.look = look
        has_pages = look.pages > 1
        self.back.setVisible(has_pages)
        self.forward.setVisible(has_pages)
        self.back.setEnabled(look.page > 0)
        self.forward.setEnabled(look.page + 1 < look.pages)
        if look.image is not None:
            self.picture.set_image(look.image)
            self._stack.setCurrentIndex(0)
        else:
            self.words.setPlainText(look.words)
            self._stack.setCurrentIndex(1)
        place = _("page {number} of {total}").format(
            number=look.page + 1, total=look.pages
        )
        self.picture.setAccessibleName(f"{self._file.row.name}, {place}")
        if has_pages:
            self.note.setText(place)
        elif look.is_cut:
            self.note.setText(_("Only its beginning is shown"))

    def _refuse(self, refusal: Refusal) -> None:
        self.problem.setText(refusal_words(refusal))
        self._stack.setCurrentIndex(2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw a page as sharp as the new width can show."""
        super().resizeEvent(event)
        if self.look is not None and self._file.row.kind.code == "pdf":
            self._timer.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn pages."""
        pages = TURNS.get(Qt.Key(event.key()), 0)
        if pages and self.look is not None and self.look.pages > 1:
            self.turn(pages)
        else:
            super().keyPressEvent(event)
