"""The action register: who owes what, across sessions and series."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

from reportlab.platypus import Flowable

from desktop import formats
from desktop.domain.session_books import ActionRegister, RegisterRow, RegisterSeries
from desktop.i18n import gettext as _
from desktop.i18n import ngettext, speaking
from desktop.reports.agenda_parts import note
from desktop.reports.binding import Part, Printed, printed
from desktop.reports.flowables import ItemHeading
from desktop.reports.minutes_end import STATES, marked
from desktop.reports.minutes_items import due_words, times
from desktop.reports.paper import A4, KICKER, TITLE, Imprint, PaperSize, text
from desktop.reports.tables import Cell, Column, Look, grid, long_cell
from desktop.reports.wording import NOTHING
from desktop.reports.writing import escape

_ROWS_A_TABLE = 100


def register_print(
    paper: ActionRegister,
    language: str = "en",
    size: PaperSize = A4,
    *,
    is_grey: bool = False,
) -> Printed:
    """Return the register with what could not be shown."""
    with speaking(language):
        return printed(
            lambda: [register_part(paper, language, size.text_width)],
            size,
            is_grey=is_grey,
        )


def register_part(
    paper: ActionRegister, language: str, width: float, name: str = ""
) -> Part:
    """Return the register as a part of a PDF."""
    story: list[Flowable] = [
        text(escape(_("Action register")), TITLE),
        text(escape(_about(paper), 300), KICKER),
    ]
    if not paper.series:
        story.append(note(_("No action is open, and none was ended lately.")))
    for number, series in enumerate(paper.series, 1):
        story += _series(series, number, width)
    return Part(_imprint(paper, language), story, name)


def _about(paper: ActionRegister) -> str:
    opened = sum(one.end is None for of in paper.series for one in of.rows)
    overdue = sum(of.count("overdue") for of in paper.series)
    told = _("{open} open, {overdue} overdue; ended since {day} below each series")
    return told.format(
        open=formats.count(opened),
        overdue=formats.count(overdue),
        day=formats.day(paper.since, year=True),
    )


def _series(series: RegisterSeries, number: int, width: float) -> list[Flowable]:
    """Return one series: its open actions, then those that ended."""
    opened = [one for one in series.rows if one.end is None]
    ended = [one for one in series.rows if one.end is not None]
    count = ngettext("{count} open", "{count} open", len(opened))
    details = [count.format(count=formats.count(len(opened)))]
    overdue = series.count("overdue")
    if overdue:
        told = ngettext("{count} overdue", "{count} overdue", overdue)
        details.append(told.format(count=formats.count(overdue)))
    key = f"series-{number}"
    story: list[Flowable] = [
        ItemHeading(width, key, str(number), series.name, "", details)
    ]
    for start in range(0, len(opened), _ROWS_A_TABLE):
        story.append(_open_table(opened[start : start + _ROWS_A_TABLE], width))
    if not opened:
        story.append(note(_("No action is open.")))
    for start in range(0, len(ended), _ROWS_A_TABLE):
        story.append(_ended_table(ended[start : start + _ROWS_A_TABLE], width))
    if series.more:
        told = ngettext(
            "And {count} more that ended.", "And {count} more that ended.", series.more
        )
        story.append(note(told.format(count=formats.count(series.more))))
    return story


def _open_table(rows: Sequence[RegisterRow], width: float) -> Flowable:
    columns = [
        Column(_("No"), 13, bold=True),
        Column(_("Action"), 51),
        Column(_("Topic"), 25),
        Column(_("Owner"), 25),
        Column(_("Given"), 14),
        Column(_("Due"), 22, bold=True),
        Column(_("Carried"), 19, right=True, gap=6),
        Column(_("State"), 21),
    ]
    shown: list[list[Cell]] = [
        [
            one.action.label,
            long_cell(one.action.text, columns, 1, width, lines=20),
            one.action.topic or NOTHING,
            one.action.owner or _("nobody"),
            _short(one.given),
            due_words(one.action),
            times(one.action.carried),
            marked(STATES, one.action.state),
        ]
        for one in rows
    ]
    return grid(columns, shown, width, Look(padding=1.9))


def _ended_table(rows: Sequence[RegisterRow], width: float) -> Flowable:
    columns = [
        Column(_("No"), 13, bold=True),
        Column(_("Ended"), 75),
        Column(_("Owner"), 30),
        Column(_("Due"), 16),
        Column(_("Ended on"), 16),
        Column(_("How"), 20),
    ]
    ends = {"done": f"✓ {_('done')}", "dropped": f"✗ {_('dropped')}"}
    shown: list[list[Cell]] = [
        [
            one.action.label,
            long_cell(one.action.text, columns, 1, width, lines=8),
            one.action.owner or _("nobody"),
            _short(one.action.due),
            _short(one.ended),
            ends[one.end or "done"],
        ]
        for one in rows
    ]
    return grid(columns, shown, width, Look(padding=1.9))


def _short(day: date | None) -> str:
    """Return "2 May"; the state tells what is late, so the year is not needed."""
    return formats.date_range(day, day, year=False) if day else NOTHING


def _imprint(paper: ActionRegister, language: str) -> Imprint:
    as_at = formats.instant(paper.as_at, ZoneInfo(paper.zone), year=True)
    return Imprint(
        title=_("Action register, {when}").format(when=as_at),
        subject=_("Actions of all sessions"),
        author=paper.house or "Counterpart",
        language=language,
        head_left=paper.house,
        head_right=_("Action register"),
        foot=(
            paper.house,
            _("data as at {data} · times in {zone}").format(
                data=as_at, zone=paper.zone
            ),
        ),
        page_of=lambda number, total: _("page {number} of {total}").format(
            number=number, total=total
        ),
    )
