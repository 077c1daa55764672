"""Binding: stories laid out on pages, one part after the other, into one PDF.

A flowable that fails never stops the print: a plain line says so where it would have
been, and the program's log says why.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Any, Final

from reportlab.lib.units import mm
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    KeepTogether,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
)

from desktop.i18n import gettext as _
from desktop.reports.faces import BOLD, REGULAR, fitted, register, width_of
from desktop.reports.missing import missing_words, noticing
from desktop.reports.paper import (
    A4,
    BOTTOM_MARGIN,
    FIRST_TOP,
    GREY,
    LATER_TOP,
    NOTE,
    RULE,
    SIDE_MARGIN,
    Imprint,
    PaperCanvas,
    PaperSize,
    text,
)
from desktop.reports.writing import escape, plain

_NOTICE_LIMIT: Final = 1_200

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Part:
    """A paper of its own within a PDF: its pages are counted from 1.

    `name` heads its entries in the outline and labels its pages, where a PDF has
    several parts; `key` is where it begins. One that `goes_on` is counted with the
    part before it, as a chapter of a book.
    """

    imprint: Imprint
    story: Sequence[Flowable]
    name: str = ""
    key: str = ""
    goes_on: bool = False


@dataclass(frozen=True, slots=True)
class Printed:
    """A PDF, how many pages it has, where things are, and what it could not show."""

    pdf: bytes
    pages: int
    places: dict[str, int]
    missing: tuple[str, ...] = ()


def printed(
    make: Callable[[], Sequence[Part]], size: PaperSize = A4, *, is_grey: bool = False
) -> Printed:
    """Bind what `make` gives, with a notice of what could not be shown at its end.

    The properties of the PDF are those of the first part; equal parts give equal
    bytes. Called where a language is spoken.
    """
    with noticing() as missing:
        parts = [replace(one, imprint=_cleaned(one.imprint)) for one in make()]
        if missing:
            told = text(escape(missing_words(tuple(missing)), _NOTICE_LIMIT), NOTE)
            told.spaceBefore = 6 * mm
            last = parts[-1]
            parts[-1] = replace(last, story=[*last.story, told])
        canvas, pdf = _bound(parts, size, is_grey)
    return Printed(pdf, canvas.page_total(), dict(canvas.page_of), tuple(missing))


def _running_head(canvas: PaperCanvas, imprint: Imprint, size: PaperSize) -> None:
    """Draw the head of every page but a part's first."""
    if canvas.getPageNumber() == canvas.first_of_part:
        return
    left, right = SIDE_MARGIN, size.width - SIDE_MARGIN
    y = size.height - 14.4 * mm
    canvas.saveState()
    canvas.setFillColor(GREY)
    canvas.setFont(REGULAR, 7)
    room = right - left - width_of(imprint.head_right, REGULAR, 7) - 6 * mm
    canvas.drawString(left, y, fitted(imprint.head_left, REGULAR, 7, room))
    canvas.drawRightString(right, y, imprint.head_right)
    canvas.setStrokeColor(RULE)
    canvas.setLineWidth(0.6)
    canvas.line(left, size.height - 16.5 * mm, right, size.height - 16.5 * mm)
    canvas.restoreState()


def _foot(canvas: PaperCanvas, imprint: Imprint, size: PaperSize) -> None:
    """Draw the foot; after the page's text, so that it is read last."""
    left, right = SIDE_MARGIN, size.width - SIDE_MARGIN
    part, page = len(canvas.starts) - 1, canvas.getPageNumber()
    canvas.saveState()
    canvas.setStrokeColor(RULE)
    canvas.setLineWidth(0.6)
    canvas.line(left, 16 * mm, right, 16 * mm)
    canvas.setFillColor(GREY)
    canvas.setFont(REGULAR, 6.8)
    room = right - left - 30 * mm
    for line, y in zip(imprint.foot, (12.8 * mm, 9.4 * mm), strict=True):
        canvas.drawString(left, y, fitted(line, REGULAR, 6.8, room))
    canvas.translate(right - 40 * mm, 12.8 * mm)
    canvas.late_text(
        40 * mm,
        BOLD,
        6.8,
        lambda: imprint.page_of(*canvas.page_in_part(part, page)),
    )
    canvas.restoreState()


def _templates(parts: Sequence[Part], size: PaperSize) -> list[PageTemplate]:
    """Return two kinds of page for each part: its first, and the others."""
    made: list[PageTemplate] = []
    for at, part in enumerate(parts):
        later = f"later-{at}"
        for name, top in ((f"first-{at}", FIRST_TOP), (later, LATER_TOP)):
            is_first = name != later
            made.append(_template(name, top, size, part, later, is_first=is_first))
    return made


