"""The kit every printed document is made with: page, type, colours, building.

A document is a list of flowables and an imprint (what head and foot say). Page
numbers that are known only at the end (page x of y, the page column of a running
order) are forms drawn last, so one pass is enough.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Any, Final

from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.pagesizes import A4 as _A4
from reportlab.lib.pagesizes import LETTER as _LETTER
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    FrameBreak,
    KeepTogether,
    PageTemplate,
    Paragraph,
)

from desktop.reports.faces import BOLD, REGULAR, fitted, register, width_of
from desktop.reports.writing import plain

INK: Final = HexColor("#1A1A1A")
ACCENT: Final = HexColor("#17475A")
GREY: Final = HexColor("#4D5457")
RULE: Final = HexColor("#B4BCC0")
TINT: Final = HexColor("#EDF1F2")
WHITE: Final = HexColor("#FFFFFF")

SIDE_MARGIN: Final[float] = 20 * mm
BOTTOM_MARGIN: Final = 21 * mm
FIRST_TOP: Final = 16 * mm
LATER_TOP: Final = 24 * mm
EMPTY_AT_MOST: Final = 0.30
"""Share of a page that may stay empty to keep an item together."""


@dataclass(frozen=True, slots=True)
class PaperSize:
    """A sheet in points; `text_width` is what the margins leave."""

    code: str
    width: float
    height: float

    @property
    def text_width(self) -> float:
        """Width between the side margins, in points."""
        return self.width - 2 * SIDE_MARGIN


A4: Final = PaperSize("a4", *_A4)
LETTER: Final = PaperSize("letter", *_LETTER)
SIZES: Final = {size.code: size for size in (A4, LETTER)}


@dataclass(frozen=True, slots=True)
class Imprint:
    """What a document says of itself: properties, running head, foot (plain text).

    `page_of` makes "page x of y" in the reader's language.
    """

    title: str
    subject: str
    author: str
    language: str
    head_left: str
    head_right: str
    foot: tuple[str, str]
    page_of: Callable[[int, int], str]


def _style(name: str, size: float, leading: float, **more: Any) -> ParagraphStyle:
    """Make a paragraph style of our face; nothing falls back to Helvetica."""
    register()
    settings = {
        "fontName": REGULAR,
        "bulletFontName": REGULAR,
        "textColor": INK,
        "fontSize": size,
        "leading": leading,
        "allowWidows": 0,
        "allowOrphans": 0,
        "uriWasteReduce": 0,
    }
    return ParagraphStyle(name, **(settings | more))


TITLE: Final = _style("title", 19, 23, fontName=BOLD, textColor=ACCENT)
KICKER: Final = _style("kicker", 9, 12, textColor=GREY, spaceAfter=2.6 * mm)
BODY: Final = _style("body", 8.5, 12)
WANTED: Final = _style("wanted", 8.5, 12, spaceBefore=2.4)
EVIDENCE: Final = _style(
    "evidence", 7.3, 10.2, textColor=GREY, spaceBefore=3, spaceAfter=3
)
NOTE: Final = _style("note", 7.3, 10.2, textColor=GREY)
SUBHEAD: Final = _style(
    "subhead",
    8.5,
    12,
    fontName=BOLD,
    textColor=ACCENT,
    spaceBefore=3 * mm,
    spaceAfter=0.4 * mm,
)
CELL: Final = _style("cell", 7.5, 9.4)
CELL_BOLD: Final = _style("cell-bold", 7.5, 9.4, fontName=BOLD)
CELL_HEAD: Final = _style("cell-head", 7, 9, fontName=BOLD)
CELL_HEAD_RIGHT: Final = _style(
    "cell-head-right", 7, 9, fontName=BOLD, alignment=TA_RIGHT
)
KEY_FIGURE: Final = _style("key-figure", 9.5, 12, fontName=BOLD)


class PaperCanvas(Canvas):
    """A canvas that remembers on which page things are, and writes it at the end."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._code: list[str]
        self.page_of: dict[str, int] = {}
        self._late: dict[str, tuple[float, str, float, Callable[[], str]]] = {}

    def late_text(
        self, name: str, width: float, font: str, size: float, text: Callable[[], str]
    ) -> None:
        """Draw here, right-aligned in `width` points, a text known only at the end."""
        self._late[name] = (width, font, size, text)
        self.doForm(name)

    def page_total(self) -> int:
        """Return how many pages there are; right once the last one is shown."""
        return int(self.getPageNumber()) - 1

    def save(self) -> None:
        """Write the late texts and close the document."""
        if self._code:
            self.showPage()
        texts = {name: late[3]() for name, late in self._late.items()}
        for name, (width, font, size, _text) in self._late.items():
            self.beginForm(name, -1, -size * 0.4, width + 1, size * 1.1)
            self.setFont(font, size)
            self.setFillColor(INK)
            self.drawRightString(width, 0, texts[name])
            self.endForm()
        self._code = []
        super().save()


class Kept(KeepTogether):
    """An item kept on one page, unless that would leave too much of a page empty."""

    def split(self, available_width: float, available_height: float) -> list[Flowable]:
        """Let the parts flow on, after a page break where they do not fit."""
        self.wrap(available_width, available_height)
        frame = self._frame
        content = list(self._content)
        fits = available_height >= self._H
        little_left = available_height <= frame._height * EMPTY_AT_MOST
        if fits or frame._atTop or not little_left:
            return content
        return [FrameBreak(), *content]


def text(markup: str, style: ParagraphStyle = CELL) -> Paragraph:
    """Make a paragraph of markup; user text in it has gone through `escape`."""
    return Paragraph(markup, style)


def _running_head(canvas: PaperCanvas, imprint: Imprint, size: PaperSize) -> None:
    """Draw the head of every page but the first."""
    if canvas.getPageNumber() == 1:
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
    number = canvas.getPageNumber()
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
        f"foot-{number}",
        40 * mm,
        BOLD,
        6.8,
        lambda: imprint.page_of(number, canvas.page_total()),
    )
    canvas.restoreState()


def _template(
    name: str, top: float, size: PaperSize, imprint: Imprint, later: str
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
    return PageTemplate(
        id=name,
        frames=[frame],
        pagesize=(size.width, size.height),
        onPage=lambda canvas, _document: _running_head(canvas, imprint, size),
        onPageEnd=lambda canvas, _document: _foot(canvas, imprint, size),
        autoNextPageTemplate=later,
    )


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


def _document(buffer: BytesIO, imprint: Imprint, size: PaperSize) -> BaseDocTemplate:
    """Return an empty document with its properties and its two kinds of page."""
    document = BaseDocTemplate(
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
    document.addPageTemplates(
        [
            _template("first", FIRST_TOP, size, imprint, "later"),
            _template("later", LATER_TOP, size, imprint, "later"),
        ]
    )
    return document


def build(
    story: Sequence[Flowable], imprint: Imprint, size: PaperSize = A4
) -> tuple[bytes, dict[str, int]]:
    """Lay the story out; return the PDF and the page of every bookmark.

    The same story and imprint give the same bytes.
    """
    register()
    imprint = _cleaned(imprint)
    buffer = BytesIO()
    document = _document(buffer, imprint, size)
    made: list[PaperCanvas] = []

    def canvas(*args: Any, **kwargs: Any) -> PaperCanvas:
        paper = PaperCanvas(*args, **kwargs)
        paper.addPageLabel(0, style="ARABIC", start=1)
        made.append(paper)
        return paper

    document.build(list(story), canvasmaker=canvas)
    return buffer.getvalue(), dict(made[-1].page_of)
