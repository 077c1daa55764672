"""The agenda's pages as pictures; runs off the GUI thread."""

from __future__ import annotations

from desktop.domain.agenda import AgendaPaper
from ui.common.sheets import Sheet, sheet_of


def made_sheet(paper: AgendaPaper, language: str, page: int, width: int) -> Sheet:
    """Print an agenda and picture one page of it, ``width`` pixels wide."""
    # Imported when the first paper is wanted: it would delay the first list by a fifth
    # of a second.
    from desktop.reports.agenda_paper import agenda_pdf

    return sheet_of(agenda_pdf(paper, language), page, width)
