"""A service calendar counts open time as people would, through every odd day."""

import json
import threading
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from desktop.domain.calendars import (
    CalendarSpec,
    Closure,
    ServiceCalendar,
    Span,
    time_of_day,
)
from desktop.domain.errors import Invalid

HOUR = timedelta(hours=1)
BERLIN = ZoneInfo("Europe/Berlin")


def h(hours: float) -> int:
    """Give hours in seconds."""
    return int(hours * 3600)


def at(*parts: int, zone: ZoneInfo = BERLIN, fold: int = 0) -> datetime:
    """Give an instant by its wall time."""
    year, month, day, hour, minute = (*parts, 0, 0)[:5]
    return datetime(year, month, day, hour, minute, tzinfo=zone, fold=fold)


def calendar(
    weekly: dict[int, Any] | None = None, zone: str = "Europe/Berlin", **more: Any
) -> ServiceCalendar:
    """Compile a calendar; Monday to Friday 08 to 12 and 13 to 17 unless told."""
    week = {day: [(h(8), h(12)), (h(13), h(17))] for day in range(5)}
    hours = week if weekly is None else weekly
    return ServiceCalendar(CalendarSpec(zone, hours, **more))


ALWAYS = {day: [(0, h(24))] for day in range(7)}
SUNDAYS = {6: [(h(0), h(24))]}


def test_a_lunch_break_and_a_night_do_not_count() -> None:
    assert calendar().due(at(2026, 11, 9, 11), 2 * HOUR) == at(2026, 11, 9, 14)
    assert calendar().due(at(2026, 11, 9, 16), 2 * HOUR) == at(2026, 11, 10, 9)
    assert calendar().elapsed(at(2026, 11, 6, 16), at(2026, 11, 9, 9)) == 2 * HOUR


def test_used_up_exactly_at_closing_is_due_at_closing() -> None:
    assert calendar().due(at(2026, 11, 9, 8), 8 * HOUR) == at(2026, 11, 9, 17)
    assert calendar().due(at(2026, 11, 9, 8), 4 * HOUR) == at(2026, 11, 9, 12)


def test_zero_is_due_at_once_or_at_the_next_opening() -> None:
    nothing = timedelta()

    assert calendar().due(at(2026, 11, 9, 9, 5), nothing) == at(2026, 11, 9, 9, 5)
    assert calendar().due(at(2026, 11, 9, 12), nothing) == at(2026, 11, 9, 13)
    assert calendar().due(at(2026, 11, 7, 9), nothing) == at(2026, 11, 9, 8)


def test_closing_time_is_closed_and_opening_time_is_open() -> None:
    assert calendar().is_open(at(2026, 11, 9, 8))
    assert not calendar().is_open(at(2026, 11, 9, 12))
    assert calendar().next_open(at(2026, 11, 9, 12)) == at(2026, 11, 9, 13)


def test_a_reversed_range_is_nothing() -> None:
    assert calendar().elapsed(at(2026, 11, 10, 9), at(2026, 11, 9, 9)) == timedelta()
    assert list(calendar().spans(at(2026, 11, 10, 9), at(2026, 11, 9, 9))) == []
    assert calendar().closures_between(at(2026, 11, 10), at(2026, 11, 9)) == []


def test_answers_are_exact_to_the_microsecond_and_in_utc() -> None:
    tick = timedelta(microseconds=1)
    due = calendar().due(at(2026, 11, 9, 8) + tick, 8 * HOUR - 2 * tick)

    assert due == at(2026, 11, 9, 17) - tick
    assert due.tzinfo is UTC


def test_a_day_of_the_spring_change_has_an_hour_less() -> None:
    sundays = calendar(SUNDAYS)

    assert sundays.elapsed(at(2026, 3, 29), at(2026, 3, 30)) == 23 * HOUR
    assert sundays.elapsed(at(2026, 10, 25), at(2026, 10, 26)) == 25 * HOUR


def test_an_edge_in_the_hour_that_is_skipped_moves_forward() -> None:
    early = calendar({6: [(h(2.5), h(5))]})

    assert early.next_open(at(2026, 3, 29)) == at(2026, 3, 29, 3, 30)
    assert early.elapsed(at(2026, 3, 29), at(2026, 3, 30)) == 1.5 * HOUR


