"""Tables of the paper: no vertical lines, repeated heads, figures to the right.

A cell is a flowable or a text. A text that fits its column is drawn as it is, which
is quick; a longer one becomes an escaped paragraph, so nothing runs into the next
column whatever a person typed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final, TypeAlias

from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Table

from desktop import formats
from desktop.i18n import ngettext
from desktop.reports.faces import BOLD, REGULAR, width_of
from desktop.reports.paper import (
    ACCENT,
    CELL,
    CELL_BOLD,
    CELL_HEAD,
    CELL_HEAD_RIGHT,
    INK,
    NOTE,
    RULE,
    TINT,
    text,
)
from desktop.reports.writing import CELL_LIMIT, escape, plain

_LEFT: Final = 1.5
_RIGHT: Final = 3.5
_AFTER_FIGURES: Final = 10.0
_FOOTNOTE_LIMIT: Final = 420
_CELL_RIGHT: Final = CELL.clone("cell-right", alignment=TA_RIGHT)
_CELL_BOLD_RIGHT: Final = CELL_BOLD.clone("cell-bold-right", alignment=TA_RIGHT)

Cell: TypeAlias = "str | Flowable"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: share of the text width in millimetres of A4's 170, how it is set."""

    head: str
    width: float
    right: bool = False
    bold: bool = False
    centre: bool = False
    gap: float | None = None  # points after the column, where not the usual ones
    size: float = 7.5


@dataclass(frozen=True, slots=True)
class Look:
    """What is special about some body rows (counted from 0, without the head)."""

    tinted: frozenset[int] = frozenset()
    sections: frozenset[int] = frozenset()  # one bold text over all columns
    bold: frozenset[int] = frozenset()
    total: bool = False  # the last row is a sum
    spans: dict[int, tuple[int, int]] = field(default_factory=dict)
    pairs: bool = False  # rows go two by two: figures, and a note below
    padding: float = 2.2


def widths(columns: Sequence[Column], width: float) -> list[float]:
    """Return the width of each column in points, so that they fill `width`."""
    whole = sum(column.width for column in columns)
    return [width * column.width / whole for column in columns]


def room(columns: Sequence[Column], at: int, width: float) -> float:
    """Return what a flowable in a column may be wide: the column less its padding."""
    return widths(columns, width)[at] - _LEFT - _padding_right(columns, at)


def _padding_right(columns: Sequence[Column], at: int) -> float:
    """Return the gap after a column: wider where figures meet words."""
    gap = columns[at].gap
    if gap is not None:
        return gap
    meets_words = at + 1 < len(columns) and not columns[at + 1].right
    return _AFTER_FIGURES if columns[at].right and meets_words else _RIGHT


def long_cell(
    words: str,
    columns: Sequence[Column],
    at: int,
    width: float,
    after: str = "",
    lines: int = 36,
) -> Flowable:
    """Return a text of which nothing may be lost unsaid, at most `lines` long.

    What does not fit is counted at its end. `after` is markup of our own behind it.
    """
    inner = room(columns, at, width)
    shown = plain(words, 20_000)
    fits = max(40, int(len(shown) * lines * inner * 0.85 / _length(shown)))
    left_out = len(words.strip()) - fits
    if len(shown) > fits and left_out > 0:
        told = ngettext(
            "… ({count} more character is not printed)",
            "… ({count} more characters are not printed)",
            left_out,
        ).format(count=formats.count(left_out))
        return text(f"{escape(shown[:fits], fits)}{escape(told)}{after}", CELL)
    return text(f"{escape(shown, len(shown) + 1)}{after}", CELL)


def _length(shown: str) -> float:
    return max(1.0, width_of(shown, REGULAR, 7.5))


