"""Instants as integers: microseconds since 1970 in UTC, for counting without error."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
EPOCH_ORDINAL = EPOCH.toordinal()
SECOND = 1_000_000
DAY_S = 86_400
FIRST_YEAR = 1970
LAST_YEAR = 2100


def microseconds_of(span: timedelta) -> int:
    """Give a duration in whole microseconds."""
    return (span.days * DAY_S + span.seconds) * SECOND + span.microseconds


def to_microseconds(at: datetime) -> int:
    """Give an aware instant in microseconds since 1970; a naive one is a TypeError."""
    span = at - EPOCH
    return (span.days * DAY_S + span.seconds) * SECOND + span.microseconds


def from_microseconds(count: int) -> datetime:
    """Give the aware UTC instant `count` microseconds after 1970."""
    return EPOCH + timedelta(0, 0, count)


def year_start(year: int) -> int:
    """Give the microseconds at which `year` begins in UTC."""
    return (date(year, 1, 1).toordinal() - EPOCH_ORDINAL) * DAY_S * SECOND


FIRST_INSTANT = year_start(FIRST_YEAR)
LAST_INSTANT = year_start(LAST_YEAR + 1)
