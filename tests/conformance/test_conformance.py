"""Every case passes, and the runner names what does not."""

import io
import json
from pathlib import Path
from typing import Any

import pytest

from tests.conformance.__main__ import OWN_CASES, main
from tests.conformance.cases import Failure, judge, read_lines

CASES = list(read_lines(OWN_CASES.read_text(encoding="utf-8").splitlines()))
WEEK = {day: [["09:00", "17:00"]] for day in ("mon", "tue", "wed", "thu", "fri")}


def run(path: Path, text: str) -> tuple[int, list[str]]:
    """Run the command on a file of these lines."""
    path.write_text(text, encoding="utf-8")
    out = io.StringIO()
    code = main([str(path)], out)
    return code, out.getvalue().splitlines()


def case(**keys: Any) -> dict[str, Any]:
    """Make a case on a Monday-to-Friday calendar."""
    return {"id": "one", "tz": "UTC", "weekly": WEEK, **keys}


def test_all_cases_pass() -> None:
    failures = [
        str(failure)
        for one in CASES
        for failure in ([one] if isinstance(one, Failure) else judge(one))
    ]

    assert len(CASES) == 344
    assert failures == []


def test_a_wrong_expectation_is_named_with_both_values(tmp_path: Path) -> None:
    due = case(
        kind="due",
        start="2026-11-09T09:00Z",
        duration_s=3600,
        expected="2026-11-09T11:00Z",
    )

    code, lines = run(tmp_path / "cases.jsonl", json.dumps(due))

    assert code == 1
    assert lines == [
        "one: expected 2026-11-09T11:00:00+00:00, got 2026-11-09T10:00:00+00:00",
        "0 passed, 1 failed",
    ]


@pytest.mark.parametrize(
    "line",
    [
        '{"id": "x", "kind": "breakfast"}',
        '{"id": "x", "kind": "due"}',
        '{"id": "x", "kind": "due", "start": "soon", "duration_s": 1, "expected": 1}',
        "[1, 2]",
        "{",
        json.dumps(case(kind="is_open", start="2026-11-09", expected={"a": 1})),
        json.dumps(case(kind="elapsed", start=1, end=2, expected=1)),
        json.dumps(case(kind="scenario", events=[{"event": "x", "at": "2026-11-09"}])),
        json.dumps(case(kind="scenario", events=1)),
        json.dumps(case(kind="next_open", start="2026-11-09", expected=1, tz="Mars")),
    ],
)
def test_what_cannot_be_judged_fails(tmp_path: Path, line: str) -> None:
    code, lines = run(tmp_path / "cases.jsonl", f"\n{line}\n")

    assert code == 1
    assert lines[-1] == "0 passed, 1 failed"


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    out = io.StringIO()

    assert main([str(tmp_path / "none.jsonl")], out) == 2
    assert "none.jsonl" in out.getvalue()


def test_an_update_target_runs_from_an_unanswered_contact_to_the_answer() -> None:
    events = [
        {"at": "2026-11-09T09:00Z", "event": "created"},
        {
            "at": "2026-11-09T10:00Z",
            "event": "agent_contact",
            "expect": {
                "update_elapsed_s": 3600,
                "update_margin_s": 3600,
                "update_due": None,
            },
        },
        {"at": "2026-11-09T12:00Z", "event": "customer_contact"},
        {
            "at": "2026-11-09T13:00Z",
            "event": "customer_contact",
            "expect": {"update_due": "2026-11-09T14:00Z"},
        },
        {
            "at": "2026-11-09T15:00Z",
            "event": "agent_contact",
            "expect": {"update_late_s": 3600, "update_margin_s": -3600},
        },
    ]

    assert (
        judge(case(kind="scenario", agreement={"update_s": 7200}, events=events)) == []
    )


def test_rounding_brings_seconds_to_what_the_source_reports() -> None:
    floor = case(
        kind="elapsed",
        start="2026-11-09T09:00:00Z",
        end="2026-11-09T09:02:59.900Z",
        rounding="floor_minute",
        expected=120,
    )

    assert judge(floor) == []
    assert judge({**floor, "rounding": "round_second", "expected": 180}) == []
    assert judge({**floor, "rounding": None, "expected": 179.9}) == []
    assert judge({**floor, "rounding": "sideways"}) != []


def test_a_calendar_that_never_opens_is_due_never() -> None:
    never = case(kind="next_open", start="2026-11-09T09:00Z", weekly={}, expected=None)

    assert judge(never) == []
    assert judge({**never, "expected": "2026-11-09T09:00Z"}) != []
