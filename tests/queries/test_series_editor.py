"""What the editor of a series shows: the next days, what a change would do."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desktop.domain.errors import Invalid, NotFound
from desktop.domain.rhythms import Rhythm
from desktop.domain.session_days import HolidayRule
from desktop.queries.series_editor import (
    change_effects,
    days_ahead,
    editor_choices,
    is_closed_on,
    series_form,
)
from desktop.queries.series_sessions import series_outlook, session_place
from desktop.use_cases.meeting_series import change_series, create_series
from tests.small_house import ZONE
from tests.use_cases.series import days, sessions, wanted


def shown(found) -> list[tuple[str, str]]:
    return [
        ((one.starts_at or one.rule_at).astimezone(ZONE).strftime("%d.%m."), one.laid)
        for one in found.days
    ]


def test_the_next_eight_days_are_shown_with_what_is_left_out(any_small_house):
    house = any_small_house
    said = replace(
        wanted(house),
        rule=Rhythm(weekdays=(2,)).rule(ZONE.key),
        starts_on=date(2026, 11, 10),
        holidays=HolidayRule.LATER,
        skipped_days=(date(2026, 11, 18),),
    )
    found = house.read(days_ahead, said, house.now)
    assert shown(found)[:3] == [
        ("12.11.", "later"),
        ("18.11.", "skipped"),
        ("25.11.", "rule"),
    ]
    assert sum(one.starts_at is not None for one in found.days) == 8
    assert not found.is_all


def test_a_rule_that_ends_shows_all_and_one_that_never_comes_none(small_house):
    house = small_house
    rule = Rhythm(weekdays=(1,), times=2).rule(ZONE.key)
    found = house.read(days_ahead, replace(wanted(house), rule=rule), house.now)
    assert (len(found.days), found.is_all, found.never) == (2, True, False)
    never = Rhythm(weekdays=(1,), until=date(2026, 11, 1)).rule(ZONE.key)
    said = replace(wanted(house), rule=never)
    assert house.read(days_ahead, said, house.now).never
    with pytest.raises(Invalid):
        house.read(days_ahead, replace(said, rule="every moon"), house.now)


def test_the_effects_told_are_those_that_come(any_small_house):
    house = any_small_house
    made = house.run(create_series, wanted(house))
    said = replace(wanted(house), rule=Rhythm(weekdays=(3,)).rule(ZONE.key))
    told = house.read(change_effects, made, said, house.now)
    done = house.run(change_series, made, said)
    assert told == tuple(one for one in done if one.fate != "stays")
    assert len(told) == 3


def test_a_change_that_leaves_nothing_is_refused_before_its_effects(small_house):
    house = small_house
    made = house.run(create_series, wanted(house))
    never = Rhythm(weekdays=(1,), until=date(2026, 11, 1)).rule(ZONE.key)
    with pytest.raises(Invalid) as refused:
        house.read(change_effects, made, replace(wanted(house), rule=never), house.now)
    assert (refused.value.field, refused.value.code) == ("rule", "never")


def test_a_series_comes_back_to_its_editor_as_it_was_said(any_small_house):
    house = any_small_house
    said = replace(wanted(house), skipped_days=(date(2026, 12, 1),), link="https://x.y")
    made = house.run(create_series, said)
    form = house.read(series_form, made)
    assert (form.said.name, form.said.rule, form.said.at) == (
        said.name,
        said.rule,
        said.at,
    )
    assert form.said.skipped_days == said.skipped_days
    assert form.said.standing == said.standing
    assert form.said.members[1:] == said.members
    before = days(house, made)
    house.run(change_series, made, form.said, expected_version=form.version)
    assert days(house, made) == before
    (beginning,) = house.read(editor_choices).beginnings
    assert (beginning.name, beginning.template_id) == (said.name, None)
    with pytest.raises(NotFound):
        house.read(series_form, 99)


def test_dialogs_are_told_when_and_where(any_small_house):
    house = any_small_house
    made = house.run(create_series, wanted(house))
    first = sessions(house, made)[0]
    place = house.read(session_place, first.id)
    assert (place.number, place.place, place.state) == (1, "Room 2", "planned")
    outlook = house.read(series_outlook, made, house.now)
    assert (outlook.to_come, outlook.usual.starts_at) == (3, first.starts_at)
    assert house.read(is_closed_on, made, date(2026, 11, 11))
    assert not house.read(is_closed_on, made, date(2026, 11, 12))
