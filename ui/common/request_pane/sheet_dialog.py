"""The file sheet of one request: looked at as printed, then printed or saved."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from desktop.i18n import current_language
from desktop.i18n import gettext as _
from desktop.queries.file_sheet import FileSheet, file_sheet
from ui.common.buttons import SegmentedControl
from ui.common.inputs import CheckInput
from ui.common.page_dialog import PageDialog
from ui.common.sheets import Pages
from ui.context import Context
from ui.operations import Ticket

FOLDER = "sheet.folder"


def made_pdf(sheet: FileSheet, language: str, paper: str) -> bytes:
    """Print a sheet; takes a moment, so ask off the GUI thread."""
    # Imported when the first paper is wanted: it would delay the first list.
    from desktop.reports.file_sheet import file_sheet_pdf
    from desktop.reports.paper import SIZES

    return file_sheet_pdf(sheet, language, SIZES[paper])


class SheetDialog(PageDialog):
    """Pages of the sheet; what it says and its paper can be chosen."""

    def __init__(
        self,
        context: Context,
        request_id: int,
        reference: str,
        parent: QWidget | None = None,
    ) -> None:
        name = _("{reference}, file sheet").format(reference=reference)
        title = _("File sheet of {reference}").format(reference=reference)
        super().__init__(context, title, FOLDER, name=name, parent=parent)
        self._request_id = request_id
        self._found: FileSheet | None = None
        self._reading: Ticket | None = None
        self.internal = CheckInput(_("With internal notes and files"))
        self.paper = SegmentedControl(
            [("a4", _("A4")), ("letter", _("Letter"))], name=_("Paper")
        )
        self.above.addWidget(self.internal)
        self.above.addStretch(1)
        self.above.addWidget(self.paper)
        self.internal.toggled.connect(lambda _on: self._read())
        self.paper.chosen.connect(lambda _paper: self._draw())

    def start(self) -> None:
        """Open, and read the request as it stands now."""
        self.open()
        self.print_button.setFocus()
        self._read()

    def _read(self) -> None:
        """Read what the sheet says; an older answer is not waited for."""
        if self._reading is not None:
            self._reading.cancel()
        context = self._context
        self._reading = context.operations.read(
            file_sheet,
            self._request_id,
            reader_unit_id=context.me.unit_id,
            with_internal=self.internal.isChecked(),
            now=context.ticker.now(),
        ).start(self, self._use, self.refuse)

    def _use(self, found: FileSheet) -> None:
        self._found = found
        self._draw()

    def _draw(self) -> None:
        if self._found is None:
            return
        paper = self.paper.value() or "a4"
        make = partial(made_pdf, self._found, current_language(), paper)
        self.draw(lambda: Pages(make()))
