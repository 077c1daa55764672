"""The words of a mail that takes an agenda or minutes to the members."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from desktop import formats
from desktop.domain.agenda import AgendaPaper, Head
from desktop.domain.agenda_sections import ActionRow
from desktop.domain.minutes import MinutesPaper
from desktop.domain.text import clean_line, shortened
from desktop.i18n import gettext as _
from desktop.i18n import ngettext, speaking
from desktop.reports.wording import OUTCOMES, Wording

LINE_LIMIT: Final = 160
ACTION_LIMIT: Final = 300
ITEMS_TOLD: Final = 40


@dataclass(frozen=True, slots=True)
class MailText:
    """A subject and a body of plain text, paragraphs apart by an empty line."""

    subject: str
    body: str


def agenda_mail(paper: AgendaPaper, language: str = "en") -> MailText:
    """Return what a mail with an agenda says: when, where, and the running order."""
    with speaking(language):
        words = Wording(paper.head)
        shown = paper.items[:ITEMS_TOLD]
        lines = [
            "{clock}  {number}. {title} ({outcome}, {minutes})".format(
                clock=words.clock(one.starts_at) if one.starts_at else "--:--",
                number=one.number,
                title=_line(words.title(one, paper), LINE_LIMIT),
                outcome=_(OUTCOMES[one.outcome]),
                minutes=_("{minutes} min").format(minutes=one.minutes),
            )
            for one in shown
        ]
        more = len(paper.items) - len(shown)
        if more:
            lines.append(_more(more))
        due = [one for one in paper.actions.rows if one.state != "open"]
        return MailText(
            _subject(_("Agenda"), paper.head, words),
            _paragraphs(
                _where(paper.head, words),
                [_("Running order"), *lines],
                [_("Actions due by then"), *map(_action, due)] if due else [],
                [_("The agenda with its evidence is attached.")],
            ),
        )


def minutes_mail(paper: MinutesPaper, language: str = "en") -> MailText:
    """Return what a mail with minutes says: what was decided, who does what by when."""
    with speaking(language):
        words = Wording(paper.head)
        decided = [
            _("Item {number}: {decision}").format(
                number=item.number, decision=_line(one.text, ACTION_LIMIT)
            )
            for item in paper.items
            for one in item.decisions
        ]
        given = [_action(one) for item in paper.items for one in item.actions]
        following: list[str] = []
        if paper.next_at is not None:
            when = words.dated_moment(paper.next_at)
            following = [_("Next session: {when}").format(when=when)]
        state = (
            _("The minutes are attached.")
            if paper.approved_at
            else _("The draft of the minutes is attached. Say what should be amended.")
        )
        return MailText(
            _subject(_("Minutes"), paper.head, words),
            _paragraphs(
                _where(paper.head, words),
                [_("Decided"), *decided] if decided else [_("Nothing was decided.")],
                [_("Who does what by when"), *given] if given else [],
                following,
                [state],
            ),
        )


def _line(text: str, limit: int) -> str:
    """Return a user's words on one line; mail, unlike paper, shows every letter."""
    return shortened(clean_line(text), limit)


def _subject(kind: str, head: Head, words: Wording) -> str:
    return _("{kind}: {series}, session {number}, {day}").format(
        kind=kind,
        series=_line(head.series, LINE_LIMIT),
        number=head.number,
        day=formats.day(words.day_of(head.starts_at), year=True),
    )


def _where(head: Head, words: Wording) -> list[str]:
    lines = [words.when]
    if head.place:
        lines.append(_line(head.place, LINE_LIMIT))
    if head.chair:
        lines.append(_("Chair: {name}").format(name=_line(head.chair, LINE_LIMIT)))
    return lines


def _action(one: ActionRow) -> str:
    told = _("{label}  {owner}: {text}").format(
        label=one.label,
        owner=_line(one.owner or _("nobody named"), LINE_LIMIT),
        text=_line(one.text, ACTION_LIMIT),
    )
    if one.due is not None:
        told = _("{action}, by {day}").format(
            action=told, day=formats.day(one.due, year=True)
        )
    return f"{told} ({_('overdue')})" if one.state == "overdue" else told


def _more(count: int) -> str:
    told = ngettext("and {count} more item", "and {count} more items", count)
    return told.format(count=count)


def _paragraphs(*blocks: list[str]) -> str:
    return "\n\n".join("\n".join(lines) for lines in blocks if lines) + "\n"
