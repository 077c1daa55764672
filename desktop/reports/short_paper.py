"""The one-page short form: verdicts, running order with evidence, the five worst."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer

from desktop import formats
from desktop.domain.agenda import AgendaPaper
from desktop.i18n import gettext as _
from desktop.i18n import ngettext
from desktop.reports.agenda_broken import why
from desktop.reports.agenda_front import verdict_table
from desktop.reports.agenda_order import total_sentence
from desktop.reports.binding import Part
from desktop.reports.flowables import Notes
from desktop.reports.names import short_head
from desktop.reports.paper import (
    BOTTOM_MARGIN,
    CELL,
    FIRST_TOP,
    KICKER,
    NOTE,
    SUBHEAD,
    TITLE,
    PaperSize,
    text,
)
from desktop.reports.session_imprint import agenda_imprint
from desktop.reports.short_clauses import clause
from desktop.reports.tables import Cell, Column, Look, grid
from desktop.reports.wording import OUTCOMES, Wording, hours
from desktop.reports.writing import escape, quiet, strong


@dataclass(frozen=True, slots=True)
class Form:
    """How much goes on the page: items (None: all), worst, lines, evidence."""

    items: int | None
    worst: int
    lines: int
    clauses: bool = True


FORMS: Final = (
    Form(None, 5, 3),
    Form(None, 3, 3),
    Form(None, 3, 2),
    Form(None, 3, 2, clauses=False),
    Form(None, 0, 2, clauses=False),
    Form(30, 0, 0, clauses=False),
    Form(20, 0, 0, clauses=False),
    Form(10, 0, 0, clauses=False),
)
"""From the richest to the leanest; the first that fits on one page is printed."""


def short_part(
    paper: AgendaPaper, language: str, size: PaperSize, name: str = ""
) -> Part:
    """Return the short form as a part of a PDF."""
    paper = replace(paper, head=short_head(paper.head))
    words = Wording(paper.head)
    room = size.height - FIRST_TOP - BOTTOM_MARGIN
    story: list[Flowable] = []
    for form in FORMS:
        story = _story(paper, words, size.text_width, form)
        if _height(story, size.text_width) <= room:
            break
    story.append(Notes(size.text_width, _("Notes")))
    made = agenda_imprint(paper, words, language, _("Agenda, short form"))
    return Part(made, story, name)


def _height(story: Sequence[Flowable], width: float) -> float:
    """Return how high a story is, in points."""
    heights = (
        one.wrap(width, 10_000)[1] + one.getSpaceBefore() + one.getSpaceAfter()
        for one in story
    )
    return float(sum(heights))


def _story(
    paper: AgendaPaper, words: Wording, width: float, form: Form
) -> list[Flowable]:
    story = [*_front(paper, words, width), *_items(paper, words, width, form)]
    if form.worst and paper.broken.rows:
        story += _worst(paper, words, width, form.worst)
    if form.lines:
        story += _decisions(form.lines, width)
    return story


def _front(paper: AgendaPaper, words: Wording, width: float) -> list[Flowable]:
    head = paper.head
    told = _("Agenda of session {number}, short form · {when}").format(
        number=head.number, when=words.when
    )
    if head.place:
        told += f" · {head.place}"
    story = [text(escape(head.series, 120), TITLE), text(escape(told, 200), KICKER)]
    if paper.verdicts:
        story.append(verdict_table(paper.verdicts, width))
        story.append(text(escape(_flow(paper, words), 400), NOTE))
        story.append(Spacer(1, 1.5 * mm))
    return story


def _flow(paper: AgendaPaper, words: Wording) -> str:
    told = _("Filled: {period}; triangle: {before}.").format(
        period=words.period, before=words.before
    )
    if paper.summary is None:
        return told
    one = paper.summary
    return (
        told
        + " "
        + _(
            "{sent} sent, {resolved} resolved, {now} open ({before} before),"
            " {at_back} of them at {unit}."
        ).format(
            sent=formats.count(one.sent),
            resolved=formats.count(one.resolved),
            now=formats.count(one.open_now),
            before=formats.count(one.open_before),
            at_back=formats.count(one.open_at_back),
            unit=words.head.back,
        )
    )


def _items(
    paper: AgendaPaper, words: Wording, width: float, form: Form
) -> list[Flowable]:
    """Return the running order, each item with one clause of evidence."""
    reached = [item for item in paper.items if item.reached]
    items = reached if form.items is None else reached[: form.items]
    columns = [
        Column(_("No"), 8, right=True),
        Column(_("Time"), 12, right=True),
        Column(_("Min"), 10, right=True),
        Column(_("Item and outcome wanted"), 96),
        Column(_("Notes"), 44),
    ]
    rows: list[list[Cell]] = []
    for item in items:
        told = strong(words.title(item, paper), 120)
        told += f" · {escape(_(OUTCOMES[item.outcome]))}"
        facts = clause(item, paper, words) if form.clauses else ""
        if facts:
            told += f"<br/>{quiet(facts, 150)}"
        start = words.clock(item.starts_at) if item.starts_at else "▲"
        rows.append([str(item.number), start, str(item.minutes), text(told, CELL), ""])
    table = grid(columns, rows, width, Look(padding=1.6))
    told = total_sentence(paper, words)
    more = len(reached) - len(items)
    if more:
        rest = ngettext(
            "{count} more item is in the full agenda.",
            "{count} more items are in the full agenda.",
            more,
        )
        told += " " + escape(rest.format(count=formats.count(more)))
    return [table, text(told, NOTE)]


def _worst(
    paper: AgendaPaper, words: Wording, width: float, count: int
) -> list[Flowable]:
    """Return the worst broken promises, and how many more there are."""
    columns = [
        Column(_("No"), 9, right=True, gap=4),
        Column(_("Request"), 24, bold=True),
        Column(_("Promised by"), 27),
        Column(_("Late h"), 14, right=True, bold=True),
        Column(_("What happened"), 96),
    ]
    at = next((item.number for item in paper.items if item.kind == "broken"), None)
    shown = paper.broken.rows[:count]
    rows: list[list[Cell]] = [
        [
            str(number) if at is None else f"{at}.{number}",
            row.reference,
            words.moment(row.promised_by),
            hours(row.late_s),
            text(why(replace(row, kind=""), words), CELL),
        ]
        for number, row in enumerate(shown, 1)
    ]
    more = paper.broken.total - len(shown)
    footnote = ""
    if more > 0:
        told = ngettext(
            "And {count} more: see the full agenda.",
            "And {count} more: see the full agenda.",
            more,
        )
        footnote = told.format(count=formats.count(more))
    heading = ngettext(
        "The worst broken promise", "The {count} worst broken promises", len(shown)
    ).format(count=formats.count(len(shown)))
    return [
        text(escape(heading), SUBHEAD),
        grid(columns, rows, width, Look(padding=1.6), footnote),
    ]


def _decisions(lines: int, width: float) -> list[Flowable]:
    """Return rows to write decisions and actions into."""
    columns = [
        Column(_("No"), 9, right=True, gap=4),
        Column(_("Decision or action"), 97),
        Column(_("Who"), 38),
        Column(_("By when"), 26),
    ]
    rows: list[list[Cell]] = [["", Spacer(1, 15), "", ""] for _line in range(lines)]
    return [
        text(escape(_("Decisions and actions")), SUBHEAD),
        grid(columns, rows, width),
    ]
