"""Small drawings of the paper: bars, dotted lines, the heading of an item."""

from collections.abc import Sequence
from typing import Any, Final

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Paragraph

from desktop.reports.faces import BOLD, REGULAR, fitted, width_of
from desktop.reports.paper import (
    ACCENT,
    BODY,
    GREY,
    INK,
    WHITE,
    PaperCanvas,
    text,
)
from desktop.reports.writing import escape, plain

_DASH: Final = (0.6, 1.8)


class Bar(Flowable):
    """A share as a bar, with a triangle where it stood in the period before."""

    def __init__(
        self, width: float, share: float | None, before: float | None = None
    ) -> None:
        super().__init__()
        self.width = width
        self.share, self.before = share, before
        self.bar_height = 7.5
        self.height = self.bar_height + (5.5 if before is not None else 0)

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """Return the size in points."""
        return self.width, self.height

    def draw(self) -> None:
        """Draw the frame, the filled share and the triangle."""
        canvas = self.canv
        canvas.setLineWidth(0.6)
        canvas.setStrokeColor(INK)
        canvas.setFillColor(WHITE)
        canvas.rect(0, 0, self.width, self.bar_height, fill=1)
        if self.share:
            canvas.setFillColor(ACCENT)
            filled = self.width * min(1.0, self.share)
            canvas.rect(0, 0, filled, self.bar_height, stroke=0, fill=1)
        if self.before is not None:
            canvas.setFillColor(INK)
            x = self.width * min(1.0, self.before)
            tip = self.bar_height + 0.8
            path = canvas.beginPath()
            path.moveTo(x, tip)
            path.lineTo(x - 2.8, tip + 4.2)
            path.lineTo(x + 2.8, tip + 4.2)
            path.close()
            canvas.drawPath(path, stroke=0, fill=1)


class HeldBar(Flowable):
    """Who held a request: solid (back), hatched (desk), white (others).

    `longest` is the sum that fills the whole width, so rows compare.
    """

    def __init__(
        self, width: float, seconds: tuple[int, int, int], longest: int
    ) -> None:
        super().__init__()
        self.width, self.height = width, 8.0
        whole = max(1, longest)
        self.parts = tuple(width * max(0, part) / whole for part in seconds)

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """Return the size in points."""
        return self.width, self.height

    def draw(self) -> None:
        """Draw the three parts, told apart without colour."""
        canvas = self.canv
        canvas.setLineWidth(0.5)
        canvas.setStrokeColor(INK)
        solid, hatched, white = self.parts
        canvas.setFillColor(INK)
        if solid > 0:
            canvas.rect(0, 0, solid, 7, fill=1)
        canvas.setFillColor(WHITE)
        if hatched > 0:
            self._hatch(solid, hatched)
        if white > 0:
            canvas.rect(solid + hatched, 0, white, 7, fill=1)

    def _hatch(self, left: float, width: float) -> None:
        """Fill a part with slanted lines, cut at its edges."""
        canvas = self.canv
        canvas.saveState()
        path = canvas.beginPath()
        path.rect(left, 0, width, 7)
        canvas.clipPath(path, stroke=1, fill=1)
        canvas.setLineWidth(0.4)
        x = left - 7
        while x < left + width:
            canvas.line(x, 0, x + 7, 7)
            x += 1.9
        canvas.restoreState()
        canvas.rect(left, 0, width, 7, fill=0)


class Lines(Flowable):
    """Dotted lines to write on; a label may stand before the first."""

    def __init__(
        self,
        width: float,
        label: str = "",
        count: int = 1,
        gap: float = 16.5,
        first: float = 13.0,
        foot: float = 0.0,
    ) -> None:
        super().__init__()
        self.width, self.label = width, plain(label)
        self.count, self.gap, self.first = count, gap, first
        self.height = first + gap * (count - 1) + foot

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """Return the size in points."""
        return self.width, self.height

    def draw(self) -> None:
        """Draw label and lines."""
        canvas = self.canv
        canvas.setFont(BOLD, 7.5)
        canvas.setFillColor(INK)
        start = 0.0
        if self.label:
            canvas.drawString(0, self.height - self.first + 2.4, self.label)
            start = width_of(self.label, BOLD, 7.5) + 5
        canvas.setDash(*_DASH)
        canvas.setLineWidth(0.5)
        canvas.setStrokeColor(INK)
        for line in range(self.count):
            y = self.height - self.first - line * self.gap
            canvas.line(start if line == 0 else 0, y, self.width, y)


