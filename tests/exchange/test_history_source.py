"""Two files become requests with their events; what is bad in them is named."""

from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.exchange.history_source import (
    HistorySource,
    SourceRequest,
    longest_run,
)
from desktop.exchange.mapping import mapping_from_text
from desktop.exchange.problems import BadFile, Problem
from tests.exchange.exports import EVENTS, MAPPING, REQUESTS, small_mapping, written


def read(
    folder: Path,
    requests: tuple[str, ...] = REQUESTS,
    events: tuple[str, ...] = EVENTS,
) -> tuple[list[SourceRequest], list[Problem], list[Problem]]:
    source = HistorySource(written(folder, requests, events), small_mapping())
    found = list(source)
    return found, source.findings.problems, source.findings.notices


def only_problem(folder: Path, requests=REQUESTS, events=EVENTS) -> Problem:
    _, problems, _ = read(folder, tuple(requests), tuple(events))
    assert len(problems) == 1
    return problems[0]


def test_requests_come_with_their_events(tmp_path: Path) -> None:
    found, problems, notices = read(tmp_path)
    assert [(one.reference, len(one.events)) for one in found] == [
        ("A-1", 7),
        ("A-2", 6),
        ("A-3", 1),
    ]
    assert not problems
    assert not notices
    first = found[0]
    assert first.raised_at == datetime(2016, 5, 2, 7, 0, tzinfo=UTC)
    assert (first.subject, first.customer, first.site) == (
        "Deeds / Copy",
        "Ana",
        "North",
    )
    assert first.source == {"said": "1"}
    assert found[2].subject == "Keys"


def test_the_files_need_not_be_in_the_same_order(tmp_path: Path) -> None:
    found, problems, _ = read(tmp_path, REQUESTS[::-1])
    assert [one.reference for one in found] == ["A-1", "A-2", "A-3"]
    assert not problems


@pytest.mark.parametrize("text", ["yesterday", "2016-02-30T10:00", "", "10:00"])
def test_a_wrong_date_is_named_with_file_line_and_column(
    tmp_path: Path, text: str
) -> None:
    row = f"A-3,{text},active,Keys,Kim,1,Clerk 1"
    problem = only_problem(tmp_path, events=(*EVENTS, row))
    assert (problem.code, problem.file, problem.line, problem.where) == (
        "wrong_instant",
        "events.csv",
        len(EVENTS) + 2,
        "at",
    )


def test_a_year_no_calendar_knows_is_named(tmp_path: Path) -> None:
    row = "A-3,0016-05-03T09:00,active,Keys,Kim,1,x"
    assert only_problem(tmp_path, events=(*EVENTS, row)).code == "out_of_range"


def test_a_second_request_of_the_same_name_is_named_with_the_first(
    tmp_path: Path,
) -> None:
    problem = only_problem(tmp_path, (*REQUESTS, REQUESTS[0]))
    assert problem.told() == (
        "requests.csv:5:id: “A-1” was already there in line 2. "
        "Only the first one is taken."
    )


def test_an_event_without_its_request_is_named(tmp_path: Path) -> None:
    row = "A-9,2016-05-03T09:00,active,Keys,Kim,1,x"
    assert only_problem(tmp_path, events=(*EVENTS, row)).code == "no_request"


def test_a_request_without_events_is_named(tmp_path: Path) -> None:
    row = "A-9,2016-05-03T09:00,Ana,North,Deeds,Copy,1"
    assert only_problem(tmp_path, (*REQUESTS, row)).code == "no_events"


def test_events_that_are_not_together_are_named(tmp_path: Path) -> None:
    row = "A-1,2016-06-03T09:00,active,Keys,Kim,1,x"
    assert only_problem(tmp_path, events=(*EVENTS, row)).code == "scattered"


@pytest.mark.parametrize(
    ("row", "where"),
    [
        ("A-3,2016-05-03T09:00,asleep,Keys,Kim,1,x", "phase"),
        ("A-3,2016-05-03T09:00,active,Keys,Kim,9,x", "urgency"),
    ],
)
def test_a_value_the_mapping_does_not_know_is_named(
    tmp_path: Path, row: str, where: str
) -> None:
    problem = only_problem(tmp_path, events=(*EVENTS, row))
    assert (problem.code, problem.where) == ("unmapped", where)


def test_only_the_row_that_does_not_fit_in_time_is_left_out(tmp_path: Path) -> None:
    rows = tuple(
        f"A-3,2016-05-03T{at},active,Keys,Kim,1,x" for at in ("11:10", "09:52", "11:03")
    )
    found, problems, _ = read(tmp_path, REQUESTS[2:], rows)
    assert [(one.code, one.line) for one in problems] == [("back_in_time", 2)]
    assert [event.line for event in found[0].events] == [3, 4]


