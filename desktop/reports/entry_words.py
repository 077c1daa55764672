"""What a request's journal tells, one sentence an entry: in the window and on paper.

Every kind of entry has its sentence here or in a table a feature adds with
`add_entry_words`; a test holds all kinds to it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

from desktop.domain.requests import Audience, EntryKind, PendingReason, Side
from desktop.domain.text import shortened
from desktop.i18n import gettext as _
from desktop.i18n import gettext_noop as N_
from desktop.i18n import ngettext
from desktop.queries.timeline import TimelineEntry
from desktop.reports.link_words import LINK_ENTRIES, link_entry_words
from desktop.reports.request_words import REASONS, priority_words
from desktop.reports.return_words import return_reason_words

Sentence = Callable[[TimelineEntry, str], str]
"""Says what an entry tells, given who did it."""

When = Callable[[datetime], str]
"""Writes an instant as the place it stands in writes them."""

FILES_NAMED: Final = 4
LINE_CAP: Final = 120
CHANGED: Final = N_("{who} changed it")

_PLAIN: Final[Mapping[EntryKind, str]] = {
    EntryKind.RESOLVED: N_("{who} resolved it"),
    EntryKind.DECLINED: N_("{who} declined it"),
    EntryKind.REOPENED: N_("{who} reopened it"),
    EntryKind.CONFIRMED: N_("{who} confirmed it"),
    EntryKind.CANCELLED: N_("{who} withdrew it"),
    EntryKind.UPDATED: N_("{who} updated it"),
    EntryKind.MOVED: N_("{who} put it under another agreement"),
    EntryKind.REFUNDED: N_("{who} gave it the calendar’s new hours"),
    EntryKind.TOLD: N_("{who} told the customer"),
    EntryKind.UNASKED: N_("{who} took the question back"),
    EntryKind.APPROVED: N_("{who} approved it"),
    EntryKind.APPROVAL_REFUSED: N_("{who} refused to approve it"),
    EntryKind.APPROVAL_WITHDRAWN: N_("{who} asks for no approval any more"),
}
IN_THE_SENTENCE: Final = frozenset({EntryKind.CHECKED, EntryKind.UNCHECKED})
"""Kinds whose text is a word of their sentence, and nothing anybody wrote."""

_OWN: dict[EntryKind, Sentence] = {}


def add_entry_words(sentences: Mapping[EntryKind, Sentence]) -> None:
    """Teach the sentences of a feature's kinds of entries."""
    _OWN.update(sentences)


def written_words(entry: TimelineEntry) -> str:
    """Return what somebody wrote with an entry; empty where it only tells."""
    return "" if entry.kind in IN_THE_SENTENCE else entry.text


def is_change(entry: TimelineEntry) -> bool:
    """Tell whether an entry changed something, and not only said something."""
    return entry.kind not in (EntryKind.COMMENTED, EntryKind.TOLD)


def entry_words(entry: TimelineEntry) -> str:
    """Say in one line what an entry tells: who did what, to or for whom."""
    who = entry.actor or entry.unit or _("Somebody")
    own = _OWN.get(entry.kind)
    if own is not None:
        return own(entry, who)
    return _(_PLAIN.get(entry.kind, CHANGED)).format(who=who)


def entry_notes(entry: TimelineEntry, when: When) -> tuple[str, ...]:
    """Say the rest in short lines: how the promise moved, what was agreed besides."""
    notes = [*_told_notes(entry, when)]
    if entry.mentioned:
        people = ", ".join(entry.mentioned)
        notes.append(_("Told to {people} by name").format(people=people))
    if entry.kind in _RETURNS and entry.details.get("reason"):
        why = return_reason_words(str(entry.details["reason"]))
        notes.append(_("Why: {reason}").format(reason=why))
    reason = str(entry.details.get("urgency_reason", ""))
    if reason:
        notes.append(_("Urgent because: {reason}").format(reason=reason))
    if entry.follow_up_at is not None:
        words = _("To be looked at again {when}")
        notes.append(words.format(when=when(entry.follow_up_at)))
    if entry.due is not None:
        notes.append(due_words(entry, when))
    if entry.is_undone:
        notes.append(_("This was taken back."))
    return tuple(notes)


_RETURNS: Final = frozenset({EntryKind.ASKED, EntryKind.HANDED_OVER})


