"""Public holidays of a country or a part of it, as closures a calendar can keep.

The dates come from the `holidays` package and are copied into the workspace, where
people may change them; a calendar never asks the package again by itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from types import ModuleType
from typing import TYPE_CHECKING

from desktop.domain.calendars import Closure
from desktop.domain.errors import Invalid
from desktop.domain.instants import FIRST_YEAR, LAST_YEAR

if TYPE_CHECKING:
    from holidays import HolidayBase

ENGLISH = "en_US"


def public_holidays(
    country: str,
    subdivision: str | None,
    years: Iterable[int],
    language: str = ENGLISH,
) -> list[Closure]:
    """List the public holidays of some years by date, one closure a day.

    `country` and `subdivision` are ISO 3166 codes ("BR", "SP"; an empty subdivision
    gives the national ones). Names are in `language` where the package has it, else
    as the country writes them. Raises Invalid for a country, a subdivision or years
    that are not known.
    """
    wanted = _checked(years)
    found = _table(country, subdivision, wanted, language)
    return [
        Closure(day, day, name, is_public_holiday=True)
        for day, name in sorted(found.items())
        if day.year in wanted
    ]


def moved_working_days(
    country: str, subdivision: str | None, years: Iterable[int]
) -> list[date]:
    """List the weekend days that are worked because a bridge day was given for them."""
    wanted = _checked(years)
    found = _table(country, subdivision, wanted, ENGLISH)
    worked = getattr(found, "weekend_workdays", ()) or ()
    return sorted(
        day for day in worked if day.year in wanted and found.is_working_day(day)
    )


def supported_countries() -> dict[str, tuple[str, ...]]:
    """Give every country code known, with the codes of its subdivisions."""
    known = _package().list_supported_countries(include_aliases=False)
    return {country: tuple(parts) for country, parts in sorted(known.items())}


def _table(
    country: str, subdivision: str | None, years: set[int], language: str
) -> HolidayBase:
    package = _package()
    code = country.strip().upper()
    known = supported_countries()
    if code not in known:
        raise Invalid("country", "unknown_country", value=country[:40])
    part = (subdivision or "").strip() or None
    try:
        kind = package.country_holidays(code, subdiv=part)
    except NotImplementedError as error:
        raise Invalid(
            "subdivision", "unknown_subdivision", value=(part or "")[:40], country=code
        ) from error
    has_language = language in (kind.supported_languages or ())
    found: HolidayBase = package.country_holidays(
        code,
        subdiv=part,
        years=sorted(years),
        language=language if has_language else kind.default_language,
        expand=False,
    )
    return found


def _checked(years: Iterable[int]) -> set[int]:
    wanted = set(years)
    if any(not FIRST_YEAR <= year <= LAST_YEAR for year in wanted):
        raise Invalid("years", "out_of_years", first=FIRST_YEAR, last=LAST_YEAR)
    return wanted


def _package() -> ModuleType:
    """Import `holidays` when it is needed: it is slow to load and seldom used."""
    import holidays

    return holidays