def test_hours_wholly_inside_the_skipped_hour_move_with_it() -> None:
    lost = calendar({6: [(h(2), h(2.5))]})

    spans = list(lost.spans(at(2026, 3, 29), at(2026, 3, 30)))

    assert spans == [Span(at(2026, 3, 29, 3), at(2026, 3, 29, 3, 30))]


def test_an_edge_in_the_hour_that_comes_twice_means_the_first_pass() -> None:
    opens = calendar({6: [(h(2.5), h(4))]})
    closes = calendar({6: [(h(1), h(2.5))]})
    day = (at(2026, 10, 25), at(2026, 10, 26))

    assert opens.elapsed(*day) == 2.5 * HOUR
    assert closes.elapsed(*day) == 1.5 * HOUR
    assert not closes.is_open(at(2026, 10, 25, 2, 15, fold=1))


def test_a_zone_that_changes_at_midnight_keeps_its_days() -> None:
    zone = ZoneInfo("America/Sao_Paulo")
    sundays = calendar(SUNDAYS, "America/Sao_Paulo")
    start, end = at(2016, 10, 16, zone=zone), at(2016, 10, 17, zone=zone)

    assert sundays.elapsed(start, end) == 23 * HOUR
    assert sundays.next_open(at(2016, 10, 15, zone=zone)) == start.astimezone(UTC)


def test_a_date_the_zone_skipped_has_no_hours() -> None:
    zone = ZoneInfo("Pacific/Apia")
    fridays = calendar({4: [(h(9), h(17))]}, "Pacific/Apia")

    spans = list(fridays.spans(at(2011, 12, 28, zone=zone), at(2012, 1, 5, zone=zone)))

    assert spans == []


def test_hours_over_midnight_belong_to_the_day_they_begin_on() -> None:
    nights = calendar({4: [(h(22), h(30))]})

    assert nights.elapsed(at(2026, 11, 6, 22), at(2026, 11, 7, 6)) == 8 * HOUR
    assert nights.due(at(2026, 11, 6, 23), 9 * HOUR) == at(2026, 11, 14)


def test_a_closed_date_cuts_a_night_at_midnight() -> None:
    saturday = Closure(date(2026, 11, 7), date(2026, 11, 7), "Stocktaking")
    nights = calendar({4: [(h(22), h(30))]}, closures=[saturday])

    spans = list(nights.spans(at(2026, 11, 6), at(2026, 11, 8)))

    assert spans == [Span(at(2026, 11, 6, 22), at(2026, 11, 7))]


def test_hours_of_a_date_replace_those_beginning_on_it() -> None:
    short = calendar(overrides={date(2026, 12, 24): [(h(8), h(11))]})
    none = calendar(overrides={date(2026, 12, 24): []})
    day = (at(2026, 12, 24), at(2026, 12, 25))

    assert short.elapsed(*day) == 3 * HOUR
    assert none.elapsed(*day) == timedelta()


def test_hours_of_a_date_open_a_day_that_is_closed_every_week() -> None:
    saturday = calendar(overrides={date(2026, 11, 7): [(h(9), h(10))]})

    assert saturday.due(at(2026, 11, 6, 17), HOUR) == at(2026, 11, 7, 10)


def test_a_closure_wins_over_hours_of_a_date() -> None:
    day = date(2026, 11, 9)
    both = calendar(
        overrides={day: [(h(8), h(20))]},
        closures=[Closure(day, day, "Holiday")],
    )

    assert both.next_open(at(2026, 11, 9, 8)) == at(2026, 11, 10, 8)


def test_a_part_of_a_day_can_be_closed() -> None:
    day = date(2026, 11, 9)
    staff = Closure(day, day, "Staff meeting", from_s=h(11), to_s=h(14))

    spans = list(calendar(closures=[staff]).spans(at(2026, 11, 9), at(2026, 11, 10)))

    assert spans == [
        Span(at(2026, 11, 9, 8), at(2026, 11, 9, 11)),
        Span(at(2026, 11, 9, 14), at(2026, 11, 9, 17)),
    ]


