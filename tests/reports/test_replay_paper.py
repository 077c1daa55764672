"""The comparison of trials on paper, with real and with hostile names."""

from __future__ import annotations

from datetime import UTC, date, datetime
from io import BytesIO

from pypdf import PdfReader

from desktop.domain.agreements import TargetKind
from desktop.queries.replay_results import (
    Change,
    Count,
    DayWork,
    Group,
    KindReplay,
    Replay,
    Verdict,
    Work,
)
from desktop.reports.replay_paper import (
    CHANGES_SHOWN,
    PrintedTrial,
    ReplayPaper,
    replay_pdf,
)

START, END = datetime(2016, 4, 1, tzinfo=UTC), datetime(2016, 5, 1, tzinfo=UTC)
HOUR = 3_600_000_000
HOSTILE = "<b>&amp; Müller</b> \u202e שלום " + "W" * 300


def a_replay(hours: int, changes: int, name: str = "Title extract") -> Replay:
    now, then = Count(3, 1, 0), Count(2, 2, 0)
    groups = (Group(name, 4, now, then, 0, 1),)
    rows = tuple(
        Change(
            number, f"INC{number:07}", name, name, 7200, 14_400, 57_600,
            hours * 3600, Verdict.KEPT, Verdict.BROKEN, START,
        )
        for number in range(changes)
    )  # fmt: skip
    days = (Group(0, 4, now, then, 0, 1),)
    kind = KindReplay(
        TargetKind.RESOLUTION, now, then, 0, 1, True, groups,
        (Group(3, 4, now, then, 0, 1),), groups, groups, days, rows,
        (HOUR, 3 * HOUR, 5 * HOUR, 20 * HOUR), (), (57_600,), (hours * 3600,),
    )  # fmt: skip
    work = Work((DayWork(date(2016, 4, 1), 4, 2, 36_000),), 14_400, 4)
    kinds = dict.fromkeys(TargetKind, kind)
    return Replay(END, START, END, 4, 4, kinds, work)


def a_paper(*trials: PrintedTrial, name: str = "Group 20") -> ReplayPaper:
    return ReplayPaper(
        agreement=name,
        between=name,
        owner=name,
        zone="Europe/Belgrade",
        printed_at=END,
        kind=TargetKind.RESOLUTION,
        kind_words="Resolution",
        trials=trials,
        priorities={3: "Normal"},
        weekdays=("Monday",),
        verdicts={one.value: one.value for one in Verdict},
    )


def words_of(pdf: bytes) -> str:
    reader = PdfReader(BytesIO(pdf))
    return " ".join(" ".join(one.extract_text() for one in reader.pages).split())


def test_trials_stand_side_by_side_with_now_first() -> None:
    trials = (
        PrintedTrial("Variant A", "as agreed", a_replay(4, 1)),
        PrintedTrial("Variant B", "other hours", a_replay(8, 1)),
    )
    words = words_of(replay_pdf(a_paper(*trials)))
    assert words.index("Now 16 h as agreed 75.0 % 3 of 4") < words.index(
        "Variant A 4 h"
    )
    assert "Variant B 8 h other hours 50.0 % 2 of 4" in words
    assert "1 request changes verdict" in words
    assert "Normal" in words
    assert "Monday" in words


def test_what_each_trial_promises_is_written_out() -> None:
    terms = ("Resolution: 4 h, urgent 1 h", "Hours: Mon 22:00 to 06:00 next day")
    trial = PrintedTrial("Variant A", "other hours", a_replay(4, 1), terms)
    words = words_of(replay_pdf(a_paper(trial)))
    assert "Terms: Variant A" in words
    assert all(one in words for one in terms)


def test_a_long_list_is_cut_and_says_so() -> None:
    replay = a_replay(4, CHANGES_SHOWN + 25)
    words = words_of(replay_pdf(a_paper(PrintedTrial("This trial", "", replay))))
    assert "85 requests change verdict" in words
    assert "25 more not shown" in words


def test_names_of_any_kind_are_printed_as_they_are() -> None:
    replay = a_replay(4, 2, HOSTILE)
    trial = PrintedTrial(HOSTILE, HOSTILE, replay)
    words = words_of(replay_pdf(a_paper(trial, name=HOSTILE)))
    assert "<b>&amp; Müller</b>" in words


def test_the_same_comparison_gives_the_same_bytes() -> None:
    paper = a_paper(PrintedTrial("This trial", "", a_replay(4, 3)))
    assert replay_pdf(paper) == replay_pdf(paper)