class Notes(Flowable):
    """Dotted lines that use what is left of the last page, where that is enough."""

    _GAP = 18.0

    def __init__(self, width: float, label: str, at_most: int = 16) -> None:
        super().__init__()
        self.width, self.label, self.at_most = width, plain(label), at_most
        self.count, self.height = 0, 0.0
        self.spaceBefore = 6 * mm

    def wrap(self, _width: float, height: float) -> tuple[float, float]:
        """Take what there is; nothing where fewer than four lines fit."""
        self.count = min(self.at_most, int((height - 14) // self._GAP))
        self.height = 14 + self.count * self._GAP if self.count >= 4 else 0.0
        return self.width, self.height

    def draw(self) -> None:
        """Draw the label and the lines below it."""
        if not self.height:
            return
        canvas = self.canv
        canvas.setFont(BOLD, 8.5)
        canvas.setFillColor(ACCENT)
        canvas.drawString(0, self.height - 9, self.label)
        canvas.setDash(*_DASH)
        canvas.setLineWidth(0.5)
        canvas.setStrokeColor(INK)
        for line in range(self.count):
            y = self.height - 14 - (line + 1) * self._GAP
            canvas.line(0, y, self.width, y)


class SignatureLines(Flowable):
    """Dotted lines side by side, a label before each and a name below it."""

    def __init__(self, width: float, labels: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self.width, self.height = width, 34.0
        self.labels = [(plain(label, 40), plain(name, 60)) for label, name in labels]

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """Return the size in points."""
        return self.width, self.height

    def draw(self) -> None:
        """Draw labels, lines and names."""
        canvas = self.canv
        each = self.width / len(self.labels)
        for at, (label, name) in enumerate(self.labels):
            left = at * each
            canvas.setFillColor(INK)
            canvas.setFont(BOLD, 7.5)
            canvas.drawString(left, 14, label)
            start = left + width_of(label, BOLD, 7.5) + 5
            canvas.setDash(*_DASH)
            canvas.setLineWidth(0.5)
            canvas.setStrokeColor(INK)
            canvas.line(start, 12, left + each - 14, 12)
            canvas.setFont(REGULAR, 6.8)
            canvas.setFillColor(GREY)
            room = left + each - 14 - start
            canvas.drawString(start, 3, fitted(name, REGULAR, 6.8, room))


class Choices(Flowable):
    """Boxes to tick on one line, with a dotted line after the last."""

    def __init__(self, width: float, choices: Sequence[str], label: str = "") -> None:
        super().__init__()
        self.width, self.height = width, 14.0
        self.label = fitted(plain(label), BOLD, 7.5, width * 0.55)
        self.choices = [f"☐ {plain(choice)}" for choice in choices]

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """Return the size in points."""
        return self.width, self.height

    def draw(self) -> None:
        """Draw the boxes, their words and the line."""
        canvas = self.canv
        canvas.setFont(BOLD, 7.5)
        canvas.setFillColor(INK)
        x = 0.0
        if self.label:
            canvas.drawString(0, 2.4, self.label)
            x = width_of(self.label, BOLD, 7.5) + 12
        for choice in self.choices:
            canvas.drawString(x, 2.4, choice)
            x += width_of(choice, BOLD, 7.5) + 12
        canvas.setDash(*_DASH)
        canvas.setLineWidth(0.5)
        canvas.setStrokeColor(INK)
        if x - 6 < self.width:
            canvas.line(x - 6, 0, self.width, 0)


class Cut(Flowable):
    """Scissors and a dashed line: where a slip is cut off."""

    def __init__(self, width: float) -> None:
        super().__init__()
        self.width, self.height = width, 12.0
        self.spaceBefore = 3.0

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """Return the size in points."""
        return self.width, self.height

    def draw(self) -> None:
        """Draw the scissors and the line."""
        canvas = self.canv
        canvas.setFillColor(GREY)
        canvas.setFont(REGULAR, 9)
        canvas.drawString(0, 2, "✂")
        canvas.setDash(3, 2)
        canvas.setLineWidth(0.6)
        canvas.setStrokeColor(GREY)
        canvas.line(14, 5, self.width, 5)


class SlipHeading(Flowable):
    """Whose slip it is, and at the right how many actions and when one meets next."""

    def __init__(self, width: float, name: str, told: str) -> None:
        super().__init__()
        self.width, self.height = width, 18.0
        self.told = fitted(plain(told), REGULAR, 7.5, width * 0.6)
        room = width - width_of(self.told, REGULAR, 7.5) - 12
        self.name = fitted(plain(name), BOLD, 11, room)

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """Return the size in points."""
        return self.width, self.height

    def draw(self) -> None:
        """Draw both on one line."""
        canvas = self.canv
        canvas.setFillColor(INK)
        canvas.setFont(BOLD, 11)
        canvas.drawString(0, 5, self.name)
        canvas.setFillColor(GREY)
        canvas.setFont(REGULAR, 7.5)
        canvas.drawRightString(self.width, 5, self.told)


class PageNumber(Flowable):
    """The page of a place of the document, right-aligned, as a link to it."""

    def __init__(self, key: str, width: float, size: float = 7.5) -> None:
        super().__init__()
        self.key, self.width, self.size = key, width, size
        self.height = 9.4

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """Return the size in points."""
        return self.width, self.height

    def draw(self) -> None:
        """Leave room for the number; the canvas writes it at the end."""
        canvas: PaperCanvas = self.canv
        canvas.translate(0, 1.9)
        canvas.late_text(
            self.width,
            REGULAR,
            self.size,
            lambda: str(canvas.page_of.get(self.key, "–")),
        )
        canvas.linkRect("", self.key, (0, -2, self.width, self.size), relative=1)


class ItemHeading(Flowable):
    """Rule, number, title, and at the right the time-box; bookmark and outline."""

    def __init__(
        self,
        width: float,
        key: str,
        number: str,
        title: str,
        when: str,
        details: Sequence[str],
    ) -> None:
        super().__init__()
        self.width, self.key = width, key
        self.indent = 9 * mm if number else 0.0
        self.number, self.title = plain(number), plain(title)
        self.when = plain(when)
        told = [plain(detail) for detail in details]
        rest = " · ".join(["", *told] if self.when else told)
        room = width * 0.5 - width_of(self.when, BOLD, 7.5)
        self.rest = fitted(rest, REGULAR, 7.5, room)
        self.right = width_of(self.when, BOLD, 7.5) + width_of(self.rest, REGULAR, 7.5)
        self.spaceBefore, self.spaceAfter = 5.5 * mm, 1.0
        self.words: Paragraph = text(
            f'<font name="{BOLD}" size="11">{escape(title)}</font>',
            _heading_style(),
        )

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """Return the size in points; a long title takes more lines."""
        _used, height = self.words.wrap(
            self.width - self.indent - self.right - 12, 10_000
        )
        self.height = height + 3.4
        return self.width, self.height

    def draw(self) -> None:
        """Draw the heading and note where it is."""
        canvas: PaperCanvas = self.canv
        canvas.page_of[self.key] = canvas.getPageNumber()
        canvas.bookmarkHorizontal(self.key, 0, self.height + 4)
        label = f"{self.number}  {self.title}" if self.number else self.title
        canvas.addOutlineEntry(label, self.key, level=canvas.level)
        canvas.setStrokeColor(ACCENT)
        canvas.setLineWidth(1)
        canvas.line(0, self.height, self.width, self.height)
        baseline = self.height - 3.4 - 11
        canvas.setFont(BOLD, 11)
        canvas.setFillColor(ACCENT)
        canvas.drawString(0, baseline, self.number)
        self.words.drawOn(canvas, self.indent, 0)
        canvas.setFillColor(GREY)
        x = self.width - self.right
        canvas.setFont(BOLD, 7.5)
        canvas.drawString(x, baseline + 1, self.when)
        canvas.setFont(REGULAR, 7.5)
        x += width_of(self.when, BOLD, 7.5)
        canvas.drawString(x, baseline + 1, self.rest)


def _heading_style() -> Any:
    """Return the style of an item's title."""
    return BODY.clone("item-title", fontName=BOLD, fontSize=11, leading=14)
