"""The agenda's items from records: obstacles, changes, exceptions, standards."""

from __future__ import annotations

from typing import Final

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer

from desktop import formats
from desktop.domain.agenda import AgendaPaper, RunningItem
from desktop.domain.agenda_topics import (
    ChangeRow,
    ExceptionRow,
    ImprovementRow,
    StandardRow,
)
from desktop.domain.obstacles import ObstacleLine
from desktop.domain.text import unbroken
from desktop.i18n import gettext as _
from desktop.i18n import gettext_noop as N_
from desktop.i18n import ngettext
from desktop.reports.agenda_parts import decision, evidence, note, wanted
from desktop.reports.flowables import Choices, Lines
from desktop.reports.paper import CELL, text
from desktop.reports.tables import Cell, Column, Look, grid, room
from desktop.reports.wording import (
    NOTHING,
    Wording,
    hours_short,
    percent,
    working_hours,
)
from desktop.reports.writing import escape, quiet, strong

REFERENCES_SHOWN: Final = 6
MEASURES: Final = {
    "kept": N_("promises kept"),
    "turnaround_p50": N_("turnaround p50"),
    "turnaround_p90": N_("turnaround p90"),
    "returns": N_("sent back"),
    "reopened": N_("reopened"),
    "first_time_right": N_("first time right"),
    "sent": N_("requests sent"),
}
_SECONDS: Final = ("turnaround_p50", "turnaround_p90")
_SHARES: Final = ("kept", "first_time_right", "returns", "reopened")


def obstacles(
    paper: AgendaPaper, item: RunningItem, words: Wording, width: float
) -> list[Flowable]:
    """Return the obstacles without an answer, with lines for decision and date."""
    section = paper.obstacles
    if not section.total:
        return [note(_("No obstacle waits for an answer."))]
    columns = _obstacle_columns()
    line, by = room(columns, 5, width), room(columns, 6, width)
    rows: list[list[Cell]] = [
        [
            f"O-{one.number}",
            _obstacle(one),
            f"{one.raised_by}, {one.unit}" if one.unit else one.raised_by,
            formats.count(one.days_open),
            _owing(one, words),
            Lines(line, first=9, foot=0.5),
            Lines(by, first=9, foot=0.5),
        ]
        for one in section.rows
    ]
    told = ngettext(
        "{count} obstacle waits for an answer, {overdue} past the day it was due.",
        "{count} obstacles wait for an answer, {overdue} past the day it was due.",
        section.total,
    ).format(count=formats.count(section.total), overdue=formats.count(section.overdue))
    more = section.total - len(section.rows)
    return [
        wanted(_("an answer to each: yes from when, or no and why.")),
        evidence(told),
        grid(columns, rows, width, Look(padding=1.9), _more(more)),
        *decision(width),
    ]


def _obstacle_columns() -> list[Column]:
    """Return the columns of the obstacles; widths in millimetres of 170."""
    return [
        Column(_("No"), 15, bold=True),
        Column(_("Obstacle and proposal"), 62),
        Column(_("Raised by"), 27),
        Column(_("Days"), 11, right=True, gap=7),
        Column(_("Owes the answer"), 27),
        Column(_("Decision"), 16),
        Column(_("By"), 12),
    ]


def _obstacle(one: ObstacleLine) -> Flowable:
    """Return title, proposal and requests of an obstacle in one cell."""
    told = escape(one.title)
    if one.proposal.strip():
        proposal = _("Proposal: {text}").format(text=one.proposal.strip())
        told += f"<br/>{quiet(proposal)}"
    named = [*one.references[:REFERENCES_SHOWN]]
    if len(one.references) > len(named):
        named.append("…")
    if one.voices > 1:
        count = ngettext("{n} voice", "{n} voices", one.voices)
        named.append(count.format(n=formats.count(one.voices)))
    if named:
        told += f"<br/>{quiet(', '.join(named))}"
    return text(told, CELL)


def _owing(one: ObstacleLine, words: Wording) -> Cell:
    """Return who owes the answer, and by when; overdue with mark and word."""
    if one.due_at is None:
        return one.owing or _("nobody")
    day = unbroken(formats.day(words.day_of(one.due_at)))
    told = escape(one.owing or _("nobody"), 60)
    if one.is_overdue:
        return text(f"{told}<br/>▲ {strong(_('overdue'))}<br/>{escape(day)}", CELL)
    return text(f"{told}<br/>{quiet(day)}", CELL)


