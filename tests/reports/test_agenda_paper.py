"""The printed agenda, read back from its PDF."""

import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from desktop.domain.agenda import AgendaPaper, RunningItem, TimeBox, fit
from desktop.domain.agenda_sections import (
    BallAndPasses,
    BrokenPromises,
    NearAndDue,
    OpenActions,
    OtherBusiness,
    Scorecard,
    Thanks,
)
from desktop.reports import agenda_paper
from desktop.reports.agenda_paper import agenda_pdf
from desktop.reports.paper import LETTER
from tests.reports.hostile import HOSTILE, listening
from tests.reports.pages import colours, fills, fonts_of, read, text_of
from tests.reports.specimen import HEAD, agenda, running_order

PRINT = """
import sys
from desktop.reports.agenda_paper import agenda_pdf
from tests.reports.specimen import agenda
sys.stdout.buffer.write(agenda_pdf(agenda()))
"""
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def printed() -> bytes:
    """Give the agenda of session 10."""
    return agenda_pdf(agenda())


@pytest.mark.parametrize(
    "words",
    [
        "Service desk and Group 20",
        "Agenda of session 10 · Monday 16 May 2016, 10:00 to 11:00",
        "▼ under pressure",
        "● stable",
        "Group 20’s kept promises fell from 79 % to 50 %: 56 broken, 45 of them still",
        "117 sent, 71 resolved; 34 open became 80, 53 of them at Group 20.",
        "40 of the 56 broke in a single turn, 27 never had a name",
        "Expected end 10:49, 49 of 60 minutes.",
        "2 overdue of 5",
        "A-41: do / drop / escalate to",
        "Turnaround p90, still-open included not reached 117 80.8 h 76",
        "▼ worse: over 100 h",
        "– no clear change (5 up)",
        "54 % more",
        "46 fewer than sent",
        "INC0020505 · Location 93",
        "Named, then silent. Sent 28 Apr 12:03, 2 turns, back once, with Resolver 229.",
        "Silent for 98.7 h, since 2 May 09:21.",
        "Resolved 13 May 09:43.",
        "And 46 more: where all 56 gather",
        "16 other kinds 24 19 16.8 12 INC0022627",
        "13 running promises fall due by Tue 17 May 14:00",
        "And 5 more: INC0028464 (Mon 16 May 17:45)",
        "All 80 51 25 before, Mon 2 May: 34 open, 18 at Group 20",
        "60 hours would not reach 80 %",
        "◄ in force",
        "Monday 30 May 2016, 10:00",
        "page 1 of 5",
        "version 1 · published Mon 16 May 2016",
        "data as at Mon 16 May 2016 08:00 · printed Mon 16 May 2016 08:20 · internal",
    ],
)
def test_the_agenda_says(printed: bytes, words: str):
    assert " ".join(words.split()) in text_of(printed).replace("\u00a0", " ")


def test_nothing_on_paper_is_marked_as_invented(printed: bytes):
    assert "°" not in text_of(printed)


def test_every_page_says_which_it_is(printed: bytes):
    pages = read(printed).pages
    assert len(pages) == 5
    for number, page in enumerate(pages, 1):
        assert f"page {number} of 5" in page.extract_text()


def test_the_page_column_names_the_page_an_item_is_on(printed: bytes):
    reader = read(printed)
    first = reader.pages[0].extract_text()
    for entry in reader.outline:
        page = reader.get_destination_page_number(entry) + 1
        title = str(entry.title).split("  ", 1)[1]
        assert title in reader.pages[page - 1].extract_text()
        number = str(entry.title).split()[0]
        row = next(
            lines for lines in _rows(first) if lines[0] == number and ":" in lines[1]
        )
        assert str(page) in row


def _rows(text: str) -> list[list[str]]:
    """Return the words of page 1 from each number of the running order on."""
    words = text.split()
    starts = [at for at, word in enumerate(words) if word.isdigit()]
    return [words[at : at + 22] for at in starts if at + 1 < len(words)]


