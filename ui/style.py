"""Colours, type and the application style, light and dark, from one set of tokens."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path
from string import Template
from typing import Literal
from weakref import WeakKeyDictionary

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QFontInfo,
    QFontMetrics,
    QGuiApplication,
    QPalette,
)
from PySide6.QtWidgets import QApplication, QToolTip, QWidget
from shiboken6 import isValid

RESOURCES = Path(__file__).resolve().parent.parent / "resources"

FACES = ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf")
"""The faces windows write in; the slanted ones are for paper."""

ThemeChoice = Literal["light", "dark", "system"]
Size = Literal["small", "body", "title"]
Part = Literal["field", "rows", "bars", "menu", "progress", "month"]
"""What of a window is dressed by a style sheet; the rest paints itself."""

LIGHT: dict[str, str] = {
    "canvas": "#EDF0F2",
    "surface": "#FFFFFF",
    "raised": "#F5F7F8",
    "line": "#DCE1E6",
    "edge": "#848E9B",
    "text": "#18212B",
    "text2": "#465261",
    "text3": "#5B6675",
    "accent": "#1F4E9C",
    "hover": "#193F80",
    "onaccent": "#FFFFFF",
    "soft": "#E3EBF8",
    "track": "#DDE3E8",
    "ok": "#176B50",
    "okbg": "#E0F1EA",
    "okbar": "#22805F",
    "risk": "#854D00",
    "riskbg": "#FCEFD3",
    "riskbar": "#B06A06",
    "broken": "#AE2119",
    "brokenbg": "#FCE7E4",
    "brokenbar": "#CF3A30",
    "held": "#5A478F",
    "heldbg": "#EDE9F7",
    "heldbar": "#8A76C2",
}

DARK: dict[str, str] = {
    "canvas": "#12161B",
    "surface": "#191E25",
    "raised": "#212832",
    "line": "#2E3743",
    "edge": "#768393",
    "text": "#E7EBF0",
    "text2": "#B7C0CC",
    "text3": "#9CA7B5",
    "accent": "#9DBDF7",
    "hover": "#B8D0FA",
    "onaccent": "#0F1B30",
    "soft": "#24344F",
    "track": "#36404D",
    "ok": "#74CFAB",
    "okbg": "#17362C",
    "okbar": "#43A783",
    "risk": "#F2BC66",
    "riskbg": "#3D2E12",
    "riskbar": "#D99A34",
    "broken": "#FF9F96",
    "brokenbg": "#4A2222",
    "brokenbar": "#E5655B",
    "held": "#C3B5F5",
    "heldbg": "#302A4A",
    "heldbar": "#9B87DA",
}


@dataclass(frozen=True, slots=True)
class Tokens:
    """The colours of one theme, by what they are for."""

    canvas: QColor
    surface: QColor
    raised: QColor
    line: QColor
    edge: QColor
    text: QColor
    text2: QColor
    text3: QColor
    accent: QColor
    hover: QColor
    onaccent: QColor
    soft: QColor
    track: QColor
    ok: QColor
    okbg: QColor
    okbar: QColor
    risk: QColor
    riskbg: QColor
    riskbar: QColor
    broken: QColor
    brokenbg: QColor
    brokenbar: QColor
    held: QColor
    heldbg: QColor
    heldbar: QColor

    @classmethod
    def of(cls, values: dict[str, str]) -> Tokens:
        """Build tokens from a mapping of names to hex colours."""
        return cls(**{name: QColor(value) for name, value in values.items()})

    def hexes(self) -> dict[str, str]:
        """Return the colours as hex strings by token name."""
        return {item.name: getattr(self, item.name).name() for item in fields(self)}

    @property
    def is_dark(self) -> bool:
        """Tell whether words are lighter than what they stand on."""
        return self.text.lightness() > self.surface.lightness()

    def ink(self, kind: str) -> QColor:
        """Return the word colour of a state (`ok risk broken held`), else text2."""
        return getattr(self, kind, self.text2) if kind in STATES else self.text2

    def ground(self, kind: str) -> QColor:
        """Return the ground a state's chip or banner stands on, else raised."""
        return getattr(self, f"{kind}bg") if kind in STATES else self.raised

    def bar(self, kind: str) -> QColor:
        """Return the bar colour of a state, else edge."""
        return getattr(self, f"{kind}bar") if kind in STATES else self.edge


STATES = frozenset({"ok", "risk", "broken", "held"})


class Theme(QObject):
    """The theme in force: its tokens, and a signal when it changes."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.choice: ThemeChoice = "system"
        self.tokens = Tokens.of(LIGHT)
        self.body_pixels = 13

    def choose(self, choice: ThemeChoice) -> None:
        """Switch the whole application to a theme."""
        app = QApplication.instance()
        if isinstance(app, QApplication):
            apply_theme(app, choice)

    def follow_system(self) -> None:
        """Take the system's colours again where they were chosen and have changed."""
        if self.choice == "system" and self.tokens.is_dark != _is_dark("system"):
            self.choose("system")

    def size(self, name: Size) -> int:
        """Return a text size in pixels: small is 0.85 of body, title 1.4."""
        if name == "small":
            return max(10, round(self.body_pixels * 0.85))
        return round(self.body_pixels * 1.4) if name == "title" else self.body_pixels


@lru_cache(maxsize=1)
def theme() -> Theme:
    """Return the theme of this process, made on first use."""
    return Theme()


