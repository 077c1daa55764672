"""Dates, durations and numbers as the reader writes them; time is 24-hour everywhere.

Every function is pure but for the language spoken (`desktop.i18n`). Instants are
aware and shown in `zone`; durations are working or elapsed seconds.
"""

from datetime import date, datetime, tzinfo
from decimal import Decimal
from functools import lru_cache
from typing import Protocol, cast

from babel import Locale
from babel.dates import format_interval, match_skeleton
from babel.numbers import format_decimal, format_percent

from desktop.i18n import current_locale
from desktop.i18n import gettext as _

# English as on the mock-ups, without commas; other languages follow the CLDR.
_ENGLISH = {
    "MMMEd": "EEE d MMM",
    "yMMMEd": "EEE d MMM y",
    "yMMMMEEEEd": "EEEE d MMMM y",
    "MMMd": "d MMM",
    "yMMMd": "d MMM y",
}
_NEAR_DAYS = 6


class _Pattern(Protocol):
    def apply(self, value: date, locale: Locale) -> str: ...


def instant(at: datetime, zone: tzinfo, *, year: bool = False) -> str:
    """Return day and time: "Mon 16 May 08:30", with `year` "Mon 16 May 2016 08:30"."""
    local = _local(at, zone)
    return f"{day(local.date(), year=year)} {_clock(local)}"


def day(on: date, *, year: bool = False) -> str:
    """Return a date with its weekday: "Mon 16 May", with `year` "Mon 16 May 2016"."""
    return _dated("yMMMEd" if year else "MMMEd", on)


def long_day(on: date) -> str:
    """Return a date for a heading: "Monday 16 May 2016"."""
    return _dated("yMMMMEEEEd", on)


def clock_time(at: datetime, zone: tzinfo) -> str:
    """Return the time of day: "08:30"."""
    return _clock(_local(at, zone))


def short_instant(at: datetime, now: datetime, zone: tzinfo) -> str:
    """Return an instant as briefly as `now` allows.

    "15:30" today, "Thu 15:30" within six days either way, "Mon 16 May 08:30"
    within the year, else with the year.
    """
    local, today = _local(at, zone), _local(now, zone).date()
    away = (local.date() - today).days
    if away == 0:
        return _clock(local)
    if abs(away) <= _NEAR_DAYS:
        return f"{_dated('E', local)} {_clock(local)}"
    return instant(at, zone, year=local.year != today.year)


def date_range(first: date, last: date, *, year: bool = True) -> str:
    """Return the days from `first` to `last`, both included: "2–15 May 2016"."""
    locale = current_locale()
    skeleton = "yMMMd" if year or first.year != last.year else "MMMd"
    if first == last:
        return _dated(skeleton, first)
    return format_interval(first, last, skeleton, locale=locale)


def working_time(seconds: float) -> str:
    """Return a duration in hours and whole minutes: "2 h 10", "21 h", "0 h 40".

    A started minute is not counted; a negative duration has a minus before it.
    """
    sign = "\N{MINUS SIGN}" if seconds <= -60 else ""
    hours, minutes = divmod(int(abs(seconds)) // 60, 60)
    whole = count(hours)
    if minutes or not hours:
        text = _("{hours} h {minutes}").format(hours=whole, minutes=f"{minutes:02}")
    else:
        text = _("{hours} h").format(hours=whole)
    return sign + text


def time_left(seconds: float) -> str:
    """Return what is left of a promise: "2 h 10 left", below zero "4 h 50 over"."""
    if 0 < seconds < 60:
        return _("under a minute left")
    if -60 < seconds < 0:
        return _("under a minute over")
    if seconds < 0:
        return _("{time} over").format(time=working_time(-seconds))
    return _("{time} left").format(time=working_time(seconds))


def decimal_hours(seconds: float) -> str:
    """Return a duration in hours with one decimal, for columns: "99.8"."""
    return number(seconds / 3600)


def share(value: float) -> str:
    """Return a share of 0..1 as a whole percentage: "79 %"."""
    locale = current_locale()
    if _is_house_english(locale):
        return f"{format_percent(value, locale=locale).removesuffix('%')} %"
    return format_percent(value, locale=locale)


def number(value: float, decimals: int = 1) -> str:
    """Return a number with exactly so many decimals: "1,234.5"."""
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    # A zero has no sign, also when it was a small negative before rounding.
    rounded = round(value, decimals) + 0.0
    return format_decimal(rounded, pattern, locale=current_locale())


def amount(value: Decimal) -> str:
    """Return an amount exactly, with two decimals at least: "1,234.50"."""
    exponent = value.as_tuple().exponent
    decimals = max(2, -exponent if isinstance(exponent, int) else 0)
    pattern = "#,##0." + "0" * decimals
    return format_decimal(value, pattern, locale=current_locale())


def exact(value: Decimal) -> str:
    """Return a number with the decimals it has, and no others: "12.5"."""
    exponent = value.as_tuple().exponent
    decimals = max(0, -exponent if isinstance(exponent, int) else 0)
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    return format_decimal(value, pattern, locale=current_locale())


def count(value: int) -> str:
    """Return a whole number with its groups: "24,918"."""
    return _counted(value, current_locale())


@lru_cache(maxsize=4_096)
def _counted(value: int, locale: Locale) -> str:
    """Return a whole number in a locale; lists write the same ones again and again."""
    return format_decimal(value, "#,##0", locale=locale)


def load() -> None:
    """Load what the language's dates and numbers are written by, before they are."""
    long_day(_ANY_DAY)
    day(_ANY_DAY)
    count(1)


_ANY_DAY = date(2016, 5, 16)


def _local(at: datetime, zone: tzinfo) -> datetime:
    if at.tzinfo is None:
        raise ValueError("an instant without a zone cannot be shown")
    return at.astimezone(zone)


def _clock(local: datetime) -> str:
    return f"{local.hour:02}:{local.minute:02}"


def _dated(skeleton: str, value: date) -> str:
    on = value.date() if isinstance(value, datetime) else value
    return _written(skeleton, on, current_locale())


@lru_cache(maxsize=4_096)
def _written(skeleton: str, on: date, locale: Locale) -> str:
    """Return a day as a skeleton has it; lists write the same days again and again."""
    return _pattern(locale, skeleton).apply(on, locale)


@lru_cache(maxsize=256)
def _pattern(locale: Locale, skeleton: str) -> _Pattern:
    """Return the locale's pattern for a skeleton; the nearest one where it has none."""
    from babel.dates import parse_pattern

    if _is_house_english(locale) and skeleton in _ENGLISH:
        return cast(_Pattern, parse_pattern(_ENGLISH[skeleton]))
    if skeleton == "yMMMMEEEEd":
        return cast(_Pattern, locale.date_formats["full"])
    known = locale.datetime_skeletons
    nearest = skeleton if skeleton in known else match_skeleton(skeleton, known)
    return cast(_Pattern, known[nearest] if nearest else locale.date_formats["medium"])


def _is_house_english(locale: Locale) -> bool:
    return bool(locale.language == "en" and locale.territory != "US")
