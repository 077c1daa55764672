"""Requests that are too much for a pane are still shown, and at once."""

from __future__ import annotations

from desktop.domain.requests import Audience, EntryKind
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
    assert len(frame.text.text()) == LONGEST_SHOWN
    assert len(pane.details.entries[-1].text) == len(words.strip())


def test_the_timeline_can_be_narrowed_to_words_changes_and_mine(desk):
    desk.choose("case")
    timeline = desk.page.pane.timeline
    desk.until(lambda: bool(timeline.rows))
    kinds = {}
    for option in ("words", "changes", "mine", "all"):
        timeline.choice.set_value(option)
        timeline.choice.chosen.emit(option)
        kinds[option] = list(timeline._chosen())

    assert all(one.text for one in kinds["words"])
    assert sum(one.audience is Audience.INTERNAL for one in kinds["words"]) == 1
    assert EntryKind.COMMENTED not in {one.kind for one in kinds["changes"]}
    assert {one.actor for one in kinds["mine"]} == {"Dušan Kovač"}
    assert len(kinds["all"]) > len(kinds["changes"]) > 0
    internal = [row for row in timeline.rows if isinstance(row, NoteFrame)]
    assert [row.frame.is_internal for row in internal].count(True) == 1


def test_a_word_without_end_does_not_push_others_out_of_the_pane(desk):
    desk.house.me("Dušan Kovač").run(comment, desk.made["later"], "W" * 10_000)
    desk.choose("later")
    pane = desk.page.pane

    desk.until(lambda: len(pane.timeline.rows) == 2)
    desk.until(
        lambda: pane.timeline.width() <= pane.scroll_area.viewport().width(),
    )
    assert isinstance(pane.timeline.rows[-1], NoteFrame)
