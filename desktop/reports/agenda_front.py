"""Page 1 of the agenda: head, verdicts, three sentences, running order, attendance."""

from typing import Final

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer, Table

from desktop import formats
from desktop.domain.agenda import AgendaPaper, RunningItem, Summary, Verdict
from desktop.i18n import gettext as _
from desktop.i18n import ngettext
from desktop.reports.faces import REGULAR
from desktop.reports.flowables import Bar, Lines, PageNumber
from desktop.reports.paper import (
    ACCENT,
    BODY,
    CELL,
    CELL_BOLD,
    INK,
    KICKER,
    NOTE,
    RULE,
    SUBHEAD,
    TINT,
    TITLE,
    Kept,
    text,
)
from desktop.reports.tables import Column, Look, grid, room
from desktop.reports.wording import (
    CONFIDENTIALITY,
    NOTHING,
    OUTCOMES,
    Wording,
    percent,
    source,
    verdict,
    working_hours,
)
from desktop.reports.writing import escape, linked, quiet, strong

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
        story += [Spacer(1, 2.2 * mm), *_verdicts(paper, words, width)]
    if paper.summary is not None:
        story.append(_sentences(paper.summary, words, width))
    story += _running_order(paper, words, width)
    if paper.attendance:
        story += _attendance(paper, width)
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


def _verdicts(paper: AgendaPaper, words: Wording, width: float) -> list[Flowable]:
    """Return the verdict per unit and what the bars mean."""
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
        for one in paper.verdicts
    ]
    table = grid(columns, rows, width, Look(padding=3.0))
    return [table, text(escape(_legend(paper.verdicts, words), 600), NOTE)]


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


def _running_order(paper: AgendaPaper, words: Wording, width: float) -> list[Flowable]:
    """Return the running order with its sum and expected end."""
    columns = [
        Column(_("No"), 8, right=True),
        Column(_("Time"), 12, right=True),
        Column(_("Min"), 10, right=True),
        Column(_("Item"), 61),
        Column(_("Outcome"), 17),
        Column(_("Leader"), 28),
        Column(_("Source"), 24),
        Column(_("Page"), 10, right=True),
    ]
    page_width = room(columns, 7, width)
    heaviest = max((item.minutes for item in paper.items if item.reached), default=0)
    rows: list[list[object]] = []
    for item in paper.items:
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
    not_reached = frozenset(
        at for at, item in enumerate(paper.items) if not item.reached
    )
    rows.append(_total_row(paper, words))
    last = len(rows) - 1
    look = Look(tinted=not_reached, total=True, spans={last: (3, 7)}, padding=2.0)
    heading = text(escape(_("Running order")), SUBHEAD)
    return [Kept([heading, grid(columns, rows, width, look)])]


def _linked_title(
    item: RunningItem, paper: AgendaPaper, words: Wording, heaviest: int
) -> Flowable:
    """Return an item's title as a link; the longest item stands out."""
    title = words.title(item, paper)
    shown = strong(title) if item.minutes == heaviest else escape(title)
    if not item.reached:
        shown = f"{escape(title)} · {strong(_('not reached'))}"
    return text(linked(shown, words.key(item.number)), CELL)


def _total_row(paper: AgendaPaper, words: Wording) -> list[object]:
    """Return the sum of the minutes, the expected end and what is left over."""
    used = sum(item.minutes for item in paper.items if item.reached)
    head = paper.head
    length = round((head.ends_at - head.starts_at).total_seconds() / 60)
    end = head.starts_at + (head.ends_at - head.starts_at) * (
        used / length if length else 0
    )
    told = strong(_("Expected end {time}").format(time=words.clock(end)))
    of = ngettext(
        ", {used} of {length} minute.", ", {used} of {length} minutes.", length
    )
    told += escape(of.format(used=used, length=length))
    late = [item for item in paper.items if not item.reached]
    if late:
        told += " " + escape(_late_sentence(late, paper, words), 400)
    return ["", strongly(words.clock(end)), strongly(str(used)), text(told, CELL)]


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


def _attendance(paper: AgendaPaper, width: float) -> list[Flowable]:
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
