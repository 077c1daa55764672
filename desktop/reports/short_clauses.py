"""One clause of evidence for each item of the short form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from desktop import formats
from desktop.domain.agenda import AgendaPaper, RunningItem
from desktop.i18n import gettext as _
from desktop.i18n import ngettext
from desktop.reports.agenda_topics import found
from desktop.reports.wording import Wording, hours_words, percent

Clause = Callable[[AgendaPaper, Wording], str]


def clause(item: RunningItem, paper: AgendaPaper, words: Wording) -> str:
    """Return what the evidence says of an item in one line; "" where it is silent."""
    if item.kind == "topic":
        told = found(item, words)
        if told is not None:
            return told[1]
        return (item.note or "").strip().split("\n", 1)[0]
    made = CLAUSES.get(item.kind)
    return made(paper, words) if made else ""


def _minutes(paper: AgendaPaper, words: Wording) -> str:
    last = paper.minutes
    if last.number is None:
        return _("no earlier session is on record")
    told = _("approve the minutes of session {number}")
    return told.format(number=formats.count(last.number))


def _actions(paper: AgendaPaper, words: Wording) -> str:
    section = paper.actions
    told = ngettext(
        "{count} open, {overdue} overdue",
        "{count} open, {overdue} overdue",
        section.total,
    ).format(count=formats.count(section.total), overdue=formats.count(section.overdue))
    often = [one.label for one in section.rows if one.carried >= 3]
    if often:
        told += _("; {labels}: do, drop or escalate").format(
            labels=", ".join(often[:4])
        )
    return told


def _thanks(paper: AgendaPaper, words: Wording) -> str:
    named = [one.to for one in paper.thanks.rows]
    return _("to {names}").format(names=", ".join(named[:4])) if named else ""


def _scorecard(paper: AgendaPaper, words: Wording) -> str:
    told = [
        _("{unit} {share} (before {before}), n = {n}").format(
            unit=one.unit,
            share=percent(one.share),
            before=percent(one.share_before),
            n=formats.count(one.n),
        )
        for one in paper.verdicts
    ]
    return "; ".join(told)


def _broken(paper: AgendaPaper, words: Wording) -> str:
    section = paper.broken
    if not section.total:
        return _("none broke in the period")
    return _("{total} broken of {n}, {open} open, {unnamed} never named").format(
        total=formats.count(section.total),
        n=formats.count(section.n),
        open=formats.count(section.open),
        unnamed=formats.count(section.never_named),
    )


def _near(paper: AgendaPaper, words: Wording) -> str:
    section = paper.near
    if not section.total or section.last_due_at is None:
        return _("nothing falls due before the next session")
    told = ngettext(
        "{count} due by {at}; {warned} past the warning",
        "{count} due by {at}; {warned} past the warning",
        section.total,
    )
    return told.format(
        count=formats.count(section.total),
        at=words.moment(section.last_due_at),
        warned=formats.count(section.warned),
    )


def _ball(paper: AgendaPaper, words: Wording) -> str:
    rows = paper.ball.rows
    told = ", ".join(
        f"{words.holder(row.holder)} {formats.count(row.open)}" for row in rows
    )
    if paper.ball.ping_pong:
        count = len(paper.ball.ping_pong) + paper.ball.ping_pong_more
        more = ngettext("{count} in ping-pong", "{count} in ping-pong", count)
        told += "; " + more.format(count=formats.count(count))
    return told


def _agreement(paper: AgendaPaper, words: Wording) -> str:
    section = paper.agreement
    if section is None:
        return ""
    told = _("keep the {hours}, or say what else").format(
        hours=hours_words(section.target_s)
    )
    for row in section.rows:
        if row.in_force:
            told += _("; {share} kept, n = {n}").format(
                share=percent(row.share), n=formats.count(row.kept + row.broken)
            )
    return told


def _other(paper: AgendaPaper, words: Wording) -> str:
    following = paper.other.next_at
    if following is None:
        return _("read back; the next meeting is not yet planned")
    return _("read back; next meeting {when}").format(when=words.moment(following))


def _obstacles(paper: AgendaPaper, words: Wording) -> str:
    section = paper.obstacles
    told = " · ".join(f"O-{one.number} {one.title}" for one in section.rows[:3])
    more = section.total - 3
    if more > 0:
        rest = ngettext("{told} and {n} more", "{told} and {n} more", more)
        told = rest.format(told=told, n=formats.count(more))
    return told


def _changes(paper: AgendaPaper, words: Wording) -> str:
    shown = [
        f"{formats.day(words.day_of(one.starts_at))} {one.name}"
        for one in paper.changes.rows[:3]
    ]
    return " · ".join(shown)


def _exceptions(paper: AgendaPaper, words: Wording) -> str:
    told = _("{rule} ({count} asked): change the rule?")
    return " · ".join(
        told.format(rule=one.label, count=formats.count(one.asked))
        for one in paper.exceptions[:2]
    )


def _standards(paper: AgendaPaper, words: Wording) -> str:
    return ", ".join(one.service for one in paper.standards[:3])


def _improvements(paper: AgendaPaper, words: Wording) -> str:
    told = _("{title}: proof on {day}")
    return " · ".join(
        told.format(title=one.title, day=formats.day(one.proof_on))
        for one in paper.improvements[:2]
    )


CLAUSES: Final[dict[str, Clause]] = {
    "minutes": _minutes,
    "actions": _actions,
    "thanks": _thanks,
    "scorecard": _scorecard,
    "broken": _broken,
    "near": _near,
    "ball": _ball,
    "agreement": _agreement,
    "obstacles": _obstacles,
    "changes": _changes,
    "exceptions": _exceptions,
    "standards": _standards,
    "improvements": _improvements,
    "other_business": _other,
}
