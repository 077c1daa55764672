"""A list of requests as a PDF: what it was narrowed to, and its rows on pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from reportlab.platypus import Flowable

from desktop import formats
from desktop.i18n import gettext as _
from desktop.i18n import ngettext, speaking
from desktop.reports.binding import Part, printed
from desktop.reports.list_cells import ListColumn, Value
from desktop.reports.paper import (
    A4,
    KICKER,
    NOTE,
    TITLE,
    Imprint,
    PaperSize,
    text,
)
from desktop.reports.tables import Cell, Column, grid
from desktop.reports.writing import escape

MOST_PRINTED: Final = 2_000
"""How many rows go on paper; who needs more wants a file."""

ROWS_A_TABLE: Final = 200


@dataclass(frozen=True, slots=True)
class ListPaper:
    """What is printed: a title, what it was narrowed to, and the rows.

    ``total`` is how many rows the list has; ``rows`` may be fewer.
    """

    title: str
    about: str
    owner: str
    zone: str
    printed_at: datetime
    columns: tuple[ListColumn, ...]
    rows: Sequence[Sequence[Value]]
    total: int


def list_pdf(paper: ListPaper, language: str = "en", size: PaperSize = A4) -> bytes:
    """Return the list in ``language``, on its side; equal input gives equal bytes."""
    wide = PaperSize(f"{size.code}-wide", size.height, size.width)
    with speaking(language):
        return printed(lambda: [_part(paper, language, wide)], wide).pdf


def _part(paper: ListPaper, language: str, size: PaperSize) -> Part:
    return Part(_imprint(paper, language), list(_story(paper, size.text_width)))


def _imprint(paper: ListPaper, language: str) -> Imprint:
    zone = ZoneInfo(paper.zone)
    printed_at = formats.instant(paper.printed_at, zone, year=True)
    return Imprint(
        title=paper.title,
        subject=paper.about,
        author=paper.owner,
        language=language,
        head_left=paper.title,
        head_right=_("List of requests"),
        foot=(
            paper.owner,
            _("printed {printed}, times in {zone}").format(
                printed=printed_at, zone=paper.zone
            ),
        ),
        page_of=lambda page, total: _("page {page} of {total}").format(
            page=page, total=total
        ),
    )


def _story(paper: ListPaper, width: float) -> Iterator[Flowable]:
    yield text(escape(paper.title), TITLE)
    count = ngettext("{n} request", "{n} requests", paper.total)
    told = [count.format(n=formats.count(paper.total)), paper.about]
    yield text(escape(" · ".join(one for one in told if one), 400), KICKER)
    zone = ZoneInfo(paper.zone)
    columns = [Column(_(one.words), one.width) for one in paper.columns]
    # Tables of reportlab grow slow with their rows; many short ones do not.
    for start in range(0, len(paper.rows), ROWS_A_TABLE):
        rows = paper.rows[start : start + ROWS_A_TABLE]
        yield grid(columns, [_cells(row, zone) for row in rows], width)
    if not paper.total:
        yield text(escape(_("No request was in this list.")), NOTE)
    if len(paper.rows) < paper.total:
        words = _("The first {n} are printed. Save the list as a file to have all.")
        yield text(escape(words.format(n=formats.count(len(paper.rows)))), NOTE)


def _cells(row: Sequence[Value], zone: ZoneInfo) -> list[Cell]:
    return [_words(value, zone) for value in row]


def _words(value: Value, zone: ZoneInfo) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.astimezone(zone).strftime("%Y-%m-%d %H:%M")
    return str(value)
