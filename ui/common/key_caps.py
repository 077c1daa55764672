"""Keys drawn as small caps, on buttons and in the overview of shortcuts."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from ui.common.painting import CENTRE, draw_text, text_width


def key_caps(key: str) -> list[str]:
    """Return what stands in the caps of a key sequence ("Ctrl+N" is one cap)."""
    shown = {"Return": "↵", "Enter": "↵", "Shift": "⇧", "Up": "↑", "Down": "↓"}
    choices = [part.strip() for part in key.split(",") if part.strip()]
    caps: list[str] = []
    for choice in choices:
        if choice == "+":
            caps.append(choice)
            continue
        parts = [shown.get(part, part) for part in choice.split("+")]
        caps.append(" ".join(part or "+" for part in parts))
    return caps


def key_caps_width(key: str) -> int:
    """Return the width in pixels of a key sequence drawn as caps."""
    caps = key_caps(key)
    gaps = 4 * max(0, len(caps) - 1)
    return sum(_cap_width(cap) for cap in caps) + gaps


def _cap_width(cap: str) -> int:
    return max(18, text_width(cap, "small") + 9)


def draw_key_caps(
    painter: QPainter, x: float, middle: float, key: str, ink: QColor
) -> None:
    """Draw key caps 18 px high from `x`, centred on the line `middle`."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for cap in key_caps(key):
        width = _cap_width(cap)
        box = QRectF(x + 0.5, middle - 8.5, width - 1, 17)
        edge = QColor(ink)
        edge.setAlphaF(0.7)
        painter.setPen(QPen(edge, 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, 4, 4)
        draw_text(painter, box, cap, ink, size="small", align=CENTRE)
        x += width + 4
    painter.restore()
