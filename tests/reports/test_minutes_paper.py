"""Minutes, short form, slips and register on paper, read back from their PDFs."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from desktop.domain.agenda import AgendaPaper
from desktop.domain.agenda_sections import OpenActions
from desktop.domain.minutes import AddendumRow, DecisionRow, MinutesPaper
from desktop.domain.session_books import ActionRegister, RegisterRow, RegisterSeries
from desktop.i18n import speaking
from desktop.reports.agenda_paper import agenda_pdf
from desktop.reports.binding import printed
from desktop.reports.minutes_paper import minutes_pdf
from desktop.reports.paper import A4, LETTER, PaperSize
from desktop.reports.register_paper import register_print
from desktop.reports.short_paper import short_part
from desktop.reports.slips_paper import slips_of, slips_part
from tests.reports.hostile import HOSTILE, listening
from tests.reports.pages import fills, fonts_of, read, text_of
from tests.reports.specimen import HEAD, agenda
from tests.reports.specimen_minutes import minutes
from tests.reports.specimen_records import recorded


@pytest.fixture(scope="module")
def paper() -> bytes:
    """Give the minutes of session 10, a draft."""
    return minutes_pdf(minutes())


@pytest.mark.parametrize(
    "words",
    [
        "Minutes of session 10 · Monday 16 May 2016, 10:00 to 11:04",
        "Resolver 301 for Resolver 188 (back)",
        "Missing: Resolver 219 (apology).",
        "Numbers follow the agenda, version 1.",
        "48 of 60 min",
        "9 of 7 min used",
        "Looking back",
        "Decision 3: From Tue 17 May every request has a named holder",
        "A-41 head of Group 20 Name a holder for every request on arrival",
        "(broken promises; carried 3 ×)",
        "parked · 6 of 5 min used",
        "Decisions of this session",
        "3 From Tue 17 May",
        "Group 20 lead · 2 actions",
        "Carried three times, so they must be decided",
        "2 closed: A-44, A-46.",
        "► deputy: Resolver 301",
        "For information: head of service desk, head of Group 20.",
        "Attached: agenda, version 1; why-so-long.pdf.",
        "Next meeting: Monday 30 May 2016, 10:00",
        "minutes · draft",
        "page 2 of 2",
    ],
)
def test_the_minutes_say(paper, words):
    assert words in text_of(paper).replace("\u00a0", " ")


def test_the_minutes_keep_the_numbers_of_the_agenda(paper):
    numbers = [str(one.title).split()[0] for one in read(paper).outline]
    assert numbers == [str(item.number) for item in agenda().items]


def test_approved_minutes_say_by_whom_and_carry_their_addenda():
    told = AddendumRow(1, "A-49 is Resolver 229's.", "Resolver 13", HEAD.ends_at, 5)
    sealed = replace(
        minutes(), approved_at=HEAD.ends_at, approved_by="Resolver 13", addenda=(told,)
    )
    words = text_of(minutes_pdf(sealed))
    assert "Approved by Resolver 13, Mon 16 May 2016 11:00." in words
    assert "Addendum 1, item 5 · Resolver 13" in words
    assert "minutes approved Mon 16 May 2016 by Resolver 13 · 1 addendum" in words


def test_every_paper_embeds_its_fonts_and_is_the_same_twice(paper):
    for content in (paper, short_print(agenda()), agenda_pdf(recorded())):
        assert all(fonts_of(content).values())
        assert read(content).trailer["/Root"]["/Lang"] == "en"
    assert minutes_pdf(minutes()) == paper


def test_a_session_in_which_nothing_was_said_still_has_minutes():
    empty = MinutesPaper(HEAD, None, None, items=minutes().items[:1])
    bare = replace(empty.items[0], decisions=(), said="", fate="not_reached", spent_s=0)
    words = text_of(minutes_pdf(replace(empty, items=(bare,))))
    assert "not reached" in words
    assert "first in line next time" in words
    assert "Signatures" in words


@pytest.mark.parametrize("words", [*HOSTILE, "x" * 100_000, "long words " * 10_000])
def test_a_hostile_text_anywhere_in_minutes_is_printed(words):
    whole = minutes()
    minutes_pdf(whole)
    action = replace(
        whole.actions.rows[0], label="A-1", text=words, topic=words, owner=words
    )
    item = replace(
        whole.items[1],
        title=words,
        said=words,
        section=words,
        decisions=(DecisionRow(1, words),),
        actions=(action,),
        references=(words,),
        files=(words,),
    )
    spoilt = replace(
        whole,
        items=(item, whole.items[2]),
        actions=OpenActions((action,), 1, 1),
        informed=(words,),
        attendance=tuple(
            replace(one, name=words, role=words, deputy=words)
            for one in whole.attendance
        ),
        addenda=(AddendumRow(1, words, words, HEAD.ends_at),),
    )
    with listening() as heard:
        content = minutes_pdf(spoilt)
    assert heard == []
    assert "could not be printed" not in text_of(content)
    assert "Thanks to Resolver 219" in text_of(content)


def short_print(
    whole: AgendaPaper, language: str = "en", size: PaperSize = A4
) -> bytes:
    with speaking(language):
        return printed(lambda: [short_part(whole, language, size)], size).pdf


@pytest.mark.parametrize("size", [A4, LETTER])
@pytest.mark.parametrize("language", ["en", "qps"])
@pytest.mark.parametrize("whole", [agenda(), recorded()], ids=["short", "long"])
def test_the_short_form_is_one_page(whole, size, language):
    assert len(read(short_print(whole, language, size)).pages) == 1


def test_the_short_form_says_one_clause_for_each_item_and_the_worst():
    words = text_of(short_print(agenda()))
    assert "56 broken of 113, 45 open, 27 never named" in words
    assert "And 51 more: see the full agenda." in words
    assert "A-41: do, drop or escalate" in words


def test_the_short_form_of_three_hundred_items_is_still_one_page():
    first = agenda().items[0]
    items = tuple(replace(first, number=number) for number in range(1, 301))
    content = short_print(replace(agenda(), items=items))
    assert len(read(content).pages) == 1
    assert re.search(r"2\d\d more items are in the full agenda", text_of(content))


def slips(whole: MinutesPaper) -> bytes:
    with speaking("en"):
        found = slips_of(whole)
        return printed(
            lambda: [slips_part(HEAD, *found, whole.next_at, "en", A4.text_width)]
        ).pdf


def test_a_slip_repeats_item_topic_and_age_for_its_owner():
    words = text_of(slips(minutes()))
    assert "2 actions · next meeting Mon 30 May 2016, 10:00" in words
    assert "2 broken promises Name a holder" in words
    assert "3 ×" in words
    assert words.count("✂") == 4


def test_no_slip_is_torn_over_two_pages():
    many = [
        replace(minutes().actions.rows[1], label=f"A-{at}", owner=f"Person {at // 5}")
        for at in range(60)
    ]
    content = slips(replace(minutes(), actions=OpenActions(tuple(many), 60, 0)))
    for page in read(content).pages:
        told = page.extract_text()
        assert told.count("✂") == told.count("5 actions")


def test_the_register_tells_open_and_ended_actions_by_series():
    whole = minutes()
    rows = tuple(RegisterRow(one, date(2016, 5, 2), 9) for one in whole.actions.rows)
    ended = RegisterRow(
        whole.closed[0], date(2016, 5, 2), 9, "dropped", date(2016, 5, 10)
    )
    paper = ActionRegister(
        (RegisterSeries("Desk", (*rows, ended), 4),),
        date(2016, 2, 16),
        HEAD.data_as_at,
        HEAD.zone,
        "City hall",
    )
    words = text_of(register_print(paper).pdf)
    assert "6 open, 1 overdue" in words
    assert "✗ dropped" in words
    assert "And 4 more that ended." in words
    assert "No action is open" in text_of(register_print(replace(paper, series=())).pdf)


def test_sections_from_records_are_all_printed():
    content = agenda_pdf(recorded())
    words = text_of(content).replace("\u00a0", " ")
    for told in (
        "Since version 1: 4 changes",
        "O-12 No reason is recorded with a hand-back",
        "▲ overdue",
        "And 3 more.",
        "Group 20 closed, 10 working hours",
        "version 4 comes into force",
        "Express parcel: change it?",
        "a fact was missing 12",
        "form, checklist",
        "Reason on every hand-back Resolver 13 first time right 74 % 117 85 %",
        "raised by Resolver 50, Tue 10 May 2016. About: INC0020505.",
        "17 days old",
    ):
        assert told in words
    *full, _last = fills(content)
    assert min(full) > 0.6
