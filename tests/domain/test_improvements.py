"""What two figures prove: more than chance, the right way, and as far as wanted."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.domain.improvements import (
    Figure,
    Measure,
    ProofCode,
    Span,
    proof_of,
    proof_span,
    usual_baseline,
)

KEPT, P50, SENT = Measure.KEPT, Measure.TURNAROUND_P50, Measure.SENT
BACK = Measure.RETURNS
HOUR = 3600.0


@pytest.mark.parametrize(
    ("measure", "before", "after", "target", "code"),
    [
        (KEPT, (0.5, 40), (0.9, 40), None, ProofCode.BETTER),
        (KEPT, (0.5, 40), (0.9, 40), 0.95, ProofCode.BETTER_NOT_ENOUGH),
        (KEPT, (0.5, 40), (0.55, 40), 0.55, ProofCode.NO_CLEAR_CHANGE),
        (KEPT, (0.9, 40), (0.5, 40), None, ProofCode.WORSE),
        (KEPT, (0.5, 9), (1.0, 40), None, ProofCode.TOO_FEW),
        (KEPT, (None, 0), (1.0, 40), None, ProofCode.TOO_FEW),
        (BACK, (0.5, 40), (0.1, 40), 0.1, ProofCode.BETTER),
        (BACK, (0.0, 40), (0.0, 40), None, ProofCode.NO_CLEAR_CHANGE),
        (P50, (8 * HOUR, 10), (5 * HOUR, 10), 6 * HOUR, ProofCode.BETTER),
        (P50, (8 * HOUR, 10), (7 * HOUR, 10), None, ProofCode.NO_CLEAR_CHANGE),
        (P50, (8 * HOUR, 10), (11 * HOUR, 10), None, ProofCode.WORSE),
        (P50, (8 * HOUR, 10), (1 * HOUR, 9), None, ProofCode.TOO_FEW),
        (P50, (8 * HOUR, 10), (None, 30), None, ProofCode.TOO_FEW),
        (SENT, (40.0, 40), (15.0, 15), None, ProofCode.BETTER),
        (SENT, (40.0, 40), (35.0, 35), None, ProofCode.NO_CLEAR_CHANGE),
        (SENT, (5.0, 5), (1.0, 1), None, ProofCode.TOO_FEW),
    ],
)
def test_a_figure_is_read_against_the_one_before(
    measure: Measure,
    before: tuple[float | None, int],
    after: tuple[float | None, int],
    target: float | None,
    code: ProofCode,
) -> None:
    assert proof_of(measure, Figure(*before), Figure(*after), target) is code


def test_the_proof_takes_as_many_days_as_the_baseline() -> None:
    start = date(2026, 3, 2)
    baseline = usual_baseline(start)
    assert baseline == Span(date(2026, 2, 2), date(2026, 3, 1))
    assert proof_span(baseline, start) == Span(start, date(2026, 3, 29))