def _cell(content: Cell, column: Column, inner: float, bold: bool) -> Any:
    """Return a cell for reportlab: a text as it is where it fits, else a paragraph."""
    if isinstance(content, Flowable):
        return content
    shown = plain(content)
    if width_of(shown, BOLD if bold else REGULAR, 7.5) <= inner:
        return shown
    if column.right:
        style: ParagraphStyle = _CELL_BOLD_RIGHT if bold else _CELL_RIGHT
    else:
        style = CELL_BOLD if bold else CELL
    # Eight lines at most: a long word in a narrow column would fill the page.
    limit = min(CELL_LIMIT, 8 * max(1, int(inner / 5)))
    return text(escape(content, limit), style)


def _head(columns: Sequence[Column], inner: Sequence[float]) -> list[Any]:
    """Return the head row; a long translation wraps."""
    cells: list[Any] = []
    for column, width in zip(columns, inner, strict=True):
        shown = plain(column.head)
        if width_of(shown, BOLD, 7) <= width:
            cells.append(shown)
        else:
            style = CELL_HEAD_RIGHT if column.right else CELL_HEAD
            cells.append(text(escape(shown), style))
    return cells


def grid(
    columns: Sequence[Column],
    rows: Iterable[Sequence[Cell]],
    width: float,
    look: Look | None = None,
    footnote: str = "",
) -> Table:
    """Make a table as wide as `width` points from rows of texts and flowables.

    The footnote stays with the last row, so no page begins with a lone one.

    A section row and the note row of a pair give their one cell first; the other
    cells may be left out.
    """
    look = look or Look()
    column_widths = widths(columns, width)
    inner = [
        one - _LEFT - _padding_right(columns, at)
        for at, one in enumerate(column_widths)
    ]
    data = [_head(columns, inner)]
    for at, row in enumerate(rows):
        data.append(_row(row, at, columns, inner, look))
    commands = _commands(columns, len(data), look)
    if footnote:
        commands += _footnote_commands(len(data))
        told = text(escape(footnote, _FOOTNOTE_LIMIT), NOTE)
        data.append([told, *([""] * (len(columns) - 1))])
    table = Table(
        data,
        colWidths=column_widths,
        repeatRows=1,
        style=commands,
        hAlign="LEFT",
    )
    table.spaceAfter = 1.2 * mm
    return table


def _row(
    row: Sequence[Cell],
    at: int,
    columns: Sequence[Column],
    inner: Sequence[float],
    look: Look,
) -> list[Any]:
    """Return the cells of one body row, filled up to the number of columns."""
    whole_bold = at in look.bold or at in look.sections
    if at in look.sections or (look.pairs and at % 2):
        return [*row, *([""] * (len(columns) - len(row)))]
    cells: list[Any] = []
    first, last = look.spans.get(at, (-1, -1))
    for position, content in enumerate(row):
        wide = inner[position]
        if position == first:
            wide = sum(inner[first : last + 1])
        column = columns[position]
        if position == first:
            column = replace(column, right=False)
        cells.append(_cell(content, column, wide, whole_bold or column.bold))
    return [*cells, *([""] * (len(columns) - len(cells)))]


