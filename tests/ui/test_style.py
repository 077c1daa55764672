"""The tokens: every ink is readable on every ground it stands on, in both themes."""

from typing import get_args

import pytest
from PySide6.QtWidgets import QApplication

from ui.common.inputs import LineInput
from ui.style import DARK, LIGHT, Part, Tokens, apply_theme, style_sheet, theme

GROUNDS = ("surface", "raised", "canvas", "soft")
STATES = ("ok", "risk", "broken", "held")

WORDS = [
    *(("text", ground) for ground in GROUNDS),
    *(("text2", ground) for ground in GROUNDS),
    *(("text3", ground) for ground in GROUNDS),
    *(("accent", ground) for ground in GROUNDS),
    ("onaccent", "accent"),
    ("onaccent", "hover"),
    ("text", "track"),
    *((state, ground) for state in STATES for ground in (f"{state}bg", "surface")),
    *((state, "soft") for state in STATES),
    *(("text", f"{state}bg") for state in STATES),
]
SHAPES = [
    ("edge", "surface"),
    ("edge", "raised"),
    ("accent", "surface"),
    *((f"{state}bar", "surface") for state in STATES),
    *((f"{state}bar", "track") for state in ("ok", "risk", "broken")),
]


def contrast(ink: str, ground: str) -> float:
    """Return the WCAG 2 contrast ratio (1..21) of two hex colours."""
    first, second = relative_luminance(ink), relative_luminance(ground)
    return (max(first, second) + 0.05) / (min(first, second) + 0.05)


def relative_luminance(colour: str) -> float:
    """Return the WCAG 2 relative luminance (0..1) of a hex colour."""
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (red, green, blue)
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), WORDS)
def test_words_reach_four_and_a_half_to_one(
    tokens: dict[str, str], ink: str, ground: str
) -> None:
    assert contrast(tokens[ink], tokens[ground]) >= 4.5


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("shape", "ground"), SHAPES)
def test_bars_and_borders_reach_three_to_one(
    tokens: dict[str, str], shape: str, ground: str
) -> None:
    assert contrast(tokens[shape], tokens[ground]) >= 3.0


def test_contrast_agrees_with_the_published_figures() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21.0)
    assert contrast(LIGHT["text"], LIGHT["surface"]) == pytest.approx(16.3, abs=0.05)
    assert contrast(DARK["brokenbar"], DARK["track"]) == pytest.approx(3.2, abs=0.05)


def test_both_themes_name_the_same_tokens() -> None:
    assert list(LIGHT) == list(DARK)


@pytest.mark.parametrize("part", get_args(Part))
def test_no_style_sheet_has_a_hole_left(part: Part) -> None:
    assert "$" not in style_sheet(part, Tokens.of(LIGHT))


def test_what_is_dressed_changes_with_the_theme(qapp: QApplication, qtbot) -> None:
    field = LineInput()
    qtbot.addWidget(field)
    for choice, names in (("dark", DARK), ("light", LIGHT)):
        apply_theme(qapp, choice)  # type: ignore[arg-type]  # both are choices
        assert f"background: {names['surface'].lower()}" in field.styleSheet()
    assert not qapp.styleSheet()


def test_choosing_dark_colours_reaches_palette_and_listeners(
    qapp: QApplication, qtbot
) -> None:
    with qtbot.waitSignal(theme().changed):
        apply_theme(qapp, "dark")
    assert theme().tokens.is_dark
    assert qapp.palette().window().color().name() == DARK["surface"].lower()


def test_the_bundled_face_has_georgian_cyrillic_and_latin(qapp: QApplication) -> None:
    from PySide6.QtGui import QRawFont

    from ui.style import font

    raw = QRawFont.fromFont(font())
    assert raw.familyName() == "DejaVu Sans"
    assert all(raw.supportsCharacter(ord(letter)) for letter in "ŠđЖџაბ↵⇧")
