"""The journal entries behind a proof, on paper."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final

from reportlab.platypus import Flowable

from desktop import formats
from desktop.domain.proof_paper import JournalLine
from desktop.i18n import gettext as _
from desktop.i18n import ngettext
from desktop.reports.paper import NOTE, SUBHEAD, Kept, text
from desktop.reports.proof_wording import entry_state
from desktop.reports.tables import Cell, Column, Look, grid
from desktop.reports.wording import NOTHING
from desktop.reports.writing import escape

AT_MOST: Final = 40


def journal_behind(
    journal: Sequence[JournalLine], moment: Callable[[datetime], str], width: float
) -> Flowable:
    """Return the entries in two columns of rows; ``moment`` writes an instant."""
    entries = journal[:AT_MOST]
    half = (len(entries) + 1) // 2
    columns = [
        Column(_("At"), 25),
        Column(_("Unit"), 22),
        Column(_("State"), 38),
    ] * 2
    rows: list[Sequence[Cell]] = []
    for at in range(half):
        row: list[Cell] = []
        for entry in entries[at::half][:2]:
            row += [moment(entry.at), entry.unit or NOTHING, entry_state(entry)]
        rows.append(row)
    story: list[Flowable] = [
        text(escape(_("The journal entries behind it")), SUBHEAD),
        grid(columns, rows, width, Look(padding=1.9)),
    ]
    more = len(journal) - len(entries)
    if more:
        told = ngettext("And {count} more.", "And {count} more.", more)
        story.append(text(escape(told.format(count=formats.count(more))), NOTE))
    return Kept(story)