def test_a_yearly_closure_runs_across_new_year_in_every_year() -> None:
    break_ = Closure(date(2020, 12, 24), date(2020, 1, 2), "Year's end", yearly=True)
    closed = calendar(closures=[break_])

    for year in (1975, 2020, 2026, 2099):
        opens = closed.next_open(at(year, 12, 24, 8)).astimezone(BERLIN)
        assert (opens.year, opens.month) == (year + 1, 1)
        assert opens.day >= 3


def test_a_yearly_closure_of_29_february_is_kept_in_leap_years_only() -> None:
    leap = Closure(date(2024, 2, 29), date(2024, 2, 29), "Leap day", yearly=True)
    closed = calendar(ALWAYS, closures=[leap])

    assert not closed.is_open(at(2028, 2, 29, 9))
    assert closed.elapsed(at(2027, 2, 28), at(2027, 3, 2)) == 48 * HOUR


def test_open_around_the_clock_is_one_span_across_the_years() -> None:
    spans = list(calendar(ALWAYS, "UTC").spans(at(2019, 6, 1), at(2024, 6, 1)))

    assert spans == [Span(at(2019, 6, 1), at(2024, 6, 1))]


def test_touching_and_overlapping_hours_are_one() -> None:
    pieces = calendar({0: [(h(10), h(12)), (h(8), h(10)), (h(9), h(11))]})

    spans = list(pieces.spans(at(2026, 11, 9), at(2026, 11, 10)))

    assert spans == [Span(at(2026, 11, 9, 8), at(2026, 11, 9, 12))]


def test_a_long_amount_reaches_over_years() -> None:
    weekdays = 261 + 261 + 260

    due = calendar().due(at(2026, 1, 1), weekdays * 8 * HOUR)

    assert due == at(2028, 12, 29, 17)


def test_questions_in_any_order_get_the_same_answers() -> None:
    forward, backward = calendar(), calendar()
    years = [2030, 1970, 2100, 2016, 1999]

    first = {y: forward.elapsed(at(y, 2, 1), at(y, 9, 1)) for y in years}
    second = {y: backward.elapsed(at(y, 2, 1), at(y, 9, 1)) for y in reversed(years)}

    assert first == second
    assert forward.elapsed(at(2016, 5, 2), at(2016, 5, 3)) == 8 * HOUR