def due_words(entry: TimelineEntry, when: When) -> str:
    """Say how the promise stands after an entry, or from where to where it moved."""
    assert entry.due is not None
    after = when(entry.due.after)
    if entry.due.before is None:
        return _("Due {when}").format(when=after)
    words = _("Due moved from {before} to {after}, because {reason}")
    reason = _(_MOVED_BY.get(entry.kind, N_("it changed")))
    waited = entry.before.get("pending")
    if entry.kind in (EntryKind.RESUMED, EntryKind.ANSWERED) and waited:
        reason = _("it had waited for {whom}").format(
            whom=_(REASONS[PendingReason(waited)])
        )
    return words.format(before=when(entry.due.before), after=after, reason=reason)


_MOVED_BY: Final[Mapping[EntryKind, str]] = {
    EntryKind.HANDED_OVER: N_("it came back to this unit"),
    EntryKind.PRIORITY_CHANGED: N_("its priority changed"),
    EntryKind.REOPENED: N_("it was reopened"),
    EntryKind.MOVED: N_("it is under another agreement now"),
    EntryKind.REFUNDED: N_("the calendar has new hours"),
    EntryKind.UNDONE: N_("a step was taken back"),
    EntryKind.UNASKED: N_("the question was taken back"),
    EntryKind.APPROVED: N_("it had waited for an approval"),
    EntryKind.APPROVAL_REFUSED: N_("it had waited for an approval"),
    EntryKind.APPROVAL_WITHDRAWN: N_("it had waited for an approval"),
    EntryKind.PARTS_DONE: N_("it had waited for its parts"),
}


def audience_words(entry: TimelineEntry) -> str:
    """Say who reads an entry."""
    if entry.audience is Audience.INTERNAL:
        return _("Internal, {unit} only").format(unit=entry.unit or _("one side"))
    if entry.to:
        return _("{unit} sees this").format(unit=entry.to)
    if entry.side is Side.FRONT:
        return _("Back office sees this")
    return _("Front office sees this")


def _told_notes(entry: TimelineEntry, when: When) -> list[str]:
    """Say what the customer was told besides the words: when, how, at what price."""
    details = entry.details
    notes = []
    due = details.get("told_due_at")
    if due:
        words = _("Told for {when}")
        notes.append(words.format(when=when(datetime.fromisoformat(str(due)))))
    for name, sentence in _TOLD.items():
        if details.get(name):
            notes.append(_(sentence).format(words=details[name]))
    return notes


_TOLD: Final = {
    "told_how": N_("Told how: {words}"),
    "told_price": N_("Told price: {words}"),
}


# ---------------------------------------------------------------- single sentences


def _raised(entry: TimelineEntry, who: str) -> str:
    if entry.requests:
        return link_entry_words(entry, who)
    unit = entry.changes.get("unit")
    if not unit:
        return _("{who} sent the request").format(who=who)
    return _("{who} sent the request to {unit}").format(who=who, unit=unit)


def _taken(entry: TimelineEntry, who: str) -> str:
    before = entry.before.get("assignee")
    if before and before != who:
        words = _("{who} took it over from {person}")
        return words.format(who=who, person=before)
    return _("{who} took it").format(who=who)


def _assigned(entry: TimelineEntry, who: str) -> str:
    to, before = entry.changes.get("assignee"), entry.before.get("assignee")
    if not to:
        return _("{who} left it to whoever is free").format(who=who)
    if before and before != to:
        words = _("{who} gave it to {person}, who takes over from {before}")
        return words.format(who=who, person=to, before=before)
    return _("{who} gave it to {person}").format(who=who, person=to)


def _handed_over(entry: TimelineEntry, who: str) -> str:
    unit = entry.changes.get("unit") or _("nobody")
    before = entry.changes.get("from_unit") or entry.before.get("unit")
    if not before:
        return _("{who} handed it over to {unit}").format(who=who, unit=unit)
    person = entry.changes.get("assignee")
    if person:
        words = _("{who} handed it over from {before} to {unit}, for {person}")
        return words.format(who=who, before=before, unit=unit, person=person)
    words = _("{who} handed it over from {before} to {unit}")
    return words.format(who=who, before=before, unit=unit)


def _to_other(plain: str, to_unit: str) -> Sentence:
    """Return a sentence that names whom it was told, where that is known."""

    def sentence(entry: TimelineEntry, who: str) -> str:
        if not entry.to:
            return _(plain).format(who=who)
        return _(to_unit).format(who=who, unit=entry.to)

    return sentence


def _commented(entry: TimelineEntry, who: str) -> str:
    if entry.audience is Audience.INTERNAL:
        return _("{who} made an internal note").format(who=who)
    return _to_other(N_("{who} wrote"), N_("{who} wrote to {unit}"))(entry, who)


