"""Action slips: what each owner takes home, to tear off along the line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from reportlab.platypus import Flowable, Spacer

from desktop import formats
from desktop.domain.agenda import Head
from desktop.domain.agenda_sections import ActionRow
from desktop.domain.minutes import MinutesPaper
from desktop.i18n import gettext as _
from desktop.i18n import ngettext
from desktop.reports.agenda_parts import note
from desktop.reports.binding import Part
from desktop.reports.flowables import Cut, Lines, SlipHeading
from desktop.reports.minutes_end import owners
from desktop.reports.minutes_items import due_words, times
from desktop.reports.names import short_head
from desktop.reports.paper import KICKER, TITLE, Imprint, Kept, text
from desktop.reports.session_imprint import session_imprint
from desktop.reports.tables import Cell, Column, Look, grid, long_cell
from desktop.reports.wording import NOTHING, Wording
from desktop.reports.writing import escape


def slips_part(
    head: Head,
    actions: Sequence[ActionRow],
    items: Mapping[str, int],
    next_at: datetime | None,
    language: str,
    width: float,
    name: str = "",
) -> Part:
    """Return one slip for each owner; `items` gives an action's item by its label."""
    head = short_head(head)
    words = Wording(head)
    story: list[Flowable] = [
        text(escape(_("Action slips")), TITLE),
        text(escape(_about(head, words), 300), KICKER),
        note(
            _("Cannot be done in time? Tell the chair before the date, not after it.")
        ),
    ]
    if not actions:
        story.append(note(_("No action is open.")))
    for owner, own in owners(actions):
        story += _slip(owner, own, items, _next(next_at, words), width)
    return Part(_imprint(head, words, language), story, name)


def slips_of(paper: MinutesPaper) -> tuple[Sequence[ActionRow], dict[str, int]]:
    """Return the open actions of minutes, and the item each was given under."""
    items = {one.label: item.number for item in paper.items for one in item.actions}
    return paper.actions.rows, items


def _about(head: Head, words: Wording) -> str:
    return _("{series} · session {number} · {day} · one slip per owner").format(
        series=head.series,
        number=head.number,
        day=formats.long_day(words.day_of(head.starts_at)),
    )


def _next(next_at: datetime | None, words: Wording) -> str:
    if next_at is None:
        return ""
    day = formats.day(words.day_of(next_at), year=True)
    return _("next meeting {day}, {time}").format(day=day, time=words.clock(next_at))


def _slip(
    owner: str | None,
    own: Sequence[ActionRow],
    items: Mapping[str, int],
    following: str,
    width: float,
) -> list[Flowable]:
    """Return one owner's slip: kept together, so that it can be cut out whole."""
    count = ngettext("{count} action", "{count} actions", len(own))
    told = count.format(count=formats.count(len(own)))
    if following:
        told += f" · {following}"
    columns = [
        Column(_("No"), 14, bold=True),
        Column(_("Item, topic"), 30),
        Column(_("What"), 75),
        Column(_("By when"), 25, bold=True),
        Column(_("Carried"), 14, right=True, gap=4),
        Column(_("Done"), 12, centre=True, size=9),
    ]
    rows: list[list[Cell]] = [
        [
            one.label,
            _topic(one, items),
            long_cell(one.text, columns, 2, width, lines=20),
            f"▲ {due_words(one)}" if one.state == "overdue" else due_words(one),
            times(one.carried),
            "☐",
        ]
        for one in own
    ]
    table = grid(columns, rows, width, Look(padding=2.2))
    heading = SlipHeading(width, owner or _("nobody"), told)
    lines = [Spacer(1, 2), Lines(width, _("Note"))]
    return [Kept([Cut(width), heading, table, *lines])]


def _topic(one: ActionRow, items: Mapping[str, int]) -> str:
    number = items.get(one.label)
    told = [str(number)] if number is not None else []
    if one.topic:
        told.append(one.topic)
    return " ".join(told) or NOTHING


def _imprint(head: Head, words: Wording, language: str) -> Imprint:
    title = _("{series}: action slips of session {number}, {day}")
    told = _("▲ overdue · each slip repeats topic and age, so it can stand alone")
    return session_imprint(head, words, language, title, _("Action slips"), told)
