"""Papers over many sessions: a series' minutes book, the actions of all series."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from desktop.domain.session_books import ActionRegister, MinutesBook
from desktop.i18n import current_language, speaking
from desktop.i18n import gettext as _
from desktop.queries.action_register import action_register, minutes_book
from ui.common.buttons import SegmentedControl
from ui.common.page_dialog import PageDialog
from ui.common.sheets import Pages
from ui.context import Context

if TYPE_CHECKING:
    from desktop.reports.binding import Printed

YEAR = timedelta(days=366)
FOLDER = "meetings.folder"


class BookDialog(PageDialog):
    """Pages of a paper that is read once; its sheet and colour can be chosen."""

    def __init__(
        self, context: Context, title: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(context, title, FOLDER, parent=parent)
        self.found: MinutesBook | ActionRegister | None = None
        self.paper_size = SegmentedControl(
            [("a4", _("A4")), ("letter", _("Letter"))], name=_("Paper size")
        )
        self.colour = SegmentedControl(
            [("colour", _("Colour")), ("grey", _("Black and white"))], name=_("Colour")
        )
        self.above.addWidget(self.paper_size)
        self.above.addWidget(self.colour)
        self.above.addStretch(1)
        for control in (self.paper_size, self.colour):
            control.chosen.connect(lambda _choice: self._draw())

    def read(self, query: Any, *arguments: Any) -> BookDialog:
        """Read the paper, then show it; returns itself, to be opened."""
        reading = self._context.operations.read_slowly(query, *arguments)
        reading.start(self, self._use, self.refuse)
        return self

    def _use(self, found: MinutesBook | ActionRegister) -> None:
        self.found = found
        self._draw()

    def _draw(self) -> None:
        found, size = self.found, self.paper_size.value()
        is_grey, language = self.colour.value() == "grey", current_language()
        if found is not None:
            self.draw(lambda: _pages(found, size, language, is_grey=is_grey))


def book_dialog(context: Context, series_id: int, parent: QWidget) -> BookDialog:
    """Return the minutes book of the year behind us, on its way."""
    now = context.ticker.now()
    dialog = BookDialog(context, _("Minutes book of a year"), parent)
    return dialog.read(minutes_book, series_id, now - YEAR, now, now)


def register_dialog(context: Context, parent: QWidget) -> BookDialog:
    """Return the register of the actions of all series, on its way."""
    dialog = BookDialog(context, _("Action register"), parent)
    return dialog.read(action_register, context.ticker.now())


def _pages(
    found: MinutesBook | ActionRegister, size: str, language: str, *, is_grey: bool
) -> Pages:
    # Imported when the first paper is wanted: it would delay the window's start.
    from desktop.reports.minutes_book import book_print
    from desktop.reports.missing import missing_words
    from desktop.reports.paper import SIZES
    from desktop.reports.register_paper import register_print

    made: Printed
    if isinstance(found, MinutesBook):
        made = book_print(found, language, SIZES[size], is_grey=is_grey)
    else:
        made = register_print(found, language, SIZES[size], is_grey=is_grey)
    with speaking(language):
        return Pages(made.pdf, missing_words(made.missing, with_shapes=True))
