"""The kit every printed document is made with: page, type, colours, canvas.

A document is a list of flowables and an imprint (what head and foot say). Page
numbers that are known only at the end (page x of y, the page column of a running
order) are forms drawn last, so one pass is enough.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from reportlab.lib.colors import Color, HexColor, toColor
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.pagesizes import A4 as _A4
from reportlab.lib.pagesizes import LETTER as _LETTER
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, FrameBreak, KeepTogether, Paragraph

from desktop.reports.faces import BOLD, REGULAR, register

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
    """A canvas that remembers on which page things are, and writes it at the end.

    `starts` are the pages its parts begin on; what is in the outline below a part
    goes one level down from `level`.
    """

    def __init__(self, *args: Any, is_grey: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._code: list[str]
        self.page_of: dict[str, int] = {}
        self.starts: list[int] = []
        self.first_of_part = 1
        self.level = 0
        self._late: dict[str, tuple[float, str, float, Callable[[], str]]] = {}
        if is_grey:
            self._enforceColorSpace = _grey

    def late_text(
        self, width: float, font: str, size: float, text: Callable[[], str]
    ) -> None:
        """Draw here, right-aligned in `width` points, a text known only at the end."""
        name = f"late-{len(self._late)}"
        self._late[name] = (width, font, size, text)
        self.doForm(name)

    def page_total(self) -> int:
        """Return how many pages there are; right once the last one is shown."""
        return int(self.getPageNumber()) - 1

    def page_in_part(self, part: int, page: int) -> tuple[int, int]:
        """Return the number of a page within its part, and how many that has."""
        first = self.starts[part]
        is_last = part + 1 == len(self.starts)
        after = self.page_total() + 1 if is_last else self.starts[part + 1]
        return page - first + 1, after - first

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


def _grey(colour: Any) -> Color:
    """Return a colour as bright as it is, without being one."""
    shown = toColor(colour)
    light = 0.299 * shown.red + 0.587 * shown.green + 0.114 * shown.blue
    return Color(light, light, light, shown.alpha)


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


class Words(Paragraph):
    """A paragraph that breaks its lines once for each width it is given.

    It is asked again and again: by the table, by what keeps it together, by the page.
    """

    _asked: float | None = None
    _answer: tuple[float, float] = (0.0, 0.0)

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Return the size in points at a width."""
        # Splitting forgets the lines where it comes to nothing.
        if self._asked != width or not hasattr(self, "blPara"):
            self._answer = super().wrap(width, height)
            self._asked = width
        return self._answer


def text(markup: str, style: ParagraphStyle = CELL) -> Paragraph:
    """Make a paragraph of markup; user text in it has gone through `escape`."""
    return Words(markup, style)
