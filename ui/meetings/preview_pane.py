"""The agenda exactly as it prints, page by page; printing and saving it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.agenda import AgendaPaper
from desktop.i18n import current_language
from desktop.i18n import gettext as _
from ui.common.buttons import Button, IconButton
from ui.common.labels import ElidedLabel, PlainLabel
from ui.common.paper_out import PaperOut
from ui.common.sheets import Sheet, sheet_of
from ui.context import Context
from ui.meetings.sheets import made_sheet
from ui.operations import Ticket
from ui.style import tokens

WAIT_MS = 300


class SheetView(QWidget):
    """A page on white, with a hairline round it, as wide as there is room."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image = QImage()

    def image(self) -> QImage:
        """Return the picture shown."""
        return self._image

    def set_image(self, image: QImage) -> None:
        """Show another picture."""
        self._image = image
        self._keep_shape()
        self.update()

    def _keep_shape(self) -> None:
        if not self._image.isNull():
            share = self._image.height() / max(1, self._image.width())
            self.setFixedHeight(round(self.width() * share))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the page's proportions."""
        super().resizeEvent(event)
        self._keep_shape()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the page."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if self._image.isNull():
            return
        box = QRectF(self.rect())
        painter.fillRect(box, tokens().line)
        painter.drawImage(box.adjusted(1, 1, -1, -1), self._image)


class PreviewPane(QWidget):
    """Shows a paper 300 ms after its last change; keeps the page looked at."""

    drawn = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._paper: AgendaPaper | None = None
        self._sheet: Sheet | None = None
        self._drawn: AgendaPaper | None = None
        self._is_stale = self._is_proposal = False
        self._ticket: Ticket | None = None
        self.title = PlainLabel(_("Preview"), bold=True)
        self.place = ElidedLabel("", size="small", ink="text2")
        self.back = IconButton("chevron-left", _("Page before"))
        self.forward = IconButton("chevron-right", _("Next page"))
        self.view = SheetView()
        self.print_button = Button(
            _("Print"), kind="primary", icon="printer", key="Ctrl+P"
        )
        self.save_button = Button(_("Save PDF"), icon="download")
        self.out = PaperOut(context, self, self._wanted, self._name, "meetings.folder")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(WAIT_MS)
        self._place()
        self.back.clicked.connect(lambda: self.turn(-1))
        self.forward.clicked.connect(lambda: self.turn(1))
        self.print_button.clicked.connect(self.out.print_it)
        self.save_button.clicked.connect(self.out.ask_where)
        self._timer.timeout.connect(self._draw)
        self._say_place()

    def _place(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.title)
        head.addWidget(self.place, 1)
        head.addWidget(self.back)
        head.addWidget(self.forward)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        holder = QWidget()
        holder.setObjectName("scrolled")
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 8, 0)
        column.addWidget(self.view)
        column.addStretch(1)
        scroll.setWidget(holder)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.print_button)
        foot.addWidget(self.save_button)
        foot.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(12)
        layout.addLayout(head)
        layout.addWidget(scroll, 1)
        layout.addLayout(foot)
        self.setMinimumWidth(280)

    def sizeHint(self) -> QSize:
        """Return a width at which the words of a page can be read."""
        return QSize(400, 600)

    def sheet(self) -> Sheet | None:
        """Return what is shown now."""
        return self._sheet

    def show_paper(
        self, paper: AgendaPaper | None, *, is_proposal: bool = False
    ) -> None:
        """Show another paper once it stays as it is for a moment.

        A proposal is what a draft would hold, where nobody made one yet.
        """
        self._is_proposal = is_proposal
        if paper is None:
            self._paper = self._sheet = self._drawn = None
            self.view.set_image(QImage())
            self._say_place()
            return
        if paper != self._paper:
            self._paper = paper
            self._is_stale = True
            self._timer.start()
        self._say_place()

    def turn(self, pages: int) -> None:
        """Look at another page."""
        if self._sheet is None:
            return
        to = self._sheet.page + pages
        if 0 <= to < self._sheet.pages:
            pdf, width = self._sheet.pdf, self._pixels()
            self._context.operations.work_slowly(
                lambda: sheet_of(pdf, to, width)
            ).start(self, self._show)

    def _pixels(self) -> int:
        return round(max(240, self.view.width()) * self.devicePixelRatioF())

    def _draw(self) -> None:
        if self._paper is None or not self._is_stale or not self.isVisible():
            return
        self._is_stale = False
        paper, language, width = self._paper, current_language(), self._pixels()
        page = self._sheet.page if self._sheet else 0
        if self._ticket is not None:
            self._ticket.cancel()
        self._ticket = self._context.operations.work_slowly(
            lambda: made_sheet(paper, language, page, width)
        ).start(self, lambda sheet: self._take(sheet, paper))

    def is_current(self) -> bool:
        """Tell whether what is shown is the paper as it stands now."""
        return self._paper is not None and self._drawn == self._paper

    def _take(self, sheet: Sheet, paper: AgendaPaper) -> None:
        self._drawn = paper
        self._show(sheet)

    def _show(self, sheet: Sheet) -> None:
        if self._paper is None:
            return
        self._sheet = sheet
        self.view.set_image(sheet.image)
        self._say_place()
        self.drawn.emit()

    def _say_place(self) -> None:
        sheet = self._sheet
        words = _("page {number} of {total}, as printed")
        if self._is_proposal:
            words = _("page {number} of {total}, a proposal")
        self.place.setText(
            words.format(number=sheet.page + 1, total=sheet.pages) if sheet else ""
        )
        self.view.setAccessibleName(self.place.text())
        self.back.setEnabled(sheet is not None and sheet.page > 0)
        self.forward.setEnabled(sheet is not None and sheet.page + 1 < sheet.pages)
        for button in (self.print_button, self.save_button):
            button.setEnabled(self._paper is not None)

    def showEvent(self, event: QShowEvent) -> None:
        """Draw what changed while nobody looked."""
        super().showEvent(event)
        if self._is_stale:
            self._timer.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw as sharp as the new width can show."""
        super().resizeEvent(event)
        if self._paper is not None:
            self._is_stale = True
            self._timer.start()

    # ------------------------------------------------------------ paper and file

    def _wanted(self) -> Callable[[], bytes] | None:
        paper, language = self._paper, current_language()
        if paper is None:
            return None
        return lambda: made_sheet(paper, language, 0, 240).pdf

    def _name(self) -> str:
        """Return what a file of it is called."""
        assert self._paper is not None
        head = self._paper.head
        day = head.starts_at.date().isoformat()
        return _("{series}, session {number}, {day}").format(
            series=head.series[:80], number=head.number, day=day
        )
