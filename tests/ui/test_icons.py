"""The icons: of one family, tinted, and each file named in the code exists."""

import re
from pathlib import Path

import pytest
from PySide6.QtGui import QColor

from ui.common.painting import CLOCK_ICONS
from ui.icons import icons

ROOT = Path(__file__).resolve().parent.parent.parent


def test_an_icon_is_drawn_in_the_colour_asked_for() -> None:
    image = icons().pixmap("clock", QColor("#AE2119"), 32).toImage()
    inks = {
        image.pixelColor(x, y).name()
        for x in range(32)
        for y in range(32)
        if image.pixelColor(x, y).alpha() == 255
    }
    assert inks == {"#ae2119"}


def test_an_icon_is_drawn_once_for_a_size_and_colour() -> None:
    first = icons().pixmap("clock", QColor("#123456"), 16, 2.0)
    again = icons().pixmap("clock", QColor("#123456"), 16, 2.0)
    assert first.cacheKey() == again.cacheKey()
    assert (first.width(), first.devicePixelRatio()) == (32, 2.0)


def test_an_unknown_icon_is_named() -> None:
    with pytest.raises(KeyError, match="no icon named unicorn"):
        icons().pixmap("unicorn", QColor("black"))


def test_clock_states_have_icons_whose_outlines_differ() -> None:
    drawn = {
        bytes(icons().pixmap(name, QColor("black"), 24).toImage().constBits())
        for name in set(CLOCK_ICONS.values())
    }
    assert len(drawn) == len(set(CLOCK_ICONS.values()))


def test_every_icon_named_in_the_windows_is_there() -> None:
    known = set(icons().names())
    named = set()
    for path in (ROOT / "ui").rglob("*.py"):
        source = path.read_text(encoding="utf-8")
        named |= set(re.findall(r'icon="([a-z0-9-]+)"', source))
        named |= set(re.findall(r'IconButton\(\s*"([a-z0-9-]+)"', source))
    assert named
    assert named <= known
