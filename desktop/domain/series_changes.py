"""What a changed series does to the sessions that are planned already."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from desktop.domain.session_days import Occurrence

Fate = Literal["stays", "moves", "kept", "cancelled"]


@dataclass(frozen=True, slots=True)
class PlannedSession:
    """A session to come. ``rule_at`` is its occurrence, None beside the rule.

    ``is_fixed``: its agenda is published, or a person moved it.
    """

    id: int
    number: int
    starts_at: datetime
    rule_at: datetime | None
    is_fixed: bool
    is_published: bool = False


@dataclass(frozen=True, slots=True)
class SessionChange:
    """What becomes of a session: ``kept`` ones stay though the rule says otherwise.

    ``rule_at`` is the occurrence it stands for from now on.
    """

    session: PlannedSession
    fate: Fate
    starts_at: datetime
    rule_at: datetime | None


def changes_to(
    sessions: Sequence[PlannedSession], occurrences: Sequence[Occurrence]
) -> tuple[SessionChange, ...]:
    """Say what becomes of planned sessions, in their order, under new occurrences.

    A session whose occurrence is still there keeps it. Each other one takes the
    nearest occurrence nobody has, without overtaking another session. Where there is
    none it is cancelled; a fixed one stays where it is, whatever the rule says.
    """
    by_rule = {one.rule_at: one for one in occurrences}
    ruled = sorted((one for one in sessions if one.rule_at is not None), key=_rule_at)
    taken = {_rule_at(one) for one in ruled if _rule_at(one) in by_rule}
    found: dict[int, SessionChange] = {}
    bound: datetime | None = None
    for place, session in enumerate(ruled):
        if _rule_at(session) in by_rule:
            occurrence: Occurrence | None = by_rule[_rule_at(session)]
        else:
            later = (_rule_at(one) for one in ruled[place:] if _rule_at(one) in taken)
            occurrence = _nearest(session, occurrences, bound, next(later, None))
        if occurrence is not None:
            bound = occurrence.rule_at
        found[session.id] = _change(session, occurrence)
    return tuple(
        found.get(one.id) or SessionChange(one, "stays", one.starts_at, None)
        for one in sessions
    )


def _rule_at(session: PlannedSession) -> datetime:
    assert session.rule_at is not None
    return session.rule_at


def _nearest(
    session: PlannedSession,
    occurrences: Sequence[Occurrence],
    bound: datetime | None,
    end: datetime | None,
) -> Occurrence | None:
    """Return the occurrence nearest to a session's own, between two others."""
    start = bisect_right([one.rule_at for one in occurrences], bound) if bound else 0
    free = [
        one
        for one in occurrences[start:]
        if one.starts_at is not None and (end is None or one.rule_at < end)
    ]
    own = _rule_at(session)
    return min(free, key=lambda one: abs(one.rule_at - own), default=None)


def _change(session: PlannedSession, occurrence: Occurrence | None) -> SessionChange:
    at = occurrence.starts_at if occurrence else None
    rule_at = occurrence.rule_at if occurrence else None
    if at == session.starts_at:
        return SessionChange(session, "stays", session.starts_at, rule_at)
    if session.is_fixed:
        is_same = occurrence is not None and occurrence.rule_at == session.rule_at
        by_hand = is_same and not session.is_published
        fate: Fate = "stays" if by_hand else "kept"
        return SessionChange(session, fate, session.starts_at, rule_at)
    if at is None:
        return SessionChange(session, "cancelled", session.starts_at, None)
    return SessionChange(session, "moves", at, rule_at)
