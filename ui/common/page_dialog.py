"""A paper before it is printed: its pages to turn, then print, save, or close."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop.domain.errors import Refusal
from desktop.i18n import gettext as _
from desktop.messages import refusal_words
from ui.common.buttons import Button, IconButton
from ui.common.labels import ElidedLabel, PlainLabel
from ui.common.paper_out import PaperOut
from ui.common.picture_view import TURNS, PictureView
from ui.common.scroll_area import ScrollArea
from ui.common.sheets import Pages, Sheet, sheet_of
from ui.context import Context
from ui.operations import Ticket

LEAST_PIXELS = 480


class PageDialog(QDialog):
    """Shows what `draw` is given, page by page, and stays on the page looked at.

    What is printed and saved are the very pages shown. Choices go into `above` (a line
    over the pages) or `aside` (left of them).
    """

    drawn = Signal()

    def __init__(
        self,
        context: Context,
        title: str,
        folder: str,
        *,
        name: str = "",
        window_title: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._name = name or title
        self._ticket: Ticket | None = None
        self._pages: Pages | None = None
        self.sheet: Sheet | None = None
        self.setWindowTitle(window_title or title)
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.title = ElidedLabel(title, size="title")
        self.place = PlainLabel("", size="small", ink="text2")
        self.back = IconButton("chevron-left", _("Page before"))
        self.forward = IconButton("chevron-right", _("Next page"))
        self.view = PictureView(is_page=True)
        self.notice = PlainLabel("", ink="risk", wraps=True)
        self.problem = PlainLabel("", ink="broken", wraps=True)
        self.print_button = Button(
            _("Print"), kind="primary", icon="printer", key="Ctrl+P"
        )
        self.save_button = Button(_("Save PDF"), icon="download", key="Ctrl+S")
        self.close_button = Button(_("Close"), kind="quiet", key="Esc")
        self.out = PaperOut(context, self, self._known, self._named, folder)
        self._lay_out()
        self.back.clicked.connect(lambda: self.turn(-1))
        self.forward.clicked.connect(lambda: self.turn(1))
        self.print_button.clicked.connect(self.out.print_it)
        self.save_button.clicked.connect(self.out.ask_where)
        self.close_button.clicked.connect(self.reject)
        self._say_place()

    def _lay_out(self) -> None:
        head, foot, middle = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        for line in (head, foot):
            line.setSpacing(8)
        head.addWidget(self.title, 1)
        for part in (self.place, self.back, self.forward):
            head.addWidget(part)
        self.area = ScrollArea()
        self.view.scroll_in(self.area)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 8, 0)
        column.addWidget(self.view)
        column.addStretch(1)
        self.area.setWidget(holder)
        self.above, self.aside = QHBoxLayout(), QVBoxLayout()
        self.above.setSpacing(16)
        middle.setSpacing(24)
        middle.addLayout(self.aside)
        middle.addWidget(self.area, 1)
        foot.addWidget(self.print_button)
        foot.addWidget(self.save_button)
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.setSpacing(12)
        layout.addLayout(head)
        layout.addLayout(self.above)
        layout.addWidget(self.problem)
        layout.addWidget(self.notice)
        layout.addLayout(middle, 1)
        layout.addLayout(foot)
        for line_of_words in (self.problem, self.notice):
            line_of_words.hide()
        self._take_room()

    def _take_room(self) -> None:
        parent = self.parentWidget()
        room = parent.window().size() if parent is not None else QSize(1000, 900)
        self.resize(min(self.wide(), room.width() - 48), room.height() - 48)

    def wide(self) -> int:
        """Return how wide the dialog is where there is room."""
        return 820

    # ------------------------------------------------------------ pages

    def draw(self, make: Callable[[], Pages]) -> None:
        """Show other pages once they are made; an older job is not waited for."""
        if self._ticket is not None:
            self._ticket.cancel()
        page, width = self.sheet.page if self.sheet else 0, self._pixels()
        self.place.setText(_("The pages are being made"))

        def job() -> tuple[Pages, Sheet]:
            pages = make()
            return pages, sheet_of(pages.pdf, page, width)

        work = self._context.operations.work_slowly(job)
        self._ticket = work.start(self, self._take, self.refuse)

    def _take(self, made: tuple[Pages, Sheet]) -> None:
        self._pages, sheet = made
        self.notice.setText(self._pages.notice)
        self.notice.setVisible(bool(self._pages.notice))
        self._show(sheet)
        self.drawn.emit()

    def _pixels(self) -> int:
        return round(max(LEAST_PIXELS, self.view.width()) * self.devicePixelRatioF())

    def turn(self, by: int) -> None:
        """Look at another page."""
        if self.sheet is None:
            return
        to = self.sheet.page + by
        if 0 <= to < self.sheet.pages:
            job = partial(sheet_of, self.sheet.pdf, to, self._pixels())
            self._context.operations.work_slowly(job).start(self, self._show)

    def _show(self, sheet: Sheet) -> None:
        is_other = self.sheet is None or self.sheet.page != sheet.page
        is_first = self.sheet is None
        self.sheet = sheet
        self.view.set_image(sheet.image)
        self.problem.hide()
        self._say_place()
        if is_other:
            self.area.verticalScrollBar().setValue(0)
        if is_first and self.focusWidget() in (None, self.close_button):
            self.print_button.setFocus()

    def refuse(self, refusal: Refusal) -> None:
        """Say why there are no pages."""
        self.problem.setText(refusal_words(refusal))
        self.problem.show()
        self._say_place()

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

    def _known(self) -> Callable[[], bytes] | None:
        pages = self._pages
        return None if pages is None else lambda: pages.pdf

    def _named(self) -> str:
        return self._name

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn pages; Ctrl+P prints and Ctrl+S saves them."""
        has_control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        key = Qt.Key(event.key())
        if has_control and key == Qt.Key.Key_P:
            self.out.print_it()
        elif has_control and key == Qt.Key.Key_S:
            self.out.ask_where()
        elif key in TURNS:
            self.turn(TURNS[key])
        else:
            super().keyPressEvent(event)
