"""A promise of the house, explained on screen, printed as a proof."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from desktop.domain.agreements import Measure, Target
from desktop.domain.proof_paper import HolderOf
from desktop.domain.proofs import ProofKind
from desktop.domain.requests import PendingReason
from desktop.domain.working_days import ClosedDay, DayEnd, DayRule
from desktop.i18n import speaking
from desktop.queries.agenda import pair_agenda
from desktop.queries.proof import proof
from desktop.reports.agenda_paper import agenda_pdf
from desktop.reports.proof_paper import proof_pdf
from desktop.reports.proof_source import proof_paper_of, weekly_words
from desktop.reports.target_words import promised_words
from desktop.use_cases.requests import cancel, hold, resolve, resume, take
from tests.reports.pages import text_of

HOUR = 3600
NOW = datetime(2026, 11, 12, 13, tzinfo=UTC)


@pytest.fixture
def held_request(small_house) -> int:
    """Raise at Monday 09:30, wait for the customer from Tuesday to Thursday."""
    house = small_house
    one = house.at(9, 9, 30).raised("Parcel 1184/2: extract with encumbrances")
    house.me("Dušan Kovač").at(9, 10, 5)
    house.run(take, one)
    house.at(10, 13)
    house.run(hold, one, PendingReason.CUSTOMER, "signed sketch")
    house.at(12, 9, 30)
    house.run(resume, one)
    house.at(12, 13, 20)
    return int(one)


def test_the_printed_proof_tells_what_the_screen_tells(small_house, held_request):
    view = small_house.read(proof, held_request, 2, small_house.now)
    paper = proof_paper_of(view, small_house.now)
    assert paper.promised_by == view.reading.due_at
    assert paper.used_s == int(view.reading.used.total_seconds())
    assert len(paper.lines) == len(view.rows)
    held = next(line for line in paper.lines if line.kind is ProofKind.HELD)
    assert held.holder == HolderOf("customer")
    assert dict(paper.held_by())[HolderOf("customer")] == held.open_s
    words = text_of(proof_pdf(paper)).replace("\u00a0", " ")
    assert "Thu 12 Nov 15:30" in words
    assert "Requester" in words
    assert "Armistice Day" in words
    assert "Due: the promise ends here" in words
    assert "► to come" in words


def test_a_kept_promise_is_printed_as_kept(small_house, held_request):
    small_house.run(resolve, held_request, "Extract sent")
    view = small_house.read(proof, held_request, 2, small_house.now)
    assert proof_paper_of(view, small_house.now).state == "kept"
    assert "✓ kept" in text_of(proof_pdf(proof_paper_of(view, small_house.now)))


def test_the_agenda_of_the_house_is_printed_from_its_journal(small_house, held_request):
    house = small_house
    made = house.read(
        pair_agenda,
        front_unit_id=house.units["Central counter"],
        back_unit_id=house.units["Land registry"],
        starts_at=house.now,
        printed_at=house.now,
    )
    words = text_of(agenda_pdf(made.paper)).replace("\u00a0", " ")
    assert "Central counter" in words
    assert "could not be printed" not in words
    assert "page 1 of" in words


def test_days_of_the_same_hours_are_told_together():
    morning, afternoon = (8 * HOUR, 12 * HOUR), (13 * HOUR, 17 * HOUR)
    weekly = dict.fromkeys(range(4), (morning, afternoon))
    with speaking("en"):
        told = weekly_words(weekly | {4: (morning,), 6: ((0, 24 * HOUR),)})
    assert told == (
        "Mon–Thu 08:00–12:00, 13:00–17:00; Fri 08:00–12:00; Sun 00:00–24:00"
    )


def test_a_withdrawn_promise_is_printed_without_a_verdict(small_house):
    one = small_house.raised()
    small_house.me("Jelena Marić")
    small_house.run(cancel, one, "The customer went home.")
    paper = proof_paper_of(small_house.read(proof, one, 2, small_house.now), NOW)
    assert paper.state == "withdrawn"
    assert "– withdrawn, no verdict" in text_of(proof_pdf(paper))


def test_lines_of_another_year_carry_it(small_house, held_request):
    view = small_house.read(proof, held_request, 2, small_house.now)
    whole = proof_paper_of(view, NOW)
    later = timedelta(days=60)
    moved = [
        replace(one, start=one.start + later, end=one.end + later)
        for one in whole.lines[-2:]
    ]
    words = text_of(proof_pdf(replace(whole, lines=(*whole.lines, *moved))))
    shown = words.replace("\u00a0", " ").replace("\u2009", " ")
    assert "9 Nov 2026 – 11 Jan 2027" in shown
    assert "Mon 9 Nov 09:30" in shown
    assert "Mon 11 Jan 2027" in shown


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (DayRule(2), "2 working days"),
        (
            DayRule(1, DayEnd.END_OF_DAY),
            "1 working day, by the end of the day",
        ),
        (
            DayRule(2, cutoff_s=15 * HOUR),
            "2 working days, received from 15:00 on counts from the next",
        ),
        (
            DayRule(
                3,
                cutoff_s=15 * HOUR,
                restart_s=10 * HOUR,
                closed_day=ClosedDay.SAME_TIME,
            ),
            (
                "3 working days, received from 15:00 on counts from 10:00 of the next, "
                "received on a closed day counts from the same time of the next"
            ),
        ),
    ],
)
def test_a_promise_in_working_days_is_printed_as_its_rule(
    small_house, held_request, rule, words
):
    view = small_house.read(proof, held_request, 2, small_house.now)
    paper = proof_paper_of(view, NOW)
    target = Target(16 * HOUR, Measure.WORKING_DAYS, rule)
    printed = text_of(proof_pdf(replace(paper, target=target))).replace("\u00a0", " ")
    assert f"The promise. {words} (" in " ".join(printed.split())
    assert promised_words(Target(48 * HOUR, Measure.AROUND_THE_CLOCK, None, 9)) == (
        "48 h around the clock"
    )
