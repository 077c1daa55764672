"""What is printed of a session comes from one reading, and from what was kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from desktop.domain.errors import NotFound, Transition
from desktop.domain.print_options import PrintOptions
from desktop.entities.meetings import Action, MeetingSeries
from desktop.queries.action_register import action_register, minutes_book
from desktop.queries.session_papers import print_choice, session_papers
from desktop.reports.minutes_book import book_print
from desktop.reports.session_print import session_print
from desktop.use_cases.meeting_actions import add_action, close_action
from desktop.use_cases.meeting_papers import remember_print_options
from desktop.use_cases.meetings import draft_agenda, plan_session, publish_agenda
from desktop.use_cases.minutes import approve_minutes, decide
from desktop.use_cases.sitting import end_session
from tests.queries.test_agenda import a_series, lived_in
from tests.small_house import SmallHouse
from tests.use_cases.agendas import candidate, one
from tests.use_cases.sittings import begun, item, series_of

ALL = PrintOptions(
    short=True, slips=True, register=True, proofs=True, full_list=True, note_lines=True
)


def an_action(house: SmallHouse, series: int, words: str, day: int) -> int:
    due, owner = date(2026, 11, day), house.people["Dušan Kovač"]
    return house.run(add_action, series, words, "x", due, owner_id=owner)


def of_a_week(house: SmallHouse) -> int:
    """Publish an agenda about a week in which a promise broke."""
    lived_in(house)
    house.me("Marko Ivić")
    meeting = house.run(plan_session, a_series(house))
    kinds = ("minutes", "broken", "near", "other_business")
    house.run(draft_agenda, meeting, [candidate(kind) for kind in kinds])
    house.run(publish_agenda, meeting)
    return meeting


def test_everything_chosen_comes_in_one_pdf_with_an_outline_of_its_parts(
    any_small_house,
):
    house = any_small_house
    meeting = of_a_week(house)
    an_action(house, series_of(house, meeting), "Call <b>", 20)
    papers = house.read(session_papers, meeting, ALL, house.now)
    assert papers.agenda.broken.total == len(papers.proofs) == 2
    assert [row.state for row in papers.at_risk].count("broken") == 2
    chosen = ("agenda", "short", "slips", "register")
    made = session_print(papers, chosen, ALL)
    reader = PdfReader(BytesIO(made.pdf))
    top = [str(one.title) for one in reader.outline if not isinstance(one, list)]
    assert top == [
        "Agenda",
        "Proof 2.1",
        "Proof 2.2",
        "Short form",
        "Action slips",
        "Action register",
    ]
    assert reader.page_labels[0] == "Agenda 1"
    assert reader.page_labels[-1] == "Action register 1"
    words = " ".join(page.extract_text() for page in reader.pages)
    assert "Everything at risk" in words
    assert "Call <b>" in words
    assert session_print(papers, chosen, ALL).pdf == made.pdf


@pytest.mark.parametrize("chosen", [("minutes",), ("register",), ()])
def test_nothing_to_print_is_refused_in_words(small_house, chosen):
    meeting = of_a_week(small_house)
    papers = small_house.read(session_papers, meeting, PrintOptions(), small_house.now)
    with pytest.raises(Transition, match="nothing_to_print"):
        session_print(papers, chosen, PrintOptions())


def test_what_was_handed_out_prints_as_it_was_whatever_came_after(small_house):
    house = small_house
    meeting = of_a_week(house)
    before = house.read(session_papers, meeting, PrintOptions(), house.now).agenda
    house.later(days=2).raised("later")
    after = house.read(session_papers, meeting, PrintOptions(), house.now).agenda
    assert after.head.printed_at == house.now
    assert after.head.data_as_at == before.head.data_as_at
    assert after.broken == before.broken


def test_the_chairs_notes_are_on_the_chairs_copy_alone(small_house):
    house = small_house
    meeting = of_a_week(house)
    papers = house.read(session_papers, meeting, PrintOptions(), house.now)
    first, *rest = papers.agenda.items
    noted = replace(first, chair_note="Be gentle")
    papers = replace(papers, agenda=replace(papers.agenda, items=(noted, *rest)))

    def told(options: PrintOptions) -> str:
        pdf = session_print(papers, ("agenda", "short"), options).pdf
        return " ".join(one.extract_text() for one in PdfReader(BytesIO(pdf)).pages)

    assert "Be gentle" not in told(PrintOptions())
    assert "Be gentle" in told(PrintOptions(chair_copy=True))
    assert "chair’s copy" in told(PrintOptions(chair_copy=True))


def test_a_series_remembers_how_it_is_printed(any_small_house):
    house = any_small_house
    meeting = of_a_week(house)
    series = series_of(house, meeting)
    assert house.read(print_choice, meeting).options == PrintOptions()
    wanted = PrintOptions(slips=True, size="letter", is_grey=True)
    house.run(remember_print_options, series, wanted)
    assert house.read(print_choice, meeting).options == wanted
    kept = one(house, MeetingSeries, series).options
    assert kept["print"] == {"slips": True, "size": "letter", "is_grey": True}


@pytest.mark.parametrize("kept", [None, [], {"size": "a0", "slips": 7, "x": 1}, "a4"])
def test_options_that_cannot_be_read_are_as_usual(kept):
    assert PrintOptions.of(kept) == PrintOptions()


def held(house: SmallHouse) -> int:
    meeting = begun(house)
    house.run(decide, meeting, item(house, meeting, 2), "Extracts by noon")
    an_action(house, series_of(house, meeting), "Tell all", 20)
    house.later(minutes=50)
    house.run(end_session, meeting)
    return meeting


def test_minutes_are_printed_as_a_draft_and_then_as_sealed(small_house):
    house = small_house
    meeting = held(house)
    assert house.read(print_choice, meeting).has_minutes
    house.run(approve_minutes, meeting)
    assert house.read(print_choice, meeting).has_minutes
    papers = house.read(
        session_papers, meeting, PrintOptions(slips=True), house.now, with_minutes=True
    )
    made = session_print(papers, ("minutes", "slips"), PrintOptions())
    reader = PdfReader(BytesIO(made.pdf))
    words = " ".join(" ".join(one.extract_text().split()) for one in reader.pages)
    assert "Decision 1: Extracts by noon" in words
    assert "minutes approved" in words
    assert "Tell all" in words


def test_the_book_binds_what_was_held_and_says_what_was_not(small_house):
    house = small_house
    meeting = held(house)
    series = series_of(house, meeting)
    house.run(approve_minutes, meeting)
    house.run(plan_session, series)
    start = house.now - timedelta(days=30)
    book = house.read(
        minutes_book, series, start, start + timedelta(days=90), house.now
    )
    made = book_print(book)
    words = " ".join(
        " ".join(page.extract_text().split())
        for page in PdfReader(BytesIO(made.pdf)).pages
    )
    assert "not held yet" in words
    assert "1 session with minutes, 1 decision." in words
    assert "All decisions" in words
    assert f"page 1 of {made.pages}" in words
    with pytest.raises(NotFound):
        house.read(minutes_book, 999, start, house.now, house.now)


def test_the_register_lists_open_actions_and_those_ended_lately(any_small_house):
    house = any_small_house
    meeting = of_a_week(house)
    series = series_of(house, meeting)
    for number in range(3):
        an_action(house, series, f"Do {number}", 10 + number)
    done = house.read(action_register, house.now, series).series[0].rows[2].action
    assert done.state == "overdue"
    ids = house.read(
        lambda s: list(s.scalars(select(Action.id).order_by(Action.number)))
    )
    house.run(close_action, ids[2])
    register = house.read(action_register, house.now)
    [of] = register.series
    assert [row.end for row in of.rows] == [None, None, "done"]
    assert of.count("overdue") == 2
    assert of.rows[2].ended == date(2026, 11, 16)
    later = house.now + timedelta(days=92)
    assert len(house.read(action_register, later).series[0].rows) == 2
