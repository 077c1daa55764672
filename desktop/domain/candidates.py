"""What the evidence proposes for an agenda: one small rule each, ranked by effect.

A rule takes evidence and gives a candidate or nothing. Its reason is a code with
figures; the words are made at the edges.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from math import ceil
from typing import Final

from desktop.domain.agenda import Candidate, ItemKind, RuleCode
from desktop.domain.agenda_sections import CARRIED_TOO_OFTEN, WORST_SHOWN, OpenActions
from desktop.domain.calendars import ClosureSpan
from desktop.domain.evidence import PairEvidence
from desktop.domain.findings import falling_due, held_longest, near_misses, ping_pong
from desktop.domain.statistics import ENOUGH_EACH
from desktop.domain.tallies import seconds

PATTERN_FROM: Final = 3
PATTERNS_SHOWN: Final = 3
RETURNS_FROM: Final = 3
RETURNS_SHARE: Final = 0.25
REOPENED_FROM: Final = 3
MISSED_SHARE: Final = 0.6
BEATEN_SHARE: Final = 0.95

ORDER: Final[tuple[ItemKind, ...]] = (
    "minutes",
    "actions",
    "thanks",
    "scorecard",
    "broken",
    "near",
    "ball",
    "topic",
    "agreement",
    "other_business",
)
"""The order on paper, whatever the rank."""


@dataclass(frozen=True, slots=True)
class Ahead:
    """What is known besides the evidence: open actions, and closures to come."""

    actions: OpenActions = field(default_factory=OpenActions)
    closures: Sequence[ClosureSpan] = ()


def candidates(evidence: PairEvidence, ahead: Ahead | None = None) -> list[Candidate]:
    """Return everything worth an item, the weightiest first, standing ones included."""
    ahead = ahead or Ahead()
    found: list[Candidate | None] = [
        last_minutes(),
        open_actions(ahead.actions),
        thanks(evidence),
        scorecard(evidence),
        broken(evidence),
        *patterns(evidence),
        near(evidence),
        ball(evidence),
        returns(evidence),
        reopened(evidence),
        agreement(evidence),
        changes_ahead(ahead.closures),
        other_business(),
    ]
    return sorted(
        (one for one in found if one is not None),
        key=lambda one: (-one.weight, ORDER.index(one.kind), one.subject),
    )


def on_paper(found: Iterable[Candidate]) -> list[Candidate]:
    """Return candidates in the order of the printed agenda."""
    return sorted(found, key=lambda one: (ORDER.index(one.kind), -one.weight))


def closures_ahead(
    evidence: PairEvidence, until: datetime | None
) -> tuple[ClosureSpan, ...]:
    """Return the closures that take open time before ``until``, by time."""
    if until is None:
        return ()
    found = evidence.pair.calendar.closures_between(evidence.period.as_at, until)
    return tuple(one for one in found if one.taken)


def last_minutes() -> Candidate:
    """Propose to approve or amend the last minutes: always."""
    return Candidate(
        rule="minutes",
        kind="minutes",
        subject="",
        weight=1000.0,
        counts=(),
        request_ids=(),
        outcome="decide",
        leader_role="chair",
        minutes=2,
        is_standing=True,
    )


def other_business() -> Candidate:
    """Propose other business, reading back, and the next session: always."""
    return Candidate(
        rule="other_business",
        kind="other_business",
        subject="",
        weight=999.0,
        counts=(),
        request_ids=(),
        outcome="inform",
        leader_role="chair",
        minutes=3,
        is_standing=True,
    )


def open_actions(actions: OpenActions) -> Candidate | None:
    """Propose the open actions; those carried three times weigh most."""
    if not actions.total:
        return None
    often = sum(row.carried >= CARRIED_TOO_OFTEN for row in actions.rows)
    return Candidate(
        rule="actions",
        kind="actions",
        subject="",
        weight=5.0 + actions.total + 3.0 * actions.overdue + 5.0 * often,
        counts=(
            ("total", actions.total),
            ("overdue", actions.overdue),
            ("carried_often", often),
        ),
        request_ids=(),
        outcome="inform",
        leader_role="minute_taker",
        minutes=min(2 + actions.total, 10),
    )


def thanks(evidence: PairEvidence) -> Candidate | None:
    """Propose thanks, where the evidence gives a reason for some."""
    rows = evidence.thanks.rows
    if not rows:
        return None
    return Candidate(
        rule="thanks",
        kind="thanks",
        subject="",
        weight=8.0,
        counts=(
            ("back", sum(row.side == "back" for row in rows)),
            ("front", sum(row.side == "front" for row in rows)),
        ),
        request_ids=tuple(one.case.request_id for one in evidence.now.kept),
        outcome="inform",
        leader_role="chair",
        minutes=3,
    )


def scorecard(evidence: PairEvidence) -> Candidate | None:
    """Propose the scorecard, wherever there is anything to count."""
    if evidence.is_empty:
        return None
    return Candidate(
        rule="scorecard",
        kind="scorecard",
        subject="",
        weight=10.0,
        counts=(
            ("judged", evidence.now.judged),
            ("sent", len(evidence.now.sent)),
            ("resolved", len(evidence.now.resolved)),
        ),
        request_ids=(),
        outcome="inform",
        leader_role="coordinator",
        minutes=5,
    )


def broken(evidence: PairEvidence) -> Candidate | None:
    """Propose the broken promises: how many, how late, how often before."""
    now = evidence.now
    if not now.broken:
        return None
    late_hours = sum(seconds(one.late) for one in now.broken) / 3600
    return Candidate(
        rule="broken",
        kind="broken",
        subject="",
        weight=20.0 + len(now.broken) + late_hours / 40 + len(evidence.before.broken),
        counts=(
            ("broken", len(now.broken)),
            ("judged", now.judged),
            ("open", now.broken_open),
            ("never_named", now.never_named),
            ("broken_before", len(evidence.before.broken)),
            ("judged_before", evidence.before.judged),
        ),
        request_ids=tuple(one.case.request_id for one in now.broken),
        outcome="decide",
        leader_role="back_lead",
        minutes=4 + min(len(now.broken), WORST_SHOWN),
    )


def patterns(evidence: PairEvidence) -> Iterator[Candidate]:
    """Propose each kind broken three times or more; the three most frequent."""
    rows = [row for row in evidence.broken.gather if row.kind is not None]
    for row in rows[:PATTERNS_SHOWN]:
        if row.broken < PATTERN_FROM:
            continue
        assert row.kind is not None
        yield Candidate(
            rule="pattern",
            kind="topic",
            subject=f"pattern:{row.kind}"[:200],
            weight=4.0 + row.broken,
            counts=(
                ("broken", row.broken),
                ("of", evidence.broken.total),
                ("open", row.open),
                ("never_named", row.never_named),
            ),
            request_ids=tuple(
                one.case.request_id
                for one in evidence.now.broken
                if one.case.kind == row.kind
            ),
            outcome="decide",
            leader_role="coordinator",
            minutes=3,
            label=row.kind,
        )


def near(evidence: PairEvidence) -> Candidate | None:
    """Propose what was kept only just and what falls due before the next session."""
    due = falling_due(evidence.now, evidence.period.next_at)
    close = near_misses(evidence.now)
    if not due and not close:
        return None
    warned = evidence.near.warned
    return Candidate(
        rule="near",
        kind="near",
        subject="",
        weight=6.0 + 2.0 * warned + 0.5 * (len(due) + len(close)),
        counts=(("due", len(due)), ("warned", warned), ("near", len(close))),
        request_ids=tuple(one.case.request_id for one, _ in due)
        + tuple(one.case.request_id for one in close),
        outcome="unblock",
        leader_role="back_lead",
        minutes=2 + min(ceil(max(len(due), 1) / 8), 4),
    )


def ball(evidence: PairEvidence) -> Candidate | None:
    """Propose what waits longest, by who holds it, with the ping-pong."""
    now = evidence.now
    passed = ping_pong(now)
    if not now.open and not passed:
        return None
    longest = [one for one, _, _ in held_longest(now).values()]
    silent = sum(row.silent for row in evidence.ball.rows)
    held = max((row.longest_s or 0 for row in evidence.ball.rows), default=0)
    return Candidate(
        rule="ball",
        kind="ball",
        subject="",
        weight=4.0 + 0.2 * len(now.open) + 0.5 * silent + 0.5 * len(passed),
        counts=(
            ("open", len(now.open)),
            ("at_back", now.open_at_back),
            ("silent", silent),
            ("longest_s", held),
            ("ping_pong", len(passed)),
        ),
        request_ids=tuple(
            dict.fromkeys(one.case.request_id for one in (*longest, *passed))
        ),
        outcome="unblock",
        leader_role="front_lead",
        minutes=5,
    )


def returns(evidence: PairEvidence) -> Candidate | None:
    """Propose what comes back too often, counted for the sender."""
    sent = evidence.now.sent
    back = [one for one in sent if one.is_asked_back]
    if len(back) < RETURNS_FROM or len(back) < RETURNS_SHARE * len(sent):
        return None
    return Candidate(
        rule="returns",
        kind="topic",
        subject="returns",
        weight=3.0 + 0.4 * len(back),
        counts=(("returned", len(back)), ("sent", len(sent))),
        request_ids=tuple(one.case.request_id for one in back),
        outcome="decide",
        leader_role="front_lead",
        minutes=4,
        label=evidence.pair.front_name,
    )


def reopened(evidence: PairEvidence) -> Candidate | None:
    """Propose the reopened, from three on."""
    again = evidence.now.reopened
    if len(again) < REOPENED_FROM:
        return None
    return Candidate(
        rule="reopened",
        kind="topic",
        subject="reopened",
        weight=2.0 + 1.5 * len(again),
        counts=(
            ("reopened", len(again)),
            ("resolved", len(evidence.now.resolved)),
        ),
        request_ids=tuple(one.case.request_id for one in again),
        outcome="unblock",
        leader_role="back_lead",
        minutes=3,
    )


def agreement(evidence: PairEvidence) -> Candidate | None:
    """Propose the agreement, louder when it is always missed or always beaten.

    Beaten: half the target would have been kept almost always, too.
    """
    now = evidence.now
    if evidence.agreement is None or now.judged < ENOUGH_EACH:
        return None
    share = now.share_kept or 0.0
    half_kept, half_broken = now.replayed(0.5)
    half = half_kept / max(half_kept + half_broken, 1)
    rule: RuleCode = "agreement_rotation"
    weight = 3.0
    if share < MISSED_SHARE:
        rule, weight = "agreement_missed", 6.0 + 10.0 * (MISSED_SHARE - share)
    elif share >= BEATEN_SHARE and half >= BEATEN_SHARE:
        rule, weight = "agreement_beaten", 5.0
    return Candidate(
        rule=rule,
        kind="agreement",
        subject="",
        weight=weight,
        counts=(
            ("kept", len(now.kept)),
            ("judged", now.judged),
            ("target_s", evidence.agreement.target_s),
        ),
        request_ids=(),
        outcome="decide",
        leader_role="coordinator",
        minutes=6,
    )


def changes_ahead(closures: Sequence[ClosureSpan]) -> Candidate | None:
    """Propose the closures that will move due times before the next session."""
    if not closures:
        return None
    names = dict.fromkeys(one.closure.name for one in closures if one.closure.name)
    return Candidate(
        rule="changes",
        kind="topic",
        subject="changes",
        weight=9.0 + len(closures),
        counts=(
            ("closures", len(closures)),
            ("taken_s", int(sum(one.taken.total_seconds() for one in closures))),
        ),
        request_ids=(),
        outcome="inform",
        leader_role="chair",
        minutes=2,
        label=", ".join(names),
    )
