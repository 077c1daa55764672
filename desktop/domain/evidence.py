"""The evidence of a session: everything its agenda says, made once from the cases.

Rows, sentences and totals all come from here, so that they can never disagree.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from typing import Any

from desktop.domain.agenda import Summary, Verdict
from desktop.domain.agenda_sections import (
    AgreementReplay,
    BallAndPasses,
    BrokenPromises,
    NearAndDue,
    Scorecard,
    Thanks,
)
from desktop.domain.agreements import TargetKind
from desktop.domain.cases import CaseReading
from desktop.domain.findings import (
    ball_and_passes,
    broken_promises,
    broken_row,
    falling_due,
    near_and_due,
    replay,
    thanks,
    worst_first,
)
from desktop.domain.pairs import Case, Pair, Period
from desktop.domain.scorecards import scorecard, summary, verdicts
from desktop.domain.tallies import Tally, seconds


@dataclass(frozen=True, slots=True)
class PairEvidence:
    """What happened between two units in a period, beside the period before.

    ``target_s`` and ``answer_target_s`` are what most requests were under, ``None``
    where nothing was promised. The sections are capped for paper; ``now`` and
    ``before`` hold every request behind them.
    """

    pair: Pair
    period: Period
    now: Tally
    before: Tally
    target_s: int | None
    answer_target_s: int | None
    verdicts: tuple[Verdict, Verdict]
    summary: Summary
    scorecard: Scorecard
    broken: BrokenPromises
    near: NearAndDue
    ball: BallAndPasses
    agreement: AgreementReplay | None
    thanks: Thanks

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing happened between the two units at all."""
        return not (
            self.now.judged
            or self.now.sent
            or self.now.open
            or self.now.answers
            or self.now.resolved
        )


def pair_evidence(cases: Iterable[Case], pair: Pair, period: Period) -> PairEvidence:
    """Make the evidence of ``pair`` in ``period`` from its requests.

    ``cases`` must hold every request with a direct hand-over between the two units
    that was open in, or had one in, either period; more do no harm. Only what
    happened before ``period.as_at`` (``before_as_at`` for the period before) is read.
    """
    now, before = tallies(cases, pair, period)
    target_s = (
        now.target_s
        or before.target_s
        or pair.target_s(TargetKind.RESOLUTION, period.as_at)
    )
    answer_target_s = (
        now.answer_target_s
        or before.answer_target_s
        or pair.target_s(TargetKind.ANSWER, period.as_at)
    )
    return PairEvidence(
        pair=pair,
        period=period,
        now=now,
        before=before,
        target_s=target_s,
        answer_target_s=answer_target_s,
        verdicts=verdicts(now, before, pair, target_s or 0, answer_target_s or 0),
        summary=summary(now, before),
        scorecard=scorecard(now, before),
        broken=broken_promises(now, before),
        near=near_and_due(now, pair, period, target_s or 0),
        ball=ball_and_passes(now, before),
        agreement=replay(now, target_s, pair.calendar_name) if target_s else None,
        thanks=thanks(now, before, pair, target_s or 0),
    )


def tallies(cases: Iterable[Case], pair: Pair, period: Period) -> tuple[Tally, Tally]:
    """Add up the period and the one before, each read as at its own instant."""
    everything = list(cases)
    return (
        Tally.of(
            (CaseReading.of(one, pair, period.as_at) for one in everything),
            period.start,
            period.end,
        ),
        Tally.of(
            (CaseReading.of(one, pair, period.before_as_at) for one in everything),
            period.before_start,
            period.start,
        ),
    )


def evidence_data(evidence: PairEvidence) -> dict[str, Any]:
    """Return the evidence as plain data: codes, ISO instants, seconds and shares."""
    return {
        "front": evidence.pair.front_name,
        "back": evidence.pair.back_name,
        "period": plain(evidence.period),
        "before_as_at": plain(evidence.period.before_as_at),
        "target_s": evidence.target_s,
        "answer_target_s": evidence.answer_target_s,
        "now": tally_data(evidence.now),
        "before": tally_data(evidence.before),
        "verdicts": plain(evidence.verdicts),
        "summary": plain(evidence.summary),
        "scorecard": plain(evidence.scorecard),
        "broken": plain(evidence.broken),
        "broken_all": [
            plain(broken_row(one)) for one in worst_first(evidence.now.broken)
        ],
        "kept_all": [
            {
                "reference": one.case.reference,
                "used_s": seconds(one.used),
                "ended_at": plain(one.judged_at),
            }
            for one in sorted(evidence.now.kept, key=lambda one: one.case.reference)
        ],
        "near": plain(evidence.near),
        "due_all": [
            {"reference": one.case.reference, "due_at": plain(due_at)}
            for one, due_at in falling_due(evidence.now, evidence.period.next_at)
        ],
        "ball": plain(evidence.ball),
        "agreement": plain(evidence.agreement),
        "thanks": plain(evidence.thanks),
    }


def tally_data(tally: Tally) -> dict[str, Any]:
    """Return the figures of one period as plain data."""
    return {
        "start": plain(tally.start),
        "end": plain(tally.end),
        "broken": len(tally.broken),
        "kept": len(tally.kept),
        "judged": tally.judged,
        "share_kept": tally.share_kept,
        "sent": len(tally.sent),
        "resolved": len(tally.resolved),
        "open": len(tally.open),
        "open_at_back": tally.open_at_back,
        "turnaround_p50_s": tally.turnaround.quantile(0.5),
        "turnaround_p90_s": tally.turnaround.quantile(0.9),
        "answers": len(tally.answers),
        "answers_kept": tally.answers_kept,
        "answers_broken": tally.answers_broken,
        "share_answered": tally.share_answered,
        "answer_p50_s": tally.answer_time.quantile(0.5),
        "answer_p90_s": tally.answer_time.quantile(0.9),
        "first_time_right": tally.first_time_right,
        "urgent": tally.urgent,
        "reopened": len(tally.reopened),
        "handbacks_waiting": tally.waiting,
        "to_back": plain(tally.to_back),
        "to_front": plain(tally.to_front),
        "to_front_in_scope": tally.to_front_in_scope,
        "broken_open": tally.broken_open,
        "never_named": tally.never_named,
        "single_turn": tally.single_turn,
        "kinds": tally.kinds,
        "places": [list(one) for one in tally.places()],
    }


def plain(value: object) -> Any:
    """Turn frozen rows, tuples and instants into what JSON can hold."""
    if is_dataclass(value) and not isinstance(value, type):
        return {one.name: plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [plain(one) for one in value]
    return value
