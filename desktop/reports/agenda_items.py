"""The agenda’s items from records: last minutes, actions, thanks, the end."""

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer

from desktop import formats
from desktop.domain.agenda import AgendaPaper, RunningItem
from desktop.domain.agenda_sections import (
    ActionRow,
    LastMinutes,
    OpenActions,
    ThanksRow,
)
from desktop.i18n import gettext as _
from desktop.i18n import ngettext
from desktop.reports.agenda_parts import evidence, note, wanted
from desktop.reports.flowables import Choices, Lines
from desktop.reports.minutes_end import STATES, marked
from desktop.reports.paper import WANTED, text
from desktop.reports.tables import Cell, Column, grid, long_cell, room
from desktop.reports.wording import (
    NOTHING,
    Wording,
    hours_short,
    percent,
    working_hours,
)
from desktop.reports.writing import escape, quiet, strong


def last_minutes(
    paper: AgendaPaper, _item: RunningItem, words: Wording, width: float
) -> list[Flowable]:
    """Return the item that approves or amends the last minutes."""
    last = paper.minutes
    if last.number is None or last.held_at is None:
        return [
            wanted(_("name who is missing and who stands in.")),
            evidence(_("no earlier session of this series is on record.")),
            Spacer(1, 1.6 * mm),
            Lines(width, _("Apologies")),
        ]
    day = formats.day(words.day_of(last.held_at), year=True)
    story = [
        wanted(
            _("approve or amend the minutes of session {number} ({day}).").format(
                number=last.number, day=day
            )
        ),
    ]
    told = _on_record(last, words)
    choices = [_("approved"), _("approved with this change:")]
    return [*story, evidence(told), Spacer(1, 1.6 * mm), Choices(width, choices)]


def _on_record(last: LastMinutes, words: Wording) -> str:
    """Return how far the last minutes are, and what they hold."""
    if last.state == "approved" and last.approved_at is not None:
        return _("approved {day}; {decisions}, {actions}.").format(
            day=formats.day(words.day_of(last.approved_at)), **_counted(last)
        )
    if last.state == "draft":
        return _("a draft is on record; {decisions}, {actions}.").format(
            **_counted(last)
        )
    if last.version is not None and last.sent_at is not None:
        return ngettext(
            "minutes of session {number}, version {version}, sent {day};"
            " {count} action.",
            "minutes of session {number}, version {version}, sent {day};"
            " {count} actions.",
            last.actions,
        ).format(
            number=last.number,
            version=last.version,
            day=formats.day(words.day_of(last.sent_at)),
            count=formats.count(last.actions),
        )
    told = _("no minutes of session {number} are on record.")
    return told.format(number=last.number)


def _counted(last: LastMinutes) -> dict[str, str]:
    """Return how many decisions and actions the last minutes hold."""
    decisions = ngettext("{n} decision", "{n} decisions", last.decisions)
    actions = ngettext("{n} action", "{n} actions", last.actions)
    return {
        "decisions": decisions.format(n=formats.count(last.decisions)),
        "actions": actions.format(n=formats.count(last.actions)),
    }


def open_actions(
    paper: AgendaPaper, _item: RunningItem, words: Wording, width: float
) -> list[Flowable]:
    """Return the open actions, overdue first, each with topic, owner and age."""
    section = paper.actions
    if section.total == 0:
        return [note(_("No action is open."))]
    columns = _action_columns()
    line = room(columns, 7, width)
    rows = [_action_row(one, columns, width, line) for one in section.rows]
    often = [one for one in section.rows if one.must_decide]
    told = _("{total} open; {overdue} overdue. Topic and age travel with the action.")
    story = [
        wanted(
            _(
                "one word per action: done, new date, or drop."
                " Carried three times: do it, drop it or escalate it."
            )
        ),
        evidence(
            told.format(
                total=formats.count(section.total),
                overdue=formats.count(section.overdue),
            )
        ),
        grid(columns, rows, width, footnote=_more(section)),
    ]
    for one in often[:3]:
        label = _("{action}: do / drop / escalate to").format(action=one.label)
        story += [Spacer(1, 1.2 * mm), Lines(width, label)]
    return story


def _more(section: OpenActions) -> str:
    """Return how many actions are open beside those listed."""
    more = section.total - len(section.rows)
    if more <= 0:
        return ""
    told = ngettext("And {count} more.", "And {count} more.", more)
    return told.format(count=formats.count(more))