def changes(
    paper: AgendaPaper, item: RunningItem, words: Wording, width: float
) -> list[Flowable]:
    """Return what changes before the next session."""
    section = paper.changes
    if not section.total:
        return [note(_("Nothing is known to change before the next session."))]
    kinds = {
        "closure": _("closure"),
        "agreement": _("agreement"),
        "calendar": _("hours"),
        "service": _("new service"),
    }
    columns = [
        Column(_("When"), 42, bold=True),
        Column(_("What"), 24),
        Column(_("Name"), 64),
        Column(_("What it means"), 40),
    ]
    rows: list[list[Cell]] = [
        [_change_when(one, words), kinds[one.code], one.name, _meaning(one, words)]
        for one in section.rows
    ]
    count = ngettext("{n} change ahead.", "{n} changes ahead.", section.total)
    return [
        wanted(_("every due time of these days rests on it: does everybody know?")),
        evidence(count.format(n=formats.count(section.total))),
        grid(columns, rows, width, Look(padding=1.9), _more_of(paper)),
    ]


def _more_of(paper: AgendaPaper) -> str:
    return _more(paper.changes.total - len(paper.changes.rows))


def _change_when(one: ChangeRow, words: Wording) -> str:
    if one.ends_at is None:
        return formats.day(words.day_of(one.starts_at))
    return words.span(one.starts_at, one.ends_at)


def _meaning(one: ChangeRow, words: Wording) -> str:
    if one.code == "closure":
        side = _("both sides") if one.side is None else words.unit(one.side)
        if not one.taken_s:
            return _("{side} closed").format(side=side)
        return _("{side} closed, {hours}").format(
            side=side, hours=working_hours(one.taken_s)
        )
    if one.code == "agreement":
        return _("version {number} comes into force").format(number=one.number or 1)
    if one.code == "calendar":
        side = _("both sides") if one.side is None else words.unit(one.side)
        return _("other hours for {side}").format(side=side)
    return _("offered since then")


def exceptions(
    paper: AgendaPaper, item: RunningItem, words: Wording, width: float
) -> list[Flowable]:
    """Return each rule an exception is asked from again and again: change it?"""
    rows = paper.exceptions
    if not rows:
        return [note(_("No exception was asked for again and again."))]
    columns = [
        Column(_("Rule"), 66, bold=True),
        Column(_("Asked"), 14, right=True),
        Column(_("Granted"), 17, right=True),
        Column(_("Refused"), 17, right=True),
        Column(_("Requests"), 56),
    ]
    shown: list[list[Cell]] = [
        [
            _rule(one),
            formats.count(one.asked),
            formats.count(one.granted),
            formats.count(one.refused),
            _named(one.references),
        ]
        for one in rows
    ]
    story: list[Flowable] = [
        wanted(_("change the rule, or say why it stays.")),
        evidence(_("asked in the period, {period}.").format(period=words.period)),
        grid(columns, shown, width, Look(padding=1.9)),
    ]
    for one in rows[:4]:
        label = _("{rule}: change it?").format(rule=one.label)
        told = [label, _("yes"), _("no, because")]
        story += [Spacer(1, 1.2 * mm), Choices(width, told[1:], told[0])]
    return story


def _rule(one: ExceptionRow) -> str:
    if one.code == "approval":
        return _("approval of {service}").format(service=one.label)
    return _("declined: {reason}").format(reason=one.label)


def standards(
    paper: AgendaPaper, item: RunningItem, words: Wording, width: float
) -> list[Flowable]:
    """Return the services whose form or checklist changed."""
    if not paper.standards:
        return [note(_("No form and no checklist changed in the period."))]
    columns = [
        Column(_("Service"), 66, bold=True),
        Column(_("Changed"), 34),
        Column(_("Since"), 28),
        Column(_("By"), 26),
        Column(_("Known"), 16, centre=True, size=9),
    ]
    rows: list[list[Cell]] = [
        [one.service, _parts(one), words.moment(one.changed_at), one.by, "☐"]
        for one in paper.standards
    ]
    count = ngettext("{n} service changed.", "{n} services changed.", len(rows))
    return [
        wanted(_("who has to know it, and who tells them.")),
        evidence(count.format(n=formats.count(len(rows)))),
        grid(columns, rows, width, Look(padding=1.9)),
    ]


