"""The papers of sessions as PDFs, with what is to be said of them."""

from __future__ import annotations

from desktop.domain.agenda import AgendaPaper
from desktop.domain.minutes import MinutesPaper
from desktop.i18n import speaking
from ui.common.sheets import Pages

Paper = AgendaPaper | MinutesPaper


def made_pages(paper: Paper, language: str) -> Pages:
    """Print an agenda or minutes, and say which characters could not be shown."""
    # Imported when the first paper is wanted: it would delay the first list by a fifth
    # of a second.
    from desktop.reports.agenda_paper import agenda_print
    from desktop.reports.minutes_paper import minutes_print
    from desktop.reports.missing import missing_words

    if isinstance(paper, MinutesPaper):
        made = minutes_print(paper, language)
    else:
        made = agenda_print(paper, language)
    with speaking(language):
        return Pages(made.pdf, missing_words(made.missing, with_shapes=True))