def _template(
    name: str,
    top: float,
    size: PaperSize,
    part: Part,
    later: str,
    *,
    is_first: bool,
) -> PageTemplate:
    """Make a page with one frame between the margins."""
    frame = Frame(
        SIDE_MARGIN,
        BOTTOM_MARGIN,
        size.text_width,
        size.height - top - BOTTOM_MARGIN,
        leftPadding=0,
        rightPadding=0,
        topPadding=0,
        bottomPadding=0,
        id=name,
    )

    def begin(canvas: PaperCanvas, _document: BaseDocTemplate) -> None:
        if is_first:
            _begin_part(canvas, part, size)
        _running_head(canvas, part.imprint, size)

    return PageTemplate(
        id=name,
        frames=[frame],
        pagesize=(size.width, size.height),
        onPage=begin,
        onPageEnd=lambda canvas, _document: _foot(canvas, part.imprint, size),
        autoNextPageTemplate=later,
    )


def _begin_part(canvas: PaperCanvas, part: Part, size: PaperSize) -> None:
    """Count pages anew, label them, and put the part into the outline."""
    page = canvas.getPageNumber()
    canvas.first_of_part = page
    if not part.goes_on:
        canvas.starts.append(page)
        prefix = f"{plain(part.name, 40)} " if part.name and not part.key else None
        canvas.addPageLabel(page - 1, style="ARABIC", start=1, prefix=prefix)
    canvas.level = 0
    if part.name:
        key = part.key or f"part-{page}"
        canvas.bookmarkHorizontal(key, 0, size.height)
        canvas.page_of[key] = page
        canvas.addOutlineEntry(plain(part.name), key, level=0, closed=True)
        canvas.level = 1


def _cleaned(imprint: Imprint) -> Imprint:
    """Return the imprint as it can be printed, each of its texts on one line."""
    first, second = imprint.foot
    return replace(
        imprint,
        title=plain(imprint.title),
        subject=plain(imprint.subject),
        author=plain(imprint.author),
        head_left=plain(imprint.head_left),
        head_right=plain(imprint.head_right),
        foot=(plain(first), plain(second)),
    )


class _Document(BaseDocTemplate):
    """Lays flowables out; one that fails is told of and the rest goes on."""

    def handle_flowable(self, flowables: list[Flowable]) -> None:
        """Handle the first flowable, or put a line in its place where it fails."""
        first = flowables[0]
        canvas = self.canv
        written, depth = len(canvas._code), len(canvas.state_stack)
        page = canvas.getPageNumber()
        left = len(flowables)
        try:
            super().handle_flowable(flowables)
        except Exception as error:
            if first is None or getattr(first, "is_told_of", False):
                raise
            _log.exception("a part of page %d could not be printed", page)
            if canvas.getPageNumber() == page:
                while len(canvas.state_stack) > depth:
                    canvas.pop_state_stack()
                del canvas._code[written:]
            del flowables[: len(flowables) - left + 1]
            flowables[0:0] = _instead(first, error)


def _instead(failed: Flowable, error: Exception) -> list[Flowable]:
    """Return what is laid out instead: the parts of what was kept, or a line."""
    if isinstance(failed, KeepTogether):
        return list(failed._content)
    words = _("This part could not be printed ({error}); the program’s log says why.")
    line = text(escape(words.format(error=type(error).__name__)), NOTE)
    line.is_told_of = True
    return [line]


def _bound(
    parts: Sequence[Part], size: PaperSize, is_grey: bool
) -> tuple[PaperCanvas, bytes]:
    """Lay the parts out; return the canvas, which knows the pages, and the PDF."""
    register()
    imprint = parts[0].imprint
    buffer = BytesIO()
    document = _Document(
        buffer,
        pagesize=(size.width, size.height),
        title=imprint.title,
        author=imprint.author,
        subject=imprint.subject,
        creator="Counterpart",
        producer="Counterpart",
        lang=imprint.language,
        displayDocTitle=1,
        initialFontName=REGULAR,
        initialFontSize=8.5,
        invariant=1,
        pageCompression=1,
    )
    document.addPageTemplates(_templates(parts, size))
    made: list[PaperCanvas] = []

    def canvas(*args: Any, **kwargs: Any) -> PaperCanvas:
        made.append(PaperCanvas(*args, is_grey=is_grey, **kwargs))
        return made[-1]

    story: list[Flowable] = []
    for at, part in enumerate(parts):
        if at:
            story += [NextPageTemplate(f"first-{at}"), PageBreak()]
        story += part.story
    document.build(story, canvasmaker=canvas)
    return made[-1], buffer.getvalue()
