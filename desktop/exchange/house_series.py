"""A house file's series: when they meet, who belongs to them, their standing items."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields
from datetime import UTC, date, datetime, time
from typing import Any, Final, get_args

from desktop.domain.agenda import ItemKind, Outcome
from desktop.domain.errors import Invalid
from desktop.domain.house import HouseMember, HouseSeries, HouseStanding
from desktop.domain.print_options import PrintOptions
from desktop.domain.requests import Side
from desktop.domain.series_drafts import LONGEST, MOST_AHEAD, SHORTEST
from desktop.domain.session_days import HolidayRule
from desktop.exchange.problems import N_
from desktop.exchange.tables import Table
from desktop.store.recurrence import occurrences

_LONG_AGO: Final = date(2000, 1, 1)
_RULE: Final = N_("a repetition as “FREQ=WEEKLY;INTERVAL=2;BYDAY=MO”")
_DAYS: Final = N_("a list of dates as [2016-05-26]")


def read_series(table: Table, house_zone: str) -> HouseSeries:
    """Return the series of a table, noting every problem."""
    series = HouseSeries(
        name=table.name(),
        front=table.name("front"),
        back=table.name("back"),
        rule=table.name("rule"),
        starts_on=table.day("starts_on", _LONG_AGO),
        at=table.clock("at", time(9, 0)),
        zone=table.zone("zone", house_zone),
        length_min=table.whole("length_min", 60, SHORTEST, LONGEST),
        place=table.line("place"),
        link=table.line("link", "", 500),
        chair=table.line("chair") or None,
        minute_taker=table.line("minute_taker") or None,
        members=tuple(_member(one) for one in table.tables("members")),
        skipped_days=_days(table),
        holidays=HolidayRule(table.one_of("holidays", [*HolidayRule], "keep")),
        ahead=table.whole("ahead", 2, 1, MOST_AHEAD),
        standing=tuple(_standing(one) for one in table.tables("standing")),
        printed=_printed(table.table("print")),
    )
    table.require("starts_on")
    table.require("at")
    if series.rule and not is_rule(series.rule):
        table.problem("rule", "wrong_type", value=series.rule, wanted=_RULE)
    table.finish()
    return series


def _days(table: Table) -> tuple[date, ...]:
    found: list[object] = table.value("skipped_days", list, _DAYS, [])
    days = [one for one in found if isinstance(one, date) and type(one) is date]
    if len(days) != len(found):
        table.problem("skipped_days", "wrong_type", value=found, wanted=_DAYS)
    return tuple(sorted(set(days)))


def _member(table: Table) -> HouseMember:
    side = table.one_of("side", [*Side, ""], "")
    member = HouseMember(
        person=table.name("person"),
        side=Side(side) if side else None,
        part=table.line("part", "", 100),
        deputy=table.line("deputy") or None,
    )
    table.finish()
    return member


def _standing(table: Table) -> HouseStanding:
    item = HouseStanding(
        title=table.name("title"),
        minutes=table.whole("minutes", 5, 1, LONGEST),
        outcome=table.one_of("outcome", get_args(Outcome), "inform"),
        leader=table.line("leader") or None,
        after=table.one_of("after", ["", *get_args(ItemKind)], ""),
        notes=table.body("notes", 100_000),
    )
    table.finish()
    return item


def _printed(table: Table) -> PrintOptions:
    usual = PrintOptions()
    names = [one.name for one in fields(PrintOptions) if one.name != "size"]
    chosen: dict[str, object] = {
        name: table.flag(name, bool(getattr(usual, name))) for name in names
    }
    chosen["size"] = table.one_of("size", ["a4", "letter"], usual.size)
    table.finish()
    return PrintOptions.of(chosen)


def series_tables(series: HouseSeries) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield the tables a series is written as, by name; None is left out."""
    yield "series", {**_meets(series), **_plans(series)}
    for member in series.members:
        side = member.side.value if member.side else None
        yield (
            "series.members",
            {
                "person": member.person,
                "side": side,
                "part": member.part or None,
                "deputy": member.deputy,
            },
        )
    for item in series.standing:
        yield (
            "series.standing",
            {
                "title": item.title,
                "minutes": item.minutes,
                "outcome": item.outcome,
                "leader": item.leader,
                "after": item.after or None,
                "notes": item.notes or None,
            },
        )


def _meets(series: HouseSeries) -> dict[str, Any]:
    return {
        "name": series.name,
        "front": series.front,
        "back": series.back,
        "rule": series.rule,
        "starts_on": series.starts_on,
        "at": series.at,
        "zone": series.zone,
        "length_min": series.length_min,
        "place": series.place or None,
        "link": series.link or None,
        "chair": series.chair,
        "minute_taker": series.minute_taker,
    }


def _plans(series: HouseSeries) -> dict[str, Any]:
    """Return what is not as usual of how sessions are planned and printed."""
    is_kept = series.holidays is HolidayRule.KEEP
    return {
        "skipped_days": list(series.skipped_days) or None,
        "holidays": None if is_kept else series.holidays.value,
        "ahead": None if series.ahead == 2 else series.ahead,
        "print": series.printed.content() or None,
    }


def is_rule(rule: str) -> bool:
    """Tell whether ``rule`` is an RFC 5545 recurrence a series can be laid by."""
    if "\n" in rule or len(rule) > 200:
        return False
    start = datetime(2000, 1, 1, 9, tzinfo=UTC)
    try:
        next(occurrences(rule, start, "UTC", start), None)
    except Invalid:
        return False
    return True