def test_a_row_before_the_raising_is_taken_at_the_raising_and_said_so(
    tmp_path: Path,
) -> None:
    rows = ("A-3,2016-05-03T08:00,active,Keys,Kim,1,x",)
    found, problems, notices = read(tmp_path, REQUESTS[2:], rows)
    assert not problems
    assert [one.code for one in notices] == ["before_raised"]
    assert found[0].events[0].at == found[0].raised_at


def test_a_text_that_would_not_fit_is_named_not_cut(tmp_path: Path) -> None:
    row = f"A-9,2016-05-03T09:00,{'x' * 201},North,Deeds,Copy,1"
    found, problems, _ = read(tmp_path, (*REQUESTS, row))
    assert [(one.code, one.where) for one in problems] == [("too_long", "who")]
    assert len(found) == 3


def test_formulas_and_control_characters_stay_harmless_text(tmp_path: Path) -> None:
    row = "=A1+1,2016-05-03T08:30,@SUM(1),a\x00b,-2+3,\x1b[31m,1"
    event = "=A1+1,2016-05-03T08:31,active,=HYPERLINK(1),Kim,1,x"
    found, problems, _ = read(tmp_path, (row,), (event,))
    assert not problems
    assert found[0].reference == "=A1+1"
    assert found[0].customer == "@SUM(1)"
    assert found[0].site == "a\ufffdb"
    assert found[0].events[0].unit == "=HYPERLINK(1)"


def test_times_may_be_written_the_source_own_way(tmp_path: Path) -> None:
    mapping = mapping_from_text(
        MAPPING.replace('name = "small"', 'name = "x"\ntime_format = "%d.%m.%Y %H:%M"'),
        "other.toml",
    )
    requests = ("A-1,02.05.2016 09:00,Ana,North,Deeds,Copy,1",)
    events = ("A-1,02.05.2016 09:30,active,Desk,Ada,3,x",)
    source = HistorySource(written(tmp_path, requests, events), mapping)
    assert next(iter(source)).raised_at == datetime(2016, 5, 2, 7, 0, tzinfo=UTC)


@given(st.lists(st.integers(0, 30), max_size=12))
def test_the_rows_kept_never_go_back_and_are_as_many_as_possible(
    minutes: list[int],
) -> None:
    instants = [datetime(2016, 5, 2, 9, minute, tzinfo=UTC) for minute in minutes]
    kept = longest_run(instants)
    taken = [instants[place] for place in sorted(kept)]
    assert taken == sorted(taken)
    best = 0
    for chosen in range(1 << min(len(minutes), 10)):
        part = [minutes[i] for i in range(min(len(minutes), 10)) if chosen >> i & 1]
        if part == sorted(part):
            best = max(best, len(part))
    assert len(kept) >= best


CELL = st.text(max_size=12) | st.sampled_from(
    ["A-1", "2016-05-02T09:00", "active", "done", "Desk", "1", '"', "?", "9" * 30]
)


@given(
    st.lists(st.lists(CELL, min_size=7, max_size=7), max_size=6),
    st.lists(st.lists(CELL, min_size=7, max_size=7), max_size=6),
)
def test_no_rows_whatever_bring_anything_but_our_own_refusal(
    tmp_path_factory: pytest.TempPathFactory,
    requests: list[list[str]],
    events: list[list[str]],
) -> None:
    folder = tmp_path_factory.mktemp("fuzz")
    files = written(
        folder,
        [",".join(row).encode(errors="replace").decode() for row in requests],
        [",".join(row).encode(errors="replace").decode() for row in events],
    )
    source = HistorySource(files, small_mapping())
    found: list[SourceRequest] = []
    with suppress(BadFile):
        found = list(source)
    assert all(one.told() for one in source.findings.problems)
    assert all(one.events for one in found)


def test_references_written_in_two_ways_are_one(tmp_path: Path) -> None:
    files = written(
        tmp_path,
        ["\u00e9  1,2016-05-02T09:00,Ana,North,Deeds,Copy,1"],
        ["e\u0301 1,2016-05-02T09:00,new,Desk,?,3,Clerk 1"],
    )
    source = HistorySource(files, small_mapping())
    assert [one.reference for one in source] == ["\u00e9 1"]
    assert source.findings.problems == []


def test_events_of_no_request_are_named_by_their_line(tmp_path: Path) -> None:
    nobodys = ",2016-05-02T09:00,new,Desk,?,3,Clerk 1"
    source = HistorySource(
        written(tmp_path, REQUESTS, [nobodys, *EVENTS]), small_mapping()
    )
    assert len(list(source)) == 3
    assert [(one.code, one.line) for one in source.findings.problems] == [
        ("no_request", 2)
    ]


def test_a_cell_cannot_steer_the_terminal_it_is_named_on(tmp_path: Path) -> None:
    steering = "A-9,\x1b[2J\x07never,Ana,North,Deeds,Copy,1"
    source = HistorySource(written(tmp_path, [*REQUESTS, steering]), small_mapping())
    list(source)
    (problem,) = source.findings.problems
    assert problem.told().isprintable()
    assert "never" in problem.told()
