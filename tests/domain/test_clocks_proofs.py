"""A due time can be proven: INC0023670 of the log, and the lines other clocks give."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from desktop.domain.calendars import CalendarSpec, Closure, ServiceCalendar
from desktop.domain.clocks import Pause, ProofLine, ServiceClock

ZONE = ZoneInfo("America/Sao_Paulo")
HOUR = timedelta(hours=1)
WORKERS_DAY = Closure(date(2016, 5, 1), date(2016, 5, 1), "Worker's Day")
CORPUS_CHRISTI = Closure(date(2016, 5, 26), date(2016, 5, 26), "Corpus Christi")
CALENDAR = ServiceCalendar(
    CalendarSpec(
        "America/Sao_Paulo",
        {day: [(8 * 3600, 18 * 3600)] for day in range(5)},
        closures=[WORKERS_DAY, CORPUS_CHRISTI],
    )
)


def on(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    """Give an instant of 2016 by its local time."""
    return datetime(2016, month, day, hour, minute, tzinfo=ZONE)


INC0023670 = ServiceClock(
    CALENDAR,
    16 * HOUR,
    on(4, 28, 11, 34),
    [
        Pause(on(4, 28, 13, 36), on(4, 29, 15, 53), "Service desk"),
        Pause(on(4, 29, 15, 53), on(5, 3, 14, 35), "Requester"),
        Pause(on(5, 11, 8, 42), on(5, 11, 9, 2), "Group 28"),
        Pause(on(5, 11, 9, 2), on(5, 12, 12, 12), "Group 54"),
    ],
)
AS_AT = on(5, 16, 8)


def told(line: ProofLine) -> tuple[str, str, str, str]:
    """Write a line as the paper does: kind, from, until, open time in h:mm."""
    start, end = (one.astimezone(ZONE) for one in (line.start, line.end))
    minutes = line.open_time // timedelta(minutes=1)
    return (
        str(line.kind),
        f"{start:%d %b %H:%M}",
        f"{end:%d %b %H:%M}",
        f"{minutes // 60}:{minutes % 60:02}",
    )


def test_a_request_of_the_log_is_proven_line_by_line() -> None:
    assert [told(line) for line in INC0023670.explain(AS_AT)] == [
        ("counted", "28 Apr 11:34", "28 Apr 13:36", "2:02"),
        ("held", "28 Apr 13:36", "29 Apr 15:53", "12:17"),
        ("held", "29 Apr 15:53", "03 May 14:35", "18:42"),
        ("closure", "01 May 00:00", "02 May 00:00", "0:00"),
        ("counted", "03 May 14:35", "03 May 18:00", "3:25"),
        ("counted", "04 May 08:00", "04 May 18:00", "10:00"),
        ("counted", "05 May 08:00", "05 May 08:33", "0:33"),
        ("due", "05 May 08:33", "05 May 08:33", "0:00"),
        ("counted", "05 May 08:33", "11 May 08:42", "40:09"),
        ("held", "11 May 08:42", "11 May 09:02", "0:20"),
        ("held", "11 May 09:02", "12 May 12:12", "13:10"),
        ("counted", "12 May 12:12", "16 May 08:00", "15:48"),
        ("now", "16 May 08:00", "16 May 08:00", "0:00"),
    ]


def test_its_reading_is_that_of_the_paper() -> None:
    reading = INC0023670.reading(AS_AT)
    without_holds = ServiceClock(CALENDAR, 16 * HOUR, on(4, 28, 11, 34))

    assert reading.used == timedelta(hours=71, minutes=57)
    assert reading.late == timedelta(hours=55, minutes=57)
    assert reading.breached_at == on(5, 5, 8, 33)
    assert without_holds.due_at(AS_AT) == on(4, 29, 17, 34)


def test_sums_run_down_the_lines_and_go_below_nothing_after_the_break() -> None:
    lines = INC0023670.explain(AS_AT)

    assert [line.left for line in lines if line.kind == "due"] == [timedelta()]
    assert [told(line)[1] for line in lines if line.is_late] == [
        "05 May 08:33",
        "12 May 12:12",
    ]
    assert lines[-1].used == timedelta(hours=71, minutes=57)


def test_a_held_line_says_which_pause_it_tells() -> None:
    lines = INC0023670.explain(AS_AT)
    labels = [
        INC0023670.pauses[line.pause].label for line in lines if line.pause is not None
    ]

    assert labels == ["Service desk", "Requester", "Group 28", "Group 54"]


def test_a_running_clock_goes_on_to_its_due_time() -> None:
    clock = ServiceClock(CALENDAR, 16 * HOUR, on(5, 24, 10))

    lines = clock.explain(on(5, 25, 9))

    assert [(*told(line), line.is_ahead) for line in lines] == [
        ("counted", "24 May 10:00", "24 May 18:00", "8:00", False),
        ("counted", "25 May 08:00", "25 May 09:00", "1:00", False),
        ("now", "25 May 09:00", "25 May 09:00", "0:00", False),
        ("counted", "25 May 09:00", "25 May 16:00", "7:00", True),
        ("due", "25 May 16:00", "25 May 16:00", "0:00", True),
    ]
    assert [line.kind for line in clock.explain(on(5, 25, 9), until_due=False)] == [
        "counted",
        "counted",
        "now",
    ]


def test_a_holiday_that_took_open_time_says_how_much() -> None:
    clock = ServiceClock(CALENDAR, 16 * HOUR, on(5, 25, 10))

    skipped = [line for line in clock.explain(on(5, 25, 12)) if line.kind == "closure"]

    assert [line.open_time for line in skipped] == [10 * HOUR]
    assert skipped[0].closure is not None
    assert skipped[0].closure.closure.name == "Corpus Christi"


def test_a_clock_begun_on_a_weekend_tells_the_wait_for_the_opening() -> None:
    clock = ServiceClock(CALENDAR, 16 * HOUR, on(5, 7, 11), stop=on(5, 9, 9))

    assert [told(line) for line in clock.explain(on(5, 20, 8))] == [
        ("closed", "07 May 11:00", "09 May 08:00", "0:00"),
        ("counted", "09 May 08:00", "09 May 09:00", "1:00"),
        ("stop", "09 May 09:00", "09 May 09:00", "0:00"),
    ]


def test_a_held_clock_ends_its_proof_now() -> None:
    clock = ServiceClock(CALENDAR, 16 * HOUR, on(5, 9, 8), [Pause(on(5, 9, 10))])

    lines = clock.explain(on(5, 10, 9))

    assert [line.kind for line in lines] == ["counted", "held", "now"]
    assert lines[-1].left == 14 * HOUR


def test_overlapping_holds_are_each_told_and_counted_once() -> None:
    holds = [
        Pause(on(5, 9, 9), on(5, 9, 12), "asked the customer"),
        Pause(on(5, 9, 10), on(5, 9, 11), "asked a supplier"),
        Pause(on(5, 9, 11), on(5, 9, 14), "elsewhere"),
    ]
    clock = ServiceClock(CALENDAR, 4 * HOUR, on(5, 9, 8), holds)

    lines = [line for line in clock.explain(on(5, 9, 15)) if line.kind == "held"]

    assert [(line.pause, line.open_time / HOUR) for line in lines] == [
        (0, 3),
        (1, 0),
        (2, 2),
    ]


def test_a_target_of_years_is_told_in_few_lines() -> None:
    clock = ServiceClock(CALENDAR, 20_000 * HOUR, on(5, 9, 8))

    lines = clock.explain(on(5, 9, 9))

    assert len(lines) < 10
    assert lines[-1].kind == "due"
    assert lines[-1].end == CALENDAR.due(
        datetime(2016, 5, 9, 11, tzinfo=UTC), 20_000 * HOUR
    )
