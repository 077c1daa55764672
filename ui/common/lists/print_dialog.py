"""A list on paper before it is printed: its pages to look at, print, or save."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.i18n import gettext as _
from ui.common.attachments.preview import PictureView
from ui.common.buttons import Button, IconButton
from ui.common.labels import ElidedLabel, PlainLabel
from ui.common.paper_out import PaperOut
from ui.common.sheets import Sheet, sheet_of
from ui.context import Context

_TURNS = {
    Qt.Key.Key_PageDown: 1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_PageUp: -1,
    Qt.Key.Key_Left: -1,
}


class PrintDialog(QDialog):
    """Shows what `make` gives, page by page; Esc closes it."""

    def __init__(
        self,
        context: Context,
        title: str,
        make: Callable[[], bytes],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._make = make
        self._pdf = b""
        self.sheet: Sheet | None = None
        self.setWindowTitle(_("Print the list"))
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.title = ElidedLabel(title, size="title")
        self.place = PlainLabel(_("The pages are being made"), ink="text2")
        self.back = IconButton("chevron-left", _("Page before"))
        self.forward = IconButton("chevron-right", _("Next page"))
        self.view = PictureView(is_page=True)
        self.view.setAccessibleName(_("The page as it will be printed"))
        self.print_button = Button(
            _("Print"), kind="primary", icon="printer", key="Ctrl+P"
        )
        self.save_button = Button(_("Save PDF"), icon="download")
        self.close_button = Button(_("Close"), kind="quiet", key="Esc")
        self.out = PaperOut(
            context, self, lambda: self._known, lambda: title, "lists.folder"
        )
        self._lay_out()
        self.back.clicked.connect(lambda: self.turn(-1))
        self.forward.clicked.connect(lambda: self.turn(1))
        self.print_button.clicked.connect(self.out.print_it)
        self.save_button.clicked.connect(self.out.ask_where)
        self.close_button.clicked.connect(self.reject)
        self._enable()
        context.operations.work_slowly(make).start(self, self._take)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.title, 1)
        head.addWidget(self.place)
        head.addWidget(self.back)
        head.addWidget(self.forward)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
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
        foot.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.setSpacing(16)
        layout.addLayout(head)
        layout.addWidget(scroll, 1)
        layout.addLayout(foot)
        self.resize(960, 720)

    def _known(self) -> bytes:
        return self._pdf

    def _take(self, pdf: bytes) -> None:
        self._pdf = pdf
        self._show(0)

    def turn(self, by: int) -> None:
        """Show the page before or after."""
        if self.sheet is not None:
            self._show(self.sheet.page + by)

    def _show(self, page: int) -> None:
        pdf = self._pdf
        width = max(640, self.view.width()) * self.devicePixelRatio()
        asked = self._context.operations.work_slowly(
            lambda: sheet_of(pdf, page, int(width))
        )
        asked.start(self, self._take_sheet)

    def _take_sheet(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.view.set_image(sheet.image)
        words = _("page {page} of {total}")
        self.place.setText(words.format(page=sheet.page + 1, total=sheet.pages))
        self._enable()
        QTimer.singleShot(0, self.print_button, self.print_button.setFocus)

    def _enable(self) -> None:
        sheet = self.sheet
        self.print_button.setEnabled(sheet is not None)
        self.save_button.setEnabled(sheet is not None)
        self.back.setEnabled(sheet is not None and sheet.page > 0)
        self.forward.setEnabled(sheet is not None and sheet.page + 1 < sheet.pages)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn pages; Ctrl+P prints."""
        is_print = event.key() == Qt.Key.Key_P and bool(
            event.modifiers() & Qt.KeyboardModifier.ControlModifier
        )
        if is_print and self.sheet is not None:
            self.out.print_it()
        elif event.key() in _TURNS:
            self.turn(_TURNS[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)
