"""The minutes book: all sessions of a series in one PDF, with contents and an index."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from reportlab.platypus import Flowable

from desktop import formats
from desktop.domain.minutes import MinutesPaper
from desktop.domain.session_books import BookSession, MinutesBook
from desktop.i18n import gettext as _
from desktop.i18n import gettext_noop as N_
from desktop.i18n import ngettext, speaking
from desktop.reports.agenda_parts import note
from desktop.reports.binding import Part, Printed, printed
from desktop.reports.flowables import PageNumber
from desktop.reports.minutes_paper import minutes_part
from desktop.reports.paper import (
    A4,
    CELL,
    KICKER,
    SUBHEAD,
    TITLE,
    Imprint,
    PaperSize,
    text,
)
from desktop.reports.tables import Cell, Column, Look, grid, long_cell, room
from desktop.reports.wording import NOTHING
from desktop.reports.writing import escape, linked, plain

_ROWS_A_TABLE: Final = 100
_WITHOUT: Final = {
    "cancelled": N_("cancelled"),
    "planned": N_("not held yet"),
    "drafted": N_("not held yet"),
    "published": N_("not held yet"),
    "in_session": N_("in session"),
    "held": N_("minutes not approved yet"),
    "approved": N_("minutes cannot be read"),
}


def book_print(
    book: MinutesBook,
    language: str = "en",
    size: PaperSize = A4,
    *,
    is_grey: bool = False,
) -> Printed:
    """Return the book with what could not be shown."""
    with speaking(language):
        return printed(
            lambda: book_parts(book, language, size.text_width), size, is_grey=is_grey
        )


def book_parts(book: MinutesBook, language: str, width: float) -> list[Part]:
    """Return contents, the sessions one after the other, and the index."""
    told = _imprint(book, language)
    parts = [Part(told, _contents(book, width), _("Contents"), "contents")]
    for session in book.sessions:
        if session.paper is not None:
            parts.append(_session(session, session.paper, told, language, width))
    index = _index(book, width)
    if index:
        parts.append(Part(told, index, _("Decisions"), "decisions", goes_on=True))
    return parts


def _days(book: MinutesBook) -> tuple[date, date]:
    """Return the first and the last day of the book, which `end` is the end of."""
    zone = ZoneInfo(book.zone)
    last = book.end - timedelta(microseconds=1)
    return book.start.astimezone(zone).date(), last.astimezone(zone).date()


def _key(session: BookSession) -> str:
    return f"session-{session.number}"


def _session(
    session: BookSession,
    paper: MinutesPaper,
    told: Imprint,
    language: str,
    width: float,
) -> Part:
    place = f"{_key(session)}-"
    made = minutes_part(paper, language, width, place, _named(session, paper.head.zone))
    # Head and properties are the session's, the foot and its pages the book's.
    imprint = replace(
        made.imprint, page_of=told.page_of, foot=(made.imprint.foot[0], told.foot[1])
    )
    return replace(made, imprint=imprint, key=_key(session), goes_on=True)


def _named(session: BookSession, zone: str) -> str:
    day = session.starts_at.astimezone(ZoneInfo(zone)).date()
    return _("Session {number}, {day}").format(
        number=session.number, day=formats.day(day, year=True)
    )


def _contents(book: MinutesBook, width: float) -> list[Flowable]:
    """Return the first page: every session, with what it decided and its page."""
    zone = ZoneInfo(book.zone)
    first, last = _days(book)
    about = _("Minutes book, {period} · {front} and {back}").format(
        period=formats.date_range(first, last),
        front=plain(book.front, 60),
        back=plain(book.back, 60),
    )
    columns = [
        Column(_("Session"), 18, right=True, bold=True),
        Column(_("Day"), 58),
        Column(_("Minutes"), 38),
        Column(_("Decisions"), 20, right=True),
        Column(_("New actions"), 24, right=True),
        Column(_("Page"), 12, right=True),
    ]
    page_room = room(columns, 5, width)
    rows = [_contents_row(one, zone, page_room) for one in book.sessions]
    held = [one.paper for one in book.sessions if one.paper is not None]
    count = ngettext("{count} session", "{count} sessions", len(held))
    decided = sum(len(item.decisions) for one in held for item in one.items)
    made = ngettext("{count} decision", "{count} decisions", decided)
    told = _("{sessions} with minutes, {decisions}.").format(
        sessions=count.format(count=formats.count(len(held))),
        decisions=made.format(count=formats.count(decided)),
    )
    story: list[Flowable] = [
        text(escape(book.series, 120), TITLE),
        text(escape(about), KICKER),
    ]
    if not rows:
        return [*story, note(_("No session took place in this time."))]
    for start in range(0, len(rows), _ROWS_A_TABLE):
        story.append(grid(columns, rows[start : start + _ROWS_A_TABLE], width))
    return [*story, note(told)]


def _contents_row(session: BookSession, zone: ZoneInfo, page_room: float) -> list[Cell]:
    paper, key = session.paper, _key(session)
    day = formats.long_day(session.starts_at.astimezone(zone).date())
    number = formats.count(session.number)
    if paper is None:
        without = _(_WITHOUT.get(session.state, "–"))
        return [number, day, f"– {without}", NOTHING, NOTHING, NOTHING]
    state = f"✓ {_('approved')}" if paper.approved_at else f"○ {_('draft')}"
    new = sum(not one.carried for item in paper.items for one in item.actions)
    return [
        number,
        text(linked(escape(day), key), CELL),
        state,
        formats.count(sum(len(item.decisions) for item in paper.items)),
        formats.count(new),
        PageNumber(key, page_room),
    ]


def _index(book: MinutesBook, width: float) -> list[Flowable]:
    """Return every decision of the book, with its session and page."""
    columns = [
        Column(_("Session"), 18, right=True, bold=True),
        Column(_("No"), 10, right=True, gap=8),
        Column(_("Decision"), 130),
        Column(_("Page"), 12, right=True),
    ]
    page_room = room(columns, 3, width)
    rows: list[list[Cell]] = [
        [
            formats.count(session.number),
            formats.count(decision.number),
            long_cell(decision.text, columns, 2, width, lines=6),
            PageNumber(f"{_key(session)}-item-{item.number}", page_room),
        ]
        for session in book.sessions
        if session.paper is not None
        for item in session.paper.items
        for decision in item.decisions
    ]
    if not rows:
        return []
    story: list[Flowable] = [text(escape(_("All decisions")), SUBHEAD)]
    for start in range(0, len(rows), _ROWS_A_TABLE):
        part = rows[start : start + _ROWS_A_TABLE]
        story.append(grid(columns, part, width, Look(padding=1.9)))
    return story


def _imprint(book: MinutesBook, language: str) -> Imprint:
    zone = ZoneInfo(book.zone)
    first, last = _days(book)
    period = formats.date_range(first, last)
    series = plain(book.series, 120)
    return Imprint(
        title=_("{series}: minutes book, {period}").format(
            series=series, period=period
        ),
        subject=_("Front/back-office sessions of {front} and {back}").format(
            front=plain(book.front, 60), back=plain(book.back, 60)
        ),
        author=series,
        language=language,
        head_left=f"{series} · {period}",
        head_right=_("Minutes book"),
        foot=(
            _("minutes book, {period}").format(period=period),
            _("printed {printed} · times in {zone}").format(
                printed=formats.instant(book.printed_at, zone, year=True),
                zone=book.zone,
            ),
        ),
        page_of=lambda number, total: _("page {number} of {total}").format(
            number=number, total=total
        ),
    )
