"""What screens read of requests that belong together, in few statements."""

from __future__ import annotations

from desktop.domain.links import LinkKind, LinkWay
from desktop.queries.budgets import promise_budget
from desktop.queries.counter import counter
from desktop.queries.links import (
    LinkMark,
    link_marks,
    linkable,
    links_of,
    merge_sides,
    part_choices,
)
from desktop.use_cases.links import link
from desktop.use_cases.requests import answer, ask, confirm, resolve
from desktop.use_cases.splitting import PartDraft, split
from tests.small_house import SmallHouse
from tests.use_cases.test_statements import statements

AGENT, PERMITS = "Dušan Kovač", "Vesna Stojanović"


def split_of(house: SmallHouse, count: int) -> tuple[int, tuple[int, ...]]:
    whole = house.raised()
    house.me(AGENT)
    permit = house.services["Building permit"]
    drafts = [PartDraft(f"Part {number}", permit) for number in range(count)]
    return whole, house.run(split, whole, drafts).parts


def test_links_are_seen_from_both_ends(any_small_house: SmallHouse) -> None:
    house = any_small_house
    whole, (part,) = split_of(house, 1)
    first = house.raised("First")
    house.run(link, first, LinkKind.BLOCKS, whole)
    seen = [
        (one.kind, one.way, one.row.reference, one.is_open)
        for one in house.read(links_of, whole)
    ]
    assert seen == [
        (LinkKind.BLOCKS, LinkWay.OTHER, "LR-0002", True),
        (LinkKind.PART_OF, LinkWay.OTHER, "BP-0001", True),
    ]
    (mine,) = house.read(links_of, part)
    assert (mine.way, mine.row.id) == (LinkWay.IS, whole)


def test_marks_count_what_is_open(any_small_house: SmallHouse) -> None:
    house = any_small_house
    whole, parts = split_of(house, 3)
    alone, blocked = house.raised("Alone"), house.raised("Blocked")
    house.run(link, whole, LinkKind.BLOCKS, blocked)
    house.me(PERMITS)
    house.run(resolve, parts[0])
    found = house.read(link_marks, [whole, alone, blocked, *parts[:1]])
    assert found == {
        whole: LinkMark(3, 2),
        blocked: LinkMark(blockers=1),
        parts[0]: LinkMark(whole="LR-0001"),
    }
    assert house.read(link_marks, []) == {}


def test_a_request_is_found_to_link_to_but_never_itself(
    small_house: SmallHouse,
) -> None:
    one, other = small_house.raised("Same words"), small_house.raised("Same words")
    assert [row.id for row in small_house.read(linkable, one, "same")] == [other]


def test_both_sides_of_a_merge_are_told(small_house: SmallHouse) -> None:
    house = small_house
    one = house.raised("One", customer="Nikola Tesla", body="In my words")
    other = house.raised("Other", by="Petar Ilić")
    ends, goes_on = house.read(merge_sides, (one, other))
    assert (ends.customer, ends.body, ends.entries, ends.files) == (
        "Nikola Tesla",
        "In my words",
        1,
        0,
    )
    assert (goes_on.front_unit, goes_on.unit) == ("Phone line", "Land registry")


def test_a_part_may_be_for_a_service_or_for_a_unit(small_house: SmallHouse) -> None:
    found = [(one.unit, one.service) for one in small_house.read(part_choices)]
    assert found[:2] == [
        ("Building permits", ""),
        ("Building permits", "Building permit"),
    ]
    assert ("Land registry", "Title extract") in found


def test_a_budget_takes_as_many_statements_however_many_parts(
    small_house: SmallHouse,
) -> None:
    sent = []
    for count in (1, 6):
        whole, _parts = split_of(small_house, count)
        with statements(small_house) as seen:
            view = small_house.desk.read(promise_budget, whole, small_house.now)
        assert len(view.parts) == count + 1
        sent.append(len(seen))
    assert sent[0] == sent[1] <= 20, sent


def test_what_belongs_together_takes_two_statements(small_house: SmallHouse) -> None:
    whole, parts = split_of(small_house, 4)
    for query, of in ((links_of, whole), (link_marks, [whole, *parts])):
        with statements(small_house) as seen:
            assert small_house.desk.read(query, of)
        assert len([one for one in seen if one.startswith(("SELECT", "WITH"))]) == 2


def test_a_clerk_sees_the_whole_and_what_its_parts_ask(
    any_small_house: SmallHouse,
) -> None:
    house = any_small_house
    whole, (asking, done) = split_of(house, 2)

    def seen() -> list[list[int]]:
        view = house.read(
            counter,
            unit_id=house.units["Central counter"],
            person_id=house.people["Jelena Marić"],
            day_start=house.now,
        )
        parts = (view.needs_you, view.on_the_way, view.done_today)
        return [[row.id for row in rows] for rows in parts]

    house.me(PERMITS)
    house.run(ask, asking, "Which wall?")
    house.run(resolve, done)
    assert seen() == [[asking], [whole], []]
    house.me("Jelena Marić")
    house.run(answer, asking, "The northern one")
    house.me(AGENT)
    house.run(resolve, whole, despite_open=True)
    house.me("Jelena Marić")
    house.run(confirm, whole)
    # What is done without its part leaves the part on its own way.
    assert seen() == [[], [asking], [whole]]
