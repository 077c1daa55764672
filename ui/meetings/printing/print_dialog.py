"""Printing a session: its papers as they will be, with every choice of what goes in."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.domain.errors import Refusal
from desktop.domain.print_options import PaperCode, PrintOptions
from desktop.i18n import current_language, speaking
from desktop.i18n import gettext as _
from desktop.messages import refusal_words
from desktop.queries.session_papers import (
    PrintChoice,
    SessionPapers,
    print_choice,
    session_papers,
)
from desktop.use_cases.meeting_papers import remember_print_options
from ui.common.page_dialog import PageDialog
from ui.common.scroll_area import ScrollArea
from ui.common.sheets import Pages
from ui.context import Context
from ui.meetings.printing.beside import write_beside
from ui.meetings.printing.books import book_dialog, register_dialog
from ui.meetings.printing.choices import Choices
from ui.operations import Ticket

FOLDER = "meetings.folder"
BAR_PX = 12


class PrintDialog(PageDialog):
    """Pages on the right, choices on the left; what is chosen is remembered."""

    def __init__(
        self,
        context: Context,
        meeting_id: int,
        name: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            context, _("Print the session"), FOLDER, name=name, parent=parent
        )
        self._meeting_id = meeting_id
        self._kept = PrintOptions()
        self._found: SessionPapers | None = None
        self._read_with: PrintOptions | None = None
        self._reading: Ticket | None = None
        self.choices = Choices()
        self.choices.setEnabled(False)
        scrolled = ScrollArea()
        scrolled.setWidget(self.choices)
        scrolled.setFixedWidth(self.choices.width() + BAR_PX)
        scrolled.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.aside.addWidget(scrolled)
        self.choices.changed.connect(self._chosen)
        self.choices.book.clicked.connect(self._open_book)
        self.choices.all_actions.clicked.connect(self._open_register)
        self.out.done.connect(self._remember)
        self.out.saved.connect(self._write_beside)

    def wide(self) -> int:
        """Return room for the choices beside a page."""
        return 1080

    def start(self) -> None:
        """Open, and read what the series remembers."""
        self.open()
        read = self._context.operations.read(print_choice, self._meeting_id)
        read.start(self, self._begin, self.refuse)

    def _begin(self, choice: PrintChoice) -> None:
        self._kept = choice.options
        self.choices.begin(choice.options, minutes=choice.has_minutes)
        self.choices.setEnabled(True)
        self._chosen()

    # ------------------------------------------------------------ pages

    def _chosen(self) -> None:
        """Read what the papers chosen need and was not read yet, then draw."""
        options, papers = self.choices.options(), self.choices.papers()
        if not papers:
            self.problem.setText(_("Choose at least one paper."))
            self.problem.show()
            self.print_button.setEnabled(False)
            self.save_button.setEnabled(False)
            return
        self.problem.hide()
        if self._reading is not None:
            self._reading.cancel()
        if self._found is not None and self._has_all(options, papers):
            self._draw()
            return
        self.place.setText(_("The pages are being made"))
        self._read_with = options
        read = self._context.operations.read_slowly(
            session_papers,
            self._meeting_id,
            options,
            self._context.ticker.now(),
            with_minutes="minutes" in papers,
        )
        self._reading = read.start(self, self._use, self.refuse)

    def _has_all(self, options: PrintOptions, papers: tuple[PaperCode, ...]) -> bool:
        """Tell whether what was read holds all that is chosen now."""
        found, before = self._found, self._read_with
        if found is None or before is None:
            return False
        wants_minutes = "minutes" in papers or options.slips
        return (
            (not wants_minutes or found.minutes is not None or before.slips)
            and (not options.full_list or found.at_risk is not None)
            and (not options.proofs or before.proofs)
            and (not options.register or found.register is not None)
        )

    def _use(self, found: SessionPapers) -> None:
        self._found = found
        self._draw()

    def _draw(self) -> None:
        found = self._found
        options, papers = self.choices.options(), self.choices.papers()
        if found is None or not self._has_all(options, papers):
            return  # it is being read
        language = current_language()
        self.draw(lambda: made_pages(found, papers, options, language))

    # ------------------------------------------------------------ other papers

    def _open_book(self) -> None:
        if self._found is not None:
            book_dialog(self._context, self._found.series_id, self).open()

    def _open_register(self) -> None:
        register_dialog(self._context, self).open()

    # ------------------------------------------------------------ afterwards

    def _remember(self) -> None:
        """Keep with the series what was chosen, once it was printed or saved."""
        options, found = self.choices.options(), self._found
        if options == self._kept or found is None:
            return
        self._kept = options
        write = self._context.operations.write
        write(remember_print_options, found.series_id, options).start(
            self, lambda _outcome: None, lambda _refusal: None
        )

    def _write_beside(self, path: Path) -> None:
        """Write the calendar file and the words of a mail next to the PDF."""
        options, found = self.choices.options(), self._found
        if found is None or not (options.calendar or options.mail_text):
            return
        context, desk = self._context, self._context.operations.desk
        now, language = context.ticker.now(), current_language()

        def told(names: list[str]) -> None:
            words = _("Saved as {path}, with {files}")
            shown = words.format(path=path, files=", ".join(names))
            context.tell(shown, kind="ok", subject="pdf")

        def refused(refusal: Refusal) -> None:
            context.tell(refusal_words(refusal), kind="broken", subject="pdf")

        is_minutes = "minutes" in self.choices.papers()
        job = context.operations.work_slowly(
            lambda: write_beside(
                desk, found, path, options, now, language, is_minutes=is_minutes
            )
        )
        job.start(self, told, refused)


def made_pages(
    found: SessionPapers,
    papers: tuple[PaperCode, ...],
    options: PrintOptions,
    language: str,
) -> Pages:
    """Print the papers chosen, and say which characters could not be shown."""
    # Imported when the first paper is wanted: it would delay the window's start.
    from dataclasses import replace

    from desktop.reports.missing import missing_words
    from desktop.reports.session_print import session_print

    shown = replace(
        found,
        at_risk=found.at_risk if options.full_list else None,
        proofs=found.proofs if options.proofs else (),
    )
    made = session_print(shown, papers, options, language)
    with speaking(language):
        return Pages(made.pdf, missing_words(made.missing, with_shapes=True))
