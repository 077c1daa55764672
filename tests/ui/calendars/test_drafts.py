"""A calendar while it is changed: steps, the way back, two people at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from desktop.domain.calendars import CalendarSpec, Closure
from ui.calendars.days import year_states
from ui.calendars.draft import (
    Draft,
    Plan,
    is_same,
    rebased,
    with_closures,
    with_hours,
    with_week,
    without_closure,
    without_week,
)

EIGHT = ((8 * 3600, 16 * 3600),)
NINE = ((9 * 3600, 17 * 3600),)
SPEC = CalendarSpec("UTC", dict.fromkeys(range(5), EIGHT), name="Office")
MAY_DAY = Closure(date(2026, 5, 1), date(2026, 5, 1), "May Day")
SUMMER = Closure(date(2026, 7, 6), date(2026, 7, 17), "Summer")


def test_steps_are_taken_back_and_again_until_nothing_is_changed(qapp):
    draft = Draft()
    draft.load(Plan(SPEC))
    assert not draft.can_undo()
    draft.put_spec(with_closures(draft.spec, [MAY_DAY]))
    draft.put_spec(with_closures(draft.spec, [MAY_DAY]))
    draft.put_spec(replace(draft.spec, name="Counter"))
    assert draft.undo()
    assert draft.spec.closures == (MAY_DAY,)
    assert draft.undo()
    assert not draft.is_changed
    assert not draft.undo()
    assert draft.redo()
    assert draft.spec.closures == (MAY_DAY,)
    draft.discard()
    assert not draft.is_changed
    assert draft.undo()
    assert draft.is_changed


def test_the_version_is_no_change_and_neither_is_the_order_of_closures():
    one = Plan(with_closures(SPEC, [MAY_DAY, SUMMER]))
    other = Plan(replace(SPEC, version=9, closures=(SUMMER, MAY_DAY)))
    assert is_same(one, other)
    assert not is_same(one, replace(one, country="RS"))


def test_hours_from_a_date_are_added_changed_and_taken_away():
    since = date(2027, 1, 1)
    spec = with_week(SPEC, since, {0: NINE})
    assert spec.weekly_on(date(2026, 12, 28)) == SPEC.weekly
    assert spec.weekly_on(date(2027, 1, 4)) == {0: NINE}
    spec = with_week(spec, since, {1: NINE})
    assert [one.weekly for one in spec.later] == [{1: NINE}]
    assert is_same(Plan(without_week(spec, since)), Plan(SPEC))


def test_dates_get_hours_of_their_own_and_their_usual_ones_again():
    first, last = date(2026, 12, 24), date(2026, 12, 25)
    spec = with_hours(SPEC, first, last, NINE)
    states = year_states(spec, 2026)
    assert [states[day].kind for day in (first, last)] == ["own", "own"]
    assert states[first].hours == NINE
    assert with_hours(spec, first, last, None).overrides == {}


def test_each_day_of_a_year_has_its_kind():
    spec = replace(
        with_hours(SPEC, date(2026, 6, 1), date(2026, 6, 1), ()),
        closures=(
            MAY_DAY,
            Closure(date(2025, 12, 30), date(2025, 1, 2), "Turn", yearly=True),
            Closure(date(2026, 3, 2), date(2026, 3, 2), "Half", 43_200, 86_400),
            Closure(date(2026, 1, 7), date(2026, 1, 7), "X", is_public_holiday=True),
        ),
        closed_from=date(2026, 12, 1),
    )
    states = year_states(spec, 2026)
    kinds = {
        date(2026, 5, 1): "closed",
        date(2026, 1, 1): "closed",
        date(2026, 1, 2): "closed",
        date(2026, 1, 5): "open",
        date(2026, 1, 7): "holiday",
        date(2026, 3, 2): "part",
        date(2026, 1, 4): "off",
        date(2026, 6, 1): "closed",
        date(2026, 11, 30): "open",
        date(2026, 12, 30): "good",
    }
    assert {day: states[day].kind for day in kinds} == kinds
    assert len(states) == 365


def test_what_two_changed_apart_from_each_other_is_put_together():
    base = Plan(with_closures(SPEC, [MAY_DAY]), "RS")
    mine = replace(
        base,
        spec=replace(
            with_closures(without_closure(base.spec, MAY_DAY), [SUMMER]),
            weekly={**SPEC.weekly, 0: NINE},
        ),
    )
    other = Closure(date(2026, 8, 3), date(2026, 8, 3), "Theirs")
    theirs = replace(
        base,
        spec=replace(
            with_closures(base.spec, [other]),
            name="Counter",
            weekly={0: EIGHT, 1: NINE},
        ),
        country="ME",
    )
    both = rebased(base, mine, theirs)
    assert both.spec.name == "Counter"
    assert both.country == "ME"
    assert both.spec.closures == (SUMMER, other)
    assert both.spec.weekly == {0: NINE, 1: NINE}


def test_where_both_changed_the_same_mine_is_kept():
    mine = Plan(replace(SPEC, name="Mine", zone="Europe/Belgrade"))
    theirs = Plan(replace(SPEC, name="Theirs"))
    both = rebased(Plan(SPEC), mine, theirs)
    assert (both.spec.name, both.spec.zone) == ("Mine", "Europe/Belgrade")
