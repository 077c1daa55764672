"""What differs from the version of the agenda handed out before, on page 1."""

from __future__ import annotations

from typing import Final

from reportlab.platypus import Flowable

from desktop import formats
from desktop.domain.agenda import AgendaChange, AgendaPaper
from desktop.i18n import gettext as _
from desktop.i18n import ngettext
from desktop.reports.paper import NOTE, SUBHEAD, text
from desktop.reports.wording import OUTCOMES, Wording
from desktop.reports.writing import escape

CHANGES_SHOWN: Final = 8


def changed_since(paper: AgendaPaper, words: Wording) -> list[Flowable]:
    """Return a heading and one line for each change; nothing where there are none."""
    if paper.changed_since is None or not paper.changed:
        return []
    heading = _("Changed since version {number}").format(number=paper.changed_since)
    shown = [change_words(one, paper, words) for one in paper.changed[:CHANGES_SHOWN]]
    more = len(paper.changed) - CHANGES_SHOWN
    if more > 0:
        told = ngettext("and {count} more", "and {count} more", more)
        shown.append(told.format(count=formats.count(more)))
    lines = "<br/>".join(f"● {escape(one)}" for one in shown)
    return [text(escape(heading), SUBHEAD), text(lines, NOTE)]


def change_words(one: AgendaChange, paper: AgendaPaper, words: Wording) -> str:
    """Return one change in words; the screen says the same."""
    then, now = one.figures or (0, 0)
    if one.item is None:
        return {
            "start": _("The session begins {when}.").format(when=words.when),
            "length": _("The session takes {now} minutes, not {then}.").format(
                now=now, then=then
            ),
            "place": _("It takes place: {place}.").format(
                place=paper.head.place or _("not yet said")
            ),
        }.get(one.code, "")
    named = _("Item {number}, {title}").format(
        number=one.item.number, title=words.title(one.item, paper)
    )
    told = {
        "added": _("{item}: new."),
        "removed": _("{item}: taken off."),
        "moved": _("{item}: it was item {then}."),
        "title": _("{item}: it had another title."),
        "minutes": _("{item}: {now} minutes, not {then}."),
        "outcome": _("{item}: wanted now: {outcome}."),
        "leader": _("{item}: led by {leader}."),
        "section": _("{item}: in another section."),
        "note": _("{item}: its note changed."),
        "files": _("{item}: its files changed."),
    }[one.code]
    return told.format(
        item=named,
        then=then,
        now=now,
        outcome=_(OUTCOMES[one.item.outcome]),
        leader=words.leader(one.item),
    )