def _commands(columns: Sequence[Column], count: int, look: Look) -> list[Any]:
    """Return the table style: type first, then rules, then what is special."""
    last = count - 1
    commands: list[Any] = [
        ("FONTNAME", (0, 0), (-1, -1), REGULAR),
        ("FONTSIZE", (0, 0), (-1, -1), 7.5),
        ("LEADING", (0, 0), (-1, -1), 9.4),
        ("TEXTCOLOR", (0, 0), (-1, -1), INK),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("TOPPADDING", (0, 0), (-1, -1), look.padding),
        ("BOTTOMPADDING", (0, 0), (-1, -1), look.padding),
        ("LEFTPADDING", (0, 0), (-1, -1), _LEFT),
        ("RIGHTPADDING", (0, 0), (-1, -1), _RIGHT),
        ("FONTNAME", (0, 0), (-1, 0), BOLD),
        ("FONTSIZE", (0, 0), (-1, 0), 7),
        ("VALIGN", (0, 0), (-1, 0), "BOTTOM"),
        ("LINEBELOW", (0, 0), (-1, 0), 0.9, ACCENT),
    ]
    commands += _column_commands(columns)
    commands += _pair_commands(count) if look.pairs else _row_rules(last)
    for row in sorted(look.tinted | look.sections):
        commands.append(("BACKGROUND", (0, row + 1), (-1, row + 1), TINT))
    for row in sorted(look.sections):
        commands += [
            ("SPAN", (0, row + 1), (-1, row + 1)),
            ("FONTNAME", (0, row + 1), (-1, row + 1), BOLD),
            ("NOSPLIT", (0, row + 1), (-1, min(last, row + 2))),
        ]
    for row in sorted(look.bold):
        commands.append(("FONTNAME", (0, row + 1), (-1, row + 1), BOLD))
    for row, (start, end) in sorted(look.spans.items()):
        commands.append(("SPAN", (start, row + 1), (end, row + 1)))
        commands.append(("ALIGN", (start, row + 1), (end, row + 1), "LEFT"))
    if look.total:
        commands.append(("LINEABOVE", (0, last), (-1, last), 0.9, ACCENT))
    if count > 1:
        commands.append(("LINEBELOW", (0, last), (-1, last), 0.6, INK))
    return commands


def _column_commands(columns: Sequence[Column]) -> list[Any]:
    """Return how each column is set."""
    commands: list[Any] = []
    for at, column in enumerate(columns):
        commands.append(
            ("RIGHTPADDING", (at, 0), (at, -1), _padding_right(columns, at))
        )
        if column.right:
            commands.append(("ALIGN", (at, 0), (at, -1), "RIGHT"))
        elif column.centre:
            commands.append(("ALIGN", (at, 0), (at, -1), "CENTER"))
        if column.size != 7.5:
            commands.append(("FONTSIZE", (at, 1), (at, -1), column.size))
        if column.bold:
            commands.append(("FONTNAME", (at, 1), (at, -1), BOLD))
    return commands


def _row_rules(last: int) -> list[Any]:
    """Return the hairlines between body rows; a lone last row is not left behind."""
    rules: list[Any] = []
    if last > 1:
        rules.append(("LINEBELOW", (0, 1), (-1, last - 1), 0.3, RULE))
        rules.append(("NOSPLIT", (0, last - 1), (0, last)))
        rules.append(("NOSPLIT", (0, 0), (0, 2)))
    return rules


def _footnote_commands(row: int) -> list[Any]:
    """Return how the footnote, the table's last row, is set and kept."""
    return [
        ("SPAN", (0, row), (-1, row)),
        ("LEFTPADDING", (0, row), (-1, row), 0),
        ("RIGHTPADDING", (0, row), (-1, row), 0),
        ("TOPPADDING", (0, row), (-1, row), 3),
        ("NOSPLIT", (0, row - 1), (0, row)),
    ]


def _pair_commands(count: int) -> list[Any]:
    """Return what keeps a row of figures and its note together."""
    commands: list[Any] = []
    for row in range(1, count - 1, 2):
        commands += [
            ("SPAN", (1, row + 1), (-1, row + 1)),
            ("NOSPLIT", (0, row), (0, row + 1)),
            ("BOTTOMPADDING", (0, row), (-1, row), 0),
            ("TOPPADDING", (0, row + 1), (-1, row + 1), 0),
            ("BOTTOMPADDING", (0, row + 1), (-1, row + 1), 3),
            ("LINEBELOW", (0, row + 1), (-1, row + 1), 0.3, RULE),
        ]
    if count > 4:  # no pair is left alone at the end or the beginning
        commands.append(("NOSPLIT", (0, count - 4), (0, count - 1)))
        commands.append(("NOSPLIT", (0, 0), (0, 4)))
    return commands
