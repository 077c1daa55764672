"""Closures come out of calendar files, and nonsense is named by its line."""

from datetime import date
from pathlib import Path

import pytest

from desktop.domain.calendars import CalendarSpec, Closure
from desktop.exchange.closures_ics import ClosuresFound, closures_in, read_closures
from desktop.exchange.problems import BadFile

HOUR = 3600
SPEC = CalendarSpec(
    zone="Europe/Belgrade",
    weekly=dict.fromkeys(range(5), ((8 * HOUR, 16 * HOUR),)),
    closures=[Closure(date(2026, 12, 25), date(2026, 12, 25), "Christmas")],
)


def read(*events: str) -> ClosuresFound:
    body = "".join(f"BEGIN:VEVENT\r\n{one}\r\nEND:VEVENT\r\n" for one in events)
    text = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{body}END:VCALENDAR\r\n"
    return closures_in(text.encode(), "closures.ics", SPEC, years=[2026, 2027])


def only(*events: str) -> Closure:
    found = read(*events)
    assert found.problems == ()
    (closure,) = found.closures
    return closure


def test_an_event_of_whole_days_ends_the_day_before_its_end() -> None:
    event = "DTSTART;VALUE=DATE:20260803\r\nDTEND;VALUE=DATE:20260815\r\nSUMMARY:Summer"
    assert only(event) == Closure(date(2026, 8, 3), date(2026, 8, 14), "Summer")


def test_a_timed_event_closes_a_part_of_the_day_in_the_calendars_zone() -> None:
    event = "DTSTART:20260803T100000Z\r\nDTEND:20260803T113000Z\r\nSUMMARY:Drill"
    day = date(2026, 8, 3)
    assert only(event) == Closure(day, day, "Drill", 12 * HOUR, 13 * HOUR + 1800)


def test_a_time_without_a_zone_is_the_calendars_own() -> None:
    event = "DTSTART:20260803T100000\r\nDTEND:20260803T110000\r\nSUMMARY:Drill"
    assert only(event).hours == (10 * HOUR, 11 * HOUR)


def test_a_time_of_another_zone_is_told_in_the_calendars() -> None:
    event = (
        "DTSTART;TZID=America/New_York:20260803T080000\r\n"
        "DTEND;TZID=America/New_York:20260803T090000"
    )
    assert only(event).hours == (14 * HOUR, 15 * HOUR)


def test_a_night_is_a_part_of_both_its_days() -> None:
    event = "DTSTART:20260803T220000\r\nDTEND:20260804T060000\r\nSUMMARY:Works"
    assert [one.hours for one in read(event).closures] == [
        (22 * HOUR, 24 * HOUR),
        (0, 6 * HOUR),
    ]


def test_what_repeats_every_year_is_yearly() -> None:
    event = "DTSTART;VALUE=DATE:20260107\r\nRRULE:FREQ=YEARLY\r\nSUMMARY:Orthodox"
    assert only(event) == Closure(
        date(2026, 1, 7), date(2026, 1, 7), "Orthodox", yearly=True
    )


def test_other_repetitions_are_laid_out_for_the_years_asked() -> None:
    rule = "RRULE:FREQ=MONTHLY;BYDAY=1MO;UNTIL=20260401T000000Z"
    found = read(f"DTSTART;VALUE=DATE:20260105\r\n{rule}\r\nSUMMARY:Stocktaking")
    days = [one.start for one in found.closures]
    assert days == [
        date(2026, 1, 5),
        date(2026, 2, 2),
        date(2026, 3, 2),
    ]


def test_folded_and_escaped_words_are_put_together() -> None:
    event = "DTSTART;VALUE=DATE:20260803\r\nSUMMARY:Day of the town\\, all\r\n  closed"
    assert only(event).name == "Day of the town, all closed"


def test_what_the_calendar_has_already_is_told_apart() -> None:
    found = read("DTSTART;VALUE=DATE:20261225\r\nSUMMARY:Christmas")
    assert (len(found.already), found.closures) == (1, ())


@pytest.mark.parametrize(
    ("event", "code", "line"),
    [
        ("SUMMARY:No beginning", "event_without_start", 3),
        ("DTSTART;VALUE=DATE:2026-13-45", "not_a_moment", 4),
        ("DTSTART;VALUE=DATE:99990101", "event_out_of_years", 3),
        ("DTSTART;TZID=Mars/Base:20260101T080000", "zone_unknown", 4),
        (
            "DTSTART:20260803T110000\r\nDTEND:20260803T100000",
            "event_ends_before_it_starts",
            3,
        ),
        (
            "DTSTART;VALUE=DATE:20260803\r\nRRULE:FREQ=OFTEN",
            "repetition_unreadable",
            5,
        ),
        (
            "DTSTART;VALUE=DATE:20260101\r\nRRULE:FREQ=DAILY",
            "repeats_too_often",
            5,
        ),
    ],
)
def test_what_cannot_be_read_is_named_by_its_line(
    event: str, code: str, line: int
) -> None:
    good = "DTSTART;VALUE=DATE:20260803\r\nSUMMARY:Good"
    found = read(event, good)
    assert [(one.code, one.line) for one in found.problems] == [(code, line)]
    assert [one.name for one in found.closures] == ["Good"]
    assert found.problems[0].told()


def test_an_event_that_never_ends_is_named() -> None:
    text = b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20260803\r\n"
    found = closures_in(text, "cut.ics", SPEC, years=[2026])
    assert {one.code for one in found.problems} == {"event_without_end", "no_closures"}


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "not_a_calendar_file"),
        (b"Dear Sir or Madam\n", "not_a_calendar_file"),
        (bytes(range(256)) * 50, "not_text"),
        (b"BEGIN:VCALENDAR\n" + b"x" * 3_000_000, "too_large"),
        (
            b"BEGIN:VCALENDAR\n" + b"BEGIN:VEVENT\nEND:VEVENT\n" * 6_000,
            "too_many_events",
        ),
    ],
)
def test_what_is_no_calendar_is_refused_plainly(data: bytes, code: str) -> None:
    with pytest.raises(BadFile) as refused:
        closures_in(data, "closures.ics", SPEC, years=[2026])
    assert [one.code for one in refused.value.problems] == [code]


def test_fifty_megabytes_are_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "closures.ics"
    with path.open("wb") as file:
        file.truncate(50 * 1024 * 1024)
    with pytest.raises(BadFile) as refused:
        read_closures(path, SPEC, years=[2026])
    assert [one.code for one in refused.value.problems] == ["too_large"]


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadFile) as refused:
        read_closures(tmp_path / "absent.ics", SPEC, years=[2026])
    assert [one.code for one in refused.value.problems] == ["unreadable"]
