"""Page 1 of the agenda: head, verdicts, three sentences, then the running order."""

from collections.abc import Sequence
from typing import Final

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer, Table

from desktop import formats
from desktop.domain.agenda import AgendaPaper, Summary, Verdict
from desktop.i18n import gettext as _
from desktop.i18n import ngettext
from desktop.reports.agenda_changes import change_words, changes_title
from desktop.reports.agenda_order import attendance, running_order
from desktop.reports.faces import REGULAR
from desktop.reports.flowables import Bar
from desktop.reports.paper import (
    ACCENT,
    BODY,
    CELL,
    KICKER,
    NOTE,
    RULE,
    SUBHEAD,
    TINT,
    TITLE,
    text,
)
from desktop.reports.tables import Column, Look, grid, room
from desktop.reports.wording import (
    CONFIDENTIALITY,
    Wording,
    percent,
    verdict,
    working_hours,
)
from desktop.reports.writing import escape, quiet, strong

CHANGES_SHOWN: Final = 8
_FIELD_STYLE: Final = [
    ("FONTNAME", (0, 0), (-1, -1), REGULAR),
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ("LEFTPADDING", (0, 0), (-1, -1), 0),
    ("RIGHTPADDING", (0, 0), (-1, -1), 6),
    ("TOPPADDING", (0, 0), (-1, -1), 1.6),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 1.6),
    ("LINEABOVE", (0, 0), (-1, 0), 1.2, ACCENT),
    ("TOPPADDING", (0, 0), (-1, 0), 3.4),
    ("LINEBELOW", (0, -1), (-1, -1), 0.6, RULE),
    ("BOTTOMPADDING", (0, -1), (-1, -1), 3.4),
]


def front(paper: AgendaPaper, words: Wording, width: float) -> list[Flowable]:
    """Return everything before item 1."""
    head = paper.head
    story: list[Flowable] = [
        text(escape(head.series, 120), TITLE),
        text(
            escape(
                _("Agenda of session {number} · {when}").format(
                    number=head.number, when=words.when
                )
            ),
            KICKER,
        ),
        head_fields(words, width, _version(words)),
    ]
    if paper.verdicts:
        legend = text(escape(_legend(paper.verdicts, words), 600), NOTE)
        table = verdict_table(paper.verdicts, width)
        story += [Spacer(1, 2.2 * mm), table, legend]
    if paper.summary is not None:
        story.append(_sentences(paper.summary, words, width))
    story += _changed(paper, words)
    story += running_order(paper, words, width)
    if paper.attendance:
        story += attendance(paper, width)
    return story


def _version(words: Wording) -> str:
    """Return which version it is, and who may read it."""
    head = words.head
    return _("version {number}, {state}, {confidentiality}").format(
        number=head.version,
        state=_("published") if head.published_at else _("draft"),
        confidentiality=_(CONFIDENTIALITY[head.confidentiality]),
    )


def head_fields(words: Wording, width: float, version: str) -> Table:
    """Return the eight fields of the head, four by four."""
    head = words.head
    units = _("{front} (front), {back} (back)").format(front=head.front, back=head.back)
    left = [
        (_("Units"), strong(units)),
        (_("When"), escape(words.when)),
        (_("Where"), escape(head.place or _("not yet said"))),
        (
            _("Period"),
            escape(words.span(head.period_start, head.period_end, year=True)),
        ),
    ]
    right = [
        (_("Chair"), escape(head.chair or _("to be named"))),
        (_("Minutes"), escape(head.minute_taker or _("to be named"))),
        (_("Data as at"), escape(words.dated_moment(head.data_as_at))),
        (_("Version"), escape(version)),
    ]
    rows = [
        [text(quiet(a), CELL), text(b, CELL), text(quiet(c), CELL), text(d, CELL)]
        for (a, b), (c, d) in zip(left, right, strict=True)
    ]
    shares = (16, 78, 21, 55)
    return Table(
        rows,
        colWidths=[width * share / 170 for share in shares],
        style=_FIELD_STYLE,
    )


def _changed(paper: AgendaPaper, words: Wording) -> list[Flowable]:
    """Return what differs from the version before, one line for each change."""
    if paper.changed_since is None or not paper.changed:
        return []
    shown = [change_words(one, paper, words) for one in paper.changed[:CHANGES_SHOWN]]
    more = len(paper.changed) - CHANGES_SHOWN
    if more > 0:
        told = ngettext("And {count} more.", "And {count} more.", more)
        shown.append(told.format(count=formats.count(more)))
    lines = "<br/>".join(f"● {escape(one)}" for one in shown)
    return [text(escape(changes_title(paper)), SUBHEAD), text(lines, NOTE)]


