"""What is before somebody today, by their roles, on both databases."""

from __future__ import annotations

import pytest

from desktop.domain.requests import PendingReason
from desktop.entities.units import PersonRole, Role
from desktop.queries.request_rows import QueueRow
from desktop.queries.today import Day, TodaySection, today
from desktop.store.unit_of_work import UnitOfWork
from desktop.use_cases.approvals import ask_approval
from desktop.use_cases.requests import assign, hold, take
from tests.small_house import ZONE, SmallHouse

AGENT, OTHER, BOSS = "Dušan Kovač", "Ana Petrović", "Marko Ivić"


@pytest.fixture
def house(any_small_house: SmallHouse) -> SmallHouse:
    """Give the small house with an agent at the desk."""
    return any_small_house.me(AGENT)


def day(house: SmallHouse, name: str, *roles: str) -> dict[str, list[str]]:
    unit = house.units["Land registry"]
    who = Day(house.people[name], unit, frozenset(roles), house.now, ZONE)
    return {
        part.section.value: [
            one.subject if isinstance(one, QueueRow) else type(one).__name__
            for one in part.lines
        ]
        for part in house.read(today, who)
    }


def taken(house: SmallHouse, subject: str) -> int:
    request = house.raised(subject)
    house.run(take, request)
    return request


def test_an_agents_day(house: SmallHouse) -> None:
    house.at(9, 9)
    taken(house, "Late")
    house.at(9, 9, 30).raised("Nobody has it")
    house.at(12, 8)
    taken(house, "Later")
    other = taken(house, "Somebody else's")
    house.run(assign, other, house.people[OTHER])
    for subject, looked_at in (("Look", 12), ("Look tomorrow", 13)):
        held = taken(house, subject)
        at = house.at(looked_at, 15).now
        house.at(12, 8).run(hold, held, PendingReason.CUSTOMER, follow_up_at=at)
    house.at(12, 10, 15)
    assert day(house, AGENT, "agent") == {
        "overdue": ["Late"],
        "due_today": ["Nobody has it"],
        "follow_up": ["Look"],
        "mine": ["Later", "Look tomorrow"],
    }


def test_who_leads_sees_what_broke_and_what_will(house: SmallHouse) -> None:
    house.at(9, 9)
    taken(house, "Broken")
    house.at(10, 9)
    taken(house, "At risk")
    house.at(12, 14, 30)
    taken(house, "Safe")
    assert day(house, BOSS, "coordinator") == {
        "broken_today": ["Broken"],
        "at_risk": ["At risk"],
    }
    # On the next day it is old news: the queue has it.
    house.at(13, 8)
    assert "broken_today" not in day(house, BOSS, "coordinator")


def test_a_request_stands_once_also_for_who_works_and_leads(house: SmallHouse) -> None:
    house.at(9, 9)
    taken(house, "Broken")
    house.at(12, 14, 30)
    found = day(house, AGENT, "agent", "coordinator")
    assert found == {TodaySection.OVERDUE.value: ["Broken"]}


def test_an_approval_waits_for_whoever_is_asked(house: SmallHouse) -> None:
    def hire(work: UnitOfWork) -> None:
        person = house.people[BOSS]
        work.session.add(PersonRole(person_id=person, role=Role.MANAGER))

    house.run(hire)
    request = taken(house, "Costly")
    house.run(ask_approval, request, [[house.people[BOSS]]], "Shall we?")
    assert day(house, BOSS, "manager")["approvals"] == ["ApprovalRow"]
    assert "approvals" not in day(house, OTHER, "agent")
