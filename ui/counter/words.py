"""A counter row in words: what its view paints and what a screen reader says."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING
from unicodedata import bidirectional

from desktop import formats
from desktop.domain.requests import Ball, EntryKind, RequestState
from desktop.domain.text import clean_line, shortened
from desktop.i18n import gettext as _
from ui.common.clock_words import ClockWords, declined_words
from ui.common.customer_words import sentence

if TYPE_CHECKING:
    from desktop.queries.counter import CounterRow
    from ui.clocks import Clocks

LONGEST = 200
_TURNING = frozenset({"R", "AL", "RLE", "RLO", "LRE", "LRO", "RLI", "LRI", "FSI"})


@dataclass(frozen=True, slots=True)
class RowWords:
    """Everything a row shows, as plain words; ``act`` is what its button does."""

    request_id: int
    state: RequestState
    subject: str
    about: str
    ball: str
    holder: str
    since: str
    clock: ClockWords
    told: str
    act: str
    is_done: bool
    accessible: str
    is_new: bool = False


def row_words(
    row: CounterRow,
    clocks: Clocks,
    now: datetime,
    me: str,
    mark: str = "",
    *,
    is_new: bool = False,
) -> RowWords:
    """Put a row into words as it stands at ``now``; ``me`` is the reader's name.

    ``mark`` says who else looks at it, that it is blocked, or has parts; ``is_new``
    that something happened to it which the reader has not read.
    """
    zone = clocks.zone
    clock = _clock(row, clocks, now)
    calendar = clocks.calendar(row.clock.calendar_id) if row.clock else None
    told = sentence(row, calendar, now, zone)
    subject = _typed(row.subject)
    about = _about(row, mark)
    holder, since = _holder(row, zone, now, me)
    spoken = f"{subject}. {about}. {holder}, {since}. {clock.accessible}. {told}"
    if is_new:
        spoken = _("New: {row}").format(row=spoken)
    words = RowWords(
        row.id,
        row.state,
        subject,
        about,
        row.ball.value,
        holder,
        since,
        clock,
        told,
        _act(row),
        False,
        spoken,
        is_new,
    )
    return words if row.state is not RequestState.CLOSED else _done(row, words, zone)


def _done(row: CounterRow, words: RowWords, zone: tzinfo) -> RowWords:
    subject = words.subject
    if row.customer:
        subject = _("{subject}, for {customer}").format(
            subject=subject, customer=_typed(row.customer)
        )
    when = formats.clock_time(row.last_at, zone)
    holder = _("confirmed {time}").format(time=when)
    told = f"{row.reference}, {row.service}" if row.service else row.reference
    clock = replace(words.clock, due_words="", share_used=None)
    return replace(
        words,
        subject=subject,
        holder=holder,
        clock=clock,
        told=told,
        act="",
        is_done=True,
        accessible=f"{subject}. {holder}. {words.clock.accessible}. {told}",
    )


def _clock(row: CounterRow, clocks: Clocks, now: datetime) -> ClockWords:
    if row.state is RequestState.DECLINED and row.clock is not None:
        calendar = clocks.calendar(row.clock.calendar_id)
        if calendar is not None:
            return declined_words(row.ball_since, calendar, now)
    return clocks.words(row.clock)


def _about(row: CounterRow, mark: str) -> str:
    parts = [row.reference, mark] if mark else [row.reference]
    if row.customer:
        parts.append(_("for {customer}").format(customer=_typed(row.customer)))
    first = "  \N{MIDDLE DOT}  ".join(parts)
    contact = _typed(row.contact)
    return f"{first}, {contact}" if contact else first


def _typed(words: str) -> str:
    """Return what somebody typed, so that its direction ends where it does."""
    line = shortened(clean_line(words), LONGEST)
    if any(bidirectional(letter) in _TURNING for letter in line):
        return f"\N{FIRST STRONG ISOLATE}{line}\N{POP DIRECTIONAL ISOLATE}"
    return line


def _holder(row: CounterRow, zone: tzinfo, now: datetime, me: str) -> tuple[str, str]:
    since = _("since {when}").format(
        when=formats.short_instant(row.ball_since, now, zone)
    )
    match row.ball:
        case Ball.FRONT:
            is_mine = row.requester == me or not row.requester
            return (_("You") if is_mine else row.requester), since
        case Ball.CUSTOMER:
            return _("The customer"), since
        case Ball.THIRD:
            return _("Somebody outside"), since
        case Ball.APPROVER:
            return _("An approver"), since
    unit = row.unit or _("Nobody")
    if row.assignee:
        # The given name is enough at a counter, and leaves room for the time.
        return unit, f"{row.assignee.split()[0]}, {since}"
    return unit, since


def _act(row: CounterRow) -> str:
    if row.state in (RequestState.RESOLVED, RequestState.DECLINED):
        return "confirm"
    if row.ball is not Ball.FRONT:
        return ""
    return "answer" if row.state is RequestState.PENDING else "open"


def who_said(row: CounterRow) -> str:
    """Return who asked or said something last, as the head of what was said."""
    said = row.said
    if said is None:
        return row.reference
    unit = said.unit or row.unit
    who = f"{said.by}, {unit}," if said.by and unit else said.by or unit
    match said.kind:
        case EntryKind.ASKED:
            return _("{who} asks").format(who=who)
        case EntryKind.RESOLVED:
            return _("{who} says it is done").format(who=who)
        case EntryKind.DECLINED:
            return _("{who} declined it").format(who=who)
    return who.removesuffix(",")
