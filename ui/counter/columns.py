"""Where the columns of the counter stand: the same in all its sections."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QTextLayout, QTextOption

from ui.style import Size, font, metrics

GAP = 24
HOLDER = 168
CLOCK = 184
COPY = 32
ACT = 136
MOST_LINES = 4


@dataclass(frozen=True, slots=True)
class Columns:
    """Left edges and widths, in pixels of the row."""

    what_width: int
    holder: int
    clock: int
    told: int
    told_width: int
    copy: int
    act: int


def columns_of(width: int) -> Columns:
    """Share a row's width: what and what to say grow, the rest stays."""
    fixed = HOLDER + CLOCK + COPY + ACT + 4 * GAP
    free = max(320, width - fixed)
    what = int(free * 0.44)
    holder = what + GAP
    clock = holder + HOLDER + GAP // 2
    told = clock + CLOCK + GAP
    told_width = free - what
    copy = told + told_width + GAP // 2
    return Columns(what, holder, clock, told, told_width, copy, width - ACT)


def wrapped(words: str, width: int, most: int, size: Size = "body") -> list[str]:
    """Return the lines words take in ``width`` pixels; the last one elided."""
    flat = " ".join(words[:2000].split())
    if not flat:
        return []
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout = QTextLayout(flat, font(size))
    layout.setTextOption(option)
    lines: list[str] = []
    layout.beginLayout()
    while len(lines) < most:
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(max(40, width))
        start, length = line.textStart(), line.textLength()
        is_last = len(lines) == most - 1
        lines.append(flat[start:] if is_last else flat[start : start + length].strip())
    layout.endLayout()
    return lines


def line_height(size: Size = "body") -> int:
    """Return how far lines of running words stand apart."""
    return metrics(size).height() + 2
