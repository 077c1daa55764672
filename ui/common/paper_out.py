"""Where a paper goes: to a printer or into a PDF, made off the GUI thread."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QFileDialog, QWidget
from shiboken6 import isValid

from desktop.domain.errors import Refusal
from desktop.i18n import gettext as _
from desktop.messages import refusal_words
from ui.common.sheets import printed_pages, save_pdf
from ui.context import Context

Make = Callable[[], bytes]


class PaperOut(QObject):
    """Prints and saves what ``wanted`` gives: what makes the PDF, None for nothing now.

    ``name`` gives the file's name without its ending; ``folder`` names the preference
    that remembers where papers of this kind are put.
    """

    def __init__(
        self,
        context: Context,
        owner: QWidget,
        wanted: Callable[[], Make | None],
        name: Callable[[], str],
        folder: str,
    ) -> None:
        super().__init__(owner)
        self._context = context
        self._owner = owner
        self._wanted = wanted
        self._name = name
        self._folder = folder

    def _with_pdf(self, then: Callable[[bytes], None]) -> None:
        """Make the PDF of what is on screen now, then go on with it."""
        make = self._wanted()
        if make is not None:
            self._context.operations.work_slowly(make).start(self, then)

    def print_it(self) -> None:
        """Ask for a printer and print; say so where there is none."""
        if self._wanted() is None:
            return
        if not QPrinterInfo.availablePrinterNames():
            self._context.tell(
                _("No printer is set up on this computer. Save the PDF instead."),
                kind="risk",
                subject="printer",
                action=_("Save PDF"),
                act=self._ask_if_there,
            )
            return
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(file_name(self._name()))
        dialog = QPrintDialog(printer, self._owner)
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
            job = self._context.operations.work_slowly(lambda: printed_pages(pdf))
            job.start(self, send)

        self._with_pdf(picture)

    def _ask_if_there(self) -> None:
        """Ask where to save, unless what showed the pages was closed meanwhile."""
        if isValid(self._owner):
            self.ask_where()
        else:
            words = _("The pages were closed. Open them again to save them.")
            self._context.tell(words, subject="printer")

    def ask_where(self) -> None:
        """Ask for a file name and write the PDF there."""
        if self._wanted() is None:
            return
        folder = str(self._context.preferences.value(self._folder, "") or "")
        dialog = QFileDialog(self._owner, _("Save PDF"), folder, "PDF (*.pdf)")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("pdf")
        dialog.selectFile(f"{file_name(self._name())}.pdf")
        dialog.fileSelected.connect(lambda path: self.save_to(Path(path)))
        dialog.open()

    def save_to(self, path: Path) -> None:
        """Write what is on screen as a PDF; the file is whole or not there."""

        def told(written: Path) -> None:
            self._context.preferences.set_value(self._folder, str(path.parent))
            words = _("Saved as {path}").format(path=written)
            self._context.tell(words, kind="ok", subject="pdf")

        def refused(refusal: Refusal) -> None:
            self._context.tell(refusal_words(refusal), kind="broken", subject="pdf")

        def write(pdf: bytes) -> None:
            job = self._context.operations.work_slowly(lambda: save_pdf(pdf, path))
            job.start(self, told, refused)

        self._with_pdf(write)


def file_name(words: str) -> str:
    """Return a file name that every system takes."""
    return "".join("-" if one in '<>:"/\\|?*' or one < " " else one for one in words)


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