def _action_columns() -> list[Column]:
    """Return the columns of the actions; widths in millimetres of 170."""
    return [
        Column(_("No"), 11, bold=True),
        Column(_("Action"), 47),
        Column(_("Topic"), 24),
        Column(_("Owner"), 22),
        Column(_("Due"), 18),
        Column(_("Carried"), 15, right=True),
        Column(_("State"), 19),
        Column(_("Today"), 14),
    ]


def _action_row(
    one: ActionRow, columns: list[Column], width: float, line: float
) -> list[Cell]:
    """Return the cells of one action."""
    shown: Cell = marked(STATES, one.state)
    if one.state == "overdue":
        shown = text(f"{STATES[one.state][0]} {strong(_(STATES[one.state][1]))}")
    return [
        one.label,
        action_words(one, columns, width),
        one.topic or NOTHING,
        one.owner or _("nobody"),
        formats.day(one.due) if one.due else NOTHING,
        f"{one.carried} ×" if one.carried else "0",
        shown,
        Lines(line, first=9, foot=0.5),
    ]


def action_words(one: ActionRow, columns: list[Column], width: float) -> Cell:
    """Return what is to be done, for how long it stands and to whom it went."""
    told = []
    if one.age_days:
        days = ngettext("{n} day old", "{n} days old", one.age_days)
        told.append(days.format(n=formats.count(one.age_days)))
    if one.escalated_to:
        told.append(_("escalated to {who}").format(who=one.escalated_to))
    after = f" {quiet('(' + '; '.join(told) + ')')}" if told else ""
    return long_cell(one.text, columns, 1, width, after, lines=10)


def thanks(
    paper: AgendaPaper, _item: RunningItem, words: Wording, width: float
) -> list[Flowable]:
    """Return what both sides are thanked for, from the evidence."""
    section = paper.thanks
    if not section.rows:
        return [
            note(
                _(
                    "The period’s figures single nobody out."
                    " Say aloud what you saw yourselves."
                )
            )
        ]
    columns = [
        Column(_("Side"), 14, bold=True),
        Column(_("What happened"), 122),
        Column(_("Thanks to"), 34),
    ]
    sides = {"front": _("front"), "back": _("back")}
    rows = [
        [sides[one.side], _thanks_sentence(one, words), one.to] for one in section.rows
    ]
    told = _(
        "promises met in the period, n = {kept};"
        " hand-backs answered by {front}, n = {answered}."
    ).format(
        kept=formats.count(section.kept),
        front=words.head.front,
        answered=formats.count(section.answered),
    )
    return [
        wanted(_("say it aloud, by name; the leader follows up within the week.")),
        evidence(told),
        grid(columns, rows, width),
    ]


def _thanks_sentence(one: ThanksRow, words: Wording) -> str:
    """Return what happened, with its figures."""
    count, total = formats.count(one.count), formats.count(one.total)
    unit = words.unit(one.side)
    if one.code == "quick":
        return _(
            "{count} of {total} kept promises needed {hours} or less of {unit}’s time."
        ).format(
            count=count, total=total, hours=working_hours(one.seconds or 0), unit=unit
        )
    if one.code == "finished":
        return _(
            "Closed {count} of the {total} kept promises that {unit} finished in its"
            " own queue."
        ).format(count=count, total=total, unit=unit)
    share = percent(one.count / one.total if one.total else None)
    sentence = _("{count} of {total} hand-backs answered within {hours}, {share}")
    told = sentence.format(
        count=count, total=total, hours=working_hours(one.seconds or 0), share=share
    )
    if one.share_before is not None:
        told += _(" (before: {share}, n = {n}).").format(
            share=percent(one.share_before), n=formats.count(one.n_before)
        )
    else:
        told += "."
    if one.median_s is not None:
        told += _(" Half within {hours}.").format(hours=hours_short(one.median_s))
    return told


def other_business(
    paper: AgendaPaper, _item: RunningItem, words: Wording, width: float
) -> list[Flowable]:
    """Return the end of the session: other business, read back, next meeting."""
    told = f"{strong(_('Read back'))} "
    told += escape(_("every decision and action with owner and date."))
    following = paper.other.next_at
    told += f" {strong(_('Next meeting:'))} "
    if following is None:
        told += escape(_("not yet planned."))
    else:
        told += escape(
            _("{day}, {time}; evidence from {start} on.").format(
                day=formats.long_day(words.day_of(following)),
                time=words.clock(following),
                start=formats.day(words.day_of(paper.head.period_end)),
            )
        )
    return [
        text(told, WANTED),
        Spacer(1, 1.6 * mm),
        Lines(width, _("Other business"), 3),
        Spacer(1, 1.2 * mm),
        Lines(width / 2, _("Read back by")),
    ]
