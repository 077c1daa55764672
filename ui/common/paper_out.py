"""Where a paper goes: to a printer or into a PDF, made off the GUI thread."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QImage, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QFileDialog, QWidget
from shiboken6 import isValid

from desktop.domain.errors import Refusal
from desktop.i18n import gettext as _
from desktop.messages import refusal_words
from ui.common.file_dialog import FileDialog
from ui.common.sheets import PRINTED_DPI, pages_of, printed_page, save_pdf
from ui.context import Context

Make = Callable[[], bytes]
SEVERAL = 12
"""From more pages on, printing tells how far it is."""


class PaperOut(QObject):
    """Prints and saves what ``wanted`` gives: what makes the PDF, None for nothing now.

    ``name`` gives the file's name without its ending; ``folder`` names the preference
    that remembers where papers of this kind are put. ``saved`` follows a file that was
    written, ``done`` any paper that went out.
    """

    saved = Signal(object)
    done = Signal()

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
        # Its way to a file is a dialog that looks into files (`ui.common.file_dialog`).
        dialog.setOption(QPrintDialog.PrintDialogOption.PrintToFile, False)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self.print_on(printer))
        dialog.setModal(True)
        dialog.show()

    def print_on(self, printer: QPrinter) -> None:
        """Print on a printer chosen, page after page, made off this thread."""

        def told(is_printed: bool) -> None:
            if is_printed:
                words, kind = _("Sent to the printer."), "ok"
                self.done.emit()
            else:
                words = _("The printer did not take it. Choose another, or save it.")
                kind = "broken"
            self._context.tell(words, kind=kind, subject="printer")

        self._with_pdf(lambda pdf: Printing(self._context, printer, pdf, told).begin())

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
        dialog = FileDialog(self._owner, _("Save PDF"), folder, "PDF (*.pdf)")
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
            self.saved.emit(written)
            self.done.emit()

        def refused(refusal: Refusal) -> None:
            self._context.tell(refusal_words(refusal), kind="broken", subject="pdf")

        def write(pdf: bytes) -> None:
            job = self._context.operations.work_slowly(lambda: save_pdf(pdf, path))
            job.start(self, told, refused)

        self._with_pdf(write)


def file_name(words: str) -> str:
    """Return a file name that every system takes."""
    return "".join("-" if one in '<>:"/\\|?*' or one < " " else one for one in words)


class Printing(QObject):
    """Puts a PDF on a printer, one page in memory at a time.

    It goes on when the window that showed the pages is closed; `told` hears at its
    end whether the printer took all of them.
    """

    def __init__(
        self,
        context: Context,
        printer: QPrinter,
        pdf: bytes,
        told: Callable[[bool], None],
        dpi: int = PRINTED_DPI,
    ) -> None:
        super().__init__(QCoreApplication.instance())
        self._context = context
        self._printer = printer
        self._pdf, self._dpi = pdf, dpi
        self._told = told
        self._painter = QPainter()
        self._total = pages_of(pdf)

    def begin(self) -> None:
        """Begin with the first page."""
        if self._painter.begin(self._printer):
            self._go_on(0)
        else:
            self._end(is_printed=False)

    def _go_on(self, page: int) -> None:
        pdf, dpi = self._pdf, self._dpi
        if self._total > SEVERAL:
            words = _("Printing page {number} of {total}")
            told = words.format(number=page + 1, total=self._total)
            self._context.tell(told, subject="printer")
        job = self._context.operations.work_slowly(lambda: printed_page(pdf, page, dpi))
        job.start(self, lambda image: self._paint(page, image))

    def _paint(self, page: int, image: QImage) -> None:
        if page and not self._printer.newPage():
            self._end(is_printed=False)
            return
        paper = QRectF(self._painter.viewport())
        size = image.size().scaled(
            paper.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio
        )
        left = (paper.width() - size.width()) / 2
        self._painter.drawImage(QRectF(left, 0, size.width(), size.height()), image)
        if page + 1 < self._total:
            self._go_on(page + 1)
        else:
            self._end(is_printed=True)

    def _end(self, *, is_printed: bool) -> None:
        is_ended = not self._painter.isActive() or self._painter.end()
        self._told(is_printed and is_ended)
        self.deleteLater()
