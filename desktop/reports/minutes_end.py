"""The minutes' last pages: decisions, actions by owner, attendance, signatures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer

from desktop import formats
from desktop.domain.agenda_sections import ActionRow
from desktop.domain.minutes import Attended, MinutesPaper
from desktop.i18n import gettext as _
from desktop.i18n import gettext_noop as N_
from desktop.i18n import ngettext
from desktop.reports.flowables import SignatureLines
from desktop.reports.minutes_items import due_words, long_text, times
from desktop.reports.paper import BODY, NOTE, SUBHEAD, Kept, text
from desktop.reports.tables import Cell, Column, Look, grid, long_cell
from desktop.reports.wording import NOTHING, Wording
from desktop.reports.writing import escape, strong

STATES = {
    "overdue": ("▲", N_("overdue")),
    "due_today": ("●", N_("due today")),
    "open": ("○", N_("open")),
    "done": ("✓", N_("done")),
    "dropped": ("✗", N_("dropped")),
}
PRESENT = {
    "invited": ("○", N_("invited")),
    "present": ("✓", N_("present")),
    "apology": ("–", N_("apology")),
    "absent": ("✗", N_("absent")),
    "deputy": ("►", N_("deputy")),
}


def under(heading: str, content: Iterable[Flowable]) -> list[Flowable]:
    """Return content below a heading that is never left alone."""
    first, *rest = content
    return [Kept([text(escape(heading), SUBHEAD), first]), *rest]


def marked(marks: dict[str, tuple[str, str]], code: str) -> str:
    """Return mark and word of a state."""
    mark, word = marks[code]
    return f"{mark} {_(word)}"


def decisions(paper: MinutesPaper, words: Wording, width: float) -> list[Flowable]:
    """Return all decisions of the session with the actions that follow."""
    columns = [
        Column(_("No"), 10, right=True, bold=True, gap=6),
        Column(_("Decision"), 114),
        Column(_("Item"), 12, right=True, gap=8),
        Column(_("Actions"), 34),
    ]
    rows: list[list[Cell]] = [
        [
            str(decision.number),
            long_cell(decision.text, columns, 1, width, lines=12),
            str(item.number),
            ", ".join(one.label for one in item.actions) or _("none"),
        ]
        for item in paper.items
        for decision in item.decisions
    ]
    if not rows:
        return []
    table = grid(columns, rows, width, Look(padding=1.9))
    return under(_("Decisions of this session"), [table])


def actions(paper: MinutesPaper, width: float) -> list[Flowable]:
    """Return what is open after the session, by owner, then what was closed."""
    story: list[Flowable] = []
    if paper.actions.rows:
        story += under(_("Open actions by owner"), [by_owner(paper, width)])
    if paper.due_again:
        told = _("Carried three times, so they must be decided: do, drop or escalate.")
        named = ", ".join(
            f"{one.label} ({one.owner or _('nobody')})" for one in paper.due_again
        )
        story.append(text(f"{strong(told)} {escape(named, 600)}", NOTE))
    if paper.closed:
        told = ngettext("{count} closed:", "{count} closed:", len(paper.closed))
        named = ", ".join(one.label for one in paper.closed[:60])
        head = strong(told.format(count=formats.count(len(paper.closed))))
        story.append(text(f"{head} {escape(named, 600)}.", NOTE))
    return story


def owners(rows: Sequence[ActionRow]) -> list[tuple[str | None, list[ActionRow]]]:
    """Return actions by owner, in the order of names, nobody's last."""
    ordered = sorted(rows, key=lambda one: (one.owner is None, one.owner or ""))
    return [
        (owner, list(own)) for owner, own in groupby(ordered, lambda one: one.owner)
    ]


