"""What a first draft takes, and when each item begins."""

from dataclasses import replace
from itertools import pairwise

from desktop.domain.candidates import candidates
from desktop.domain.running_orders import Entry, draft, running_order
from tests.domain.small_cases import at, done, raised, told

TEN = at(14, 10)


def found():
    late = [raised(number, at(0)) for number in range(1, 11)]
    again = [
        raised(number, at(0), done(at(0, 9)), (at(0, 10), {"state": "active"}))
        for number in range(20, 24)
    ]
    return candidates(told(*late, *again))


def test_a_draft_takes_every_section_and_topics_while_minutes_last():
    offered = found()
    sections = [one for one in offered if one.kind != "topic"]
    needed = sum(one.minutes for one in sections)
    assert {one.kind for one in draft(offered, needed)} == {
        one.kind for one in sections
    }
    assert [one.rule for one in draft(offered, needed + 3) if one.kind == "topic"] == [
        "pattern"
    ]


def test_clock_times_follow_each_other():
    entries = [Entry.of(one) for one in draft(found(), 60)]
    items = running_order(entries, TEN, 60)
    assert items[0].starts_at == TEN
    for one, following in pairwise(items):
        gap = following.starts_at - one.starts_at
        assert gap.total_seconds() == one.minutes * 60
    assert [one.number for one in items] == list(range(1, len(items) + 1))


def test_what_does_not_fit_stays_in_the_list_without_a_time():
    entries = [Entry.of(one) for one in draft(found(), 60)]
    items = running_order(entries, TEN, 25)
    left_out = [one.kind for one in items if not one.reached]
    assert left_out
    assert not {"minutes", "other_business", "broken"} & set(left_out)
    assert sum(one.minutes for one in items if one.reached) <= 25


def test_an_item_tells_its_source_and_count():
    items = {
        one.kind: one
        for one in running_order([Entry.of(one) for one in found()], TEN, 90)
    }
    assert (items["broken"].source, items["broken"].count) == ("broken", 14)
    assert (items["minutes"].source, items["minutes"].count) == ("standing", None)
    assert items["topic"].source == "log"


def test_what_a_coordinator_wrote_is_the_coordinators():
    written = Entry("topic", 5, "decide", "chair", title="Parking", note="Two bays.")
    (item,) = running_order([written], TEN, 60)
    assert (item.source, item.title, item.note) == (
        "coordinator",
        "Parking",
        "Two bays.",
    )
    (named,) = running_order([replace(written, leader="Ana")], TEN, 60)
    assert named.leader == "Ana"
