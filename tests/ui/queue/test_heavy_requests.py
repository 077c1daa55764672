"""Requests that are too much for a pane are still shown, and at once."""

from __future__ import annotations

from desktop.domain.requests import Audience
from desktop.use_cases.requests import comment
from ui.common.request_pane.timeline import LONGEST_SHOWN, SHOWN_AT_FIRST, NoteFrame


def test_a_long_story_shows_its_end_and_offers_its_beginning(desk):
    house = desk.house.me("Dušan Kovač")
    for number in range(SHOWN_AT_FIRST + 12):
        house.run(comment, desk.made["later"], f"Remark {number}", Audience.INTERNAL)
    desk.choose("later")
    timeline = desk.page.pane.timeline

    desk.until(lambda: len(timeline.rows) == SHOWN_AT_FIRST)
    last = timeline.rows[-1]
    assert isinstance(last, NoteFrame)
    assert last.frame.text.text() == f"Remark {SHOWN_AT_FIRST + 11}"
    timeline._show_whole()

    assert len(timeline.rows) == SHOWN_AT_FIRST + 13


def test_words_without_end_are_cut_in_the_pane_and_kept_in_the_store(desk):
    words = "без конца " * 9000
    desk.house.me("Dušan Kovač").run(comment, desk.made["later"], words)
    desk.choose("later")
    pane = desk.page.pane

    desk.until(lambda: len(pane.timeline.rows) == 2)
    frame = pane.timeline.rows[-1].frame
    assert len(frame.text.text()) == LONGEST_SHOWN + 1
    assert len(pane.details.entries[-1].text) == len(words.strip())


def test_the_timeline_can_be_narrowed_to_internal_notes(desk):
    desk.choose("case")
    timeline = desk.page.pane.timeline

    timeline.choice.set_value("internal")
    timeline.choice.chosen.emit("internal")

    assert [row.frame.is_internal for row in timeline.rows] == [True]
    timeline.choice.set_value("public")
    timeline.choice.chosen.emit("public")
    assert [row.frame.is_internal for row in timeline.rows] == [False] * 3
