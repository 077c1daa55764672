"""The agenda exactly as it prints, page by page; printing and saving it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop.domain.agenda import AgendaPaper
from desktop.domain.errors import Refusal
from desktop.i18n import current_language
from desktop.i18n import gettext as _
from desktop.messages import refusal_words
from ui.common.buttons import Button, IconButton
from ui.common.labels import ElidedLabel, PlainLabel
from ui.context import Context
from ui.meetings.sheets import (
    Sheet,
    made_sheet,
    printed_pages,
    save_pdf,
    sheet_of,
)
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
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(WAIT_MS)
        self._place()
        self.back.clicked.connect(lambda: self.turn(-1))
        self.forward.clicked.connect(lambda: self.turn(1))
        self.print_button.clicked.connect(self.print_it)
        self.save_button.clicked.connect(self.ask_where)
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
            self._context.operations.work(lambda: sheet_of(pdf, to, width)).start(
                self, self._show
            )

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
        self._ticket = self._context.operations.work(
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

    def _with_pdf(self, then: Callable[[bytes], None]) -> None:
        """Make the PDF of what is on screen now, then go on with it."""
        paper, language, page = self._paper, current_language(), 0
        if paper is None:
            return
        self._context.operations.work(
            lambda: made_sheet(paper, language, page, 240).pdf
        ).start(self, then)

    def print_it(self) -> None:
        """Ask for a printer and print; say so where there is none."""
        if self._paper is None:
            return
        if not QPrinterInfo.availablePrinterNames():
            self._context.tell(
                _("No printer is set up on this computer. Save the PDF instead."),
                kind="risk",
                subject="printer",
                action=_("Save PDF"),
                act=self.ask_where,
            )
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(self._name())
        dialog = QPrintDialog(printer, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self.print_on(printer))
        dialog.setModal(True)
        dialog.show()

    def print_on(self, printer: QPrinter) -> None:
        """Print every page on a printer chosen; the pages are made off this thread."""

        def send(images: list[QImage]) -> None:
            if paint_pages(printer, images):
                words, kind = _("Sent to the printer."), "ok"
            else:
                words = _("The printer did not take it. Choose another, or save it.")
                kind = "broken"
            self._context.tell(words, kind=kind, subject="printer")

        def picture(pdf: bytes) -> None:
            job = self._context.operations.work(lambda: printed_pages(pdf))
            job.start(self, send)

        self._with_pdf(picture)

    def ask_where(self) -> None:
        """Ask for a file name and write the PDF there."""
        if self._paper is None:
            return
        folder = str(self._context.preferences.value("meetings.folder", "") or "")
        dialog = QFileDialog(self, _("Save PDF"), folder, "PDF (*.pdf)")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("pdf")
        dialog.selectFile(f"{self._name()}.pdf")
        dialog.fileSelected.connect(lambda path: self.save_to(Path(path)))
        dialog.open()

    def save_to(self, path: Path) -> None:
        """Write what is on screen as a PDF; the file is whole or not there."""

        def told(written: Path) -> None:
            self._context.preferences.set_value("meetings.folder", str(path.parent))
            words = _("Saved as {path}").format(path=written)
            self._context.tell(words, kind="ok", subject="pdf")

        def refused(refusal: Refusal) -> None:
            self._context.tell(refusal_words(refusal), kind="broken", subject="pdf")

        def write(pdf: bytes) -> None:
            job = self._context.operations.work(lambda: save_pdf(pdf, path))
            job.start(self, told, refused)

        self._with_pdf(write)

    def _name(self) -> str:
        """Return a file name that every system takes."""
        assert self._paper is not None
        head = self._paper.head
        day = head.starts_at.date().isoformat()
        words = _("{series}, session {number}, {day}").format(
            series=head.series[:80], number=head.number, day=day
        )
        return "".join(
            "-" if one in '<>:"/\\|?*' or one < " " else one for one in words
        )


def paint_pages(printer: QPrinter, images: list[QImage]) -> bool:
    """Put pages on a printer, each as large as its paper lets it; False if refused."""
    painter = QPainter()
    if not painter.begin(printer):
        return False
    for number, image in enumerate(images):
        if number and not printer.newPage():
            painter.end()
            return False
        paper = QRectF(painter.viewport())
        size = image.size().scaled(
            paper.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio
        )
        left = (paper.width() - size.width()) / 2
        painter.drawImage(QRectF(left, 0, size.width(), size.height()), image)
    return bool(painter.end())
