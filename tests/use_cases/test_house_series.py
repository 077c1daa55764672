"""Series out of a house file: made, changed with what they planned, written again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

from sqlalchemy import select

from desktop.domain.house import HouseMember, HouseSeries, HouseStanding
from desktop.domain.print_options import PrintOptions
from desktop.domain.requests import Side
from desktop.domain.session_days import HolidayRule
from desktop.entities.meetings import MeetingSeries
from desktop.queries.houses import house_of
from desktop.use_cases.houses import apply_house
from desktop.use_cases.meeting_series import end_series
from desktop.use_cases.sessions_planning import plan_all
from tests.small_house import ZONE, SmallHouse
from tests.use_cases.series import days, sessions

SERIES = HouseSeries(
    name="Counter and registry",
    front="Central counter",
    back="Land registry",
    rule="FREQ=WEEKLY;INTERVAL=1;BYDAY=TU",
    starts_on=date(2026, 11, 17),
    at=time(9, 30),
    zone=ZONE.key,
    length_min=45,
    place="Room 2",
    chair="Marko Ivić",
    minute_taker=None,
    members=(
        HouseMember("Marko Ivić", Side.BACK, "chair", "Ana Petrović"),
        HouseMember("Jelena Marić", Side.FRONT),
    ),
    link="https://meet.example/room",
    skipped_days=(date(2026, 12, 29),),
    holidays=HolidayRule.EARLIER,
    ahead=3,
    standing=(HouseStanding("Safety first", 3, "decide", "Ana Petrović", "minutes"),),
    printed=PrintOptions(slips=True, size="letter"),
)


def applied(house: SmallHouse, series: HouseSeries) -> int:
    """Apply the house as it is, with one series; return its id."""
    known = house.read(house_of, house.now)
    house.run(apply_house, replace(known, series=(series,)), years=[2026])
    return house.read(lambda session: session.scalars(select(MeetingSeries.id)).one())


def test_a_series_is_written_again_as_it_was_read(any_small_house):
    house = any_small_house
    house.me("Marko Ivić")
    applied(house, SERIES)
    assert house.read(house_of, house.now).series == (SERIES,)
    other = replace(SERIES, standing=(), members=SERIES.members[:1], link="")
    applied(house, other)
    assert house.read(house_of, house.now).series == (other,)


def test_a_changed_rule_moves_what_is_planned(any_small_house):
    house = any_small_house
    house.me("Marko Ivić")
    made = applied(house, SERIES)
    house.run(plan_all)
    assert days(house, made) == ["17.11. 09:30", "24.11. 09:30", "01.12. 09:30"]
    applied(house, replace(SERIES, rule="FREQ=WEEKLY;INTERVAL=1;BYDAY=TH"))
    assert days(house, made) == ["19.11. 09:30", "26.11. 09:30", "03.12. 09:30"]
    assert [one.sequence for one in sessions(house, made)] == [1, 1, 1]
    assert house.run(plan_all) == 0


def test_a_series_that_has_ended_is_not_written(small_house):
    house = small_house
    house.me("Marko Ivić")
    made = applied(house, SERIES)
    house.run(end_series, made, "")
    assert house.read(house_of, house.now).series == ()
