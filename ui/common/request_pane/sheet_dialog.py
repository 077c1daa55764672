"""The file sheet of one request: looked at as printed, then printed or saved."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.domain.errors import Refusal
from desktop.i18n import current_language
from desktop.i18n import gettext as _
from desktop.messages import refusal_words
from desktop.queries.file_sheet import FileSheet, file_sheet
from ui.common.attachments.preview import TURNS, PictureView
from ui.common.buttons import Button, IconButton, SegmentedControl
from ui.common.inputs import CheckInput
from ui.common.labels import ElidedLabel, PlainLabel
from ui.common.paper_out import PaperOut
from ui.common.sheets import Sheet, sheet_of
from ui.context import Context
from ui.operations import Ticket

FOLDER = "sheet.folder"


def made_pdf(sheet: FileSheet, language: str, paper: str) -> bytes:
    """Print a sheet; takes a moment, so ask off the GUI thread."""
    # Imported when the first paper is wanted: it would delay the first list.
    from desktop.reports.file_sheet import file_sheet_pdf
    from desktop.reports.paper import SIZES

    return file_sheet_pdf(sheet, language, SIZES[paper])


class SheetDialog(QDialog):
    """Pages of the sheet; what it says and its paper can be chosen."""

    def __init__(
        self,
        context: Context,
        request_id: int,
        reference: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._request_id = request_id
        self._reference = reference
        self._ticket: Ticket | None = None
        self._found: FileSheet | None = None
        self.sheet: Sheet | None = None
        title = _("File sheet of {reference}").format(reference=reference)
        self.setWindowTitle(title)
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.title = ElidedLabel(title, size="title")
        self.place = PlainLabel("", size="small", ink="text2")
        self.back = IconButton("chevron-left", _("Page before"))
        self.forward = IconButton("chevron-right", _("Next page"))
        self.internal = CheckInput(_("With internal notes and files"))
        self.paper = SegmentedControl(
            [("a4", _("A4")), ("letter", _("Letter"))], name=_("Paper")
        )
        self.view = PictureView(is_page=True)
        self.problem = PlainLabel("", ink="broken", wraps=True)
        self.print_button = Button(_("Print"), kind="primary", icon="printer")
        self.save_button = Button(_("Save PDF"), icon="download")
        self.close_button = Button(_("Close"), kind="quiet", key="Esc")
        self.out = PaperOut(context, self, self._wanted, self._name, FOLDER)
        self._place()
        self._connect()

    def _place(self) -> None:
        head, foot = QHBoxLayout(), QHBoxLayout()
        for line in (head, foot):
            line.setSpacing(8)
        head.addWidget(self.title, 1)
        for part in (self.place, self.back, self.forward):
            head.addWidget(part)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(self.view)
        self.area = area
        choices = QHBoxLayout()
        choices.setSpacing(16)
        choices.addWidget(self.internal)
        choices.addStretch(1)
        choices.addWidget(self.paper)
        foot.addWidget(self.print_button)
        foot.addWidget(self.save_button)
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.setSpacing(12)
        layout.addLayout(head)
        layout.addLayout(choices)
        layout.addWidget(self.problem)
        layout.addWidget(area, 1)
        layout.addLayout(foot)
        self.problem.hide()
        parent = self.parentWidget()
        room = parent.window().size() if parent is not None else QSize(1000, 900)
        self.resize(min(820, room.width() - 48), room.height() - 48)
        self._say_place()

    def _connect(self) -> None:
        self.back.clicked.connect(lambda: self.turn(-1))
        self.forward.clicked.connect(lambda: self.turn(1))
        self.internal.toggled.connect(lambda _on: self._read())
        self.paper.chosen.connect(lambda _paper: self._draw())
        self.print_button.clicked.connect(self.out.print_it)
        self.save_button.clicked.connect(self.out.ask_where)
        self.close_button.clicked.connect(self.reject)

    def start(self) -> None:
        """Open, and read the request as it stands now."""
        self.open()
        self.print_button.setFocus()
        self._read()

    def _read(self) -> None:
        """Read what the sheet says; an older answer is not waited for."""
        if self._ticket is not None:
            self._ticket.cancel()
        context = self._context
        self._ticket = context.operations.read(
            file_sheet,
            self._request_id,
            reader_unit_id=context.me.unit_id,
            with_internal=self.internal.isChecked(),
            now=context.ticker.now(),
        ).start(self, self._take, self._refuse)

    def _take(self, found: FileSheet) -> None:
        self._found = found
        self._draw()

    def _draw(self) -> None:
        make = self._wanted()
        if make is None:
            return
        if self._ticket is not None:
            self._ticket.cancel()
        page, width = self.sheet.page if self.sheet else 0, self._pixels()
        self._ticket = self._context.operations.work_slowly(
            lambda: sheet_of(make(), page, width)
        ).start(self, self._show, self._refuse)

    def _pixels(self) -> int:
        return round(max(480, self.view.width()) * self.devicePixelRatioF())

    def turn(self, pages: int) -> None:
        """Look at another page."""
        if self.sheet is None:
            return
        to = self.sheet.page + pages
        if 0 <= to < self.sheet.pages:
            pdf, width = self.sheet.pdf, self._pixels()
            self._context.operations.work_slowly(
                partial(sheet_of, pdf, to, width)
            ).start(self, self._show)

    def _show(self, sheet: Sheet) -> None:
        is_other = self.sheet is None or self.sheet.page != sheet.page
        self.sheet = sheet
        self.view.set_image(sheet.image)
        self.problem.hide()
        self._say_place()
        if is_other:
            self.area.verticalScrollBar().setValue(0)

    def _refuse(self, refusal: Refusal) -> None:
        self.problem.setText(refusal_words(refusal))
        self.problem.show()

    def _say_place(self) -> None:
        sheet = self.sheet
        words = _("page {number} of {total}, as printed")
        self.place.setText(
            words.format(number=sheet.page + 1, total=sheet.pages) if sheet else ""
        )
        self.view.setAccessibleName(self.place.text())
        self.back.setEnabled(sheet is not None and sheet.page > 0)
        self.forward.setEnabled(sheet is not None and sheet.page + 1 < sheet.pages)
        for button in (self.print_button, self.save_button):
            button.setEnabled(sheet is not None)

    def _wanted(self) -> Callable[[], bytes] | None:
        if self._found is None:
            return None
        return partial(
            made_pdf, self._found, current_language(), self.paper.value() or "a4"
        )

    def _name(self) -> str:
        return _("{reference}, file sheet").format(reference=self._reference)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn pages."""
        pages = TURNS.get(Qt.Key(event.key()), 0)
        if pages:
            self.turn(pages)
        else:
            super().keyPressEvent(event)
