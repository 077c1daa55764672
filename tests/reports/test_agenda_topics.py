"""Topics on paper: worded from what found them, or from a coordinator's own words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop.domain.agenda import AgendaPaper, RuleCode, RunningItem
from desktop.reports.agenda_paper import agenda_pdf
from tests.reports.pages import read, text_of
from tests.reports.specimen import HEAD, agenda


def printed(*items: RunningItem) -> str:
    """Return the words of an agenda of these items."""
    content = agenda_pdf(AgendaPaper(head=HEAD, items=items))
    return text_of(content).replace("\u00a0", " ")


def found(rule: RuleCode | None, label: str = "", **counts: int) -> RunningItem:
    """Return a topic as the evidence proposes it."""
    return RunningItem(
        number=7,
        kind="topic",
        minutes=3,
        starts_at=HEAD.starts_at,
        outcome="decide",
        leader_role="coordinator",
        source="log" if rule else "coordinator",
        rule=rule,
        label=label,
        counts=tuple(counts.items()),
    )


@pytest.mark.parametrize(
    ("item", "title", "evidence"),
    [
        (
            found("pattern", "Permits", broken=12, of=56, open=12, never_named=5),
            "Pattern: Permits",
            "12 of 56 broken promises are of this kind; 12 still open; 5 never had",
        ),
        (
            found("returns", "Service desk", returned=31, sent=117),
            "What comes back to Service desk",
            "31 of 117 requests that Service desk sent in the period came back to it.",
        ),
        (
            found("reopened", reopened=4, resolved=71),
            "Reopened",
            "4 reopened in the period, 71 resolved.",
        ),
        (
            found("changes", "Corpus Christi", closures=1, taken_s=36_000),
            "Changes ahead: Corpus Christi",
            "1 closure takes 10 working hours before the next session.",
        ),
        (
            found("changes", closures=2, taken_s=37_800),
            "Changes ahead",
            "2 closures take 10.5 working hours before the next session.",
        ),
    ],
)
def test_a_found_topic_says_what_it_was_found_by(
    item: RunningItem, title: str, evidence: str
):
    words = printed(item)
    assert f"7 {title}" in words
    assert evidence in words
    assert "Wanted:" in words


def test_a_topic_of_ones_own_has_its_title_and_note_and_lines_to_write_on():
    own = replace(
        found(None), title="Keys of the archive", note="Who has them?\nSince when?"
    )
    words = printed(own)
    assert "Keys of the archive" in words
    assert "Who has them? Since when?" in words
    assert "Decision" in words
    assert "Wanted:" not in words


def test_a_note_stands_under_the_heading_of_any_item():
    whole = agenda()
    item = replace(whole.items[6], note="Bring the list of third groups.")
    content = agenda_pdf(replace(whole, items=(item,)))
    assert "Bring the list of third groups. Wanted:" in text_of(content)


def test_a_figure_that_is_not_on_record_is_a_dash():
    assert "– of – broken promises" in printed(found("pattern", "Permits"))


def test_a_title_of_ones_own_wins_over_the_words_of_its_rule():
    item = replace(found("reopened", reopened=4, resolved=71), title="Done twice")
    assert "7 Done twice" in printed(item)


def test_no_page_begins_with_the_note_of_a_table_on_the_page_before():
    whole = agenda()
    for people in range(14):
        invited = whole.attendance[:1] * people
        content = agenda_pdf(replace(whole, attendance=invited))
        for page in read(content).pages[1:]:
            start = page.extract_text()[:400]
            body = start.partition("Agenda\n")[2]
            assert not body.startswith(("And ", "Who held it", "Passes:")), body
