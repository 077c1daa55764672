"""Looking at a file inside the window: a picture, a PDF's pages, the first words."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QPlainTextEdit,
    QScrollArea,
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
from ui.operations import Operations, Ticket
from ui.style import tokens

if TYPE_CHECKING:
    from desktop.queries.attachments import FileBytes

WAIT_MS = 150
TURNS = {
    Qt.Key.Key_PageDown: 1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_PageUp: -1,
    Qt.Key.Key_Left: -1,
}


class PictureView(QWidget):
    """A picture in the middle, never larger than it is; a page as wide as the room."""

    def __init__(self, *, is_page: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image = QImage()
        self._is_page = is_page

    def image(self) -> QImage:
        """Return the picture shown."""
        return self._image

    def set_image(self, image: QImage) -> None:
        """Show another picture."""
        self._image = image
        self._fit()
        self.update()

    def _fit(self) -> None:
        if self._is_page and not self._image.isNull():
            share = self._image.height() / max(1, self._image.width())
            self.setFixedHeight(round(self.width() * share))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep a page's proportions."""
        super().resizeEvent(event)
        self._fit()

    def sizeHint(self) -> QSize:
        """Return room to see something in."""
        return QSize(640, 480)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the picture on the ground of the window."""
        if self._image.isNull():
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        size = self._image.size()
        if (
            self._is_page
            or size.width() > self.width()
            or size.height() > self.height()
        ):
            size = size.scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        left = (self.width() - size.width()) / 2
        top = (self.height() - size.height()) / 2
        box = QRectF(left, top, size.width(), size.height())
        painter.fillRect(box.adjusted(-1, -1, 1, 1), tokens().line)
        painter.drawImage(box, self._image)


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
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
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
