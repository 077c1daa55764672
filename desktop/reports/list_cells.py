"""A list of requests as plain columns and values, for files and for paper."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from desktop.i18n import gettext as _
from desktop.i18n import gettext_noop as N_
from desktop.queries.request_rows import QueueRow
from desktop.reports.request_words import HOLDERS, REASONS, STATES

Value = str | int | datetime | None
"""What a cell of a file holds; an instant is shown in the reader's zone."""


@dataclass(frozen=True, slots=True)
class ListColumn:
    """One column of a file: its heading, its values, its share of a page's width."""

    id: str
    words: str
    value: Callable[[QueueRow], Value]
    width: float = 10
    is_instant: bool = False

    def heading(self, zone: str) -> str:
        """Return the heading; that of an instant names the zone it is shown in."""
        return f"{_(self.words)} ({zone})" if self.is_instant else _(self.words)


def _waits_for(row: QueueRow) -> str:
    return _(REASONS[row.pending]) if row.pending is not None else ""


COLUMNS: Final[Mapping[str, ListColumn]] = {
    one.id: one
    for one in (
        ListColumn("reference", N_("Reference"), lambda row: row.reference, 9),
        ListColumn("subject", N_("What is asked"), lambda row: row.subject, 24),
        ListColumn("service", N_("Service"), lambda row: row.service, 13),
        ListColumn("customer", N_("Customer"), lambda row: row.customer, 12),
        ListColumn("state", N_("State"), lambda row: _(STATES[row.state]), 8),
        ListColumn("priority", N_("Urgency"), lambda row: row.priority, 6),
        ListColumn("unit", N_("Unit"), lambda row: row.holder, 12),
        ListColumn(
            "holder", N_("Who moves next"), lambda row: _(HOLDERS[row.ball]), 10
        ),
        ListColumn("waits", N_("Waits for"), _waits_for, 10),
        ListColumn("person", N_("Assigned to"), lambda row: row.assignee, 11),
        ListColumn("front", N_("Front unit"), lambda row: row.front_unit, 12),
        ListColumn("requester", N_("Asked for by"), lambda row: row.requester, 11),
        ListColumn(
            "raised", N_("Raised"), lambda row: row.raised_at, 11, is_instant=True
        ),
        ListColumn("due", N_("Due"), lambda row: row.due_at, 11, is_instant=True),
        ListColumn(
            "resolved", N_("Resolved"), lambda row: row.resolved_at, 11, is_instant=True
        ),
        ListColumn(
            "changed", N_("Last changed"), lambda row: row.last_at, 11, is_instant=True
        ),
        ListColumn("reopens", N_("Reopened"), lambda row: row.reopens, 6),
        ListColumn("returns", N_("Sent back"), lambda row: row.returns, 6),
    )
}
# What a column of the screen says in two lines is two columns of a file.
_TOGETHER: Final[Mapping[str, tuple[str, ...]]] = {
    "reference": ("reference", "raised"),
    "subject": ("subject", "service", "front", "state"),
    "holder": ("unit", "holder", "waits"),
}


def columns_shown(ids: Sequence[str]) -> tuple[ListColumn, ...]:
    """Return the columns of a file for those a list shows, in their order."""
    wanted = [name for one in ids for name in _TOGETHER.get(one, (one,))]
    return tuple(COLUMNS[name] for name in dict.fromkeys(wanted) if name in COLUMNS)


def values_of(
    rows: Iterator[QueueRow], columns: Sequence[ListColumn]
) -> Iterator[list[Value]]:
    """Give each row's values, as they are read."""
    for row in rows:
        yield [column.value(row) for column in columns]
