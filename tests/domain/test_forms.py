"""What a form takes as an answer, and what it names as wrong."""

import pytest

from desktop.domain.forms import FieldKind, FieldProblem, FieldSpec, problems_of

FEE = FieldSpec("fee", "Fee", FieldKind.AMOUNT)


@pytest.mark.parametrize("answer", ["0", "12.50", 7, "-3", "0.000001", "1e3"])
def test_a_number_may_be_written_in_any_usual_way(answer: object) -> None:
    assert problems_of([FEE], {"fee": answer}) == ()


@pytest.mark.parametrize("answer", ["1e999999999", "1e-999999", "nan", "inf", "x"])
def test_a_number_nobody_could_show_is_none(answer: str) -> None:
    assert problems_of([FEE], {"fee": answer}) == (FieldProblem("fee", "not_a_number"),)
