"""The agenda's item about broken promises: the worst one by one, the rest by kind."""

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer

from desktop import formats
from desktop.domain.agenda import AgendaPaper, RunningItem
from desktop.domain.agenda_sections import (
    SILENT_AFTER_S,
    BrokenPromises,
    BrokenRow,
    GatherRow,
)
from desktop.i18n import gettext as _
from desktop.i18n import ngettext
from desktop.reports.agenda_parts import decision, evidence, note, wanted
from desktop.reports.flowables import HeldBar
from desktop.reports.paper import CELL, NOTE, text
from desktop.reports.tables import Cell, Column, Look, grid, room
from desktop.reports.wording import CAUSES, Wording, hours
from desktop.reports.writing import escape, strong


def broken_promises(
    paper: AgendaPaper, item: RunningItem, words: Wording, width: float
) -> list[Flowable]:
    """Return the worst broken promises one by one, and where all of them gather."""
    section = paper.broken
    if section.total == 0:
        return [note(_("No promise broke in the period."))]
    columns = _columns()
    bar = room(columns, 8, width)
    longest = max((_held(row) for row in section.rows), default=0)
    rows: list[list[Cell]] = []
    for at, row in enumerate(section.rows, 1):
        rows.append(_figures(row, f"{item.number}.{at}", words, bar, longest))
        rows.append(["", text(why(row, words), NOTE)])
    story: list[Flowable] = [
        wanted(
            _(
                "a cause and one step for the worst; one decision on what would"
                " have kept them."
            )
        ),
        evidence(_broken_evidence(section)),
        grid(
            columns,
            rows,
            width,
            Look(pairs=True),
            _(
                "Who held it, in working hours since the first hand-over: solid ="
                " {back} (counts), hatched = {front}, white = requester or third"
                " group (held, does not count). Plan ☐: failure plan done."
            ).format(back=words.head.back, front=words.head.front),
        ),
    ]
    if section.gather and section.total > len(section.rows):
        story += [Spacer(1, 1.4 * mm), _gather(section, width)]
    return [*story, *decision(width, 3)]


def _columns() -> list[Column]:
    """Return the columns of the worst; widths in millimetres of 170."""
    return [
        Column(_("No"), 10.5, right=True, bold=True, gap=4),
        Column(_("Request"), 41),
        Column(_("Promised by"), 26),
        Column(_("Late h"), 13.5, right=True, bold=True),
        Column(_("State"), 17),
        Column(_("Back"), 11.5, right=True),
        Column(_("Front"), 11, right=True),
        Column(_("Other"), 13, right=True, gap=6),
        Column(_("Held by"), 17.5),
        Column(_("Plan"), 9, centre=True, size=9),
    ]


def _held(row: BrokenRow) -> int:
    """Return all working time since the first hand-over, in seconds."""
    return row.back_s + row.desk_s + row.other_s


def _figures(
    row: BrokenRow, number: str, words: Wording, bar: float, longest: int
) -> list[Cell]:
    """Return the row of figures of one broken promise."""
    request = strong(row.reference, 40)
    if row.place:
        request += f" · {escape(row.place, 40)}"
    state = f"✗ {_('open')}" if row.ended_at is None else f"✓ {_('done')}"
    return [
        number,
        text(request, CELL),
        words.moment(row.promised_by),
        hours(row.late_s),
        state,
        hours(row.back_s),
        hours(row.desk_s),
        hours(row.other_s),
        HeldBar(bar, (row.back_s, row.desk_s, row.other_s), longest),
        "☐",
    ]


def why(row: BrokenRow, words: Wording) -> str:
    """Return the kind, the cause by rule and two sentences of facts, as markup."""
    told = [_("sent {at}").format(at=words.brief(row.sent_at))]
    if row.turns > 1:
        told.append(
            ngettext("{count} turn", "{count} turns", row.turns).format(
                count=formats.count(row.turns)
            )
        )
    if row.times_back:
        told.append(_times_back(row.times_back))
    if row.holder:
        told.append(_("with {person}").format(person=row.holder))
    first = ", ".join(told)
    first = first[:1].upper() + first[1:] + "."
    second = ""
    if row.ended_at is not None:
        second = _("Resolved {at}.").format(at=words.brief(row.ended_at))
    elif row.last_act_at is not None and row.silent_s > SILENT_AFTER_S:
        second = _("Silent for {hours}, since {at}.").format(
            hours=_("{hours} h").format(hours=hours(row.silent_s)),
            at=words.brief(row.last_act_at),
        )
    elif row.last_act_at is not None:
        second = _("Last act {at}.").format(at=words.brief(row.last_act_at))
    cause = f"{strong(_(CAUSES[row.cause]))} {escape(f'{first} {second}'.strip())}"
    if not row.kind:
        return cause
    return f'<font color="#1A1A1A">{escape(row.kind, 120)}</font><br/>{cause}'


def _times_back(count: int) -> str:
    """Return how often a request was handed back."""
    if count == 1:
        return _("back once")
    if count == 2:
        return _("back twice")
    return ngettext("back {count} time", "back {count} times", count).format(
        count=formats.count(count)
    )


def _broken_evidence(section: BrokenPromises) -> str:
    """Return how many broke, how late, and what they have in common."""
    return _(
        "{total} broken in the period (n = {n}; before: {before} of {n_before});"
        " {open} still open; {unnamed} never had a name; {single} broke in a single"
        " turn. Median late {median} working hours, worst {worst}."
    ).format(
        total=formats.count(section.total),
        n=formats.count(section.n),
        before=formats.count(section.total_before),
        n_before=formats.count(section.n_before),
        open=formats.count(section.open),
        unnamed=formats.count(section.never_named),
        single=formats.count(section.single_turn),
        median=hours(section.median_late_s),
        worst=hours(section.worst_late_s),
    )


def _gather(section: BrokenPromises, width: float) -> Flowable:
    """Return the table that counts all of them by kind."""
    more = section.total - len(section.rows)
    title = ngettext(
        "And {more} more: where all {total} gather",
        "And {more} more: where all {total} gather",
        more,
    ).format(more=formats.count(more), total=formats.count(section.total))
    columns = [
        Column(title, 64),
        Column(_("Broken"), 16, right=True, bold=True),
        Column(_("Open"), 16, right=True),
        Column(_("Median late, h"), 26, right=True),
        Column(_("No name"), 20, right=True),
        Column(_("Worst"), 28),
    ]
    rows: list[list[Cell]] = [
        [
            _gather_kind(row),
            formats.count(row.broken),
            formats.count(row.open),
            hours(row.median_late_s),
            formats.count(row.never_named),
            row.worst_reference,
        ]
        for row in section.gather
    ]
    return grid(columns, rows, width, Look(padding=1.9))


def _gather_kind(row: GatherRow) -> str:
    """Return a kind's own words, or how many others there are."""
    if row.kind is not None:
        return row.kind
    return ngettext("{count} other kind", "{count} other kinds", row.kinds).format(
        count=formats.count(row.kinds)
    )
