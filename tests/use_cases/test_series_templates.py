"""Series as templates: kept by name, begun from again, whatever is in them."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.errors import Invalid, NotFound
from desktop.domain.rhythms import LAST, Rhythm
from desktop.domain.series_templates import Beginning
from desktop.domain.session_days import HolidayRule
from desktop.queries.series_editor import templates
from desktop.use_cases.series_templates import remove_template, save_template
from tests.use_cases.series import wanted


def test_a_template_is_kept_by_name_and_replaced(any_small_house):
    house = any_small_house
    said = replace(
        wanted(house), holidays=HolidayRule.LATER, ahead=5, options={"slips": True}
    )
    like = Beginning.like(said)
    kept = house.run(save_template, " Fortnightly  review ", like, uuid.UUID(int=1))
    assert house.run(save_template, "x", like, uuid.UUID(int=1)) == kept
    again = house.run(save_template, "X", replace(like, minutes=30), uuid.uuid4())
    (row,) = house.read(templates)
    assert (row.template_id, row.name) == (again, "X")
    begun = row.begun
    assert begun.rhythm == Rhythm(interval=2, weekdays=(1,))
    assert (begun.at, begun.minutes, begun.ahead) == (time(9, 30), 30, 5)
    assert (begun.holidays, begun.options) == (HolidayRule.LATER, {"slips": True})
    assert [one.title for one in begun.standing] == ["Round the table"]
    house.run(remove_template, again)
    assert house.read(templates) == ()
    with pytest.raises(NotFound):
        house.run(remove_template, again)


def test_a_template_without_a_name_is_refused(small_house):
    said = Beginning.like(wanted(small_house))
    with pytest.raises(Invalid) as refused:
        small_house.run(save_template, " ", said, uuid.uuid4())
    assert (refused.value.field, refused.value.code) == ("name", "missing")


@pytest.mark.parametrize(
    ("rhythm", "begun"),
    [
        (None, Rhythm(interval=2, weekdays=(3,))),
        (Rhythm(interval=4, weekdays=(0,)), Rhythm(interval=4, weekdays=(3,))),
        (Rhythm(weekdays=(1, 3)), Rhythm(weekdays=(1, 3))),
        (
            Rhythm("months", 2, (0,), 1),
            Rhythm("months", 2, (3,), 3),
        ),
        (Rhythm("months", month_day=2), Rhythm("months", month_day=19)),
        (Rhythm("months", month_day=LAST), Rhythm("months", month_day=LAST)),
    ],
)
def test_a_rhythm_begins_on_the_day_it_is_begun(rhythm, begun):
    assert Beginning(rhythm=rhythm).on(date(2026, 11, 19)) == begun


json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(max_size=6), inner, max_size=3)
    ),
)
names = st.sampled_from(["rule", "at", "minutes", "holidays", "ahead", "standing"])


@given(st.dictionaries(names, json))
def test_a_damaged_template_begins_as_usual(content):
    begun = Beginning.of(content)
    assert 5 <= begun.minutes <= 480
    assert begun.on(date(2026, 11, 19)).rule("UTC")
