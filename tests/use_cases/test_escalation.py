"""The house's own rules of escalation are kept, refused, taken back and obeyed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from desktop.domain.agreements import TargetKind
from desktop.domain.errors import Conflict, Forbidden, Invalid
from desktop.domain.escalation import (
    DEFAULT_RULES,
    Again,
    EscalationRule,
    Hours,
    KeptRule,
    NoticeKind,
    Recipient,
    Silencer,
)
from desktop.entities.journal import JournalEntry
from desktop.queries.escalation import escalation_rules, would_have_told
from desktop.queries.notices import inbox
from desktop.store.escalation_rows import kept_rules
from desktop.use_cases.escalation import keep_rule, put_back_rules, remove_rule
from desktop.use_cases.notice_acts import end_silence, silence
from desktop.use_cases.notices import sweep
from desktop.use_cases.requests import comment, take
from tests.small_house import ZONE, SmallHouse

CLERK, AGENT, OTHER = "Jelena Marić", "Dušan Kovač", "Ana Petrović"
BOSS = "Marko Ivić"
ALL = frozenset(TargetKind)


@pytest.fixture
def house(any_small_house: SmallHouse) -> SmallHouse:
    """Give the small house with its coordinator at the desk."""
    return any_small_house.me(BOSS)


def rule(**changes: Any) -> KeptRule:
    """Give a new rule: a broken promise is told to the coordinator by name, once."""
    made = EscalationRule(NoticeKind.BROKEN, ALL, (Recipient.PERSON,), person=5)
    return KeptRule(replace(made, **changes))


def told(house: SmallHouse, name: str) -> list[str]:
    rows = house.read(inbox, house.people[name], house.now).rows
    return [
        f"{row.kind} {row.clock_kind} {row.at.astimezone():%d}"
        for row in reversed(rows)
        if row.kind.is_warning
    ]


def only(house: SmallHouse, *wanted: KeptRule) -> None:
    """Make these all the rules there are."""
    who = house.desk.actor
    house.me(BOSS)
    house.run(put_back_rules, wanted, house.read(kept_rules))
    house.desk.sign_in(who)


def test_without_rules_the_standard_ones_hold_and_say_so(house: SmallHouse) -> None:
    page = house.read(escalation_rules)
    assert page.is_default
    assert tuple(one.rule for one in page.rules) == DEFAULT_RULES


def test_the_first_change_copies_the_standard_rules(house: SmallHouse) -> None:
    first = house.read(escalation_rules).rules[0]
    changed = replace(first, rule=replace(first.rule, hours=Hours.OWING))
    assert house.run(keep_rule, changed) == ()
    page = house.read(escalation_rules)
    assert not page.is_default
    assert [one.rule for one in page.rules] == [changed.rule, *DEFAULT_RULES[1:]]


def test_a_change_is_in_the_journal_and_can_be_taken_back(house: SmallHouse) -> None:
    before = house.run(keep_rule, rule(person=house.people[BOSS]))
    entry = house.read(
        lambda session: session.scalars(
            select(JournalEntry).where(JournalEntry.kind == "escalation_changed")
        ).one()
    )
    assert entry.actor_id == house.people[BOSS]
    assert len(entry.details["after"]) == len(DEFAULT_RULES) + 1
    house.run(put_back_rules, before, house.read(kept_rules))
    assert house.read(escalation_rules).is_default


def test_who_saves_second_is_refused(house: SmallHouse) -> None:
    house.run(keep_rule, rule(person=house.people[BOSS]))
    mine = house.read(kept_rules)[0]
    house.run(keep_rule, replace(mine, is_active=False))
    for act in (keep_rule, remove_rule):
        with pytest.raises(Conflict):
            house.run(act, mine)
    with pytest.raises(Conflict):
        house.run(put_back_rules, (), (mine,))


def test_an_agent_makes_no_rules(house: SmallHouse) -> None:
    with pytest.raises(Forbidden):
        house.me(AGENT).run(keep_rule, rule(person=house.people[BOSS]))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"kinds": frozenset()}, "kinds"),
        ({"tells": ()}, "tells"),
        ({"person": None}, "person"),
        ({"again": Again.EVERY_HOURS}, "again_every"),
        (
            {"again": Again.EVERY_HOURS, "again_every": timedelta(minutes=1)},
            "again_every",
        ),
        ({"again_for": timedelta(days=4000)}, "again_for"),
        ({"notice": NoticeKind.ASKED}, "notice"),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused_at_its_field(
    small_house: SmallHouse, changes: dict[str, object], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        small_house.me(BOSS).run(keep_rule, rule(**changes))
    assert refused.value.field == field


def test_a_rule_of_one_unit_speaks_of_that_unit(house: SmallHouse) -> None:
    me, permits = house.people[BOSS], house.units["Building permits"]
    only(house, rule(person=me, unit=permits))
    house.at(9, 9).raised()
    house.at(9, 9).raised(service="Building permit")
    house.at(9, 12)
    assert house.run(sweep, house.now) == 1
    assert told(house, BOSS) == ["broken response 09"]


def test_a_rule_switched_off_tells_nobody(house: SmallHouse) -> None:
    only(house, replace(rule(person=house.people[BOSS]), is_active=False))
    house.at(9, 9).raised()
    assert house.at(9, 12).run(sweep, house.now) == 0


def test_every_two_working_hours_until_somebody_acts(house: SmallHouse) -> None:
    only(
        house,
        rule(
            person=house.people[BOSS],
            again=Again.EVERY_HOURS,
            again_every=timedelta(hours=2),
        ),
    )
    request = house.at(9, 9).raised()
    # Late at 11; then, with the noon break and the closing at 16: 13:30, 15:30, 9:30.
    for day, hour, minute in ((9, 11, 0), (9, 13, 45), (9, 15, 30), (9, 22, 0)):
        house.at(day, hour, minute).run(sweep, house.now)
    house.at(10, 10).run(sweep, house.now)
    rows = house.read(inbox, house.people[BOSS], house.now).rows
    at = [f"{row.at.astimezone(ZONE):%d %H:%M}" for row in reversed(rows)]
    assert at == ["09 11:00", "09 13:30", "09 15:30", "10 09:30"]
    house.me(AGENT).run(comment, request, "On it.")
    house.at(10, 15).run(sweep, house.now)
    assert len(house.read(inbox, house.people[BOSS], house.now).rows) == 4


def test_around_the_clock_is_told_by_night(house: SmallHouse) -> None:
    me = house.people[BOSS]
    only(house, rule(person=me, hours=Hours.ALWAYS))
    house.at(10, 14).raised()
    # Late at 16:00 on Tuesday, just as the office closes for a holiday.
    house.at(10, 16, 5).run(sweep, house.now)
    assert told(house, BOSS) == ["broken response 10"]


def test_two_rules_that_tell_the_same_person_tell_it_once(house: SmallHouse) -> None:
    me = house.people[BOSS]
    daily = rule(person=me, again=Again.EACH_DAY, again_for=timedelta(days=14))
    only(house, rule(person=me), daily)
    house.at(9, 9).raised()
    for day in (9, 10, 12):
        house.at(day, 12).run(sweep, house.now)
    response = [one[-2:] for one in told(house, BOSS) if "response" in one]
    assert response == ["09", "10", "12"]


def test_the_holders_silence_is_everybodys(house: SmallHouse) -> None:
    tells = (Recipient.HOLDER, Recipient.PERSON)
    only(
        house,
        rule(
            person=house.people[BOSS],
            tells=tells,
            again=Again.EACH_DAY,
            silenced_by=frozenset({Silencer.HOLDER}),
        ),
    )
    request = house.at(9, 9).raised()
    house.at(9, 12).run(sweep, house.now)
    with pytest.raises(Forbidden):
        house.me(BOSS).run(silence, request)
    house.me(AGENT).run(silence, request)
    house.at(10, 7).run(sweep, house.now)
    assert told(house, BOSS) == ["broken response 09"]
    # The silence is over as the day begins.
    house.at(10, 9).run(sweep, house.now)
    assert told(house, BOSS) == ["broken response 09", "broken response 10"]


def test_a_silence_that_is_ended_warns_again(house: SmallHouse) -> None:
    request = house.at(9, 9).raised()
    house.me(AGENT).run(take, request)
    house.at(10, 15).run(sweep, house.now)
    house.me(AGENT).run(silence, request, until_moves=True)
    house.at(12, 15).run(sweep, house.now)
    assert told(house, AGENT) == ["at_risk resolution 10"]
    house.run(end_silence, request)
    house.run(sweep, house.now)
    assert told(house, AGENT)[1:] == ["broken resolution 12"]


def test_a_preview_counts_what_the_rule_then_tells(house: SmallHouse) -> None:
    """What a rule would have told is what the sweep of those days did tell."""
    mine = rule(
        person=house.people[BOSS], again=Again.EACH_DAY, again_for=timedelta(days=7)
    )
    only(house, mine)
    request = house.at(9, 9).raised()
    house.at(9, 10).raised(service="Building permit")
    for day in (9, 10, 11, 12, 13, 16, 17, 18, 19):
        house.at(day, 9).run(sweep, house.now)
        if day == 12:
            house.at(12, 9, 30).me(AGENT).run(comment, request, "Looking.")
        house.at(day, 17).run(sweep, house.now)
    really = told(house, BOSS)
    preview = house.read(would_have_told, mine.rule, house.now)
    assert preview.count == len(really)
    assert preview.told == ((BOSS, len(really)),)
    assert preview.requests == 2
