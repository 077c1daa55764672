"""The agenda's running order with its times, and who is invited."""

from __future__ import annotations

from datetime import datetime, timedelta

from reportlab.platypus import Flowable

from desktop import formats
from desktop.domain.agenda import AgendaPaper, RunningItem
from desktop.domain.text import unbroken
from desktop.i18n import gettext as _
from desktop.i18n import ngettext
from desktop.reports.flowables import Lines, PageNumber
from desktop.reports.paper import CELL, CELL_BOLD, INK, SUBHEAD, Kept, text
from desktop.reports.tables import Cell, Column, Look, grid, room
from desktop.reports.wording import NOTHING, OUTCOMES, Wording, source
from desktop.reports.writing import escape, linked, strong


def running_order(paper: AgendaPaper, words: Wording, width: float) -> list[Flowable]:
    """Return the running order with its sum and expected end."""
    columns = _order_columns()
    page_width = room(columns, 7, width)
    heaviest = max((item.minutes for item in paper.items if item.reached), default=0)
    rows: list[list[Cell]] = []
    heads: set[int] = set()
    late: set[int] = set()
    for item in paper.items:
        if item.section.strip():
            heads.add(len(rows))
            rows.append([text(strong(item.section), CELL)])
        if not item.reached:
            late.add(len(rows))
        rows.append(
            [
                str(item.number),
                words.clock(item.starts_at) if item.starts_at else "▲",
                str(item.minutes),
                _linked_title(item, paper, words, heaviest),
                _(OUTCOMES[item.outcome]),
                words.leader(item),
                source(item),
                PageNumber(words.key(item.number), page_width),
            ]
        )
    rows.append(_total_row(paper, words))
    last = len(rows) - 1
    look = Look(
        tinted=frozenset(late),
        sections=frozenset(heads),
        total=True,
        spans={last: (3, 7)},
        padding=2.0,
    )
    heading = text(escape(_("Running order")), SUBHEAD)
    return [Kept([heading, grid(columns, rows, width, look)])]


def _order_columns() -> list[Column]:
    """Return the columns of the running order; widths in millimetres of 170."""
    return [
        Column(_("No"), 8, right=True),
        Column(_("Time"), 12, right=True),
        Column(_("Min"), 10, right=True),
        Column(_("Item"), 61),
        Column(_("Outcome"), 17),
        Column(_("Leader"), 28),
        Column(_("Source"), 24),
        Column(_("Page"), 10, right=True),
    ]


def _linked_title(
    item: RunningItem, paper: AgendaPaper, words: Wording, heaviest: int
) -> Flowable:
    """Return an item's title as a link; the longest item stands out."""
    title = words.title(item, paper)
    shown = strong(title) if item.minutes == heaviest else escape(title)
    if not item.reached:
        shown = f"{escape(title)} · {strong(unbroken(_('not reached')))}"
    return text(linked(shown, words.key(item.number)), CELL)


def _expected_end(paper: AgendaPaper) -> tuple[datetime, int]:
    """Return when the last item reached ends, and how many minutes all take."""
    used = sum(item.minutes for item in paper.items if item.reached)
    return paper.head.starts_at + timedelta(minutes=used), used


def _total_row(paper: AgendaPaper, words: Wording) -> list[Cell]:
    """Return the sum of the minutes, the expected end and what is left over."""
    end, used = _expected_end(paper)
    told = text(total_sentence(paper, words), CELL)
    return ["", strongly(words.clock(end)), strongly(str(used)), told]


def total_sentence(paper: AgendaPaper, words: Wording) -> str:
    """Return expected end, minutes used of those there are, what is left over."""
    end, used = _expected_end(paper)
    head = paper.head
    length = round((head.ends_at - head.starts_at).total_seconds() / 60)
    told = strong(_("Expected end {time}").format(time=words.clock(end)))
    of = ngettext(
        ", {used} of {length} minute.", ", {used} of {length} minutes.", length
    )
    told += escape(of.format(used=used, length=length))
    late = [item for item in paper.items if not item.reached]
    if late:
        told += " " + escape(_late_sentence(late, paper, words), 400)
    return told


def strongly(shown: str) -> Flowable:
    """Return a short figure in bold, right-aligned, for a row of plain ones."""
    return text(strong(shown), CELL_BOLD.clone("sum", alignment=2, textColor=INK))


def _late_sentence(late: list[RunningItem], paper: AgendaPaper, words: Wording) -> str:
    """Return what is not reached, how many minutes it needs, and when it comes."""
    minutes = sum(item.minutes for item in late)
    if len(late) == 1:
        start = _("▲ Item {number} needs {minutes} more").format(
            number=late[0].number, minutes=minutes
        )
    else:
        start = ngettext(
            "▲ {count} item needs {minutes} more",
            "▲ {count} items need {minutes} more",
            len(late),
        ).format(count=len(late), minutes=minutes)
    if paper.other.next_at is None:
        return _("{start}: for reading, first in line next time.").format(start=start)
    return _("{start}: for reading, first in line on {day}.").format(
        start=start, day=formats.day(words.day_of(paper.other.next_at))
    )


def attendance(paper: AgendaPaper, width: float) -> list[Flowable]:
    """Return who is invited, with boxes and a line for the deputy."""
    columns = [
        Column(_("Name"), 46, bold=True),
        Column(_("Side"), 15),
        Column(_("Role"), 37),
        Column(_("Present"), 15, centre=True, size=9),
        Column(_("Apology"), 15, centre=True, size=9),
        Column(_("Deputy"), 42),
    ]
    sides = {"front": _("front"), "back": _("back")}
    line = room(columns, 5, width)
    rows = [
        [
            one.name or _("(to be named)"),
            sides[one.side],
            one.role or NOTHING,
            "☐",
            "☐",
            Lines(line, first=9, foot=2),
        ]
        for one in paper.attendance
    ]
    table = grid(columns, rows, width)
    heading = text(escape(_("Attendance")), SUBHEAD)
    return [Kept([heading, table])]
