"""The full at-risk list: every promise broken and owed, then all that falls due."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from reportlab.platypus import Flowable

from desktop import formats
from desktop.domain.at_risk import AtRiskRow
from desktop.i18n import gettext as _
from desktop.i18n import ngettext
from desktop.reports.agenda_parts import note
from desktop.reports.flowables import ItemHeading
from desktop.reports.tables import Cell, Column, Look, grid
from desktop.reports.wording import NOTHING, Wording, hours

_ROWS_A_TABLE: Final = 100


def at_risk_list(
    rows: Sequence[AtRiskRow], words: Wording, width: float
) -> list[Flowable]:
    """Return the list, its figures in the heading, as long as it is."""
    broken = sum(one.state == "broken" for one in rows)
    warned = sum(one.state == "warned" for one in rows)
    told = [
        ngettext("{count} row", "{count} rows", len(rows)).format(
            count=formats.count(len(rows))
        ),
        _("{count} broken").format(count=formats.count(broken)),
        _("{count} past the warning").format(count=formats.count(warned)),
    ]
    title = _("Everything at risk")
    story: list[Flowable] = [
        ItemHeading(width, f"{words.place}at-risk", "", title, "", told)
    ]
    if not rows:
        return [*story, note(_("Nothing is broken and nothing runs."))]
    columns = _columns()
    states = {
        "broken": f"✗ {_('broken')}",
        "warned": f"▲ {_('warning')}",
        "running": f"● {_('runs')}",
    }
    for start in range(0, len(rows), _ROWS_A_TABLE):
        shown: list[list[Cell]] = [
            [
                one.reference,
                one.kind,
                states[one.state],
                words.moment(one.due_at) if one.due_at else NOTHING,
                hours(one.over_s),
                hours(one.silent_s),
                one.holder or _("nobody"),
            ]
            for one in rows[start : start + _ROWS_A_TABLE]
        ]
        story.append(grid(columns, shown, width, Look(padding=1.6)))
    return story


def _columns() -> list[Column]:
    """Return the columns of the list; widths in millimetres of 170."""
    return [
        Column(_("Request"), 25, bold=True),
        Column(_("Kind"), 51),
        Column(_("State"), 26),
        Column(_("Promised by"), 28),
        Column(_("Late or left, h"), 18, right=True, bold=True),
        Column(_("Silent, h"), 13, right=True),
        Column(_("Holder named"), 24),
    ]
