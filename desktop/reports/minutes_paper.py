"""The minutes of a session as a PDF: the agenda's numbers, decisions, actions."""

from __future__ import annotations

import logging
from dataclasses import replace

from reportlab.platypus import Flowable

from desktop import formats
from desktop.domain.minutes import MinutesItem, MinutesPaper
from desktop.i18n import gettext as _
from desktop.i18n import ngettext, speaking
from desktop.reports import minutes_end
from desktop.reports.agenda_front import head_fields
from desktop.reports.agenda_parts import note
from desktop.reports.binding import Part, Printed, printed
from desktop.reports.minutes_items import item_content, item_heading, minutes_of
from desktop.reports.names import short_head
from desktop.reports.paper import (
    A4,
    BODY,
    KEY_FIGURE,
    KICKER,
    TITLE,
    Imprint,
    Kept,
    PaperSize,
    text,
)
from desktop.reports.section_heads import section_head
from desktop.reports.session_imprint import session_imprint
from desktop.reports.tables import Cell, Column, Look, grid
from desktop.reports.wording import CONFIDENTIALITY, Wording
from desktop.reports.writing import escape, strong

_log = logging.getLogger(__name__)


def minutes_pdf(
    paper: MinutesPaper, language: str = "en", size: PaperSize = A4
) -> bytes:
    """Return the printed minutes; the same input gives the same bytes."""
    return minutes_print(paper, language, size).pdf


def minutes_print(
    paper: MinutesPaper,
    language: str = "en",
    size: PaperSize = A4,
    *,
    is_grey: bool = False,
) -> Printed:
    """Return the minutes with what could not be shown."""
    with speaking(language):
        return printed(
            lambda: [minutes_part(paper, language, size.text_width)],
            size,
            is_grey=is_grey,
        )


def minutes_part(
    paper: MinutesPaper, language: str, width: float, place: str = "", name: str = ""
) -> Part:
    """Return the minutes as a part of a PDF."""
    paper = replace(paper, head=short_head(paper.head))
    words = Wording(paper.head, place)
    return Part(imprint(paper, words, language), _story(paper, words, width), name)


def _story(paper: MinutesPaper, words: Wording, width: float) -> list[Flowable]:
    story = _front(paper, words, width)
    for item in paper.items:
        story += _item(item, paper, words, width)
    story += minutes_end.decisions(paper, words, width)
    story += minutes_end.actions(paper, width)
    story += minutes_end.attendance(paper.attendance, width)
    story += minutes_end.distribution(paper, words)
    story += minutes_end.signatures(paper, words, width)
    story += minutes_end.addenda(paper, words)
    return story


def _front(paper: MinutesPaper, words: Wording, width: float) -> list[Flowable]:
    head = paper.head
    kicker = _("Minutes of session {number} · {when}").format(
        number=head.number, when=held_when(paper, words)
    )
    state = _("approved") if paper.approved_at else _("draft")
    version = _("minutes, {state}, {confidentiality}").format(
        state=state, confidentiality=_(CONFIDENTIALITY[head.confidentiality])
    )
    return [
        text(escape(head.series, 120), TITLE),
        text(escape(kicker), KICKER),
        head_fields(words, width, version),
        *_who_came(paper),
        _figures(paper, width),
    ]


def held_when(paper: MinutesPaper, words: Wording) -> str:
    """Return day, beginning and end as the session was held, else as planned."""
    head = paper.head
    return _("{day}, {start} to {end}").format(
        day=formats.long_day(words.day_of(paper.begun_at or head.starts_at)),
        start=words.clock(paper.begun_at or head.starts_at),
        end=words.clock(paper.ended_at or head.ends_at),
    )


def _who_came(paper: MinutesPaper) -> list[Flowable]:
    """Return who was there and who was not, in two lines."""
    sides = {"front": _("front"), "back": _("back")}
    came: list[str] = []
    missing: list[str] = []
    for one in paper.attendance:
        if one.state == "present":
            came.append(f"{one.name} ({sides[one.side]})")
        elif one.state == "deputy":
            told = _("{deputy} for {name} ({side})")
            came.append(
                told.format(
                    deputy=one.deputy or _("a deputy"),
                    name=one.name,
                    side=sides[one.side],
                )
            )
        elif one.state in ("apology", "absent"):
            word = _("apology") if one.state == "apology" else _("absent")
            missing.append(f"{one.name} ({word})")
    lines: list[str] = []
    if came:
        lines.append(f"{strong(_('Present:'))} {escape(', '.join(came), 1_500)}.")
    if missing:
        lines.append(f"{strong(_('Missing:'))} {escape(', '.join(missing), 1_500)}.")
    numbers = _("Numbers follow the agenda, version {number}.")
    lines.append(escape(numbers.format(number=paper.head.version)))
    line = text(" ".join(lines), BODY)
    line.spaceBefore = 5
    return [line]


def _figures(paper: MinutesPaper, width: float) -> Flowable:
    """Return the strip of key figures."""
    new = sum(not one.carried for item in paper.items for one in item.actions)
    used = minutes_of(sum(item.spent_s for item in paper.items))
    head = paper.head
    length = round((head.ends_at - head.starts_at).total_seconds() / 60)
    time = ngettext("{used} of {length} min", "{used} of {length} min", length)
    shown = [
        (_("Decisions"), 22, sum(len(item.decisions) for item in paper.items)),
        (_("New actions"), 24, new),
        (_("Closed"), 20, len(paper.closed)),
        (_("Carried on"), 24, sum(one.carried > 0 for one in paper.actions.rows)),
        (_("To be decided"), 26, len(paper.due_again)),
        (_("Parked"), 18, sum(item.fate == "parked" for item in paper.items)),
    ]
    columns = [Column(label, wide) for label, wide, _count in shown]
    columns.append(Column(_("Time used"), 36))
    row: list[Cell] = [
        text(escape(formats.count(count)), KEY_FIGURE) for _label, _wide, count in shown
    ]
    told = time.format(used=formats.count(used), length=formats.count(length))
    row.append(text(escape(told), KEY_FIGURE))
    table = grid(columns, [row], width, Look(padding=2.6))
    table.spaceBefore = 5
    return table


def _item(
    item: MinutesItem, paper: MinutesPaper, words: Wording, width: float
) -> list[Flowable]:
    """Return one item; what cannot be made says so."""
    title = words.titled(item, paper.next_at)
    heading = item_heading(item, title, words, width)
    try:
        content = item_content(item, words, width)
    except Exception:  # noqa: BLE001  one bad item never stops the print
        _log.exception("item %d of the minutes could not be printed", item.number)
        content = [
            note(_("This item could not be printed; the program’s log says why."))
        ]
    return [Kept([*section_head(item.section, heading), heading, *content])]


def imprint(paper: MinutesPaper, words: Wording, language: str) -> Imprint:
    """Return what head, foot and properties of the minutes say."""
    if paper.approved_at is not None:
        state = _("minutes approved {day} by {who}").format(
            day=formats.day(words.day_of(paper.approved_at), year=True),
            who=paper.approved_by or _("the chair"),
        )
        if paper.addenda:
            count = ngettext("{n} addendum", "{n} addenda", len(paper.addenda))
            state += " · " + count.format(n=formats.count(len(paper.addenda)))
    else:
        state = _("minutes · draft")
    title = _("{series}: minutes of session {number}, {day}")
    return session_imprint(paper.head, words, language, title, _("Minutes"), state)
