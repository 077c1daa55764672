"""What only the chair's copy says: the chair's own notes under an item."""

from __future__ import annotations

from reportlab.platypus import Flowable, Table

from desktop.domain.agenda import RunningItem
from desktop.i18n import gettext as _
from desktop.reports.faces import REGULAR
from desktop.reports.minutes_items import long_text
from desktop.reports.paper import BODY, CELL_HEAD, INK, TINT, text
from desktop.reports.writing import escape


def chair_notes(item: RunningItem, width: float) -> list[Flowable]:
    """Return the chair's notes on tint with a bar before them, however long."""
    if not (item.chair_note or "").strip():
        return []
    head = text(escape(_("For the chair, not handed out")), CELL_HEAD)
    rows = [[one] for one in (head, *long_text(item.chair_note or "", BODY))]
    table = Table(
        rows,
        colWidths=[width],
        style=[
            ("FONTNAME", (0, 0), (-1, -1), REGULAR),
            ("BACKGROUND", (0, 0), (-1, -1), TINT),
            ("LINEBEFORE", (0, 0), (0, -1), 2, INK),
            ("TOPPADDING", (0, 0), (-1, -1), 2),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
            ("LEFTPADDING", (0, 0), (-1, -1), 7),
        ],
        hAlign="LEFT",
    )
    table.spaceBefore = table.spaceAfter = 3
    return [table]