def verdict_table(verdicts: Sequence[Verdict], width: float) -> Table:
    """Return the verdict per unit with its bar."""
    columns = [
        Column(_("Unit"), 34, bold=True),
        Column(_("Verdict"), 32, bold=True),
        Column(_("Promises kept"), 48),
        Column("", 15, right=True, bold=True),
        Column(_("n"), 12, right=True),
        Column(_("before"), 17, right=True),
        Column(_("n"), 12, right=True),
    ]
    sides = {"front": _("front"), "back": _("back")}
    rows = [
        [
            f"{one.unit} ({sides[one.side]})",
            verdict(one.code),
            Bar(room(columns, 2, width), one.share, one.share_before),
            percent(one.share),
            formats.count(one.n),
            percent(one.share_before),
            formats.count(one.n_before),
        ]
        for one in verdicts
    ]
    return grid(columns, rows, width, Look(padding=3.0))


def _legend(verdicts: tuple[Verdict, ...], words: Wording) -> str:
    """Return what bar, triangle, promise and n mean."""
    told = [
        _("Filled bar: {period}. Triangle: {before}.").format(
            period=words.period, before=words.before
        )
    ]
    for one in verdicts:
        if one.side == "back":
            sentence = _(
                "{back} promises {hours} from the first hand-over of {front},"
                " held while others have the ball."
            )
        else:
            sentence = _("{front} promises {hours} for each request {back} hands back.")
        told.append(
            sentence.format(
                back=words.head.back,
                front=words.head.front,
                hours=working_hours(one.promise_s),
            )
        )
    told.append(_("n: promises that met or broke in the period."))
    return " ".join(told)


def _sentences(summary: Summary, words: Wording, width: float) -> Table:
    """Return the three sentences of the period, on tint."""
    told = (
        _kept_sentence(summary, words),
        _flow_sentence(summary, words),
        _travel_sentence(summary, words),
    )
    rows = [[text("■", CELL), text(escape(one, 400), BODY)] for one in told]
    table = Table(
        rows,
        colWidths=[width * 6 / 170, width * 164 / 170],
        style=[
            ("FONTNAME", (0, 0), (-1, -1), REGULAR),
            ("BACKGROUND", (0, 0), (-1, -1), TINT),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("TOPPADDING", (0, 0), (-1, -1), 1.4),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 1.4),
            ("LEFTPADDING", (0, 0), (-1, -1), 4),
            ("TOPPADDING", (0, 0), (-1, 0), 4),
            ("BOTTOMPADDING", (0, -1), (-1, -1), 4),
        ],
    )
    table.spaceBefore = 2.2 * mm
    return table


def _kept_sentence(summary: Summary, words: Wording) -> str:
    """Return how the share of kept promises moved."""
    if summary.share is None:
        return _("No promise of {unit} was met or broke in the period.").format(
            unit=words.head.back
        )
    now, before = percent(summary.share), percent(summary.share_before)
    if summary.share_before is None:
        sentence = _("{unit} kept {now} of its promises")
    elif now == before:
        sentence = _("{unit}’s kept promises stayed at {now}")
    elif summary.share < summary.share_before:
        sentence = _("{unit}’s kept promises fell from {before} to {now}")
    else:
        sentence = _("{unit}’s kept promises rose from {before} to {now}")
    rest = ngettext(
        "{start}: {broken} broken, {open} of them still open.",
        "{start}: {broken} broken, {open} of them still open.",
        summary.broken,
    )
    start = sentence.format(unit=words.head.back, before=before, now=now)
    return rest.format(
        start=start,
        broken=formats.count(summary.broken),
        open=formats.count(summary.broken_open),
    )


def _flow_sentence(summary: Summary, words: Wording) -> str:
    """Return whether more came than left."""
    if summary.sent > summary.resolved:
        start = _("More came than left")
    elif summary.sent < summary.resolved:
        start = _("More left than came")
    else:
        start = _("As many left as came")
    return _(
        "{start}: {sent} sent, {resolved} resolved;"
        " {before} open became {now}, {at_back} of them at {unit}."
    ).format(
        start=start,
        sent=formats.count(summary.sent),
        resolved=formats.count(summary.resolved),
        before=formats.count(summary.open_before),
        now=formats.count(summary.open_now),
        at_back=formats.count(summary.open_at_back),
        unit=words.head.back,
    )


def _travel_sentence(summary: Summary, words: Wording) -> str:
    """Return whether the broken ones lay or travelled."""
    if summary.broken == 0:
        return _("No promise of {unit} broke in the period.").format(
            unit=words.head.back
        )
    if summary.single_turn * 2 >= summary.broken:
        sentence = _(
            "Requests lie rather than travel: {single} of the {broken} broke in a"
            " single turn, {unnamed} never had a name at {unit}."
        )
    else:
        sentence = _(
            "Requests travel: {several} of the {broken} broke after more than one"
            " turn, {unnamed} never had a name at {unit}."
        )
    return sentence.format(
        single=formats.count(summary.single_turn),
        several=formats.count(summary.broken - summary.single_turn),
        broken=formats.count(summary.broken),
        unnamed=formats.count(summary.never_named),
        unit=words.head.back,
    )
