"""Rules over what happened between the two units: one candidate each, or none.

A rule takes evidence and gives a candidate or nothing. Its reason is a code with
figures, its weight parts with figures; the words are made at the edges.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from math import ceil
from typing import Final

from desktop.domain.agenda import Candidate, WeightPart
from desktop.domain.agenda_sections import WORST_SHOWN
from desktop.domain.candidates.proposing import proposed
from desktop.domain.candidates.weighing import late, usual
from desktop.domain.cases import CaseReading
from desktop.domain.evidence import PairEvidence
from desktop.domain.findings import falling_due, held_longest, near_misses, ping_pong
from desktop.domain.tallies import seconds

PATTERN_FROM: Final = 3
PATTERNS_SHOWN: Final = 3
CAUSE_SHARE: Final = 1 / 3
PING_PONG_REQUESTS: Final = 3
RETURNS_FROM: Final = 3
RETURNS_SHARE: Final = 0.25
REOPENED_FROM: Final = 3


def thanks(evidence: PairEvidence) -> Candidate | None:
    """Propose thanks, where the evidence gives a reason for some."""
    rows = evidence.thanks.rows
    if not rows:
        return None
    return proposed(
        "thanks",
        "thanks",
        counts={
            "back": sum(row.side == "back" for row in rows),
            "front": sum(row.side == "front" for row in rows),
        },
        parts=[usual(8.0)],
        request_ids=[one.case.request_id for one in evidence.now.kept],
        outcome="inform",
        leader_role="chair",
        minutes=3,
    )


def scorecard(evidence: PairEvidence) -> Candidate | None:
    """Propose the scorecard, wherever there is anything to count."""
    if evidence.is_empty:
        return None
    return proposed(
        "scorecard",
        "scorecard",
        counts={
            "judged": evidence.now.judged,
            "sent": len(evidence.now.sent),
            "resolved": len(evidence.now.resolved),
        },
        parts=[usual(10.0)],
        outcome="inform",
        leader_role="coordinator",
        minutes=5,
    )


def broken(evidence: PairEvidence) -> Candidate | None:
    """Propose the broken promises: how many, how late, how often before."""
    now, before = evidence.now, evidence.before
    if not now.broken:
        return None
    return proposed(
        "broken",
        "broken",
        counts={
            "broken": len(now.broken),
            "judged": now.judged,
            "open": now.broken_open,
            "never_named": now.never_named,
            "broken_before": len(before.broken),
            "judged_before": before.judged,
        },
        parts=[
            usual(20.0),
            *_broken_parts(list(now.broken)),
            WeightPart("before", len(before.broken), float(len(before.broken))),
        ],
        request_ids=[one.case.request_id for one in now.broken],
        outcome="decide",
        leader_role="back_lead",
        minutes=4 + min(len(now.broken), WORST_SHOWN),
    )


def _broken_parts(readings: list[CaseReading]) -> list[WeightPart]:
    """Return what broken promises weigh: each one point, and how late they are."""
    return [
        WeightPart("promises", len(readings), float(len(readings))),
        late(sum(seconds(one.late) for one in readings)),
    ]


def patterns(evidence: PairEvidence) -> Iterator[Candidate]:
    """Propose each kind broken three times or more; the three most frequent."""
    rows = [row for row in evidence.broken.gather if row.kind is not None]
    for row in rows[:PATTERNS_SHOWN]:
        if row.broken < PATTERN_FROM:
            continue
        assert row.kind is not None
        of_kind = [one for one in evidence.now.broken if one.case.kind == row.kind]
        before = sum(one.case.kind == row.kind for one in evidence.before.broken)
        yield proposed(
            "pattern",
            "topic",
            subject=f"pattern:{row.kind}"[:200],
            counts={
                "broken": row.broken,
                "of": evidence.broken.total,
                "open": row.open,
                "never_named": row.never_named,
            },
            parts=[
                usual(4.0),
                *_broken_parts(of_kind),
                WeightPart("before", before, 0.5 * before),
            ],
            request_ids=[one.case.request_id for one in of_kind],
            outcome="decide",
            leader_role="coordinator",
            minutes=3,
            label=row.kind,
        )


def cause(evidence: PairEvidence) -> Candidate | None:
    """Propose the cause behind a third of the broken promises, and three at least."""
    found = Counter(one.cause for one in evidence.now.broken)
    if not found:
        return None
    code, count = max(found.items(), key=lambda one: (one[1], one[0]))
    if count < PATTERN_FROM or count < CAUSE_SHARE * found.total():
        return None
    of_cause = [one for one in evidence.now.broken if one.cause == code]
    before = sum(one.cause == code for one in evidence.before.broken)
    return proposed(
        "cause",
        "topic",
        subject=f"cause:{code}",
        counts={
            "broken": count,
            "of": found.total(),
            "open": sum(one.is_owed for one in of_cause),
            "before": before,
        },
        parts=[
            usual(3.0),
            WeightPart("promises", count, 0.5 * count),
            WeightPart("before", before, 0.25 * before),
        ],
        request_ids=[one.case.request_id for one in of_cause],
        outcome="decide",
        leader_role="back_lead",
        minutes=4,
        label=code,
    )


def near(evidence: PairEvidence) -> Candidate | None:
    """Propose what was kept only just and what falls due before the next session."""
    due = falling_due(evidence.now, evidence.period.next_at)
    close = near_misses(evidence.now)
    if not due and not close:
        return None
    warned = evidence.near.warned
    waiting = len(due) + len(close)
    return proposed(
        "near",
        "near",
        counts={"due": len(due), "warned": warned, "near": len(close)},
        parts=[
            usual(6.0),
            WeightPart("overdue", warned, 2.0 * warned),
            WeightPart("open", waiting, 0.5 * waiting),
        ],
        request_ids=[
            *(one.case.request_id for one, _ in due),
            *(one.case.request_id for one in close),
        ],
        outcome="unblock",
        leader_role="back_lead",
        minutes=2 + min(ceil(max(len(due), 1) / 8), 4),
    )


def ball(evidence: PairEvidence) -> Candidate | None:
    """Propose what waits longest, by who holds it; the paper adds the ping-pong."""
    now = evidence.now
    if not now.open:
        return None
    longest = [one for one, _, _ in held_longest(now).values()]
    silent = sum(row.silent for row in evidence.ball.rows)
    held = max((row.longest_s or 0 for row in evidence.ball.rows), default=0)
    return proposed(
        "ball",
        "ball",
        counts={
            "open": len(now.open),
            "at_back": now.open_at_back,
            "silent": silent,
            "longest_s": held,
        },
        parts=[
            usual(4.0),
            WeightPart("open", len(now.open), 0.2 * len(now.open)),
            WeightPart("overdue", silent, 0.5 * silent),
        ],
        request_ids=[one.case.request_id for one in longest],
        outcome="unblock",
        leader_role="front_lead",
        minutes=5,
    )


def to_and_fro(evidence: PairEvidence) -> Candidate | None:
    """Propose the ping-pong: three requests passed three times each, and more."""
    now = evidence.now
    passed = ping_pong(now)
    if len(passed) < PING_PONG_REQUESTS:
        return None
    passes = [one.passes_in(now.start, now.end) for one in passed]
    to_front = sum(front for _, front in passes)
    times = sum(back for back, _ in passes) + to_front
    return proposed(
        "ping_pong",
        "topic",
        subject="ping_pong",
        counts={"requests": len(passed), "passes": times, "to_front": to_front},
        parts=[usual(3.0), WeightPart("open", len(passed), 0.5 * len(passed))],
        request_ids=[one.case.request_id for one in passed],
        outcome="unblock",
        leader_role="front_lead",
        minutes=4,
    )


def returns(evidence: PairEvidence) -> Candidate | None:
    """Propose what comes back too often, counted for the sender."""
    sent = evidence.now.sent
    back = [one for one in sent if one.is_asked_back]
    if len(back) < RETURNS_FROM or len(back) < RETURNS_SHARE * len(sent):
        return None
    return proposed(
        "returns",
        "topic",
        subject="returns",
        counts={"returned": len(back), "sent": len(sent)},
        parts=[usual(3.0), WeightPart("open", len(back), 0.4 * len(back))],
        request_ids=[one.case.request_id for one in back],
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
    return proposed(
        "reopened",
        "topic",
        subject="reopened",
        counts={"reopened": len(again), "resolved": len(evidence.now.resolved)},
        parts=[usual(2.0), WeightPart("open", len(again), 1.5 * len(again))],
        request_ids=[one.case.request_id for one in again],
        outcome="unblock",
        leader_role="back_lead",
        minutes=3,
    )
