"""Which agreement a session looks at: the missed, the beaten, else each in its turn."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from desktop.domain.agenda import Candidate, RuleCode, WeightPart
from desktop.domain.agenda_sections import AgreementReplay
from desktop.domain.candidates.proposing import proposed
from desktop.domain.candidates.weighing import usual
from desktop.domain.cases import CaseReading
from desktop.domain.evidence import PairEvidence
from desktop.domain.findings import replay
from desktop.domain.statistics import ENOUGH_EACH

MISSED_SHARE: Final = 0.6
BEATEN_SHARE: Final = 0.95


@dataclass(frozen=True, slots=True)
class AgreementReading:
    """How one agreement did in the period; ``half`` is (kept, judged) of half as long.

    ``target_s`` is what most of its promises were.
    """

    agreement_id: int
    name: str
    target_s: int
    kept: int
    judged: int
    half: tuple[int, int]

    @property
    def share(self) -> float:
        """Return the kept share."""
        return self.kept / max(self.judged, 1)

    @property
    def rule(self) -> RuleCode:
        """Tell whether it is always missed, always beaten, or just in its turn.

        Beaten: half the target would have been kept almost always, too.
        """
        kept, judged = self.half
        if self.share < MISSED_SHARE:
            return "agreement_missed"
        if self.share >= BEATEN_SHARE and kept >= BEATEN_SHARE * max(judged, 1):
            return "agreement_beaten"
        return "agreement_rotation"


def agreement_readings(evidence: PairEvidence) -> list[AgreementReading]:
    """Read every agreement with enough verdicts in the period, by its number."""
    now = evidence.now
    verdicts: dict[int, list[tuple[CaseReading, bool]]] = defaultdict(list)
    for readings, is_kept in ((now.kept, True), (now.broken, False)):
        for one in readings:
            if one.work is not None:
                key = one.work.promise.terms.agreement_id
                verdicts[key].append((one, is_kept))
    found = []
    for key, judged in sorted(verdicts.items()):
        if len(judged) < ENOUGH_EACH:
            continue
        work = [one.work.promise for one, _ in judged if one.work is not None]
        targets = Counter(one.target_s for one in work)
        half_kept, half_broken = now.replayed(0.5, key)
        found.append(
            AgreementReading(
                agreement_id=key,
                name=work[-1].terms.name,
                target_s=min(targets, key=lambda one: (-targets[one], one)),
                kept=sum(is_kept for _, is_kept in judged),
                judged=len(judged),
                half=(half_kept, half_kept + half_broken),
            )
        )
    return found


def discussed(
    readings: Sequence[AgreementReading], number: int
) -> AgreementReading | None:
    """Choose the one missed most, else beaten most, else the one whose turn it is."""
    missed = [one for one in readings if one.rule == "agreement_missed"]
    if missed:
        return min(missed, key=lambda one: (one.share, one.agreement_id))
    beaten = [one for one in readings if one.rule == "agreement_beaten"]
    if beaten:
        return max(beaten, key=lambda one: (one.judged, -one.agreement_id))
    return readings[number % len(readings)] if readings else None


def agreement(evidence: PairEvidence, number: int = 0) -> Candidate | None:
    """Propose an agreement, louder when it is always missed or always beaten.

    ``number`` is that of the session: the others come in their turn.
    """
    readings = agreement_readings(evidence)
    one = discussed(readings, number)
    if one is None:
        return None
    parts = [usual(3.0)]
    if one.rule == "agreement_missed":
        missed = one.judged - one.kept
        parts = [
            usual(6.0),
            WeightPart("promises", missed, 10.0 * (MISSED_SHARE - one.share)),
        ]
    elif one.rule == "agreement_beaten":
        parts = [usual(5.0)]
    return proposed(
        one.rule,
        "agreement",
        counts={"kept": one.kept, "judged": one.judged, "target_s": one.target_s},
        parts=parts,
        outcome="decide",
        leader_role="coordinator",
        minutes=6,
        label=one.name if len(readings) > 1 else "",
        source_id=one.agreement_id,
    )


def replay_of(evidence: PairEvidence, candidate: Candidate) -> AgreementReplay | None:
    """Return the table of the agreement a candidate is about."""
    for one in agreement_readings(evidence):
        if one.agreement_id == candidate.source_id and candidate.label:
            return replay(
                evidence.now,
                one.target_s,
                evidence.pair.calendar_name,
                agreement=one.agreement_id,
                name=one.name,
            )
    return evidence.agreement
