"""What a candidate weighs: its effect on customers, in parts that can be told.

Each part has what was counted and what it adds; the sum is turned by what the series
made of the rule.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from desktop.domain.agenda import ALWAYS, Candidate, RuleCode, WeightPart
from desktop.domain.evidence import PairEvidence
from desktop.domain.text import fold_for_search

PER_CUSTOMER: Final = 4.0
PER_TIME_BEFORE: Final = 2.0
TIMES_COUNTED: Final = 5
HOURS_A_POINT: Final = 40
MOST_TURNED: Final = 3.0
RECURRING: Final[frozenset[RuleCode]] = frozenset(
    {
        "pattern",
        "cause",
        "ping_pong",
        "returns",
        "return_reason",
        "reopened",
        "action_stuck",
        "exceptions",
        "obstacles",
        "agreement_missed",
        "parked",
    }
)
"""Rules that weigh more each time they come again; a section comes every time."""


@dataclass(frozen=True, slots=True)
class Effect:
    """What is behind requests for customers, and what a series says of rules.

    ``customers`` has who was told a wrong day, by request; ``earlier`` how often an
    item of a kind and subject was on an agenda before; ``turned`` a factor by rule.
    """

    customers: Mapping[int, str] = field(default_factory=dict)
    earlier: Mapping[tuple[str, str], int] = field(default_factory=dict)
    turned: Mapping[str, float] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        evidence: PairEvidence,
        earlier: Mapping[tuple[str, str], int] | None = None,
        turned: Mapping[str, float] | None = None,
    ) -> Effect:
        """Find whose day passed in the period, or is past and still owed."""
        period = evidence.period
        customers = {}
        for one in evidence.now.scope:
            told_by = one.case.told_by
            if told_by is None or not one.is_told_wrong:
                continue
            if one.is_open or period.start <= told_by < period.end:
                name = fold_for_search(one.case.customer).strip()
                customers[one.case.request_id] = name or str(one.case.request_id)
        return cls(customers, earlier or {}, turned or {})

    def customers_of(self, request_ids: Iterable[int]) -> int:
        """Count the customers told a wrong day, each once."""
        found = {self.customers.get(one) for one in request_ids}
        return len(found - {None})


def weighed(candidate: Candidate, effect: Effect) -> Candidate:
    """Return a candidate with its effect on customers, and turned by its series."""
    parts = list(candidate.parts)
    customers = effect.customers_of(candidate.request_ids)
    if customers:
        parts.append(WeightPart("customers", customers, PER_CUSTOMER * customers))
    times = effect.earlier.get((candidate.kind, candidate.subject), 0)
    if times and candidate.rule in RECURRING:
        counted = min(times, TIMES_COUNTED)
        parts.append(WeightPart("again", times, PER_TIME_BEFORE * counted))
    factor = effect.turned.get(candidate.rule, 1.0)
    if factor != 1.0 and candidate.rule not in ALWAYS:
        gained = (factor - 1) * sum(one.points for one in parts)
        parts.append(WeightPart("turned", round(factor * 100), gained))
    return replace(candidate, parts=tuple(parts), weight=weight_of(parts))


def weight_of(parts: Iterable[WeightPart]) -> float:
    """Return what parts add up to, never below nothing."""
    return max(0.0, sum(one.points for one in parts))


def usual(points: float) -> WeightPart:
    """Return what every candidate of a rule weighs."""
    return WeightPart("usual", 0, points)


def late(seconds: int) -> WeightPart:
    """Return what being late so many seconds of working time adds."""
    return WeightPart("late", seconds, seconds / 3600 / HOURS_A_POINT)
