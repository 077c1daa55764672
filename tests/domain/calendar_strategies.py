"""Random calendars, instants and holds for the properties of the clock."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from desktop.domain.calendars import CalendarSpec, Closure
from desktop.domain.clocks import Pause

ZONES = (
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "America/Sao_Paulo",  # changes at midnight
    "Australia/Lord_Howe",  # changes by half an hour
    "America/Havana",  # repeats the hour after midnight
    "Asia/Beirut",
    "Asia/Kathmandu",
    "Africa/Casablanca",
    "Pacific/Apia",  # skipped a whole day
    "America/St_Johns",
)

TURNING_DAYS = (
    date(2016, 3, 27),
    date(2016, 10, 30),
    date(2017, 3, 12),
    date(2017, 11, 5),
    date(2016, 10, 16),
    date(2017, 2, 19),
    date(2017, 4, 2),
    date(2017, 10, 1),
    date(2011, 12, 30),
    date(2016, 2, 29),
    date(2016, 12, 31),
    date(2018, 5, 1),
)

quarter_hours = st.integers(0, 95).map(lambda count: count * 900)


@st.composite
def intervals(draw: st.DrawFn) -> tuple[int, int]:
    """Draw an interval of a day; it may run over midnight."""
    start = draw(quarter_hours)
    return start, start + 900 * draw(st.integers(1, 48))


hours = st.lists(intervals(), max_size=3).map(tuple)


@st.composite
def days_near(draw: st.DrawFn, centre: date) -> date:
    """Draw a date within ten days of another."""
    return centre + timedelta(days=draw(st.integers(-10, 10)))


@st.composite
def closures(draw: st.DrawFn, centre: date) -> Closure:
    """Draw a closure: a day or several, whole or in part, once or every year."""
    start = draw(days_near(centre))
    end = start + timedelta(days=draw(st.integers(0, 4)))
    part = draw(st.none() | intervals())
    is_part = part is not None and part[1] <= 86_400
    return Closure(
        start,
        end,
        "closed",
        from_s=part[0] if part is not None and is_part else None,
        to_s=part[1] if part is not None and is_part else None,
        yearly=draw(st.booleans()),
    )


@st.composite
def specs(draw: st.DrawFn, centre: date) -> CalendarSpec:
    """Draw a calendar that has open time, eventful around a date."""
    weekly = draw(
        st.dictionaries(st.integers(0, 6), hours, min_size=2, max_size=7).filter(
            lambda week: any(week.values())
        )
    )
    return CalendarSpec(
        zone=draw(st.sampled_from(ZONES)),
        weekly=weekly,
        overrides=draw(st.dictionaries(days_near(centre), hours, max_size=3)),
        closures=draw(st.lists(closures(centre), max_size=3)),
    )


centres = st.sampled_from(TURNING_DAYS)


@st.composite
def minutes_near(draw: st.DrawFn, centre: date, zone: str) -> datetime:
    """Draw an aware instant on a whole minute within some days of a date."""
    noon = datetime(centre.year, centre.month, centre.day, 12, tzinfo=UTC)
    at = noon + timedelta(minutes=draw(st.integers(-5 * 1440, 5 * 1440)))
    return at.astimezone(ZoneInfo(zone)) if draw(st.booleans()) else at


@st.composite
def holds(draw: st.DrawFn, around: datetime) -> Pause:
    """Draw a hold; it may be open, empty, reversed, or reach before the start."""
    start = around + timedelta(minutes=draw(st.integers(-1440, 5 * 1440)))
    length = draw(st.none() | st.integers(-30, 3 * 1440))
    end = None if length is None else start + timedelta(minutes=length)
    return Pause(start, end, draw(st.integers(0, 9)))
