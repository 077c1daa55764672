"""What changed since a version of an agenda, in sentences: on screen and on paper."""

from __future__ import annotations

from desktop import formats
from desktop.domain.agenda import AgendaChange, AgendaPaper, RunningItem
from desktop.i18n import gettext as _
from desktop.i18n import ngettext
from desktop.reports.wording import OUTCOMES, Wording


def changes_title(paper: AgendaPaper) -> str:
    """Return "Since version 1: 3 changes"; empty where nothing changed."""
    if paper.changed_since is None:
        return ""
    words = ngettext(
        "Since version {number}: {count} change",
        "Since version {number}: {count} changes",
        len(paper.changed),
    )
    count = formats.count(len(paper.changed))
    return words.format(number=paper.changed_since, count=count)


def change_words(change: AgendaChange, paper: AgendaPaper, words: Wording) -> str:
    """Return one change as a sentence that names its item."""
    if change.item is None:
        return _of_session(change, paper, words)
    title = words.title(change.item, paper)
    then, now = change.figures or (0, 0)
    before = change.before or change.item
    sentences = {
        "added": _("New: {title}, {now} min."),
        "removed": _("Taken off: {title}."),
        "moved": _("{title}: moved from {then} to {now}."),
        "minutes": _("{title}: {now} minutes instead of {then}."),
        "title": _("{title}: it was called “{old}”."),
        "outcome": _("{title}: to {new} instead of {old}."),
        "leader": _("{title}: led by {new} instead of {old}."),
        "section": _("{title}: now under “{new}”."),
        "note": _("{title}: its words changed."),
        "files": _("{title}: its files changed."),
    }
    if change.code == "section" and not change.item.section:
        sentences["section"] = _("{title}: no heading above it any more.")
    old, new = _old_and_new(change.code, before, change.item, paper, words)
    if change.code == "added":
        now = change.item.minutes
    return sentences[change.code].format(
        title=title, then=then, now=now, old=old, new=new
    )


def _old_and_new(
    code: str,
    before: RunningItem,
    after: RunningItem,
    paper: AgendaPaper,
    words: Wording,
) -> tuple[str, str]:
    if code == "title":
        return words.title(before, paper), ""
    if code == "outcome":
        return _(OUTCOMES[before.outcome]), _(OUTCOMES[after.outcome])
    if code == "leader":
        return words.leader(before), words.leader(after)
    return before.section, after.section


def _of_session(change: AgendaChange, paper: AgendaPaper, words: Wording) -> str:
    head = paper.head
    if change.code == "length":
        then, now = change.figures or (0, 0)
        told = _("The session takes {now} minutes instead of {then}.")
        return told.format(now=now, then=then)
    if change.code == "place":
        told = _("The session is at another place: {place}.")
        return told.format(place=head.place or "–")
    return _("The session is at another time: {when}.").format(when=words.when)
