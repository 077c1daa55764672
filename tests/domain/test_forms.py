"""What a form takes as an answer, what it asks, and what it names as wrong."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.form_checks import code_for, form_problems, tidied
from desktop.domain.forms import (
    FieldKind,
    FieldProblem,
    FieldSpec,
    Rules,
    ShownIf,
    asked_answers,
    day_of,
    problems_of,
    shown_fields,
)

TODAY = date(2026, 11, 12)
FEE = FieldSpec("fee", "Fee", FieldKind.AMOUNT)
PURPOSE = FieldSpec("purpose", "Purpose", FieldKind.CHOICE, True, "", ("Bank", "Court"))
COURT = FieldSpec(
    "court",
    "Which court",
    FieldKind.TEXT,
    True,
    rules=Rules(ShownIf("purpose", ("Court",))),
)
HEARING = FieldSpec(
    "hearing",
    "Hearing set",
    FieldKind.YES_NO,
    rules=Rules(ShownIf("purpose", ("Court",))),
)
HEARING_ON = FieldSpec(
    "hearing_on",
    "Hearing on",
    FieldKind.DATE,
    True,
    rules=Rules(ShownIf("hearing", (True,)), earliest="today"),
)
FORM = (PURPOSE, COURT, HEARING, HEARING_ON)


@pytest.mark.parametrize("answer", ["0", "12.50", 7, "-3", "0.000001", "1e3"])
def test_a_number_may_be_written_in_any_usual_way(answer: object) -> None:
    assert problems_of([FEE], {"fee": answer}) == ()


@pytest.mark.parametrize("answer", ["1e999999999", "1e-999999", "nan", "inf", "x"])
def test_a_number_nobody_could_show_is_none(answer: str) -> None:
    assert problems_of([FEE], {"fee": answer}) == (FieldProblem("fee", "not_a_number"),)


@pytest.mark.parametrize(
    ("kind", "rules", "answer", "code", "limit"),
    [
        (FieldKind.DATE, Rules(earliest="today"), "2026-11-12", "", None),
        (FieldKind.DATE, Rules(earliest="today"), "2026-11-11", "too_early", TODAY),
        (
            FieldKind.DATE,
            Rules(latest="today-18"),
            "2026-10-26",
            "too_late",
            date(2026, 10, 25),
        ),
        (
            FieldKind.DATE,
            Rules(latest="2026-12-31"),
            "2027-01-01",
            "too_late",
            date(2026, 12, 31),
        ),
        (FieldKind.DATE, Rules(earliest="today+99999"), "2026-01-01", "too_early", ...),
        (FieldKind.NUMBER, Rules(least=Decimal(1)), "0.99", "too_small", Decimal(1)),
        (FieldKind.NUMBER, Rules(most=Decimal(10)), 10, "", None),
        (FieldKind.AMOUNT, Rules(most=Decimal(10)), "10.01", "too_great", Decimal(10)),
        (FieldKind.TEXT, Rules(), "x" * 201, "too_long", 200),
        (FieldKind.TEXT, Rules(longest=3), "four", "too_long", 3),
        (FieldKind.LONG_TEXT, Rules(), "x" * 201, "", None),
        (FieldKind.PERSON, Rules(), 7, "not_a_text", None),
        (FieldKind.CHOICES, Rules(), "Bank", "not_a_choice", None),
        (FieldKind.CHOICES, Rules(), ["Bank", ["x"]], "not_a_choice", None),
        (FieldKind.FILE, Rules(), ["plan.pdf"], "", None),
        (FieldKind.FILE, Rules(), "plan.pdf", "not_a_file", None),
        (FieldKind.FILE, Rules(), ["x"] * 21, "too_many", 20),
    ],
)
def test_an_answer_keeps_to_the_rules_of_its_kind(
    kind: FieldKind, rules: Rules, answer: object, code: str, limit: object
) -> None:
    spec = FieldSpec("x", "X", kind, False, "", ("Bank",), rules)
    found = problems_of([spec], {"x": answer}, TODAY)
    if limit is ...:
        limit = TODAY + timedelta(days=99_999)
    assert found == ((FieldProblem("x", code, limit),) if code else ())


@pytest.mark.parametrize(
    ("answers", "asked"),
    [
        ({}, "purpose"),
        ({"purpose": "Bank"}, "purpose"),
        ({"purpose": "Court"}, "purpose court hearing"),
        ({"purpose": "Court", "hearing": False}, "purpose court hearing"),
        ({"purpose": "Court", "hearing": True}, "purpose court hearing hearing_on"),
        # What is not asked decides nothing, whatever was once answered.
        ({"purpose": "Bank", "hearing": True}, "purpose"),
        ({"purpose": "Court", "hearing": "True"}, "purpose court hearing"),
        ({"purpose": "Court", "hearing": 1}, "purpose court hearing"),
    ],
)
def test_what_is_asked_follows_from_what_was_answered(
    answers: dict[str, object], asked: str
) -> None:
    assert " ".join(one.code for one in shown_fields(FORM, answers)) == asked


def test_what_is_not_asked_is_neither_needed_nor_wrong_nor_kept() -> None:
    answers = {"purpose": "Bank", "court": 7, "hearing_on": "never"}
    assert problems_of(FORM, answers, TODAY) == ()
    assert asked_answers(FORM, answers) == {"purpose": "Bank"}
    assert problems_of(FORM, {"purpose": "Court"}, TODAY) == (
        FieldProblem("court", "missing"),
    )


def test_one_of_several_choices_shows_what_hangs_on_it() -> None:
    several = FieldSpec("s", "S", FieldKind.CHOICES, choices=("a", "b", "c"))
    hung = FieldSpec("h", "H", FieldKind.TEXT, rules=Rules(ShownIf("s", ("a", "b"))))
    assert shown_fields([several, hung], {"s": ["b", "c"]}) == (several, hung)
    assert shown_fields([several, hung], {"s": ["c"]}) == (several,)


def test_a_rule_about_a_question_that_is_gone_hides_nothing() -> None:
    assert shown_fields([COURT], {}) == (COURT,)


_rules = st.builds(
    Rules,
    shown_if=st.none()
    | st.builds(
        ShownIf, st.text(min_size=1), st.lists(st.text() | st.booleans()).map(tuple)
    ),
    earliest=st.sampled_from(["", "today", "today-3", "2026-05-16"]),
    latest=st.sampled_from(["", "today+400", "2030-01-01"]),
    least=st.none() | st.integers(-(10**9), 10**9).map(Decimal),
    most=st.none() | st.decimals(-100, 100, places=2),
    longest=st.none() | st.integers(1, 100_000),
    currency=st.sampled_from(["", "EUR", "дин"]),
)


@given(_rules)
def test_rules_are_read_back_as_they_were_written(rules: Rules) -> None:
    assert Rules.of(rules.settings()) == rules


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["field", "is", "x"]), inner, max_size=3)
    ),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from(sorted(Rules.__slots__)), _json))
def test_settings_nobody_could_have_written_are_no_rules(settings: dict) -> None:
    rules = Rules.of(settings)
    assert Rules.of(rules.settings()) == rules


_answers = st.dictionaries(
    st.sampled_from([one.code for one in FORM]), _json | st.sampled_from(["Court"])
)


@given(_answers)
def test_whatever_is_answered_is_judged_and_what_is_kept_was_asked(
    answers: dict,
) -> None:
    asked = {one.code for one in shown_fields(FORM, answers)}
    kept = asked_answers(FORM, answers)
    assert kept.keys() <= asked
    assert {one.field for one in problems_of(FORM, answers, TODAY)} <= asked
    # Nobody is asked more or less because hidden answers were left out.
    assert {one.code for one in shown_fields(FORM, kept)} == asked


def test_a_day_counted_from_today_beyond_all_calendars_is_none() -> None:
    assert day_of("today+99999", date(9999, 1, 1)) is None
    assert day_of("today", None) is None


# ------------------------------------------------------------ the form itself


def test_a_form_that_makes_sense_has_no_problem() -> None:
    assert form_problems(FORM) == ()


@pytest.mark.parametrize(
    ("spec", "part", "code"),
    [
        (FieldSpec("x", "", FieldKind.TEXT), "label", "missing"),
        (FieldSpec("x", "PURPÓSE", FieldKind.TEXT), "label", "label_twice"),
        (FieldSpec("purpose", "X", FieldKind.TEXT), "label", "bad_code"),
        (FieldSpec("_x", "X", FieldKind.TEXT), "label", "bad_code"),
        (FieldSpec("x", "X", FieldKind.CHOICE), "choices", "no_choices"),
        (
            FieldSpec("x", "X", FieldKind.CHOICE, choices=("a", "")),
            "choices",
            "empty_choice",
        ),
        (
            FieldSpec("x", "X", FieldKind.CHOICES, choices=("a", "a")),
            "choices",
            "choice_twice",
        ),
        (
            FieldSpec("x", "X", FieldKind.TEXT, rules=Rules(ShownIf("y", ("a",)))),
            "shown_if",
            "not_before",
        ),
        (
            FieldSpec(
                "x", "X", FieldKind.TEXT, rules=Rules(ShownIf("purpose", ("Zoo",)))
            ),
            "shown_if",
            "not_a_choice",
        ),
        (
            FieldSpec("x", "X", FieldKind.TEXT, rules=Rules(ShownIf("court", ("a",)))),
            "shown_if",
            "decides_nothing",
        ),
        (
            FieldSpec(
                "x",
                "X",
                FieldKind.DATE,
                rules=Rules(earliest="today+3", latest="today"),
            ),
            "latest",
            "ends_before_it_starts",
        ),
        (
            FieldSpec(
                "x",
                "X",
                FieldKind.NUMBER,
                rules=Rules(least=Decimal(3), most=Decimal(2)),
            ),
            "most",
            "most_under_least",
        ),
        (
            FieldSpec("x", "X", FieldKind.TEXT, rules=Rules(longest=201)),
            "longest",
            "too_long",
        ),
    ],
)
def test_what_makes_no_sense_is_named_where_it_stands(
    spec: FieldSpec, part: str, code: str
) -> None:
    (found,) = form_problems([*FORM, spec])
    assert (found.position, found.part, found.code) == (4, part, code)


def test_a_question_moved_before_the_one_it_hangs_on_is_named() -> None:
    found = form_problems([COURT, PURPOSE])
    assert [(one.position, one.code) for one in found] == [(0, "not_before")]


def test_a_code_is_made_of_the_label_and_like_no_other() -> None:
    assert code_for("Број парцеле!", ()) == "број_парцеле"
    assert code_for("Đorđe's plan", {"dorde_s_plan"}) == "dorde_s_plan_2"
    assert code_for("???", {"question"}) == "question_2"
    assert len(code_for("x" * 500, ())) <= 40


def test_a_question_forgets_the_rules_of_the_kind_it_was() -> None:
    rules = Rules(earliest="today", most=Decimal(3), longest=9, currency=" EUR ")
    spec = FieldSpec("x", " Fee ", FieldKind.AMOUNT, choices=("a",), rules=rules)
    kept = tidied(spec)
    assert (kept.label, kept.choices) == ("Fee", ())
    assert kept.rules == Rules(most=Decimal(3), currency="EUR")