def tokens() -> Tokens:
    """Return the colours in force; cheap enough for every paint."""
    return theme().tokens


@lru_cache(maxsize=1)
def family() -> str:
    """Load the bundled faces once and return the family's name."""
    names: list[str] = []
    for face in FACES:
        path = RESOURCES / "fonts" / face
        number = QFontDatabase.addApplicationFont(str(path))
        names += QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
    return names[0] if names else "DejaVu Sans"


@lru_cache(maxsize=32)
def _font(pixels: int, bold: bool) -> QFont:
    made = QFont(family())
    made.setPixelSize(pixels)
    made.setBold(bold)
    made.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 98.5)
    made.setHintingPreference(QFont.HintingPreference.PreferVerticalHinting)
    return made


def font(size: Size = "body", *, bold: bool = False) -> QFont:
    """Return the font of a text size; do not change the returned object."""
    return _font(theme().size(size), bold)


@lru_cache(maxsize=32)
def _metrics(pixels: int, bold: bool) -> QFontMetrics:
    return QFontMetrics(_font(pixels, bold))


def metrics(size: Size = "body", *, bold: bool = False) -> QFontMetrics:
    """Return the metrics of a text size, cached."""
    return _metrics(theme().size(size), bold)


STYLE = "Fusion"
STYLED = "counterpart_styled"
"""Set on an application that has the style already."""


def apply_theme(app: QApplication, choice: ThemeChoice = "system") -> Theme:
    """Set style, fonts and palette of the application, and dress what is dressed."""
    current = theme()
    current.choice = choice
    current.tokens = Tokens.of(DARK if _is_dark(choice) else LIGHT)
    current.body_pixels = _system_pixels(app)
    # Once: a style that is replaced is gone at once, and widgets may still hold it.
    if not app.property(STYLED):
        app.setStyle(STYLE)
        app.setProperty(STYLED, True)
    app.setFont(font())
    app.setPalette(palette_of(current.tokens))
    QToolTip.setPalette(app.palette())
    for widget, part in list(_dressed.items()):
        if isValid(widget):
            widget.setStyleSheet(style_sheet(part, current.tokens))
    current.changed.emit()
    return current


def _is_dark(choice: ThemeChoice) -> bool:
    if choice == "system":
        return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
    return choice == "dark"


def _system_pixels(app: QApplication) -> int:
    """Return the system's text size in pixels, read before ours replaces it."""
    known = app.property("system_text_pixels")
    if not isinstance(known, int):
        offscreen = QGuiApplication.platformName() in {"offscreen", "minimal"}
        known = 13 if offscreen else QFontInfo(app.font()).pixelSize()
        known = min(28, max(12, known))
        app.setProperty("system_text_pixels", known)
    return known


def palette_of(tokens: Tokens) -> QPalette:
    """Build the Qt palette of a theme."""
    role = QPalette.ColorRole
    palette = QPalette()
    colours = {
        role.Window: tokens.surface,
        role.WindowText: tokens.text,
        role.Base: tokens.surface,
        role.AlternateBase: tokens.raised,
        role.Text: tokens.text,
        role.PlaceholderText: tokens.text3,
        role.Button: tokens.surface,
        role.ButtonText: tokens.text,
        role.BrightText: tokens.broken,
        role.Highlight: tokens.accent,
        role.HighlightedText: tokens.onaccent,
        role.Accent: tokens.accent,
        role.Link: tokens.accent,
        role.LinkVisited: tokens.accent,
        role.ToolTipBase: tokens.raised,
        role.ToolTipText: tokens.text,
        role.Light: tokens.raised,
        role.Midlight: tokens.raised,
        role.Mid: tokens.line,
        role.Dark: tokens.edge,
        role.Shadow: tokens.edge,
    }
    for name, colour in colours.items():
        palette.setColor(name, colour)
    disabled = QPalette.ColorGroup.Disabled
    for name in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(disabled, name, tokens.text3)
    return palette


_SHEETS: dict[Part, tuple[str, ...]] = {
    "field": ("field", "bars"),
    "rows": ("rows", "bars"),
    "bars": ("bars",),
    "menu": ("menu",),
    "progress": ("progress",),
    "month": ("rows", "field", "month"),
}
_dressed: WeakKeyDictionary[QWidget, Part] = WeakKeyDictionary()


def dress(widget: QWidget, part: Part) -> None:
    """Give a widget the style sheet of what it is, also when the theme changes.

    There is none for the whole application: Qt would go through every widget of a page
    each time a part of it is put into another.
    """
    _dressed[widget] = part
    widget.setStyleSheet(style_sheet(part, tokens()))


def style_sheet(part: Part, colours: Tokens) -> str:
    """Return the style sheet of a part in a theme's colours and the sizes in force."""
    sizes = tuple(theme().size(name) for name in _SIZES)
    return _filled(part, tuple(colours.hexes().items()), sizes)


_SIZES: tuple[Size, ...] = ("small", "body", "title")


@lru_cache(maxsize=12)
def _filled(
    part: Part, colours: tuple[tuple[str, str], ...], sizes: tuple[int, ...]
) -> str:
    values = dict(colours)
    for name, pixels in zip(_SIZES, sizes, strict=True):
        values[f"{name}_px"] = f"{pixels}px"
    paths = (RESOURCES / "style" / f"{name}.qss" for name in _SHEETS[part])
    words = "".join(path.read_text(encoding="utf-8") for path in paths)
    return Template(words).substitute(values)