def test_the_outline_lists_every_item(printed: bytes):
    titles = [str(entry.title) for entry in read(printed).outline]
    assert len(titles) == 9
    assert titles[0] == "1  Apologies and last minutes"
    assert titles[7] == "8  Agreement in rotation: the 16 hours"


def test_the_running_order_links_to_the_items(printed: bytes):
    reader = read(printed)
    targets = set()
    for one in reader.pages[0]["/Annots"]:
        page, _kind, *place = one.get_object()["/Dest"]
        targets.add((reader.get_page_number(page.get_object()), float(place[1])))
    places = {
        (reader.get_destination_page_number(entry), float(entry.top))
        for entry in reader.outline
    }
    assert targets == places
    assert len(targets) == 9


def test_all_fonts_are_ours_and_embedded(printed: bytes):
    fonts = fonts_of(printed)
    assert fonts
    assert all(fonts.values()), fonts
    assert all("DejaVuSans" in name for name in fonts)


def test_the_document_says_what_it_is(printed: bytes):
    reader = read(printed)
    assert reader.metadata is not None
    assert reader.metadata.title == (
        "Service desk and Group 20: agenda of session 10, Mon 16 May 2016"
    )
    assert reader.metadata.author == "Resolver 17"
    assert reader.metadata.subject == (
        "Front/back-office session of Service desk and Group 20"
    )
    assert reader.trailer["/Root"]["/Lang"] == "en"
    assert reader.page_labels == ["1", "2", "3", "4", "5"]


def test_the_same_agenda_gives_the_same_bytes_in_another_process(printed: bytes):
    told = subprocess.run(
        [
            sys.executable,
            "-c",
            PRINT,
        ],
        cwd=ROOT,
        capture_output=True,
        check=True,
        timeout=100,
    )
    assert told.stdout == printed
    assert agenda_pdf(agenda()) == printed


def test_only_the_last_page_may_be_over_a_third_empty(printed: bytes):
    *full, _last = fills(printed)
    assert min(full) > 2 / 3, full


def test_the_rule_holds_however_long_page_one_is():
    whole = agenda()
    for people in range(0, 31, 3):
        invited = tuple(whole.attendance[0] for _ in range(people))
        *full, _last = fills(agenda_pdf(replace(whole, attendance=invited)))
        assert min(full) > 2 / 3, (people, full)


def test_on_letter_paper_the_rule_holds_too():
    content = agenda_pdf(agenda(), size=LETTER)
    assert [round(float(x)) for x in read(content).pages[0].mediabox[2:]] == [612, 792]
    *full, _last = fills(content)
    assert min(full) > 2 / 3, full


def test_only_ink_accent_tint_and_paper_cover_areas(printed: bytes):
    wide = {(26, 26, 26), (23, 71, 90), (237, 241, 242), (255, 255, 255)}
    for colour in colours(printed):
        nearest = min(
            sum(abs(a - b) for a, b in zip(colour, one, strict=True)) for one in wide
        )
        spread = max(colour) - min(colour)
        assert nearest < 40 or spread < 75, colour


def test_states_have_a_word_beside_their_mark(printed: bytes):
    words = text_of(printed)
    for mark, word in (("✗", "open"), ("✓", "done"), ("▲", "overdue"), ("○", "open")):
        assert f"{mark} {word}" in words


def test_what_does_not_fit_stays_in_the_list_and_is_named():
    short = replace(
        agenda(),
        head=replace(HEAD, ends_at=HEAD.starts_at + timedelta(minutes=40)),
        items=running_order(40),
    )
    words = text_of(agenda_pdf(short)).replace("\u00a0", " ")
    assert "Agreement in rotation: the 16 hours · not reached" in words
    assert "for reading, first in line on Mon 30 May." in words
    assert "38 of 40 minutes. ▲ 2 items need 11 more" in words