def _held(entry: TimelineEntry, who: str) -> str:
    pending = entry.changes.get("pending")
    if not pending:
        return _("{who} put it on hold").format(who=who)
    reason = _(REASONS[PendingReason(pending)])
    return _("{who} put it on hold, it waits for {reason}").format(
        who=who, reason=reason
    )


def _resumed(entry: TimelineEntry, who: str) -> str:
    waited = entry.before.get("pending")
    if not waited:
        return _("{who} went on with it").format(who=who)
    words = _("{who} went on with it, it had waited for {reason}")
    return words.format(who=who, reason=_(REASONS[PendingReason(waited)]))


def _priority_changed(entry: TimelineEntry, who: str) -> str:
    after = priority_words(entry.changes.get("priority"))
    if entry.before.get("priority") is None:
        words = _("{who} changed the priority to {priority}")
        return words.format(who=who, priority=after)
    before = priority_words(entry.before["priority"])
    words = _("{who} changed the priority from {before} to {after}")
    return words.format(who=who, before=before, after=after)


def _undone(entry: TimelineEntry, who: str) -> str:
    if entry.undoes is None:
        return _("{who} took the last step back").format(who=who)
    words = _("{who} took this back: {step}")
    return words.format(who=who, step=entry_words(entry.undoes))


def _rated(entry: TimelineEntry, who: str) -> str:
    if entry.details.get("is_top", True):
        return _("{who} rated it: could not be better").format(who=who)
    return _("{who} rated it: could be better").format(who=who)


def _approval_asked(entry: TimelineEntry, who: str) -> str:
    if not entry.people:
        return _("{who} asked for an approval").format(who=who)
    words = _("{who} asked {people} to approve it")
    return words.format(who=who, people=", ".join(entry.people))


def _passed_on(entry: TimelineEntry, who: str) -> str:
    if not entry.people:
        return _("{who} let somebody else approve it").format(who=who)
    words = _("{who} let {people} approve it instead")
    return words.format(who=who, people=", ".join(entry.people))


def _line(sentence: str) -> Sentence:
    """Return a sentence about a line of the checklist."""

    def told(entry: TimelineEntry, who: str) -> str:
        line = shortened(entry.text, LINE_CAP) or _("a line")
        return _(sentence).format(who=who, line=line)

    return told


def _attached(entry: TimelineEntry, who: str) -> str:
    count = len(entry.files)
    words = ngettext(
        "{who} attached {names}", "{who} attached {count} files: {names}", count
    )
    return words.format(who=who, count=count, names=_file_names(entry))


def _file_names(entry: TimelineEntry) -> str:
    shown = ", ".join(f"“{name}”" for name in entry.files[:FILES_NAMED])
    more = len(entry.files) - FILES_NAMED
    if more > 0:
        words = ngettext("{names} and {count} more", "{names} and {count} more", more)
        return words.format(names=shown, count=more)
    return shown or _("a file")


def _file_removed(entry: TimelineEntry, who: str) -> str:
    return _("{who} took {names} away").format(who=who, names=_file_names(entry))


def _file_restored(entry: TimelineEntry, who: str) -> str:
    return _("{who} put {names} back").format(who=who, names=_file_names(entry))


add_entry_words(
    {
        EntryKind.RAISED: _raised,
        EntryKind.TAKEN: _taken,
        EntryKind.ASSIGNED: _assigned,
        EntryKind.HANDED_OVER: _handed_over,
        EntryKind.ASKED: _to_other(
            N_("{who} asked the front office"), N_("{who} asked {unit}")
        ),
        EntryKind.ANSWERED: _to_other(
            N_("{who} answered"), N_("{who} answered {unit}")
        ),
        EntryKind.COMMENTED: _commented,
        EntryKind.HELD: _held,
        EntryKind.RESUMED: _resumed,
        EntryKind.PRIORITY_CHANGED: _priority_changed,
        EntryKind.UNDONE: _undone,
        EntryKind.RATED: _rated,
        EntryKind.APPROVAL_ASKED: _approval_asked,
        EntryKind.APPROVAL_PASSED_ON: _passed_on,
        EntryKind.CHECKED: _line(N_("{who} ticked “{line}”")),
        EntryKind.UNCHECKED: _line(N_("{who} took the tick of “{line}” away")),
        EntryKind.ATTACHED: _attached,
        EntryKind.FILE_REMOVED: _file_removed,
        EntryKind.FILE_RESTORED: _file_restored,
        **dict.fromkeys(LINK_ENTRIES, link_entry_words),
    }
)
