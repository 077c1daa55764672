"""An agenda or minutes exactly as they print, page by page; saving them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from desktop.i18n import current_language
from desktop.i18n import gettext as _
from ui.common.buttons import Button, IconButton
from ui.common.labels import ElidedLabel, PlainLabel
from ui.common.paper_out import PaperOut
from ui.common.picture_view import PictureView
from ui.common.scroll_area import ScrollArea
from ui.common.sheets import Pages, Sheet, sheet_of
from ui.context import Context
from ui.meetings.sheets import Paper, made_pages
from ui.operations import Ticket

WAIT_MS = 300


class PreviewPane(QWidget):
    """Shows a paper 300 ms after its last change; keeps the page looked at."""

    drawn = Signal()
    print_asked = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._paper: Paper | None = None
        self._sheet: Sheet | None = None
        self._drawn: Paper | None = None
        self._is_stale = self._is_proposal = False
        self._ticket: Ticket | None = None
        self.title = PlainLabel(_("Preview"), bold=True)
        self.place = ElidedLabel("", size="small", ink="text2")
        self.back = IconButton("chevron-left", _("Page before"))
        self.forward = IconButton("chevron-right", _("Next page"))
        self.view = PictureView(is_page=True)
        self.notice = PlainLabel("", size="small", ink="risk", wraps=True)
        self.print_button = Button(
            _("Print"), kind="primary", icon="printer", key="Ctrl+P"
        )
        self.save_button = Button(_("Save PDF"), icon="download")
        self.out = PaperOut(context, self, self._wanted, self.name, "meetings.folder")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(WAIT_MS)
        self._place()
        self.back.clicked.connect(lambda: self.turn(-1))
        self.forward.clicked.connect(lambda: self.turn(1))
        self.print_button.clicked.connect(self.print_asked)
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
        scroll = ScrollArea()
        self.view.scroll_in(scroll)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        holder = QWidget()
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
        layout.addWidget(self.notice)
        layout.addWidget(scroll, 1)
        layout.addLayout(foot)
        self.notice.hide()
        self.setMinimumWidth(280)

    def sizeHint(self) -> QSize:
        """Return a width at which the words of a page can be read."""
        return QSize(400, 600)

    def sheet(self) -> Sheet | None:
        """Return what is shown now."""
        return self._sheet

    def show_paper(self, paper: Paper | None, *, is_proposal: bool = False) -> None:
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

        def job() -> tuple[Pages, Sheet]:
            pages = made_pages(paper, language)
            return pages, sheet_of(pages.pdf, page, width)

        work = self._context.operations.work_slowly(job)
        self._ticket = work.start(self, lambda made: self._take(*made, paper))

    def is_current(self) -> bool:
        """Tell whether what is shown is the paper as it stands now."""
        return self._paper is not None and self._drawn == self._paper

    def _take(self, pages: Pages, sheet: Sheet, paper: Paper) -> None:
        self._drawn = paper
        self.notice.setText(pages.notice)
        self.notice.setVisible(bool(pages.notice))
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
        return lambda: made_pages(paper, language).pdf

    def name(self) -> str:
        """Return what a file of it is called."""
        assert self._paper is not None
        head = self._paper.head
        day = head.starts_at.date().isoformat()
        return _("{series}, session {number}, {day}").format(
            series=head.series[:80], number=head.number, day=day
        )