def test_one_calendar_may_be_asked_by_many_threads() -> None:
    shared = calendar()
    answers: list[timedelta] = []

    def ask(year: int) -> None:
        answers.append(shared.elapsed(at(year, 5, 4), at(year, 5, 4) + 70 * 24 * HOUR))

    threads = [threading.Thread(target=ask, args=(2000 + n,)) for n in range(24)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert answers == [400 * HOUR] * 24


def test_closures_in_a_range_are_told_with_what_they_took() -> None:
    spec_closures = [
        Closure(date(2026, 11, 11), date(2026, 11, 11), "Armistice Day", yearly=True),
        Closure(date(2026, 11, 8), date(2026, 11, 8), "A Sunday anyway"),
        Closure(date(2026, 11, 10), date(2026, 11, 20), "Move", h(15), h(24)),
    ]
    told = calendar(closures=spec_closures).closures_between(
        at(2026, 11, 7), at(2026, 11, 12, 8)
    )

    assert [(one.closure.name, one.taken / HOUR) for one in told] == [
        ("A Sunday anyway", 0),
        ("Move", 4),
        ("Armistice Day", 8),
    ]
    assert (told[1].first, told[1].last) == (date(2026, 11, 10), date(2026, 11, 20))


def test_closed_for_good_is_closed_and_a_due_time_after_it_is_refused() -> None:
    end = Closure(date(2027, 1, 1), date(9999, 12, 31), "Moved to the new house")
    closing = calendar(closures=[end])

    assert closing.elapsed(at(2026, 12, 31), at(2090, 1, 1)) == 8 * HOUR
    with pytest.raises(Invalid) as refusal:
        closing.due(at(2026, 12, 31), 9 * HOUR)
    assert refusal.value.code == "beyond_calendar"


@pytest.mark.parametrize(
    ("weekly", "more"),
    [
        ({}, {}),
        ({0: []}, {}),
        ({}, {"overrides": {date(2026, 1, 1): []}}),
        (None, {"closures": [Closure(date(1900, 1, 1), date(9999, 12, 31))]}),
        (
            {0: [(h(8), h(9))]},
            {"closures": [Closure(date(2000, 1, 1), date(2000, 12, 31), yearly=True)]},
        ),
    ],
)
def test_a_calendar_that_never_opens_is_refused(
    weekly: dict[int, Any] | None, more: dict[str, Any]
) -> None:
    with pytest.raises(Invalid) as refusal:
        calendar(weekly, **more)

    assert (refusal.value.field, refusal.value.code) == ("weekly", "never_open")


@pytest.mark.parametrize(
    "zone", ["Mars/Olympus", "", "../etc/passwd", "/etc/passwd", "Europe", "a\0b"]
)
def test_a_zone_that_does_not_exist_is_refused(zone: str) -> None:
    with pytest.raises(Invalid) as refusal:
        calendar(zone=zone)

    assert (refusal.value.field, refusal.value.code) == ("zone", "unknown_zone")


@pytest.mark.parametrize(
    "interval", [(h(9), h(9)), (h(9), h(8)), (-1, h(8)), (h(24), h(25)), (0, h(49))]
)
def test_hours_that_make_no_sense_are_refused(interval: tuple[int, int]) -> None:
    with pytest.raises(Invalid) as refusal:
        CalendarSpec("UTC", {0: [interval]})

    assert refusal.value.code == "bad_interval"


def test_instants_outside_the_calendars_years_are_refused() -> None:
    for moment in (
        datetime(1969, 12, 31, tzinfo=UTC),
        datetime(2101, 1, 2, tzinfo=UTC),
    ):
        with pytest.raises(Invalid) as refusal:
            calendar().is_open(moment)
        assert refusal.value.code == "out_of_years"


def test_an_instant_without_a_zone_is_a_mistake() -> None:
    with pytest.raises(TypeError):
        calendar().is_open(at(2026, 1, 1).replace(tzinfo=None))


def test_a_negative_amount_is_refused() -> None:
    with pytest.raises(Invalid) as refusal:
        calendar().due(at(2026, 1, 1), -HOUR)

    assert refusal.value.field == "amount"


def test_a_specification_goes_through_json_and_back() -> None:
    spec = CalendarSpec(
        "America/Sao_Paulo",
        {0: [(h(8), h(12))], 4: [(h(22), h(30))]},
        {date(2026, 12, 24): [(h(8), h(11))], date(2026, 12, 31): []},
        [
            Closure(date(2026, 5, 1), date(2026, 5, 1), "Worker's Day", yearly=True),
            Closure(date(2026, 6, 1), date(2026, 6, 2), "Move", from_s=0, to_s=h(9)),
        ],
        "Registry",
        3,
    )

    again = CalendarSpec.from_data(json.loads(json.dumps(spec.to_data())))

    assert again == spec
    assert hash(again) == hash(spec)


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"zone": "UTC", "weekly": {"monday": []}},
        {"zone": "UTC", "weekly": {"7": [[0, 1]]}},
        {"zone": "UTC", "weekly": {"0": [[1]]}},
        {"zone": "UTC", "weekly": []},
        {"zone": "UTC", "overrides": {"2026-13-01": []}},
        {"zone": "UTC", "closures": [{"start": "soon"}]},
        {"zone": "UTC", "closures": [{"start": "2026-01-02", "end": "2026-01-01"}]},
        {"zone": "UTC", "closures": [{"start": "2026-01-02", "from_s": "9"}]},
        {"zone": "UTC", "closures": [{"start": "2026-01-02", "name": "x" * 501}]},
    ],
)
def test_data_that_is_no_calendar_is_refused(data: dict[str, Any]) -> None:
    with pytest.raises(Invalid):
        CalendarSpec.from_data(data)


def test_times_of_day_are_read_as_people_write_them() -> None:
    read = [time_of_day(text) for text in ("9:30", "09:30:15", "24:00", " 0:00 ")]

    assert read == [34200, 34215, 86400, 0]
    for text in ("", "24:01", "9", "09:60", "-1:00", "9h", "٠٩:٣٠:x"):
        with pytest.raises(Invalid):
            time_of_day(text, "from")


def test_a_calendar_open_on_single_dates_only_is_open_then() -> None:
    only = calendar({}, overrides={date(2026, 12, 31): [(h(22), h(30))]})

    assert only.elapsed(at(2020, 1, 1), at(2040, 1, 1)) == 8 * HOUR
