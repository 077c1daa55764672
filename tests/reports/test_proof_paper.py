"""The printed proof of a promise, read back from its PDF."""

from dataclasses import replace

import pytest

from desktop.domain.proof_paper import HolderOf
from desktop.reports.proof_paper import proof_pdf
from desktop.reports.proof_wording import clock_of
from tests.reports.hostile import HOSTILE, listening
from tests.reports.pages import fonts_of, read, text_of
from tests.reports.proof_specimen import proof


@pytest.fixture(scope="module")
def printed() -> bytes:
    """Give the proof of INC0023670."""
    return proof_pdf(proof())


@pytest.mark.parametrize(
    "words",
    [
        "Clock proof for INC0023670 · Category 26 / Subcategory 175 · Location 143",
        "28 Apr – 16 May 2016",
        "Thu 5 May 08:33 72.0 h 56.0 h Fri 29 Apr 17:34 ✗ broken, open",
        "16 working hours (16:00) to the resolution, promised by Group 20",
        "Closed in this span: Sun 1 May, Worker’s Day.",
        "1 Thu 28 Apr 11:34 Thu 28 Apr 13:36 Group 20 ► runs 2:02 2:02 2:02 13:58",
        "❚❚ held 12:17 – 2:02 13:58",
        "Requester ❚❚ held 18:42",
        "Due: the promise breaks here",
        "► runs, late 40:09 40:09 56:09 −40:09",
        "► runs, late 15:48 15:48 71:57 −55:57",
        "71:57 12:17 18:42 0:20 13:10 116:26",
        "Held in all 44:29.",
        "0:33 are left: 5 May 08:00 + 0:33 = Thu 5 May 08:33.",
        "moved the due time from Fri 29 Apr 17:34.",
        "29 Apr 15:53 Group 70 waits for requester",
        "page 1 of 1",
    ],
)
def test_the_proof_says(printed: bytes, words: str):
    assert words in text_of(printed).replace("\u00a0", " ")


def test_what_everybody_held_adds_up_to_all_the_time():
    held = dict(proof().held_by())
    assert held[None] == proof().used_s == 71 * 3600 + 57 * 60
    assert sum(held.values()) == 116 * 3600 + 26 * 60
    assert held[HolderOf("customer")] == 18 * 3600 + 42 * 60


def test_the_same_proof_gives_the_same_bytes(printed: bytes):
    assert proof_pdf(proof()) == printed


def test_all_its_fonts_are_embedded(printed: bytes):
    fonts = fonts_of(printed)
    assert fonts
    assert all(fonts.values())


def test_a_promise_that_was_kept_is_not_said_to_break():
    kept = replace(proof(), state="kept", late_s=0)
    words = text_of(proof_pdf(kept))
    assert "✓ kept" in words
    assert "breaks" not in words


def test_a_proof_without_lines_or_entries_still_prints():
    bare = replace(
        proof(), lines=(), journal=(), promised_by=None, due_without_holds=None
    )
    assert "Why this time?" in text_of(proof_pdf(bare))


@pytest.mark.parametrize("words", HOSTILE)
def test_a_hostile_text_is_printed_and_touches_nothing(words: str):
    proof_pdf(proof())
    spoilt = replace(
        proof(),
        reference=words,
        kind=words,
        place=words,
        owner=words,
        promised_to=words,
        agreement=words,
        calendar=words,
        item=words,
    )
    with listening() as heard:
        content = proof_pdf(spoilt)
    assert heard == []
    assert len(read(content).pages) >= 1


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [(0, "0:00"), (59, "0:00"), (7320, "2:02"), (-144540, "−40:09"), (-59, "0:00")],
)
def test_hours_and_minutes(seconds: int, shown: str):
    assert clock_of(seconds) == shown
