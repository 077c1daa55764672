"""The bundled DejaVu Sans faces, registered with reportlab once."""

from functools import cache, lru_cache
from importlib.resources import files
from io import BytesIO
from typing import Final

from reportlab import rl_config
from reportlab.lib.fonts import addMapping
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

REGULAR: Final = "CounterpartSans"
BOLD: Final = "CounterpartSans-Bold"
OBLIQUE: Final = "CounterpartSans-Oblique"
BOLD_OBLIQUE: Final = "CounterpartSans-BoldOblique"
_FILES: Final = {
    REGULAR: "DejaVuSans.ttf",
    BOLD: "DejaVuSans-Bold.ttf",
    OBLIQUE: "DejaVuSans-Oblique.ttf",
    BOLD_OBLIQUE: "DejaVuSans-BoldOblique.ttf",
}
_STYLES: Final = {REGULAR: (0, 0), BOLD: (1, 0), OBLIQUE: (0, 1), BOLD_OBLIQUE: (1, 1)}


class Face(TTFont):
    """A face that remembers how wide words are: a long paper says many of them twice.

    Measuring anew took half the time of a book of 200 pages.
    """

    def stringWidth(  # noqa: N802  reportlab's own name
        self, text: str, size: float, encoding: str = "utf8"
    ) -> float:
        """Return how wide a text is, in points."""
        return 0.001 * size * _units(self.fontName, text)


@lru_cache(maxsize=65_536)
def _units(name: str, text: str) -> float:
    """Return the width of a text in thousandths of its size."""
    face = pdfmetrics.getFont(name).face
    widths, usual = face.charWidths, face.defaultWidth
    return float(sum(widths.get(ord(one), usual) for one in text))


@cache
def register() -> None:
    """Load the four faces; markup for bold and oblique finds them by the family."""
    rl_config.useA85 = 0  # bytes as they are: a quarter less, and quicker
    folder = files("resources").joinpath("fonts")
    for name, file in _FILES.items():
        content = BytesIO(folder.joinpath(file).read_bytes())
        pdfmetrics.registerFont(Face(name, content))
        bold, oblique = _STYLES[name]
        addMapping(REGULAR, bold, oblique, name)
        addMapping(name, 0, 0, name)


@cache
def characters() -> frozenset[int]:
    """Return the code points every face can show."""
    register()
    regular = pdfmetrics.getFont(REGULAR).face.charToGlyph
    bold = pdfmetrics.getFont(BOLD).face.charToGlyph
    return frozenset(regular) & frozenset(bold)


def width_of(text: str, font: str, size: float) -> float:
    """Return how wide a line of text is, in points."""
    register()
    return float(pdfmetrics.stringWidth(text, font, size))


def fitted(text: str, font: str, size: float, width: float) -> str:
    """Return the text, cut with an ellipsis where it is wider than `width` points."""
    if width_of(text, font, size) <= width:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if width_of(text[:middle] + "…", font, size) <= width:
            low = middle
        else:
            high = middle - 1
    return text[:low].rstrip() + "…"
