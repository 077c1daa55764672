"""What heads several items: a section of the agenda, the same on every paper."""

from __future__ import annotations

from reportlab.lib.units import mm
from reportlab.platypus import Flowable

from desktop.reports.faces import BOLD
from desktop.reports.paper import ACCENT, BODY, text
from desktop.reports.writing import escape

_SECTION = BODY.clone(
    "section",
    fontName=BOLD,
    fontSize=9.5,
    leading=13,
    textColor=ACCENT,
    spaceBefore=6.5 * mm,
)


def section_head(section: str, heading: Flowable) -> list[Flowable]:
    """Return what stands above an item's heading where a section begins there."""
    if not section.strip():
        return []
    heading.spaceBefore = 1.5 * mm
    return [text(escape(section), _SECTION)]