def test_a_session_with_nothing_to_tell_still_prints():
    empty = AgendaPaper(
        head=replace(
            HEAD, place=None, chair=None, minute_taker=None, published_at=None
        ),
        items=running_order(),
        actions=OpenActions(),
        thanks=Thanks(),
        scorecard=Scorecard(),
        broken=BrokenPromises(),
        near=NearAndDue(),
        ball=BallAndPasses(),
        other=OtherBusiness(),
    )
    words = text_of(agenda_pdf(empty))
    for told in (
        "no earlier session of this series is on record",
        "No action is open.",
        "No promise broke in the period.",
        "nothing that runs falls due before the next session",
        "No request was passed to and fro in the period.",
        "No agreement is in rotation for this session.",
        "not yet planned.",
        "version 1 · draft",
    ):
        assert told in words
    *full, _last = fills(agenda_pdf(empty))
    assert all(one > 2 / 3 for one in full)


def test_three_hundred_items_in_an_hour_are_printed():
    starts = fit([TimeBox(5)] * 300, 60).offsets
    items = tuple(
        RunningItem(
            number=number,
            kind="topic",
            minutes=5,
            starts_at=None
            if offset is None
            else HEAD.starts_at + timedelta(minutes=offset),
            outcome="decide",
            leader_role="chair",
            source="coordinator",
            title=f"Topic {number}",
        )
        for number, offset in enumerate(starts, 1)
    )
    content = agenda_pdf(AgendaPaper(head=HEAD, items=items))
    words = text_of(content)
    assert "288 items need 1440 more" in words
    assert "Topic 300 · not reached" in words
    assert len(read(content).outline) == 300
    *full, _last = fills(content)
    assert min(full) > 2 / 3


def spoilt(words: str) -> AgendaPaper:
    """Return an agenda with a text in every place a person can type into."""
    whole = agenda()
    topic = replace(
        whole.items[0], number=10, kind="topic", title=words, note=words, leader=words
    )
    return replace(
        whole,
        head=replace(
            whole.head,
            series=words,
            front=words,
            back=words,
            place=words,
            chair=words,
            minute_taker=words,
        ),
        attendance=tuple(
            replace(one, name=words, role=words) for one in whole.attendance
        ),
        verdicts=tuple(replace(one, unit=words) for one in whole.verdicts),
        items=(*whole.items, topic),
        actions=replace(
            whole.actions,
            rows=tuple(
                replace(one, label=words, text=words, topic=words, owner=words)
                for one in whole.actions.rows
            ),
        ),
        thanks=replace(
            whole.thanks,
            rows=tuple(replace(one, to=words) for one in whole.thanks.rows),
        ),
        broken=replace(
            whole.broken,
            rows=tuple(
                replace(one, reference=words, kind=words, place=words, holder=words)
                for one in whole.broken.rows
            ),
            gather=tuple(
                replace(one, kind=words, worst_reference=words)
                for one in whole.broken.gather
            ),
        ),
        near=replace(
            whole.near,
            rows=tuple(
                replace(one, reference=words, kind=words, holder=words)
                for one in whole.near.rows
            ),
        ),
    )


@pytest.mark.parametrize("words", HOSTILE)
def test_a_hostile_text_anywhere_is_printed_and_touches_nothing(words: str):
    agenda_pdf(agenda())
    with listening() as heard:
        content = agenda_pdf(spoilt(words))
    assert heard == []
    reader = read(content)
    assert len(reader.outline) == 10
    assert "could not be printed" not in text_of(content)


def test_an_item_that_cannot_be_made_says_so_and_the_rest_is_printed(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    def breaks(*_arguments: object) -> None:
        raise RuntimeError("no figures")

    monkeypatch.setitem(agenda_paper.SECTIONS, "ball", breaks)
    words = text_of(agenda_pdf(agenda()))
    assert "This item could not be printed" in words
    assert "Agreement in rotation" in words
    assert "item 7 (ball) could not be printed" in caplog.text


def test_longer_words_of_another_language_still_fit():
    content = agenda_pdf(agenda(), "qps")
    *full, _last = fills(content)
    assert min(full) > 2 / 3
    assert "could not be printed" not in text_of(content)
    assert read(content).trailer["/Root"]["/Lang"] == "qps"
