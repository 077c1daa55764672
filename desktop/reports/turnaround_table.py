"""The turnaround of every unit as a plain text table, for a terminal or a mail."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.formats import count, decimal_hours, share
from desktop.i18n import gettext as _
from desktop.queries.turnaround import TurnaroundReport, TurnaroundRow

UNITS_SHOWN = 20


def turnaround_table(report: TurnaroundReport) -> str:
    """Return the table: a line a unit (who had it last), all of them at the end."""
    rows = [_cells(row, row.unit or _("nobody")) for row in report.by_last_unit]
    shown = rows[:UNITS_SHOWN]
    table = [_head(), *shown, _cells(report.overall, _("All"))]
    lines = _aligned(table)
    lines.insert(1, "-" * max(len(line) for line in lines))
    lines.insert(len(lines) - 1, lines[1])
    if len(rows) > len(shown):
        more = _("and {n} more units").format(n=count(len(rows) - len(shown)))
        lines.insert(len(lines) - 2, more)
    lines.append("")
    lines.append(
        _(
            "Hours from raised to resolved: elapsed, and in working time. Reassigned, "
            "reopened, waited for the customer, to and fro: shares of the requests. "
            "Top rated: of those rated, whose number stands in brackets."
        )
    )
    return "\n".join(lines)


def _head() -> list[str]:
    return [
        _("Unit"),
        "n",
        _("median h"),
        _("p90 h"),
        _("working median"),
        _("working p90"),
        _("reassigned"),
        _("reopened"),
        _("waited"),
        _("to and fro"),
        _("kept"),
        _("top rated"),
    ]


def _cells(row: TurnaroundRow, name: str) -> list[str]:
    durations = (row.median_s, row.p90_s, row.median_working_s, row.p90_working_s)
    shares = (row.reassigned, row.reopened, row.waited_customer, row.aba, row.kept)
    return [
        name,
        count(row.n),
        *("–" if one is None else decimal_hours(one) for one in durations),
        *("–" if one is None else share(one) for one in shares),
        "–" if row.top is None else f"{share(row.top)} ({count(row.rated)})",
    ]


def _aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    return [
        "  ".join(
            cell.ljust(width) if index == 0 else cell.rjust(width)
            for index, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    ]