def by_owner(paper: MinutesPaper, width: float) -> Flowable:
    """Return the open actions in one table, a tinted row for each owner."""
    columns = [
        Column(_("No"), 14, bold=True),
        Column(_("What"), 77),
        Column(_("Topic"), 26),
        Column(_("By when"), 20, bold=True),
        Column(_("Carried"), 15),
        Column(_("State"), 18),
    ]
    rows: list[list[Cell]] = []
    heads: set[int] = set()
    for owner, own in owners(paper.actions.rows):
        heads.add(len(rows))
        count = ngettext("{count} action", "{count} actions", len(own))
        told = f"{owner or _('nobody')} · {count.format(count=formats.count(len(own)))}"
        rows.append([text(strong(told))])
        rows += [
            [
                one.label,
                long_cell(one.text, columns, 1, width, lines=20),
                one.topic or NOTHING,
                due_words(one),
                times(one.carried),
                marked(STATES, one.state),
            ]
            for one in own
        ]
    more = paper.actions.total - len(paper.actions.rows)
    told = ngettext("And {count} more.", "And {count} more.", more)
    footnote = told.format(count=formats.count(more)) if more > 0 else ""
    look = Look(sections=frozenset(heads), padding=1.9)
    return grid(columns, rows, width, look, footnote)


def attendance(people: Sequence[Attended], width: float) -> list[Flowable]:
    """Return who was invited and whether they came."""
    if not people:
        return []
    columns = [
        Column(_("Name"), 52, bold=True),
        Column(_("Side"), 18),
        Column(_("Role"), 44),
        Column(_("Attendance"), 56),
    ]
    sides = {"front": _("front"), "back": _("back")}
    rows = [
        [one.name, sides[one.side], one.role or NOTHING, _came(one)] for one in people
    ]
    return under(_("Attendance"), [grid(columns, rows, width, Look(padding=1.9))])


def _came(one: Attended) -> str:
    told = marked(PRESENT, one.state)
    return f"{told}: {one.deputy}" if one.deputy else told


def distribution(paper: MinutesPaper, words: Wording) -> list[Flowable]:
    """Return who gets the minutes, and what goes with them."""
    invited = ", ".join(one.name for one in paper.attendance) or NOTHING
    informed = ", ".join(paper.informed) or _("nobody else")
    files = [name for item in paper.items for name in item.files]
    attached = [
        _("agenda, version {number}").format(number=paper.head.version),
        *files[:40],
    ]
    told = (
        f"{strong(_('Sent to:'))} {escape(invited, 1_500)}. "
        f"{strong(_('For information:'))} {escape(informed, 800)}. "
        f"{strong(_('Attached:'))} {escape('; '.join(attached), 1_500)}."
    )
    story = under(_("Distribution"), [text(told, BODY)])
    if paper.next_at is not None:
        day = formats.long_day(words.day_of(paper.next_at))
        following = escape(f"{day}, {words.clock(paper.next_at)}")
        line = f"{strong(_('Next meeting:'))} {following}"
        story.append(text(line, BODY))
    return story


def signatures(paper: MinutesPaper, words: Wording, width: float) -> list[Flowable]:
    """Return lines to sign on, and who approved it when."""
    story: list[Flowable] = []
    if paper.approved_at is not None:
        told = _("Approved by {who}, {when}. What is corrected later is an addendum.")
        story.append(
            text(
                escape(
                    told.format(
                        who=paper.approved_by or _("the chair"),
                        when=words.dated_moment(paper.approved_at),
                    )
                ),
                BODY,
            )
        )
    labels = (
        (_("Chair"), paper.head.chair or ""),
        (_("Minutes"), paper.head.minute_taker or ""),
    )
    story += [Spacer(1, 3 * mm), SignatureLines(width, labels)]
    return [Kept([text(escape(_("Signatures")), SUBHEAD), *story])]


def addenda(paper: MinutesPaper, words: Wording) -> list[Flowable]:
    """Return what was corrected after the minutes were approved."""
    story: list[Flowable] = []
    for one in paper.addenda:
        about = ""
        if one.item_number is not None:
            about = _(", item {number}").format(number=one.item_number)
        told = _("Addendum {number}{about} · {who}, {when}").format(
            number=one.number,
            about=about,
            who=one.by,
            when=words.dated_moment(one.at),
        )
        story += [text(strong(told), BODY), *long_text(one.text, BODY)]
    return under(_("Addenda"), story) if story else []