def _parts(one: StandardRow) -> str:
    named = {"form": _("form"), "checklist": _("checklist")}
    return ", ".join(named[part] for part in one.parts) or NOTHING


def improvements(
    paper: AgendaPaper, item: RunningItem, words: Wording, width: float
) -> list[Flowable]:
    """Return the improvements to be proven before the next session."""
    if not paper.improvements:
        return [note(_("No improvement is to be proven before the next session."))]
    columns = [
        Column(_("Improvement"), 60, bold=True),
        Column(_("Owner"), 28),
        Column(_("Measure"), 30),
        Column(_("Before"), 16, right=True),
        Column(_("n"), 10, right=True),
        Column(_("Aim"), 14, right=True, gap=6),
        Column(_("Proof on"), 22),
    ]
    rows: list[list[Cell]] = [
        [
            one.title,
            one.owner or _("nobody"),
            _(MEASURES[one.measure]) if one.measure in MEASURES else one.measure,
            _figure(one, one.baseline),
            formats.count(one.n),
            _figure(one, one.target),
            formats.day(one.proof_on),
        ]
        for one in paper.improvements
    ]
    return [
        wanted(_("is it proven by the figures? Keep it, change it or drop it.")),
        grid(columns, rows, width, Look(padding=1.9)),
        *decision(width),
    ]


def _figure(one: ImprovementRow, value: float | None) -> str:
    if value is None:
        return NOTHING
    if one.measure in _SECONDS:
        return hours_short(value)
    return percent(value) if one.measure in _SHARES else formats.count(round(value))


def sender_returns(paper: AgendaPaper, words: Wording, width: float) -> list[Flowable]:
    """Return why requests came back to the sender, counted by reason."""
    section = paper.returns
    if not section.reasons:
        return []
    names = {
        "missing_fact": _("a fact was missing"),
        "missing_document": _("a document was missing"),
        "wrong_service": _("the wrong service"),
        "unclear": _("not clear what is asked"),
        "other": _("another reason"),
        "": _("no reason was named"),
    }
    columns = [
        Column(_("Sent back because"), 60, bold=True),
        Column(_("Times"), 16, right=True),
        Column(_("Requests"), 94),
    ]
    rows: list[list[Cell]] = [
        [names[one.code], formats.count(one.count), _named(one.references)]
        for one in section.reasons
    ]
    told = ", ".join(
        f"{name} {formats.count(count)}" for name, count in section.services[:5]
    )
    footnote = _("Most often: {services}.").format(services=told) if told else ""
    return [grid(columns, rows, width, Look(padding=1.9), footnote)]


def raised_by(paper: AgendaPaper, item: RunningItem, words: Wording) -> list[Flowable]:
    """Return who raised an item, when, and about what."""
    one = next((row for row in paper.raised if row.subject == item.subject), None)
    if one is None or item.rule not in ("raised", "parked"):
        return []
    day = formats.day(words.day_of(one.at), year=True)
    if one.parked_in is not None:
        told = _("parked by session {number}.").format(number=one.parked_in)
    else:
        told = _("raised by {who}, {day}.").format(who=one.by, day=day)
    about = [one.reference] if one.reference else []
    if one.obstacle is not None:
        about.append(f"O-{one.obstacle}")
    if about:
        told += " " + _("About: {what}.").format(what=", ".join(about))
    return [evidence(told)]


def _named(references: tuple[str, ...]) -> str:
    """Return the first references, and how many more there are."""
    shown = ", ".join(references[:REFERENCES_SHOWN])
    more = len(references) - REFERENCES_SHOWN
    if more <= 0:
        return shown or NOTHING
    told = ngettext("{shown} and {count} more", "{shown} and {count} more", more)
    return told.format(shown=shown, count=formats.count(more))


def _more(more: int) -> str:
    if more <= 0:
        return ""
    told = ngettext("And {count} more.", "And {count} more.", more)
    return told.format(count=formats.count(more))
